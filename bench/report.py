"""Figures, and the tables they are printed in."""

import math
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

NONE = "–"
NOT_INSTALLED = "not installed"

_HEADINGS = ("what", "floor", "peer", "ours", "p95", "× floor", "× peer", "goal", "met")


@dataclass(frozen=True, slots=True)
class Sample:
    """What was measured of one thing, once or several times."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 of 100 do not exceed (the nearest rank: one that was measured)."""
        return sorted(self.values)[math.ceil(len(self.values) * 0.95) - 1]


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should be."""

    limit: float
    of: Literal["median", "p95", "× floor"] = "median"
    at_least: bool = False
    """Whether the limit is to be reached rather than kept under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing measured, beside its floor and its peer in the same run."""

    what: str
    ours: Sample
    floor: Sample | str = NONE
    peer: Sample | str = NONE
    """The peer's figure, or why there is none."""
    unit: str = "ms"
    goal: Goal | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without one, or where its floor was not measured."""
        if self.goal is None:
            return None
        if self.goal.of == "× floor":
            if isinstance(self.floor, str):
                return None
            figure = self.ours.median / self.floor.median
        else:
            figure = self.ours.p95 if self.goal.of == "p95" else self.ours.median
        return figure >= self.goal.limit if self.goal.at_least else figure <= self.goal.limit

    def cells(self) -> tuple[str, ...]:
        """The row's words, one a column."""
        several = len(self.ours.values) > 1
        return (
            self.what,
            self._figure(self.floor),
            self._figure(self.peer),
            self._figure(self.ours),
            _number(self.ours.p95) if several else NONE,
            self._ratio(self.floor),
            self._ratio(self.peer),
            self._goal(),
            {None: "", True: "yes", False: "NO"}[self.met],
        )

    def _figure(self, value: Sample | str) -> str:
        return value if isinstance(value, str) else f"{_number(value.median)} {self.unit}"

    def _ratio(self, value: Sample | str) -> str:
        return (
            NONE if isinstance(value, str) or not value.median else f"{self.ours.median / value.median:.2f}"
        )

    def _goal(self) -> str:
        if self.goal is None:
            return NONE
        sign = "≥" if self.goal.at_least else "≤"
        limit = f"{self.goal.limit:g}"
        if self.goal.of == "× floor":
            return f"{sign} {limit} × floor"
        return f"{'p95 ' if self.goal.of == 'p95' else ''}{sign} {limit} {self.unit}"


def print_table(title: str, rows: Sequence[Row]) -> None:
    """Print rows as a table; see `print_cells`."""
    print_cells(title, _HEADINGS, [row.cells() for row in rows])


def print_cells(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table as Markdown, its columns aligned for a reader of plain text too."""
    lines = [headings, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    print(f"\n## {title}\n")
    for position, line in enumerate(lines):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
        if position == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    sys.stdout.flush()


def progress(line: str) -> None:
    """Tell on standard error what is being done, so that a long run is not a silent one."""
    print(f"… {line}", file=sys.stderr, flush=True)


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"
