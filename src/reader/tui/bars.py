"""The one-line bars above and below: what is shown, what a key will do, what has just happened."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from rich.cells import cell_len
from rich.style import Style as Paint
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from reader.tui.fit import line
from reader.tui.painted import Painted

Piece = tuple[str, Paint]


class Bar(Painted):
    """One line of styled pieces, left and right; drawn again only when they change."""

    ALLOW_SELECT = False

    class Clicked(Message):
        """A click on a piece that stands for a command."""

        def __init__(self, bar: "Bar", name: str) -> None:
            super().__init__()
            self.bar = bar
            self.name = name

        @property
        def control(self) -> "Bar":
            """The bar that was clicked."""
            return self.bar

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._left: list[Piece] = []
        self._right: list[Piece] = []
        self._names: tuple[str, ...] = ()
        self._right_names: tuple[str, ...] = ()
        self._fill = Paint()
        self._whole = False

    def show(
        self,
        left: Sequence[Piece],
        right: Sequence[Piece] = (),
        *,
        fill: Paint,
        names: Sequence[str] = (),
        right_names: Sequence[str] = (),
        whole: bool = False,
    ) -> None:
        """Set what stands at each end.

        `names` and `right_names` are the actions that clicks on the pieces stand for, in order; pieces side
        by side that stand for the same one belong together. Where there is no room for all of the left
        side, it is cut, or with `whole` ends with the last that has room.
        """
        self._names, self._right_names, self._whole = tuple(names), tuple(right_names), whole
        new = (list(left), list(right), fill)
        if new != (self._left, self._right, self._fill):
            self._left, self._right, self._fill = new
            self.refresh()

    @property
    def text(self) -> str:
        """What the bar says, its ends parted by a tab."""
        return "\t".join("".join(text for text, _ in side) for side in (self._left, self._right))

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        left = self._with_room() if self._whole else self._left
        return line(left, self._right, self.size.width, self._fill)

    def _with_room(self) -> list[Piece]:
        room = self.size.width - sum(cell_len(text) for text, _ in self._right) - 1
        kept: list[Piece] = []
        for _, group in groupby(zip(self._left, self._names, strict=True), key=itemgetter(1)):
            pieces = [piece for piece, _ in group]
            *before, (text, _) = pieces
            # The blanks that part it from the next one need no room at the end.
            if sum(cell_len(each) for each, _ in before) + cell_len(text.rstrip()) > room:
                return [*kept[:-1], (kept[-1][0].rstrip(), kept[-1][1])] if kept else []
            room -= sum(cell_len(each) for each, _ in pieces)
            kept += pieces
        return kept

    def on_click(self, event: events.Click) -> None:
        """Say which of the named pieces was clicked."""
        name = self._name_at(Offset(event.x, event.y))
        if name:
            self.post_message(self.Clicked(self, name))

    def _name_at(self, offset: Offset) -> str:
        # The right side is never cut; the left one is where it would reach it.
        cells = self.size.width - sum(cell_len(text) for text, _ in self._right)
        if offset.x >= cells:
            sides = zip(self._right, self._right_names, strict=False)
        else:
            cells, sides = 0, zip(self._left, self._names, strict=False)
        for (text, _), name in sides:
            cells += cell_len(text)
            if offset.x < cells:
                return name
        return ""
