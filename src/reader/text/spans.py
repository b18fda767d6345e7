"""Spans of a text: what they quote, where a quote stands, and how they overlap."""

import re
import unicodedata
from collections.abc import Sequence

from reader.model import Span
from reader.text.boundaries import grapheme_at

CONTEXT = 32
"""Code points of text that are kept on each side of a quote, to find it again elsewhere."""


def quote_of(text: str, span: Span) -> tuple[str, str, str]:
    """What a span quotes: its text, and up to `CONTEXT` code points before and after, no cluster cut."""
    before = max(0, span.start - CONTEXT)
    cluster = grapheme_at(text, before)
    if cluster.start < before:
        before = min(cluster.end, span.start)
    after = min(len(text), span.end + CONTEXT)
    cluster = grapheme_at(text, after)
    if cluster.start < after:
        after = max(cluster.start, span.end)
    return text[span.start : span.end], text[before : span.start], text[span.end : after]


def trim(text: str, span: Span) -> Span:
    """A span without the white space at its edges; the span itself where it is nothing else."""
    exact = text[span.start : span.end]
    if not exact or exact.isspace():
        return span
    start = span.end - len(exact.lstrip())
    end = span.start + len(exact.rstrip())
    # A space may carry a mark: it is then not white space, and is not parted from it.
    return Span(
        max(span.start, grapheme_at(text, start).start), min(span.end, grapheme_at(text, end - 1).end)
    )


def occurrences(text: str, quote: str) -> list[Span]:
    """Where a quote stands in a text, in order; two may overlap, as in a word that repeats itself.

    Args:
        text: A canonical text (NFC).
        quote: What is looked for, in any normal form. A run of white space in it stands for any such run.

    Returns:
        The spans that begin and end between clusters; none for an empty quote.
    """
    pieces = re.split(r"\s+", unicodedata.normalize("NFC", quote))
    if not quote:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, pieces)))
    found: list[Span] = []
    match = pattern.search(text)
    while match:
        span = Span(*match.span())
        if _between_clusters(text, span.start) and _between_clusters(text, span.end):
            found.append(span)
        match = pattern.search(text, span.start + 1)
    return found


def levels(spans: Sequence[Span]) -> list[int]:
    """The column of each span, such that spans that overlap stand in different columns.

    Greedy interval partitioning: no more columns than spans overlap at one place. An empty span takes the
    room of one code point.

    Args:
        spans: In any order.

    Returns:
        For each, in the same order, its column, from 0.
    """
    columns = [0] * len(spans)
    free_from: list[int] = []
    for index in sorted(range(len(spans)), key=lambda index: (spans[index].start, -spans[index].end, index)):
        start, end = spans[index]
        column = next((column for column, free in enumerate(free_from) if free <= start), len(free_from))
        if column == len(free_from):
            free_from.append(0)
        free_from[column] = max(end, start + 1)
        columns[index] = column
    return columns


def stack(spans: Sequence[Span]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Cuts overlapping spans into pieces that do not overlap.

    Args:
        spans: In any order; empty ones cover nothing.

    Returns:
        Start, end and the indices, ascending, of the spans that cover each piece; sorted, each covered by at
        least one span, no two neighbours covered by the same ones.
    """
    edges = sorted(
        edge
        for index, (start, end) in enumerate(spans)
        if start < end
        for edge in ((start, index, True), (end, index, False))
    )
    pieces: list[tuple[int, int, tuple[int, ...]]] = []
    open_spans: set[int] = set()
    last = 0
    for offset, index, opens in edges:
        if open_spans and offset > last:
            pieces.append((last, offset, tuple(sorted(open_spans))))
        last = offset
        if opens:
            open_spans.add(index)
        else:
            open_spans.remove(index)
    return pieces


def _between_clusters(text: str, offset: int) -> bool:
    """Whether an offset is not inside a grapheme cluster."""
    return grapheme_at(text, offset).start == offset
