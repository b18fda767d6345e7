"""How alike two texts are: copies by the runs of words they share, accounts of one event by rare words.

The sketch of a text is a MinHash of its runs of five words by one permutation (Li, Owen and Zhang, "One
Permutation Hashing", NIPS 2012; empty bins filled by rotation, Shrivastava and Li, ICML 2014), cut into bands
as in Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4: two texts that share four fifths of
their runs share a band nearly always, two that share a third hardly ever.
"""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import accumulate
from math import log, sqrt
from zlib import crc32

from reader.text.difference import word_keys

RUN = 5
"""Words of a run."""
FEWEST = 20
"""A text of fewer runs is too short to be told from another by them."""
_BANDS, _ROWS = 16, 4
_BINS = _BANDS * _ROWS
_ABOVE_ALL = 1 << 32
COPY = 0.8
"""The share of runs in common from which two texts are copies of one."""
_number = re.compile(r"\d+").findall
_KEY_WORDS = 16
_FEWEST_COMMON = 3
"""So many words at most say what a text is about, and so many at least have to be in both."""
_SHORT = 3
"""Words of fewer letters say little of what a text is about."""


def runs(text: str) -> set[int]:
    """The runs of five words of a text, as hashes of 32 bits."""
    keys = word_keys(text)
    joined = " ".join(keys).encode("utf-8", "surrogatepass")
    lengths = [len(key) if key.isascii() else len(key.encode("utf-8", "surrogatepass")) for key in keys]
    starts = [0, *accumulate(length + 1 for length in lengths)]
    # All in C: there are as many runs as words.
    slices = map(slice, starts, [end - 1 for end in starts[RUN:]])
    return set(map(crc32, map(joined.__getitem__, slices)))


def sketch(text: str) -> tuple[int, ...]:
    """Numbers by which copies of a text are found: they have at least one in common. None for a short one."""
    found = runs(text)
    if len(found) < FEWEST:
        return ()
    least: dict[int, int] = {}
    for run in found:
        place, value = run % _BINS, run // _BINS
        if value < least.get(place, _ABOVE_ALL):
            least[place] = value
    filled: list[int] = []
    for place in range(_BINS):
        # An empty bin takes the next full one's value, told apart by how far it came.
        distance = next(step for step in range(_BINS) if (place + step) % _BINS in least)
        filled.append(least[(place + distance) % _BINS] + (distance << 32))
    return tuple(
        band << 32 | crc32(",".join(map(str, filled[band * _ROWS : (band + 1) * _ROWS])).encode())
        for band in range(_BANDS)
    )


def shared(one: str, other: str) -> float:
    """The share of the runs of two texts that both have (Jaccard's index), 0 to 1."""
    here, there = runs(one), runs(other)
    return len(here & there) / len(here | there) if here or there else 0.0


def are_copies(one: str, other: str, *, one_site: bool) -> bool:
    """Whether two texts are one, but for a few words.

    Reports that are made by a form (of prices, of the weather, of matches) differ in their numbers alone, and
    a site that gives such two addresses means two articles.

    Args:
        one: a text.
        other: the other one.
        one_site: whether both stand on the same site, at different addresses.
    """
    if sorted(_number(one)) != sorted(_number(other)):
        return False
    return shared(one, other) >= (1.0 if one_site else COPY)


def key_words(text: str, spread: Mapping[str, int], count: int) -> dict[str, float]:
    """The words that a text is about, each with its weight: often here and in few other texts.

    Args:
        text: the text.
        spread: in how many of the texts each word stands; a word that is not there stands in this one only.
        count: how many texts there are.

    Returns:
        Up to 16 words of at least three letters that another text could have too, the weightiest first.
    """
    often = max(2, min(max(8, count // 10), count // 3))
    weights = {
        word: (1 + log(times)) * log((count + 1) / (spread[word] + 0.5))
        for word, times in word_counts(text).items()
        if 1 < spread.get(word, 0) <= often
    }
    ordered = sorted(weights, key=lambda word: (-weights[word], word))
    return {word: weights[word] for word in ordered[:_KEY_WORDS]}


def word_counts(text: str) -> Counter[str]:
    """How often each word of three letters or more stands in a text; numbers are words too."""
    return Counter(key for key in word_keys(text) if len(key) >= _SHORT)


def about_the_same(weights: Mapping[str, float], text: str) -> float:
    """How much of what one text is about another one speaks of, 0 to 1; 0 where it is less than three words.

    Args:
        weights: what `key_words` gives of the one.
        text: the other.
    """
    counts = word_counts(text)
    common = [weight for word, weight in weights.items() if counts[word]]
    if len(common) < _FEWEST_COMMON:
        return 0.0
    return sqrt(sum(weight**2 for weight in common) / sum(weight**2 for weight in weights.values()))
