"""Getting out of a damaged library what can still be read, into a new one that is whole.

The rows come from the file's pages (`salvaging`). What they refer to and is lost is made anew as far as other
rows tell it: a mark from its history, an article from what came in with it. What cannot be kept is told.
"""

import mmap
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from reader.errors import NotFoundError, StoreError
from reader.model import Annotator, Draft, Incoming
from reader.store import opening
from reader.store.backups import alone
from reader.store.connection import Connection
from reader.store.driver import sqlite
from reader.store.failures import CAUGHT, foreign, unreachable
from reader.store.journal import Journal
from reader.store.recovery.finish import finish
from reader.store.recovery.marks import Marks
from reader.store.recovery.pages import Pages
from reader.store.recovery.report import Report
from reader.store.recovery.salvaging import salvaged, shapes
from reader.store.recovery.texts import Texts
from reader.store.row_hashes import HASHED, digests, told
from reader.store.upkeep import problems, publish

_OWN = ("library", "row_hash")
"""What a new library has of its own."""


class Recovered(NamedTuple):
    """What became of a damaged library."""

    articles: int
    annotations: int
    changed: tuple[str, ...]
    """A line for each thing that is not, or may not be, as it was."""
    lost: tuple[str, ...]
    """A line for each thing that is known to have been there and is not any longer."""


def recover(
    damaged: Path,
    target: Path,
    *,
    prepare: Callable[[Incoming], Draft],
    annotator: Annotator,
    clock: Callable[[], str],
    new_id: Callable[[], str],
) -> Recovered:
    """Write what can be read of a damaged library into a new one at `target`, which must not exist.

    The damaged file is only read, with the log or journal beside it.

    Args:
        damaged: the library file.
        target: the new one.
        prepare: makes the text of an article of which only the original is left.
        annotator: whose name is known here.
        clock: gives the time as ISO 8601 in UTC.
        new_id: gives ids.

    Raises:
        NotFoundError: there is no damaged file.
        StoreError: there is something at `target`, another program has the damaged library open, nothing can
            be read of it, or the disk refuses; nothing is left behind.
    """
    damaged, target = Path(os.path.realpath(damaged)), Path(os.path.realpath(target))
    if not damaged.is_file():
        raise NotFoundError(f"{damaged}: there is no library: name another file")
    if os.path.lexists(target):
        raise StoreError(f"{target}: is already there: name a file that is not")
    try:
        if opening.writable(damaged):
            alone(damaged)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            part = Path(folder) / "recovered.db"
            connection, _ = opening.connect(part, create=True, clock=clock)
            with closing(connection), _pages(damaged, Path(folder)) as pages:
                recovered = _written(Journal(connection, annotator, clock, new_id), pages, prepare)
                if found := problems(connection):
                    raise StoreError(f"{damaged}: what was recovered is not whole ({found[0]}): report this")
                connection.run("PRAGMA journal_mode=DELETE")
            if not recovered.articles and not recovered.lost:
                raise foreign(damaged)
            publish(part, target)
    except FileExistsError as error:
        raise StoreError(f"{target}: is already there: name a file that is not") from error
    except OSError as error:
        raise unreachable(target, error) from error
    return recovered


@contextmanager
def _pages(damaged: Path, folder: Path) -> Iterator[Pages]:
    """The pages of a copy, into which SQLite has brought what stood in the log, where it still can."""
    copy = folder / "damaged.db"
    for suffix in ("", "-wal", "-journal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{damaged}{suffix}", f"{copy}{suffix}")
    with suppress(*CAUGHT), closing(sqlite.connect(str(copy), isolation_level=None)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    if not copy.stat().st_size:
        yield Pages(b"")
        return
    with copy.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield Pages(content)


def _written(journal: Journal, pages: Pages, prepare: Callable[[Incoming], Draft]) -> Recovered:
    """Everything that can be read, written into the journal's new library and mended there."""
    connection = journal.connection
    report = Report()
    known = shapes(connection)
    connection.run("PRAGMA foreign_keys=OFF")
    with connection.transaction():
        for table, row in salvaged(pages, known):
            report.note(table, row)
            if table not in _OWN:
                _insert(connection, table, row)
        for shape in known:
            if missing := pages.missing.get(shape.table):
                report.lost.append(
                    f"{missing} pages of the table {shape.table}, which the file does not have"
                )
        _compare(connection, report)
        Texts(journal, report, prepare).mend()
        Marks(journal, report).mend()
        finish(connection, report)
    connection.run("PRAGMA foreign_keys=ON")
    return Recovered(
        articles=connection.value("SELECT count(*) FROM article WHERE removed_at IS NULL"),
        annotations=connection.value("SELECT count(*) FROM annotation WHERE deleted_at IS NULL"),
        changed=tuple(dict.fromkeys(report.changed)),
        lost=tuple(report.lost),
    )


def _compare(connection: Connection, report: Report) -> None:
    """Tell which rows are not those that were hashed; marks and the history are looked at later."""
    for hashed in HASHED:
        if hashed.table not in ("annotation", "event"):
            for key, digest in digests(connection, hashed.table).items():
                if report.hashes.get((hashed.table, key), digest) != digest:
                    report.changed.append(f"{told(connection, hashed, key)} is not quite what was stored")


def _insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    """Write a row, unless its like is there already or the table refuses it."""
    names = ", ".join(f'"{name}"' for name in row)
    with suppress(StoreError):
        connection.run(
            f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})",
            list(row.values()),
        )
