"""Verdicts that a person gave: they stand whatever the rules say, also when the original is cleaned anew."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from reader.model import Segment, Verdict

KEPT = "hand.keep"
DROPPED = "hand.drop"
"""The rules that stand for a person's own verdicts; `overrides_of` finds them by these."""

REASON = "by hand"


def override(start: int, end: int, *, keep: bool) -> Segment:
    """A person's verdict on a stretch of the page text."""
    return Segment(start, end, "keep", REASON, KEPT) if keep else Segment(start, end, "drop", REASON, DROPPED)


def overrides_of(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """What of these segments a person decided."""
    return tuple(segment for segment in segments if segment.rule in (KEPT, DROPPED))


def ruling(overrides: Sequence[Segment], start: int, end: int) -> tuple[Verdict, str, str] | None:
    """The verdict, reason and rule that were given on a stretch as a whole; None where none was."""
    at = bisect_right(overrides, start, key=attrgetter("start")) - 1
    if start == end or at < 0 or end > overrides[at].end:
        return None
    return overrides[at][2:]


def overruled(segments: Sequence[Segment], overrides: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments with other verdicts laid over them.

    Args:
        segments: they cover the page text in order.
        overrides: sorted and apart, within what the segments cover.

    Returns:
        Segments that cover the same, neighbours that say the same joined.
    """
    pieces: list[Segment] = []
    pending = list(overrides)[::-1]
    at = 0
    for segment in segments:
        while at < segment.end:
            while pending and pending[-1].end <= at:
                pending.pop()
            over = pending[-1] if pending and pending[-1].start < segment.end else None
            if over is None:
                piece = segment._replace(start=at)
            elif over.start > at:
                piece = segment._replace(start=at, end=over.start)
            else:
                piece = over._replace(start=at, end=min(over.end, segment.end))
            if pieces and pieces[-1][2:] == piece[2:]:
                pieces[-1] = pieces[-1]._replace(end=piece.end)
            else:
                pieces.append(piece)
            at = piece.end
    return tuple(pieces)
