"""How marks fare when the text under them changes: ours beside the way of Hypothesis's client."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from bench import hypothesis_anchoring
from bench.articles import latin
from bench.edits import SCENARIOS, Case, cases, edited
from bench.report import Goal, Row, Sample, print_table, progress
from reader.model import Span
from reader.text.reanchor import Reanchor

Fate: TypeAlias = Literal["exact", "near", "wrong", "proposed", "lost"]
"""The right words; most of them; others; only proposed to the person; given up."""

_LONG, _MARKS = 1_000_000, 500
"""The long text's size in bytes, and how many marks it bears."""


class Outcome(NamedTuple):
    """What a method did with the cases of a scenario."""

    fates: Counter[str]
    false: int
    """How many marks it put somewhere though what was marked is not there any more."""
    gone: int
    cases: int
    ms: float
    """Processor time for one mark, the comparison of the two texts included."""

    def share(self, fate: Fate) -> float:
        """Per cent of the marks whose words are still there."""
        return 100 * self.fates[fate] / max(1, self.cases - self.gone)


def main() -> None:
    """Measure and print."""
    rows: list[Row] = []
    for scenario in SCENARIOS:
        progress(f"re-anchoring: {scenario}")
        made = cases(scenario)
        ours, theirs = _tried(made, _ours), _tried(made, _theirs)
        rows += _rows(scenario, ours, theirs)
    rows.append(_long())
    print_table(
        "Re-anchoring (peer: the algorithm of Hypothesis's client, ported, which never asks; processor time)",
        rows,
    )


def _rows(scenario: str, ours: Outcome, theirs: Outcome) -> list[Row]:
    if scenario in ("deletion", "look-alike"):
        limit = 0.7 if scenario == "deletion" else 3.0
        rows = [
            Row(
                what=f"{scenario}: put where the words are not",
                ours=Sample((100 * ours.false / ours.cases,)),
                peer=Sample((100 * theirs.false / theirs.cases,)),
                unit="%",
                goal=Goal(limit),
            )
        ]
    else:
        rows = [
            Row(
                what=f"{scenario}: {fate}",
                ours=Sample((ours.share(fate),)),
                peer=Sample((theirs.share(fate),)),
                unit="%",
                goal=_GOALS.get((scenario, fate)),
            )
            for fate in _FATES
        ]
    rows.append(
        Row(what=f"{scenario}: a mark", ours=Sample((ours.ms,)), peer=Sample((theirs.ms,)), goal=Goal(10))
    )
    return rows


_FATES: tuple[Fate, ...] = ("exact", "near", "wrong", "proposed", "lost")
_GOALS: dict[tuple[str, Fate], Goal] = {
    ("update", "exact"): Goal(95, at_least=True),
    ("update", "wrong"): Goal(0.2),
    ("typography", "exact"): Goal(100, at_least=True),
}


def _tried(made: Sequence[Case], method: Callable[[Case], tuple[str, Span]]) -> Outcome:
    fates: Counter[str] = Counter()
    false = gone = 0
    start = time.process_time()
    results = [method(case) for case in made]
    seconds = time.process_time() - start
    for case, (status, span) in zip(made, results, strict=True):
        if case.truth is None:
            gone += 1
            false += status == "ok"
        elif status == "review":
            fates["proposed"] += 1
        elif status == "orphan":
            fates["lost"] += 1
        elif span == case.truth:
            fates["exact"] += 1
        else:
            fates["near" if _overlap(span, case.truth) >= 0.5 else "wrong"] += 1
    return Outcome(fates, false, gone, len(made), 1000 * seconds / len(made))


def _ours(case: Case) -> tuple[str, Span]:
    placed = Reanchor(case.old, case.new).place(case.span)
    return placed.status, placed.span


def _theirs(case: Case) -> tuple[str, Span]:
    span = hypothesis_anchoring.anchored(case.old, case.new, case.span)
    return ("ok", span) if span is not None else ("orphan", Span(0, 0))


def _overlap(one: Span, other: Span) -> float:
    """The shared part of two spans, of all that they cover."""
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (max(one.end, other.end) - min(one.start, other.start))


def _long() -> Row:
    old = latin(_LONG)
    new = edited(old, 0.03)
    step = len(old) // _MARKS
    start = time.process_time()
    reanchor = Reanchor(old, new)
    for offset in range(0, len(old) - step, step):
        reanchor.place(Span(offset, offset + 80))
    return Row(
        what=f"{_MARKS} marks of a text of 1 MB, all together",
        ours=Sample((time.process_time() - start,)),
        unit="s",
        goal=Goal(10 * _MARKS / 1000),
    )


if __name__ == "__main__":
    main()
