"""Which blocks of a page an extractor's article is made of."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import TypeAlias

_WORD = re.compile(r"\w+")

_LONG = 6
"""From this many words on a block is found by its runs of words, a shorter one as a whole paragraph."""

_SHINGLE = 4
_SHARE = 0.5
"""The least share of a long block's words that must stand in the article."""


Words: TypeAlias = tuple[str, ...]


@lru_cache(maxsize=2048)
def words_of(text: str) -> Words:
    """The words of a text, without case; remembered, since most paragraphs of an article are blocks too."""
    return tuple(_WORD.findall(text.casefold()))


def matched(words: Sequence[Words], article: Sequence[str]) -> list[bool]:
    """Whether each block made it into the article.

    Long blocks are found as whole paragraphs, else by the runs of four words they share with it; each
    place in the article counts once, so that a teaser that repeats a sentence does not count too. Short ones
    must be one of the article's paragraphs, between the long ones they stand between on the page.

    Args:
        words: those of the page's blocks, in document order; none for an image.
        article: the texts of the article's paragraphs, in order.
    """
    paragraphs = [found for paragraph in article if (found := words_of(paragraph))]
    places = _long_blocks(words, paragraphs)
    hits = [place is not None for place in places]
    _short_blocks(words, paragraphs, places, hits)
    return hits


def _long_blocks(words: Sequence[Words], paragraphs: Sequence[Words]) -> list[int | None]:
    """For each long block the article's paragraph where it begins, else None."""
    where: list[int] = []
    stream: list[str] = []
    begins: dict[Words, deque[int]] = defaultdict(deque)
    for number, paragraph in enumerate(paragraphs):
        begins[paragraph].append(len(stream))
        stream += paragraph
        where += [number] * len(paragraph)
    used = bytearray(len(stream))
    places: list[int | None] = [None] * len(words)
    for at, block in enumerate(words):
        whole = begins.get(block) if len(block) >= _LONG else None
        if whole:
            begin = whole.popleft()
            used[begin : begin + len(block)] = b"\1" * len(block)
            places[at] = where[begin]
    index = _unused_shingles(stream, used)
    for at, block in enumerate(words):
        if index and places[at] is None and len(block) >= _LONG:
            places[at] = _place(block, index, used, where)
    return places


def _unused_shingles(stream: Sequence[str], used: bytearray) -> dict[Words, deque[int]]:
    """Where in the article each run of words begins that no block has taken as a whole paragraph."""
    index: dict[Words, deque[int]] = defaultdict(deque)
    start = used.find(0)
    while start >= 0:
        end = used.find(1, start)
        end = len(used) if end < 0 else end
        for at, shingle in enumerate(_shingles(stream[start : end + _SHINGLE - 1]), start):
            index[shingle].append(at)
        start = used.find(0, end)
    return index


def _shingles(words: Sequence[str]) -> Iterator[Words]:
    return zip(*(islice(words, start, None) for start in range(_SHINGLE)), strict=False)


def _place(block: Words, index: dict[Words, deque[int]], used: bytearray, where: Sequence[int]) -> int | None:
    """Where a long block begins in the article, marking the words it takes; None if too few are there."""
    shingles = list(_shingles(block))
    if index.keys().isdisjoint(shingles):
        return None
    covered = bytearray(len(block))
    taken: list[int] = []
    begin: int | None = None
    for at, shingle in enumerate(shingles):
        places = index.get(shingle)
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
    words: Sequence[Words],
    paragraphs: Sequence[Words],
    places: Sequence[int | None],
    hits: list[bool],
) -> None:
    """Mark the short blocks that are paragraphs between the long ones before and after them."""
    index = _edges(paragraphs, {block for block in words if len(block) < _LONG})
    anchors = [at for at, place in enumerate(places) if place is not None]
    for left, right in pairwise([-1, *anchors, len(words)]):
        low = places[left] if left >= 0 else 0
        high = places[right] if right < len(words) else len(paragraphs)
        if low is None or high is None or high < low:
            continue
        if left < 0:
            # Before the first long block the nearest to it counts: what repeats above it is a menu.
            for at in range(right - 1, -1, -1):
                found = index.get(words[at], ())
                position = bisect_right(found, high) - 1
                if position >= 0:
                    hits[at], high = True, found[position]
        else:
            for at in range(left + 1, right):
                found = index.get(words[at], ())
                position = bisect_left(found, low)
                if position < len(found) and found[position] <= high:
                    hits[at], low = True, found[position]


def _edges(paragraphs: Sequence[Words], sought: Container[Words]) -> dict[Words, list[int]]:
    """Which of these paragraphs each short text begins or ends (a lead-in), or is the whole of."""
    index: dict[Words, list[int]] = defaultdict(list)
    for number, paragraph in enumerate(paragraphs):
        for size in range(1, min(len(paragraph), _LONG - 1) + 1):
            for edge in {paragraph[:size], paragraph[-size:]}:
                if edge in sought:
                    index[edge].append(number)
    return index
