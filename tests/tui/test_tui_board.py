"""The claims board: grouping, filtering, the matrix, going to a mark and coming back to the place."""

import csv
from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article, at_reader, drawn
from shelf import COST, FERRY, GATE, LONG, SAFE_TO_SAY, desk_of

from reader.desk import linking, marking, queries, reading
from reader.model import Span


async def grouped(person: Person, name: str) -> None:
    await person.until(lambda: f"by {name}" in person.bar("head"), name)


@journey("library", "board")
@journey("board", "group-by", "leave")
async def test_groups_and_their_marks(marked: Path) -> None:
    async with at_reader(marked) as person:
        await person.at_board()
        assert "6 stances" in person.bar("head")
        assert person.line.split()[:6] == ["▾", "≠", *SAFE_TO_SAY.split()]
        assert "2+ 2−" in person.line
        await person.press("j")
        assert "“On day 1" not in person.line
        assert "River Log" in person.line
        assert person.told == f"{LONG}: Sixty days · by Coder"
        for name in ("stance", "source", "holder", "target"):
            await person.press("O")
            await grouped(person, name)
        assert "2+ 2−" in person.listed
        await person.press("q")
        assert person.place == "library"


@journey("board", "export")
async def test_what_the_board_shows_is_exported(marked: Path, tmp_path: Path) -> None:
    async def exported(name: str) -> list[dict[str, str]]:
        await person.press("e")
        await person.write(str(tmp_path / name))
        await person.press("enter")
        await person.until(lambda: f"to {tmp_path / name}" in person.told and "Exported" in person.told)
        return list(csv.DictReader((tmp_path / name).read_text(encoding="utf-8").splitlines()))

    async with at_reader(marked) as person:
        await person.at_board()
        everything = await exported("all.csv")
        assert len(everything) == 6
        await person.press("/")
        await person.type("stance:oppose")
        await person.until(lambda: "2 stances" in person.bar("head"))
        await person.press("enter")
        assert {row["stance"] for row in await exported("oppose.csv")} == {"oppose"}
        await person.press("escape")
        await person.until(lambda: "6 stances" in person.bar("head"))
        await person.press("m")
        await person.until(lambda: "sources × targets" in person.bar("head") and person.board.matrix.source)
        source, target = person.board.matrix.source, person.board.matrix.target
        await person.press("enter")
        await person.until(lambda: source in person.bar("head"))
        cell = await exported("cell.csv")
        assert {(row["source"], row["target"]) for row in cell} == {(source, target)}
        assert len(cell) < len(everything)


@journey("board", "group-next", "group-previous")
async def test_from_group_to_group(marked: Path) -> None:
    async with at_reader(marked) as person:
        await person.at_board()
        claims = person.board.claims
        lines = claims.lines
        assert lines is not None
        starts = [lines.start(group) for group in range(len(lines.groups))]
        assert len(starts) > 1
        seen = []
        for _ in starts:
            seen.append(claims.cursor)
            await person.press("}")
        assert (seen, claims.cursor) == (starts, starts[-1])
        # From a mark first to the line of its own group.
        await person.press("j", "{")
        assert claims.cursor == starts[-1]
        await person.press("{", "j", "}")
        assert claims.cursor == starts[-1]
        await person.press("g", "{")
        assert claims.cursor == 0


@journey("board", "link")
async def test_two_marks_are_linked_on_the_board(marked: Path) -> None:
    async with at_reader(marked) as person:
        await person.at_board()
        await person.press("L")
        assert person.told == "No mark here to link"
        await person.press("j", "L")
        assert person.told.startswith("Link from “")
        first = person.board.current
        await person.press("j", "L")
        assert person.dialog == "Choice"
        await person.press("2")
        assert person.told == "Linked: contradicts"
        second = person.board.current
        assert first is not None
        assert second is not None
        (link,) = linking.relations(person.witness)
        assert (link.type, link.from_id, link.to_id) == (
            "contradicts",
            first.annotation_id,
            second.annotation_id,
        )


async def test_who_made_a_mark_is_told_where_it_was_somebody_else(marked: Path, tmp_path: Path) -> None:
    with desk_of(marked, "Ben") as ben:
        opened = reading.opened(ben, GATE)
        marking.annotate(ben, opened.revision, Span(0, 9), "support", SAFE_TO_SAY)
    async with at_reader(marked) as person:
        await person.at_board()
        told = []
        for _ in range(len(person.board.claims.lines or ())):
            told.append(person.told)
            await person.press("j")
        assert len([line for line in told if line.endswith(" · by Ben")]) == 1


