"""Cells of text that is not one cell a code point: runs of narrow and of wide characters, and the rest.

A line is taken apart once. Runs are counted by their length; only clusters of several code points, or of
unusual characters, are measured one by one. Where a line may be broken follows UAX #14 in what matters to
news: at spaces, and around ideographs, kana and emoji but not before a closing or after an opening mark
(JIS X 4051, kinsoku). Korean is broken at its spaces.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from typing import Any

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
# A run ends before its last character where something else follows that may combine with it.
_tokens = re.compile(
    f"(?P<narrow>[{NARROW}]+(?=[{NARROW}{WIDE}]|\\Z))"
    f"|(?P<wide>[{WIDE}]+(?=[{NARROW}{WIDE}]|\\Z))"
    f"|.(?:[^{NARROW}{WIDE}]|(?<=[{_PREPENDED}])[{NARROW}{WIDE}])*",
    re.DOTALL,
).finditer

# Between these a line may be broken though no space is there.
_IDEOGRAPHIC = re.compile(
    "[\u2e80-\u2fdf\u3000-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U0001f000-\U0003fffd]"
).match
_NEVER_FIRST = frozenset("、。，．,.：；:;！？!?）)］]｝}〕〉》」』】〙〗”’…‥ー々〻〜・％%ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")
_NEVER_LAST = frozenset("（(［[｛{〔〈《「『【〘〖“‘￥$£")


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
        self._widths: dict[str, int] = {}
        self._starts: list[int] = []
        self._cells: list[int] = []
        """The cells of the line before each run."""
        self._units: list[int] = []
        """The cells of each code point in a run; 0 for a run that is one cluster, whatever its cells."""

    def take(self, start: int, stop: int) -> None:
        """Takes a line apart: the code points from `start` to `stop`, no newline among them."""
        starts, cells, units = self._starts, self._cells, self._units = [], [], []
        text, total = self._text, 0
        for token in _tokens(text, start, stop):
            begin, end = token.span()
            if token.lastgroup is None:
                for first, _, width in self._measured(begin, end):
                    starts.append(first)
                    cells.append(total)
                    units.append(0)
                    total += width
                continue
            unit = 1 if token.lastgroup == "narrow" else 2
            starts.append(begin)
            cells.append(total)
            units.append(unit)
            total += unit * (end - begin)
        starts.append(stop)
        cells.append(total)
        units.append(1)

    def reach(self, start: int, room: int) -> int:
        """How far a row may go that begins at `start`: the end of the last cluster that fits `room` cells.

        At least one cluster, were it wider than the room; the line's end where all of it fits.
        """
        limit = self._before(start) + room
        run = bisect_right(self._cells, limit) - 1
        offset, unit = self._starts[run], self._units[run]
        if run == len(self._starts) - 1:
            return offset
        if unit:
            offset += (limit - self._cells[run]) // unit
        if offset > start:
            return offset
        run = bisect_right(self._starts, start) - 1
        return start + 1 if self._units[run] else self._starts[run + 1]

    def opportunity(self, start: int, limit: int) -> int:
        """Where to break a row that may go no further than `limit`; `limit` where no place is better."""
        text = self._text
        if text[limit] == " " and self._parted(limit + 1):
            return limit
        for cut in range(limit, start, -1):
            last, first = text[cut - 1], text[cut]
            if last == " ":
                good = True
            else:
                good = bool(_IDEOGRAPHIC(last) or _IDEOGRAPHIC(first))
                good = good and first not in _NEVER_FIRST and last not in _NEVER_LAST
            if good and self._parted(cut):
                return cut
        return limit

    def without_spaces(self, start: int, cut: int) -> int:
        """The end of a row's text up to a cut, without the spaces before it."""
        while cut > start and self._text[cut - 1] == " " and self._parted(cut - 1):
            cut -= 1
        return cut

    def after_spaces(self, cut: int, stop: int) -> int:
        """Where the next row begins: after the spaces at a cut."""
        while cut < stop and self._text[cut] == " " and self._parted(cut + 1):
            cut += 1
        return cut

    def clusters(self, start: int, end: int) -> list[tuple[int, int, int]] | None:
        """The clusters of a row with their cells; None where each is one code point of one cell.

        A cluster of no cells is counted to the one before it.
        """
        if _is_narrow(self._text, start, end):
            return None
        found: list[tuple[int, int, int]] = []
        for first, last, width in self._measured(start, end):
            if not width and found:
                found[-1] = (found[-1][0], last, found[-1][2])
            else:
                found.append((first, last, width))
        return found

    def _before(self, offset: int) -> int:
        """The cells of the line before an offset."""
        run = bisect_right(self._starts, offset) - 1
        return self._cells[run] + self._units[run] * (offset - self._starts[run])

    def _parted(self, offset: int) -> bool:
        """Whether a cluster begins at an offset of the line, or the line ends there."""
        run = bisect_right(self._starts, offset) - 1
        return self._units[run] > 0 or self._starts[run] == offset

    def _measured(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """The clusters of a range that begins and ends between two, with their cells."""
        widths, found = self._widths, []
        for match in _clusters()(self._text, start, end):
            cluster = match.group()
            width = widths.get(cluster)
            if width is None:
                width = widths[cluster] = self._measure(cluster)
            found.append((match.start(), match.end(), width))
        return found


@cache
def _clusters() -> Callable[..., Any]:
    import regex  # late, as in `boundaries`: prose in Latin script is laid out without it

    return regex.compile(r"\p{RI}{2}(?=\p{RI})|\X").finditer
