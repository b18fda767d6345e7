"""Whose words a span is likely to be: what its sentence says of it, and the neighbours where it does not."""

from collections.abc import Iterator

from reader.claims.attribution import Attribution
from reader.claims.found import Proposal
from reader.claims.passages import Passages, Place, Sentence
from reader.claims.people import Party, fullest, persons
from reader.claims.quotations import quoted_share, within
from reader.claims.rules import rules
from reader.model import Span, Voice

_FAR_BACK = 12
"""Sentences that are looked back over for whom a pronoun means."""
_BLOCKS_BACK = 3
"""Paragraphs that are looked back over for that, and for whose quote goes on."""
_QUOTED = 0.6
"""The share of what is said from which on it is quoted rather than reported."""
_WHOLLY = 0.8
"""The share of a span from which on it is speech and nothing else."""


class Holders:
    """Proposes holders and voices for the spans of one text."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def proposal(self, place: Place, span: Span) -> Proposal:
        """Whose words a span is likely to be.

        Args:
            place: The sentence in which the span begins.
            span: The whole sentence, a part of it, or more.
        """
        passages = self._passages
        sentence, quotes = passages.sentence(place), passages.quotes(place.block)
        named, passed_on = _governing(sentence, span)
        if named is not None and not named.own:
            who, via = self._named(named, place), self._named(passed_on, place)
            return Proposal(who, _voice(passages.text, quotes, named, span), via if via != who else "")
        if sentence.turn is not None:
            return Proposal(sentence.turn.speaker, "quoted")
        if quoted_share(quotes, *span) >= _WHOLLY:
            speaker = self._speaker(place) if passages.english else None
            return Proposal(speaker.name if speaker else "", "quoted")
        return Proposal("", "article") if passages.english else Proposal()

    def _named(self, one: Attribution | None, place: Place) -> str:
        who = self._resolved(one.who, place) if one and one.who else None
        return who.name if who else ""

    # Pronouns

    def _resolved(self, who: Party, place: Place) -> Party | None:
        """Somebody under their full name; a pronoun as whom it means where that is certain, else None."""
        if not who.pronoun:
            return fullest(self._passages.text, who)
        if who.name not in {"he", "she", "it"}:
            return None
        for distance, sentence in enumerate(self._back(place)):
            said = list(self._speaking(sentence))
            speakers = [one for one in said if not one.pronoun]
            if fitting := next((one for one in speakers if _fits(who, one)), None):
                return fitting
            if who.name == "it" and not any(one.name == "it" for one in said):
                return None
            mentioned = [] if said else self._mentioned(sentence)
            if mentioned:
                # Somebody else may be meant as soon as one is named who does not speak.
                alone = distance == 0 and len(mentioned) == 1 and _fits(who, mentioned[0])
                return mentioned[0] if alone else None
        return None

    def _speaking(self, sentence: Sentence) -> Iterator[Party]:
        """Who is said to speak in a sentence, under their full names."""
        for one in sentence.attributions:
            who = fullest(self._passages.text, one.who) if one.who else None
            # “According to Interfax” is nobody who goes on speaking; according to a person is.
            if who is not None and (who.person or not one.source):
                yield who

    def _mentioned(self, sentence: Sentence) -> list[Party]:
        """The persons that a sentence names outside quotation marks, under their full names."""
        text = self._passages.text
        found = [fullest(text, one) for one in persons(sentence.tokens)]
        first = next((token for token in sentence.tokens if token.is_word), None)
        if not found and first is not None and first.is_capital and not first.quoted:
            alone = fullest(text, Party(first.text.removesuffix("’s").removesuffix("'s"), person=False))
            found = [alone] if alone.person else []
        return list({one.name: one for one in found}.values())

    def _back(self, place: Place) -> Iterator[Sentence]:
        """The sentences before one, the nearest first, in this paragraph and some before it."""
        found = 0
        for block in range(place.block, max(-1, place.block - 1 - _BLOCKS_BACK), -1):
            if block != place.block and self._passages.is_heading(block):
                return
            last = place.number if block == place.block else len(self._passages.spans(block))
            for number in range(last - 1, -1, -1):
                yield self._passages.sentence(Place(block, number))
                found += 1
                if found >= _FAR_BACK:
                    return

    # Quotes without a speaker of their own

    def _speaker(self, place: Place) -> Party | None:
        """Who speaks a sentence that is nothing but quote: who is named in the paragraph, or before it."""
        block, number = place
        count = len(self._passages.spans(block))
        before = range(number - 1, max(-1, number - _FAR_BACK), -1)
        for other in (*before, *range(number + 1, min(count, number + _FAR_BACK))):
            sentence = self._passages.sentence(Place(block, other))
            if (other < number or sentence.quoted > 0) and (speaking := _first_named(sentence)):
                return self._resolved(speaking, Place(block, other))
            if other < number and sentence.quoted < _WHOLLY:
                named = persons(sentence.tokens)
                return fullest(self._passages.text, named[0]) if len(named) == 1 else None
        return self._next_speaker(place) or self._previous_speaker(block)

    def _next_speaker(self, place: Place) -> Party | None:
        """Who is named in the next paragraph, where the quote goes on in that one."""
        passages, block = self._passages, place.block + 1
        end = passages.sentence(place).span.end
        if not passages.opens(place.block) or end <= passages.quotes(place.block)[-1].start:
            return None
        if not passages.spans(block) or not passages.begins_quoted(block):
            return None
        for number in range(min(_FAR_BACK, len(passages.spans(block)))):
            if speaking := _first_named(passages.sentence(Place(block, number))):
                return self._resolved(speaking, Place(block, number))
        return None

    def _previous_speaker(self, block: int) -> Party | None:
        """Who spoke at the end of the paragraphs before one that is nothing but quote."""
        passages = self._passages
        for earlier in range(block - 1, max(-1, block - _BLOCKS_BACK), -1):
            count = len(passages.spans(earlier))
            if not count or passages.is_heading(earlier):
                return None
            last = passages.sentence(Place(earlier, count - 1))
            if last.quoted == 0 and not last.attributions:
                return None
            for number in range(count - 1, max(-1, count - _FAR_BACK), -1):
                if speaking := _first_named(passages.sentence(Place(earlier, number))):
                    return self._resolved(speaking, Place(earlier, number))
        return None


def _first_named(sentence: Sentence) -> Party | None:
    return next((one.who for one in sentence.attributions if one.who is not None), None)


def _governing(sentence: Sentence, span: Span) -> tuple[Attribution | None, Attribution | None]:
    """The attribution that a span of a sentence is under, and the one through which that is told."""
    every = sentence.attributions
    found = [one for one in every if span.start < one.cue.end and one.cue.start < span.end] or every
    if not found:
        return None, None
    first = found[0]
    if first.own:
        return first, None
    # “Mr. Blinken said that he had told”: it is still he who speaks.
    others = [one for one in found[1:] if one.who is None or not one.who.pronoun]
    for other in others:
        if other.source and not first.source:
            return first, other  # “… the ministry said, according to Reuters”
        passes_on = (first.outlet or first.source) and not other.outlet
        if passes_on or other.clause.start - first.clause.end <= len(" that the "):
            return other, first  # “Reuters reported that the ministry said”
    last = others[-1] if others else None
    closes = last is not None and last.cue.start > first.cue.end and sentence.span.end - last.clause.end <= 2
    return first, last if closes else None


def _voice(text: str, quotes: tuple[Span, ...], named: Attribution, span: Span) -> Voice:
    """Whether what is said stands in quotation marks for the most part."""
    clause = named.clause
    parts = within(quotes, *span)
    if parts and parts[0].start <= span.start + 1 and parts[0].end <= clause.start <= parts[0].end + 4:
        return "quoted"  # “They’re lying,” Alder said of the trust.
    if parts and clause.end <= parts[0].start and ":" in text[clause.end - 1 : parts[0].start]:
        return "quoted"  # Alder said: “They’re lying.”
    whole = span.start <= clause.start and clause.end <= span.end
    said = (span.end - span.start) - ((clause.end - clause.start) if whole else 0)
    quoted = sum(part.end - part.start for part in parts)
    return "quoted" if quoted / max(1, said) >= _QUOTED else "reported"


def _fits(pronoun: Party, who: Party) -> bool:
    """Whether a pronoun can mean somebody."""
    if pronoun.name == "it":
        return not who.person
    # “The mayor” can be he, “the embassy” cannot.
    if not (who.person or who.name[:1].isupper() or who.name.split()[-1] in rules().roles):
        return False
    return not who.gender or who.gender == pronoun.gender
