"""Which SQLite is used: the only place that decides.

``pysqlite3`` carries its own, newer SQLite; where there is no wheel of it, the interpreter's ``sqlite3``
serves. sqlite-utils chooses in the same order, so both speak through the same module.
"""

from importlib import import_module
from typing import Any

sqlite: Any
"""The DB-API module in use. Untyped, since only one of the two candidates has type stubs."""

try:
    sqlite = import_module("pysqlite3")
except ImportError:
    sqlite = import_module("sqlite3")

OLDEST_SQLITE = (3, 37, 0)
"""The first version with ``STRICT`` tables (https://sqlite.org/stricttables.html)."""

BUSY = 5
READONLY = 8
INTERRUPT = 9
IOERR = 10
FULL = 13
CANTOPEN = 14
CONSTRAINT = 19
NOTADB = 26
"""The primary result codes that are told apart (https://sqlite.org/rescode.html)."""


def result_code(error: BaseException) -> int:
    """The primary SQLite result code of a driver's error, or 0 where it has none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (https://sqlite.org/wal.html#walresetbug).

    Two connections of an affected version that write and checkpoint at once can damage the file. It was
    mended in 3.51.3, and in 3.50.7 and 3.44.6 for those who stay on the older lines.
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
