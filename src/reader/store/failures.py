"""What SQLite and the operating system say, turned into one line that a person can act on."""

from pathlib import Path

from reader.errors import CorruptLibraryError, ForeignLibraryError, ReadOnlyLibraryError, StoreError
from reader.store import driver
from reader.store.driver import sqlite

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
    detail = _line(error)
    match driver.result_code(error):
        case driver.BUSY:
            return StoreError(f"{path}: another program keeps the library locked: close it, then try again")
        case driver.READONLY:
            return ReadOnlyLibraryError(f"{path}: cannot be written there: copy it to where it can")
        case driver.INTERRUPT:
            return StoreError(f"{path}: the query was stopped before its end")
        case driver.IOERR:
            return StoreError(f"{path}: the disk failed ({detail}): check the disk, then try again")
        case driver.FULL:
            return StoreError(f"{path}: the disk is full and nothing was changed: make room, then try again")
        case driver.CANTOPEN:
            return StoreError(f"{path}: cannot be opened ({detail}): see whether it and its folder are yours")
        case driver.CONSTRAINT:
            return StoreError(f"{path}: the library refuses what was to be stored ({detail})")
        case driver.NOTADB:
            return foreign(path)
    if isinstance(error, sqlite.ProgrammingError | sqlite.InterfaceError):
        return StoreError(f"{path}: the library cannot be used here ({detail})")
    if isinstance(error, UnicodeError) or "decode to UTF-8" in detail:
        # The driver quotes what it could not read.
        return damaged(path, "a text in it is not UTF-8")
    # A damaged file may say anything: that a table is not there, that a text is longer than all memory.
    return damaged(path, detail)


def damaged(path: Path, detail: object) -> CorruptLibraryError:
    """The error for a library whose content makes no sense."""
    return CorruptLibraryError(
        f"{path}: the library is damaged ({_line(detail)}): `reader restore` lists its backups,"
        " `reader recover FILE` saves what it still holds"
    )


def foreign(path: Path) -> ForeignLibraryError:
    """The error for a file that is not a library."""
    return ForeignLibraryError(
        f"{path}: is not a library of this program, or its first bytes are damaged: "
        "name another file, or see its backups with `reader restore`, and what it still holds with"
        " `reader recover FILE`"
    )


def unreachable(path: Path, error: OSError) -> StoreError:
    """The error for a path that the operating system refuses."""
    return StoreError(
        f"{path}: cannot be opened ({error.strerror or error}): choose another place for the library"
    )


def _line(detail: object) -> str:
    """What another program said, short and in one line: it may quote what a damaged file holds."""
    words = " ".join(str(detail).split())
    return "".join(character if character.isprintable() else "?" for character in words)[:200]
