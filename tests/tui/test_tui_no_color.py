"""NO_COLOR: nothing is told by colour, and everything that colour told is told otherwise."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article, at_reader, drawn
from rich.style import Style
from shelf import FAILED, OPENED, SAFE

from reader.tui.themes import THEMES


@pytest.fixture(autouse=True)
def _no_color(settings_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_folder.is_dir()
    monkeypatch.setenv("NO_COLOR", "1")


def styles(person: Person) -> list[Style]:
    return [segment.style for strip in person.strips() for segment in strip if segment.style is not None]


def coloured(person: Person) -> list[Style]:
    """The styles drawn that have a colour other than the terminal's own."""
    return [
        style
        for style in styles(person)
        if any(colour is not None and not colour.is_default for colour in (style.color, style.bgcolor))
    ]


def attributes(style: Style | None) -> tuple[bool | None, ...]:
    assert style is not None
    names = ("bold", "italic", "underline", "underline2", "overline", "reverse", "strike", "dim")
    return tuple(bool(getattr(style, name)) for name in names)


def look_of(person: Person, text: str) -> tuple[bool | None, ...]:
    """The attributes of the first segment that is drawn with this text."""
    for strip in person.strips():
        for segment in strip:
            if text in segment.text:
                return attributes(segment.style)
    raise AssertionError(f"{text!r} is not drawn as one piece")


async def test_no_colour_is_drawn_on_any_screen_or_dialog(library: Path) -> None:
    async with at_reader(library) as person:
        assert coloured(person) == []
        for key in ("?", "a", "E", "e"):
            await person.press(key)
            assert person.dialog
            assert coloured(person) == [], key
            await person.press("escape")
        await person.open(1)
        await person.press("1", ")", "2", "v", "w")
        assert coloured(person) == []
        await person.press("escape", "]")
        assert coloured(person) == []
        for key in ("enter", "c", "t", "?"):
            await person.press(key)
            assert person.dialog
            assert coloured(person) == [], key
            await person.press("escape")
        await person.press("r")
        assert coloured(person) == []


async def test_each_stance_looks_different(library: Path) -> None:
    async with at_article(library) as person:
        person.put(OPENED)
        looks = []
        for key in "123456":
            await person.press("g", key, "G")
            looks.append(look_of(person, OPENED))
        assert len(set(looks)) == 6
        await person.press("g", "x", "G")
        plain = look_of(person, OPENED)
        assert plain not in looks


async def test_the_symbol_stands_beside_each_row(library: Path) -> None:
    async with at_article(library) as person:
        for key, symbol in zip("123456", "+−?·±~", strict=True):
            await person.press("g", key)
            row = next(row for row in drawn(person.strips()).split("\n") if OPENED in row)
            assert row[: row.index(OPENED)].strip() == symbol


async def test_the_caret_and_the_selection_are_seen(library: Path) -> None:
    async with at_article(library) as person:
        person.put("tide gate")
        reversed_text = [
            segment.text
            for strip in person.page_strips()
            for segment in strip
            if segment.style is not None and segment.style.reverse
        ]
        assert reversed_text == ["t"]
        await person.press("v", *"llllllll")
        reversed_text = [
            segment.text
            for strip in person.page_strips()
            for segment in strip
            if segment.style is not None and segment.style.reverse
        ]
        # The caret is the one cell of the selection that is not reversed.
        assert "".join(reversed_text) == "tide gat"


async def test_the_picked_mark_and_the_sentence_are_seen(library: Path) -> None:
    async with at_article(library) as person:
        person.put(SAFE)
        await person.press("1", "v", "w", "2", "G")
        before = look_of(person, "Quill called")
        await person.press("[", "[")
        assert look_of(person, "Quill called") != before


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_no_theme_brings_a_colour_back(library: Path, theme: str) -> None:
    async with at_article(library) as person:
        await person.press("1")
        person.app.theme = theme
        await person.settle()
        assert coloured(person) == []


@journey("library", "help")
async def test_the_row_under_the_cursor_is_seen(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("?", "escape", "f1", "escape")
        assert look_of(person, "Sixty days") != look_of(person, "Ten scripts")
        assert FAILED not in drawn(person.strips())
