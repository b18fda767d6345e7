"""How counts of stances are drawn: numbers with the stances' symbols, a bar, a sign where they clash.

Each colour comes with its symbol, so that nothing is lost without colour.
"""

from rich.cells import cell_len
from rich.style import Style as Paint

from reader.desk.board import Counts
from reader.model import BoardRows, Stance
from reader.tui.bars import Piece
from reader.tui.codebook import Codebook
from reader.tui.palette import Palette

CLASH = "≠"
"""Stands where some support what others oppose."""


class Signs:
    """The symbols and styles of the labels on a board."""

    def __init__(self, rows: BoardRows, codebook: Codebook, palette: Palette) -> None:
        """Take the board's rows, whose labels are looked up in the codebook that the palette goes by."""
        self._numbers = [
            codebook.number(Stance("", scheme, code)) if code else -1 for scheme, code in rows.codes
        ]
        self.symbols = [codebook.symbol(number) for number in self._numbers]
        self._palette = palette
        self._paints: dict[tuple[int, bool], Paint] = {}
        # In the codebook's order; what bears no stance comes last.
        self._order = sorted(
            range(len(rows.codes)), key=lambda at: (self._numbers[at] < 0, self._numbers[at])
        )

    def paint(self, label: int, *, bold: bool = False) -> Paint:
        """The style of a label's symbol."""
        known = self._paints.get((label, bold))
        if known is None:
            known = self._paints[label, bold] = self._palette.label(self._numbers[label], bold=bold)
        return known

    def numbers(self, counts: Counts, cells: int, lit: Paint | None = None) -> list[Piece]:
        """``3+ 2− 1?`` in at most so many cells, ending in … where not all of it has room.

        Args:
            counts: what to tell.
            cells: the room there is.
            lit: the style of the whole where it is under a cursor.
        """
        pieces: list[Piece] = []
        used = 0
        shown = [at for at in self._order if counts.labels[at]]
        for at in shown:
            text = f"{counts.labels[at]}{self.symbols[at]}"
            wanted = cell_len(text) + (1 if pieces else 0)
            rest = 0 if at == shown[-1] else 1
            if used + wanted + rest > cells:
                pieces.append(("…", lit or self._palette.dim))
                break
            # The blank goes with the number: every piece more is some forty bytes for the terminal to read.
            blank = " " if pieces else ""
            pieces.append((blank + text, lit or self.paint(at, bold=counts.clash)))
            used += wanted
        return pieces

    def bar(self, counts: Counts, cells: int) -> list[Piece]:
        """The labels' shares as so many cells of their symbols; what there is gets one cell at least."""
        total = counts.total
        shown = [at for at in self._order if counts.labels[at]][:cells]
        if not total:
            return []
        shares = {at: max(1, round(cells * counts.labels[at] / total)) for at in shown}
        while sum(shares.values()) > cells:
            shares[max(shares, key=lambda at: (shares[at], -counts.labels[at]))] -= 1
        while sum(shares.values()) < cells:
            shares[max(shares, key=lambda at: counts.labels[at] / shares[at])] += 1
        return [(self.symbols[at] * share, self.paint(at)) for at, share in shares.items()]
