"""The backups that a library keeps of itself: when one is due, which are kept, and putting one back.

They stand in a folder beside the library, one file each, named by when they were taken. Of the past days
one a day is kept, then one a week, then one a month, as Anki and others do.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from reader.errors import NotFoundError, StoreError
from reader.store import schema
from reader.store.connection import Connection
from reader.store.failures import damaged, foreign, unreachable
from reader.store.upkeep import BESIDE, backup, sync_folder, whole

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

DAILY, WEEKLY, MONTHLY = 7, 4, 12
"""How many days, weeks and months have a backup kept of them, counted from the newest backup."""

_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""Where SQLite keeps its shared locks, in bytes of the file."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z\.db")


class Backup(NamedTuple):
    """One backup of a library."""

    path: Path
    taken_at: str
    """ISO 8601 in UTC, to the second."""
    size: int
    """In bytes."""


def folder(library: Path) -> Path:
    """Where a library's backups stand."""
    real = Path(os.path.realpath(library))
    return real.with_name(real.name + ".backups")


def listed(library: Path) -> list[Backup]:
    """A library's backups, newest first; none where the folder cannot be read."""
    found = []
    with suppress(OSError):
        for path in folder(library).iterdir():
            if name := _NAME.fullmatch(path.name):
                day, hour, minute, second = name.groups()
                found.append(Backup(path, f"{day}T{hour}:{minute}:{second}Z", path.stat().st_size))
    return sorted(found, key=lambda one: one.taken_at, reverse=True)


def kept(times: Iterable[str]) -> set[str]:
    """Which of these times (ISO 8601) keep their backup: the newest of each day, week and month that counts.

    A period without a backup does not count, so that whoever comes back after a year loses none at once.
    """
    newest_first = sorted(times, reverse=True)
    keep: set[str] = set()
    for count, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        seen: list[object] = []
        for time in newest_first:
            name = period(time)
            if name not in seen and len(seen) < count:
                seen.append(name)
                keep.add(time)
    return keep


def take_if_due(connection: Connection, now: str) -> Path | None:
    """Take a backup where there is none of today yet and the library has changed since the last one.

    Then those that are too many are deleted.

    Args:
        connection: the library's, which others may go on writing.
        now: the time, ISO 8601 in UTC.

    Returns:
        The new backup; None where none was due, or where none can stand beside the library.

    Raises:
        StoreError: the copy failed; nothing is left behind, and no older one is deleted.
    """
    library = connection.path
    if connection.read_only:
        return None
    before = listed(library)
    if before and (before[0].taken_at[:10] >= now[:10] or not _changed_since(library, before[0])):
        return None
    try:
        folder(library).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise unreachable(folder(library), error) from error
    target = folder(library) / f"{now[:19].replace(':', '')}Z.db"
    backup(connection, target)
    keep = kept([one.taken_at for one in listed(library)])
    for one in listed(library):
        if one.taken_at not in keep:
            with suppress(OSError):
                one.path.unlink()
    return target


def checked(path: Path) -> tuple[int, int]:
    """Look a backup over before anything depends on it: how many articles and annotations it has.

    Raises:
        NotFoundError: there is no such file.
        StoreError: it is no library, is damaged, or is a newer program's.
    """
    if not path.is_file():
        raise NotFoundError(f"{path}: there is no such backup: `reader restore` lists those there are")
    connection = Connection(path, "mode=ro", "it is a backup")
    try:
        if connection.value("PRAGMA application_id") != schema.APPLICATION_ID:
            raise foreign(path)
        if int(connection.value("PRAGMA user_version")) > schema.SCHEMA:
            raise StoreError(f"{path}: a newer version of this program wrote it: update this program")
        if problem := whole(connection):
            raise damaged(path, problem)
        articles = connection.value("SELECT count(*) FROM article WHERE removed_at IS NULL")
        annotations = connection.value("SELECT count(*) FROM annotation WHERE deleted_at IS NULL")
    finally:
        connection.close()
    return int(articles), int(annotations)


def restore(library: Path, source: Path, now: str) -> Path | None:
    """Put a backup in the library's place; what was there is kept beside it under another name.

    Args:
        library: the library file, which may be damaged or missing.
        source: the backup; it stays where it is.
        now: the time, ISO 8601 in UTC, for the name of what was there.

    Returns:
        What was there, or None.

    Raises:
        NotFoundError: there is no such backup.
        StoreError: the backup is not whole, another program has the library open, or the disk refuses;
            the library is as it was then.
    """
    checked(source)
    library = Path(os.path.realpath(library))
    try:
        alone(library)
    except OSError as error:
        raise unreachable(library, error) from error
    aside = library.with_name(f"{library.name}.before-restore-{_stamp(now)}")
    try:
        part = _copied(source, library)
    except OSError as error:
        raise unreachable(library, error) from error
    try:
        was_there = library.exists()
        if was_there:
            # The old file keeps its name until the moment in which the backup takes it.
            _second_name(library, aside)
            for suffix in BESIDE:
                with suppress(FileNotFoundError):
                    library.with_name(library.name + suffix).replace(f"{aside}{suffix}")
        part.replace(library)
        sync_folder(library.parent)
    except OSError as error:
        raise unreachable(library, error) from error
    finally:
        part.unlink(missing_ok=True)
    return aside if was_there else None


def _copied(source: Path, library: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{library.name}.", suffix=".part", dir=library.parent)
    try:
        with os.fdopen(handle, "wb") as part, source.open("rb") as content:
            shutil.copyfileobj(content, part)
            part.flush()
            os.fsync(part.fileno())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _second_name(library: Path, aside: Path) -> None:
    try:
        aside.hardlink_to(library)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as FAT
        shutil.copy2(library, aside)


def alone(library: Path) -> None:
    """Raise where another program has the library open.

    It is not opened through SQLite, which would mend or empty what is to be kept as it is. A program that
    has a library in WAL mode open holds a shared lock on these bytes as long
    (https://sqlite.org/fileformat2.html#the_lock_byte_page, os_unix.c). Elsewhere than on POSIX the system
    itself keeps an open file from being replaced.
    """
    if fcntl is None or not library.exists():
        return
    with library.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError as error:
            raise StoreError(
                f"{library}: another program has it open: close it there first, then try again"
            ) from error


def _changed_since(library: Path, last: Backup) -> bool:
    taken = last.path.stat().st_mtime
    files: Sequence[Path] = [library, library.with_name(library.name + "-wal")]
    return any(file.exists() and file.stat().st_mtime > taken for file in files)


def _stamp(now: str) -> str:
    return "".join(character for character in now if character.isalnum())


def _day(time: str) -> str:
    return time[:10]


def _week(time: str) -> tuple[int, int]:
    year, week, _ = date.fromisoformat(time[:10]).isocalendar()
    return year, week


def _month(time: str) -> str:
    return time[:7]
