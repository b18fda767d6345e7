"""A person keeps and drops runs of the original; marks come along, and undo brings everything back."""

import io
from pathlib import Path

import pytest
from desks import PROSE, add_text, desk_at

from reader.desk import Desk, marking, overriding, reading
from reader.desk.exporting import export
from reader.desk.reading import Opened, hidden, opened
from reader.desk.recleaning import Recleaned, clean_again
from reader.errors import ConflictError, InputError
from reader.model import Annotation, Article, Span

FORM = "Leave a Reply Cancel reply"
STORY = f"{PROSE}\n{FORM}\n\nYour email address will not be published.\n"
DOUBTED = "She said the gate would keep the harbour dry for a century."


def run_of(desk: Desk, article: Article, words: str) -> Span:
    start = reading.page_text(desk, article).index(words)
    return Span(start, start + len(words))


def marked(desk: Desk, story: Opened, quote: str) -> Annotation:
    start = story.revision.canonical.text.index(quote)
    return marking.annotate(desk, story.revision, Span(start, start + len(quote)), "support")


def text_of(desk: Desk, article: Article) -> str:
    return opened(desk, article.number).revision.canonical.text


def verdict(desk: Desk, article: Article, words: str) -> tuple[str, str]:
    start, end = run_of(desk, article, words)
    return next(
        (s.verdict, s.rule) for s in reading.segments(desk, article) if s.start <= start and end <= s.end
    )


def again(desk: Desk, article: Article) -> list[Recleaned]:
    return [outcome for outcome in clean_again(desk, [article.number]) if isinstance(outcome, Recleaned)]


def test_a_hidden_run_that_is_kept_is_text_and_can_be_undone(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        story = add_text(desk, tmp_path, STORY)
        before = story.revision.canonical.text
        article = overriding.keep(desk, story.article, run_of(desk, story.article, FORM))
        assert FORM in text_of(desk, article)
        assert verdict(desk, article, FORM) == ("keep", "hand.keep")
        assert hidden(reading.segments(desk, article)) == "1 run hidden: comment form"
        assert marking.undo(desk, article.id).what == "kept a run: comment form"
        assert text_of(desk, article) == before
        marking.redo(desk, article.id)
        assert FORM in text_of(desk, article)
        assert not desk.store.articles.get(article.number).newer_revision


def test_marks_and_the_place_last_read_come_along(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        story = add_text(desk, tmp_path, STORY)
        first, last = marked(desk, story, DOUBTED), marked(desk, story, "nine million crowns")
        reading.remember_position(desk, story.article.id, last.span.start)
        article = overriding.drop(desk, story.article, run_of(desk, story.article, "Mayor Ada Quill"))
        now = {mark.id: mark for mark in reading.annotations(desk, article)}
        text = text_of(desk, article)
        for mark in (first, last):
            span = now[mark.id].span
            assert text[span.start : span.end] == mark.anchor.exact
            assert now[mark.id].anchor.status == "ok"
        assert text[article.position :].startswith("nine million")
        assert desk.store.check() == []


def test_a_mark_in_a_run_that_is_dropped_is_an_orphan_listed_and_exported_until_undone(
    tmp_path: Path,
) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        story = add_text(desk, tmp_path, STORY)
        mark = marked(desk, story, DOUBTED)
        run = run_of(desk, story.article, DOUBTED)
        assert [borne.id for borne in overriding.borne(desk, story.article, run)] == [mark.id]
        article = overriding.drop(desk, story.article, run)
        (orphan,) = reading.annotations(desk, article)
        assert (orphan.anchor.status, orphan.anchor.exact) == ("orphan", DOUBTED)
        assert overriding.borne(desk, article, run) == ()
        out = io.BytesIO()
        export(desk, out)
        assert DOUBTED in out.getvalue().decode()
        assert ",orphan," in out.getvalue().decode()
        assert desk.store.check() == []
        marking.undo(desk, article.id)
        (back,) = reading.annotations(desk, article)
        assert (back.anchor.status, back.span) == ("ok", mark.span)


def test_an_orphan_finds_back_when_the_run_is_kept_again_instead_of_undone(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        story = add_text(desk, tmp_path, STORY)
        marked(desk, story, DOUBTED)
        run = run_of(desk, story.article, DOUBTED)
        article = overriding.keep(desk, overriding.drop(desk, story.article, run), run)
        (mark,) = reading.annotations(desk, article)
        assert (mark.anchor.status, mark.anchor.exact) == ("ok", DOUBTED)


def test_a_mark_that_was_deleted_before_comes_back_after(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        story = add_text(desk, tmp_path, STORY)
        mark = marked(desk, story, "nine million crowns")
        marking.delete(desk, mark)
        article = overriding.drop(desk, story.article, run_of(desk, story.article, DOUBTED))
        marking.undo(desk, article.id)
        marking.undo(desk, article.id)
        assert [m.id for m in reading.annotations(desk, article)] == [mark.id]


def test_what_a_person_decided_stands_when_the_original_is_cleaned_again(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        story = add_text(desk, tmp_path, STORY)
        article = overriding.keep(desk, story.article, run_of(desk, story.article, FORM))
        article = overriding.drop(desk, article, run_of(desk, article, DOUBTED))
        assert [outcome.changed for outcome in again(desk, article)] == [False]
        assert verdict(desk, article, FORM) == ("keep", "hand.keep")
        assert verdict(desk, article, DOUBTED) == ("drop", "hand.drop")


def test_in_a_page_whole_blocks_are_kept_and_dropped(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in PROSE.strip().split("\n\n"))
    page = f"<html><body><nav>Home and more</nav><article>{body}</article></body></html>"
    with desk_at(tmp_path / "l.db") as desk:
        story = add_text(desk, tmp_path, page, "page.html")
        article = overriding.keep(desk, story.article, run_of(desk, story.article, "Home"))
        assert text_of(desk, article).startswith("Home and more\n\nMayor")
        article = overriding.drop(desk, article, run_of(desk, article, "nine million"))
        assert text_of(desk, article).endswith("failed its first test.")


def test_in_markdown_whole_lines_are_kept_and_dropped(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        story = add_text(desk, tmp_path, f"# Gate\n\n{PROSE}\n[Share](https://x.example) this\n", "story.md")
        article = overriding.drop(desk, story.article, run_of(desk, story.article, "Share"))
        assert text_of(desk, article).endswith("the council said.")


def test_what_leaves_nothing_or_is_nothing_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        story = add_text(desk, tmp_path)
        whole = Span(0, len(PROSE))
        for act, run in ((overriding.drop, whole), (overriding.keep, Span(51, 53))):
            with pytest.raises(InputError):
                act(desk, story.article, run)
        assert opened(desk, story.article.number).revision == story.revision


def test_a_text_that_another_session_has_changed_is_not_changed_blindly(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk, desk_at(tmp_path / "l.db", "Ben") as other:
        story = add_text(desk, tmp_path, STORY)
        overriding.keep(other, story.article, run_of(other, story.article, FORM))
        with pytest.raises(ConflictError):
            overriding.drop(desk, story.article, run_of(desk, story.article, DOUBTED))


def test_adding_the_same_file_again_does_not_bring_back_what_was_undone(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        story = add_text(desk, tmp_path, STORY)
        overriding.keep(desk, story.article, run_of(desk, story.article, FORM))
        marking.undo(desk, story.article.id)
        assert add_text(desk, tmp_path, STORY).revision.id == story.revision.id
