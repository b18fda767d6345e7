"""A sentence as words and marks, which is what the rules about who speaks look at."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from reader.claims.quotations import within
from reader.claims.rules import rules
from reader.model import Span

_QUOTE_MARKS = frozenset('“”"«»„‘’「」『』')


class Token(NamedTuple):
    """A word, a number or a mark."""

    text: str
    start: int
    end: int
    quoted: bool
    """Whether it stands in quotation marks."""

    @property
    def lower(self) -> str:
        """The word in lower case, without the full stop of an abbreviation."""
        return self.text.lower().rstrip(".") or self.text

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it is a word that begins with a capital."""
        return self.text[0].isupper()

    @property
    def is_quote_mark(self) -> bool:
        """Whether it is a quotation mark."""
        return self.text in _QUOTE_MARKS


def tokens(text: str, span: Span, quotes: Sequence[Span]) -> list[Token]:
    """The words and marks of a sentence, in order.

    Args:
        text: The text.
        span: The sentence.
        quotes: What is quoted in the text around, as `quotations` gives it.
    """
    parts = within(quotes, span.start, span.end)
    found = []
    for match in _pattern().finditer(text, span.start, span.end):
        start, end = match.span()
        while parts and parts[0].end <= start:
            del parts[0]
        quoted = bool(parts) and parts[0].start <= start
        if quoted and parts[0].end == end - 1:
            end -= 1  # ‘… the dogs’ he said: the mark closes the quote and is no apostrophe.
        found.append(Token(text[start:end], start, end, quoted))
    return found


@cache
def _pattern() -> re.Pattern[str]:
    titles = "|".join(sorted(rules().titles, key=len, reverse=True))
    return re.compile(
        rf"(?:[^\W\d_]\.){{2,}}|\b(?:(?i:{titles})|jr|Jr|sr|Sr)\.|\b[A-Z]\.(?=[ \u00a0][A-Z])"
        r"|\d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th)\b)?(?:-\w+)*"
        r"|[^\W\d_]\w*s[’'](?=[ \u00a0][^\W\d_])|[^\W\d_]\w*(?:[’'\-‑]\w+)*|[^\w\s]"
    )
