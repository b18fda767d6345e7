"""The saved queries, to choose one and to say what is done with one."""

from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple, TypeAlias

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from reader.model import SavedQuery
from reader.text.visible import visible_line
from reader.tui.dialogs.base import Dialog

Deed: TypeAlias = Literal["choose", "save", "rename", "delete", "undo", "redo"]


class Wanted(NamedTuple):
    """What is to be done with which query."""

    deed: Deed
    position: int


class Queries(Dialog[Wanted]):
    """Lists the saved queries."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "do('save')", show=False),
        Binding("r", "do('rename')", show=False),
        Binding("x", "do('delete')", show=False),
        Binding("u", "do('undo')", show=False),
        Binding("ctrl+r", "do('redo')", show=False, priority=True),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("q", "leave", show=False),
    ]

    def __init__(self, queries: Sequence[SavedQuery], current: str, position: int, message: str) -> None:
        """Take the queries, the one in use, the place of the cursor and what has just happened."""
        super().__init__(
            "Saved queries",
            "Enter uses it · a saves the present one · r rename · x remove · u undo · Esc leaves",
        )
        self._queries = tuple(queries)
        self._current = current
        self._position = position
        self._message = message

    def body(self) -> list[Widget]:
        """The list."""
        options = [
            Option(
                Content(
                    visible_line(
                        f"{'•' if query.query == self._current else ' '} {query.name}   {query.query}"
                    )
                )
            )
            for query in self._queries
        ]
        return [OptionList(*options, id="list", markup=False)]

    def on_mount(self) -> None:
        """Put the cursor where it was."""
        options = self.query_one("#list", OptionList)
        if self._queries:
            options.highlighted = min(self._position, len(self._queries) - 1)
        self.set_focus(options)
        message = self._message or (
            "" if self._queries else "None yet: search for something, then a saves it"
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
        if highlighted is not None or deed not in ("rename", "delete"):
            self.dismiss(Wanted(deed, highlighted or 0))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(Wanted("choose", event.option_index))
