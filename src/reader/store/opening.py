"""From a path to a connection: what the file is, whether it can be written, and bringing it up to date."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from reader.errors import NewerLibraryError, NotFoundError, ReadOnlyLibraryError, StoreError
from reader.store import schema
from reader.store.connection import Connection
from reader.store.driver import OLDEST_SQLITE, sqlite
from reader.store.failures import damaged, foreign, unreachable
from reader.store.row_hashes import RowHashes

_MAGIC = b"SQLite format 3\0"
_NEWER = "a newer version of this program wrote it: update this program"


def writable(path: Path) -> bool:
    """Whether this process may write the file or folder; false on a file system mounted read-only."""
    return os.access(path, os.W_OK)


def connect(path: Path, *, create: bool, clock: Callable[[], str]) -> tuple[Connection, bool]:
    """Open the library at `path`, make it where there is none, and bring it to the present schema.

    Args:
        path: the library file.
        create: whether to make a library where there is no file.
        clock: names the backup that is taken before a migration.

    Returns:
        The connection, and whether a library was made.

    Raises:
        NotFoundError: there is no file, and `create` is false.
        ForeignLibraryError: the file is something else.
        NewerLibraryError: a newer program wrote it, and says that this one cannot read it.
        StoreError: anything else that keeps it from being opened.
    """
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        raise StoreError(
            f"SQLite {sqlite.sqlite_version} is too old: install pysqlite3, or a Python with {wanted}"
        )
    # What stands beside a library stands beside the file, not beside a link to it.
    path = Path(os.path.realpath(path))
    header = _header(path)
    if header is None:
        if not create:
            raise NotFoundError(f"{path}: there is no library: add an article first, or name another file")
        _make_file(path)
    elif not header:
        # An empty file becomes a library, which is nobody else's to read.
        with suppress(OSError):
            path.chmod(0o600)
    connection = _connection(path, header or b"")
    try:
        version = checked_version(connection)
        if version > schema.SCHEMA and not connection.read_only:
            # The header in the file is older than what the write-ahead log holds.
            connection.close()
            connection = Connection(path, _read_only_mode(path), _NEWER)
        elif version < schema.SCHEMA:
            _upgrade(connection, version, clock)
        connection.choose_journal()
        if not connection.read_only:
            connection.bookkeeper = RowHashes(connection)
    except BaseException:
        connection.close()
        raise
    return connection, version == 0


def connect_to_read(path: Path) -> Connection:
    """Open the library at `path` only to read it; nothing is made, migrated or written.

    Where nobody has it open, not even the files are made that SQLite reads a write-ahead log through, and
    the file must not change meanwhile: `in_use` tells.

    Raises:
        NotFoundError: there is no file.
        ForeignLibraryError: the file is something else.
        StoreError: it cannot be opened.
    """
    path = Path(os.path.realpath(path))
    header = _header(path)
    if header is None:
        raise NotFoundError(f"{path}: there is no library: name another file")
    if not header:
        raise foreign(path)
    return Connection(path, "mode=ro" if in_use(path) else "mode=ro&immutable=1", "it is only read")


def in_use(path: Path) -> bool:
    """Whether a log or a journal stands beside a library: a program has it open, or was ended in between."""
    return any(path.with_name(path.name + suffix).exists() for suffix in ("-wal", "-journal"))


def _connection(path: Path, header: bytes) -> Connection:
    """Connect in the mode that the file, its folder and its version allow."""
    mode, reason = _mode(path)
    if _user_version(header) > schema.SCHEMA:
        mode, reason = _read_only_mode(path), _NEWER
    try:
        return Connection(path, mode, reason)
    except StoreError as error:
        if reason and _waiting_log(path):
            raise StoreError(
                f"{path}: its last changes stand in {path.name}-wal, which cannot be read where nothing can"
                " be written: copy both files to where you can write"
            ) from error
        raise


def _header(path: Path) -> bytes | None:
    """The first 100 bytes; empty for a file not yet written, None where there is none."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise StoreError(f"{path}: is a folder or device, not a file: name the library file itself")
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreachable(path, error) from error
    if header and not header.startswith(_MAGIC):
        raise foreign(path)
    # While a commit is being undone after a crash, the journal knows better than the file.
    unsettled = path.with_name(path.name + "-journal").exists()
    if header and not unsettled and int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        raise foreign(path)
    return header


def _user_version(header: bytes) -> int:
    return int.from_bytes(header[60:64], "big", signed=True)


def _make_file(path: Path) -> None:
    """An empty file that only its owner can read; SQLite gives its journals the same mode."""
    try:
        for folder in reversed([path.parent, *path.parent.parents]):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise unreachable(path, error) from error


def _mode(path: Path) -> tuple[str, str]:
    """SQLite's URI parameters for the file, and why it is read-only or an empty text."""
    if not writable(path):
        return _read_only_mode(path), "the file is read-only: make it writable, or copy it to where it is"
    if not writable(path.parent):
        # A journal has to stand beside the file.
        return _read_only_mode(path), "its folder is read-only: make it writable, or copy the file elsewhere"
    return "mode=rw", ""


def _read_only_mode(path: Path) -> str:
    """``immutable=1`` only where no other program can be writing and no log waits to be read.

    SQLite reads a file in WAL mode through a ``-shm`` file, which it cannot make in such a folder.
    """
    if not writable(path.parent) and not _waiting_log(path):
        return "mode=ro&immutable=1"
    return "mode=ro"


def _waiting_log(path: Path) -> bool:
    """Whether changes stand in a write-ahead log that are not in the file yet."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except FileNotFoundError:  # or gone meanwhile, with the last program that had the library open
        return False


def checked_version(connection: Connection) -> int:
    """The library's schema version; 0 for one not yet made."""
    path = connection.path
    version = int(connection.value("PRAGMA user_version"))
    application = connection.value("PRAGMA application_id")
    if version == 0 and application == 0 and connection.value("SELECT count(*) FROM sqlite_schema") == 0:
        return 0
    if application != schema.APPLICATION_ID:
        raise foreign(path)
    if version < 1:
        raise damaged(path, "its schema version is not one that ever was")
    if version > schema.SCHEMA:
        oldest = connection.value("SELECT oldest_reader FROM library")
        if not isinstance(oldest, int) or oldest > schema.SCHEMA:
            raise NewerLibraryError(f"{path}: {_NEWER}")
    return version


def _upgrade(connection: Connection, version: int, clock: Callable[[], str]) -> None:
    # Here and nowhere else on the way to the first paint: sqlite-utils takes 60 ms to load.
    from reader.store.migrations import migrate
    from reader.store.upkeep import backup

    path = connection.path
    if connection.read_only:
        raise ReadOnlyLibraryError(
            f"{path}: an older version wrote it and it cannot be brought up to date: {connection.read_only}"
        )
    if version:
        stamp = "".join(character for character in clock() if character.isalnum())
        backup(connection, path.with_name(f"{path.name}.before-v{schema.SCHEMA}-{stamp}.backup"))
    migrate(connection)
