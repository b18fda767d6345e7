"""What queries are true of, against the rule of `reader.query.tree` in a few lines of Python."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libraries import ANN, BEN, draft, library, mark

from reader.model import Annotation, Order, Stance, Voice
from reader.query import And, Code, Dated, Flag, Level, Not, Or, Query, Words, parse
from reader.query.tree import Leaf, asserts
from reader.store import Store


@dataclass
class Marked:
    """A mark as it is to be."""

    stances: dict[str, str] = field(default_factory=dict)
    note: str = ""
    holder: str = ""
    tags: tuple[str, ...] = ()
    voice: Voice = ""
    mine: bool = True
    deleted: bool = False


@dataclass
class Story:
    """An article as it is to be."""

    title: str = ""
    text: str = "x"
    source: str = ""
    author: str = ""
    published: str = ""
    read: bool = False
    starred: bool = False
    marks: list[Marked] = field(default_factory=list)


def stored(store: Store, stories: Sequence[Story]) -> list[list[int]]:
    """Put stories into a library; the keys of each one's marks."""
    keys: list[list[int]] = []
    with store.transaction():
        for place, story in enumerate(stories):
            one = draft(
                f"{place} {story.text}", title=story.title, source=story.source, published=story.published
            )
            (added,) = store.articles.add([one])
            article = store.articles.get(added.number)
            if story.author:
                store.articles.edit(article.id, replace(article.metadata, author=story.author))
            store.articles.set_read(article.id, story.read, asked=False)
            if story.starred:
                store.articles.set_starred(article.id, True)
            keys.append([])
            for count, marked in enumerate(story.marks, start=1):
                annotation: Annotation = mark(
                    store,
                    article,
                    0,
                    1,
                    code="",
                    annotator=ANN if marked.mine else BEN,
                    note=marked.note,
                    holder=marked.holder,
                    tags=marked.tags,
                    voice=marked.voice,
                )
                if marked.stances:
                    stances = tuple(Stance(target, "stance", code) for target, code in marked.stances.items())
                    store.annotations.save(replace(annotation, stances=stances), "marked")
                if marked.deleted:
                    store.annotations.delete(annotation.id, "deleted")
                keys[-1].append((added.number << 20) + count)
    return keys


Row = tuple[Story, Marked | None, tuple[str, str] | None]


def true_of(query: Query, row: Row, level: Level) -> bool:
    """The rule."""
    match query:
        case Not(item):
            return not true_of(item, row, level)
        case Or(items):
            return any(true_of(item, row, level) for item in items)
        case And(items) if not asserts(query, level):
            return all(true_of(item, row, level) for item in items)
        case Words() | Code() | Flag() | Dated() if query.level <= level:
            return holds(query, row)
    return any(true_of(query, below, Level(level + 1)) for below in borne(row, level))


def borne(row: Row, level: Level) -> list[Row]:
    story, marked, _ = row
    below: list[Row]
    if level is Level.ARTICLE:
        below = [(story, one, None) for one in story.marks if not one.deleted]
    else:
        below = [(story, marked, stance) for stance in marked.stances.items()] if marked else []
    return below or [(story, marked, None)]


def said(words: Words, *fields: str) -> bool:
    wanted = f" {words.text.lower()}" + ("" if words.prefix else " ")
    return any(wanted in f" {text.lower()} " for text in fields)


def holds(leaf: Leaf, row: Row) -> bool:
    story, marked, stance = row
    match leaf:
        case Words("", _, _):
            anywhere = [story.title, story.text]
            for one in story.marks:
                if not one.deleted:
                    anywhere += [one.note, one.holder, *one.tags, *one.stances]
            return said(leaf, *anywhere)
        case Words("title" | "text" | "source" | "author" as name, _, _):
            return said(leaf, getattr(story, name))
        case Words("annotator", _, _):
            return marked is not None and said(leaf, "Ann" if marked.mine else "Ben")
        case Words("tag", _, _):
            return marked is not None and said(leaf, *marked.tags)
        case Words("target", _, _):
            return stance is not None and said(leaf, stance[0])
        case Words(name, _, _):
            return marked is not None and said(leaf, getattr(marked, name))
        case Code("stance", value):
            return stance is not None and stance[1] == value
        case Code(_, value):
            return marked is not None and marked.voice == value
        case Dated():
            return dated(leaf, story.published)
        case Flag(kind, value):
            return {
                "is:read": story.read,
                "is:unread": not story.read,
                "is:starred": story.starred,
                "is:orphan": False,
                "is:review": False,
                "has:date": bool(story.published),
                "has:mark": marked is not None,
                "has:note": marked is not None and bool(marked.note),
                "has:tag": marked is not None and bool(marked.tags),
                "has:holder": marked is not None and bool(marked.holder),
                "has:stance": stance is not None,
                "has:target": stance is not None and bool(stance[0]),
            }[f"{kind}:{value}"]


