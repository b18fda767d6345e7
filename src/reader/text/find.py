"""Finding words in a text as a reader means them."""

import re
import unicodedata
from functools import cache
from itertools import accumulate

from reader.model import Span
from reader.text.boundaries import grapheme_at

_UNJOINED = "\u0300"
"""Between two code points below it a cluster always ends."""

_without_accents = re.compile("[\u0300-\u036f]").sub  # a kana's voicing, an Indic vowel are no accents

_TYPOGRAPHY = str.maketrans("‘’‚‛“”„‟‐‑‒–—―", "''''\"\"\"\"------")
"""Quotation marks and dashes as a keyboard has them."""


def find_all(text: str, needle: str) -> list[Span]:
    """Where words stand in a text, in order, none overlapping another.

    Case and accents do not count, unless the needle has a capital letter: then both do. The shape of
    quotation marks and dashes never counts, nor which white space parts two words.

    Args:
        text: A canonical text (NFC).
        needle: What is looked for; white space around it does not count, and alone finds nothing.

    Returns:
        Spans that begin and end between clusters.
    """
    words = unicodedata.normalize("NFC", needle).split()
    exact = any(character.isupper() for character in needle)
    if not exact:
        words = ["".join(map(_folded, word)) for word in words]
    words = [word.translate(_TYPOGRAPHY) for word in words if word]
    if not words:
        return []
    if exact:
        folded, origin = text.translate(_TYPOGRAPHY), None
    else:
        folded, origin = _fold(text)
    found: list[Span] = []
    for match in re.finditer(r"\s+".join(map(re.escape, words)), folded):
        start, end = match.span()
        if origin is not None:
            start, end = origin[start], origin[end - 1] + 1
        span = _whole(text, start, end)
        if span and (not found or span.start >= found[-1].end):
            found.append(span)
    return found


def _fold(text: str) -> tuple[str, list[int] | None]:
    """A text without case and accents, and where each of its code points begins in the text.

    The second is None where they stand at the same offsets.
    """
    if text.isascii():
        return text.lower(), None
    characters = set(text)
    folds = {ord(character): _folded(character).translate(_TYPOGRAPHY) for character in characters}
    folded = text.translate(folds)
    if all(len(fold) == 1 for fold in folds.values()):
        return folded, None
    lengths = [len(folds[ord(character)]) for character in text]
    origin = [0] * len(folded)
    for offset, (place, length) in enumerate(zip(accumulate(lengths, initial=0), lengths, strict=False)):
        origin[place : place + length] = [offset] * length
    return folded, origin


@cache
def _folded(character: str) -> str:
    """A code point without its case and accents; empty for an accent by itself."""
    bare = _without_accents("", unicodedata.normalize("NFD", character.casefold()))
    return unicodedata.normalize("NFC", bare)


def _whole(text: str, start: int, end: int) -> Span | None:
    """A match that begins with a cluster, up to the end of its last one; else None."""
    joinable = start > 0 and (text[start] >= _UNJOINED or text[start - 1] >= _UNJOINED)
    if joinable and grapheme_at(text, start).start != start:
        return None
    if end < len(text) and (text[end] >= _UNJOINED or text[end - 1] >= _UNJOINED):
        cluster = grapheme_at(text, end)
        if cluster.start < end:
            end = cluster.end
    return Span(start, end)