@journey("board", "down", "up", "top", "bottom", "half-down", "half-up", "page-down", "page-up")
async def test_moving_on_the_board(marked: Path) -> None:
    async with at_reader(marked, size=(100, 8)) as person:
        await person.at_board()
        claims = person.board.claims
        last = len(claims.lines or ()) - 1
        for there, back, step in (
            ("j", "k", 1),
            ("down", "up", 1),
            ("ctrl+d", "ctrl+u", 2),
            ("space", "pageup", 4),
        ):
            await person.press(there)
            assert claims.cursor == step, there
            await person.press(back)
            assert claims.cursor == 0, back
        for bottom, top in (("G", "g"), ("ctrl+end", "ctrl+home")):
            await person.press(bottom)
            assert claims.cursor == last
            assert claims.top > 0
            await person.press(top)
            assert (claims.cursor, claims.top) == (0, 0)
        await person.press("pagedown", "m")
        await person.until(lambda: person.board.matrix.display)
        for there, back in (
            ("j", "k"),
            ("down", "up"),
            ("G", "g"),
            ("ctrl+d", "ctrl+u"),
            ("pagedown", "pageup"),
        ):
            await person.press(there)
            assert person.board.matrix.row > 0, there
            await person.press(back)
            assert person.board.matrix.row == 0, back


@journey("board", "open-claim", "board-left", "board-right")
async def test_opening_groups_and_marks_and_coming_back(marked: Path) -> None:
    async with at_reader(marked) as person:
        await person.at_board()
        for close, open_ in (("h", "l"), ("left", "right"), ("enter", "enter")):
            await person.press("g", close)
            assert "▸" in person.line
            await person.press(open_)
            assert "▾" in person.line
        await person.press("j", "j", "h")
        assert person.board.claims.cursor == 0
        await person.press("l", "j", "j")
        before = person.line
        assert "Evening Tide" in before
        await person.press("enter")
        await person.until(lambda: person.place == "reading")
        assert person.shown == FERRY
        assert person.picked == "The ferry"[:8]
        await person.press("1", "q")
        await person.until(lambda: person.place == "board" and "(no target)" in person.listed)
        assert "Evening Tide" in person.line
        await person.press("escape")
        assert person.place == "library"


@journey("reading", "board")
async def test_from_an_article_to_the_board_and_back(marked: Path) -> None:
    async with at_article(marked, GATE) as person:
        place = person.put("Engineers")
        await person.at_board()
        await person.press("q")
        await person.until(lambda: person.place == "reading")
        assert (person.shown, person.caret) == (GATE, place)
        await person.at_board()
        await person.press("j", "enter")
        await person.until(lambda: person.place == "reading" and person.shown == LONG)
        await person.press("q")
        assert person.place == "board"
        await person.press("q")
        await person.until(lambda: person.place == "reading" and person.shown == GATE)


@journey("board", "matrix")
async def test_the_matrix_and_its_cells(marked: Path) -> None:
    async with at_reader(marked) as person:
        await person.at_board()
        await person.press("m")
        await person.until(lambda: person.board.matrix.display)
        assert "sources × targets" in person.bar("head")
        rows = person.listed.splitlines()
        # Two targets share the width of the window; where there are many, each has less.
        assert [row[22:47].rstrip() for row in rows[:2]] == ["the gate is safe", ""]
        assert "≠ 2+ 2−" in rows[3]
        assert rows[4].startswith(" ≠ Harbour Post")
        assert "≠ 1+ 1−" in rows[4]
        assert rows[5].startswith("   River Log")
        await person.press("j", "l")
        assert person.told == f"River Log · {COST}"
        await person.press("enter")
        await person.until(lambda: person.board.claims.display)
        assert len(person.board.claims.lines or ()) == 2
        assert "On day 1" in person.listed
        await person.press("q")
        await person.until(lambda: person.board.matrix.display)
        assert (person.board.matrix.source, person.board.matrix.target) == ("River Log", COST)
        await person.press("m")
        await person.until(lambda: person.board.claims.display)
        assert "by target" in person.bar("head")


@journey("board", "search", "cancel")
async def test_filtering_the_board(marked: Path) -> None:
    async with at_reader(marked) as person:
        await person.at_board()
        for leave in ("escape", "ctrl+c"):
            await person.press("/")
            assert person.focus == "Line"
            await person.type("stance:oppose target:safe")
            await person.until(lambda: "2 stances where stance:oppose target:safe" in person.bar("head"))
            assert "2−" in person.listed
            await person.type(" )")
            assert person.told.startswith("column 27: there is no (")
            await person.press("enter")
            assert person.focus == "Line"
            assert "2−" in person.listed
            await person.press("backspace", "enter")
            assert person.focus == "ClaimList"
            await person.press("/")
            assert person.focus == "Line"
            await person.press(leave)
            await person.until(lambda: "6 stances" in person.bar("head"))
            assert person.place == "board"
        await person.press("/")
        await person.type("tag:nothing")
        await person.until(lambda: person.told == "Nothing found")


