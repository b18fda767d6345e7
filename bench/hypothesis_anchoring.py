"""How Hypothesis's client finds a quote again, ported from ``src/annotator/anchoring/match-quote.ts``.

All exact occurrences are candidates; only without one those places that have the fewest errors, up to half of
the quote's length and at most 256. The best score wins, however low it is; there is no such thing as a doubt.
"""

from typing import Any

import edlib

from reader.model import Span

_CONTEXT = 32
_QUOTE, _PREFIX, _SUFFIX, _POSITION = 50, 20, 20, 2
_MOST_ERRORS = 256


def anchored(old: str, new: str, span: Span) -> Span | None:
    """Where a span of the old text is said to be in the new one; None where it is given up."""
    exact = old[span.start : span.end]
    prefix = old[max(0, span.start - _CONTEXT) : span.start]
    suffix = old[span.end : span.end + _CONTEXT]
    candidates = _exact(new, exact) or _close(new, exact, min(_MOST_ERRORS, len(exact) // 2))
    scored = [
        (_score(new, place, errors, exact, prefix, suffix, span.start), place) for place, errors in candidates
    ]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _exact(text: str, quote: str) -> list[tuple[Span, int]]:
    found = []
    at = text.find(quote)
    while at >= 0:
        found.append((Span(at, at + len(quote)), 0))
        at = text.find(quote, at + 1)
    return found


def _close(text: str, quote: str, most: int) -> list[tuple[Span, int]]:
    result = _align(quote, text, "locations", most)
    return [
        (Span(start or 0, end + 1), result["editDistance"])
        for start, end in result["locations"]
        if result["editDistance"] >= 0
    ]


def _score(text: str, place: Span, errors: int, exact: str, prefix: str, suffix: str, hint: int) -> float:
    before = text[max(0, place.start - len(prefix)) : place.start]
    after = text[place.end : place.end + len(suffix)]
    total = (
        _QUOTE * (1 - errors / len(exact))
        + _PREFIX * _likeness(before, prefix)
        + _SUFFIX * _likeness(after, suffix)
        + _POSITION * (1 - abs(place.start - hint) / len(text))
    )
    return total / (_QUOTE + _PREFIX + _SUFFIX + _POSITION)


def _likeness(text: str, wanted: str) -> float:
    if not wanted:
        return 1.0
    if not text:
        return 0.0
    errors = _align(wanted, text, "distance", len(wanted))["editDistance"]
    return 1 - errors / len(wanted) if errors >= 0 else 0.0


def _align(query: str, target: str, task: str, most: int) -> dict[str, Any]:
    # edlib takes up to 256 different characters; letters that are rarer are told apart less well.
    aligned: dict[str, Any] = edlib.align(_narrow(query), _narrow(target), mode="HW", task=task, k=most)
    return aligned


def _narrow(text: str) -> str:
    return "".join(chr(ord(character) % 256) for character in text)
