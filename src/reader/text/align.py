"""The map between an article's text and the page text it was made from.

The text is what was kept of the page, in the same order, with white space, markup and normal form changed.
So both are walked side by side: as far as they are equal, then over white space on either side, and where
they differ to the nearest place from which they agree again. Only equal stretches become links, and what was
mended in the page text: that is walked as it reads now.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from reader.model import Link, Repair, Run, Segment, Style
from reader.text.boundaries import next_grapheme

_spaces = re.compile(r"\s*").match
_landmarks = re.compile(r"\w{1,8}").finditer

_LANDMARKS = 12
"""Words of the text, or pieces of long ones, that are tried where the two differ."""
_HITS = 8
"""Places of the page at which one of them is tried."""
_WINDOWS = ((64, 3), (512, 8), (4096, 16))
"""How far into the page is looked, in code points, and how many that are no white space must agree there."""
_FAR_PROOF = 32
_FAR_LOOKS = 32
"""How often at most all of the page's rest is looked through, and how many must agree there."""
_LONGEST_SKIP = 4096
"""Code points of text that are passed over at a time where none of it is found in the page."""


def align(
    text: str, page_text: str, segments: Sequence[Segment], repairs: Sequence[Repair] = ()
) -> tuple[Link, ...]:
    """Maps a canonical text to the page text it was made from.

    Args:
        text: The canonical text.
        page_text: The page text.
        segments: The verdicts on it; what was dropped is mapped to nothing.
        repairs: What the canonical text has otherwise, in order, none across a segment's edge.

    Returns:
        Stretches that are equal on both sides, or mended, sorted by both, none overlapping another.
    """
    pieces = _pieces(segments, repairs)
    kept = "".join(
        page_text[piece.start : piece.end] if piece.mended is None else piece.mended for piece in pieces
    )
    starts = list(accumulate((piece.length for piece in pieces), initial=0))
    links: list[Link] = []
    for text_start, kept_start, length in _Walk(text, kept).stretches():
        done = 0
        index = bisect_right(starts, kept_start) - 1
        while done < length:
            piece = pieces[index]
            size = min(length, starts[index + 1] - kept_start) - done
            inside = kept_start + done - starts[index]
            if piece.mended is None:
                links.append(Link(text_start + done, piece.start + inside, size))
            else:
                for at in range(size):
                    place = piece.place(inside + at)
                    if not links or links[-1].page_start < place:
                        links.append(Link(text_start + done + at, place, 1))
            done += size
            index += 1
    return tuple(links)


