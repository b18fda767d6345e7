"""Where a mark stands once its text has changed: kept, asked about, or given up; never moved in silence.

Both texts are known whole, which is what makes this possible: nearly every mark is carried over by the
difference of the two, and what a search for its words finds elsewhere is only ever a proposal.
"""

from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from reader.model import AnchorStatus, Span
from reader.text.difference import Difference
from reader.text.elsewhere import MANY, NEIGHBOURS, SURE, Elsewhere
from reader.text.signs import signs_kept

_CONTEXT = 16
"""Code points on each side that have to be equal for an equal quote to be the same place."""
_MATCHED = 0.5
_GROWN = 2.0
_SIMILAR = 0.6
"""A span is carried over if this share of its words is still there, what it is carried to is at most so many
times as long, and the words of the two are so alike."""
_ALIKE = 48
"""A short quote that stands elsewhere needs so many more, less half of its own length."""
_AROUND = 0.7
"""The share of a short span's neighbours that has to be in its place on either side."""
_TOGETHER = 15
_EDGE = 9
"""So many words that stand together unbroken are the same place; the edge of a paragraph is worth so many."""


class Placed(NamedTuple):
    """Where a span is in another text."""

    span: Span
    """An empty one, near where it was, where there is no place."""
    status: AnchorStatus
    score: float
    """How much of the words is the same there, 0 to 1."""
    changed: bool
    """Whether the words that are marked are not the same any more, case and typography aside."""


