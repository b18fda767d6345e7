"""The targets in use, to look at and to choose what is done with one."""

from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple, TypeAlias

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from reader.model import TargetUse
from reader.text.visible import visible_line
from reader.tui.dialogs.base import Dialog

Deed: TypeAlias = Literal["choose", "rename", "merge", "kind", "undo", "redo"]


class Wanted(NamedTuple):
    """What is to be done with which target."""

    deed: Deed
    position: int


class Targets(Dialog[Wanted]):
    """Lists the targets with their kinds and how many marks are toward each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "do('rename')", show=False),
        Binding("m", "do('merge')", show=False),
        Binding("t", "do('kind')", show=False),
        Binding("u", "do('undo')", show=False),
        Binding("ctrl+r", "do('redo')", show=False, priority=True),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("q", "leave", show=False),
    ]

    def __init__(self, uses: Sequence[TargetUse], position: int = 0, message: str = "") -> None:
        """Take the targets, the place of the cursor and what has just happened."""
        super().__init__(
            "Targets", "Enter makes it the current one · r rename · m merge · t type · u undo · Esc leaves"
        )
        self._uses = tuple(uses)
        self._position = position
        self._message = message

    def body(self) -> list[Widget]:
        """The list."""
        options = OptionList(
            *(Option(Content(self._line(use))) for use in self._uses), id="list", markup=False
        )
        return [options]

    @staticmethod
    def _line(use: TargetUse) -> str:
        marks = f"{use.marks} {'mark' if use.marks == 1 else 'marks'} in {use.articles}"
        return visible_line(f"{marks:>14}  {use.target.kind:<6}  {use.target.text}")

    def on_mount(self) -> None:
        """Put the cursor where it was."""
        options = self.query_one("#list", OptionList)
        if self._uses:
            options.highlighted = min(self._position, len(self._uses) - 1)
        self.set_focus(options)
        message = self._message or (
            "" if self._uses else "There are no targets yet: t in an article sets one"
        )
        if message:
            self.complain(message)

    def action_move(self, direction: int) -> None:
        """Go up or down."""
        options = self.query_one("#list", OptionList)
        (options.action_cursor_down if direction > 0 else options.action_cursor_up)()

    def action_do(self, deed: Deed) -> None:
        """Give back what is to be done."""
        highlighted = self.query_one("#list", OptionList).highlighted
        if highlighted is not None or deed in ("undo", "redo"):
            self.dismiss(Wanted(deed, highlighted or 0))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(Wanted("choose", event.option_index))
