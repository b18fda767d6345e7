"""Tries to break the promises named, or all of them: ``python -m bench.faults [NAME …] [--quick]``."""

import argparse
import sys
from collections.abc import Callable

from bench.faults import bitrot, corruption, drill, files, killing, power, sharing, space, surfaces, texts
from bench.faults.report import Outcome, print_outcomes

_PROMISES: dict[str, tuple[Callable[[int], Outcome], int]] = {
    "writer": (killing.writer, 1000),
    "app": (killing.app, 100),
    "power": (power.power, 1000),
    "failing": (power.failing, 400),
    "corrupt": (corruption.mutations, 5000),
    "recover": (corruption.recovering, 2000),
    "bits": (bitrot.flips, 20000),
    "two": (sharing.two, 2000),
    "drill": (drill.drill, 400),
    "full": (space.full, 40),
    "read-only": (space.read_only, 1),
    "screens": (surfaces.screens, 3),
    "commands": (surfaces.commands, 1),
    "files": (files.hostile, 1),
    "texts": (texts.texts, 50_000),
    "in-the-app": (texts.in_the_app, 400),
}
"""By name: what tries it, and how often."""


def main() -> int:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description="Try to break reader.")
    parser.add_argument("name", nargs="*", default=list(_PROMISES), help=f"of {', '.join(_PROMISES)}")
    parser.add_argument("--quick", action="store_true", help="a twentieth of the tries")
    given = parser.parse_args()
    if unknown := [name for name in given.name if name not in _PROMISES]:
        parser.error(f"nothing is called {', '.join(unknown)}")
    outcomes = []
    for name in given.name:
        attempt, times = _PROMISES[name]
        outcomes.append(attempt(max(1, times // 20) if given.quick else times))
    print_outcomes(outcomes)
    return 1 if any(outcome.broken for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
