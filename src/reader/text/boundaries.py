"""Where grapheme clusters and words begin and end (UAX #29), as `regex` knows them.

The functions work on a window of the text around the offset, so they take microseconds in a text of any size.
`regex` is imported at the first call: the program starts without it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from reader.model import Span

_UNJOINED = "\u0300"
"""Below it every code point is a cluster of its own (carriage return before newline apart)."""


def grapheme_at(text: str, offset: int) -> Span:
    """The extended grapheme cluster that holds a code point.

    Args:
        text: Any text.
        offset: A code point, 0 or more.

    Returns:
        The cluster; empty at the text's end where the offset is there or beyond.
    """
    length = len(text)
    if offset >= length:
        return Span(length, length)
    match = _cluster()
    start = _certain_start(text, offset)
    while (end := match(text, start).end()) <= offset:
        start = end
    return Span(start, end)


def next_grapheme(text: str, offset: int) -> int:
    """The end of the cluster at an offset, in code points; the text's end at its end."""
    pair = text[offset : offset + 2]
    if len(pair) == 2 and pair[0] < _UNJOINED and pair[1] < _UNJOINED and pair[0] != "\r":
        return offset + 1
    return grapheme_at(text, offset).end


def previous_grapheme(text: str, offset: int) -> int:
    """The start of the cluster before an offset, in code points; 0 at the text's start."""
    return grapheme_at(text, offset - 1).start if offset > 0 else 0


def clusters(text: str) -> list[str]:
    """A text's clusters, in order."""
    return _clusters()(text)


def words(text: str, start: int, end: int) -> list[Span]:
    """The words of a range that hold a letter or a digit, in order.

    Args:
        text: Any text.
        start: Where to begin, in code points; a word boundary.
        end: Where to stop; a word boundary.

    Returns:
        Their spans, by UAX #29's default rules: ``can't`` and ``3.14`` are one word, ``so-called`` is two,
        an ideograph or a hiragana is one each.
    """
    edges, wordlike = _word_edges(), _wordlike()
    found: list[Span] = []
    begin = start
    for edge in edges(text, start, end):
        stop = edge.start()
        if stop > begin:
            if wordlike(text, begin, stop):
                found.append(Span(begin, stop))
            begin = stop
    if end > begin and wordlike(text, begin, end):
        found.append(Span(begin, end))
    return found


def _certain_start(text: str, offset: int) -> int:
    """A cluster's start at or before an offset, the nearest that can be told from two code points."""
    if offset == 0:
        return 0
    if text[offset] < _UNJOINED and text[offset - 1] < _UNJOINED and text[offset - 1] != "\r":
        return offset
    found = _certain()(text, 0, offset + 1)
    return found.start() if found else 0


# `regex` is loaded by these, once each: an article can be listed, and its title drawn, without it.


# A pair of flag letters is matched first: \X counts the letters back to their run's start at each step.
_CLUSTER = r"\p{RI}{2}(?=\p{RI})|\X"


@cache
def _cluster() -> Callable[..., Any]:
    import regex

    return regex.compile(_CLUSTER).match


@cache
def _clusters() -> Callable[[str], list[str]]:
    import regex

    return regex.compile(_CLUSTER).findall


@cache
def _certain() -> Callable[..., Any]:
    """Searches backwards for a code point that certainly begins a cluster, whatever stands further back.

    Two code points that neither extend nor prepend are always apart (GB999). So is one after a spacing mark,
    and after any other mark, a zero width joiner apart, but for a consonant that a virama may join (GB9c).
    """
    import regex

    starter = r"\p{GCB=Other}\p{GCB=LV}\p{GCB=LVT}"
    closed = rf"[{starter}\p{{GCB=SpacingMark}}\p{{GCB=V}}\p{{GCB=T}}\p{{GCB=Control}}\r\n]"
    marks = r"[[\p{GCB=Extend}]--[\u200d]]"
    unlinked = rf"[[{starter}]--[\p{{InSC=Consonant}}]]"
    return regex.compile(rf"(?rV1)(?:(?<={closed})[{starter}]|(?<={marks}){unlinked})").search


@cache
def _word_edges() -> Callable[..., Any]:
    import regex

    return regex.compile(r"(?w)\b").finditer


@cache
def _wordlike() -> Callable[..., Any]:
    import regex

    return regex.compile(r"[\p{L}\p{N}]").search
