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
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from reader.desk import open_desk
from reader.errors import ReaderError
from reader.ids import new_id, utc_now
from reader.logs import log_to
from reader.model import Added, Problem
from reader.settings import annotator, load_settings, log_path

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
    """How far an import has come."""

    done: int = 0
    """Bytes read of `total`."""
    total: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    first: int = 0
    """The number of the first article that was named, new or known already; 0 while there is none."""
    problems: tuple[str, ...] = ()
    """What could not be taken in, and why; in the last report only."""
    error: str = ""
    """Why the whole work ended early; empty while it runs or when it went well."""
    finished: bool = False
    """Whether nothing more comes."""


class Job:
    """An import in a child process."""

    def __init__(self, library: Path, paths: Sequence[str]) -> None:
        """Prepare it; nothing runs yet.

        Args:
            library: the library file to add to.
            paths: files and folders.
        """
        self._command = [sys.executable, "-P", "-m", "reader.jobs", "add", str(library), *paths]
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
            yield replace(last, finished=True, error=last.error or "the import ended unexpectedly")

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

    def finish(self, error: str = "") -> None:
        told = self._problems[:_TOLD]
        if len(self._problems) > _TOLD:
            told.append(f"… and {len(self._problems) - _TOLD} more: reader add tells them all")
        self.now = replace(self.now, finished=True, error=error, problems=tuple(told))
        self._due = 0.0
        self.report()

    def report(self) -> None:
        if time.monotonic() >= self._due:
            sys.stdout.write(json.dumps(asdict(self.now)) + "\n")
            sys.stdout.flush()
            self._due = time.monotonic() + _EVERY


def _add(library: Path, paths: Sequence[str], cancelled: threading.Event) -> int:
    from reader.desk.adding import add

    reporter = _Reporter()
    try:
        who = annotator(load_settings(), new_id)
        with open_desk(library, annotator=who, clock=utc_now, new_id=new_id) as desk:
            for outcome in add(desk, paths, progress=reporter.read, cancelled=cancelled.is_set):
                reporter.count(outcome)
    except ReaderError as error:
        reporter.finish(str(error))
        return 1
    except BrokenPipeError:
        raise
    except Exception as error:
        # Standard error leads nowhere: the last report is the only line that anyone sees.
        _log.exception("the import failed")
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
    """Run as the child: ``add LIBRARY PATH…``."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    log_to(log_path())
    cancelled = threading.Event()
    threading.Thread(target=_watch, args=(cancelled,), daemon=True).start()
    _, library, *paths = arguments
    try:
        return _add(Path(library), paths, cancelled)
    except BrokenPipeError:  # the parent has died; what was stored is whole
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
