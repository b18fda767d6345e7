import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libraries import add, draft, library, mark

from reader.model import Order, Stance
from reader.query import parse
from reader.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return library(tmp_path / "l.db")


def found(store: Store, query: str, order: Order = "added", limit: int | None = None) -> list[int]:
    return list(store.search.numbers(parse(query), order, limit))


def test_every_term_matches_somewhere(store: Store) -> None:
    article = add(store, "The harbour gate failed. It cost nine million.", title="Floods at Quill")
    mark(
        store,
        article,
        4,
        16,
        note="Check the invoice",
        holder="Ada",
        tags=("budget",),
        target="The tide levy",
    )
    add(store, "Another harbour.", title="Elsewhere")
    for query in (
        "harbour floods",
        "floods harbour invoice",
        "levy nine",
        "budget ada quill",
        "HARBOUR Budget",
        '"tide levy" harbour',
        "“nine million”",
        "gate AND (NOT nothing) nin*",
        "gate “check the”",
    ):
        assert found(store, query) == [1], query
    for query in ("harbour nothing", '"million nine"', '"levy tide"', "invoice elsewhere", "harb", "arbour"):
        assert found(store, query) == [], query
    assert found(store, "harbour") == [2, 1]
    store.close()


def test_accents_and_case_do_not_count(store: Store) -> None:
    add(store, "Der Müller aß im Café. ΑΘΗΝΑ. Ёлка")
    for query in ("muller", "MÜLLER", "Mu\u0308ller", "cafe", "αθηνα", "ёлка"):
        assert found(store, query) == [1], query
    store.close()


@pytest.mark.parametrize(
    "query",
    [
        "*", "**", '""', '""""', "NEAR", "^bridge", "bridge*", "{title}", ": :", "\\", "%", "_", "+",
        "'; DROP TABLE article; --", "bridge + safe", "a\0b", "\0", "\ud800", "?1", "🙂", "–", "a" * 10_000,
        " ".join(f"w{n}" for n in range(3000)), '"' * 998, "\u0301", "\ufeff", "note:'x", "tag:%", "title:^a",
        "text:{title}", 'source:"\' OR 1"', "holder:?1", "target:*", 'title:"NEAR(a b)"', "text:NOT",
    ],
)  # fmt: skip
def test_what_is_typed_is_never_syntax_of_the_store(store: Store, query: str) -> None:
    add(store, "The mayor said the bridge is safe.")
    for order in ("added", "published", "rank"):
        for typing in (False, True):
            assert set(store.search.numbers(parse(query, typing=typing), order)) <= {1}
    store.close()


def test_scripts_without_spaces_and_signs_are_scanned_for(store: Store) -> None:
    article = add(store, "昨日、東京都で新しい橋が開通した。 日本語 🙂 — C++ 100%", title="橋の開通")
    mark(store, article, 0, 2, note="确认这个数字", tags=("メモ",))
    add(store, "한국어 문장은 조사가 붙는다. ภาษาไทยไม่มีช่องว่าง", title="Other")
    for query in (
        "東京",
        "新しい橋",
        "開通 東京",
        "🙂",
        "—",
        "数字",
        "メモ",
        "东京 这个"[3:],
        "橋 日本語 🙂",
    ):
        assert found(store, query) == [1], query
    for query in ("한국", "조사가", "ภาษาไทย", "ไม่มี other"):
        assert found(store, query) == [2], query
    assert found(store, "京東") == []
    assert found(store, "東京", "rank") == found(store, "東京", "published") == [1]
    store.close()


def test_a_prefix_only_where_nothing_follows(store: Store) -> None:
    add(store, "Bridges and brides.")
    for query, expected in (
        ("bri", [1]),
        ("and bri", [1]),
        ("bri ", []),
        ('"bri"', []),
        ("bri and", []),
        ("x bri", []),
    ):
        assert list(store.search.numbers(parse(query, typing=True))) == expected, query
    assert found(store, "bri*") == found(store, "bri* brid*") == [1]
    store.close()


