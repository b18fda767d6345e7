"""Carrying marks from one text of an original to another one, through the page text that both were made from.

No search is needed: what two texts of one page text have in common is known code point by code point.
"""

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from reader.model import Anchor, Link, Span
from reader.text.align import to_page, to_text
from reader.text.spans import quote_of

_TEXT, _PAGE = 0, 1
"""The sides of a link, as the positions of its fields."""


def carry(
    anchor: Anchor, before: Sequence[Link], revision_id: str, text: str, after: Sequence[Link]
) -> Anchor:
    """An anchor's place in another text of the same original.

    Args:
        anchor: where the mark sits now.
        before: the map from its text to the page text.
        revision_id: the revision that has the other text.
        text: the other text.
        after: the map from that to the page text.

    Returns:
        The anchor with the status it had where it quotes the same words; ``review`` where words are missing
        or have come in between; ``orphan`` where none of them is left. An orphan is an empty span at the
        place where the words would be, and keeps its quote.
    """
    found = _range(anchor.span, before, after)
    if found is None or anchor.status == "orphan":
        page = to_page(before, anchor.span.start)
        place = to_text(after, page) if page is not None else None
        at = min(place or 0, len(text))
        return anchor._replace(revision_id=revision_id, span=Span(at, at), status="orphan")
    lead, span, trail = found
    # A code point that is in no link (it was composed, or mended) is where its neighbours are.
    whole = Span(max(0, span.start - lead), span.end + trail)
    if text[whole.start : whole.end] == anchor.exact:
        span = whole
    exact, prefix, suffix = quote_of(text, span)
    same = "".join(exact.split()) == "".join(anchor.exact.split())
    return Anchor(revision_id, span, exact, prefix, suffix, anchor.status if same else "review")


def carried_offset(offset: int, before: Sequence[Link], after: Sequence[Link]) -> int:
    """The offset in another text of the same original that is nearest to an offset in this one."""
    page = to_page(before, offset)
    return (to_text(after, page) or 0) if page is not None else 0


def page_ranges(span: Span, links: Sequence[Link]) -> list[Span]:
    """The stretches of the page text that a span of the text was made from, in order."""
    return [Span(there, there + length) for _, there, length in _clipped(span, links, _TEXT)]


def _clipped(span: Span, links: Sequence[Link], side: int) -> list[tuple[int, int, int]]:
    """What of each link lies in a span of one side: start on this side, start on the other, length."""
    found = []
    at = max(0, bisect_right(links, span.start, key=itemgetter(side)) - 1)
    while at < len(links) and links[at][side] < span.end:
        here, there, length = links[at][side], links[at][1 - side], links[at].length
        start, end = max(span.start, here), min(span.end, here + length)
        if start < end:
            found.append((start, there + start - here, end - start))
        at += 1
    return found


def _range(span: Span, before: Sequence[Link], after: Sequence[Link]) -> tuple[int, Span, int] | None:
    """From the first to the last code point of a span that the other text has too.

    Returns:
        How many code points of the span are in no link before its first one, the range in the other text,
        and how many are in none after its last one; None where nothing of the span is there.
    """
    pieces = _clipped(span, before, _TEXT)
    found = [
        (there, length)
        for _, page, size in pieces
        for _, there, length in _clipped(Span(page, page + size), after, _PAGE)
    ]
    if not found:
        return None
    lead = pieces[0][0] - span.start
    trail = span.end - pieces[-1][0] - pieces[-1][2]
    return lead, Span(found[0][0], found[-1][0] + found[-1][1]), trail
