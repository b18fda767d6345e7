"""The list of groups and marks on the Line API: lines are painted as they come into view."""

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.model import BoardClaim, Grouping
from reader.tui.bars import Piece
from reader.tui.board.counting import CLASH, Signs
from reader.tui.board.lines import Line, Lines
from reader.tui.fit import fit, pad
from reader.tui.painted import Scrolled
from reader.tui.palette import Palette

_SOURCE, _DATE, _TARGET, _BAR = 14, 10, 24, 12
_WIDE = 96
"""Cells from which target and bar have room."""
_CACHED = 2000

NOTHING = {"target": "(no target)", "stance": "(no stance)", "source": "(no source)", "holder": "(no holder)"}
"""What a group without a name is called."""


class ClaimList(Scrolled, can_focus=True, inherit_bindings=False):
    """Shows `Lines`; knows which one the cursor is on."""

    ALLOW_SELECT = False

    class Moved(Message):
        """The mouse has put the cursor on a line, or asked for it to be opened."""

        def __init__(self, opened: bool) -> None:
            super().__init__()
            self.opened = opened

    def __init__(self, palette: Palette, *, id: str) -> None:  # noqa: A002 - Textual's own name
        """Start without lines."""
        super().__init__(palette, id=id)
        self.cursor = 0
        self.lines: Lines | None = None
        self._signs: Signs | None = None
        self._grouping: Grouping = "target"
        self._strips: dict[int, Strip] = {}

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
        self._strips.clear()
        self.cursor = max(0, min(self.total - 1, cursor))
        self.scroll_to_row(self.top)
        self._follow()
        self.refresh()

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        self._palette = palette
        self._barred.clear()
        self._strips.clear()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the new width and keep the cursor in view."""
        del event
        self.changed(self.cursor)

    def go(self, index: int) -> None:
        """Put the cursor on a line, in view."""
        index = max(0, min(self.total - 1, index))
        before, self.cursor = self.cursor, index
        if before != index:
            for line in (before, index):
                self._strips.pop(line, None)
                self.refresh(Region(0, line - self.top, self.size.width, 1))
        self._follow()

    def move_pages(self, share: float) -> None:
        """Move the cursor by a share of the window's height."""
        step = max(1, int(self.window * abs(share)) - (1 if abs(share) >= 1 else 0))
        self.go(self.cursor + (step if share > 0 else -step))

    def _follow(self) -> None:
        if not self.size.height:
            # It is hidden; its window is as it was when it is shown again.
            return
        if self.cursor < self.top:
            self.scroll_to_row(self.cursor)
        elif self.cursor >= self.top + self.window:
            self.scroll_to_row(self.cursor - self.window + 1)

    def paint_line(self, y: int) -> Strip:
        """The strip of one line of the window."""
        index = y + self.top
        if index == self.cursor:
            return self._paint(index)
        strip = self._strips.get(index)
        if strip is None:
            if len(self._strips) > _CACHED:
                self._strips.clear()
            strip = self._strips[index] = self._paint(index)
        return strip

    def _paint(self, index: int) -> Strip:
        line = self.lines.line(index) if self.lines is not None else None
        palette, width = self._palette, self.inner_width
        if line is None or self.lines is None or self._signs is None:
            return Strip.blank(width, palette.text)
        lit = index == self.cursor
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
        label = self.lines.board.rows.labels[line.place]
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

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the line under the mouse, or pull the scroll bar."""
        if self.on_bar(event):
            super().on_mouse_down(event)
        elif event.button == 1 and event.y + self.top < self.total:
            self.go(event.y + self.top)
            self.post_message(self.Moved(opened=False))

    def on_click(self, event: events.Click) -> None:
        """Open the line on a double click."""
        if event.chain >= 2 and not self.on_bar(event) and event.y + self.top < self.total:
            self.post_message(self.Moved(opened=True))

    def wheel(self, rows: int) -> None:
        """Scroll by rows, the cursor coming along."""
        self.scroll_to_row(self.top + rows)
        inside = max(self.top, min(self.cursor, self.top + self.window - 1))
        if inside != self.cursor:
            self.go(inside)
            self.post_message(self.Moved(opened=False))