def dated(leaf: Dated, published: str) -> bool:
    """Both dates as ranges of days; true only where it is certain."""

    def days(date: str) -> tuple[str, str]:
        return (date + "-01-01"[len(date) - 4 :])[:10], (date + "-12-99"[len(date) - 4 :])[:10]

    if not published:
        return False
    (first, last), (start, end) = days(published), days(leaf.date)
    return {"before": last < start, "after": first > end, "on": start <= first and last <= end}[leaf.relation]


def articles(store: Store, query: str, order: Order = "added") -> list[int]:
    return list(store.search.numbers(parse(query), order))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with library(tmp_path / "l.db") as store:
        yield store


TITLES = ["levee", "dam", "old levee", ""]
VALUES = ["levee", "dam", "old levee", "ann", "Dam Levee"]
DATES = ["", "2023", "2023-03", "2023-03-02", "2023-03-02T09:14:05Z", "2024-01-31", "2022"]
CODES = ["support", "oppose"]

marks = st.builds(
    Marked,
    stances=st.dictionaries(
        st.sampled_from(["", "levee", "dam", "old levee"]), st.sampled_from(CODES), max_size=2
    ),
    note=st.sampled_from(["", "", "levee", "dam"]),
    holder=st.sampled_from(["", "", "ann", "dam"]),
    tags=st.lists(st.sampled_from(["levee", "dam", "old levee"]), max_size=2, unique=True).map(tuple),
    voice=st.sampled_from(["", "quoted"]),
    mine=st.booleans(),
    deleted=st.sampled_from([False, False, False, True]),
)
stories = st.builds(
    Story,
    title=st.sampled_from(TITLES),
    text=st.sampled_from(["levee", "dam", "old", "levee dam"]),
    source=st.sampled_from(["", "dam", "levee"]),
    author=st.sampled_from(["", "ann"]),
    published=st.sampled_from(DATES),
    read=st.booleans(),
    starred=st.booleans(),
    marks=st.lists(marks, max_size=3),
)
words = st.builds(
    Words,
    st.sampled_from(
        ["", "", "title", "text", "source", "author", "holder", "target", "tag", "note", "annotator"]
    ),
    st.sampled_from(["levee", "dam", "old levee", "ann", "nothing"]),
) | st.builds(Words, st.sampled_from(["", "target", "note"]), st.sampled_from(["lev", "da"]), st.just(True))
leaves = st.one_of(
    words,
    st.builds(Code, st.just("stance"), st.sampled_from(CODES)),
    st.builds(Code, st.just("stance"), st.sampled_from(CODES)),
    st.just(Code("voice", "quoted")),
    st.builds(Flag, st.just("is"), st.sampled_from(["read", "unread", "starred", "orphan"])),
    st.builds(
        Flag, st.just("has"), st.sampled_from(["date", "mark", "note", "tag", "holder", "stance", "target"])
    ),
    st.builds(
        Dated, st.sampled_from(["before", "after", "on"]), st.sampled_from(["2023", "2023-03", "2023-03-02"])
    ),
)
trees = st.recursive(
    leaves,
    lambda items: st.one_of(
        items.map(Not),
        st.lists(items, min_size=2, max_size=3).map(tuple).map(And),
        st.lists(items, min_size=2, max_size=3).map(tuple).map(Or),
    ),
    max_leaves=6,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(shelf=st.lists(stories, min_size=1, max_size=5), queries=st.lists(trees, min_size=1, max_size=25))
def test_against_the_rule(
    tmp_path_factory: pytest.TempPathFactory, shelf: list[Story], queries: list[Query]
) -> None:
    with library(tmp_path_factory.mktemp("queries") / "l.db") as store:
        keys = stored(store, shelf)
        for query in queries:
            expected = [
                number
                for number, story in enumerate(shelf, start=1)
                if true_of(query, (story, None, None), Level.ARTICLE)
            ]
            assert list(store.search.numbers(query)) == expected[::-1], query
            assert sorted(store.search.numbers(query, "rank")) == expected, query
            assert len(store.search.numbers(query, "published", 2)) == min(2, len(expected)), query
            wanted = [
                key
                for story, own in zip(shelf, keys, strict=True)
                for key, marked in zip(own, story.marks, strict=True)
                if not marked.deleted and true_of(query, (story, marked, None), Level.MARK)
            ]
            assert sorted(store.search.marks(query)) == wanted, query


def test_one_mark_bears_what_is_joined_by_and(store: Store) -> None:
    stored(
        store,
        [
            Story(marks=[Marked({"levee": "oppose", "dam": "support"}), Marked(tags=("checked",))]),
            Story(marks=[Marked({"levee": "support"}), Marked({"dam": "oppose"}, tags=("checked",))]),
            Story(starred=True),
        ],
    )
    assert articles(store, "stance:oppose target:levee") == [1]
    assert articles(store, "stance:support target:levee") == [2]
    assert articles(store, "stance:oppose tag:checked") == [2]
    assert articles(store, "-tag:checked") == articles(store, "-has:mark") == [3]
    assert articles(store, "has:mark -tag:checked") == [2, 1]
    assert articles(store, "stance:oppose -tag:checked") == [1]
    assert articles(store, "-(stance:oppose target:levee)") == [3, 2]
    assert articles(store, "stance:oppose OR is:starred") == [3, 2, 1]
    first, second = 1 << 20, 2 << 20
    assert sorted(store.search.marks(parse("-tag:checked"))) == [first + 1, second + 1]
    assert sorted(store.search.marks(parse("stance:oppose target:levee"))) == [first + 1]
    assert sorted(store.search.marks(parse("-(stance:oppose target:levee)"))) == [
        first + 2,
        second + 1,
        second + 2,
    ]


def test_orders_of_what_more_than_words_chooses(store: Store) -> None:
    stored(
        store,
        [
            Story("the levee", "levee levee", published="2022"),
            Story("dam", "a levee that is one of many words here", published="2024"),
            Story("dam", "dam", published="2023", marks=[Marked(note="levee")]),
            Story("levee", "levee", read=True),
        ],
    )
    assert articles(store, "levee is:unread") == [3, 2, 1]
    assert articles(store, "levee is:unread", "published") == [2, 3, 1]
    assert articles(store, "levee is:unread", "rank") == [1, 2, 3]
    assert list(store.search.numbers(parse("levee is:unread"), "rank", 2)) == [1, 2]
    assert list(store.search.numbers(parse("is:unread"), "rank", 2)) == [3, 2]


def test_names_are_found_whatever_their_case_and_accents(store: Store) -> None:
    stored(
        store,
        [
            Story(
                source="Évening-Tide 東京新聞",
                marks=[Marked({"The Levee’s cost": "support"}, holder="Zoë O'Hara", tags=("to do", "list"))],
            )
        ],
    )
    for query in (
        "source:evening", 'source:"EVENING tide"', "source:even*", "source:東京", "holder:zoe", "holder:hara",
        'target:"levee s cost"', "tag:do", 'tag:"to do"', "annotator:ann",
    ):  # fmt: skip
        assert articles(store, query) == [1], query
        assert len(store.search.marks(parse(query))) == 1, query
    for query in ("source:even", "source:京東", 'tag:"do list"', "tag:d", "target:cost*x"):
        assert articles(store, query) == [], query


def test_a_query_of_a_hundred_conditions_is_answered(store: Store) -> None:
    stored(store, [Story("levee", marks=[Marked({"dam": "oppose"})])])
    deep = "(" * 30 + "stance:oppose levee" + ")" * 30
    assert articles(store, deep) == [1]
    assert articles(store, "NOT " * 30 + "stance:oppose") == [1]
    for sign in (" AND ", " OR "):
        conditions = sign.join(f"(tag:t{n} OR -(stance:support title:levee))" for n in range(33))
        assert articles(store, conditions) == [1]
    assert articles(store, " ".join(f"w{n}" for n in range(99))) == []
