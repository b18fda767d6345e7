"""The claims board: all stances grouped and counted, and the matrix of sources by targets."""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.desk import Desk, schemes
from reader.desk.finding import parsed
from reader.model import BoardClaim, BoardRows, Grouping, Label

GROUPINGS: tuple[Grouping, ...] = ("target", "stance", "source", "holder")


class Counts(NamedTuple):
    """How many stances there are of each label, in the order of `Board.labels`."""

    labels: tuple[int, ...]
    clash: bool
    """Whether some of them support and others oppose."""

    @property
    def total(self) -> int:
        """How many there are, those without a stance too."""
        return sum(self.labels)


class Group(NamedTuple):
    """The stances that have one thing in common."""

    name: str
    """The target, the stance's name, the source or the holder; empty where there is none."""
    counts: Counts
    places: "array[int]"
    """Where they stand in the board's rows (type code ``q``)."""


class Matrix(NamedTuple):
    """Sources by targets."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    cells: Mapping[tuple[int, int], Counts]
    """By the places of source and target; only where there is something."""
    by_source: tuple[Counts, ...]
    by_target: tuple[Counts, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The stances that a query is true of."""

    rows: BoardRows
    labels: tuple[Label | None, ...]
    """What the rows' numbers of labels stand for; None for no stance."""
    _targets: Mapping[int, str]
    _sources: Mapping[int, str]
    _holders: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many stances there are."""
        return len(self.rows.keys)

    def _names(self, grouping: Grouping) -> Sequence[object]:
        """What each row belongs to, as a number or a name."""
        if grouping == "target":
            return self.rows.targets
        if grouping == "stance":
            return self.rows.labels
        if grouping == "source":
            return [self._sources.get(number, "") for number in self.rows.articles]
        return [self._holders.get(key, "") for key in self.rows.keys]

    def _name(self, grouping: Grouping, value: object) -> str:
        if grouping == "target":
            return self._targets.get(value, "") if isinstance(value, int) else ""
        if grouping == "stance":
            label = self.labels[value] if isinstance(value, int) else None
            return label.name if label else ""
        return str(value)

    def groups(self, grouping: Grouping) -> list[Group]:
        """The rows in groups: those where supports and opposes clash first, then the greater first."""
        places: dict[str, array[int]] = {}
        counts: dict[str, Counter[int]] = {}
        known: dict[object, str] = {}
        for place, (value, label) in enumerate(zip(self._names(grouping), self.rows.labels, strict=True)):
            name = known.get(value)
            if name is None:
                name = known[value] = self._name(grouping, value)
                if name not in places:
                    places[name], counts[name] = array("q"), Counter()
            places[name].append(place)
            counts[name][label] += 1
        groups = [Group(name, self._counts(counts[name]), places[name]) for name in places]
        return sorted(groups, key=lambda group: (not group.counts.clash, -len(group.places), group.name))

    def cell(self, source: str, target: str) -> Group:
        """The stances of one source toward one target."""
        here = array("q")
        counts: Counter[int] = Counter()
        rows = self.rows
        for place, (article, number, label) in enumerate(
            zip(rows.articles, rows.targets, rows.labels, strict=True)
        ):
            if self._targets.get(number, "") == target and self._sources.get(article, "") == source:
                here.append(place)
                counts[label] += 1
        return Group(f"{source or '(no source)'} · {target or '(no target)'}", self._counts(counts), here)

    def matrix(self) -> Matrix:
        """Sources by targets, those with the most stances first."""
        counted: Counter[tuple[object, object, int]] = Counter(
            zip(self._names("source"), self.rows.targets, self.rows.labels, strict=True)
        )
        cells: dict[tuple[str, str], Counter[int]] = {}
        by_source: dict[str, Counter[int]] = {}
        by_target: dict[str, Counter[int]] = {}
        for (source, number, label), count in counted.items():
            name, target = str(source), self._name("target", number)
            for counter in (
                cells.setdefault((name, target), Counter()),
                by_source.setdefault(name, Counter()),
                by_target.setdefault(target, Counter()),
            ):
                counter[label] += count
        sources = sorted(by_source, key=lambda name: (-by_source[name].total(), name))
        targets = sorted(by_target, key=lambda name: (-by_target[name].total(), name))
        rows = {name: place for place, name in enumerate(sources)}
        columns = {name: place for place, name in enumerate(targets)}
        return Matrix(
            tuple(sources),
            tuple(targets),
            {(rows[name], columns[target]): self._counts(found) for (name, target), found in cells.items()},
            tuple(self._counts(by_source[name]) for name in sources),
            tuple(self._counts(by_target[name]) for name in targets),
        )

    def _counts(self, counter: Mapping[int, int]) -> Counts:
        counts = tuple(counter.get(place, 0) for place in range(len(self.labels)))
        roles = {label.colour for label, count in zip(self.labels, counts, strict=True) if label and count}
        return Counts(counts, {"support", "oppose"} <= roles)


def board(desk: Desk, query: str, *, holders: bool = False, typing: bool = False) -> Board:
    """The stances that a query is true of, those of the newest article first.

    Args:
        desk: the desk.
        query: in the query language; judged of each stance with its mark and article.
        holders: whether the board can be grouped by holder, whose names take a while to read.
        typing: whether the query is still being typed.

    Raises:
        QueryError: the query means nothing.
    """
    store = desk.store.board
    with desk.store.snapshot():
        rows = store.rows(parsed(desk, query, typing=typing))
        names = store.targets(), store.sources(), store.holders() if holders else {}
    known: dict[tuple[str, str], Label] = {}
    for scheme in schemes.known(desk):
        for label in scheme.labels:
            known.setdefault((scheme.name, label.code), label)
    labels = [_label(known, scheme, code) for scheme, code in rows.codes]
    return Board(rows, tuple(labels), *names)


def _label(known: Mapping[tuple[str, str], Label], scheme: str, code: str) -> Label | None:
    """The label of a stance, also where its scheme is not there any more."""
    if not code:
        return None
    label = known.get((scheme, code))
    return label or Label(code=code, key="", name=code, symbol=code[0], colour="", definition="")


def claims(desk: Desk, board: Board, places: Sequence[int]) -> list[BoardClaim | None]:
    """What is shown of the stances at some places of a board, as they are now; None for what is gone."""
    rows = board.rows
    return desk.store.board.claims([rows.keys[at] for at in places], [rows.targets[at] for at in places])
