"""A map over worker processes that keeps the order, bounds the memory and survives a worker's death."""

import os
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

SMALL = 24
"""Up to so many items are done in this process: starting the workers would take longer."""
_CHUNK_ITEMS = 16
_CHUNK_WEIGHT = 128_000
_WAITING_CHUNKS = 4
"""For each worker so many chunks may be done and wait for an earlier one before none is given out."""


@dataclass(frozen=True, slots=True)
class Failed(Generic[Item]):
    """What stands in the place of a result that an unexpected error, or a worker's death, prevented."""

    item: Item
    """What it was applied to."""
    error: str
    """The kind of error, for the user's line: ``RecursionError``."""
    details: str
    """Where it was raised, for the log; holds nothing of the item."""


def ordered_map(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    weight: Callable[[Item], int],
    workers: int | None = None,
) -> Iterator[Result | Failed[Item]]:
    """Apply a function to each item, on as many processes as there are cores, and yield in order.

    Items are read only as fast as results are taken. Closing the iterator ends the workers.

    Args:
        function: importable by name, since the workers import it; likewise items and results are pickled.
        items: what to apply it to.
        weight: roughly the bytes of an item, so that heavy ones travel alone.
        workers: how many processes; None for one a core.
    """
    items = iter(items)
    head = list(islice(items, SMALL + 1))
    if len(head) <= SMALL:
        for item in head:
            yield _attempt(function, item)
        return
    team = _Team(function, workers or os.cpu_count() or 1)
    try:
        yield from team.run(_chunks(head, items, weight))
    finally:
        team.close()


def _attempt(function: Callable[[Item], Result], item: Item) -> Result | Failed[Item]:
    try:
        return function(item)
    except Exception as error:
        frames = traceback.format_tb(error.__traceback__)
        return Failed(item, type(error).__name__, "".join([*frames, type(error).__name__]))


def _chunks(head: list[Item], tail: Iterator[Item], weight: Callable[[Item], int]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    total = 0
    for source in (head, tail):
        for item in source:
            chunk.append(item)
            total += weight(item)
            if len(chunk) >= _CHUNK_ITEMS or total >= _CHUNK_WEIGHT:
                yield chunk
                chunk, total = [], 0
    if chunk:
        yield chunk


class _Worker(Generic[Item, Result]):
    """A process that turns a list of items into a list of results, over a pipe of its own.

    The pipe is shared with no other process: its end tells either side that the other has died.
    """

    def __init__(self, function: Callable[[Item], Result]) -> None:
        self.function = function
        self.place = -1
        """The place in the order of the chunk it works on; -1 while it has none."""
        self.chunk: list[Item] = []
        self.start()

    def start(self) -> None:
        context = get_context("spawn")  # forking would copy the open library
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, self.function), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, place: int, chunk: list[Item]) -> None:
        self.place, self.chunk = place, chunk
        with suppress(OSError):  # it has died; `take` will find out
            self.pipe.send(chunk)

    def take(self) -> list[Result | Failed[Item]]:
        """The results of its chunk, waiting for them.

        Where it has died, the item that killed it is found by giving each alone to a fresh process.
        """
        chunk, place = self.chunk, self.place
        results = self._received()
        if results is None:
            results = []
            for item in chunk:
                self.give(place, [item])
                results += self._received() or [Failed(item, "crash", "the worker's process died")]
        self.place, self.chunk = -1, []
        return results

    def _received(self) -> list[Result | Failed[Item]] | None:
        try:
            results: list[Result | Failed[Item]] = self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            self.start()
            return None
        return results

    def end(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()


def _work(pipe: Connection, function: Callable[[Item], Result]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    try:
        while True:
            pipe.send([_attempt(function, item) for item in pipe.recv()])
    except (EOFError, OSError):
        return


class _Team(Generic[Item, Result]):
    """The workers, and the results that wait for their turn."""

    def __init__(self, function: Callable[[Item], Result], size: int) -> None:
        self.workers = [_Worker[Item, Result](function) for _ in range(size)]

    def run(self, chunks: Iterator[list[Item]]) -> Iterator[Result | Failed[Item]]:
        done: dict[int, list[Result | Failed[Item]]] = {}
        given = turn = 0
        upcoming: list[Item] | None = next(chunks, None)
        while True:
            for worker in self.workers:
                if upcoming and worker.place < 0 and given - turn < _WAITING_CHUNKS * len(self.workers):
                    worker.give(given, upcoming)
                    given += 1
                    upcoming = next(chunks, None)
            if turn == given:
                return
            if turn not in done:
                for worker in self._ready():
                    place = worker.place
                    done[place] = worker.take()
                continue
            yield from done.pop(turn)
            turn += 1

    def _ready(self) -> list[_Worker[Item, Result]]:
        busy = [worker for worker in self.workers if worker.place >= 0]
        ready = wait([worker.pipe for worker in busy])
        return [worker for worker in busy if worker.pipe in ready]

    def close(self) -> None:
        for worker in self.workers:
            worker.end()
