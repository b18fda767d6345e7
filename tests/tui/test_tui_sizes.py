"""Every size of the window: the caret stays on its character and everything can be reached."""

from pathlib import Path

import pytest
from pilots import at_article, at_reader, drawn
from shelf import GATE, LONG, OPENED, SCRIPTS

SIZES = [(80, 24), (120, 40), (200, 60), (40, 12), (80, 24), (20, 6), (120, 40)]


@pytest.mark.parametrize(("number", "quote"), [(LONG, "day 31 "), (SCRIPTS, "용했다"), (GATE, "not say")])
async def test_the_caret_stays_on_its_character(library: Path, number: int, quote: str) -> None:
    async with at_article(library, number) as person:
        place = person.put(quote)
        for width, height in SIZES:
            await person.resize(width, height)
            assert person.caret == place
            if height > 6:
                assert quote.strip() in drawn(person.strips())
        await person.press("l", "h")
        assert person.caret == place


async def test_the_selection_and_the_picked_mark_survive_a_resize(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "v", "w", "w")
        selected = person.selected
        await person.resize(40, 12)
        assert person.selected == selected
        await person.press("2")
        assert (selected, {"": "oppose"}) in person.stances()
        await person.press("]")
        await person.resize(80, 24)
        assert person.picked


async def test_a_resize_keeps_the_row_of_the_list(many: Path) -> None:
    async with at_reader(many, size=(120, 40)) as person:
        person.library.articles.go(50)
        await person.press("j")
        number = person.number
        for width, height in SIZES:
            await person.resize(width, height)
            assert person.number == number
            if height > 6:
                assert f"Boat {number}" in drawn(person.strips())


@pytest.mark.parametrize("size", [(20, 6), (10, 3), (40, 12)])
async def test_no_window_is_too_small_for_any_key(library: Path, size: tuple[int, int]) -> None:
    async with at_article(library, size=size) as person:
        for key in [*"jklhwb)(}{0$gG", "ctrl+d", "ctrl+u", "space", "pageup", *"1V2]s", "escape", *"vl3x"]:
            await person.press(key)
        for key in ("c", "t", "enter", "E", "e", "?", ":", "/"):
            await person.press("]", key)
            await person.press("escape")
            await person.until(lambda: person.dialog == "")
        await person.press("r", "j", "G", "r")
        assert len(person.stances()) >= 1
        while person.place != "library":
            await person.press("escape")
        for key in ("j", "k", "G", "ctrl+d", "g", "m", "*", "O", "O", "?", "a", "e", "E", "/"):
            await person.press(key)
            if person.dialog or key == "/":
                await person.press("escape")
        assert person.app.is_running


async def test_a_dialog_survives_a_resize(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "enter")
        await person.type("note")
        await person.resize(30, 8)
        await person.resize(200, 60)
        await person.press("enter")
        assert [mark.note for mark in person.marks()] == ["note"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_bars_say_what_matters_at_every_usual_size(library: Path, size: tuple[int, int]) -> None:
    async with at_article(library, size=size) as person:
        await person.press("1")
        shown = drawn(person.strips())
        assert "The tide gate opens" in shown
        assert "this mark" in shown
        for label in person.app.session.desk.scheme.labels:
            assert f"{label.key}{label.symbol} {label.name}" in shown
        assert "? help" in shown
        assert "q back" in shown
        assert "marked the sentence" in shown
        assert all(strip.cell_length == size[0] for strip in person.strips())


async def test_at_200_columns_the_text_keeps_its_measure_and_the_notes_stand_beside(library: Path) -> None:
    async with at_article(library, size=(200, 60)) as person:
        await person.press("1", "c", *"why", "enter")
        rows = drawn(person.strips()).split("\n")
        row = next(row for row in rows if OPENED in row)
        assert "why" in row
        assert row.index("why") > row.index(OPENED) + len(OPENED)
        widest = max(len(row.strip()) for row in rows[1:] if "Nobody has seen" in row)
        assert widest <= 72


@pytest.mark.parametrize("width", [200, 120, 100, 80, 60])
async def test_the_footer_names_no_key_in_part(library: Path, width: int) -> None:
    async with at_article(library, size=(width, 24)) as person:
        whole, right = person.bar("foot").split("\t")
        foot = drawn(person.strips()).splitlines()[-1]
        assert foot.rstrip().endswith(right.strip())
        shown = foot[: foot.rindex(right.strip())].strip()
        assert "…" not in shown
        assert whole.strip().startswith(shown)
        rest = whole.strip()[len(shown) :]
        assert rest == "" or rest.startswith("   "), "it ends where a hint ends"
