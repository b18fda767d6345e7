"""How often, and for how long, long work may hold the library."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

T = TypeVar("T")
Item = TypeVar("Item")

_LONGEST = 0.008
"""Seconds that one write of many items should last: who marks meanwhile waits for one of them at most, and
must see the mark within 15 ms."""
_FEWEST = 8
"""Items that are written at once however long it lasts: a slow disk's time is not theirs."""
_SHORTEST = 1e-4
"""Seconds that a write is taken to last at least: a clock may not have moved."""
_GAP = 0.003
"""Seconds between two writes at least: who waits for a turn looks every two milliseconds."""


class Pace:
    """Does write after write, leaving the library free in between.

    So somebody who marks in another process waits no longer than one write takes.
    """

    def __init__(self) -> None:
        self._free_until = 0.0
        self._at_once = _FEWEST

    def do(self, write: Callable[[], T], items: int = 0) -> T:
        """Do a write when its turn has come.

        Args:
            write: the write, one transaction.
            items: how many of those it writes that `first` gave.
        """
        time.sleep(max(0.0, self._free_until - time.monotonic()))
        begun = time.monotonic()
        result = write()
        ended = time.monotonic()
        lasted = max(ended - begun, _SHORTEST)
        self._free_until = ended + max(_GAP, lasted / 4)
        if items:
            self._at_once = max(_FEWEST, min(int(items * _LONGEST / lasted), 2 * self._at_once))
        return result

    def first(self, items: Sequence[Item]) -> Sequence[Item]:
        """As many of the first items as those before show to last some milliseconds when they are written."""
        return items[: self._at_once]

    def each(self, items: Sequence[Item], write: Callable[[Sequence[Item]], Sequence[T]]) -> list[T]:
        """Write items in order, as many at once as `first` says.

        Args:
            items: What is written.
            write: Writes some of them in one transaction; gives one outcome for each.

        Returns:
            The outcomes, in the order of the items.
        """
        outcomes: list[T] = []
        while len(outcomes) < len(items):
            some = self.first(items[len(outcomes) :])
            outcomes += self.do(partial(write, some), len(some))
        return outcomes
