"""A list of things a person keeps, to choose one and to say what is done with one."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from reader.text.visible import visible_line
from reader.tui.dialogs.base import Dialog


class Wanted(NamedTuple):
    """What is to be done with which of the things."""

    deed: str
    """``choose``, ``undo``, ``redo`` or one of the dialog's own."""
    position: int


class Managing(Dialog[Wanted]):
    """Lists the things. A subclass binds keys to `action_do` with its own deeds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "do('undo')", show=False),
        Binding("ctrl+r", "do('redo')", show=False, priority=True),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("q", "leave", show=False),
    ]
    WITHOUT_ONE: ClassVar[frozenset[str]] = frozenset({"undo", "redo"})
    """The deeds that can be done where the list is empty."""

    def __init__(
        self, title: str, hint: str, lines: Sequence[str], *, position: int, message: str, empty: str
    ) -> None:
        """Take a line for each of the things.

        Args:
            title: names the dialog.
            hint: its keys.
            lines: what is shown of each; may hold anything.
            position: where the cursor is, from 0.
            message: what has just happened, or empty.
            empty: said where there are none.
        """
        super().__init__(title, hint)
        self._lines = [visible_line(line) for line in lines]
        self._position = position
        self._said = message or ("" if lines else empty)

    def body(self) -> list[Widget]:
        """The list."""
        return [OptionList(*(Option(Content(line)) for line in self._lines), id="list", markup=False)]

    def on_mount(self) -> None:
        """Put the cursor where it was."""
        options = self.query_one("#list", OptionList)
        if self._lines:
            options.highlighted = min(self._position, len(self._lines) - 1)
        self.set_focus(options)
        if self._said:
            self.complain(self._said)

    def action_move(self, direction: int) -> None:
        """Go up or down."""
        options = self.query_one("#list", OptionList)
        (options.action_cursor_down if direction > 0 else options.action_cursor_up)()

    def action_do(self, deed: str) -> None:
        """Give back what is to be done."""
        highlighted = self.query_one("#list", OptionList).highlighted
        if highlighted is not None or deed in self.WITHOUT_ONE:
            self.dismiss(Wanted(deed, highlighted or 0))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(Wanted("choose", event.option_index))