class Reanchor:
    """Carries spans from one text to another; what is computed for the pair is computed once."""

    def __init__(self, old: str, new: str) -> None:
        """Take two canonical texts."""
        self._old = old
        self._new = new
        self._same = old == new

    @cached_property
    def _difference(self) -> Difference:
        return Difference(self._old, self._new)

    @cached_property
    def _elsewhere(self) -> Elsewhere:
        return Elsewhere(self._difference)

    def place(self, span: Span) -> Placed:
        """Where a span of the old text is in the new one.

        ``ok``: at the same place or carried over by the difference. ``review``: the words, or most of them,
        stand somewhere, but that it is the same place only a person can say. ``orphan``: nowhere.
        """
        if self._same or self._kept(span):
            return Placed(span, "ok", 1.0, False)
        first, last = self._difference.old.within(*span)
        if first == last:
            return self._verbatim(span) or self._orphan(span)
        carried = self._carried(span, first, last)
        if carried is not None and (carried.status, carried.score) == ("ok", 1.0):
            return carried
        verbatim = self._verbatim(span)
        if verbatim is not None:
            return verbatim
        moved = self._elsewhere.moved(first, last)
        if moved is not None:
            return self._placed(span, first, last, *moved, "ok")
        if carried is not None and carried.status == "ok":
            return carried
        likest = self._elsewhere.likest(first, last)
        found = None if likest is None else self._placed(span, first, last, *likest, "review")
        return max(filter(None, (carried, found)), key=_score, default=None) or self._orphan(span)

    def offset(self, offset: int) -> int:
        """Where a code point of the old text is in the new one, or what is near it."""
        old, new, there = self._difference.old, self._difference.new, self._difference.counterpart
        index, _ = old.within(offset, offset + 1)
        index = min(index, len(old) - 1)
        while index >= 0 and there[index] < 0:
            index -= 1
        if index < 0:
            return 0
        start = new.starts[there[index]]
        return min(start + max(0, offset - old.starts[index]), new.ends[there[index]])

    def _orphan(self, span: Span) -> Placed:
        near = self.offset(span.start)
        return Placed(Span(near, near), "orphan", 0.0, True)

    def _kept(self, span: Span) -> bool:
        """Whether the same words stand at the same offsets between the same characters."""
        low, high = max(0, span.start - _CONTEXT), span.end + _CONTEXT
        return self._old[low:high] == self._new[low:high]

    def _verbatim(self, span: Span) -> Placed | None:
        """The one place with the quote and what surrounds it, to the letter, if it was one before."""
        context = max(_CONTEXT, _ALIKE - (span.end - span.start) // 2)
        low, high = span.start - context, span.end + context
        if low < 0 or high > len(self._old):
            return None
        around = self._old[low:high]
        at = self._new.find(around)
        if at < 0 or self._new.find(around, at + 1) >= 0 or self._old.find(around, low + 1) >= 0:
            return None
        if self._old.find(around) != low:
            return None
        start = at + span.start - low
        return Placed(Span(start, start + span.end - span.start), "ok", 1.0, False)

    def _carried(self, span: Span, first: int, last: int) -> Placed | None:
        """What the difference makes of a span, if enough of it is left."""
        difference = self._difference
        there = difference.counterpart
        kept = [index for index in range(first, last) if there[index] >= 0]
        share = len(kept) / (last - first)
        if not kept or share < _MATCHED:
            return None
        low, high = self._with_exchanged(first, last, kept[0], kept[-1])
        grown = high - low
        if grown > _GROWN * (last - first):
            return None
        placed = self._placed(span, first, last, low, high, "ok")
        if placed.score < _SIMILAR:
            return None
        if self._in_place(first, last, low, high, placed.score):
            return placed
        return placed._replace(status="review")

    def _with_exchanged(self, first: int, last: int, first_kept: int, last_kept: int) -> tuple[int, int]:
        """The new words of a span, with those that took the place of words at its edges.

        They are as many as the words were; more where what was exchanged ends with the span, up to a pause.
        """
        old, new, there = self._difference.old, self._difference.new, self._difference.counterpart
        least, most = self._after_of(first_kept), self._before_of(last_kept)
        low = max(least, there[first_kept] - (first_kept - first))
        high = min(most, there[last_kept] + 1 + (last - 1 - last_kept))
        if first_kept > first and (old.pause(first) or there[first - 1] >= 0):
            while low > least and not new.pause(low):
                low -= 1
        if last_kept < last - 1 and (old.pause(last) or there[last] >= 0):
            while high < most and not new.pause(high):
                high += 1
        return low, high

    def _placed(self, span: Span, first: int, last: int, low: int, high: int, status: AnchorStatus) -> Placed:
        """The old words ``[first, last)`` of a span taken to be the new ones ``[low, high)``."""
        here, there = self._difference.old.keys[first:last], self._difference.new.keys[low:high]
        same = here == there
        score = 1.0 if same else SequenceMatcher(None, here, there, autojunk=False).ratio()
        return Placed(self._with_edges(span, first, last, low, high), status, score, not same)

    def _after_of(self, index: int) -> int:
        """The first new word after the counterpart of the last old word, before this one, that has one."""
        there = self._difference.counterpart
        while (index := index - 1) >= 0:
            if there[index] >= 0:
                return there[index] + 1
        return 0

    def _before_of(self, index: int) -> int:
        there = self._difference.counterpart
        while (index := index + 1) < len(there):
            if there[index] >= 0:
                return there[index]
        return len(self._difference.new)

    def _in_place(self, first: int, last: int, low: int, high: int, score: float) -> bool:
        """Whether what stands around a carried span stood around it before, within its paragraph.

        A few common words are found in any sentence that took the place of another, so the fewer words a
        span has, the more of its neighbours must have come along.
        """
        old = self._difference.old
        sides = self._sides(
            old.near(first, -1, NEIGHBOURS), first, last, old.near(last, 1, NEIGHBOURS), low, high
        )
        if last - first < MANY and not sides:
            most = min(len(old), last + NEIGHBOURS)
            sides = self._sides(max(0, first - NEIGHBOURS), first, last, most, low, high)
        if last - first < MANY:
            around = bool(sides) and min(sides) >= _AROUND and score >= SURE
            return around or (score == 1.0 and self._unbroken(first, last) >= _TOGETHER)
        if score >= SURE:
            return True
        new = self._difference.new
        edges = [(old.pause(first), new.pause(low)), (old.pause(last), new.pause(high))]
        return all((one == 2) == (other == 2) for one, other in edges) and (not sides or max(sides) >= 0.5)

    def _unbroken(self, first: int, last: int) -> int:
        """How many words stand together as they did around a span, and it; an edge of a paragraph is some."""
        old, new, there = self._difference.old, self._difference.new, self._difference.counterpart
        start, end = first, last
        while start > 0 and there[start - 1] == there[start] - 1 and old.pause(start) < 2:
            start -= 1
        while end < len(old) and there[end] == there[end - 1] + 1 and old.pause(end) < 2:
            end += 1
        edges = (old.pause(start) == 2 == new.pause(there[start])) + (
            old.pause(end) == 2 == new.pause(there[end - 1] + 1)
        )
        return end - start + _EDGE * edges

    def _sides(self, start: int, first: int, last: int, end: int, low: int, high: int) -> list[float]:
        """The shares of the words before and after a span that are in their place, of sides that have any."""
        before = self._share(range(start, first), low - NEIGHBOURS - 2, low)
        after = self._share(range(last, end), high, high + NEIGHBOURS + 2)
        return [side for side in (before, after) if side is not None]

    def _share(self, indices: range, low: int, high: int) -> float | None:
        """How many of some old words have their equal within a range of the new ones; None without words."""
        if not indices:
            return None
        there = self._difference.counterpart
        return sum(low <= there[index] < high for index in indices) / len(indices)

    def _with_edges(self, span: Span, first: int, last: int, low: int, high: int) -> Span:
        """The new words' span with those signs at its edges that the old span had."""
        old, new = self._difference.old, self._difference.new
        lead = self._old[span.start : old.starts[first]] if span.start < old.starts[first] else ""
        tail = self._old[old.ends[last - 1] : span.end] if span.end > old.ends[last - 1] else ""
        start, end = new.starts[low], new.ends[high - 1]
        before = self._new[new.ends[low - 1] if low else 0 : start]
        after = self._new[end : new.starts[high] if high < len(new) else len(self._new)]
        inner_start = span.start - old.starts[first] if span.start > old.starts[first] else 0
        inner_end = old.ends[last - 1] - span.end if span.end < old.ends[last - 1] else 0
        if old.keys[first] == new.keys[low]:
            start += inner_start
        if old.keys[last - 1] == new.keys[high - 1]:
            end -= inner_end
        return Span(start - signs_kept(lead[::-1], before[::-1]), end + signs_kept(tail, after))


def _score(placed: Placed) -> float:
    return placed.score
