"""One SQLite connection: every statement of the store passes through here, and no driver error leaves."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from reader.errors import ReadOnlyLibraryError
from reader.store.driver import BUSY, result_code, sqlite, wal_is_safe
from reader.store.failures import CAUGHT, failure
from reader.store.filesystem import network_file_system

Row: TypeAlias = tuple[Any, ...]
"""A row as SQLite gives it. It goes no further than the store."""

PATIENCE = 30.0
"""Seconds a write waits for its turn. 5 were measured to starve beside a writer without gaps, 30 never."""

_READ_PATIENCE = 10.0
"""Seconds a read waits, which only a rollback journal ever makes it do."""

_LONGEST_PAUSE = 0.002
"""Seconds between two tries at most, so that a mark takes its turn between two writes of an import. The
pauses are random, so that two waiters do not march in step."""


class Bookkeeper(Protocol):
    """What follows a connection's transactions, and may write into each before it is kept."""

    def begin(self) -> None:
        """One is about to begin."""

    def commit(self) -> None:
        """One is about to be kept; what is raised here ends it."""


_STATEMENTS = 512
"""Statements that stay compiled. The store knows some 120; yet with room for 128, which is the driver's own
number, or for 200, each was compiled anew at nearly every use: half of what storing an article took."""


class Connection:
    """A connection with its settings made, used by one thread.

    Attributes:
        path: the library file.
        read_only: why nothing can be written, or empty.
        network: the type of the network file system that the file lies on, or empty.
        patience: the seconds a write waits for its turn.
        group: the id that the events of the transaction under way share; empty until the first one.
        bookkeeper: what is told of each transaction, or None.
        touched: the articles of which that transaction has events; None for what belongs to none.
    """

    def __init__(self, path: Path, mode: str, read_only: str = "") -> None:
        """Connect to an existing file.

        Args:
            path: the library file.
            mode: SQLite's URI parameters: ``mode=rw``, ``mode=ro`` or ``immutable=1``.
            read_only: why nothing can be written, or empty.

        Raises:
            StoreError: SQLite cannot open it.
        """
        self.path = path
        self.read_only = read_only
        self.network = network_file_system(path)
        self.patience = PATIENCE
        self.group = ""
        self.bookkeeper: Bookkeeper | None = None
        self.touched: set[str | None] = set()
        self._mode = mode
        self._depth = 0
        try:
            self.raw = sqlite.connect(
                f"{path.absolute().as_uri()}?{mode}",
                uri=True,
                timeout=_READ_PATIENCE,
                isolation_level=None,
                cached_statements=_STATEMENTS,
            )
        except CAUGHT as error:
            raise failure(error, path) from error
        try:
            for setting in ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
                self.run(f"PRAGMA {setting}")
            self.run("PRAGMA synchronous=FULL")
            self.run("PRAGMA temp_store=MEMORY")
            if read_only:
                self.run("PRAGMA query_only=ON")
        except BaseException:
            self.close()
            raise

    def choose_journal(self) -> None:
        """Set the journal that this version of SQLite is safe with, where anything can be written.

        A version with the WAL-reset bug takes a rollback journal, and so does a file on a network file
        system, where no memory is shared. Where another program holds the file in WAL, that cannot be
        changed, so this connection then never checkpoints, which the bug needs.
        """
        if self.read_only:
            return
        safe = wal_is_safe(sqlite.sqlite_version_info) and not self.network
        self.run(f"PRAGMA wal_autocheckpoint={1000 if safe else 0}")
        self.run("PRAGMA journal_size_limit=16777216")
        wanted = "wal" if safe else "delete"
        self.run("PRAGMA busy_timeout=0")
        try:
            self.raw.execute(f"PRAGMA journal_mode={wanted}").fetchall()
        except CAUGHT as error:
            if result_code(error) != BUSY:
                raise failure(error, self.path) from error
        finally:
            self._wait_for_reads()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Run a query and return all its rows."""
        try:
            found: list[Row] = self.raw.execute(sql, parameters).fetchall()
        except CAUGHT as error:
            raise failure(error, self.path) from error
        return found

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """Run a query and return its first row, or None."""
        try:
            found: Row | None = self.raw.execute(sql, parameters).fetchone()
        except CAUGHT as error:
            raise failure(error, self.path) from error
        return found

    def value(self, sql: str, parameters: Sequence[object] = ()) -> Any:  # noqa: ANN401 - what SQLite holds
        """Run a query and return the first column of its first row, or None."""
        found = self.row(sql, parameters)
        return found[0] if found else None

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """Run a query and yield its rows as they are found."""
        cursor = None
        try:
            cursor = self.raw.execute(sql, parameters)
            # Not `yield from`, which closes the cursor when nobody wants more, and that fails where the
            # connection was closed before.
            for row in cursor:  # noqa: UP028
                yield row
        except CAUGHT as error:
            raise failure(error, self.path) from error
        finally:
            if cursor is not None:
                with suppress(*CAUGHT):
                    cursor.close()

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run a statement; returns how many rows it changed."""
        try:
            return int(self.raw.execute(sql, parameters).rowcount)
        except CAUGHT as error:
            raise failure(error, self.path) from error

    def run_many(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each set of parameters."""
        try:
            self.raw.executemany(sql, parameters)
        except CAUGHT as error:
            raise failure(error, self.path) from error

    @contextmanager
    def beside(self) -> Iterator["Connection"]:
        """A second connection that only reads, for rows that are read while this one may go on writing.

        All its queries see the library as it was at the first of them. A query that is still open on this
        connection would hold it at the state in which the query began, and once someone else has written,
        nothing can be written from there.
        """
        connection = Connection(
            self.path, self._mode if self.read_only else "mode=ro", "it is only for reading"
        )
        try:
            connection.run("BEGIN")
            yield connection
        finally:
            connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment; nothing may be written there."""
        if self.raw.in_transaction:
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            if self.raw.in_transaction:
                self.run("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept or, when an error leaves the block, none of it.

        A block inside another one is a part of it: it can fail alone, and is kept with the outer one.

        Raises:
            ReadOnlyLibraryError: nothing can be written to this library.
            StoreError: the file stayed locked, the disk is full, …
        """
        if self.read_only:
            raise ReadOnlyLibraryError(f"{self.path}: cannot be changed: {self.read_only}")
        depth = self._depth
        if depth == 0:
            self._begin()
        else:
            self.run(f"SAVEPOINT inner{depth}")
        self._depth += 1
        try:
            yield
            if depth == 0 and self.bookkeeper:
                self.bookkeeper.commit()
            self.run("COMMIT" if depth == 0 else f"RELEASE inner{depth}")
        except BaseException:
            # An error such as a full disk has ended the whole transaction by itself.
            if self.raw.in_transaction and depth == 0:
                self.run("ROLLBACK")
            elif self.raw.in_transaction:
                self.run(f"ROLLBACK TO inner{depth}")
                self.run(f"RELEASE inner{depth}")
            # What the first event in an article brought about may be gone with the event.
            self.touched.clear()
            raise
        finally:
            self._depth -= 1

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """Transactions inside are on the disk with the next one that comes after them.

        When the power fails before, they are gone as if they had never been, the last one first; a program
        that dies loses none. For what would be asked for again, and outside of transactions only. A
        rollback journal is not safe without waiting for the disk, so it waits there too.
        """
        waits = self.value("PRAGMA journal_mode") != "wal"
        if not waits:
            self.run("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            if not waits:
                self.run("PRAGMA synchronous=FULL")

    def _begin(self) -> None:
        self.group = ""
        if self.bookkeeper:
            self.bookkeeper.begin()
        self.touched.clear()
        deadline = time.monotonic() + self.patience
        self.run("PRAGMA busy_timeout=0")
        try:
            while True:
                try:
                    self.raw.execute("BEGIN IMMEDIATE")
                    return
                except CAUGHT as error:
                    if result_code(error) != BUSY or time.monotonic() >= deadline:
                        raise failure(error, self.path) from error
                time.sleep(_LONGEST_PAUSE * (1 + os.urandom(1)[0]) / 256)
        finally:
            self._wait_for_reads()

    def _wait_for_reads(self) -> None:
        self.run(f"PRAGMA busy_timeout={int(_READ_PATIENCE * 1000)}")

    def define(self, name: str, function: Callable[..., object], arguments: int) -> None:
        """Make a function that depends on nothing but its arguments one that statements may call."""
        self.raw.create_function(name, arguments, function, deterministic=True)

    def interrupt(self) -> None:
        """Stop the query that runs in another thread; it raises StoreError there."""
        with suppress(sqlite.ProgrammingError):  # closed meanwhile
            self.raw.interrupt()

    def close(self) -> None:
        """Close the connection; closing twice is fine."""
        try:
            self.raw.close()
        except CAUGHT as error:
            raise failure(error, self.path) from error
