"""Speakers' turns: ``MAYNES: Well, …`` in a transcript, ``Q:`` and ``A:`` in an interview."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from reader.claims.people import Party, fullest
from reader.claims.rules import rules
from reader.model import Block, Span

_LABEL = re.compile(
    r"[ \t]*(?P<name>[^\W\d_a-z][\w.’'\- ]{0,38}?[\w.])"
    r"(?:,[^:,\n]{2,30}|[ ]\([^:)\n]{2,40}\))?:(?=\s|$)"  # “HOST”, “BYLINE”, “(on tape)”
)
_FEWEST = 3
"""Turns that a text must have for any of its labels to be one."""

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
    """In full, where a label of the text has the full name."""


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
        labels = [label for label in labels if counts[surname(label.name)] > 1 or " " in label.name]
        speakers = {surname(label.name) for label in labels}
        if len(labels) < _FEWEST or len(speakers) < 2 or not all(map(self._is_name, labels)):
            return ()
        if len(labels) < _DENSE * (labels[-1].line - labels[0].line + 1):
            return ()  # A list with headings before some of its items.
        names = [label.name for label in labels]
        ends = [*(label.start for label in labels[1:]), labels[-1].line_end]
        return tuple(
            Turn(label.start, label.body, end, self._speaker(label.name, names))
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

    def _is_name(self, label: _Label) -> bool:
        """Whether a label is a name: in capitals, or in words with capitals that the text never has small."""
        if label.name.isupper():
            return True
        words = label.name.split()
        return all(word[0].isupper() for word in words) and not any(
            f" {word.lower()} " in self._text for word in words if word.isalpha()
        )

    def _speaker(self, label: str, labels: Sequence[str]) -> str:
        last = surname(label)
        fuller = max((one for one in labels if surname(one) == last), key=lambda one: len(one.split()))
        words = [
            word for word in fuller.split() if word.lower().rstrip(".") not in rules().titles
        ] or fuller.split()
        shown = (
            " ".join(_titled(word) for word in words)
            if fuller.isupper() and len(fuller) > 1
            else " ".join(words)
        )
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
