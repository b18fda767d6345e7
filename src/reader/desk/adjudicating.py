"""Settling what two annotators marked differently; what is settled on is marked by whoever settles it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from reader.agreement import HALF, paired
from reader.desk import Desk
from reader.errors import InputError
from reader.model import Annotation, Annotator, Ruling, Settlement


class Unit(NamedTuple):
    """What two annotators marked of one claim: a mark each, or one of them alone."""

    one: Annotation | None
    other: Annotation | None
    settlement: Settlement | None
    """What the present annotator settled it as, if that was done."""

    @property
    def agreed(self) -> bool:
        """Whether the two marked the same span with the same stances."""
        return (
            self.one is not None
            and self.other is not None
            and self.one.span == self.other.span
            and self.one.stances == self.other.stances
        )


class Pairing(NamedTuple):
    """Two annotators of an article with the number of their marks."""

    one: Annotator
    other: Annotator
    ones: int
    others: int


def pairings(desk: Desk, article_id: str) -> list[Pairing]:
    """Each two annotators of an article, those with the present one first, who then is the first of the two.

    Marks that came of a settlement do not count.
    """
    marks = _marks(desk, article_id)
    own = desk.store.annotator.id
    people = sorted({mark.annotator for mark in marks}, key=lambda who: (who.id != own, who.name, who.id))
    count = {who: sum(mark.annotator == who for mark in marks) for who in people}
    return [Pairing(one, other, count[one], count[other]) for one, other in combinations(people, 2)]


def units(desk: Desk, article_id: str, one: Annotator, other: Annotator) -> list[Unit]:
    """Two annotators' marks side by side, by their place in the text; those without one are left out.

    Two marks stand together whose spans overlap by half or more; each stands with one at most.
    """
    marks = _marks(desk, article_id)
    ones, others = ([mark for mark in marks if mark.annotator.id == who.id] for who in (one, other))
    pairs = dict(paired([mark.span for mark in ones], [mark.span for mark in others], HALF))
    alone = set(range(len(others))) - set(pairs.values())
    own = desk.store.annotator.id
    settled = {
        (settlement.one_id, settlement.other_id): settlement
        for settlement in desk.store.settlements.of(article_id)
        if settlement.annotator.id == own
    }

    def unit(left: Annotation | None, right: Annotation | None) -> Unit:
        ends = (left.id if left else "", right.id if right else "")
        return Unit(left, right, settled.get(ends))

    found = [unit(mark, others[pairs[i]] if i in pairs else None) for i, mark in enumerate(ones)]
    found += [unit(None, others[j]) for j in alone]
    return sorted(found, key=_place)


def settle(desk: Desk, unit: Unit, ruling: Ruling) -> None:
    """Settle a unit, as one change: the marks that stand are marked by the present annotator too.

    One's own mark that stands is not made again. What the unit was settled as before is taken back with the
    marks that came of it.

    Raises:
        InputError: a mark is to be taken that is not there.
        NotFoundError: one of the marks was deleted meanwhile.
    """
    taken = {"one": [unit.one], "other": [unit.other], "both": [unit.one, unit.other], "neither": []}
    marks = [mark for mark in taken[ruling] if mark is not None]
    if len(marks) < len(taken[ruling]):
        raise InputError("only one of the two marked this: take that mark, or neither")
    store, what = desk.store, f"settled: {_told(unit, ruling)}"
    with store.transaction():
        if unit.settlement is not None:
            _take_back(desk, unit.settlement, what)
        results = [
            store.annotations.save(
                replace(
                    store.annotations.get(mark.id),
                    id=store.new_id(),
                    annotator=store.annotator,
                    created_at="",
                    updated_at="",
                ),
                what,
            )
            for mark in marks
            if mark.annotator.id != store.annotator.id
        ]
        settlement = Settlement(
            id=store.new_id(),
            one_id=unit.one.id if unit.one else "",
            other_id=unit.other.id if unit.other else "",
            ruling=ruling,
            results=tuple(mark.id for mark in results),
            annotator=store.annotator,
        )
        store.settlements.add(settlement, what)


def _take_back(desk: Desk, settlement: Settlement, what: str) -> None:
    article = desk.store.annotations.get(settlement.one_id or settlement.other_id).article_id
    living = {mark.id for mark in desk.store.annotations.of(article)}
    for result in settlement.results:
        if result in living:
            desk.store.annotations.delete(result, what)
    desk.store.settlements.delete(settlement, what)


def _told(unit: Unit, ruling: Ruling) -> str:
    names = [mark.annotator.name if mark else "" for mark in (unit.one, unit.other)]
    return {"one": names[0], "other": names[1], "both": "both", "neither": "neither"}[ruling]


def _marks(desk: Desk, article_id: str) -> Sequence[Annotation]:
    results = desk.store.settlements.results()
    return [
        mark
        for mark in desk.store.annotations.of(article_id)
        if mark.id not in results and mark.anchor.status != "orphan"
    ]


def _place(unit: Unit) -> tuple[int, int, str]:
    first = min((mark for mark in (unit.one, unit.other) if mark), key=lambda mark: (mark.span, mark.id))
    return (*first.span, first.id)
