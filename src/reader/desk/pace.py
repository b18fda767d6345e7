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
_FIRST = 4
"""Items in the first write, of which nothing is known yet."""
_SHORTEST = 1e-4
"""Seconds that a write is taken to last at least: a clock may not have moved."""


class Pace:
    """Does write after write, leaving the library free for at least as long as the last one held it.

    So somebody who marks in another process waits no longer than one write takes.
    """

    def __init__(self) -> None:
        self._free_until = 0.0
        self._lasted = 0.0
        self._at_once = _FIRST

    def do(self, write: Callable[[], T]) -> T:
        """Do a write when its turn has come."""
        time.sleep(max(0.0, self._free_until - time.monotonic()))
        begun = time.monotonic()
        result = write()
        ended = time.monotonic()
        self._lasted = ended - begun
        self._free_until = ended + self._lasted
        return result

    def each(self, items: Sequence[Item], write: Callable[[Sequence[Item]], Sequence[T]]) -> list[T]:
        """Write items in order, as many at once as the ones before show to last some milliseconds.

        Args:
            items: What is written.
            write: Writes some of them in one transaction; gives one outcome for each.

        Returns:
            The outcomes, in the order of the items.
        """
        outcomes: list[T] = []
        while len(outcomes) < len(items):
            some = items[len(outcomes) : len(outcomes) + self._at_once]
            outcomes += self.do(partial(write, some))
            would_last = int(len(some) * _LONGEST / max(self._lasted, _SHORTEST))
            self._at_once = max(1, min(would_last, 2 * self._at_once))
        return outcomes
