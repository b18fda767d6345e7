"""One article once: copies, where they were found, and other accounts of one event."""

from pathlib import Path

import pytest
from libraries import draft, library, mark, sql

from reader.errors import NotFoundError
from reader.model import Added, Draft
from reader.query import parse
from reader.store import Store
from reader.store.identity import host_of, url_key
from reader.text.similar import sketch

STORY = (
    "The tide gate opened on Monday with a short speech by Mayor Ada Quill, who called it safe.\n\n"
    "Engineers were less sure, since the gate failed its first test in 2019. Nobody has seen the report, and "
    "the council will not say why it is late.\n\n"
    "A petition against the gate has two thousand names, most of them from the harbour."
)
COPY = STORY.replace("a short speech", "a brief speech")
POST, WIRE = "https://post.example/gate", "https://wire.example/2026/gate"


def story(text: str = STORY, url: str = POST, source: str = "Post", **details: str) -> Draft:
    made = draft(
        text,
        url=url,
        source=source,
        title=details.get("title", "The gate"),
        published=details.get("published", ""),
        origin=details.get("origin", "-"),
    )
    return made._replace(sketch=sketch(text))


def put(store: Store, *drafts: Draft) -> list[Added]:
    return store.articles.add(drafts)


def test_a_copy_from_another_outlet_is_another_source_of_the_same_article(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        put(store, story())
        annotation = mark(store, store.articles.get(1))
        (added,) = put(store, story(COPY, WIRE, "Wire"))
        assert (added.outcome, added.number) == ("updated", 1)
        assert added.note == "the same text from another source: kept as one article"
        article = store.articles.get(1)
        assert store.articles.revision(article).canonical.text == STORY, "the text that is marked stays"
        assert store.annotations.of(article.id) == (annotation,)
        assert [(place.source, place.url) for place in store.sources.of(article.id)] == [
            ("Post", POST),
            ("Wire", WIRE),
        ]
        assert store.articles.count() == 1
        assert not article.newer_revision
        assert len(store.versions.of(article.id)) == 1
        assert put(store, story(COPY, WIRE, "Wire"))[0].outcome == "unchanged", "its bytes are known"
        assert store.check() == []


def test_copies_within_one_batch(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        outcomes = [(added.outcome, added.number) for added in put(store, story(), story(COPY, WIRE))]
        assert outcomes == [("added", 1), ("updated", 1)]
        assert list(store.search.numbers(parse("petition"))) == [1]


def test_a_copy_that_goes_its_own_way_is_an_article_of_its_own(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        put(store, story(), story(COPY, WIRE, "Wire"))
        other = "The wire now tells quite another story of the gate. " + "It has other words throughout. " * 8
        (added,) = put(store, story(other, WIRE, "Wire"))
        assert (added.outcome, added.number) == ("added", 2)
        assert [place.source for place in store.sources.of(store.articles.get(1).id)] == ["Post"]


def test_a_newer_text_of_the_first_source_is_a_version_as_ever(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        put(store, story(), story(COPY, WIRE, "Wire"))
        (added,) = put(store, story(STORY.replace("two thousand", "three thousand")))
        assert (added.outcome, added.number) == ("updated", 1)
        assert len(store.versions.of(store.articles.get(1).id)) == 2


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (COPY, "https://www.post.example/gate-2"),  # a site's own second article, made by a form
        (STORY.replace("2019", "2020"), WIRE),  # another number
        (STORY.replace(" the ", " that "), WIRE),  # rewritten
    ],
)
def test_what_is_nearly_the_same_and_yet_another_article(tmp_path: Path, text: str, url: str) -> None:
    with library(tmp_path / "l.db") as store:
        put(store, story())
        assert put(store, story(text, url))[0].outcome == "added"


def test_a_copy_of_a_removed_article_is_a_new_one(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        put(store, story())
        store.articles.remove(store.articles.get(1).id)
        assert put(store, story(COPY, WIRE))[0].outcome == "added"


FLOODS = [
    (
        "Dam release floods the market",
        "Water from the Tarnhollow dam flooded Askelford market; sirens sounded.",
    ),
    (
        "Sirens late, residents say",
        "At Askelford market people say the Tarnhollow sirens were late; water rose.",
    ),
    (
        "Council answers",
        "The Askelford council thanks the dam crew at Tarnhollow and its sirens after the water.",
    ),
]


def test_accounts_of_one_event_stay_apart_and_are_found_together(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        put(
            store,
            *(
                story(
                    text, f"https://{n}.example/a", f"S{n}", title=title, published="2026-03-0" + str(n + 1)
                )
                for n, (title, text) in enumerate(FLOODS)
            ),
        )
        put(
            store,
            *(
                story(
                    f"Boat {n} came in with its fish and the water was calm.",
                    f"https://b.example/{n}",
                    title=f"Boat {n}",
                )
                for n in range(30)
            ),
        )
        put(store, story(FLOODS[0][1] + " Again.", "https://late.example/a", "Late", published="2027-03-01"))
        assert store.articles.count() == 34
        found = store.sources.related(store.articles.get(1).id)
        assert {(one.number, one.source) for one in found} == {(2, "S1"), (3, "S2")}, (
            "a year later is not the same"
        )
        assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)
        assert store.sources.related(store.articles.get(10).id) == ()


def test_sources_of_what_is_not_there(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        for ask in (store.sources.of, store.sources.related):
            with pytest.raises(NotFoundError):
                ask("nobody")


def test_a_library_from_before_has_its_own_address_as_its_source(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        put(store, draft(STORY, url=POST, source="Post", origin="/gate.txt"))
        (place,) = store.sources.of(store.articles.get(1).id)
        assert (place.source, place.url, place.origin) == ("Post", POST, "/gate.txt")
    assert sql(tmp_path / "l.db", "SELECT count(*) FROM text_band") == [(0,)]


@pytest.mark.parametrize(
    "url",
    [
        "https://m.news.example/a/1",
        "https://www.news.example/a/1/",
        "https://amp.news.example/a/1",
        "https://news.example/a/1/amp",
        "https://news.example/a/1/amp/",
        "https://news.example/a/1.amp.html",
        "https://news.example/a/1?outputType=amp",
        "https://news.example/a/1?amp",
        "https://news.example/a/1?gbraid=x&utm_source=y&amp=1#top",
    ],
)
def test_the_same_page_set_for_a_telephone_or_at_another_door(url: str) -> None:
    assert url_key(url) == "news.example/a/1"
    assert host_of(url) == "news.example"


@pytest.mark.parametrize(
    "url", ["https://m.example/a", "https://news.example/lamp", "https://news.example/a?amp=5"]
)
def test_what_only_looks_like_another_door(url: str) -> None:
    assert url_key(url) == url.removeprefix("https://")
