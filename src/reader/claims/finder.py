"""The claims of one text: where the next one is, and whose words a span is."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from reader.claims.attribution import Attribution, attributions
from reader.claims.found import Claim, Proposal, Reason
from reader.claims.headlines import headline
from reader.claims.kinds import reasons
from reader.claims.people import Party, fullest, persons
from reader.claims.quotations import quotations, quoted_share, within
from reader.claims.rules import rules
from reader.claims.tokens import Token, tokens
from reader.claims.turns import Turn, Turns
from reader.model import Block, Canonical, Span, Voice
from reader.text.sentences import sentences

_SAMPLE = 20_000
"""Code points by which the language of a text is judged."""
_ENGLISH = 0.15
"""The share of words that are among English's commonest from which on a text is English."""
_FAR_BACK = 6
"""Sentences that are looked back over for whom a pronoun means."""
_BLOCKS_BACK = 2
"""Paragraphs that are looked back over for whose quote goes on."""
_QUOTED = 0.6
"""The share of what is said from which on it is quoted rather than reported."""
_WHOLLY = 0.8
"""The share of a sentence from which on it is speech and nothing else."""

_start = attrgetter("start")


class _Sentence(NamedTuple):
    """A sentence and what can be told from it alone."""

    span: Span
    tokens: tuple[Token, ...]
    attributions: tuple[Attribution, ...]
    reasons: tuple[Reason, ...]
    quoted: float
    turn: Turn | None


class _Passage(NamedTuple):
    """A block's sentences."""

    sentences: tuple[_Sentence, ...]
    quotes: tuple[Span, ...]
    opens: bool
    """Whether its last quote is not closed, so that it may go on in the next block."""


