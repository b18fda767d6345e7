"""The saved queries, to choose one and to say what is done with one."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from reader.model import SavedQuery
from reader.tui.dialogs.managing import Managing


class Queries(Managing):
    """Lists the saved queries; its own deeds are ``save``, ``rename`` and ``delete``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "do('save')", show=False),
        Binding("r", "do('rename')", show=False),
        Binding("x", "do('delete')", show=False),
    ]
    WITHOUT_ONE: ClassVar[frozenset[str]] = Managing.WITHOUT_ONE | {"save"}

    def __init__(self, queries: Sequence[SavedQuery], current: str, position: int, message: str) -> None:
        """Take the queries, the one in use, the place of the cursor and what has just happened."""
        super().__init__(
            "Saved queries",
            "Enter uses it · a saves the present one · r rename · x remove · u undo · Esc leaves",
            [f"{'•' if one.query == current else ' '} {one.name}   {one.query}" for one in queries],
            position=position,
            message=message,
            empty="None yet: search for something, then a saves it",
        )
