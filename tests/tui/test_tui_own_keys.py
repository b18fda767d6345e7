"""Keys of one's own, from the settings file."""

import io
import re
from pathlib import Path

import pytest
from pilots import at_article, at_reader
from shelf import FERRY, GATE, OPENED, SCRIPTS
from test_tui_dialogs import help_text

from reader.errors import ReaderError, SettingsError
from reader.settings import load_settings
from reader.tui.app import ReaderApp, run

OWN = """\
[keys]
stance-1 = "!"
undo = ["Z", "ctrl+y"]
down = "ctrl+n"
help = "f2"
next-mark = "Q"
search = "s"
edges = "W"
"""


@pytest.fixture
def _own(settings_folder: Path) -> None:
    (settings_folder / "settings.toml").write_text(OWN, encoding="utf-8")


@pytest.mark.usefixtures("_own")
async def test_own_keys_work_and_the_old_ones_do_not(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("ctrl+n", "ctrl+n")
        assert person.number == FERRY
        await person.press("j", "down")
        assert person.number == FERRY
        await person.press("k")
        assert person.number == SCRIPTS
        await person.open(GATE)
        await person.press("1")
        assert person.stances() == []
        await person.press("!")
        assert person.stances() == [(OPENED, {"": "support"})]
        await person.press("u", "tab")
        assert person.picked == ""
        await person.press("Q")
        assert person.picked == OPENED
        await person.press("W")
        assert person.selected == OPENED
        await person.press("escape", "s", *"gate", "enter")
        assert person.ahead.startswith("gate")
        for key in ("Z", "ctrl+r", "ctrl+y"):
            await person.press(key)
        assert person.stances() == []


@pytest.mark.usefixtures("_own")
async def test_the_bars_and_the_help_show_own_keys(library: Path) -> None:
    async with at_reader(library) as person:
        assert "s search" in person.bar("foot")
        assert "/ search" not in person.bar("foot")
        assert "Z undo" in person.bar("foot")
        assert "f2 help" in person.bar("foot").lower()
        await person.press("?")
        assert person.dialog == ""
        await person.press("f2")
        assert person.dialog == "Help"
        text = help_text(person)
        assert "Z Ctrl-y" in text
        assert "Ctrl-n" in text
        await person.press("escape")
        await person.open(GATE)
        assert "!+ support" in person.bar("stances").lower()
        assert "Q marks" in person.bar("foot")
        await person.press("!", "x")
        assert "(Z brings it back)" in person.told


@pytest.mark.usefixtures("_own")
async def test_own_keys_are_letters_in_a_field(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("!", "c")
        await person.type("!sMU?")
        await person.press("enter")
        assert [mark.note for mark in person.marks()] == ["!sMU?"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('next-marc = "n"', "did you mean next-mark?"),
        ('next-mark = "nonsense"', "is not a key"),
        ('next-mark = "w"', "given to both"),
    ],
)
def test_what_cannot_be_followed_is_named_at_the_start(
    library: Path, settings_folder: Path, line: str, said: str
) -> None:
    (settings_folder / "settings.toml").write_text(f"[keys]\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=re.escape(said)):
        ReaderApp(library, load_settings())


def test_without_a_terminal_nothing_is_drawn(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(ReaderError, match="no terminal"):
        run(library)


async def test_a_wider_or_narrower_measure(library: Path, settings_folder: Path) -> None:
    (settings_folder / "settings.toml").write_text("[look]\nmeasure = 30\n", encoding="utf-8")
    async with at_article(library) as person:
        await person.press("$")
        assert person.caret < 30
        assert person.ahead[1] == " "


async def test_the_annotator_of_the_settings_marks(library: Path, settings_folder: Path) -> None:
    (settings_folder / "settings.toml").write_text('[annotator]\nname = "Ada"\n', encoding="utf-8")
    async with at_article(library) as person:
        await person.press("1")
        assert [mark.annotator.name for mark in person.marks()] == ["Ada"]