@journey("board", "help", "palette", "theme", "suspend", "quit-at-once")
async def test_help_palette_and_themes_on_the_board(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_reader(marked) as person:
        await person.at_board()
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


@journey("board", "queries")
async def test_saved_queries_on_the_board(marked: Path) -> None:
    with desk_of(marked) as desk:
        queries.save(desk, "Against", "stance:oppose")
    async with at_reader(marked) as person:
        await person.at_board()
        await person.press("f", "enter")
        await person.until(lambda: "2 stances in “Against”: stance:oppose" in person.bar("head"))


async def test_the_board_of_a_library_without_marks(library: Path) -> None:
    async with at_reader(library) as person:
        await person.at_board()
        assert person.told == "No marks yet: open an article and mark a claim"
        await person.press(
            "j", "k", "g", "G", "l", "h", "enter", "|", "m", "j", "l", "enter", "m", "O", "space"
        )
        assert person.place == "board"


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (30, 8)])
@pytest.mark.parametrize("plain", [False, True])
async def test_the_board_at_every_size_with_and_without_colour(
    marked: Path, size: tuple[int, int], plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if plain:
        monkeypatch.setenv("NO_COLOR", "1")
    async with at_reader(marked, size=size) as person:
        await person.at_board()
        assert "≠" in person.listed
        assert "−" in person.listed
        for matrix in (False, True):
            if matrix:
                await person.press("m")
                await person.until(lambda: person.board.matrix.display)
            shown = person.board.matrix if matrix else person.board.claims
            strips = [shown.render_line(y) for y in range(shown.size.height)]
            assert {strip.cell_length for strip in strips} == {size[0]}
        await person.resize(100, 30)
        assert "2+ 2−" in person.listed


async def test_a_matrix_wider_than_the_window_scrolls_with_its_headers(library: Path) -> None:
    with desk_of(library, "Coder") as desk:
        for number in (GATE, FERRY, LONG):
            revision = reading.opened(desk, number).revision
            for place in range(20):
                marking.annotate(desk, revision, Span(place, place + 3), "support", f"claim {place:02}")
    async with at_reader(library, size=(80, 8)) as person:
        await person.at_board()
        await person.press("m")
        await person.until(lambda: person.board.matrix.display)
        matrix = person.board.matrix
        for _ in range(19):
            await person.press("right")
        assert matrix.target == "claim 19"
        rows = person.listed.splitlines()
        assert "claim 19" in rows[0]
        assert "claim 00" not in rows[0]
        assert "◂" in rows[0]
        assert rows[4].startswith("   ")
        await person.press("G")
        assert matrix.row == 2
        assert "claim 19" in person.listed.splitlines()[0]
        for _ in range(19):
            await person.press("left")
        assert "claim 00" in person.listed.splitlines()[0]


async def test_marks_of_another_session_come_to_the_board(marked: Path) -> None:
    async with at_reader(marked) as person:
        await person.at_board()
        with desk_of(marked, "Other") as desk:
            revision = reading.opened(desk, FERRY).revision
            marking.annotate(desk, revision, Span(20, 30), "support", SAFE_TO_SAY)
            mark = reading.opened(desk, LONG).annotations[0]
            marking.delete(desk, mark)
        await person.press("j", "enter")
        await person.until(lambda: "3+ 2−" in person.listed or person.place == "reading")


async def test_hostile_names_are_drawn_as_glyphs(library: Path) -> None:
    with desk_of(library, "Coder") as desk:
        revision = reading.opened(desk, GATE).revision
        marking.annotate(
            desk, revision, Span(0, 9), "support", "[/x] \x1b]52;c;aGk=\x07 橋", holder="\u202eevil"
        )
    async with at_reader(library) as person:
        await person.at_board()
        for key in ("m", "m", "O", "O", "O"):
            shown = drawn(person.strips())
            assert "\x1b" not in shown
            assert "\u202e" not in shown
            await person.press(key)
            await person.until(lambda: person.app.is_running)


async def test_the_mouse_on_the_board(marked: Path) -> None:
    async with at_reader(marked) as person:
        await person.at_board()
        await person.pilot.click("#claims", offset=(20, 2))
        await person.until(lambda: person.board.claims.cursor == 2)
        await person.pilot.click("#claims", offset=(20, 2), times=2)
        await person.until(lambda: person.place == "reading")
        await person.press("q", "m")
        await person.until(lambda: person.board.matrix.display)
        await person.pilot.click("#matrix", offset=(24, 5), times=2)
        await person.until(lambda: person.board.claims.display)
        assert len(person.board.claims.lines or ()) > 1
