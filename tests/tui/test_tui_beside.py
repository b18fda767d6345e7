"""Two articles side by side, each with its marks toward the target at hand."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article, at_reader, drawn
from shelf import FERRY, GATE, LONG, SAFE_TO_SAY, desk_of

from reader.tui.beside import BesideScreen
from reader.tui.page import Page


def sides(person: Person) -> tuple[Page, Page]:
    screen = person.app.get_screen("beside")
    assert isinstance(screen, BesideScreen)
    return screen.query_one("#page-0", Page), screen.query_one("#page-1", Page)


async def beside_from_the_board(person: Person) -> None:
    await person.at_board()
    await person.press("j", "|")
    assert person.told.startswith(f"Held: {LONG}: Sixty days")
    await person.press("j", "j", "|")
    await person.until(lambda: person.place == "beside")


@journey("board", "beside-claims")
@journey("beside", "other-side", "leave")
async def test_from_the_board_and_back_to_the_place(marked: Path) -> None:
    async with at_reader(marked) as person:
        await beside_from_the_board(person)
        left, right = sides(person)
        assert left.sheet.canonical.text.startswith("On day 1")
        assert right.sheet.canonical.text.startswith("The tide gate")
        assert [mark.stances[0].target for mark in (*left.marks.annotations, *right.marks.annotations)] == [
            SAFE_TO_SAY
        ] * 3
        assert f"→ {SAFE_TO_SAY}" in person.bar("status")
        assert person.app.focused is left
        await person.press("tab")
        assert person.app.focused is right
        await person.press("shift+tab")
        assert person.app.focused is left
        await person.press("q")
        assert person.place == "board"
        assert "Harbour Post" in person.line
        await person.press("|", "|")
        assert person.told == "Let go"


@journey("beside", "down", "up", "top", "bottom", "half-down", "half-up", "page-down", "page-up", "cancel")
async def test_each_side_moves_by_itself(marked: Path) -> None:
    async with at_reader(marked, size=(120, 16)) as person:
        for leave in ("escape", "ctrl+c"):
            await beside_from_the_board(person)
            left, right = sides(person)
            there = right.caret
            for forth, back in (
                ("j", "k"),
                ("down", "up"),
                ("ctrl+d", "ctrl+u"),
                ("space", "pageup"),
                ("pagedown", "pageup"),
                ("G", "g"),
                ("ctrl+end", "ctrl+home"),
            ):
                await person.press("g")
                start = left.caret
                await person.press(forth)
                further = left.caret
                assert further > start, forth
                await person.press(back)
                assert left.caret < further, back
            assert right.caret == there
            await person.press(leave)
            assert person.place == "board"
            await person.press("g")


@journey("beside", "side-next", "side-previous", "open-side")
async def test_marks_are_picked_and_articles_opened(marked: Path) -> None:
    async with at_reader(marked) as person:
        await beside_from_the_board(person)
        await person.press("tab")
        _, right = sides(person)
        first = right.picked
        for forth, back in (("]", "["), ("n", "N")):
            await person.press(forth)
            assert right.picked != first
            await person.press(back)
            assert right.picked == first
        await person.press("enter")
        await person.until(lambda: person.place == "reading")
        assert person.shown == GATE
        await person.press("x", "q")
        await person.until(lambda: person.place == "beside" and len(right.marks.spans) == 1)


@journey("reading", "beside")
async def test_from_an_article(marked: Path) -> None:
    async with at_article(marked, FERRY) as person:
        await person.press("q")
        await person.open(GATE)
        await person.press("t")
        await person.type(SAFE_TO_SAY)
        await person.press("enter", "|")
        assert person.dialog == "Prompt"
        await person.press("enter")
        await person.until(lambda: person.place == "beside")
        left, right = sides(person)
        assert left.sheet.canonical.text.startswith("The tide gate")
        assert right.sheet.canonical.text.startswith("The ferry")
        assert len(left.marks.spans) == 2
        await person.press("tab", "enter")
        await person.until(lambda: person.place == "reading" and person.shown == FERRY)
        await person.press("|")
        await person.write("999")
        await person.press("enter")
        assert person.complaint.startswith("there is no article 999")
        await person.press("escape")
        assert person.place == "reading"


@journey("beside", "help", "palette", "theme", "suspend", "quit-at-once")
async def test_help_palette_and_themes(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_reader(marked) as person:
        await beside_from_the_board(person)
        for key, dialog in (
            ("?", "Help"),
            ("f1", "Help"),
            (":", "CommandPalette"),
            ("ctrl+p", "CommandPalette"),
        ):
            await person.press(key)
            await person.until(lambda: bool(person.dialog))
            assert person.dialog == dialog
            await person.press("escape")
            await person.until(lambda: person.dialog == "")
        person.app.theme = "reader-light"
        await person.settle()
        await person.press("ctrl+t")
        await person.until(lambda: bool(person.dialog))
        await person.press("escape")
        await person.until(lambda: person.dialog == "")
        suspended: list[bool] = []
        monkeypatch.setattr(person.app, "action_suspend_process", lambda: suspended.append(True))
        await person.press("ctrl+z")
        assert suspended == [True]
        await person.press_and_leave("ctrl+q")


async def test_beside_at_80_columns(marked: Path) -> None:
    async with at_reader(marked, size=(80, 24)) as person:
        await beside_from_the_board(person)
        shown = drawn(person.strips())
        assert "Sixty days" in shown
        assert "The tide gate" in shown
        with desk_of(marked, "Other") as desk:
            desk.store.articles.remove(desk.store.articles.get(GATE).id)
        await person.press("q")
        assert person.place == "board"
