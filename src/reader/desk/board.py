"""The claims board: all stances grouped and counted, and the matrix of sources by targets."""

from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Matrix:
    """Sources by targets, those with the most stances first."""

    board: "Board"
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    by_source: tuple[Counts, ...]
    by_target: tuple[Counts, ...]
    _cells: Mapping[tuple[str, str], Mapping[int, int]]

    def cell(self, row: int, column: int) -> Counts | None:
        """What a source says of a target, or None where it says nothing."""
        counter = self._cells.get((self.sources[row], self.targets[column]))
        return None if counter is None else self.board.counts(counter)


@dataclass(frozen=True, slots=True)
class Board:
    """The stances that a query is true of."""

    rows: BoardRows
    labels: tuple[Label | None, ...]
    """What the rows' numbers of labels stand for; None for no stance."""
    _targets: Mapping[int, str]
    _sources: Sequence[str]
    _holders: Sequence[str]

    def __len__(self) -> int:
        """How many stances there are."""
        return len(self.rows.keys)

    def groups(self, grouping: Grouping) -> list[Group]:
        """What the rows have in common: where supports and opposes clash first, then the greater first."""
        counters = self._counted(grouping)
        groups = [Group(name, self.counts(counter)) for name, counter in counters.items()]
        return sorted(groups, key=lambda group: (not group.counts.clash, -group.counts.total, group.name))

    def _counted(self, grouping: Grouping) -> dict[str, Counter[int]]:
        """How many stances of each label the groups have."""
        size, counters = len(self.rows.codes), dict[str, Counter[int]]()
        if grouping in ("target", "stance"):
            for pair, count in Counter(self.rows.pairs).items():
                target, label = divmod(pair, size)
                name = self._targets.get(target, "") if grouping == "target" else self._stance(label)
                counters.setdefault(name, Counter())[label] += count
            return counters
        labels = [pair % size for pair in self.rows.pairs]
        # Counted together, which needs no step of Python for a row.
        for (name, label), count in Counter(zip(self._names(grouping), labels, strict=True)).items():
            counters.setdefault(name, Counter())[label] += count
        return counters

    def _names(self, grouping: Grouping) -> Sequence[str]:
        return self._sources if grouping == "source" else self._holders

    def _stance(self, label: int) -> str:
        known = self.labels[label]
        return known.name if known else ""

    def places(self, grouping: Grouping, name: str) -> "array[int]":
        """Where the rows of a group stand (type code ``q``)."""
        if grouping in ("source", "holder"):
            return array("q", [place for place, known in enumerate(self._names(grouping)) if known == name])
        size, pairs = len(self.rows.codes), self.rows.pairs
        targets, labels = list(self._targets), list(range(size))
        if grouping == "target":
            targets = [number for number in targets if self._targets[number] == name]
        else:
            labels = [label for label in labels if self._stance(label) == name]
        named = {target * size + label for target in targets for label in labels}
        return array("q", [place for place, pair in enumerate(pairs) if pair in named])

    def within(self, source: str, target: str) -> "Board":
        """The stances of one source toward one target."""
        here = [place for place in self.places("target", target) if self._sources[place] == source]
        rows = self.rows
        return Board(
            BoardRows(
                array("q", [rows.keys[at] for at in here]),
                array("q", [rows.pairs[at] for at in here]),
                rows.codes,
            ),
            self.labels,
            self._targets,
            [source] * len(here),
            [""] * len(here),
        )

    def matrix(self) -> Matrix:
        """Sources by targets."""
        size = len(self.rows.codes)
        cells: dict[tuple[str, str], dict[int, int]] = {}
        for (source, pair), count in Counter(zip(self._sources, self.rows.pairs, strict=True)).items():
            number, label = divmod(pair, size)
            cell = cells.setdefault((source, self._targets.get(number, "")), {})
            cell[label] = cell.get(label, 0) + count
        by_source, by_target = self._counted("source"), self._counted("target")
        sources = sorted(by_source, key=lambda name: (-by_source[name].total(), name))
        targets = sorted(by_target, key=lambda name: (-by_target[name].total(), name))
        return Matrix(
            self,
            tuple(sources),
            tuple(targets),
            tuple(self.counts(by_source[name]) for name in sources),
            tuple(self.counts(by_target[name]) for name in targets),
            cells,
        )

    def counts(self, counter: Mapping[int, int]) -> Counts:
        """How many there are of each label, from how many of each number of one."""
        counts = tuple(counter.get(place, 0) for place in range(len(self.labels)))
        roles = {label.colour for label, count in zip(self.labels, counts, strict=True) if label and count}
        return Counts(counts, {"support", "oppose"} <= roles)


def board(desk: Desk, query: str, *, by: Collection[Grouping] = (), typing: bool = False) -> Board:
    """The stances that a query is true of, those of the newest article first.

    Args:
        desk: the desk.
        query: in the query language; judged of each stance with its mark and article.
        by: what they are to be grouped by; sources and holders are read only where they are wanted, and a
            matrix and its cells want sources.
        typing: whether the query is still being typed.

    Raises:
        QueryError: the query means nothing.
    """
    store = desk.store.board
    with desk.store.snapshot():
        rows = store.rows(parsed(desk, query, typing=typing))
        targets = store.targets()
        sources = store.sources(rows) if "source" in by else []
        holders = store.holders(rows) if "holder" in by else []
    known: dict[tuple[str, str], Label] = {}
    for scheme in schemes.known(desk):
        for label in scheme.labels:
            known.setdefault((scheme.name, label.code), label)
    labels = tuple(_label(known, scheme, code) for scheme, code in rows.codes)
    return Board(rows, labels, targets, sources, holders)


def _label(known: Mapping[tuple[str, str], Label], scheme: str, code: str) -> Label | None:
    """The label of a stance, also where its scheme is not there any more."""
    if not code:
        return None
    label = known.get((scheme, code))
    return label or Label(code=code, key="", name=code, symbol=code[0], colour="", definition="")


def claims(desk: Desk, board: Board, places: Sequence[int]) -> list[BoardClaim | None]:
    """What is shown of the stances at some places of a board, as they are now; None for what is gone."""
    rows = board.rows
    return desk.store.board.claims([rows.keys[at] for at in places], [rows.target(at) for at in places])
