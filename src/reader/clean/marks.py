"""Stretches of a page text that are not simply kept: sorted, laid over each other, cut out, moved.

Rules and weights find them; the segments are made of them.
"""

from typing import NamedTuple

from reader.model import Segment, Verdict


class Mark(NamedTuple):
    """A stretch of the page text that is not simply kept."""

    start: int
    end: int
    verdict: Verdict
    reason: str
    rule: str


def cover(text: str, marks: list[Mark]) -> tuple[Segment, ...]:
    """Segments that cover `text` exactly: the marks, and kept text between them.

    White space between two marks belongs to the one that is not dropped, or the first, so that no segment is
    white space alone, and what is left does not depend on what is only doubted.
    """
    pieces: list[Segment] = []
    at = 0
    for mark in marks:
        if mark.start > at:
            between = text[at : mark.start]
            if between.isspace() and pieces and pieces[-1].verdict == "drop" and mark.verdict == "doubt":
                mark = mark._replace(start=at)  # noqa: PLW2901 - the white space is its own
            elif pieces and between.isspace() and pieces[-1].verdict != "keep":
                pieces[-1] = pieces[-1]._replace(end=mark.start)
            elif between.isspace() and not pieces:
                mark = mark._replace(start=at)  # noqa: PLW2901 - white space at the very start has no other home
            else:
                pieces.append(Segment(at, mark.start, "keep", "", ""))
        same = pieces and pieces[-1][2:] == mark[2:]
        if same:
            pieces[-1] = pieces[-1]._replace(end=mark.end)
        else:
            pieces.append(Segment(*mark))
        at = mark.end
    if at < len(text):
        if pieces and text[at:].isspace():
            pieces[-1] = pieces[-1]._replace(end=len(text))
        else:
            pieces.append(Segment(at, len(text), "keep", "", ""))
    return tuple(pieces)


def merged(marks: list[Mark]) -> list[Mark]:
    """Sorted, without overlap: what starts first wins, then what is longer, then what is certain."""
    out: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.verdict != "drop")):
        start = max(mark.start, out[-1].end) if out else mark.start
        if start < mark.end:
            out.append(mark._replace(start=start))
    return out


def overlaid(drops: list[Mark], doubts: list[Mark]) -> list[Mark]:
    """The drops, and the doubts as far as nothing of them is dropped; both without overlap and in order."""
    left: list[Mark] = []
    at = 0
    for doubt in doubts:
        start = doubt.start
        while at and drops[at - 1].end > start:
            at -= 1
        while at < len(drops) and drops[at].start < doubt.end:
            if start < drops[at].start:
                left.append(doubt._replace(start=start, end=drops[at].start))
            start = max(start, drops[at].end)
            at += 1
        if start < doubt.end:
            left.append(doubt._replace(start=start))
    return sorted(drops + left)


def without(text: str, marks: list[Mark]) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and where its pieces stood: (offset in the rest, offset in the text)."""
    if not marks:
        return text, [(0, 0)]
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    length = 0
    for segment in cover(text, marks):
        if segment.verdict == "keep":
            pieces.append(text[segment.start : segment.end])
            offsets.append((length, segment.start))
            length += segment.end - segment.start
    return "".join(pieces), offsets or [(0, 0)]


def moved(mark: Mark, offsets: list[tuple[int, int]]) -> list[Mark]:
    """A mark on the rest of a text as marks on the text; several where something was cut out between."""
    pieces: list[Mark] = []
    for index, (begin, origin) in enumerate(offsets):
        end = offsets[index + 1][0] if index + 1 < len(offsets) else mark.end
        start, stop = max(mark.start, begin), min(mark.end, end)
        if start < stop:
            pieces.append(mark._replace(start=start - begin + origin, end=stop - begin + origin))
    return pieces
