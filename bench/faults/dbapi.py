"""As much of Python's DB-API over apsw as the store speaks, so that it can run on a file system of ours.

apsw lets Python stand between SQLite and the disk (a VFS, https://rogerbinns.github.io/apsw/vfs.html);
the driver that the store uses does not. Put in the place of ``pysqlite3`` before the store is imported.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

import apsw

VFS: str | None = None
"""The VFS that new connections use; None for the system's own."""

sqlite_version = apsw.sqlite_lib_version()
sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))


class Warning(Exception):  # noqa: A001, N818 - the names of PEP 249
    """Never raised."""


class Error(Exception):
    """What SQLite says, with its result code."""

    def __init__(self, message: str, code: int = 0) -> None:
        super().__init__(message)
        self.sqlite_errorcode = code


class InterfaceError(Error):
    """Never raised."""


class ProgrammingError(Error):
    """Something was asked of a closed connection."""


class OperationalError(Error):
    """Everything else."""


def _raised(error: Exception) -> Error:
    if isinstance(error, apsw.ConnectionClosedError | apsw.CursorClosedError):
        return ProgrammingError(str(error))
    return OperationalError(str(error), int(getattr(error, "extendedresult", 0) or 0))


class Cursor:
    """The rows of one statement."""

    def __init__(self, cursor: apsw.Cursor, changes: int) -> None:
        self._cursor = cursor
        self.rowcount = changes

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        while (row := self.fetchone()) is not None:
            yield row

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row, or None."""
        try:
            row = self._cursor.fetchone()
        except apsw.Error as error:
            raise _raised(error) from error
        return row if row is None else tuple(row)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows that are left."""
        return list(self)

    def close(self) -> None:
        """End the statement."""
        self._cursor.close(True)


class Connection:
    """A connection through the chosen VFS, alone on its file: apsw's files share no memory."""

    def __init__(self, path: str, flags: int, timeout: float) -> None:
        try:
            self._raw = apsw.Connection(path, flags=flags, vfs=VFS)
            self._raw.set_busy_timeout(int(timeout * 1000))
            self._raw.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        except apsw.Error as error:
            raise _raised(error) from error

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> Cursor:
        """Run one statement."""
        try:
            # Not the difference of total changes, in which triggers count too.
            cursor = self._raw.execute(sql, tuple(parameters))
            return Cursor(cursor, self._raw.changes())
        except apsw.Error as error:
            raise _raised(error) from error

    def executemany(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        """Run one statement for each set of parameters."""
        for each in parameters:
            self.execute(sql, each)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._raw.in_transaction

    def close(self) -> None:
        """Close it."""
        try:
            self._raw.close(True)
        except apsw.Error as error:
            raise _raised(error) from error


def connect(name: str, *, uri: bool, timeout: float, isolation_level: None) -> Connection:
    """Connect to the file of a ``file:`` URI."""
    del uri, isolation_level
    parts = urlsplit(name)
    mode = apsw.SQLITE_OPEN_READONLY if "mode=ro" in parts.query else apsw.SQLITE_OPEN_READWRITE
    return Connection(unquote(parts.path), mode, timeout)
