"""Content that would act on a terminal or on the program, on every surface that shows it."""

from pathlib import Path

import pytest
from pilots import Person, at_reader, drawn
from shelf import Story, desk_of, fill

from reader.desk import Desk, marking, reading
from reader.model import Span

ESCAPES = "\x1b[31mred\x1b]52;c;aGk=\x07\x1b]8;;http://x\x1b\\link\x9b5m\x90q\x9c"
BIDI = "a\u202eb\u2066c\u2069d\u200f\u061c"
HIDDEN = "e\u200bf\ufeffg\u00adh\u2028i\U000e0041j"
MARKUP = "[/ [/] [/path] [@click=app.quit]x[/] [bold]b[/bold] [red on [link=x]"
CONTROLS = "n\nm\rt\tb\x08z\x00d\x7f"
HOSTILE = f"{MARKUP} {ESCAPES} {BIDI} {HIDDEN} {CONTROLS}"

FORBIDDEN = (
    {chr(code) for code in range(0x20)}
    | {chr(code) for code in range(0x7F, 0xA0)}
    | set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
    | set("\u200b\ufeff\u00ad\u2028\u2029\U000e0041")
)
"""Nothing of these may reach a terminal as it is."""


def clean(person: Person) -> str:
    """What is drawn, after it was seen that nothing in it acts on a terminal or answers to a click."""
    for strip in person.strips():
        assert not FORBIDDEN & set(strip.text), ascii(strip.text)
        for segment in strip:
            assert not segment.control
            if segment.style is not None:
                assert segment.style.link is None
                assert not any("click" in name for name in segment.style.meta)
    return drawn(person.strips())


def mark_with_it(desk: Desk, number: int, start: int) -> None:
    revision = reading.opened(desk, number).revision
    mark = marking.annotate(
        desk,
        revision,
        Span(start, start + 40),
        "support",
        HOSTILE,
        note=HOSTILE,
        tags=[HOSTILE.replace("|", ""), "[/"],
        holder=HOSTILE,
    )
    marking.restance(desk, mark, "oppose", MARKUP)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A library whose every text is hostile."""
    library = tmp_path / "[bold] hostile.db"
    text = f"{MARKUP} said the mayor.\n\nThen {HOSTILE}\n\nAnd {BIDI} {HIDDEN} at the end.\n"
    fill(
        library,
        [
            Story(text, HOSTILE, HOSTILE, HOSTILE, url=f"https://x.example/{MARKUP}".replace(" ", "")),
            Story(f"Second, after {CONTROLS}: {MARKUP} and {ESCAPES} in {BIDI}.", MARKUP, ESCAPES),
        ],
    )
    with desk_of(library, HOSTILE) as desk:
        mark_with_it(desk, 1, 0)
        mark_with_it(desk, 1, 20)
    return library


async def test_the_library_and_its_dialogs(hostile: Path) -> None:
    async with at_reader(hostile) as person:
        for _ in range(2):
            assert "@click=app.quit" in clean(person)
            for key in ("E", "e", "a", "?", "ctrl+t"):
                await person.press(key)
                assert person.dialog, key
                clean(person)
                await person.press("tab", "tab")
                clean(person)
                await person.press("escape")
                await person.until(lambda: person.dialog == "")
            for key in ("m", "m", "*", "*", "o"):
                await person.press(key)
                clean(person)
            await person.press("G")
        await person.press("x")
        assert person.dialog == "Confirm"
        clean(person)
        await person.press("y")
        assert clean(person)
        await person.press("u", "g", "x", "u")
        clean(person)
        assert len(person.numbers) == 2


@pytest.mark.parametrize("typed", ["[/", "[@click=app.quit]", '"[/"', "mayor"])
async def test_searching_for_markup(hostile: Path, typed: str) -> None:
    async with at_reader(hostile) as person:
        await person.press("/")
        await person.type(typed)
        await person.press("enter")
        clean(person)
        await person.press("escape", "G")
        await person.open(1)
        await person.press("/")
        await person.type(typed)
        await person.press("enter", "n", "N")
        clean(person)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_article_its_marks_and_its_original(hostile: Path, size: tuple[int, int]) -> None:
    async with at_reader(hostile, size=size) as person:
        await person.open(1)
        assert "@click=app.quit" in clean(person)
        for key in ("]", "]", "j", "$", "V", "V", "V", "v", "w", "1", "u", "ctrl+r", "*", "m", "G"):
            await person.press(key)
            clean(person)
        await person.press("r")
        clean(person)
        await person.press("G")
        clean(person)


async def test_the_dialogs_of_a_mark(hostile: Path) -> None:
    async with at_reader(hostile) as person:
        await person.open(1)
        for key in ("c", "t", "T", "E", "e", "enter"):
            await person.press("g", "]", key)
            assert person.dialog, key
            clean(person)
            for step in ("tab", "tab", "shift+tab", "down", "down"):
                await person.press(step)
                clean(person)
            await person.press("escape")
            if person.dialog:  # a drop-down takes the first Esc for itself
                await person.press("escape")
            assert person.dialog == "", key
        assert len(person.marks()) == 2


async def test_a_hostile_target_is_chosen_and_shown(hostile: Path) -> None:
    async with at_reader(hostile, size=(200, 60)) as person:
        await person.open(2)
        await person.press("t", "down", "enter")
        assert person.dialog == ""
        assert person.app.session.target
        clean(person)
        await person.press("1")
        assert "marked the sentence" in clean(person)
        (mark,) = person.marks()
        assert mark.stances[0].target == person.app.session.target


async def test_opening_and_storing_the_details_changes_nothing(hostile: Path) -> None:
    async with at_reader(hostile) as person:
        await person.open(1)
        before = person.marks()
        await person.press("]", "enter", "ctrl+s")
        assert person.marks() == before
        await person.press("c", "enter")
        assert person.marks() == before


async def test_pasted_control_characters_are_not_drawn(hostile: Path) -> None:
    from textual import events

    async with at_reader(hostile) as person:
        await person.open(1)
        await person.press("]", "c")
        person.app.screen.query_one("#line").post_message(events.Paste(HOSTILE))
        await person.settle()
        clean(person)
        await person.press("enter")
        clean(person)


async def test_copying_says_what_was_copied_without_obeying_it(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    async with at_reader(hostile) as person:
        await person.open(1)
        await person.press("V", "V", "y")
        await person.until(lambda: person.told.startswith("Copied: "), "it to be copied")
        assert person.app.clipboard.startswith("[/")
        clean(person)
        await person.press("Y")
        await person.until(lambda: person.told.startswith("Copied with"), "it to be copied")
        clean(person)


async def test_errors_tell_hostile_names_without_obeying_them(library: Path, tmp_path: Path) -> None:
    async with at_reader(library) as person:
        name = "[@click=app.quit]\x1b[31mno\u202e.txt"
        person.library.add_paths([str(tmp_path / name)])
        await person.until(lambda: "@click" in person.told)
        clean(person)
        await person.press("e")
        await person.write(str(tmp_path / "[/nowhere]" / "x.csv"))
        await person.press("enter")
        await person.until(lambda: "nowhere" in person.told and "…" not in person.told)
        clean(person)
        await person.open(1)
        await person.press("enter")
        clean(person)


async def test_the_palette_shows_it_all_as_text(hostile: Path) -> None:
    async with at_reader(hostile) as person:
        await person.open(1)
        await person.press("]", ":")
        await person.until(lambda: person.dialog)
        await person.type("[/")
        clean(person)
        await person.press("escape")
        await person.until(lambda: person.dialog == "")
