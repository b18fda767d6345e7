"""Texts that change under their marks."""

from dataclasses import replace
from pathlib import Path

import pytest
from libraries import BEN, TEXT, add, draft, library, mark, sql

from reader.errors import ConflictError, NotFoundError
from reader.model import Annotation, Article, Media, Span
from reader.query import parse
from reader.store import Store

LONG = (
    "The mayor said the bridge is safe.\n\n"
    "Engineers doubt it, and two of them wrote a letter to the council in March.\n\n"
    "The council has not answered the letter so far."
)
NEWER = LONG.replace("The mayor said", "On Monday the mayor again said")
CLAIM = "the bridge is safe"
LETTER = "two of them wrote a letter to the council"


def marked(store: Store, quote: str, article: Article | None = None) -> Annotation:
    article = article or store.articles.get(1)
    start = store.articles.revision(article).canonical.text.index(quote)
    return mark(store, article, start, start + len(quote))


def newer(store: Store, text: str, *, title: str = "A bridge", media: Media = "text") -> Article:
    (added,) = store.articles.add([draft(text, origin="/a.txt", title=title, media=media)])
    assert added.outcome == "updated"
    return store.articles.get(added.number)


def quotes(store: Store) -> list[tuple[str, str]]:
    """Each mark as it is shown: its quote, which stands in the text, and its status."""
    text = store.articles.revision(store.articles.get(1)).canonical.text
    found = store.annotations.of(store.articles.get(1).id)
    for annotation in found:
        if annotation.anchor.status != "orphan":
            assert text[annotation.span.start : annotation.span.end] == annotation.anchor.exact
    return [(annotation.anchor.exact, annotation.anchor.status) for annotation in found]


