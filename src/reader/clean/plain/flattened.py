"""The head of a page whose lines were all joined to one: labels, and a title that is said twice."""

import re
from collections.abc import Iterator, Sequence

from reader.clean.marks import Mark
from reader.clean.plain.outside import Line
from reader.clean.rules import Ruleset

_LEAST = 600
"""A shorter line, in code points, is no page."""
_WITHIN = 400
"""How far into such a line its head reaches at most."""
_LONGEST_LABEL = 5
"""So many words make up a label at most."""
_SHORTEST_TITLE = 4
"""So many words said twice in a row are a title; fewer are a name."""

_TOKEN = re.compile(r"\S+")
_TIME = re.compile(r"(?<!\S)\d{1,2}[ -]min(?:ute)?s? read(?!\w)", re.IGNORECASE)


def flattened_head(text: str, lines: Sequence[Line], rules: Ruleset) -> Iterator[Mark]:
    """What is no article at the start of a text that is one line.

    Args:
        text: the page text.
        lines: all lines of the text that hold anything.
        rules: the rules; those for heads and for lines say what a label is.
    """
    if len(lines) != 1 or lines[0].end - lines[0].start < _LEAST:
        return
    line = lines[0]
    within = line.start + _WITHIN
    tokens = [
        match.span() for match in _TOKEN.finditer(text, line.start, within + 40) if match.end() <= within
    ]
    words = [text[start:end] for start, end in tokens]
    index = _after_labels(words, rules)
    if index > 1:
        yield Mark(
            tokens[0][0], tokens[index - 1][1], "doubt", "before the start of the article", "outside.head"
        )
    else:
        index = 0
    if title := _said_twice(words, index):
        start, again, length = title
        yield Mark(
            tokens[start][0], tokens[start + length - 1][1], "drop", "repeated line", "outside.repeated"
        )
        if again > start + length:
            yield Mark(
                tokens[start + length][0],
                tokens[again - 1][1],
                "doubt",
                "before the start of the article",
                "outside.head",
            )
    if time := _TIME.search(text, line.start, within):
        yield Mark(*time.span(), "doubt", "reading time", "media.reading-time")


def _after_labels(words: Sequence[str], rules: Ruleset) -> int:
    """How many words at the start are labels, one after the other."""
    index = 0
    while index < len(words):
        for length in range(min(_LONGEST_LABEL, len(words) - index), 0, -1):
            shown = " ".join(words[index : index + length])
            if rules.head.whole(shown) or rules.line.whole(shown):
                index += length
                break
        else:
            return index
    return 0


def _said_twice(words: Sequence[str], begin: int) -> tuple[int, int, int] | None:
    """Where a title is said, where it is said again soon, and of how many words it is; None if none is.

    A title begins with a capital, and most of its longer words do where it is not a sentence.
    """
    for start in range(begin, min(begin + 8, len(words))):
        if not words[start][0].isupper() and not words[start][0].isdigit():
            continue
        for again in range(start + _SHORTEST_TITLE, min(start + 40, len(words) - _SHORTEST_TITLE)):
            length = 0
            while (
                again + length < len(words)
                and start + length < again
                and words[start + length] == words[again + length]
            ):
                length += 1
            if length >= _SHORTEST_TITLE and not any(
                word[-1] in ".!?" for word in words[start : start + length - 1]
            ):
                return start, again, length
    return None
