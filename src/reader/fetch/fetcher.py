"""Fetching many addresses at once, and never two at once from one host.

The work is done in a thread with an event loop of its own, where a time limit ends a slow server whatever it
does; the results are taken by the thread that asked.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import Pipe
from types import TracebackType
from typing import Generic, NamedTuple, Self, TypeVar

from reader.fetch.exchange import Exchange
from reader.fetch.network import Network
from reader.sources import Fetched, Missed, Request

Key = TypeVar("Key", bound=Hashable)

_AT_ONCE = 24
"""Hosts that are asked at once."""
_HELD = 32 * 1024 * 1024
"""Bytes that wait to be taken; beyond that nothing new is asked for."""


def _agent() -> str:
    try:
        return f"stance-reader/{version('stance-reader')}"
    except PackageNotFoundError:
        return "stance-reader"


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be fetched, and how much of it."""

    allow_private: bool = False
    """Whether addresses that are none of the public internet may be connected to."""
    limit: int = 15 * 1024 * 1024
    """Bytes of a body, unpacked."""
    seconds: float = 30.0
    """For one address with all its redirects; waiting for one's turn at a host does not count."""
    hops: int = 5
    """Redirects that are followed."""
    agent: str = field(default_factory=_agent)
    """The ``User-Agent``."""


class Done(NamedTuple, Generic[Key]):
    """The answer to one request."""

    key: Key
    """What it was submitted under."""
    request: Request
    result: Fetched | Missed


class Fetcher(Generic[Key]):
    """Takes requests and gives answers, in the order in which they come. A context manager."""

    def __init__(self, policy: Policy, network: Network | None = None) -> None:
        self._policy = policy
        self._network = network or Network()
        self._done: deque[Done[Key]] = deque()
        self._held = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="reader-fetch", daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()
        self._hosts: dict[str, asyncio.Lock] = {}
        self.outstanding = 0
        """How many answers are still to be taken."""
        self.bell, self._ring = Pipe(duplex=False)
        """Readable while an answer waits: for `multiprocessing.connection.wait`."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop at once whatever is under way."""
        self._loop.call_soon_threadsafe(self._stop)
        self._thread.join()
        self._ring.close()
        self.bell.close()

    def submit(self, key: Key, request: Request) -> None:
        """Ask for something; the answer bears the key."""
        self.outstanding += 1
        self._loop.call_soon_threadsafe(self._start, key, request)

    def take(self, timeout: float | None = 0.0) -> Done[Key] | None:
        """The next answer; None where there is none within so many seconds (None: as long as it takes)."""
        if not self.bell.poll(timeout):
            return None
        self.bell.recv_bytes()
        done = self._done.popleft()
        self.outstanding -= 1
        if isinstance(done.result, Fetched):
            self._loop.call_soon_threadsafe(self._taken, len(done.result.body))
        return done

    # In the thread

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        # Names are looked up in its threads; one that nobody answers for must not hold up the others.
        executor = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="reader-names")
        self._loop.set_default_executor(executor)
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._room = asyncio.Event()
        self._room.set()
        self._exchange = Exchange(
            self._network,
            allow_private=self._policy.allow_private,
            limit=self._policy.limit,
            agent=self._policy.agent,
        )
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(self._exchange.close())
            executor.shutdown(wait=False, cancel_futures=True)
            self._loop.close()

    def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        ended = asyncio.gather(*self._tasks, return_exceptions=True)
        ended.add_done_callback(lambda _: self._loop.stop())

    def _start(self, key: Key, request: Request) -> None:
        task = self._loop.create_task(self._answer(key, request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, key: Key, request: Request) -> None:
        result = await self._fetch(request)
        if isinstance(result, Fetched):
            self._held += len(result.body)
            if self._held > _HELD:
                self._room.clear()
        self._done.append(Done(key, request, result))
        self._ring.send_bytes(b".")

    def _taken(self, size: int) -> None:
        self._held -= size
        if self._held <= _HELD:
            self._room.set()

    async def _fetch(self, request: Request) -> Fetched | Missed:
        """Follow the redirects, one turn at a host for each."""
        policy = self._policy
        course = self._exchange.course(request)
        left = policy.seconds
        for _ in range(policy.hops + 1):
            if course.result is not None:
                return course.result
            lock = self._hosts.setdefault(course.host, asyncio.Lock())
            async with lock, self._slots:
                await self._room.wait()
                begun = self._loop.time()
                try:
                    async with asyncio.timeout(left):
                        await course.step()
                except TimeoutError:
                    return Missed(f"it took longer than {policy.seconds:g} seconds: try again later")
                left -= self._loop.time() - begun
        return course.result or Missed(f"it redirects more than {policy.hops} times: is the address right?")
