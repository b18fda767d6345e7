"""The matrix of sources by targets: headers stay, cells scroll both ways, a clash bears its sign."""

from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as Paint
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from reader.desk.board import Counts, Matrix
from reader.tui.bars import Piece
from reader.tui.board.counting import CLASH, Signs
from reader.tui.cursor_list import CursorList
from reader.tui.fit import fit, pad
from reader.tui.painted import Scrolled
from reader.tui.palette import Palette

_NAMES = 22
"""Cells of the sources' column."""
_NARROWEST, _WIDEST = 14, 26
"""Cells of a target's column: few targets share the width of the window."""
_CACHED = 2000
_HEAD = 4
"""Lines above the cells: three of the target's words, one of its counts."""


class MatrixView(Scrolled, can_focus=True, inherit_bindings=False):
    """Shows a `Matrix`; knows which cell the cursor is on."""

    ALLOW_SELECT = False

    def __init__(self, palette: Palette, *, id: str) -> None:  # noqa: A002 - Textual's own name
        """Start empty."""
        super().__init__(palette, id=id)
        self.matrix: Matrix | None = None
        self.row = self.column = 0
        self.left = 0
        """The first target that is seen."""
        self._signs: Signs | None = None
        self._strips: dict[int, Strip] = {}
        """By the source's place; those of the headers by their line, counted up to -1."""
        self._cells: dict[tuple[int, int], list[Piece]] = {}
        """What has been seen without the cursor, since to scroll across shows most of it again."""
        self._cell_width = _NARROWEST

    @property
    def total(self) -> int:
        """How many sources there are."""
        return len(self.matrix.sources) if self.matrix is not None else 0

    @property
    def window(self) -> int:
        """How many sources are seen at once."""
        return max(1, self.size.height - _HEAD)

    @property
    def _columns(self) -> int:
        """How many whole targets are seen at once."""
        return max(1, (self.inner_width - _NAMES) // self._cell_width)

    @property
    def source(self) -> str:
        """The source under the cursor."""
        return self.matrix.sources[self.row] if self.matrix is not None and self.total else ""

    @property
    def target(self) -> str:
        """The target under the cursor."""
        return self.matrix.targets[self.column] if self.matrix is not None and self.total else ""

    def show(self, matrix: Matrix, signs: Signs, source: str, target: str) -> None:
        """Show another matrix, the cursor on the same source and target where they are there still."""
        self.matrix, self._signs = matrix, signs
        self._cells.clear()
        self._fit()
        row = matrix.sources.index(source) if source in matrix.sources else self.row
        column = matrix.targets.index(target) if target in matrix.targets else self.column
        self._forget()
        self.go(row, column)

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        self._palette = palette
        self._cells.clear()
        self._forget()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the columns to the new width and keep the cursor in view."""
        del event
        self._fit()
        self._forget()
        self.go(self.row, self.column)

    def _fit(self) -> None:
        """Share the width among the targets, where there are few."""
        targets = len(self.matrix.targets) if self.matrix is not None else 0
        shared = (self.inner_width - _NAMES) // max(1, targets)
        width = max(_NARROWEST, min(_WIDEST, shared))
        if width != self._cell_width:
            self._cell_width = width
            self._cells.clear()

    def _forget(self) -> None:
        self._strips.clear()
        self._barred.clear()
        self.refresh()

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell, in view."""
        columns = len(self.matrix.targets) if self.matrix is not None else 0
        before = self.row, self.column
        self.row = max(0, min(self.total - 1, row))
        self.column = max(0, min(columns - 1, column))
        if not self.size.height:
            # It is hidden; its window is as it was when it is shown again.
            return
        left = max(min(self.left, self.column), self.column - self._columns + 1)
        left = max(0, min(left, columns - self._columns))
        top = max(min(self.top, self.row), self.row - self.window + 1)
        if left != self.left:
            self.left = left
            self._forget()
        if self.column != before[1]:
            for line in range(_HEAD):
                self._strips.pop(line - _HEAD, None)
            self.refresh(Region(0, 0, self.size.width, _HEAD))
        if (self.row, self.column) != before:
            for line in {before[0], self.row}:
                self._strips.pop(line, None)
                self.refresh(Region(0, _HEAD + line - self.top, self.size.width, 1))
        self.scroll_to_row(top)

    def move_pages(self, share: float) -> None:
        """Move the cursor by a share of the window's height."""
        step = max(1, int(self.window * abs(share)) - (1 if abs(share) >= 1 else 0))
        self.go(self.row + (step if share > 0 else -step), self.column)

    # Painting

    def paint_line(self, y: int) -> Strip:
        """The strip of one line: of the headers, or of a source in view."""
        if self.matrix is None or self._signs is None or not self.total:
            return Strip.blank(self.inner_width, self._palette.text)
        row = y - _HEAD if y < _HEAD else y - _HEAD + self.top
        if row >= self.total:
            return Strip.blank(self.inner_width, self._palette.text)
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) > _CACHED or len(self._cells) > 10 * _CACHED:
                self._strips.clear()
                self._cells.clear()
            strip = self._strips[row] = self._line(self._header(y) if y < _HEAD else self._source(row))
        return strip

    @property
    def _thumb(self) -> range:
        thumb = super()._thumb
        return range(thumb.start + _HEAD, thumb.stop + _HEAD) if thumb else thumb

    def _line(self, pieces: list[Piece]) -> Strip:
        width = self.inner_width
        used = _NAMES + len(self._seen()) * self._cell_width
        pieces.append((" " * max(0, width - used), self._palette.text))
        # The same style is the same object; to compare what is in them would take half of the time.
        joined = []
        for _, alike in groupby(pieces, key=lambda piece: id(piece[1])):
            texts, paints = zip(*alike, strict=True)
            joined.append(Segment("".join(texts), paints[0]))
        return Strip(joined, max(width, used)).crop(0, width)

    def _seen(self) -> range:
        assert self.matrix is not None
        return range(self.left, min(len(self.matrix.targets), self.left + self._columns + 1))

    def _header(self, y: int) -> list[Piece]:
        assert self.matrix is not None
        assert self._signs is not None
        palette = self._palette
        if y < _HEAD - 1:
            more = f"{self.left} ◂ " if self.left and y == 0 else ""
            pieces: list[Piece] = [(pad(" " + more, _NAMES), palette.dim)]
            for column in self._seen():
                words = _wrapped(self.matrix.targets[column] or "(no target)", self._cell_width - 1)
                paint = palette.row if column == self.column else palette.strong
                text = words[y] if y < len(words) else ""
                pieces += [(pad(text, self._cell_width - 1), paint), (" ", palette.text)]
            return pieces
        pieces = [(pad(f" {len(self.matrix.sources)} × {len(self.matrix.targets)}", _NAMES), palette.dim)]
        for column in self._seen():
            pieces += self._cell(self.matrix.by_target[column], None)
        return pieces

    def _source(self, row: int) -> list[Piece]:
        assert self.matrix is not None
        palette = self._palette
        here = row == self.row
        name = fit(self.matrix.sources[row] or "(no source)", _NAMES - 4)
        clash = CLASH if self.matrix.by_source[row].clash else " "
        pieces: list[Piece] = [
            (f" {clash} ", palette.row_accent if here else palette.warn),
            (pad(name, _NAMES - 3), palette.row if here else palette.strong),
        ]
        for column in self._seen():
            if here and column == self.column:
                pieces += self._said(row, column, palette.row)
                continue
            known = self._cells.get((row, column))
            if known is None:
                known = self._cells[row, column] = self._said(row, column, None)
            pieces += known
        return pieces

    def _said(self, row: int, column: int, lit: Paint | None) -> list[Piece]:
        """What a source says of a target."""
        assert self.matrix is not None
        counts = self.matrix.cell(row, column)
        if counts is None:
            return [(pad("  ·", self._cell_width), lit or self._palette.faint)]
        return self._cell(counts, lit)

    def _cell(self, counts: Counts, lit: Paint | None) -> list[Piece]:
        """A cell's sign and numbers, as wide as a column.

        Blanks go with the numbers: every piece more is some forty bytes for the terminal to read.
        """
        assert self._signs is not None
        pieces = self._signs.numbers(counts, self._cell_width - 3, lit)
        used = sum(cell_len(text) for text, _ in pieces)
        if counts.clash:
            pieces.insert(0, (f"{CLASH} ", lit or self._palette.warn))
        else:
            pieces[0] = (f"  {pieces[0][0]}", pieces[0][1])
        pieces[-1] = (pieces[-1][0] + " " * (self._cell_width - 2 - used), pieces[-1][1])
        return pieces

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the cell under the mouse."""
        on_cell = event.y >= _HEAD and event.y - _HEAD + self.top < self.total
        if event.button == 1 and not self.on_bar(event) and on_cell:
            column = self.left + max(0, event.x - _NAMES) // self._cell_width
            self.go(event.y - _HEAD + self.top, column if event.x >= _NAMES else self.column)
            self.post_message(CursorList.Moved(opened=False))

    def on_click(self, event: events.Click) -> None:
        """Open the cell on a double click."""
        if event.chain >= 2 and not self.on_bar(event) and event.y >= _HEAD:
            self.post_message(CursorList.Moved(opened=True))

    def wheel(self, rows: int) -> None:
        """Scroll by rows, the cursor coming along."""
        self.scroll_to_row(self.top + rows)
        inside = max(self.top, min(self.row, self.top + self.window - 1))
        if inside != self.row:
            self.go(inside, self.column)
            self.post_message(CursorList.Moved(opened=False))


def _wrapped(text: str, cells: int) -> list[str]:
    """A name in the lines of a header, the last cut where there is more."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if cell_len(joined) <= cells or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > _HEAD - 1:
        lines[_HEAD - 2 :] = [" ".join(lines[_HEAD - 2 :])]
    return lines
