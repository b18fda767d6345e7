"""What can be told from each sentence of a text alone, sentence by sentence as it is asked for."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from reader.claims.attribution import Attribution, attributions
from reader.claims.found import Reason
from reader.claims.headlines import headline
from reader.claims.kinds import reasons
from reader.claims.quotations import quotations, quoted_share
from reader.claims.rules import rules
from reader.claims.tokens import Token, tokens
from reader.claims.turns import Turn, Turns
from reader.model import Block, Canonical, Span

_SAMPLE = 20_000
"""Code points by which the language of a text is judged."""
_FEW = 40
"""So few words do not tell a language; they are taken for English where nothing speaks against it."""
_ENGLISH = 0.15
"""The share of words that are among English's commonest from which on a text is English."""
_LONGEST = 3_000
"""Code points of a sentence; what is longer is a list or a table without stops, and no claim."""

_start = attrgetter("start")


class Place(NamedTuple):
    """Where a sentence stands."""

    block: int
    number: int
    """Among the block's sentences."""


class Sentence(NamedTuple):
    """A sentence with what its own words tell."""

    span: Span
    tokens: tuple[Token, ...]
    attributions: tuple[Attribution, ...]
    reasons: tuple[Reason, ...]
    quoted: float
    """How much of it stands in quotation marks, from 0 to 1."""
    turn: Turn | None


class Passages:
    """The sentences of one text. Making it costs nothing; what was looked at is kept."""

    def __init__(self, canonical: Canonical, sentences_of: Callable[[int], Sequence[Span]]) -> None:
        """Take a text.

        Args:
            canonical: The text.
            sentences_of: Gives the sentences of a block by its number.
        """
        self.text = canonical.text
        self._blocks = canonical.blocks or ((Block(0, len(self.text), "paragraph"),) if self.text else ())
        self._sentences_of = sentences_of
        self._quotes: dict[int, tuple[Span, ...]] = {}
        self._read: dict[Place, Sentence] = {}
        self._turns = Turns(self.text, self._blocks)

    @cached_property
    def english(self) -> bool:
        """Whether the text is English: the rules about words are for nothing else."""
        sample = self.text[:_SAMPLE]
        words = sample.lower().split()
        common = sum(word.strip(".,;:!?“”\"'()") in rules().function for word in words)
        if len(words) < _FEW:
            return sample.isascii() or common > 0
        return common / len(words) >= _ENGLISH

    # Where

    def place_at(self, offset: int) -> Place | None:
        """The sentence that holds an offset, or the one before it; None where there is none."""
        if not self._blocks:
            return None
        block = max(0, bisect_right(self._blocks, offset, key=_start) - 1)
        number = bisect_right(self.spans(block), offset, key=_start) - 1
        return Place(block, max(0, number)) if self.spans(block) else None

    def beyond(self, offset: int, direction: int) -> Iterator[Place]:
        """The sentences that begin after an offset, or before it, the nearest first."""
        block = max(0, bisect_right(self._blocks, offset, key=_start) - 1)
        while 0 <= block < len(self._blocks):
            for number in range(len(self.spans(block)))[::direction]:
                if (self.spans(block)[number].start - offset) * direction > 0:
                    yield Place(block, number)
            block += direction

    def spans(self, block: int) -> Sequence[Span]:
        """The sentences of a block, in order; none of what is no prose."""
        prose = 0 <= block < len(self._blocks) and self._blocks[block].kind not in {"code", "rule"}
        return self._sentences_of(block) if prose else ()

    def is_heading(self, block: int) -> bool:
        """Whether a block is a heading."""
        return self._blocks[block].kind == "heading"

    # What

    def quotes(self, block: int) -> tuple[Span, ...]:
        """What stands in quotation marks in a block, in order."""
        if block not in self._quotes:
            start, end = self._blocks[block][:2]
            self._quotes[block] = tuple(quotations(self.text, start, end))
        return self._quotes[block]

    def opens(self, block: int) -> bool:
        """Whether a block's last quote is not closed, so that it may go on in the next block."""
        quotes = self.quotes(block)
        return bool(quotes) and quotes[-1].end == self._blocks[block].end

    def begins_quoted(self, block: int) -> bool:
        """Whether a block begins with a quote."""
        quotes = self.quotes(block)
        return bool(quotes) and quotes[0].start <= self._blocks[block].start + 1

    def sentence(self, place: Place) -> Sentence:
        """A sentence with what its own words tell."""
        if place not in self._read:
            self._read[place] = self._look_at(place)
        return self._read[place]

    def _look_at(self, place: Place) -> Sentence:
        span = self.spans(place.block)[place.number]
        if span.end - span.start > _LONGEST:
            return Sentence(span, (), (), (), 0.0, None)
        text, quotes, heading = self.text, self.quotes(place.block), self.is_heading(place.block)
        turn = self._turns.at(span.start)
        body = Span(turn.body, span.end) if turn and span.start <= turn.body < span.end else span
        words = tokens(text, body, quotes)
        found: list[Attribution] = []
        if self.english:
            found = attributions(text, body, words, heading=heading)
            if heading and all(one.own for one in found) and (one := headline(text, words)):
                found = [one]
        why = reasons(text, body, words, quotes, found, turn=turn, english=self.english)
        return Sentence(span, tuple(words), tuple(found), why, quoted_share(quotes, *body), turn)