class _Piece(NamedTuple):
    """A stretch of the page text that is kept, as it stands or mended."""

    start: int
    end: int
    mended: str | None = None

    @property
    def length(self) -> int:
        return self.end - self.start if self.mended is None else len(self.mended)

    def place(self, inside: int) -> int:
        """The offset in the page text of a code point of what it reads now."""
        last = self.end - self.start - 1
        return self.start + (inside * last // (self.length - 1) if self.length > 1 else 0)


def _pieces(segments: Sequence[Segment], repairs: Sequence[Repair]) -> list[_Piece]:
    """What is kept, in order; neighbours that stand as they are in one piece, and none empty."""
    pieces: list[_Piece] = []

    def add(start: int, end: int) -> None:
        if pieces and pieces[-1].mended is None and pieces[-1].end == start:
            pieces[-1] = _Piece(pieces[-1].start, end)
        elif start < end:
            pieces.append(_Piece(start, end))

    pending = iter(repairs)
    repair = next(pending, None)
    for segment in segments:
        at = segment.start
        while repair and repair.start < segment.end:
            if segment.verdict != "drop":
                add(at, repair.start)
                if repair.text:
                    pieces.append(_Piece(*repair))
                at = repair.end
            repair = next(pending, None)
        if segment.verdict != "drop":
            add(at, segment.end)
    return pieces


def to_page(links: Sequence[Link], offset: int) -> int | None:
    """The offset in the page text of a text's code point, or the nearest that has one; None without links."""
    after = bisect_right(links, offset, key=attrgetter("text_start"))
    return _nearest([link[:3] for link in links[max(0, after - 1) : after + 1]], offset)


def to_text(links: Sequence[Link], offset: int) -> int | None:
    """The offset in the text of a page text's code point, or the nearest that has one; None without links."""
    after = bisect_right(links, offset, key=attrgetter("page_start"))
    around = links[max(0, after - 1) : after + 1]
    return _nearest([(page_start, text_start, length) for text_start, page_start, length in around], offset)


def doubt_runs(links: Sequence[Link], segments: Sequence[Segment]) -> tuple[Run, ...]:
    """What of the text comes from doubtful segments.

    Args:
        links: What `align` gave.
        segments: The verdicts it was given.

    Returns:
        One run of `Style.DOUBT` for each doubtful segment that is in the text, from its first linked code
        point to its last, white space included.
    """
    runs: list[Run] = []
    for segment in segments:
        if segment.verdict != "doubt" or segment.start == segment.end:
            continue
        first = bisect_right(links, segment.start, key=lambda link: link.page_start + link.length)
        last = bisect_left(links, segment.end, key=attrgetter("page_start")) - 1
        if first > last:
            continue
        opening, closing = links[first], links[last]
        start = opening.text_start + max(0, segment.start - opening.page_start)
        end = closing.text_start + min(closing.length, segment.end - closing.page_start)
        runs.append(Run(start, end, Style.DOUBT.value))
    return tuple(runs)


def _nearest(pairs: Sequence[tuple[int, int, int]], offset: int) -> int | None:
    """Where an offset is on the other side, by the nearest of some links (here, there, length)."""
    best: tuple[int, int] | None = None
    for here, there, length in pairs:
        inside = min(max(offset - here, 0), length - 1)
        distance = abs(here + inside - offset)
        if best is None or distance < best[0]:
            best = (distance, there + inside)
    return None if best is None else best[1]


class _Walk:
    """Goes along the text and what was kept of the page, side by side."""

    def __init__(self, text: str, kept: str) -> None:
        self._text = text
        self._kept = kept
        self._far_looks = _FAR_LOOKS

    def stretches(self) -> list[tuple[int, int, int]]:
        """The equal stretches: where each begins in the text and in the kept page, and how long it is."""
        text, kept = self._text, self._kept
        found: list[tuple[int, int, int]] = []
        here = there = 0
        skip = 64
        while True:
            here, there = _past_spaces(text, here), _past_spaces(kept, there)
            if here == len(text) or there == len(kept):
                return found
            length = self._common(here, there)
            if length:
                found.append((here, there, length))
                here, there, skip = here + length, there + length, 64
                continue
            equivalent = self._equivalent(here, there)
            place = equivalent or self._agreeing(here, there)
            if place:
                here, there = place
            else:
                here = min(len(text), here + skip)
                skip = min(2 * skip, _LONGEST_SKIP)

    def _common(self, here: int, there: int) -> int:
        """How many code points are equal from two places on."""
        text, kept = self._text, self._kept
        most = min(len(text) - here, len(kept) - there)
        low, step = 0, 64
        # Doubling, then halving: slices are compared far faster than code points one by one.
        while low < most and text[here + low : here + low + step] == kept[there + low : there + low + step]:
            low = min(most, low + step)
            step *= 2
        high = min(most, low + step)
        while low < high:
            middle = (low + high + 1) // 2
            if text[here + low : here + middle] == kept[there + low : there + middle]:
                low = middle
            else:
                high = middle - 1
        return low

    def _equivalent(self, here: int, there: int) -> tuple[int, int] | None:
        """The places after a cluster that is the same in another normal form, if it is."""
        after = next_grapheme(self._kept, there)
        cluster = self._kept[there:after]
        if cluster.isascii():
            return None
        composed = unicodedata.normalize("NFC", cluster)
        return (here + len(composed), after) if self._text.startswith(composed, here) else None

    def _agreeing(self, here: int, there: int) -> tuple[int, int] | None:
        """The nearest places from which text and page agree again."""
        for window, proof in _WINDOWS:
            place = self._look(here, there, there + window, proof)
            if place:
                return place
        if len(self._kept) - there > _WINDOWS[-1][0] and self._far_looks:
            self._far_looks -= 1
            return self._look(here, there, len(self._kept), _FAR_PROOF)
        return None

    def _look(self, here: int, there: int, limit: int, proof: int) -> tuple[int, int] | None:
        """The places at which the fewest code points are passed over and `proof` of them agree."""
        best: tuple[int, int] | None = None
        least = len(self._text) + len(self._kept)
        marks = _landmarks(self._text, here)
        for _, mark in zip(range(_LANDMARKS), marks, strict=False):
            passed = mark.start() - here
            if passed >= least:
                break
            hit = self._kept.find(mark.group(), there, limit)
            for _ in range(_HITS):
                if hit < 0 or passed + hit - there >= least:
                    break
                if self._agree(mark.start(), hit, proof):
                    least, best = passed + hit - there, (mark.start(), hit)
                    break
                hit = self._kept.find(mark.group(), hit + 1, limit)
        if best is None:
            return None
        begin, at = best
        while begin > here and at > there and self._text[begin - 1] == self._kept[at - 1]:
            begin, at = begin - 1, at - 1
        return begin, at

    def _agree(self, here: int, there: int, proof: int) -> bool:
        """Whether that many code points agree from two places on but for white space, or all that is left."""
        text, kept = self._text, self._kept
        while proof > 0:
            length = self._common(here, there)
            proof -= len("".join(text[here : here + min(length, 4 * proof)].split()))
            here, there = _past_spaces(text, here + length), _past_spaces(kept, there + length)
            if here == len(text) or there == len(kept):
                return True
            if not self._common(here, there):
                break
        return proof <= 0


def _past_spaces(text: str, offset: int) -> int:
    match = _spaces(text, offset)
    return match.end() if match else offset
