import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import ANN, TEXT, add, draft, library, mark, sql

from reader.model import Draft, Known, Metadata
from reader.query import parse
from reader.store.identity import IS_RECORD, is_record, url_key

OTHER = "Another story altogether."


def test_what_is_added_comes_back_whole(tmp_path: Path) -> None:
    made = draft(
        "Title\n\nZero\0byte, émigré, 漢字, 👩‍👩‍👧.", title="T\0itle", url="https://example.org/a", source="S"
    )
    with library(tmp_path / "l.db") as store:
        (added,) = store.articles.add([made])
        article = store.articles.get(added.number)
        revision = store.articles.revision(article)
        assert (added.outcome, added.number, added.title) == ("added", 1, "T\0itle")
        assert article.metadata == made.cleaned.metadata
        assert revision.canonical == made.canonical
        assert revision.sha256 == made.sha256
        assert store.articles.raw(revision.id) == made.incoming.raw
        assert store.articles.page_text(revision.id) == made.cleaned.page_text
        assert store.articles.markdown(revision.id) == made.cleaned.markdown
        assert store.articles.segments(revision.id) == made.cleaned.segments
        assert store.articles.links(revision.id) == made.links
        assert store.articles.lead(1, 12) == made.canonical.text[:12]
        assert store.check() == []


@pytest.mark.parametrize("origin", ["-", "/elsewhere/b.txt", "/corpus.csv#4"])
def test_the_same_bytes_are_unchanged_wherever_they_come_from(tmp_path: Path, origin: str) -> None:
    with library(tmp_path / "l.db") as store:
        first, again = store.articles.add(
            [draft(origin="/a.txt"), draft(origin=origin, url="https://x.org/1")]
        )
        assert (first.outcome, again.outcome) == ("added", "unchanged")
        assert again.article_id == first.article_id
        assert store.articles.add([draft()])[0].outcome == "unchanged"
        assert store.articles.count() == 1


