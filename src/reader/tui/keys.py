"""Which keys give which command: the table's, with the user's own in their place.

Textual takes an unknown id, a misspelt key or a clash in a keymap without a word, so all three are
looked for here, before anything starts.
"""

from collections.abc import Mapping
from difflib import get_close_matches

from textual.binding import Binding
from textual.keys import Keys, _character_to_key, format_key

from reader.errors import SettingsError
from reader.tui.commands import BY_ID, COMMANDS, SCREENS, Screen, of_screen

_NAMED = (
    {key.value for key in Keys} | {f"f{n}" for n in range(1, 25)} | {"space", "enter", "tab", "shift+tab"}
)
_MODIFIERS = {"ctrl", "shift", "alt", "super", "hyper", "meta"}
# What a terminal cannot tell from another key: Ctrl-h is Backspace, Ctrl-i Tab, Ctrl-j and Ctrl-m Enter.
_AMBIGUOUS = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter"}


def key_name(key: str) -> str | None:
    """Textual's name of a key written as a character (``?``) or a name (``ctrl+d``); None if it is no key."""
    if len(key) == 1:
        return _character_to_key(key) if key.isprintable() and key != " " else None
    lowered = key.lower()
    *modifiers, last = lowered.split("+")
    if lowered in _NAMED:
        return lowered
    if modifiers and set(modifiers) <= _MODIFIERS and (len(last) == 1 or last in _NAMED):
        return lowered
    return None


class KeyTable:
    """The keys of every command, the user's own included."""

    def __init__(self, own: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """Check and take over the user's own keys: command id to the keys that replace its own.

        Raises:
            SettingsError: naming every unknown id, every bad key and every clash, each on a line.
        """
        own = own or {}
        problems = [_unknown(name) for name in own if name not in BY_ID]
        self._keys: dict[str, tuple[str, ...]] = {}
        for command in COMMANDS:
            named = []
            for key in own.get(command.id, command.keys):
                name = key_name(key)
                if name is None:
                    problems.append(
                        f"keys.{command.id}: {key!r} is not a key: write a character or a name as ctrl+d, f5"
                    )
                elif name in _AMBIGUOUS and command.id in own:
                    problems.append(
                        f"keys.{command.id}: {key!r} is {_AMBIGUOUS[name]} to a terminal: choose another"
                    )
                else:
                    named.append(name)
            self._keys[command.id] = tuple(named)
        problems += self._clashes()
        if problems:
            raise SettingsError("\n".join(["the [keys] in the settings cannot be followed:", *problems]))
        self.own = {name: self._keys[name] for name in own}

    def _clashes(self) -> list[str]:
        found = []
        for screen in (*SCREENS["every"], *SCREENS["review"]):
            holders: dict[str, str] = {}
            for command in of_screen(screen):
                for key in self._keys[command.id]:
                    if key in holders:
                        found.append(
                            f"keys: {display(key)} is given to both {holders[key]} and"
                            f" {command.id} ({screen})"
                        )
                    holders[key] = command.id
        return found

    def keys(self, command_id: str) -> tuple[str, ...]:
        """The names of the keys that give this command."""
        return self._keys[command_id]

    def shown(self, command_id: str, limit: int = 9) -> str:
        """The keys as a person reads them: ``j ↓``."""
        return " ".join(display(key) for key in self._keys[command_id][:limit])

    def keymap(self) -> dict[str, str]:
        """The user's own keys in the form that `App.set_keymap` takes."""
        return {name: ",".join(keys) for name, keys in self.own.items()}


def _unknown(name: str) -> str:
    near = get_close_matches(name, BY_ID, n=1)
    hint = f": did you mean {near[0]}?" if near else ": the ids stand in the help page"
    return f"keys.{name}: there is no such command{hint}"


_DISPLAY = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
}


def display(key: str) -> str:
    """One key as a person reads it: ``Ctrl-d``, ``?``, ``PgDn``."""
    if key in _DISPLAY:
        return _DISPLAY[key]
    *modifiers, last = key.split("+")
    shown = _DISPLAY.get(last) or (format_key(last) if len(last) > 1 else last)
    return "-".join([*(modifier.capitalize() for modifier in modifiers), shown])


def bindings(screen: Screen) -> list[Binding]:
    """The bindings of one screen with the table's own keys; a keymap puts the user's in their place by id.

    Textual runs the first of a key's actions that the screen's `check_action` lets through: the review's.
    """
    commands = [*of_screen("review"), *of_screen(screen)] if screen == "reading" else of_screen(screen)
    return [
        Binding(
            ",".join(key_name(key) or key for key in command.keys),
            command.action,
            command.title,
            show=False,
            # At once and in order, also where several keys arrive in one read.
            priority=True,
            id=command.id,
        )
        for command in commands
    ]
