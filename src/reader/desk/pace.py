"""How often long work may hold the library."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Pace:
    """Does write after write, leaving the library free for at least as long as the last one held it.

    So somebody who marks in another process waits no longer than one write takes.
    """

    def __init__(self) -> None:
        self._free_until = 0.0

    def do(self, write: Callable[[], T]) -> T:
        """Do a write when its turn has come."""
        time.sleep(max(0.0, self._free_until - time.monotonic()))
        begun = time.monotonic()
        result = write()
        ended = time.monotonic()
        self._free_until = ended + (ended - begun)
        return result
