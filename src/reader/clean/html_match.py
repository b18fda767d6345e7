"""Which blocks of a page an extractor's article is made of."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"\w+")

_LONG = 6
"""From this many words on a block is found by its runs of words, a shorter one as a whole paragraph."""

_SHINGLE = 4
_SHARE = 0.5
"""The least share of a long block's words that must stand in the article."""


def matched(blocks: Sequence[str], article: Sequence[str]) -> list[bool]:
    """Whether each block made it into the article.

    Long blocks are found by the runs of four words they share with the article; each place in the article
    counts once, so that a teaser that repeats a sentence does not count too. Short ones must be one of the
    article's paragraphs, between the long ones they stand between on the page.

    Args:
        blocks: the texts of the page's blocks, in document order; empty for an image.
        article: the texts of the article's paragraphs, in order.
    """
    words = [_words(block) for block in blocks]
    paragraphs = [found for paragraph in article if (found := _words(paragraph))]
    places = _long_blocks(words, paragraphs)
    hits = [place is not None for place in places]
    _short_blocks(words, paragraphs, places, hits)
    return hits


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _long_blocks(words: Sequence[Sequence[str]], paragraphs: Sequence[Sequence[str]]) -> list[int | None]:
    """For each long block the article's paragraph where it begins, else None."""
    where: list[int] = []
    stream: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        stream += paragraph
        where += [number] * len(paragraph)
    index: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for at in range(len(stream) - _SHINGLE + 1):
        index[tuple(stream[at : at + _SHINGLE])].append(at)
    used = bytearray(len(stream))
    return [_place(block, index, used, where) if len(block) >= _LONG else None for block in words]


def _place(
    block: Sequence[str], index: dict[tuple[str, ...], deque[int]], used: bytearray, where: Sequence[int]
) -> int | None:
    """Where a long block begins in the article, marking the words it takes; None if too few are there."""
    covered = bytearray(len(block))
    taken: list[int] = []
    begin: int | None = None
    for at in range(len(block) - _SHINGLE + 1):
        places = index.get(tuple(block[at : at + _SHINGLE]))
        while places and used[places[0]]:
            places.popleft()
        if not places:
            continue
        begin = places[0] if begin is None else begin
        for step in range(_SHINGLE):
            covered[at + step] = 1
            taken.append(places[0] + step)
    if begin is None or sum(covered) < _SHARE * len(block):
        return None
    for place in taken:
        used[place] = 1
    return where[begin]


def _short_blocks(
    words: Sequence[Sequence[str]],
    paragraphs: Sequence[Sequence[str]],
    places: Sequence[int | None],
    hits: list[bool],
) -> None:
    """Mark the short blocks that are paragraphs between the long ones before and after them."""
    index = _edges(paragraphs)
    anchors = [at for at, place in enumerate(places) if place is not None]
    for left, right in pairwise([-1, *anchors, len(words)]):
        low = places[left] if left >= 0 else 0
        high = places[right] if right < len(words) else len(paragraphs)
        if low is None or high is None or high < low:
            continue
        if left < 0:
            # Before the first long block the nearest to it counts: what repeats above it is a menu.
            for at in range(right - 1, -1, -1):
                found = index.get(tuple(words[at]), ())
                position = bisect_right(found, high) - 1
                if position >= 0:
                    hits[at], high = True, found[position]
        else:
            for at in range(left + 1, right):
                found = index.get(tuple(words[at]), ())
                position = bisect_left(found, low)
                if position < len(found) and found[position] <= high:
                    hits[at], low = True, found[position]


def _edges(paragraphs: Sequence[Sequence[str]]) -> dict[tuple[str, ...], list[int]]:
    """Each short paragraph and each short beginning and end of one (a lead-in), and where they stand."""
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, paragraph in enumerate(paragraphs):
        for size in range(1, min(len(paragraph), _LONG - 1) + 1):
            for edge in {tuple(paragraph[:size]), tuple(paragraph[-size:])}:
                index[edge].append(number)
    return index
