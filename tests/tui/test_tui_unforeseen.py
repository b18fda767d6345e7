"""An error that nobody foresaw: one line on the screen, the trace in the log, nothing typed is lost."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NoReturn

import pytest
from pilots import Person, at_reader, drawn, logged
from shelf import GATE, OPENED, SAFE
from textual.geometry import Offset

from reader.desk import exporting, finding, marking, queries, reading, targets
from reader.errors import StoreError
from reader.store.articles import Articles
from reader.tui.bars import Bar
from reader.tui.commands import Screen, of_screen
from reader.tui.dialogs.choice import Choice
from reader.tui.dialogs.prompt import Prompt
from reader.tui.listing import Listing
from reader.tui.painting import Painter, Sheet
from reader.tui.preview import Preview
from reader.tui.surface import Surface

TOLD = "Something unforeseen happened (RuntimeError): "


def fails(*_: object, **__: object) -> NoReturn:
    raise RuntimeError(SAFE)


def assert_told(person: Person, line: str) -> None:
    """The screen says it in one line that names the log, which has the trace and no word of the article."""
    assert line.startswith(TOLD), line
    assert "reader.log" in line
    assert "in fails" in logged()
    assert SAFE not in logged()
    assert person.app.is_running


async def to_library(person: Person) -> None:
    del person


async def to_reading(person: Person) -> None:
    await person.open(GATE)


async def to_board(person: Person) -> None:
    await person.at_board()


async def to_beside(person: Person) -> None:
    await person.open(GATE)
    await person.press("|")
    await person.until(lambda: person.dialog == "Prompt")
    await person.write("2")
    await person.press("enter")
    await person.until(lambda: person.place == "beside")


async def to_feeds(person: Person) -> None:
    await person.press("F")
    await person.until(lambda: person.place == "feeds")


WAYS: dict[Screen, Callable[[Person], Awaitable[None]]] = {
    "library": to_library,
    "reading": to_reading,
    "board": to_board,
    "beside": to_beside,
    "feeds": to_feeds,
}


@pytest.mark.parametrize("scope", WAYS)
async def test_every_command_may_fail(scope: Screen, marked: Path) -> None:
    async with at_reader(marked, unforeseen=True) as person:
        await WAYS[scope](person)
        front = person.front
        assert person.place == scope
        offered = {label.key for label in person.app.session.desk.scheme.offered}
        for command in of_screen(scope):
            if command.id.startswith("stance-") and command.id[-1] not in offered:
                continue
            front.say("")
            # On the screen itself, not on its class: what other screens do is whole.
            name = f"action_{command.action.partition('(')[0]}"
            before = getattr(front, name)
            setattr(front, name, fails)
            await person.press(command.keys[0])
            setattr(front, name, before)
            assert person.front is front, command.id
            assert_told(person, person.told)
        await person.press("?")
        assert person.dialog == "Help"


async def test_an_article_that_cannot_be_opened_leaves_the_library_as_it_was(
    marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_reader(marked, unforeseen=True) as person:
        number = person.number
        with monkeypatch.context() as broken:
            broken.setattr(Articles, "revision", fails)
            await person.press("enter")
            assert person.place == "library"
            assert_told(person, person.told)
        await person.press("enter")
        assert person.place == "reading"
        assert person.shown == number


@pytest.mark.parametrize(("owner", "name"), [(Sheet, "layout"), (reading, "segments"), (Surface, "show")])
async def test_nothing_is_marked_in_an_article_that_cannot_be_shown(
    owner: object, name: str, marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_reader(marked, unforeseen=True) as person:
        await person.open(GATE)
        text, marks = person.text, [len(person.marks(number)) for number in (1, 2, 3, 4)]
        with monkeypatch.context() as broken:
            broken.setattr(owner, name, fails)
            await person.press("K")
            assert_told(person, person.told)
        await person.press("1")
        now = [len(person.marks(number)) for number in (1, 2, 3, 4)]
        if now != marks:
            # The page shows the article that was open before; then that is what was marked.
            assert person.shown == GATE
            assert person.text == text
        await person.press("q")
        assert person.place == "library"
        await person.open(GATE)
        assert OPENED in person.text


async def test_rows_that_cannot_be_painted_are_blank_and_the_others_are_there(
    marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_reader(marked, unforeseen=True) as person:
        with monkeypatch.context() as broken:
            paint = Painter.paint

            def first_fails(self: Painter, row: int, *others: object) -> object:
                return fails() if row == 0 else paint(self, row, *others)  # type: ignore[arg-type]

            broken.setattr(Painter, "paint", first_fails)
            await person.open(GATE)
            shown = drawn(person.strips())
            assert OPENED not in shown
            assert "It will be read in May." in shown
            assert_told(person, person.told)
            broken.setattr(Listing, "row", fails)
            await person.press("j")
        await person.resize(100, 30)
        assert OPENED in drawn(person.strips())


@pytest.mark.parametrize(
    ("owner", "name"),
    [(Listing, "row"), (finding, "lead"), (Preview, "show"), (Bar, "show"), (Articles, "get")],
)
async def test_parts_of_the_library_may_fail(
    owner: object, name: str, marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(owner, name):
        pytest.fail(f"{owner} has no {name}")
    async with at_reader(marked, unforeseen=True) as person:
        with monkeypatch.context() as broken:
            broken.setattr(owner, name, fails)
            await person.press("j", "k", "E", "escape", "t", "escape", "x")
            await person.resize(140, 30)
        if person.dialog:
            await person.press("escape")
        await person.press("g", "j")
        assert person.place == "library"
        assert "in fails" in logged()
        before = person.number
        await person.press("k")
        assert person.number != before


@pytest.mark.parametrize("error", [RuntimeError(SAFE), StoreError("the disk is full")])
async def test_a_comment_that_cannot_be_stored_stands_in_its_dialog_again(
    error: Exception, marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> NoReturn:
        raise error

    async with at_reader(marked, unforeseen=True) as person:
        await person.open(GATE)
        await person.press("]", "c")
        note = "Three hours of thought"
        await person.write(note)
        with monkeypatch.context() as broken:
            broken.setattr(marking, "change", refuses)
            await person.press("enter")
            assert person.dialog == "Prompt"
            assert person.complaint.startswith(str(error) if isinstance(error, StoreError) else TOLD)
            await person.press("enter")
            assert person.dialog == "Prompt"
        assert person.app.screen.query_one("#line").value == note  # type: ignore[attr-defined]
        await person.press("enter")
        assert person.dialog == ""
        assert note in {mark.note for mark in person.marks()}


@pytest.mark.parametrize(
    ("scope", "keys", "owner", "name"),
    [
        ("library", ("E",), reading, "correct"),
        ("library", ("#",), reading, "set_tags"),
        ("library", ("M", "r"), targets, "rename"),
        ("library", ("f", "a"), queries, "save"),
        ("reading", ("E",), reading, "correct"),
        ("reading", ("]", "enter"), marking, "change"),
        ("reading", ("]", "T"), marking, "retarget"),
        ("reading", ("t",), targets, "choose"),
        ("reading", ("|",), reading, "article"),
    ],
)
async def test_what_was_typed_is_kept(
    scope: Screen,
    keys: tuple[str, ...],
    owner: object,
    name: str,
    marked: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with at_reader(marked, unforeseen=True) as person:
        if keys[0] == "f":
            await person.press("/")
            await person.type("tide")
            await person.press("enter")
        await WAYS[scope](person)
        await person.press(*keys)
        await person.until(lambda: person.dialog in ("Prompt", "Form"), "a dialog to type in")
        dialog = person.dialog
        await person.write("2 typed words")
        with monkeypatch.context() as broken:
            broken.setattr(owner, name, fails)
            await person.press("enter")
            await person.until(lambda: person.dialog == dialog, "the dialog to come back")
            await person.until(lambda: person.complaint, "the complaint")
            assert_told(person, person.complaint)
        assert "2 typed words" in drawn(person.strips())
        await person.press("enter")
        await person.until(lambda: person.dialog != dialog or not person.complaint, "it to be taken")


@pytest.mark.parametrize("name", ["body", "on_mount"])
async def test_a_dialog_that_cannot_be_made_is_in_nobodys_way(
    name: str, marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_reader(marked, unforeseen=True) as person:
        await person.open(GATE)
        with monkeypatch.context() as broken:
            broken.setattr(Prompt, name, fails)
            person.post("t")
            await person.waited(lambda: person.told.startswith(TOLD), "it to be told")
            assert person.dialog == ""
            assert_told(person, person.told)
        await person.press("t")
        assert person.dialog == "Prompt"


async def test_a_screen_that_cannot_be_made_is_in_nobodys_way(
    marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.tui.feeds import FeedsScreen

    async with at_reader(marked, unforeseen=True) as person:
        with monkeypatch.context() as broken:
            broken.setattr(FeedsScreen, "reload", fails)
            person.post("F")
            await person.waited(lambda: person.told.startswith(TOLD), "it to be told")
            assert person.place == "library"
            assert_told(person, person.told)
        await person.press("F")
        await person.until(lambda: person.place == "feeds", "the feeds")


async def test_a_handler_of_a_dialog_may_fail(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_reader(marked, unforeseen=True) as person:
        await person.open(GATE)
        await person.press("]", "L", "]", "L")
        assert person.dialog == "Choice"
        with monkeypatch.context() as broken:
            broken.setattr(Choice, "dismiss", fails)
            await person.press("1")
            assert_told(person, person.complaint)
        await person.press("1")
        assert person.told.startswith("Linked: ")


async def test_work_in_the_background_may_fail(
    marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_reader(marked, unforeseen=True) as person:
        with monkeypatch.context() as broken:
            broken.setattr(exporting, "export", fails)
            await person.press("e")
            await person.write(str(tmp_path / "marks.csv"))
            await person.press("enter")
            await person.until(lambda: person.told.startswith(TOLD), "the failed export")
            broken.setattr(finding, "search", fails)
            await person.press("/")
            await person.type("tide")
            await person.press("enter")
            await person.until(lambda: "unforeseen" in person.told, "the failed search")
        await person.press("escape", "g", "enter")
        assert person.place == "reading"


async def test_timers_may_fail(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_reader(marked, unforeseen=True) as person:
        await person.open(GATE)
        with monkeypatch.context() as broken:
            broken.setattr(reading, "remember_position", fails)
            await person.press("j")
            await person.until(lambda: person.told.startswith(TOLD), "the timer")
        await person.press("1")
        assert "marked the sentence" in person.told


async def test_the_mouse_may_hit_what_fails(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_reader(marked, unforeseen=True) as person:
        await person.open(GATE)
        with monkeypatch.context() as broken:
            broken.setattr(Surface, "on_bar", fails)
            await person.pilot.click("#page", offset=Offset(20, 3))
            await person.settle()
            assert_told(person, person.told)
        await person.pilot.click("#page", offset=Offset(50, 3))
        await person.settle()
        assert person.told == ""


async def test_an_error_before_the_first_paint_ends_the_program(
    marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Listing, "row", fails)
    monkeypatch.setattr("reader.tui.library.base.LibraryBase.show_bars", fails)
    with pytest.raises(RuntimeError):
        async with at_reader(marked, unforeseen=True):
            pass
