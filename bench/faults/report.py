"""What came of trying to break one promise, and the table of all of them."""

from collections.abc import Sequence
from typing import NamedTuple


class Outcome(NamedTuple):
    """One promise, how often it was tried, and what did not hold."""

    promise: str
    tried: str
    """What was done how often, in a few words."""
    figure: str
    """What was counted, in a few words."""
    broken: Sequence[str] = ()
    """A line for each time the promise did not hold."""
    skipped: str = ""
    """Why it could not be tried here, or empty."""

    @property
    def kept(self) -> str:
        """The last column."""
        return "not tried" if self.skipped else "NO" if self.broken else "yes"


def print_outcomes(outcomes: Sequence[Outcome]) -> None:
    """Print the table as Markdown, then what was broken, the first few of each."""
    lines = [("promise", "tried", "figure", "kept")]
    lines += [(one.promise, one.skipped or one.tried, one.figure, one.kept) for one in outcomes]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for position, line in enumerate(lines):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
        if position == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    for one in outcomes:
        for line_ in one.broken[:10]:
            print(f"\n{one.promise}: {line_}")
