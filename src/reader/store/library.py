"""The store: one connection to a library, and what can be done with it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from reader.model import Annotator, Merged
from reader.store import opening
from reader.store.annotations import Annotations
from reader.store.articles import Articles
from reader.store.choices import Choices
from reader.store.connection import PATIENCE, Connection
from reader.store.driver import sqlite, wal_is_safe
from reader.store.history import History
from reader.store.journal import Journal
from reader.store.relations import Relations
from reader.store.saved_queries import SavedQueries
from reader.store.schemes import Schemes
from reader.store.settlements import Settlements
from reader.store.targets import Targets

if TYPE_CHECKING:
    from reader.store.board import Board
    from reader.store.feeds import Feeds
    from reader.store.recurring import RecurringLines
    from reader.store.search import Search
    from reader.store.sources import Sources
    from reader.store.versions import Versions


class Store:
    """A library, opened. It belongs to the thread that opened it; only `interrupt` is for others.

    Attributes:
        path: the library file.
        read_only: why nothing can be written, or empty.
        created: whether opening it made a new library.
        sqlite_version: the version of SQLite in use.
        wal_is_safe: whether that version is free of the WAL-reset bug.
        network: the type of the network file system that the library lies on, or empty.
        journal_mode: ``wal``, or ``delete`` where a write-ahead log is not safe.
        annotator: in whose name changes are made.
        clock: gives the time as ISO 8601 in UTC.
        new_id: gives ids.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        created: bool,
        annotator: Annotator,
        clock: Callable[[], str],
        new_id: Callable[[], str],
    ) -> None:
        journal = Journal(connection, annotator, clock, new_id)
        self._connection = connection
        self._journal = journal
        self.path = connection.path
        self.read_only = connection.read_only
        self.created = created
        self.sqlite_version = str(sqlite.sqlite_version)
        self.wal_is_safe = wal_is_safe(sqlite.sqlite_version_info)
        self.network = connection.network
        self.journal_mode = str(connection.value("PRAGMA journal_mode"))
        self.annotator = annotator
        self.clock = clock
        self.new_id = new_id
        self.articles = Articles(connection, journal)
        self.annotations = Annotations(connection, journal)
        self.targets = Targets(connection, journal)
        self.relations = Relations(connection, journal)
        self.settlements = Settlements(connection, journal)
        self.schemes = Schemes(connection, journal)
        self.choices = Choices(connection, journal)
        self.saved_queries = SavedQueries(connection, journal)
        self.history = History(connection, journal)
        self._search: Search | None = None
        self._board: Board | None = None

    @property
    def search(self) -> "Search":
        """What finds articles and marks; loaded when it is first asked, since the first paint does not."""
        if self._search is None:
            from reader.store.search import Search

            self._search = Search(self._connection)
        return self._search

    @property
    def board(self) -> "Board":
        """What counts and lists stances; loaded when it is first asked."""
        if self._board is None:
            from reader.store.board import Board

            self._board = Board(self._connection)
        return self._board

    @cached_property
    def feeds(self) -> "Feeds":
        """The feeds; loaded when they are first asked for, which the first paint does not."""
        from reader.store.feeds import Feeds

        return Feeds(self._connection, self._journal)

    @cached_property
    def recurring(self) -> "RecurringLines":
        """What recurs across each source; loaded when it is first asked for."""
        from reader.store.recurring import RecurringLines

        return RecurringLines(self._connection)

    @cached_property
    def versions(self) -> "Versions":
        """The texts that articles have had; loaded when first asked for, which the first paint does not."""
        from reader.store.versions import Versions

        return Versions(self._connection, self._journal)

    @cached_property
    def sources(self) -> "Sources":
        """Where articles were found, and other accounts of what they tell; loaded when first asked for."""
        from reader.store.sources import Sources

        return Sources(self._connection)

    def transaction(self) -> AbstractContextManager[None]:
        """Everything done inside is kept, and undone, as one; see `Connection.transaction`."""
        return self._connection.transaction()

    def unhurried(self) -> AbstractContextManager[None]:
        """What is written inside is on the disk with what comes after; see `Connection.unhurried`."""
        return self._connection.unhurried()

    def snapshot(self) -> AbstractContextManager[None]:
        """All that is read inside is of one moment; see `Connection.snapshot`."""
        return self._connection.snapshot()

    def version(self) -> int:
        """A number that is another one once another connection has changed the library.

        What this connection writes itself leaves it as it is
        (https://sqlite.org/pragma.html#pragma_data_version).
        """
        return int(self._connection.value("PRAGMA data_version"))

    def counts(self) -> list[tuple[str, int]]:
        """How many rows each of the main tables has, removed and deleted ones too, and the schema."""
        tables = ("article", "original", "revision", "annotation", "target", "event")
        schema = ("schema", int(self._connection.value("PRAGMA user_version")))
        rows = [(f"{name}s", self._connection.value(f"SELECT count(*) FROM {name}")) for name in tables]
        return [schema, *((name, int(count)) for name, count in rows)]

    def check(self) -> list[str]:
        """Look the whole library over; a line for each problem, none where it is whole."""
        from reader.store.upkeep import problems

        return problems(self._connection)

    def backup(self, target: Path) -> None:
        """Write a consistent copy, readable by its owner only, while others may go on writing.

        Raises:
            StoreError: there is something at `target` already, or it cannot be written.
        """
        from reader.store.upkeep import backup

        backup(self._connection, target)

    def backup_if_due(self) -> Path | None:
        """Take the day's backup where there is none yet and something has changed; the backup, or None.

        Raises:
            StoreError: it could not be written.
        """
        from reader.store.backups import take_if_due

        return take_if_due(self._connection, self.clock())

    def merge(self, path: Path) -> Merged:
        """Join another library to this one; the other is only read.

        By ids, so that doing it again changes nothing. Articles get new numbers here. Where both libraries
        changed an annotation since they were one, both versions are kept. All of it is one change, which
        can be undone.

        Raises:
            NotFoundError: there is no file.
            StoreError: the other library cannot be used; the subclass says why. Nothing is changed.
        """
        from reader.store.merging import merge

        return merge(self._journal, path)

    def owns(self, path: Path) -> bool:
        """Whether a path is the library's file, or one that SQLite keeps beside it or would."""
        from reader.store.upkeep import owns

        return owns(self._connection, path)

    def interrupt(self) -> None:
        """Stop the query that runs in another thread: it ends there with a StoreError."""
        self._connection.interrupt()

    def close(self) -> None:
        """Close it; closing twice is fine."""
        self._connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def open_store(
    path: Path,
    *,
    annotator: Annotator,
    clock: Callable[[], str],
    new_id: Callable[[], str],
    create: bool = True,
    patience: float = PATIENCE,
) -> Store:
    """Open a library, making it and its folders where there is none.

    A library that cannot be written, or that a newer program wrote and allows this one to read, is
    opened read-only: `Store.read_only` says why, and what would write raises ReadOnlyLibraryError.

    Args:
        path: the library file.
        annotator: in whose name changes are made.
        clock: gives the time as ISO 8601 in UTC.
        new_id: gives ids that are never twice the same.
        create: whether to make a library where there is no file.
        patience: the seconds a write waits for its turn where another program is writing; then it fails.

    Raises:
        NotFoundError: there is no file, and `create` is false.
        ForeignLibraryError: the file is something else; it was not touched.
        NewerLibraryError: a newer program wrote it, and this one cannot read it.
        CorruptLibraryError: it is damaged.
        StoreError: it cannot be opened for another reason.
    """
    connection, created = opening.connect(path, create=create, clock=clock)
    # Not before: bringing an older library up to date is worth waiting for.
    connection.patience = patience
    try:
        return Store(connection, created=created, annotator=annotator, clock=clock, new_id=new_id)
    except BaseException:
        connection.close()
        raise
