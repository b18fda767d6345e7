"""How well the finder and the proposals do on labelled sentences, beside what next to nothing would do."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from bench.claims.labelled import Document, Labelled
from reader.claims.finder import Finder
from reader.claims.found import KINDS, Kind

_SAID = re.compile(
    r"\b(?:said|says?|told|according to|claim(?:s|ed)|den(?:y|ies|ied)|announced|warned)\b", re.IGNORECASE
)

Found = frozenset[Kind]
Judge = Callable[[Document], list[Found]]
"""Says of each sentence of an article which kinds of claim it holds."""


class Score(NamedTuple):
    """How often something was found, and how often it was there."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        """The share of what was found that is there; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found; 1 where nothing is there."""
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Attributed(NamedTuple):
    """How well holder and voice are proposed."""

    sentences: int
    exact: int
    """Sentences with a holder for which just that one is proposed."""
    partial: int
    """The same, or one that shares its surname or its head noun."""
    wrong: int
    """Sentences for which somebody else is proposed, or somebody where the label names nobody."""
    held: int
    """Sentences that have a holder."""
    voices: int
    """Sentences whose voice is proposed."""


def ours(document: Document) -> list[Found]:
    """What the finder says."""
    claims = list(Finder(document.canonical).claims())
    return [
        frozenset(
            reason.kind
            for claim in claims
            if labelled.span.start <= claim.span.start < labelled.span.end
            for reason in claim.reasons
        )
        for labelled in document.sentences
    ]


def every_sentence(document: Document) -> list[Found]:
    """That every sentence is a claim of every kind."""
    return [frozenset(KINDS)] * len(document.sentences)


def any_said(document: Document) -> list[Found]:
    """That those with a verb of saying are, whatever the kind."""
    text = document.canonical.text
    return [
        frozenset(KINDS) if _SAID.search(text, *labelled.span) else frozenset()
        for labelled in document.sentences
    ]


def score(documents: Iterable[Document], judge: Judge, kind: Kind | None) -> Score:
    """How well a judge finds one kind, or claims of whatever kind."""
    right = found = there = 0
    for document in documents:
        for labelled, kinds in zip(document.sentences, judge(document), strict=True):
            is_there = bool(labelled.kinds) if kind is None else kind in labelled.kinds
            is_found = bool(kinds) if kind is None else kind in kinds
            right += is_there and is_found
            found += is_found
            there += is_there
    return Score(right, found, there)


def attributed(documents: Iterable[Document]) -> Attributed:
    """How well holder and voice are proposed for whole sentences."""
    sentences = exact = partial = wrong = held = voices = 0
    for document in documents:
        finder = Finder(document.canonical)
        for labelled in document.sentences:
            proposal = finder.proposal(labelled.span)
            same, near = _alike(labelled, proposal.holder)
            sentences += 1
            held += bool(labelled.holder)
            exact += bool(labelled.holder) and same
            partial += bool(labelled.holder) and near
            wrong += bool(proposal.holder) and not near
            voices += proposal.voice == labelled.voice
    return Attributed(sentences, exact, partial, wrong, held, voices)


def _alike(labelled: Labelled, proposed: str) -> tuple[bool, bool]:
    """Whether a holder is the labelled one, and whether it shares a name or the noun with it."""
    label, other = _words(labelled.holder), _words(proposed)
    if not label or not other:
        return (not label and not other,) * 2
    return label == other, bool(set(label) & set(other) - _SMALL)


_SMALL = frozenset(
    [
        "of",
        "for",
        "in",
        "at",
        "on",
        "by",
        "the",
        "a",
        "an",
        "to",
        "and",
        "with",
        "from",
        "who",
        "his",
        "her",
        "its",
        "their",
    ]
)


def _words(holder: str) -> Sequence[str]:
    """A holder's words without articles, so that ``The ministry`` is ``the ministry``."""
    words = [word.strip(".,") for word in holder.casefold().replace("’", "'").split()]
    return words[1:] if words[:1] and words[0] in {"the", "a", "an"} else words
