import time
from collections.abc import Sequence

from reader.desk.pace import Pace


def lengths(pace: Pace, items: int, seconds: float) -> list[int]:
    """Of the writes of so many items, each of which lasts so long at least."""
    found: list[int] = []

    def write(some: Sequence[int]) -> Sequence[int]:
        time.sleep(seconds)
        found.append(len(some))
        return [2 * item for item in some]

    assert pace.each(range(items), write) == [2 * item for item in range(items)]
    return found


def test_slow_writes_stay_small_but_hold_some_items_each() -> None:
    assert lengths(Pace(), 30, 0.02) == [8, 8, 8, 6]


def test_nothing_is_written_where_there_is_nothing() -> None:
    assert lengths(Pace(), 0, 0) == []


def test_a_write_that_counts_no_items_changes_nothing() -> None:
    pace = Pace()
    pace.do(lambda: time.sleep(0.02))
    assert len(pace.first(range(100))) == 8
