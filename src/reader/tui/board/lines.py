"""The board's groups as lines of a list: a line for each group, and for each mark of one that is open."""

from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from reader.desk import Desk
from reader.desk.board import Board, Group, claims
from reader.model import BoardClaim, Grouping

_WINDOW = 100
"""Marks read at once when one is missing."""
_KEPT = 3000
_ALL_OPEN = 30
"""Up to so many marks, every group is open at first: with more, the groups would be out of sight."""


class Line(NamedTuple):
    """A line of the list."""

    group: int
    place: int | None
    """Where the mark stands in the board's rows; None for the group's own line."""


class Lines:
    """Which lines there are, and what they show: groups from memory, marks in windows from the library."""

    def __init__(
        self,
        desk: Desk,
        board: Board,
        grouping: Grouping,
        groups: list[Group],
        opened: frozenset[str] | None,
    ) -> None:
        """Take the groups; `opened` are the names of those that are open, None for as many as fit."""
        self._desk = desk
        self.board = board
        self.grouping = grouping
        self.groups = groups
        if opened is None:
            opened = frozenset(group.name for group in groups) if len(board) <= _ALL_OPEN else frozenset()
        self._open = {at for at, group in enumerate(groups) if group.name in opened}
        self._places: dict[int, array[int]] = {}
        """Of the groups that were open once."""
        self._claims: dict[int, BoardClaim | None] = {}
        self._starts: list[int] = []
        self._count()

    def _count(self) -> None:
        heights = [1 + group.counts.total * self.is_open(at) for at, group in enumerate(self.groups)]
        self._starts = [0, *accumulate(heights)]

    def places(self, group: int) -> "array[int]":
        """Where the marks of a group stand in the board's rows."""
        if group not in self._places:
            self._places[group] = self.board.places(self.grouping, self.groups[group].name)
        return self._places[group]

    def __len__(self) -> int:
        """How many lines there are."""
        return self._starts[-1]

    @property
    def opened(self) -> frozenset[str]:
        """The names of the groups that are open."""
        return frozenset(self.groups[at].name for at in self._open)

    def line(self, index: int) -> Line | None:
        """What stands on a line, or None past the end."""
        if not 0 <= index < len(self):
            return None
        group = bisect_right(self._starts, index) - 1
        within = index - self._starts[group]
        return Line(group, self.places(group)[within - 1] if within else None)

    def is_open(self, group: int) -> bool:
        """Whether a group's marks are listed."""
        return group in self._open

    def toggle(self, group: int) -> None:
        """Open a group that is closed, or close it."""
        self._open ^= {group}
        self._count()

    def start(self, group: int) -> int:
        """The index of a group's own line."""
        return self._starts[group]

    def claim(self, index: int) -> BoardClaim | None:
        """What is shown of the mark on a line; None where it is a group's, or gone meanwhile."""
        line = self.line(index)
        if line is None or line.place is None:
            return None
        if line.place not in self._claims:
            if len(self._claims) > _KEPT:
                self._claims.clear()
            places = self.places(line.group)
            at = index - self._starts[line.group] - 1
            wanted = places[max(0, at - _WINDOW // 2) : at + _WINDOW // 2]
            self._claims.update(zip(wanted, claims(self._desk, self.board, wanted), strict=True))
        return self._claims[line.place]

    def find(self, name: str, key: int, target: int) -> int | None:
        """The index of a mark's line in the group of this name, else of the group's; None if it is gone."""
        at = next((at for at, group in enumerate(self.groups) if group.name == name), None)
        if at is None:
            return None
        rows = self.board.rows
        if at in self._open:
            for within, place in enumerate(self.places(at), start=1):
                if rows.keys[place] == key and rows.target(place) == target:
                    return self._starts[at] + within
        return self._starts[at]
