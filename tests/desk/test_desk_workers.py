import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import active_children, parent_process

import pytest

from reader.desk.workers import SMALL, Failed, ordered_map

MANY = SMALL * 8
SECRET = "word" * 3


def weight(item: object) -> int:
    return 1_000


def double(number: int) -> int:
    return number * 2


def slow_when_early(number: int) -> int:
    """The first chunk takes longest, so later ones are done before it."""
    if number < 16:
        time.sleep(0.01)
    return number


def fragile(number: int) -> int:
    if number % 50 == 7:
        raise ValueError(f"of the item: {SECRET}")
    return number


def deadly(number: int) -> int:
    if number == 33 and parent_process() is not None:
        os._exit(9)
    return number


def process_of(number: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("count", [0, 1, SMALL, SMALL + 1, MANY])
def test_results_come_in_order_whatever_the_count(count: int) -> None:
    assert list(ordered_map(double, range(count), weight=weight, workers=2)) == [2 * n for n in range(count)]


def test_a_slow_chunk_holds_back_later_ones() -> None:
    assert list(ordered_map(slow_when_early, range(MANY), weight=weight, workers=2)) == list(range(MANY))


def test_small_work_stays_in_this_process_and_large_work_does_not() -> None:
    assert set(ordered_map(process_of, range(SMALL), weight=weight, workers=2)) == {os.getpid()}
    elsewhere = set(ordered_map(process_of, range(MANY), weight=weight, workers=2))
    assert os.getpid() not in elsewhere
    assert len(elsewhere) == 2


def test_what_weighs_nothing_stays_in_this_process_and_in_order() -> None:
    """Some of it is alone, some makes up whole chunks."""
    light = {0, 1, 2, 30, *range(60, 120), MANY - 1}
    where = list(ordered_map(process_of, range(MANY), weight=lambda n: 0 if n in light else 9, workers=2))
    assert {n for n in range(MANY) if where[n] == os.getpid()} == light
    results = ordered_map(double, range(MANY), weight=lambda n: 0 if n in light else 9, workers=2)
    assert list(results) == [2 * n for n in range(MANY)]


def test_no_process_is_started_for_nothing() -> None:
    before = active_children()
    results = ordered_map(double, range(MANY), weight=lambda n: 0, workers=2)
    assert [next(results), active_children(), *results] == [0, before, *range(2, 2 * MANY, 2)]


@pytest.mark.parametrize("count", [SMALL, MANY])
def test_an_item_that_raises_costs_itself_alone(count: int) -> None:
    results = list(ordered_map(fragile, range(count), weight=weight, workers=2))
    for number, result in enumerate(results):
        if number % 50 == 7:
            assert isinstance(result, Failed)
            assert (result.item, result.error) == (number, "ValueError")
            assert "fragile" in result.details
            assert SECRET not in result.details
        else:
            assert result == number


def test_an_item_that_kills_its_worker_costs_itself_alone() -> None:
    results = list(ordered_map(deadly, range(MANY), weight=weight, workers=2))
    assert [n for n, result in enumerate(results) if isinstance(result, Failed)] == [33]
    assert [result for result in results if not isinstance(result, Failed)] == [
        n for n in range(MANY) if n != 33
    ]


def test_items_are_read_only_as_fast_as_results_are_taken() -> None:
    read = 0

    def endless() -> Iterator[int]:
        nonlocal read
        for number in itertools.count():
            read += 1
            yield number

    results = ordered_map(double, endless(), weight=weight, workers=2)
    first = [next(results) for _ in range(100)]
    assert first == [2 * n for n in range(100)]
    assert read < 500
    assert isinstance(results, Iterator)
    results.close()  # type: ignore[attr-defined]


def test_workers_die_with_a_parent_that_is_killed() -> None:
    """A worker that outlived its parent would hold the pipe open and this read would never end."""
    program = (
        "import itertools, os, signal\n"
        "from reader.desk.workers import ordered_map\n"
        "results = ordered_map(abs, itertools.count(), weight=lambda item: 1, workers=2)\n"
        "next(results)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=30, check=False)
    assert done.returncode == -9
