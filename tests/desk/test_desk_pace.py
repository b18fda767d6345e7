"""Long work holds the library for moments, and leaves it free between them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.desk import pace
from reader.desk.pace import Pace


class Clock:
    """Time that passes only where something is said to take it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept = 0.0

    def monotonic(self) -> float:
        """The seconds so far."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let them pass."""
        self.now += seconds
        self.slept += seconds


class Library:
    """Takes so many seconds for each item, and remembers what was written when."""

    def __init__(self, clock: Clock, each: float) -> None:
        self._clock = clock
        self._each = each
        self.writes: list[tuple[float, float, int]] = []

    def write(self, items: Sequence[int]) -> list[int]:
        """Write the items: each one's outcome is its negative."""
        begun = self._clock.now
        self._clock.now += self._each * len(items)
        self.writes.append((begun, self._clock.now, len(items)))
        return [-item for item in items]


@given(each=st.floats(0, 0.02), counts=st.lists(st.integers(0, 60), max_size=8))
def test_every_item_is_written_once_and_in_order_by_writes_that_leave_room(
    each: float, counts: list[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = Clock()
        patch.setattr(pace, "time", clock)
        library, paced = Library(clock, each), Pace()
        for count in counts:
            assert paced.each(range(count), library.write) == [-item for item in range(count)]
        for (begun, ended, _), (next_begun, _, _) in zip(library.writes, library.writes[1:], strict=False):
            assert next_begun - ended >= (ended - begun) * 0.999


def test_writes_become_as_long_as_they_may_and_no_longer() -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = Clock()
        patch.setattr(pace, "time", clock)
        library = Library(clock, 0.001)
        Pace().each(range(100), library.write)
        sizes = [count for _, _, count in library.writes]
        assert sizes[:3] == [4, 8, 8]
        assert max(sizes) == 8


def test_an_item_that_takes_longer_is_written_by_itself() -> None:
    with pytest.MonkeyPatch.context() as patch:
        clock = Clock()
        patch.setattr(pace, "time", clock)
        library = Library(clock, 0.05)
        Pace().each(range(8), library.write)
        assert [count for _, _, count in library.writes] == [4, 1, 1, 1, 1]
