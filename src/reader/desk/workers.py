"""A map over worker processes that keeps the order, bounds the memory and survives a worker's death."""

import gc
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

SMALL = 24
"""Up to so many items are done in this process: starting the workers would take longer."""
_CHUNK_ITEMS = 16
_CHUNK_WEIGHT = 128_000
_NICENESS = 5
"""Whoever reads in another window meanwhile comes first."""
_RUBBISH = 50_000
"""Objects that a worker makes before it looks for circles among them: each 700 cost a tenth of its time."""
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
        weight: roughly the bytes of an item, so that heavy ones travel alone. What weighs nothing does not
            travel at all: it is done in this process.
        workers: how many processes; None for one a core.
    """
    items = iter(items)
    head = list(islice(items, SMALL + 1))
    if len(head) <= SMALL:
        for item in head:
            yield attempt(function, item)
        return
    team = _Team(function, workers or os.cpu_count() or 1)
    try:
        yield from team.run(_chunks(chain(head, items), weight))
    finally:
        team.close()


def attempt(function: Callable[[Item], Result], item: Item) -> Result | Failed[Item]:
    """Apply a function to an item, whatever it may raise."""
    try:
        return function(item)
    except Exception as error:
        frames = traceback.format_tb(error.__traceback__)
        return Failed(item, type(error).__name__, "".join([*frames, type(error).__name__]))


class _Chunk(NamedTuple, Generic[Item]):
    """Items that stay together: all of them weigh nothing, or none."""

    items: list[Item]
    weight: int


def _chunks(items: Iterable[Item], weight: Callable[[Item], int]) -> Iterator[_Chunk[Item]]:
    chunk: list[Item] = []
    total = 0
    for item in items:
        weighs = weight(item)
        if chunk and (total > 0) != (weighs > 0):
            yield _Chunk(chunk, total)
            chunk, total = [], 0
        chunk.append(item)
        total += weighs
        if len(chunk) >= _CHUNK_ITEMS or total >= _CHUNK_WEIGHT:
            yield _Chunk(chunk, total)
            chunk, total = [], 0
    if chunk:
        yield _Chunk(chunk, total)


class _Worker(Generic[Item, Result]):
    """A process that turns a list of items into a list of results, over a pipe of its own.

    The pipe is shared with no other process: its end tells either side that the other has died. The process
    is started when it is first given something.
    """

    def __init__(self, function: Callable[[Item], Result]) -> None:
        self.function = function
        self.place = -1
        """The place in the order of the chunk it works on; -1 while it has none."""
        self.chunk: list[Item] = []
        self.process: BaseProcess | None = None

    def start(self) -> None:
        context = get_context("spawn")  # forking would copy the open library
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, self.function), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, place: int, chunk: list[Item]) -> None:
        self.place, self.chunk = place, chunk
        if self.process is None:
            self.start()
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

    def take_once(self) -> list[Result | Failed[Item]]:
        """The results of its chunk, without a second try where it has died."""
        results = self._received()
        if results is None:
            return [Failed(item, "crash", "the worker's process died") for item in self.chunk]
        return results

    def _received(self) -> list[Result | Failed[Item]] | None:
        try:
            results: list[Result | Failed[Item]] = self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            return None
        return results

    def end(self) -> None:
        if self.process:
            self.pipe.close()
            self.process.terminate()
            self.process.join()
            self.process = None


def _work(pipe: Connection, function: Callable[[Item], Result]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    # What is loaded stays, and what an item is made into hardly ever goes round in circles.
    gc.freeze()
    gc.set_threshold(_RUBBISH)
    try:
        while True:
            pipe.send([attempt(function, item) for item in pipe.recv()])
    except (EOFError, OSError):
        return


class _Team(Generic[Item, Result]):
    """The workers, and the results that wait for their turn."""

    def __init__(self, function: Callable[[Item], Result], size: int) -> None:
        self.function = function
        self.workers = [_Worker[Item, Result](function) for _ in range(size)]
        self.done: dict[int, list[Result | Failed[Item]]] = {}

    def run(self, chunks: Iterator[_Chunk[Item]]) -> Iterator[Result | Failed[Item]]:
        given = turn = 0
        upcoming = next(chunks, None)
        while True:
            while upcoming and given - turn < _WAITING_CHUNKS * len(self.workers):
                if not self._taken(given, upcoming):
                    break
                given += 1
                upcoming = next(chunks, None)
            if turn == given:
                return
            if turn in self.done:
                yield from self.done.pop(turn)
                turn += 1
                continue
            for worker in self._ready():
                place = worker.place
                self.done[place] = worker.take()

    def _taken(self, place: int, chunk: _Chunk[Item]) -> bool:
        """Do what weighs nothing, and give the rest to a worker; False where none of them is free."""
        if not chunk.weight:
            self.done[place] = [attempt(self.function, item) for item in chunk.items]
            return True
        idle = next((worker for worker in self.workers if worker.place < 0), None)
        if idle:
            idle.give(place, chunk.items)
        return idle is not None

    def _ready(self) -> list[_Worker[Item, Result]]:
        busy = [worker for worker in self.workers if worker.place >= 0]
        ready = wait([worker.pipe for worker in busy])
        return [worker for worker in busy if worker.pipe in ready]

    def close(self) -> None:
        for worker in self.workers:
            worker.end()


class Crew(Generic[Item, Result]):
    """Processes that do items as they come and give results as they are done, in no order.

    Where one dies, or takes longer than it is given, the item it worked on is `Failed` and the others go on.
    """

    def __init__(self, function: Callable[[Item], Result], size: int, seconds: float) -> None:
        """Start nothing yet.

        Args:
            function: importable by name, since the workers import it; likewise items and results are pickled.
            size: how many processes at most.
            seconds: that one item may take.
        """
        self._workers = [_Worker[Item, Result](function) for _ in range(size)]
        self._deadlines: dict[int, float] = {}
        self._seconds = seconds

    @property
    def idle(self) -> bool:
        """Whether one of them could take an item."""
        return len(self._deadlines) < len(self._workers)

    @property
    def busy(self) -> bool:
        """Whether one of them works."""
        return bool(self._deadlines)

    def give(self, item: Item) -> None:
        """Give an item to one that is idle."""
        place, worker = next(
            (place, worker) for place, worker in enumerate(self._workers) if place not in self._deadlines
        )
        self._deadlines[place] = time.monotonic() + self._seconds
        worker.give(place, [item])

    def ready(
        self, others: Sequence[Connection] = (), timeout: float | None = None
    ) -> list[Result | Failed[Item]]:
        """Wait until one has a result, or one of the `others` is readable; returns the results there are."""
        pipes = {self._workers[place].pipe: place for place in self._deadlines}
        limit = min((deadline - time.monotonic() for deadline in self._deadlines.values()), default=None)
        if timeout is not None:
            limit = timeout if limit is None else min(limit, timeout)
        done = wait([*pipes, *others], None if limit is None else max(0.0, limit))
        results: list[Result | Failed[Item]] = []
        now = time.monotonic()
        for pipe, place in pipes.items():
            worker = self._workers[place]
            if pipe in done:
                results += worker.take_once()
            elif now >= self._deadlines[place]:
                worker.end()
                results += [Failed(item, "timeout", "it took too long") for item in worker.chunk]
            else:
                continue
            del self._deadlines[place]
        return results

    def close(self) -> None:
        """End them all."""
        for worker in self._workers:
            worker.end()
