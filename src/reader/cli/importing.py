"""``reader import``."""

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import click

from reader.cli.opening import open_library
from reader.cli.output import warn
from reader.desk.importing import import_marks
from reader.exchange.readers import BY_NAME
from reader.importers import STDIN
from reader.model import Problem

_PAUSE = 0.2
"""Seconds between two looks of the line that counts; what takes less shows none."""


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(BY_NAME)),
    default=None,
    metavar="FORMAT",
    help="If the file itself does not tell it.",
)
@click.option("--keep-going", is_flag=True, help="Take in what can be, where something cannot.")
@click.option("--raw", is_flag=True, help="CSV: it was exported with --raw.")
@click.pass_obj
def import_(library: Path, file: Path, form: str | None, keep_going: bool, raw: bool) -> int:
    """Take in annotations from a file.

    FILE is a path, or - for standard input. FORMAT is csv or jsonl as this program exports them, w3c,
    hypothesis, doccano or slate. Unless told to keep going, a file is taken in as a whole or not at all.
    Importing it again changes nothing.
    """
    piped = str(file) == STDIN
    with open_library(library, create=True) as desk, _Counter() as counter:

        def tell(problem: Problem) -> None:
            counter.clear()
            warn(f"{problem.origin}: {problem.message}")

        imported = import_marks(
            desk,
            sys.stdin.buffer if piped else file,
            form or "",
            raw=raw,
            keep_going=keep_going,
            tell=tell,
            progress=counter.count,
        )
    warn(f"{'standard input' if piped else file}, read as {imported.title}: {imported}")
    return 1 if imported.counts["failed"] else 0


class _Counter:
    """A line that counts on standard error, where that is a terminal and the work is long."""

    def __init__(self) -> None:
        self._shown = False
        self._next = time.monotonic() + _PAUSE if sys.stderr.isatty() else float("inf")

    def count(self, done: int) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _PAUSE
            self._shown = True
            sys.stderr.write(f"\r{done:,} read …")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away: something else is to be written there."""
        if self._shown:
            self._shown = False
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()