def test_the_same_bytes_as_another_kind_of_text_are_another_article(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        outcomes = [added.outcome for added in store.articles.add([draft(), draft(media="markdown")])]
        assert outcomes == ["added", "added"]


def test_a_newer_text_of_an_address_is_shown_and_found(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        add(
            store,
            "Old wording here.",
            url="http://Example.org/a/?utm_source=x#top",
            title="Old",
            source="Wire",
        )
        store.articles.set_position("".join(row.id for row in store.articles.first(1)), 7)
        (added,) = store.articles.add([draft("Fresh wording.", url="https://example.org/a", title="New")])
        article = store.articles.get(1)
        assert (added.outcome, added.number, added.title, added.note) == ("updated", 1, "New", "")
        assert store.articles.revision(article).canonical.text == "Fresh wording."
        assert (article.position, article.newer_revision) == (9, False), "the place read stays at its word"
        assert article.metadata.source == "Wire", "what the newer text does not say is kept"
        assert list(store.search.numbers(parse("fresh"))) == [1]
        assert list(store.search.numbers(parse("old"))) == []
        assert store.check() == []


def test_a_newer_text_of_a_file_keeps_what_was_corrected_by_hand(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, origin="/a.txt", title="Wrong")
        store.articles.edit(article.id, Metadata(title="Right"))
        store.articles.add([draft(OTHER, origin="/a.txt", title="Wrong again", source="Wire")])
        now = store.articles.get(1).metadata
        assert (now.title, now.source) == ("Right", "Wire")


def test_standard_input_is_nobodys_identity(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        outcomes = [
            added.outcome for added in store.articles.add([draft(origin="-"), draft(OTHER, origin="-")])
        ]
        assert outcomes == ["added", "added"]


def test_a_file_whose_text_names_another_address_holds_another_article(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        drafts = [
            draft(origin="/a.html", url="https://example.org/1"),
            draft(OTHER, origin="/a.html", url="https://example.org/2"),
        ]
        assert [added.outcome for added in store.articles.add(drafts)] == ["added", "added"]


def test_records_that_moved_in_their_corpus_do_not_displace_others(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        store.articles.add(
            [draft("One.", origin="/c.csv#1", title="1"), draft("Two.", origin="/c.csv#2", title="2")]
        )
        later = [
            draft("Zero.", origin="/c.csv#1", title="0"),
            draft("One.", origin="/c.csv#2", title="1"),
            draft("Two, corrected.", origin="/c.csv#3", title="2"),
        ]
        assert [added.outcome for added in store.articles.add(later)] == ["added", "unchanged", "added"]
        mended = draft("Zero, mended.", origin="/c.csv#1", title="0")
        store.articles.add([draft("Three.", origin="/c.csv#9", title="")])
        assert store.articles.add([mended])[0].number in (3, 4)
        assert store.articles.count() == 5


@pytest.mark.parametrize("url", ["https://news.example/", "https://news.example/front"])
@pytest.mark.parametrize("titles", [("Alpha", "Beta", "Gamma"), ("", "", "")])
def test_no_record_is_lost_where_a_corpus_gives_one_address_for_all(
    tmp_path: Path, url: str, titles: tuple[str, ...]
) -> None:
    def corpus(path: str, texts: Sequence[tuple[str, str]]) -> list[Draft]:
        return [
            draft(text, origin=f"{path}#{number}", url=url, title=title)
            for number, (title, text) in enumerate(texts, 1)
        ]

    records = [(title, f"The text {number}.") for number, title in enumerate(titles)]
    with library(tmp_path / "l.db") as store:
        assert {added.outcome for added in store.articles.add(corpus("/c.csv", records))} == {"added"}
        moved = [("Zero", "The newest text."), *records]
        outcomes = [added.outcome for added in store.articles.add(corpus("/c.csv", moved))]
        assert outcomes == ["added", "unchanged", "unchanged", "unchanged"]
        copied = [*records[:2], ("Delta", "A text of a copy.")]
        outcomes = [added.outcome for added in store.articles.add(corpus("/copy.csv", copied))]
        assert outcomes == ["unchanged", "unchanged", "added"]
        (page,) = store.articles.add([draft("A page.", origin="/page.html", url=url, title="A page")])
        assert page.outcome == "added"
        shown = {store.articles.lead(number, 99) for number in store.articles.numbers()}
        assert shown >= {text for _, text in records}
        assert store.articles.count() == 6


def test_a_newer_text_of_a_record_with_its_address_and_title(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        url = "https://news.example/front"
        store.articles.add(
            [draft(f"{title}.", origin=f"/c.csv#{n}", url=url, title=title) for n, title in enumerate("AB")]
        )
        (added,) = store.articles.add([draft("B, mended.", origin="/other.csv#7", url=url, title="B")])
        assert (added.outcome, added.number) == ("updated", 2)


@pytest.mark.parametrize("origin", ["/a.csv#12", "/a.csv#", "/a #3.txt", "/a.csv#1#2", "#", "-", "/a12"])
def test_the_library_tells_records_as_the_program_does(tmp_path: Path, origin: str) -> None:
    with library(tmp_path / "l.db") as store:
        add(store, origin=origin)
    assert sql(tmp_path / "l.db", f"SELECT {IS_RECORD} FROM article") == [(is_record(origin),)]


def test_a_removed_article_comes_back_with_its_marks(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, origin="/a.txt")
        annotation = mark(store, article)
        store.articles.remove(article.id)
        (added,) = store.articles.add([draft(origin="/b.txt")])
        assert (added.outcome, added.number) == ("updated", 1)
        assert "removed" in added.note
        assert store.annotations.of(article.id) == (annotation,)
        assert list(store.search.numbers(parse("bridge"))) == [1]
        store.articles.remove(article.id)
        (added,) = store.articles.add([draft(OTHER, origin="/a.txt")])
        assert (added.outcome, store.articles.get(1).newer_revision) == ("updated", False)
        assert added.note == "it had been removed and is back; 1 without a place"
        assert store.check() == []


def test_what_is_known_takes_no_draft_and_ends_as_with_one(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        made, newer = draft(origin="/a.txt"), draft(OTHER, origin="/a.txt")
        assert store.articles.known(made.incoming) is None
        article = add(store, origin="/a.txt")
        known = store.articles.known(replace(made.incoming, origin="/b.txt"))
        assert known == Known(number=article.number, origin="/b.txt", original=1)
        assert store.articles.known(replace(made.incoming, media="markdown")) is None
        assert [added.outcome for added in store.articles.add([known, newer, known])] == [
            "unchanged",
            "updated",
            "unchanged",
        ]
        store.articles.remove(article.id)
        (back,) = store.articles.add([known])
        assert (back.outcome, back.article_id) == ("updated", article.id)
        assert store.articles.count() == 1
        assert store.check() == []


def test_coming_back_can_be_undone(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store)
        store.articles.remove(article.id)
        store.articles.add([draft()])
        assert store.history.undo().what == "removed the article again"
        assert store.articles.count() == 0
        assert store.history.undo().what == "brought the article back"
        assert store.articles.count() == 1


def test_one_file_several_times_in_one_call(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        texts = ["First wording.", "Second wording.", "First wording."]
        added = store.articles.add([draft(text, origin="/a.txt") for text in texts])
        assert [one.outcome for one in added] == ["added", "updated", "updated"]
        assert list(store.search.numbers(parse("first"))) == [1], "it reads again as it did before"
        assert list(store.search.numbers(parse("second"))) == []
        assert store.check() == []


def test_numbers_are_never_given_again(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store, "One.")
        add(store, "Two.")
    for statement in (
        "PRAGMA foreign_keys=OFF",
        "DELETE FROM original WHERE article = 2",
        "DELETE FROM revision WHERE article = 2",
        "DELETE FROM article WHERE number = 2",
    ):
        sql(path, statement)
    with library(path) as store:
        assert add(store, "Three.").number == 3


def test_nothing_is_added_when_one_draft_fails(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        broken = draft("Fine.", media="pdf")  # type: ignore[arg-type]
        with pytest.raises(Exception, match="refuses what was to be stored"):
            store.articles.add([draft(), broken])
        assert store.articles.count() == 0
        assert store.check() == []


def test_names_that_are_not_utf8_are_stored(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        origin = "/folder/caf\udce9.txt"
        drafts = [draft("One.", origin=origin, title="a\ud800b"), draft("Two.", origin=origin, title="c")]
        assert [added.outcome for added in store.articles.add(drafts)] == ["added", "updated"]
        assert store.articles.get(1).origin == "/folder/caf\ufffd.txt"


def test_adding_nothing(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        assert store.articles.add([]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a", "https://example.org/a"),
        ("https://EXAMPLE.org:443/a/", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&fbclid=1", "https://example.org/a#part"),
        ("https://example.org?id=1", " https://example.org/?id=1 "),
        ("https://example.org/a#:~:text=bridge", "https://example.org/a"),
    ],
)
def test_spellings_of_one_address(one: str, other: str) -> None:
    assert url_key(one) == url_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://example.org/a", "https://www.example.net/a"),
        ("https://example.org/#!/a/1", "https://example.org/#!/a/2"),
        ("https://example.org/app#/a", "https://example.org/app#/b"),
    ],
)
def test_addresses_that_are_not_one(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not an address",
        "file:///etc/passwd",
        "javascript:x",
        "http://[",
        "http://x:y/",
        "https://example.org",
        "https://example.org/",
        "https://example.org/?utm_source=x",
        "https://example.org/#top",
    ],
)
def test_what_is_no_address_has_no_key(url: str) -> None:
    assert url_key(url) == ""


@given(st.text())
def test_any_text_as_an_address(url: str) -> None:
    assert isinstance(url_key(url), str)


def test_records() -> None:
    assert is_record("/a/corpus.csv#12")
    assert not is_record("/a/story #12.txt")


def test_hashes_are_those_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path, ANN) as store:
        add(store)
    assert sql(path, "SELECT sha256 FROM original") == [(hashlib.sha256(TEXT.encode()).digest(),)]
