"""Speakers' turns: ``MAYNES: Well, …`` in a transcript, ``Q:`` and ``A:`` in an interview."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from reader.claims.people import Party, fullest
from reader.claims.rules import rules
from reader.model import Block, Span

_LABEL = re.compile(
    r"[ \t]*(?P<name>[^\W\d_a-z](?:[\w.’'\- ]{0,38}?[\w.])?)"
    r"(?:,[^:,\n]{2,30}|[ ]\([^:)\n]{2,40}\))?:(?=\s|$)"  # “HOST”, “BYLINE”, “(on tape)”
)
_FEWEST = 3
"""Turns that a text must have for any of its labels to be one."""

_MOST = 200
"""Different labels of a transcript; what has more is a list."""
_DENSE = 0.34
"""The share of lines, from the first turn to the last, that begin one: an answer may have paragraphs."""
_LONGEST = 90
"""Code points of a line in which a label ends."""

_start = attrgetter("start")


class Turn(NamedTuple):
    """One speaker's words, from the label on."""

    start: int
    """Where the label begins."""
    body: int
    """Where the words begin."""
    end: int
    """Where the next turn begins; the last turn ends with its line."""
    speaker: str
    """In full, where the text has the full name; empty where the label names nobody."""


class _Label(NamedTuple):
    """What stands before a colon where a line begins."""

    name: str
    start: int
    body: int
    line_end: int
    line: int
    """The number of the line."""


class Turns:
    """The turns of one text; looked for when first asked."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self._text = text
        self._blocks = blocks

    def at(self, offset: int) -> Turn | None:
        """The turn that holds a code point, or None."""
        index = bisect_right(self._all, offset, key=_start) - 1
        return self._all[index] if index >= 0 and offset < self._all[index].end else None

    @cached_property
    def _all(self) -> tuple[Turn, ...]:
        labels = self._labels()
        counts = Counter(surname(label.name) for label in labels)
        names = {label.name for label in labels if counts[surname(label.name)] > 1 or " " in label.name}
        if len(names) > _MOST:
            return ()
        names = set(filter(self._is_name, names))
        labels = [label for label in labels if label.name in names]
        if len(labels) < _FEWEST or len(set(map(surname, names))) < 2:
            return ()
        if len(labels) < _DENSE * (labels[-1].line - labels[0].line + 1):
            return ()  # A list with headings before some of its items.
        speakers = self._speakers(names)
        ends = [*(label.start for label in labels[1:]), labels[-1].line_end]
        return tuple(
            Turn(label.start, label.body, end, speakers[surname(label.name)])
            for label, end in zip(labels, ends, strict=True)
        )

    def _labels(self) -> list[_Label]:
        never = rules().rubrics
        found = []
        number = 0
        for block in self._blocks:
            if block.kind == "code":
                continue
            for line in lines(self._text, Span(block.start, block.end)):
                number += 1
                if self._text.find(":", line.start, min(line.end, line.start + _LONGEST)) < 0:
                    continue
                match = _LABEL.match(self._text, line.start, line.end)
                if match and match["name"].lower() not in never and len(match["name"].split()) <= 4:
                    found.append(_Label(match["name"], match.start(), match.end(), line.end, number))
        return found

    def _is_name(self, name: str) -> bool:
        """Whether a label is a name: in capitals, or in words with capitals that the text never has small."""
        if name.isupper():
            return True
        words = name.split()
        return all(word[0].isupper() for word in words) and not any(
            f" {word.lower()} " in self._text for word in words if word.isalpha()
        )

    def _speakers(self, names: Iterable[str]) -> dict[str, str]:
        """Who is meant by each surname: the longest label with it, as names are written."""
        longest: dict[str, str] = {}
        for name in sorted(names, key=lambda name: (len(name.split()), name)):
            longest[surname(name)] = name
        return {last: self._written(name) for last, name in longest.items()}

    def _written(self, name: str) -> str:
        if len(name) == 1:
            return ""  # “Q:” and “A:” name nobody.
        words = [word for word in name.split() if word.lower().rstrip(".") not in rules().titles]
        shown = " ".join(_titled(word) if name.isupper() else word for word in words or name.split())
        return fullest(self._text, Party(shown, person=True)).name


def surname(label: str) -> str:
    """What two labels of one speaker share: the last word."""
    return label.split()[-1].lower()


def lines(text: str, span: Span) -> list[Span]:
    """The lines of a stretch of text."""
    found, start = [], span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        found.append(Span(start, end))
        start = end + 1
    return found


def _titled(word: str) -> str:
    """A word in capitals as a name is written: ``O’BRIEN`` and ``PARK-LEE`` too, ``J.`` as it is."""
    return "".join(part.capitalize() for part in re.split(r"([-’'])", word))
