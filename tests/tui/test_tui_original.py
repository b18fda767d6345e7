"""The view of the original: from run to run, keeping and dropping, with the marks of the article."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article, drawn
from shelf import desk_of
from textual.widgets import Static

from reader.desk.adding import add
from reader.model import Added

CLOSED = "The old bridge was closed on Tuesday after the water rose over its piers."
EXAMINED = "The council said that it would be examined before the end of the week."
FORM = "Leave a Reply"
SPAM = "slotgir.com betvolwww.rulet-x.netcasinogiriş Deneme bonusu giriş bahisvip.com slot giriş"
STORY = (
    f"Bridge closed after the flood\n\n{CLOSED}\n{EXAMINED} {SPAM}\n\n"
    f"{FORM}\n\nComment *\n\nName *\n\nEmail *\n"
)


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    """A library with an article that bears spam and a comment form."""
    (tmp_path / "bridge.txt").write_text(STORY, encoding="utf-8")
    with desk_of(tmp_path / "dirty.db") as desk:
        (outcome,) = add(desk, [str(tmp_path / "bridge.txt")])
        assert isinstance(outcome, Added)
    return tmp_path / "dirty.db"


def article(person: Person) -> str:
    """The article's text as it is on disk."""
    articles = person.witness.store.articles
    return articles.revision(articles.get(person.shown)).canonical.text


def statuses(person: Person) -> list[tuple[str, str]]:
    """Each mark on disk: the status of its anchor, and its quote."""
    return [(mark.anchor.status, mark.anchor.exact) for mark in person.marks()]


@journey("reading", "next-mark", "previous-mark")
async def test_the_keys_for_marks_go_from_run_to_run(dirty: Path) -> None:
    async with at_article(dirty) as person:
        await person.press("r", "g", "]")
        assert person.ahead.startswith("hidden · spam")
        assert person.aim == "Enter keeps this run"
        await person.press("tab")
        assert person.ahead.startswith("hidden · comment form")
        await person.press("]")
        assert person.ahead.startswith("hidden · spam")
        await person.press("tab", "j", "[")
        assert person.ahead.startswith("hidden · spam")
        await person.press("shift+tab")
        assert person.ahead.startswith("hidden · comment form")
        assert "] runs" in person.bar("foot")


@journey("reading", "details", "undo", "redo")
async def test_enter_keeps_a_hidden_run_and_undo_takes_it_back(dirty: Path) -> None:
    async with at_article(dirty) as person:
        await person.press("r", "g", "]", "]", "enter")
        assert person.told == "Kept; u takes it back"
        assert FORM in article(person)
        assert person.ahead.startswith(FORM)
        assert "kept · by hand" in drawn(person.strips())
        await person.press("u")
        assert person.told == "Undone: kept a run: comment form"
        assert FORM not in article(person)
        assert "by hand" not in drawn(person.strips())
        await person.press("ctrl+r")
        assert FORM in article(person)
        # Once more on what was kept drops it again.
        await person.press("[", "]", "enter")
        assert FORM not in article(person)
        await person.press("q")
        assert FORM not in person.text
        assert person.text.startswith("Bridge closed")


@journey("reading", "delete-mark", "select")
async def test_a_line_and_a_selection_can_be_dropped(dirty: Path) -> None:
    async with at_article(dirty) as person:
        await person.press("r")
        person.put("Bridge closed")
        assert person.aim == "Enter drops this line"
        await person.press("x")
        assert article(person).startswith("The old bridge")
        await person.press("x")
        assert person.told == "It is hidden already: Enter keeps it"
        person.put("The council")
        await person.press("v", "w", "w")
        assert person.aim == "Enter drops this selection"
        await person.press("enter")
        assert "The council" not in article(person)
        assert "said that it would be examined" in article(person)


async def test_dropping_what_bears_a_mark_asks_and_the_mark_becomes_an_orphan(dirty: Path) -> None:
    async with at_article(dirty) as person:
        person.put(CLOSED)
        await person.press("1", "r")
        person.put(CLOSED)
        await person.press("enter")
        assert person.dialog == "Confirm"
        assert f"“{CLOSED[:20]}" in drawn(person.strips())
        await person.press("n")
        assert person.told == "Not dropped"
        assert statuses(person) == [("ok", CLOSED)]
        await person.press("enter", "y")
        assert statuses(person) == [("orphan", CLOSED)]
        await person.press("r")
        assert CLOSED not in person.text
        assert "1 to review: A" in person.bar("status")
        await person.press("A")
        assert CLOSED in str(person.reading.query_one("#review", Static).render())
        await person.press("u")
        assert statuses(person) == [("ok", CLOSED)]
        assert CLOSED in person.text


async def test_marks_are_drawn_at_their_new_places_and_the_caret_stays(dirty: Path) -> None:
    async with at_article(dirty) as person:
        person.put(EXAMINED)
        await person.press("2", "r")
        person.put("Bridge closed")
        await person.press("x")
        person.put(EXAMINED)
        await person.press("r")
        (mark,) = person.marks()
        assert person.text[mark.span.start : mark.span.end] == EXAMINED
        assert person.page.marks.spans == [mark.span]
        assert person.ahead.startswith(EXAMINED)


@pytest.mark.parametrize("plain", [False, True])
async def test_hidden_lines_are_struck_and_bear_a_sign(
    dirty: Path, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if plain:
        monkeypatch.setenv("NO_COLOR", "1")
    async with at_article(dirty, size=(80, 24)) as person:
        await person.press("r")
        rows = [strip for strip in person.page_strips() if FORM in strip.text]
        assert [row.text.split()[:4] for row in rows] == [["×", *FORM.split()]]
        struck = [piece.style.strike for piece in rows[0] if FORM in piece.text and piece.style]
        assert struck == [True]
        (kept,) = [strip for strip in person.page_strips() if "old bridge" in strip.text]
        assert "×" not in kept.text


async def test_another_session_that_was_quicker_is_told(dirty: Path) -> None:
    from reader.desk import overriding, reading
    from reader.model import Span

    async with at_article(dirty) as person:
        await person.press("r", "g", "]")
        with desk_of(dirty) as other:
            theirs = reading.article(other, 1)
            start = reading.page_text(other, theirs).index(CLOSED)
            overriding.drop(other, theirs, Span(start, start + len(CLOSED)))
        await person.press("enter")
        assert "another text now" in person.told
        assert SPAM not in article(person)


async def test_an_article_without_runs_says_so(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("r", "]")
        assert person.told == "Nothing was dropped or doubted"
