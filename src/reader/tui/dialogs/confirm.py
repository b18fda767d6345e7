"""A question with yes or no."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reader.text.visible import visible_line
from reader.tui.dialogs.base import Dialog


class Confirm(Dialog[bool]):
    """Asks; Enter or y is yes, n or Esc is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "yes", "Yes", show=False),
        Binding("n,q", "leave", "No", show=False),
    ]

    def __init__(self, question: str, details: str = "", *, yes: str = "Yes") -> None:
        """Ask a question; `details` says more, `yes` what Enter will do."""
        super().__init__(question, f"Enter, y  {yes}   ·   n, Esc  No")
        self._details = details

    def body(self) -> list[Widget]:
        """The details, if there are any."""
        text = "\n".join(visible_line(line) for line in self._details.split("\n"))
        return [Static(Content(text), markup=False)] if self._details else []

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)
