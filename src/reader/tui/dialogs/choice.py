"""A choice by one key."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from reader.text.visible import visible_line
from reader.tui.dialogs.base import Dialog

_KEYS = "123456789"


class Choice(Dialog[int]):
    """Lists lines, the first nine with the digit that takes each; gives back the taken one's position."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "leave", show=False)]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        """Take the lines, which may hold anything."""
        super().__init__(title, "a digit, or ↑ ↓ and Enter, takes it · Esc leaves")
        self._lines = tuple(lines)

    def body(self) -> list[Widget]:
        """The list."""
        options = [
            Option(Content(visible_line(f"{_KEYS[n] if n < len(_KEYS) else ' '}  {text}")))
            for n, text in enumerate(self._lines)
        ]
        return [OptionList(*options, id="list", markup=False)]

    def on_mount(self) -> None:
        """Put the focus on the list."""
        options = self.query_one("#list", OptionList)
        options.highlighted = 0
        self.set_focus(options)

    def on_key(self, event: events.Key) -> None:
        """Take a line by its digit."""
        position = _KEYS.find(event.character or " ")
        if 0 <= position < len(self._lines):
            event.stop()
            self.dismiss(position)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index)
