"""Long work in a child process, so that the screens stay as quick as ever while it runs.

The child is this module run as a program. It reports on its standard output, one JSON object a line, and
lives as long as its standard input is open: closing it cancels the work, and so does the death of the parent.
"""

import asyncio
import json
import logging
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from reader.desk import Desk, open_desk
from reader.errors import ReaderError
from reader.ids import new_id, utc_now
from reader.logs import log_to
from reader.model import Added, Problem
from reader.settings import Settings, annotator, load_settings, log_path
from reader.sources import Refreshed

if TYPE_CHECKING:
    from reader.fetch import Policy

Task: TypeAlias = Literal["add", "refresh", "subscribe"]
_Stop: TypeAlias = Callable[[], bool]

_NICENESS = 10
_TOLD = 500
"""Problems that the last report names."""
_LONGEST_REPORT = 2**24
"""Bytes."""
_EVERY = 0.1
"""Seconds between two reports."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the work has come."""

    done: int = 0
    """Bytes read of `total`; in a refresh, feeds."""
    total: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    """Documents or feeds that could not be taken in."""
    first: int = 0
    """The number of the first article that was named, new or known already; 0 while there is none."""
    problems: tuple[str, ...] = ()
    """What could not be taken in, and why; in the last report only."""
    error: str = ""
    """Why the whole work ended early; empty while it runs or when it went well."""
    finished: bool = False
    """Whether nothing more comes."""


class Job:
    """Work in a child process."""

    def __init__(self, library: Path, words: Sequence[str], task: Task = "add") -> None:
        """Prepare it; nothing runs yet.

        Args:
            library: the library file to add to.
            words: files, folders and web addresses to add; the numbers of the feeds to refresh, none for all
                that are due; the address of a feed to subscribe to, and a folder for it.
            task: what is to be done.
        """
        self._command = [sys.executable, "-P", "-m", "reader.jobs", task, str(library), *words]
        self._process: asyncio.subprocess.Process | None = None
        self.done = False
        """Whether it has ended."""

    @property
    def pid(self) -> int | None:
        """The child's process id, None before it runs."""
        return self._process.pid if self._process else None

    async def run(self) -> AsyncIterator[Progress]:
        """Start it and yield its reports; the last one is `finished`, whatever happened to the child."""
        pipe = asyncio.subprocess.PIPE
        self._process = process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=pipe,
            stdout=pipe,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LONGEST_REPORT,
        )
        last = Progress()
        try:
            assert process.stdout is not None
            async for line in process.stdout:
                report = json.loads(line)
                last = Progress(**report | {"problems": tuple(report["problems"])})
                yield last
        finally:
            self.cancel()
            await process.wait()
            self.done = True
        if not last.finished:
            yield replace(last, finished=True, error=last.error or "the work ended unexpectedly")

    def cancel(self) -> None:
        """Ask it to stop; what it stored stays, and no article is stored in part."""
        if self._process and self._process.stdin:
            self._process.stdin.close()


class _Reporter:
    """Counts in the child and writes the reports, not more often than they can be looked at."""

    def __init__(self) -> None:
        self.now = Progress()
        self._due = 0.0
        self._problems: list[str] = []

    def read(self, done: int, total: int) -> None:
        self.now = replace(self.now, done=done, total=total)
        self.report()

    def count(self, outcome: Added | Problem) -> None:
        if isinstance(outcome, Problem):
            self.now = replace(self.now, failed=self.now.failed + outcome.failed)
            self._problems.append(f"{outcome.origin}: {outcome.message}")
        else:
            count = getattr(self.now, outcome.outcome) + 1
            first = self.now.first or outcome.number
            self.now = replace(self.now, first=first, **{outcome.outcome: count})
        self.report()

    def count_feed(self, result: Refreshed) -> None:
        feed, now = result.feed, self.now
        failed = result.outcome in ("failed", "retired")
        self.now = replace(
            now,
            added=now.added + result.added,
            updated=now.updated + result.updated,
            failed=now.failed + failed,
        )
        if failed:
            self._problems.append(f"{feed.title}: {feed.error}")
        elif result.outcome == "updated":
            self._problems += [f"{feed.title}: {note}" for note in feed.notes]
        self.report()

    def finish(self, error: str = "") -> None:
        told = self._problems[:_TOLD]
        if len(self._problems) > _TOLD:
            told.append(f"… and {len(self._problems) - _TOLD} more: on the command line all are told")
        self.now = replace(self.now, finished=True, error=error, problems=tuple(told))
        self._due = 0.0
        self.report()

    def report(self) -> None:
        if time.monotonic() >= self._due:
            sys.stdout.write(json.dumps(asdict(self.now)) + "\n")
            sys.stdout.flush()
            self._due = time.monotonic() + _EVERY


def _add(desk: Desk, paths: Sequence[str], settings: Settings, reporter: _Reporter, stop: _Stop) -> None:
    from reader.desk.adding import add
    from reader.importers import is_url

    policy = _policy(settings) if any(map(is_url, paths)) else None
    for outcome in add(desk, paths, policy=policy, progress=reporter.read, cancelled=stop):
        reporter.count(outcome)


def _refresh(desk: Desk, words: Sequence[str], settings: Settings, reporter: _Reporter, stop: _Stop) -> None:
    from reader.desk.refreshing import refresh

    named = [desk.store.feeds.get(int(number)) for number in words] if words else None
    for result in refresh(desk, _policy(settings), named, progress=reporter.read, cancelled=stop):
        reporter.count_feed(result)


def _subscribe(
    desk: Desk, words: Sequence[str], settings: Settings, reporter: _Reporter, stop: _Stop
) -> None:
    from reader.desk.subscribing import subscribe

    url, folder = words
    found = subscribe(desk, url, _policy(settings), folder=folder, cancelled=stop)
    reporter.count_feed(Refreshed(found.feed, "updated" if found.added else "unchanged", found.added))


def _policy(settings: Settings) -> "Policy":
    from reader.fetch import Policy

    return Policy(allow_private=settings.allow_private)


_TASKS: dict[str, Callable[[Desk, Sequence[str], Settings, _Reporter, _Stop], None]] = {
    "add": _add,
    "refresh": _refresh,
    "subscribe": _subscribe,
}


def _work(task: str, library: Path, words: Sequence[str], cancelled: threading.Event) -> int:
    reporter = _Reporter()
    try:
        settings = load_settings()
        who = annotator(settings, new_id)
        with open_desk(library, annotator=who, clock=utc_now, new_id=new_id) as desk:
            _TASKS[task](desk, words, settings, reporter, cancelled.is_set)
    except ReaderError as error:
        reporter.finish(str(error))
        return 1
    except BrokenPipeError:
        raise
    except Exception as error:
        # Standard error leads nowhere: the last report is the only line that anyone sees.
        _log.exception("the work failed")
        unforeseen = f"something unforeseen happened ({type(error).__name__})"
        reporter.finish(f"{unforeseen}: {log_path()} says where, please report it")
        return 1
    reporter.finish()
    return 0


def _watch(cancelled: threading.Event) -> None:
    """Wait until standard input is closed."""
    while os.read(0, 1):
        pass
    cancelled.set()


def main(arguments: Sequence[str]) -> int:
    """Run as the child: a task, the library, and the task's words."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    log_to(log_path())
    cancelled = threading.Event()
    threading.Thread(target=_watch, args=(cancelled,), daemon=True).start()
    task, library, *words = arguments
    try:
        return _work(task, Path(library), words, cancelled)
    except BrokenPipeError:  # the parent has died; what was stored is whole
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
