"""An article's text wrapped to rows of a width, and the way between offsets and cells.

A row owns a range of code points; what lies between two rows is only white space that is not drawn: the
newlines between blocks, and the spaces at which a line was wrapped, however many, which hang beyond its edge.

A block in which every code point is one cell and a cluster of its own (most prose in Latin script) is
wrapped by slicing. Any other is left to `reader.text.runs`.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence

from reader.model import Block, Span
from reader.text.runs import Runs, is_simple

_QUOTE_BAR = "│ "
_INDENT = 2
"""Cells by which a list is moved in where no marker says otherwise."""


class Layout:
    """The rows of a text at one width.

    Attributes:
        starts: The offset at which each row's text begins, in code points.
        ends: The offset at which it ends; row `i` draws ``text[starts[i]:ends[i]]``.
    """

    def __init__(self, text: str, blocks: Sequence[Block], width: int, measure: Callable[[str], int]) -> None:
        """Wraps a text.

        Args:
            text: As it is to be drawn: what `reader.text.visible.visible` gives.
            blocks: Its blocks, in order, with gaps of two code points.
            width: Cells in a row, 4 or more.
            measure: The cells that one grapheme cluster takes, 0 to 2 as a rule. It must give 1 for the
                characters `reader.text.runs.NARROW` names and 2 for `reader.text.runs.WIDE`.
        """
        self.starts = array("I")
        self.ends = array("I")
        self._text = text
        self._blocks = blocks
        self._block_of = array("I")
        """For a blank row, the index of the block below it."""
        self._simple: list[bool] = []
        self._prefixes: list[tuple[str, str]] = []
        """Of each block: before its first row, before the others."""
        self._runs = Runs(text, measure)
        self._clusters: dict[int, list[tuple[int, int, int]] | None] = {}
        self._most_prefix = max(4, width) // 2
        """Cells that a prefix may take: the text keeps half of the row."""
        self._wrap(max(4, width))

    def __len__(self) -> int:
        return len(self.starts)

    def row_of(self, offset: int) -> int:
        """The row that draws a code point; for white space that is not drawn, the row it follows."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def row_span(self, row: int) -> Span:
        """The code points a row draws."""
        return Span(self.starts[row], self.ends[row])

    def is_blank(self, row: int) -> bool:
        """Whether a row is only the space between two blocks."""
        return not self._blocks or self.starts[row] < self._blocks[self._block_of[row]].start

    def block_of(self, row: int) -> int | None:
        """The index of the block a row belongs to; None for a blank row."""
        return None if self.is_blank(row) else self._block_of[row]

    def prefix(self, row: int) -> str:
        """What is drawn before a row's text and is not part of it: quote bars, indent and a list's marker.

        Every code point of it takes one cell.
        """
        if not self._blocks:
            return ""
        index = self._block_of[row]
        block = self._blocks[index]
        if self.starts[row] == block.start:
            return self._prefixes[index][0]
        if self.starts[row] > block.start:
            return self._prefixes[index][1]
        bars = _QUOTE_BAR * min(block.quotes, self._blocks[index - 1].quotes)
        return bars[: self._most_prefix]

    def clusters(self, row: int) -> list[tuple[int, int, int]] | None:
        """A row's grapheme clusters, or None where each code point is one, of one cell.

        A cluster of no cells (some scripts' vowel signs) is counted to the one before it.

        Returns:
            Start and end, in code points, and cells of each.
        """
        if not self._blocks or self._simple[self._block_of[row]]:
            return None
        if row not in self._clusters:
            self._clusters[row] = self._runs.clusters(self.starts[row], self.ends[row])
        return self._clusters[row]

    def column_of(self, row: int, offset: int) -> int:
        """The cell at which a code point's cluster begins, from the row's left edge, its prefix included.

        For white space that hangs beyond the row's end, the cell after its last: in a full row that is the
        layout's width.
        """
        column = len(self.prefix(row))
        clusters = self.clusters(row)
        if clusters is None:
            return column + min(max(offset, self.starts[row]), self.ends[row]) - self.starts[row]
        return column + sum(cells for _, end, cells in clusters if end <= offset)

    def offset_at(self, row: int, column: int) -> int:
        """The start of the cluster at a cell, in code points; the row's first or last where there is none."""
        start, end = self.row_span(row)
        column = max(0, column - len(self.prefix(row)))
        clusters = self.clusters(row)
        if clusters is None:
            return max(start, min(start + column, end - 1))
        offset = start
        for begin, _, cells in clusters:
            offset = begin
            column -= cells
            if column < 0:
                break
        return offset

    def line(self, offset: int, rows: int, goal: int | None) -> tuple[int, int]:
        """Where a caret goes that moves up or down.

        Args:
            offset: Where it is, in code points.
            rows: How many rows down; negative for up. A blank row it would come to rest on is stepped over.
            goal: The cell it strives for, from the last such motion, or None at the first of them.

        Returns:
            The offset it goes to, the one it is at where there is no row to go to, and the cell to strive for
            at the next such motion.
        """
        row = self.row_of(offset)
        if goal is None:
            goal = self.column_of(row, offset)
        target = min(max(row + rows, 0), len(self) - 1)
        while 0 < target < len(self) - 1 and self.is_blank(target):
            target += 1 if rows > 0 else -1
        return (offset if target == row else self.offset_at(target, goal)), goal

    def _wrap(self, width: int) -> None:
        """Fills the rows."""
        text, all_simple = self._text, self._text.isascii()
        hangs: list[int] = []
        before: Block | None = None
        for index, block in enumerate(self._blocks):
            first, rest = _prefix(block, hangs)
            room = width
            if rest:
                room -= min(len(rest), self._most_prefix)
                first, rest = first[len(first) - width + room :], rest[len(rest) - width + room :]
            self._prefixes.append((first, rest))
            self._simple.append(all_simple or is_simple(text, block.start, block.end) is not None)
            if before is not None and not _joined(before, block):
                self._add(before.end + 1, before.end + 1)
                self._block_of.append(index)
            if self._simple[-1]:
                self._wrap_simple(block.start, block.end, room)
            else:
                self._wrap_mixed(block.start, block.end, room)
            self._block_of.extend([index] * (len(self.starts) - len(self._block_of)))
            before = block
        if not self.starts:
            self._add(0, 0)
            self._block_of.append(0)

    def _add(self, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)

    def _wrap_simple(self, start: int, end: int, room: int) -> None:
        """Wraps a block in which a code point is a cell."""
        text = self._text
        find, rfind = text.find, text.rfind
        begin, finish = self.starts.append, self.ends.append
        while start <= end:
            newline = find("\n", start, end)
            stop = end if newline < 0 else newline
            while stop - start > room:
                space = rfind(" ", start + 1, start + room + 1)
                edge = space
                while edge > start and text[edge - 1] == " ":
                    edge -= 1
                if edge <= start:  # a word longer than the row, or nothing but spaces before it
                    space = edge = start + room
                begin(start)
                finish(edge)
                start = space
                while start < stop and text[start] == " ":
                    start += 1
                if start == stop:
                    break
            else:
                begin(start)
                finish(stop)
            start = stop + 1

    def _wrap_mixed(self, start: int, end: int, room: int) -> None:
        """Wraps a block of any characters."""
        text = self._text
        while start <= end:
            newline = text.find("\n", start, end)
            stop = end if newline < 0 else newline
            for row in self._runs.wrap(start, stop, room):
                self._add(*row)
            start = stop + 1


def _prefix(block: Block, hangs: list[int]) -> tuple[str, str]:
    """What stands before a block's first row and before its others.

    Args:
        block: The block.
        hangs: By how many cells each list the last block stood in moves its text in, outermost first; brought
            up to this block.
    """
    if not (block.quotes or block.indent or block.marker):
        hangs.clear()
        return "", ""
    indent = max(block.indent, 1 if block.marker else 0)
    del hangs[indent:]
    hangs += [_INDENT] * (indent - len(hangs))
    if block.marker:
        hangs[-1] = len(block.marker)
    quotes = _QUOTE_BAR * block.quotes
    rest = quotes + " " * sum(hangs)
    return (quotes + " " * sum(hangs[:-1]) + block.marker if block.marker else rest), rest


def _joined(above: Block, below: Block) -> bool:
    """Whether two blocks stand without a blank row between them: rows of a table, items of a list."""
    if above.kind == "paragraph" or above.quotes != below.quotes:
        return False
    if above.kind == below.kind == "table":
        return True
    if not (above.marker and below.marker):
        return False
    return above.indent != below.indent or above.marker[0].isdecimal() == below.marker[0].isdecimal()
