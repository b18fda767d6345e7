"""Several people's work in one library: joining libraries, and how far annotators agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from reader.agreement import (
    HALF,
    SpanCount,
    cohen_kappa,
    count_spans,
    krippendorff_alpha,
    paired,
    united,
)
from reader.desk import Desk
from reader.desk.exporting import export_rows
from reader.model import Annotation, Annotator, Merged


def merge(desk: Desk, path: Path) -> Merged:
    """Join another library to this one, as one change that can be undone; the other is only read.

    Raises:
        NotFoundError: there is no file.
        StoreError: the other library cannot be used; nothing is changed.
    """
    if desk.store.owns(path):
        return Merged()
    return desk.store.merge(path)


class Agreement(NamedTuple):
    """How far two annotators agree in one scheme, in the articles in which both used it."""

    scheme: str
    one: Annotator
    other: Annotator
    articles: int
    """In how many articles both have marks with a stance of the scheme."""
    pairs: int
    """How many pairs of stances toward the same target there are, on spans that overlap by half or more."""
    labels: int
    """How many different labels stand in those pairs."""
    kappa: float | None
    """Cohen's kappa over the pairs; None where it is not defined."""
    alpha: float | None
    """Krippendorff's alpha over the pairs; None where it is not defined."""
    exact: SpanCount
    """Spans, paired where they are equal."""
    half: SpanCount
    """Spans, paired where they overlap by half or more."""


class Together(NamedTuple):
    """How far more than two annotators agree in one scheme, all at once."""

    scheme: str
    annotators: tuple[Annotator, ...]
    """By name."""
    articles: int
    """In how many articles at least two of them have marks with a stance of the scheme."""
    units: int
    """How many claims at least two of them labelled: stances toward the same target on spans of which any two
    overlap by half or more."""
    given: int
    """How many labels they gave those."""
    labels: int
    """How many different labels those are."""
    alpha: float | None
    """Krippendorff's alpha over the units; None where it is not defined."""


class Agreements(NamedTuple):
    """How far annotators agree, by scheme and names."""

    pairs: list[Agreement]
    """Each two of them."""
    together: list[Together]
    """All of them, where a scheme was used by more than two."""


def agreement(desk: Desk, numbers: Sequence[int] | None = None, scheme: str | None = None) -> Agreements:
    """How far annotators agree.

    What an article lacks of one of them is not counted as a disagreement: whether it was read to the end,
    nobody knows. Marks that came of a settlement are left out.

    Args:
        desk: the desk.
        numbers: only these articles; None for all.
        scheme: only this scheme; None for each that marks were made in.
    """
    results = desk.store.settlements.results()
    rows = export_rows(desk, numbers)
    marks = _by_scheme(row.annotation for row in rows if row.annotation.id not in results)
    found = Agreements([], [])
    for name in sorted(marks):
        if scheme is None or name == scheme:
            people = sorted(marks[name], key=lambda who: (who.name, who.id))
            found.pairs.extend(
                _agreement(name, one, other, marks[name]) for one, other in combinations(people, 2)
            )
            if len(people) > 2:
                found.together.append(_together(name, people, marks[name]))
    return found


_Marks = dict[str, list[Annotation]]
"""One annotator's marks by article."""

_Toward = dict[str, list[tuple[Annotation, str]]]
"""One annotator's marks in one article by target, each with the code of its stance."""


def _by_scheme(annotations: Iterable[Annotation]) -> dict[str, dict[Annotator, _Marks]]:
    """The marks that have a stance of each scheme, by annotator and article."""
    found: dict[str, dict[Annotator, _Marks]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for annotation in annotations:
        for scheme in {stance.scheme for stance in annotation.stances}:
            found[scheme][annotation.annotator][annotation.article_id].append(annotation)
    return found


def _agreement(scheme: str, one: Annotator, other: Annotator, marks: dict[Annotator, _Marks]) -> Agreement:
    articles = sorted(marks[one].keys() & marks[other].keys())
    pairs: list[tuple[str, str]] = []
    exact, half = [], []
    for article in articles:
        ones, others = marks[one][article], marks[other][article]
        spans = [mark.span for mark in ones], [mark.span for mark in others]
        exact.append(count_spans(*spans, 1))
        half.append(count_spans(*spans, HALF))
        pairs += _pairs(scheme, ones, others)
    return Agreement(
        scheme=scheme,
        one=one,
        other=other,
        articles=len(articles),
        pairs=len(pairs),
        labels=len({label for pair in pairs for label in pair}),
        kappa=cohen_kappa(pairs),
        alpha=krippendorff_alpha(pairs),
        exact=_total(exact),
        half=_total(half),
    )


def _together(scheme: str, people: Sequence[Annotator], marks: dict[Annotator, _Marks]) -> Together:
    by_article: dict[str, list[_Toward]] = defaultdict(list)
    for who in people:
        for article, theirs in marks[who].items():
            by_article[article].append(_toward(scheme, theirs))
    shared = [several for several in by_article.values() if len(several) > 1]
    units = [unit for several in shared for unit in _units(several) if len(unit) > 1]
    return Together(
        scheme=scheme,
        annotators=tuple(people),
        articles=len(shared),
        units=len(units),
        given=sum(map(len, units)),
        labels=len({label for unit in units for label in unit}),
        alpha=krippendorff_alpha(units),
    )


def _units(several: Sequence[_Toward]) -> Iterator[list[str]]:
    """The codes that annotators gave toward the same target on spans that mark the same."""
    for target in sorted(set().union(*several)):
        theirs = [one.get(target, []) for one in several]
        for unit in united([[mark.span for mark, _ in given] for given in theirs], HALF):
            yield [theirs[who][at][1] for who, at in unit.items()]


def _pairs(scheme: str, ones: Sequence[Annotation], others: Sequence[Annotation]) -> list[tuple[str, str]]:
    """The codes that two annotators gave toward the same target on spans that mark the same."""
    found = []
    by_target = _toward(scheme, ones), _toward(scheme, others)
    for target in sorted(by_target[0].keys() & by_target[1].keys()):
        mine, theirs = (side[target] for side in by_target)
        spans = [mark.span for mark, _ in mine], [mark.span for mark, _ in theirs]
        found += [(mine[i][1], theirs[j][1]) for i, j in paired(*spans, HALF)]
    return found


def _toward(scheme: str, marks: Sequence[Annotation]) -> _Toward:
    """The marks with a stance of the scheme toward each target, and its code."""
    found: _Toward = defaultdict(list)
    for mark in marks:
        for stance in mark.stances:
            if stance.scheme == scheme:
                found[stance.target].append((mark, stance.code))
    return found


def _total(counts: Sequence[SpanCount]) -> SpanCount:
    return SpanCount(*(sum(column) for column in zip(*counts, strict=True))) if counts else SpanCount(0, 0, 0)
