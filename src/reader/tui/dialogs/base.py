"""What all dialogs share: a framed box, a title, Esc and Ctrl-c to leave."""

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Select, Static

from reader.text.visible import visible_line
from reader.tui.steady import Steady

T = TypeVar("T")


class Dialog(Steady, ModalScreen[T | None], Generic[T]):
    """A box in the middle of the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Leave", show=False, priority=True),
    ]

    def __init__(self, title: str, hint: str = "Enter stores · Esc leaves") -> None:
        """Name the dialog; `title` may hold anything, it is shown as plain text."""
        super().__init__()
        self._title = title
        self._hint = hint
        self.complaint = ""
        """What is said as soon as it is shown."""

    def compose(self) -> ComposeResult:
        """The box with the title, the dialog's own widgets and the hint."""
        with Vertical(classes="box"):
            yield Static(Content(visible_line(self._title)), classes="title", markup=False)
            yield from self.body()
            error = Static(Content(visible_line(self.complaint)), classes="error", id="error", markup=False)
            # There is no line for errors until there is one.
            error.display = bool(self.complaint)
            yield error
            yield Static(Content(self._hint), classes="hint", markup=False)

    def body(self) -> list[Widget]:
        """The dialog's own widgets."""
        return []

    def again(self, given: T) -> "Dialog[T] | None":
        """The same dialog with what was given in it, for when that could not be taken.

        None where nothing was typed that could be lost.
        """
        del given
        return None

    def complain(self, message: str) -> None:
        """Say in the dialog what cannot be taken; nothing that was typed is lost."""
        error = self.query_one("#error", Static)
        error.update(Content(visible_line(message)))
        error.display = True

    def action_leave(self) -> None:
        """Close a list that is dropped down; else leave without a result."""
        dropped = [select for select in self.query(Select) if select.expanded]
        for select in dropped:
            select.expanded = False
        if not dropped:
            self.dismiss(None)