def test_orders_and_limits(store: Store) -> None:
    store.articles.add(
        [
            draft("A bridge.", title="First", published="2026"),
            draft("Bridge and bridge and bridge again.", title="Second", published="2024-05"),
            draft("Words, words, words, and at last the bridge too, after many words.", title="Third"),
            draft("Words, words, words, and at last after many words no such thing.", title="The bridge"),
        ]
    )
    mark(store, store.articles.get(1), 0, 1, note="bridge")
    add(store, "Nothing in here.", title="Fifth", published="2025")
    mark(store, store.articles.get(5), 0, 7, note="the bridge")
    assert found(store, "bridge") == [5, 4, 3, 2, 1]
    assert found(store, "bridge", limit=2) == [5, 4]
    assert found(store, "bridge", limit=0) == []
    assert found(store, "bridge words", limit=1) == [4]
    assert found(store, "bridge", "published") == [1, 5, 2, 4, 3]
    assert found(store, "bridge", "published", 3) == [1, 5, 2]
    ranked = found(store, "bridge", "rank")
    assert sorted(ranked) == [1, 2, 3, 4, 5]
    assert ranked[0] in (2, 4)
    assert ranked[-1] == 5, "what only a mark says comes last"
    assert found(store, "bridge", "rank", 3) == ranked[:3]
    assert found(store, "", "published") == found(store, "  ", "published") == [1, 5, 2, 4, 3]
    assert found(store, "", limit=2) == [5, 4]
    assert store.search.numbers(parse("bridge")).typecode == "q"
    store.close()


def test_removed_articles_take_no_place_on_a_page(store: Store) -> None:
    articles = [add(store, f"Text {n}.") for n in range(6)]
    for article in articles:
        mark(store, article, 0, 4, note="remark")
    for article in articles[3:]:
        store.articles.remove(article.id)
    for order in ("added", "published", "rank"):
        assert found(store, "remark", order, 2) == [3, 2]
        assert found(store, "text remark", order) == [3, 2, 1]
    store.close()


def test_changes_to_a_mark_change_what_is_found(store: Store) -> None:
    article = add(store)
    annotation = mark(store, article, note="alpha", target="beta")
    assert found(store, "alpha beta") == [1]
    store.annotations.save(
        type(annotation)(
            id=annotation.id,
            article_id=annotation.article_id,
            annotator=annotation.annotator,
            anchor=annotation.anchor,
            stances=(Stance(target="gamma", scheme="stance", code="support"),),
            note="delta",
        ),
        "changed",
    )
    assert found(store, "delta gamma") == [1]
    assert found(store, "alpha") == found(store, "beta") == []
    store.history.undo()
    assert found(store, "alpha beta") == [1]
    assert found(store, "delta") == []
    store.close()


WORDS = ["alpha", "beta", "gamma", "delta", "東京", "🙂"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    articles=st.lists(st.tuples(texts, st.lists(texts, max_size=3)), min_size=1, max_size=6),
    query=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
    limit=st.one_of(st.none(), st.integers(1, 4)),
)
def test_against_a_search_by_hand(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[tuple[list[str], list[list[str]]]],
    query: list[str],
    limit: int | None,
) -> None:
    with library(tmp_path_factory.mktemp("search") / "l.db") as store, store.transaction():
        expected = []
        for number, (words, notes) in enumerate(articles, start=1):
            article = add(store, f"x{number} " + " ".join(words), title="t")
            for note in notes:
                mark(store, article, 0, 1, code="", note=" ".join(note))
            held = {*words, *(word for note in notes for word in note)}
            if held.issuperset(query):
                expected.append(number)
        newest = expected[::-1]
        assert found(store, " ".join(query), limit=limit) == newest[:limit]
        assert found(store, " ".join(query), "published", limit) == newest[:limit]
        assert set(found(store, " ".join(query), "rank")) == set(newest)


@settings(max_examples=60, deadline=None)
@given(word=st.text(alphabet=st.characters(categories=["L"], max_codepoint=0x24FF), min_size=1, max_size=12))
def test_a_word_is_found_as_it_stands(tmp_path_factory: pytest.TempPathFactory, word: str) -> None:
    word = unicodedata.normalize("NFC", word)
    with library(tmp_path_factory.mktemp("word") / "l.db") as store:
        add(store, f"before {word} after")
        assert found(store, word) == [1]


def test_many_marked_articles_and_a_word_of_the_text(store: Store) -> None:
    with store.transaction():
        for number in range(250):
            article = add(store, f"common {'rare' if number == 3 else number}", title="t")
            mark(store, article, 0, 3, code="", note="seen")
    assert found(store, "seen rare") == [4]
    assert found(store, "seen common", limit=3) == [250, 249, 248]
    assert len(found(store, "seen common")) == 250
    store.close()
