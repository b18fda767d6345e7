"""What stands in quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from reader.model import Span

_CLOSING = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"', "「": "」", "『": "』", "'": "'"}

_MARK = re.compile(
    # A single mark opens where a word begins and closes where one ends; between letters it is an apostrophe.
    r"[“”«»„「」『』]|(?<!\d)\"|(?<![\w’])‘(?=\w)|(?<=[\w.,!?…])’(?!\w)"
    # A typewriter's needs a capital behind it, and a space or a stop behind it where it closes.
    r"|(?<![\w'])'(?=[A-Z])|(?<=[\w.,!?…)])'(?=[\s.,;:!?)]|\Z)"
)

_start = attrgetter("start")


def quotations(text: str, start: int, end: int) -> list[Span]:
    """What stands in quotation marks in a stretch of text, without the marks, in order.

    A mark that is not closed quotes up to the end: so does each paragraph of a long quote but the last. A
    straight one does so only where it introduces speech: elsewhere it is an inch, or what is left of a pair.

    Args:
        text: Any text.
        start: Where to begin, in code points; outside quotation marks.
        end: Where to stop.
    """
    found: list[Span] = []
    opened, closes = -1, ""
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if opened >= 0:
            if mark in closes and not _reopens(text, match, start):
                found.append(Span(opened, match.start()))
                opened = -1
            elif mark == "“" and closes == "”":
                # The one before was never closed: the quote begins anew.
                found.append(Span(opened, match.start()))
                opened = match.end()
        elif mark in _CLOSING:
            opened, closes = match.end(), _CLOSING[mark]
    if 0 <= opened < end and (
        closes not in "\"'" or text[start : opened - 1].rstrip()[-1:] in {"", ":", ","}
    ):
        stop = text.find("\n", opened, end)
        found.append(Span(opened, stop if stop >= 0 else end))
    return [span for span in found if span.start < span.end]


def _reopens(text: str, match: re.Match[str], start: int) -> bool:
    """Whether a straight mark that should close stands where one opens, as at a new line."""
    at = match.start()
    return match.group() == '"' and (at == start or text[at - 1] == "\n")


def quoted_share(quotes: Sequence[Span], start: int, end: int) -> float:
    """How much of a range is quoted, from 0 to 1; 0 for an empty one.

    Args:
        quotes: As `quotations` gives them.
        start: Where the range begins.
        end: Where it ends.
    """
    return sum(part.end - part.start for part in within(quotes, start, end)) / max(1, end - start)


def within(quotes: Sequence[Span], start: int, end: int) -> list[Span]:
    """The parts of quotes that lie in a range."""
    first = max(0, bisect_right(quotes, start, key=_start) - 1)
    parts = []
    for quote in quotes[first:]:
        if quote.start >= end:
            break
        if quote.end > start:
            parts.append(Span(max(quote.start, start), min(quote.end, end)))
    return parts
