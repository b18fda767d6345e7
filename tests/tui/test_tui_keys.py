"""The table of commands and the user's own keys."""

import pytest

from reader.errors import SettingsError
from reader.tui.beside import BesideScreen
from reader.tui.board import BoardScreen
from reader.tui.commands import BY_ID, COMMANDS, SCREENS, Command
from reader.tui.keys import KeyTable, display, key_name
from reader.tui.library import LibraryScreen
from reader.tui.reading import ReadingScreen


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(COMMANDS)


def test_the_table_itself_has_no_clash_and_no_bad_key() -> None:
    KeyTable()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_action_is_a_method_of_its_screens(command: Command) -> None:
    method = "action_" + command.action.partition("(")[0]
    for screen in (LibraryScreen, ReadingScreen, BoardScreen, BesideScreen):
        if screen.SCOPE in SCREENS[command.scope]:
            assert callable(getattr(screen, method, None)), f"{screen.__name__} has no {method}"


def test_own_keys_take_the_place_of_the_tables() -> None:
    keys = KeyTable({"next-mark": ("ctrl+n",), "copy": ("Y",), "copy-cited": ("y",)})
    assert keys.keys("next-mark") == ("ctrl+n",)
    assert keys.keys("copy") == ("Y",)
    assert keys.keymap() == {"next-mark": "ctrl+n", "copy": "Y", "copy-cited": "y"}


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"next-marc": ("n",)}, "did you mean next-mark?"),
        ({"zzz": ("n",)}, "there is no such command"),
        ({"next-mark": ("control+n",)}, "is not a key"),
        ({"next-mark": ("nonsense",)}, "is not a key"),
        ({"next-mark": ("",)}, "is not a key"),
        ({"next-mark": ("w",)}, "given to both word-next and next-mark"),
        ({"search": ("q",)}, "given to both"),
        ({"comment": ("ctrl+i",)}, "tab"),
    ],
)
def test_what_cannot_be_followed_is_named(own: dict[str, tuple[str, ...]], said: str) -> None:
    with pytest.raises(SettingsError, match=said.replace("?", r"\?")):
        KeyTable(own)


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        KeyTable({"zzz": ("n",), "next-mark": ("nonsense",)})
    assert "zzz" in str(caught.value)
    assert "nonsense" in str(caught.value)


@pytest.mark.parametrize(
    ("key", "shown"),
    [("ctrl+d", "Ctrl-d"), ("question_mark", "?"), ("pagedown", "PgDn"), ("J", "J"), ("f5", "f5")],
)
def test_keys_are_shown_as_people_read_them(key: str, shown: str) -> None:
    assert display(key) == shown


@pytest.mark.parametrize(
    ("written", "name"),
    [("?", "question_mark"), ("Ctrl+D", "ctrl+d"), ("]", "right_square_bracket"), ("é", "é"), (" ", None)],
)
def test_keys_may_be_written_as_characters_or_names(written: str, name: str | None) -> None:
    assert key_name(written) == name
