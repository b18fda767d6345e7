"""A list of lines to read."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reader.text.visible import visible_line
from reader.tui.dialogs.base import Dialog


class Report(Dialog[None]):
    """Shows lines of unknown origin, scrolling where they are many."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,enter", "leave", show=False)]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        """Take the lines."""
        super().__init__(title, "↑ ↓ scroll · q or Esc leaves")
        self._lines = tuple(lines)

    def body(self) -> list[Widget]:
        """One scrolling text."""
        text = "\n".join(visible_line(line) for line in self._lines)
        return [VerticalScroll(Static(Content(text), markup=False))]

    def on_mount(self) -> None:
        """Put the focus on the text."""
        self.set_focus(self.query_one(VerticalScroll))
