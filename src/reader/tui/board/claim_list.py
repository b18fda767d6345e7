"""The list of groups and marks on the Line API: lines are painted as they come into view."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.model import BoardClaim, Grouping
from reader.tui.bars import Piece
from reader.tui.board.counting import CLASH, Signs
from reader.tui.board.lines import Line, Lines
from reader.tui.cursor_list import CursorList
from reader.tui.fit import fit, pad
from reader.tui.palette import Palette

_SOURCE, _DATE, _TARGET, _BAR = 14, 10, 24, 12
_WIDE = 96
"""Cells from which target and bar have room."""

NOTHING = {"target": "(no target)", "stance": "(no stance)", "source": "(no source)", "holder": "(no holder)"}
"""What a group without a name is called."""


class ClaimList(CursorList, can_focus=True, inherit_bindings=False):
    """Shows `Lines`."""

    def __init__(self, palette: Palette, *, id: str) -> None:  # noqa: A002 - Textual's own name
        """Start without lines."""
        super().__init__(palette, id=id)
        self.lines: Lines | None = None
        self._signs: Signs | None = None
        self._grouping: Grouping = "target"

    @property
    def total(self) -> int:
        """How many lines there are."""
        return len(self.lines) if self.lines is not None else 0

    def show(self, lines: Lines, signs: Signs, grouping: Grouping, cursor: int) -> None:
        """Show other lines, the cursor on one of them."""
        self.lines, self._signs, self._grouping = lines, signs, grouping
        self.changed(cursor)

    def changed(self, cursor: int) -> None:
        """The lines are others now; put the cursor on one."""
        self.cursor = self.nearest(cursor)
        self.scroll_to_row(self.top)
        self.follow()
        self.forget()

    def paint_row(self, index: int, width: int, *, lit: bool) -> Strip:
        """The strip of a group or a mark."""
        line = self.lines.line(index) if self.lines is not None else None
        palette = self._palette
        if line is None or self.lines is None or self._signs is None:
            return Strip.blank(width, palette.text)
        if line.place is None:
            pieces = self._group(line, lit=lit)
        else:
            pieces = self._mark(line, self.lines.claim(index), lit=lit)
        segments = [Segment(text, paint) for text, paint in pieces if text]
        used = sum(cell_len(segment.text) for segment in segments)
        fill = palette.row if lit else palette.text
        return Strip([*segments, Segment(" " * max(0, width - used), fill)]).crop(0, width)

    def _group(self, line: Line, *, lit: bool) -> list[Piece]:
        assert self.lines is not None
        assert self._signs is not None
        palette, width = self._palette, self.inner_width
        group = self.lines.groups[line.group]
        plain, dim, accent = (
            (palette.row, palette.row_dim, palette.row_accent)
            if lit
            else (palette.strong, palette.dim, palette.accent)
        )
        numbers = self._signs.numbers(group.counts, 30, plain if lit else None)
        bar = self._signs.bar(group.counts, _BAR) if width >= _WIDE else []
        right = [*numbers, *((("  ", plain), *bar) if bar else ()), (f" {group.counts.total:>7,} ", dim)]
        room = max(4, width - 5 - sum(cell_len(text) for text, _ in right))
        arrow = "▾" if self.lines.is_open(line.group) else "▸"
        clash = CLASH if group.counts.clash else " "
        name = fit(group.name or NOTHING[self._grouping], room)
        gap = room - cell_len(name)
        return [
            (f" {arrow} ", dim),
            (f"{clash} ", palette.row_accent if lit else palette.warn),
            (name, plain),
            (" " * gap, plain if lit else accent),
            *right,
        ]

    def _mark(self, line: Line, claim: BoardClaim | None, *, lit: bool) -> list[Piece]:
        assert self.lines is not None
        assert self._signs is not None
        palette, width = self._palette, self.inner_width
        plain, dim = (palette.row, palette.row_dim) if lit else (palette.text, palette.dim)
        if claim is None or line.place is None:
            return [("       (not there any more)", dim)]
        label = self.lines.board.rows.label(line.place)
        pieces: list[Piece] = [
            (f"     {self._signs.symbols[label]} ", plain if lit else self._signs.paint(label, bold=True))
        ]
        if self._grouping != "source":
            pieces.append((pad(claim.source or "–", _SOURCE) + " ", dim))
        pieces.append((pad(claim.published[:_DATE] or "–", _DATE) + "  ", dim))
        if self._grouping != "target" and width >= _WIDE:
            pieces.append((pad(claim.target or "–", _TARGET) + "  ", dim))
        note = f"  · {claim.note}" if claim.note else ""
        holder = f"{claim.holder}: " if claim.holder and self._grouping != "holder" else ""
        status = "" if claim.status == "ok" else f"[{claim.status}] "
        room = width - sum(cell_len(text) for text, _ in pieces)
        said = " ".join(claim.quote.split())
        pieces.append((fit(f"{status}{holder}“{said}”{note}", max(1, room)), plain))
        return pieces
