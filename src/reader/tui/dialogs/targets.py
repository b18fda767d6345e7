"""The targets in use, to look at and to choose what is done with one."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from reader.model import TargetUse
from reader.tui.dialogs.managing import Managing


class Targets(Managing):
    """Lists the targets with their kinds and how many marks are toward each.

    Its own deeds are ``rename``, ``merge`` and ``kind``.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "do('rename')", show=False),
        Binding("m", "do('merge')", show=False),
        Binding("t", "do('kind')", show=False),
    ]

    def __init__(self, uses: Sequence[TargetUse], position: int = 0, message: str = "") -> None:
        """Take the targets, the place of the cursor and what has just happened."""
        super().__init__(
            "Targets",
            "Enter makes it the current one · r rename · m merge · t type · u undo · Esc leaves",
            [_line(use) for use in uses],
            position=position,
            message=message,
            empty="There are no targets yet: t in an article sets one",
        )


def _line(use: TargetUse) -> str:
    marks = f"{use.marks} {'mark' if use.marks == 1 else 'marks'} in {use.articles}"
    return f"{marks:>14}  {use.target.kind:<6}  {use.target.text}"
