"""What SQLite and the operating system say, turned into one line that a person can act on."""

from pathlib import Path

from reader.errors import CorruptLibraryError, ForeignLibraryError, ReadOnlyLibraryError, StoreError
from reader.store.driver import (
    BUSY,
    CANTOPEN,
    CONSTRAINT,
    CORRUPT,
    FULL,
    INTERRUPT,
    IOERR,
    NOTADB,
    READONLY,
    result_code,
    sqlite,
)

CAUGHT: tuple[type[BaseException], ...] = (
    sqlite.Error,
    sqlite.Warning,
    UnicodeError,
    OverflowError,
    MemoryError,
)
"""What running a statement may raise. Damaged text raises UnicodeDecodeError, which is no `sqlite.Error`."""


def failure(error: BaseException, path: Path) -> StoreError:
    """The error to raise for what the driver raised while it worked on the library at `path`."""
    match result_code(error):
        case 0 if isinstance(error, sqlite.ProgrammingError):
            return StoreError(f"{path}: the library cannot be used here ({error})")
        case code if code == BUSY:
            return StoreError(f"{path}: another program keeps the library locked: close it, then try again")
        case code if code == READONLY:
            return ReadOnlyLibraryError(
                f"{path}: nothing can be written there: copy the library to where it can"
            )
        case code if code == INTERRUPT:
            return StoreError(f"{path}: the query was stopped before its end")
        case code if code == IOERR:
            return StoreError(
                f"{path}: the disk failed to read or write ({error}): check the disk, then try again"
            )
        case code if code == FULL:
            return StoreError(f"{path}: the disk is full and nothing was changed: make room, then try again")
        case code if code == CANTOPEN:
            return StoreError(
                f"{path}: cannot be opened ({error}): check that the file and its folder are yours"
            )
        case code if code == CONSTRAINT:
            return StoreError(
                f"{path}: the library refuses what was to be stored ({error}): nothing was changed"
            )
        case code if code == NOTADB:
            return foreign(path)
        case code if code == CORRUPT or isinstance(error, UnicodeError | OverflowError | MemoryError):
            return damaged(path, error)
        case _ if isinstance(error, sqlite.OperationalError | sqlite.DatabaseError):
            return damaged(path, error)
    return StoreError(f"{path}: the library could not be used ({error})")


def damaged(path: Path, detail: object) -> CorruptLibraryError:
    """The error for a library whose content makes no sense."""
    return CorruptLibraryError(f"{path}: the library is damaged ({detail}): put a backup in its place")


def foreign(path: Path) -> ForeignLibraryError:
    """The error for a file that is not a library."""
    return ForeignLibraryError(
        f"{path}: is not a library of this program, or its first bytes are damaged: "
        "name another file, or put a backup in its place"
    )


def unreachable(path: Path, error: OSError) -> StoreError:
    """The error for a path that the operating system refuses."""
    return StoreError(
        f"{path}: cannot be opened ({error.strerror or error}): choose another place for the library"
    )
