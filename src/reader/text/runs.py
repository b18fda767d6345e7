"""Cells of text that is not one cell a code point: runs of narrow and of wide characters, and the rest.

A line is taken apart once. Runs are counted by their length; only clusters of several code points, or of
unusual characters, are measured one by one. Where a line may be broken follows UAX #14 in what matters to
news: at spaces, and around ideographs, kana and emoji but not before a closing or after an opening mark
(JIS X 4051, kinsoku). Korean is broken at its spaces.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache

from reader.text.boundaries import clusters

NARROW = (
    "\x20-\x7e\xa0-\xa8\xaa-\xac\xaf-\u02ff\u0370-\u0377\u037a-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a"
    "\u0660-\u066f\u0671-\u06d3\u06f0-\u06ff\u1e00-\u1fff\u2010-\u2027\u202f-\u203b\u203d-\u2048\u204a-\u205f"
    "\u20a0-\u20bf\u2190-\u2193\u21c4\u2400-\u2426\u2500-\u257f\u25cc\ufffd"
)
"""Characters of one cell that are clusters of their own unless a mark follows."""
WIDE = (
    "\u3001-\u3029\u3041-\u3096\u309b-\u309f\u30a0-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uff01-\uff60\U0001f300-\U0001f320\U0001f32d-\U0001f335\U0001f337-\U0001f37c\U0001f37e-\U0001f393"
    "\U0001f3a0-\U0001f3ca\U0001f3e0-\U0001f3f0\U0001f400-\U0001f43e\U0001f442-\U0001f4fc\U0001f500-\U0001f53d"
    "\U0001f5fb-\U0001f64f\U0001f680-\U0001f6c5\U0001f910-\U0001f93a\U0001f947-\U0001f9ff\U00020000-\U0002fffd"
)
"""Characters of two cells that are clusters of their own unless a mark follows."""
_PREPENDED = (
    "\u200d\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u1100-\u115f\ua960-\ua97c\U000110bd\U000110cd"
    "\U000111c2\U000111c3\U000113d1\U0001193f\U00011941\U00011a84-\U00011a89\U00011d46\U00011f02"
)
"""Characters that the next one may belong to: joiners, Prepend and leading jamo (GB6, GB9b, GB11)."""

is_simple = re.compile(f"[\n{NARROW}]*").fullmatch
_is_narrow = re.compile(f"[{NARROW}]*").fullmatch
_IDEOGRAPHIC = (
    "\u2e80-\u2fdf\u3000-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U0001f000-\U0003fffd"
)
_NEVER_FIRST = (
    "、。，．,.：；:;！？!?）)］\\]｝}〕〉》」』】〙〗”’…‥ー々〻〜・％%"  # closing and sounding on
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_NEVER_LAST = "（(［\\[｛{〔〈《「『【〘〖“‘￥$£"
_BESIDE_IDEOGRAPH = f"(?:(?<=[{_IDEOGRAPHIC}])|(?=[{_IDEOGRAPHIC}]))(?<![{_NEVER_LAST}])(?![{_NEVER_FIRST}])"


class Runs:
    """The cells of one line of a text at a time."""

    def __init__(self, text: str, measure: Callable[[str], int]) -> None:
        """Prepares to measure.

        Args:
            text: The text, as it is to be drawn.
            measure: The cells of one grapheme cluster.
        """
        self._text = text
        self._measure = measure
        self._known: dict[str, list[tuple[int, int]]] = {}
        """The clusters of what was met before: in most scripts the words, and words recur."""
        self._starts: list[int] = []
        self._cells: list[int] = []
        """The cells of the line before each run."""
        self._units: list[int] = []
        """The cells of each code point in a run; 0 for a run that is one cluster, whatever its cells."""

    def wrap(self, start: int, stop: int, room: int) -> list[tuple[int, int]]:
        """Wraps a line.

        Args:
            start: Where it begins, in code points.
            stop: Where it ends; no newline is in between.
            room: The cells of a row, 2 or more.

        Returns:
            Its rows' starts and ends; one at least. A row holds at least one cluster, were it wider than it.
        """
        if stop - start <= room // 2:
            return [(start, stop)]
        self._take(start, stop)
        text, rows = self._text, []
        while (limit := self._reach(start, room)) < stop:
            cut = edge = self._opportunity(start, limit)
            while edge > start and text[edge - 1] == " " and self._parted(edge - 1):
                edge -= 1
            if edge == start:  # nothing but spaces before it
                cut = edge = limit
            rows.append((start, edge))
            start = cut
            while start < stop and text[start] == " " and self._parted(start + 1):
                start += 1
            if start == stop:
                return rows
        rows.append((start, stop))
        return rows

    def clusters(self, start: int, end: int) -> list[tuple[int, int, int]] | None:
        """The clusters of a row with their cells; None where each is one code point of one cell.

        A cluster of no cells is counted to the one before it.
        """
        if _is_narrow(self._text, start, end):
            return None
        found: list[tuple[int, int, int]] = []
        for length, cells in self._clusters_of(self._text[start:end]):
            if not cells and found:
                found[-1] = (found[-1][0], start + length, found[-1][2])
            else:
                found.append((start, start + length, cells))
            start += length
        return found

    def _take(self, start: int, stop: int) -> None:
        """Takes a line apart."""
        starts: list[int] = []
        cells: list[int] = []
        units: list[int] = []
        total = 0
        for token in _tokens()(self._text, start, stop):
            kind = token.lastgroup
            begin, end = token.span()
            if kind is None:
                for length, width in self._clusters_of(token.group()):
                    starts.append(begin)
                    cells.append(total)
                    units.append(0)
                    begin += length
                    total += width
                continue
            unit = 1 if kind == "narrow" else 2
            starts.append(begin)
            cells.append(total)
            units.append(unit)
            total += unit * (end - begin)
        starts.append(stop)
        cells.append(total)
        units.append(1)
        self._starts, self._cells, self._units = starts, cells, units

    def _reach(self, start: int, room: int) -> int:
        """How far a row may go that begins at `start`: the end of the last cluster that fits `room` cells."""
        starts, cells, units = self._starts, self._cells, self._units
        first = bisect_right(starts, start) - 1
        limit = cells[first] + units[first] * (start - starts[first]) + room
        run = bisect_right(cells, limit, first) - 1
        unit, offset = units[run], starts[run]
        if unit and offset < starts[-1]:
            offset += (limit - cells[run]) // unit
        if offset > start:
            return offset
        return start + 1 if units[first] else starts[first + 1]

    def _opportunity(self, start: int, limit: int) -> int:
        """Where to break a row that may go no further than `limit`; `limit` where no place is better."""
        if self._text[limit] == " " and self._parted(limit + 1):
            return limit
        cut = limit + 1
        while found := _last_break()(self._text, start, cut):
            cut = found.end()
            if self._parted(cut):
                return cut
        return limit

    def _parted(self, offset: int) -> bool:
        """Whether a cluster begins at an offset of the line, or the line ends there."""
        run = bisect_right(self._starts, offset) - 1
        return self._units[run] > 0 or self._starts[run] == offset

    def _clusters_of(self, piece: str) -> list[tuple[int, int]]:
        """The code points and the cells of each cluster of a piece that begins and ends between two."""
        found = self._known.get(piece)
        if found is None:
            measure = self._measure
            found = [(len(cluster), measure(cluster)) for cluster in clusters(piece)]
            self._known[piece] = found
        return found


# Prose in Latin script is laid out without these, and they take longer to compile than it does.


@cache
def _tokens() -> Callable[[str, int, int], Iterator[re.Match[str]]]:
    # A run ends before its last character where something else follows that may combine with it.
    return re.compile(
        f"(?P<narrow>[{NARROW}]+(?=[{NARROW}{WIDE}]|\\Z))"
        f"|(?P<wide>[{WIDE}]+(?=[{NARROW}{WIDE}]|\\Z))"
        f"|.(?:[^{NARROW}{WIDE}]|(?<=[{_PREPENDED}])[{NARROW}{WIDE}])*",
        re.DOTALL,
    ).finditer


@cache
def _last_break() -> Callable[[str, int, int], re.Match[str] | None]:
    # The last place in a range where a line may be broken; a character must follow it within the range.
    return re.compile(f".+(?=.)(?:(?<= )|{_BESIDE_IDEOGRAPH})", re.DOTALL).match
