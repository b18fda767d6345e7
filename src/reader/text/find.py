"""Finding words in a text as a reader means them."""

import re
import unicodedata

from reader.model import Span
from reader.text.boundaries import grapheme_at


def find_all(text: str, needle: str) -> list[Span]:
    """The places where words stand, in order, none overlapping another, no grapheme cluster cut in two.

    Case and accents do not count, unless the needle has a capital letter: then both do. White space in the
    needle matches any white space; white space alone finds nothing.
    """
    words = needle.split()
    if not words:
        return []
    exact = any(character.isupper() for character in needle)
    pattern = re.compile(r"\s+".join(re.escape(word if exact else _folded(word)) for word in words))
    if exact:
        spans = [Span(*match.span()) for match in pattern.finditer(text)]
    else:
        folded, origin = _folded_with_origin(text)
        spans = [
            Span(origin[match.start()], origin[match.end() - 1] + 1)
            if origin is not None
            else Span(*match.span())
            for match in pattern.finditer(folded)
        ]
    return _whole(text, spans)


def _folded(text: str) -> str:
    """Without case and accents."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(character for character in decomposed if not unicodedata.combining(character)) or plain


def _folded_with_origin(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and the offset each of its characters came from; None where they are the same."""
    if text.isascii():
        return text.lower(), None
    folded: list[str] = []
    origin: list[int] = []
    known: dict[str, str] = {}
    for offset, character in enumerate(text):
        if character < "\x80":
            plain = character.lower()
        else:
            found = known.get(character)
            if found is None:
                alone = unicodedata.combining(character) > 0
                found = known[character] = "" if alone else _folded(character)
            plain = found
        folded.append(plain)
        origin.extend([offset] * len(plain))
    return "".join(folded), origin


def _whole(text: str, spans: list[Span]) -> list[Span]:
    whole: list[Span] = []
    for start, end in spans:
        grown = Span(grapheme_at(text, start).start, max(end, grapheme_at(text, end - 1).end))
        if not whole or grown.start >= whole[-1].end:
            whole.append(grown)
    return whole
