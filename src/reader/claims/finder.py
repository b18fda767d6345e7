"""The claims of one text: where the next one is, and whose words a span is."""

from collections.abc import Iterator

from reader.claims.found import Claim, Proposal
from reader.claims.holders import Holders
from reader.claims.passages import Passages, Place
from reader.model import Canonical, Span
from reader.text.navigator import Navigator


class Finder:
    """Finds the claims of one canonical text.

    Making one costs nothing; a sentence is looked at when it is first come to, and what was found is kept.
    """

    def __init__(self, canonical: Canonical, navigator: Navigator | None = None) -> None:
        """Take a text, and its navigator where there is one, which has found sentences already."""
        self._passages = Passages(canonical, (navigator or Navigator(canonical)).sentences_of)
        self._holders = Holders(self._passages)

    def claims(self) -> Iterator[Claim]:
        """All claims of the text, in order."""
        return (claim for claim in self.beyond(-1, 1) if claim is not None)

    def beyond(self, offset: int, direction: int) -> Iterator[Claim | None]:
        """The sentences that begin after an offset, or before it, the nearest first.

        Args:
            offset: A code point of the text.
            direction: 1 for after, -1 for before.

        Yields:
            For each sentence its claim, or None where it is likely to hold none: whoever looks for the next
            claim can pause at any sentence.
        """
        for place in self._passages.beyond(offset, direction):
            yield self._claim(place)

    def proposal(self, span: Span) -> Proposal:
        """Whose words a span is likely to be; empty where that cannot be told.

        Args:
            span: Any range of the text: a sentence, a part of one, or more than one.
        """
        place = self._passages.place_at(span.start) if span.start < span.end else None
        return self._holders.proposal(place, span) if place else Proposal()

    def _claim(self, place: Place) -> Claim | None:
        sentence = self._passages.sentence(place)
        if not sentence.reasons:
            return None
        return Claim(sentence.span, sentence.reasons, self._holders.proposal(place, sentence.span))
