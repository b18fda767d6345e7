"""``reader add``."""

import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import click

from reader.cli.fetching import allow_private, policy
from reader.cli.opening import open_library
from reader.cli.output import on_terminal, say, warn
from reader.desk.adding import add as add_paths
from reader.importers import is_url
from reader.logs import log_to
from reader.model import Problem
from reader.settings import log_path

_LONG = 2_000_000
"""Bytes from which a terminal gets a progress bar instead of a line per article: some seconds of work."""
_OUTCOMES = ("added", "updated", "unchanged", "failed")


@click.command()
@click.argument("paths", metavar="PATH|URL|-…", nargs=-1, required=True)
@allow_private
@click.pass_obj
def add(library: Path, paths: tuple[str, ...], allow_private: bool) -> int:
    """Add files, folders, web pages or standard input (-).

    A web page is named by its address. Of files, taken in are .txt, .md, .html, and corpora as .csv or
    .jsonl. Prints a line per article: added, updated, unchanged or failed, the number and the title.
    """
    log_to(log_path())
    counts: Counter[str] = Counter()
    with open_library(library, create=True) as desk, _Bar() as bar:
        allowed = policy(private=allow_private) if any(map(is_url, paths)) else None
        for outcome in add_paths(desk, paths, stdin=sys.stdin.buffer, policy=allowed, progress=bar.progress):
            if isinstance(outcome, Problem):
                counts["failed"] += outcome.failed
                bar.tell(f"{'failed: ' if outcome.failed else ''}{outcome.origin}: {outcome.message}")
                continue
            counts[outcome.outcome] += 1
            if outcome.note:
                bar.tell(f"{outcome.number}: {outcome.note}")
            if not bar.shown:
                say(outcome.outcome, outcome.number, outcome.title)
    if counts.total() != 1 or bar.shown:
        warn(", ".join(f"{counts[name]} {name}" for name in _OUTCOMES if counts[name]) or "nothing to add")
    return 1 if counts["failed"] else 0


class _Bar:
    """A progress bar on standard error, where a terminal shows it and the work is long.

    What is to be told meanwhile waits until the bar is gone.
    """

    def __init__(self) -> None:
        self.shown = False
        self._stack = ExitStack()
        self._done = 0
        self._waiting: list[str] = []

    def progress(self, done: int, total: int) -> None:
        if not self.shown:
            if total < _LONG or not on_terminal() or not sys.stderr.isatty():
                return
            self.shown = True
            bar = click.progressbar(
                length=total, label="Adding", file=sys.stderr, update_min_steps=total // 500
            )
            self._bar = self._stack.enter_context(bar)
        self._bar.update(done - self._done)
        self._done = done

    def tell(self, line: str) -> None:
        if self.shown:
            self._waiting.append(line)
        else:
            warn(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        for line in self._waiting:
            warn(line)