def test_a_newer_text_is_shown_and_the_marks_come_along(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt", title="Older")
        one, two = marked(store, CLAIM), marked(store, LETTER)
        (added,) = store.articles.add([draft(NEWER, origin="/a.txt", title="Newer")])
        assert (added.title, added.note) == ("Newer", "2 marks moved with it")
        now = store.articles.get(1)
        assert (now.revision_id != article.revision_id, now.newer_revision) == (True, False)
        assert quotes(store) == [(CLAIM, "ok"), (LETTER, "ok")]
        assert [mark.id for mark in store.annotations.of(article.id)] == [one.id, two.id]
        assert [version.shown for version in store.versions.of(article.id)] == [False, True]
        old = store.versions.revision(article.revision_id)
        assert old.canonical.text == LONG, "the old text is kept whole"
        assert store.check() == []


def test_a_text_that_changed_is_one_event_that_can_be_undone_and_done_again(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt", title="Older")
        marked(store, CLAIM)
        before = store.annotations.of(article.id)
        newer(store, NEWER, title="Newer")
        after = store.annotations.of(article.id)
        assert store.history.undo(article.id).what == "went back to the older text"
        now = store.articles.get(1)
        assert (now.revision_id, now.metadata.title) == (article.revision_id, "Older")
        assert now.newer_revision
        assert store.annotations.of(article.id) == before
        assert list(store.search.numbers(parse("monday"))) == []
        assert store.history.redo(article.id).what == "took in a newer text"
        assert store.annotations.of(article.id) == after
        assert list(store.search.numbers(parse("monday"))) == [1]
        assert store.check() == []


def test_an_article_nobody_marked_changes_without_an_event(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt")
        newer(store, NEWER)
        with pytest.raises(NotFoundError, match="nothing to undo"):
            store.history.undo(article.id)


def test_the_first_anchor_never_changes(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        add(store, LONG, origin="/a.txt")
        marked(store, CLAIM)
        rows = "SELECT * FROM anchor WHERE revision = 1"
        before = sql(tmp_path / "l.db", rows)
        newer(store, NEWER)
        newer(store, "Nothing of it is left.")
        assert sql(tmp_path / "l.db", rows) == before
        assert sql(tmp_path / "l.db", "SELECT count(*) FROM anchor") == [(3,)]


def test_a_mark_whose_words_are_gone_waits_and_comes_back_with_its_words(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt", title="A bridge")
        annotation = marked(store, LETTER)
        newer(store, "The mayor said the bridge is safe.\n\nThe council has not answered so far.")
        assert quotes(store) == [(LETTER, "orphan")]
        assert store.versions.waiting_count() == 1
        (waiting,) = store.versions.waiting()
        assert (waiting.annotation.id, waiting.number, waiting.title) == (annotation.id, 1, "A bridge")
        assert waiting.origin == annotation.anchor
        assert waiting.before.endswith("Engineers doubt it, and ")
        assert waiting.after.startswith(" in March.")
        assert store.versions.waiting(article.id) == (waiting,)
        newer(store, NEWER)
        assert quotes(store) == [(LETTER, "ok")], "carried from the last text in which its place was sure"
        assert store.versions.waiting_count() == 0
        assert store.check() == []


def test_a_mark_without_a_sure_place_is_exported_in_the_text_where_it_had_one(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt")
        marked(store, LETTER)
        marked(store, CLAIM)
        newer(store, "A first line.\n\nThe mayor said the bridge is safe.\n\nThe council has not answered.")
        rows = list(store.annotations.export_rows())
        told = [(row.annotation.anchor.exact, row.annotation.anchor.status) for row in rows]
        assert told == [(CLAIM, "ok"), (LETTER, "orphan")]
        for row in rows:
            start, end = row.annotation.span
            assert row.text[start:end] == row.annotation.anchor.exact
        assert rows[1].text == LONG
        assert rows[1].text_sha256 == store.versions.revision(article.revision_id).sha256


def test_words_that_changed_are_flagged_until_the_mark_is_placed_anew(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        add(store, LONG, origin="/a.txt")
        marked(store, "Engineers doubt it, and two of them wrote a letter to the council in March")
        newer(store, LONG.replace("two of them", "three of them"))
        newer(store, LONG.replace("two of them", "three of them") + "\n\nA last line.")
        (annotation,) = store.annotations.of(store.articles.get(1).id)
        assert annotation.anchor.changed, "also in the texts after the one in which they changed"
        assert 0.8 < annotation.anchor.score <= 1
        sure = annotation.anchor._replace(changed=False, score=1.0)
        store.annotations.save(replace(annotation, anchor=sure), "accepted a mark's new words")
        assert not store.annotations.of(store.articles.get(1).id)[0].anchor.changed
        store.history.undo()
        assert store.annotations.of(store.articles.get(1).id)[0].anchor == annotation.anchor


def test_a_text_that_comes_back_brings_its_offsets(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        add(store, LONG, origin="/a.txt")
        annotation = marked(store, CLAIM)
        newer(store, "Nothing of it is left.")
        newer(store, LONG, media="markdown")
        (now,) = store.annotations.of(store.articles.get(1).id)
        assert (now.span, now.anchor.status) == (annotation.span, "ok")


def test_a_person_can_go_back_to_any_text(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt")
        newer(store, NEWER)
        late = marked(store, "On Monday the mayor again said")
        store.versions.show(article.id, article.revision_id)
        assert store.articles.get(1).newer_revision
        (now,) = store.annotations.of(article.id)
        assert (now.id, now.anchor.exact) == (late.id, "The mayor said")
        assert store.history.undo(article.id).what == "showed another text"
        assert store.annotations.of(article.id) == (late,)
        with pytest.raises(NotFoundError):
            store.versions.show(article.id, "no such text")


def test_adding_a_known_text_again_leaves_the_text_that_a_person_went_back_to(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt")
        marked(store, CLAIM)
        newer(store, NEWER)
        store.history.undo(article.id)
        (added,) = store.articles.add([draft(NEWER, origin="/a.txt")])
        assert (added.outcome, store.articles.get(1).revision_id) == ("unchanged", article.revision_id)


def test_going_back_is_refused_where_another_text_came_meanwhile(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt")
        marked(store, CLAIM)
        newer(store, NEWER)
        with library(tmp_path / "l.db", BEN) as other:
            newer(other, NEWER + "\n\nAnd more.")
        with pytest.raises(ConflictError):
            store.history.undo(article.id)
        assert quotes(store) == [(CLAIM, "ok")]


def test_two_newer_texts_in_one_batch(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        drafts = [draft(text, origin="/a.txt") for text in (TEXT, LONG, NEWER)]
        assert [added.outcome for added in store.articles.add(drafts)] == ["added", "updated", "updated"]
        assert list(store.search.numbers(parse("monday"))) == [1]
        assert len(store.versions.of(store.articles.get(1).id)) == 3
        assert store.check() == []


def test_texts_and_marks_that_are_not_there(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        assert store.versions.waiting_count() == 0
        for ask in (store.versions.of, store.versions.waiting, store.versions.revision):
            with pytest.raises(NotFoundError):
                ask("nobody")


def test_the_place_last_read_comes_along(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt")
        store.articles.set_position(article.id, LONG.index("council in March"))
        now = newer(store, NEWER)
        assert NEWER[now.position :].startswith("council in March")
        assert now.position != 0
        assert Span(now.position, now.position + 7) == Span(
            NEWER.index("council"), NEWER.index("council") + 7
        )


def test_a_place_given_on_a_text_that_was_gone_back_to_is_what_the_next_text_starts_from(
    tmp_path: Path,
) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt")
        marked(store, CLAIM)
        newer(store, NEWER)
        store.history.undo(article.id)
        (annotation,) = store.annotations.of(article.id)
        start = LONG.index("the bridge")
        anchor = annotation.anchor._replace(span=Span(start, start + 10), exact="the bridge")
        store.annotations.save(replace(annotation, anchor=anchor), "moved a mark's edges")
        newer(store, NEWER + "\n\nA last line.")
        assert quotes(store) == [("the bridge", "ok")]


def test_the_marks_that_wait_are_found_by_their_index(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        add(store, LONG, origin="/a.txt")
        marked(store, CLAIM)
        newer(store, "Nothing of it is left.")
        assert store.versions.waiting_count() == 1
        store.annotations.delete(store.annotations.of(store.articles.get(1).id)[0].id, "deleted a mark")
        assert store.versions.waiting_count() == 0
        store.history.undo()
        store.articles.remove(store.articles.get(1).id)
        assert (store.versions.waiting_count(), store.versions.waiting()) == (0, ())


def test_a_page_that_changes_around_its_text_is_no_newer_text(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.html", title="A bridge")
        annotation = marked(store, CLAIM)
        other = draft(LONG, origin="/a.html", title="The bridge", raw=b"<p>other bytes</p>")
        (added,) = store.articles.add([other])
        now = store.articles.get(1)
        assert (added.outcome, added.title, added.note) == ("updated", "The bridge", "")
        assert (now.revision_id, now.newer_revision) == (article.revision_id, False)
        assert store.annotations.of(article.id) == (annotation,)
        assert store.versions.changed_at(article.id) == ""
        assert store.articles.add([other])[0].outcome == "unchanged"
        assert list(store.search.numbers(parse("bridge"))) == [1]
        assert store.check() == []


def test_a_text_that_is_again_what_it_was_is_shown_again(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt", title="A bridge")
        marked(store, CLAIM)
        newer(store, NEWER)
        for text in (LONG, NEWER, LONG):
            now = newer(store, text)
            assert store.articles.revision(now).canonical.text == text
            assert quotes(store) == [(CLAIM, "ok")]
        again = store.articles.add([draft(LONG, origin="/a.txt")])
        assert [added.outcome for added in again] == ["unchanged"]
        assert len(store.versions.of(article.id)) == 2


def test_a_text_that_a_person_chose_stays_when_the_same_bytes_come_again(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, LONG, origin="/a.txt")
        newer(store, NEWER)
        store.versions.show(article.id, article.revision_id)
        for other in (NEWER, LONG):
            (added,) = store.articles.add([draft(other, origin="/a.txt")])
            assert (added.outcome, store.articles.get(1).revision_id) == ("unchanged", article.revision_id)


def test_two_files_with_one_address_do_not_take_turns(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        both = [
            draft(LONG, origin="/a.html", url="https://x.example/bridge"),
            draft(NEWER, origin="/b.html", url="https://x.example/bridge"),
        ]
        assert [added.outcome for added in store.articles.add(both)] == ["added", "updated"]
        assert [added.outcome for added in store.articles.add(both)] == ["unchanged", "unchanged"]