class Finder:
    """The claims of one canonical text.

    Making one costs nothing; a block is looked at when it is first come to, and what was found is kept.
    """

    def __init__(self, canonical: Canonical) -> None:
        self._text = canonical.text
        self._blocks = canonical.blocks or ((Block(0, len(self._text), "paragraph"),) if self._text else ())
        self._passages: dict[int, _Passage] = {}
        self._turns = Turns(self._text, self._blocks)

    # Claims

    def claims(self) -> Iterator[Claim]:
        """All of the text, in order."""
        for block in range(len(self._blocks)):
            yield from self.in_block(block)

    @property
    def blocks(self) -> int:
        """How many blocks the text has."""
        return len(self._blocks)

    def block_at(self, offset: int) -> int:
        """The number of the block that holds an offset, or of the one before it; 0 for an empty text."""
        return max(0, bisect_right(self._blocks, offset, key=_start) - 1)

    def size(self, block: int) -> int:
        """How many code points a block has."""
        return self._blocks[block].end - self._blocks[block].start

    def in_block(self, block: int) -> Iterator[Claim]:
        """The claims of one block, in order."""
        for number, sentence in enumerate(self._passage(block).sentences):
            if sentence.reasons:
                yield Claim(sentence.span, sentence.reasons, self._proposal(block, number, sentence.span))

    def beside(self, block: int, offset: int, direction: int) -> Claim | None:
        """The first claim of a block that begins after an offset, or the last that begins before it.

        Args:
            block: The block's number.
            offset: A code point of the text.
            direction: 1 for after, -1 for before.
        """
        found = self._passage(block).sentences
        numbers = range(len(found)) if direction > 0 else range(len(found) - 1, -1, -1)
        for number in numbers:
            span, given = found[number].span, found[number].reasons
            if given and (span.start - offset) * direction > 0:
                return Claim(span, given, self._proposal(block, number, span))
        return None

    # Whose words

    def proposal(self, span: Span) -> Proposal:
        """Whose words a span is likely to be; empty where that cannot be told.

        Args:
            span: Any range of the text: a sentence, a part of one, or more than one.
        """
        if not self._blocks or span.start >= span.end:
            return Proposal()
        block = self.block_at(span.start)
        found = self._passage(block).sentences
        if not found:
            return Proposal()
        number = max(0, bisect_right(found, span.start, key=lambda one: one.span.start) - 1)
        return self._proposal(block, number, span)

    # Reading

    @cached_property
    def english(self) -> bool:
        """Whether the text is English: the rules about words are for nothing else."""
        words = self._text[:_SAMPLE].lower().split()
        if not words:
            return True
        common = sum(word.strip(".,;:!?“”\"'()") in rules().function for word in words)
        if len(words) < 40:
            return self._text[:_SAMPLE].isascii() or common > 0
        return common / len(words) >= _ENGLISH

    def _passage(self, block: int) -> _Passage:
        if block not in self._passages:
            self._passages[block] = self._read(self._blocks[block])
        return self._passages[block]

    def _read(self, block: Block) -> _Passage:
        if block.kind in {"code", "rule"}:
            return _Passage((), (), opens=False)
        quotes = tuple(quotations(self._text, block.start, block.end))
        read = tuple(
            self._sentence(span, quotes, heading=block.kind == "heading")
            for span in sentences(self._text, block.start, block.end)
        )
        return _Passage(read, quotes, opens=bool(quotes) and quotes[-1].end == block.end)

    def _sentence(self, span: Span, quotes: Sequence[Span], *, heading: bool) -> _Sentence:
        text = self._text
        turn = self._turns.at(span.start)
        body = Span(turn.body, span.end) if turn and span.start <= turn.body < span.end else span
        words = tokens(text, body, quotes)
        found: list[Attribution] = []
        if self.english:
            found = attributions(text, body, words, heading=heading)
            if heading and all(one.own for one in found) and (one := headline(text, words)):
                found = [one]
        why = reasons(text, body, words, quotes, found, turn=turn, english=self.english)
        return _Sentence(span, tuple(words), tuple(found), why, quoted_share(quotes, *body), turn)

    # Proposing

    def _proposal(self, block: int, number: int, span: Span) -> Proposal:
        passage = self._passage(block)
        sentence = passage.sentences[number]
        named, passed_on = self._governing(sentence, span)
        if named is not None and not named.own:
            who = self._resolved(named.who, block, number) if named.who else None
            passing = self._resolved(passed_on.who, block, number) if passed_on and passed_on.who else None
            voice = self._voice(passage, sentence, named, span)
            via = passing.name if passing and passing != who else ""
            return Proposal(who.name if who else "", voice, via)
        if sentence.turn is not None:
            return Proposal(sentence.turn.speaker, "quoted")
        if quoted_share(passage.quotes, *span) >= _WHOLLY:
            speaker = self._speaker(block, number) if self.english else None
            return Proposal(speaker.name if speaker else "", "quoted")
        return Proposal("", "article") if self.english else Proposal()

    def _governing(self, sentence: _Sentence, span: Span) -> tuple[Attribution | None, Attribution | None]:
        """The attribution that a span of a sentence is under, and the one through which that is told."""
        found = list(sentence.attributions)
        if not found:
            return None, None
        inside = [one for one in found if span.start < one.cue.end and one.cue.start < span.end]
        found = inside or found
        first = found[0]
        if first.own:
            return first, None
        # “Mr. Blinken said that he had told”: it is still he who speaks.
        others = [one for one in found[1:] if one.who is None or not one.who.pronoun]
        # “Reuters reported that the ministry said”, “… the ministry said, according to Reuters”.
        for other in others:
            if first.source and not other.source and first.outlet:
                return other, first
            if other.source and not first.source:
                return first, other
            if (first.outlet or first.source) and not other.outlet:
                return other, first
            if other.clause.start - first.clause.end <= len(" that the "):
                return other, first
        trailing = next(
            (one for one in others if one.cue.start > first.cue.end and self._ends(sentence, one)), None
        )
        return first, trailing

    def _ends(self, sentence: _Sentence, one: Attribution) -> bool:
        """Whether an attribution is what the sentence ends with."""
        return sentence.span.end - one.clause.end <= 2

    def _voice(self, passage: _Passage, sentence: _Sentence, named: Attribution, span: Span) -> Voice:
        """Whether what is said stands in quotation marks for the most part."""
        clause = named.clause
        parts = within(passage.quotes, *span)
        if parts and parts[0].start <= span.start + 1 and parts[0].end <= clause.start <= parts[0].end + 4:
            return "quoted"  # “They’re lying,” Alder said of the trust.
        if parts and clause.end <= parts[0].start and ":" in self._text[clause.end - 1 : parts[0].start]:
            return "quoted"
        whole = span.start <= clause.start and clause.end <= span.end
        said = (span.end - span.start) - ((clause.end - clause.start) if whole else 0)
        quoted = sum(part.end - part.start for part in parts)
        return "quoted" if quoted / max(1, said) >= _QUOTED else "reported"

    def _resolved(self, who: Party, block: int, number: int) -> Party | None:
        """Somebody under their full name; a pronoun as whom it means where that is certain, else None."""
        if not who.pronoun:
            return fullest(self._text, who)
        if who.name not in {"he", "she", "it"}:
            return None
        for distance, (place, sentence) in enumerate(self._back(block, number)):
            said = [one for one in sentence.attributions if one.who is not None and not one.source]
            for one in said:
                speaker = self._resolved(one.who, *place) if one.who else None
                if speaker is not None and _fits(who, speaker):
                    return speaker
            if who.name == "it":
                return None
            mentioned = [] if said else list({one.name: one for one in self._mentioned(sentence)}.values())
            if mentioned:
                # Somebody else may be meant as soon as one is named who does not speak.
                alone = distance == 0 and len(mentioned) == 1 and _fits(who, mentioned[0])
                return mentioned[0] if alone else None
        return None

    def _mentioned(self, sentence: _Sentence) -> list[Party]:
        """The persons that a sentence names outside quotation marks, under their full names."""
        found = [fullest(self._text, one) for one in persons(sentence.tokens)]
        first = next((token for token in sentence.tokens if token.is_word), None)
        if not found and first is not None and first.is_capital and not first.quoted:
            alone = fullest(self._text, Party(first.text.removesuffix("’s").removesuffix("'s"), person=False))
            found = [alone] if alone.person else []
        return found

    def _back(self, block: int, number: int) -> Iterator[tuple[tuple[int, int], _Sentence]]:
        """The sentences before one, the nearest first, this paragraph's and the one before it."""
        found = 0
        for earlier in (block, block - 1):
            if earlier < 0 or self._blocks[earlier].kind == "heading":
                return
            passage = self._passage(earlier)
            last = number if earlier == block else len(passage.sentences)
            for at in range(last - 1, -1, -1):
                yield (earlier, at), passage.sentences[at]
                found += 1
                if found >= _FAR_BACK:
                    return

    def _speaker(self, block: int, number: int) -> Party | None:
        """Who speaks a sentence that is nothing but quote: who is named in the paragraph, or before it."""
        passage = self._passage(block)
        found = passage.sentences
        before = range(number - 1, -1, -1)
        after = range(number + 1, len(found))
        for at in [*before, *after]:
            one = found[at]
            speaking = [each for each in one.attributions if each.who is not None]
            if speaking and speaking[0].who and (at < number or one.quoted > 0):
                return self._resolved(speaking[0].who, block, at)
            if at < number and one.quoted < _WHOLLY:
                named = persons(one.tokens)
                return fullest(self._text, named[0]) if len(named) == 1 else None
        if self._unclosed(passage, found[number]):
            following = self._next_speaker(block + 1)
            if following is not None:
                return following
        for earlier in range(block - 1, max(-1, block - 1 - _BLOCKS_BACK), -1):
            passage = self._passage(earlier)
            if not passage.sentences or self._blocks[earlier].kind == "heading":
                return None
            last = len(passage.sentences) - 1
            if passage.sentences[last].quoted == 0 and not passage.sentences[last].attributions:
                return None
            for at in range(last, -1, -1):
                speaking = [each for each in passage.sentences[at].attributions if each.who is not None]
                if speaking and speaking[0].who:
                    return self._resolved(speaking[0].who, earlier, at)
        return None

    def _unclosed(self, passage: _Passage, sentence: _Sentence) -> bool:
        """Whether a sentence stands in a quote that goes on in the next paragraph."""
        return passage.opens and sentence.span.end > passage.quotes[-1].start

    def _next_speaker(self, block: int) -> Party | None:
        """Who is named in the paragraph in which a quote goes on."""
        if block >= len(self._blocks) or not self._passage(block).quotes:
            return None
        passage = self._passage(block)
        if passage.quotes[0].start > self._blocks[block].start + 1:
            return None
        for at, sentence in enumerate(passage.sentences):
            for one in sentence.attributions:
                if one.who is not None:
                    return self._resolved(one.who, block, at)
        return None


def _fits(pronoun: Party, who: Party) -> bool:
    """Whether a pronoun can mean somebody."""
    if pronoun.name == "it":
        return not who.person and not who.pronoun
    if who.pronoun or not (who.person or who.name[:1].isupper() or who.name.split()[0] in {"a", "the"}):
        return False
    return not who.gender or who.gender == pronoun.gender
