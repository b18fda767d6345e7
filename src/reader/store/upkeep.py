"""Looking a library over, and copying it."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from reader.errors import StoreError
from reader.store import row_hashes
from reader.store.codec import decoding, expanded
from reader.store.connection import Connection
from reader.store.driver import sqlite
from reader.store.failures import CAUGHT, failure, unreachable

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite appends to a library's name for the files that it keeps beside it."""


def problems(connection: Connection) -> list[str]:
    """One line for each problem: the file's structure, the references, the indexes, and every row's hash.

    SQLite's own check misses bits that flipped inside a text; the hashes do not.
    """
    looks: tuple[Callable[[Connection], Iterator[str]], ...] = (
        _structure,
        _references,
        _indexes,
        _originals,
        _revisions,
        _anchors,
        row_hashes.problems,
    )
    found: list[str] = []
    for look in looks:
        try:
            found.extend(look(connection))
        except StoreError as error:
            found.append(str(error))
    return list(dict.fromkeys(found))


def _structure(connection: Connection) -> Iterator[str]:
    for (line,) in connection.rows("PRAGMA integrity_check"):
        if line != "ok":
            yield f"the file's structure: {line}"


def _references(connection: Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.rows("PRAGMA foreign_key_check"):
        yield f"{table} {row} refers to a {parent} that is not there"


def _indexes(connection: Connection) -> Iterator[str]:
    if connection.read_only:
        # FTS5 checks itself by a statement that counts as writing.
        return
    for index in ("article_fts", "annotation_fts"):
        try:
            with connection.transaction():
                connection.run(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except StoreError as error:
            yield f"the search index {index} does not fit what it indexes ({error})"


def _originals(connection: Connection) -> Iterator[str]:
    for article, digest, raw, page_text in connection.stream(
        "SELECT article, sha256, raw, coalesce(page_text, raw) FROM original"
    ):
        try:
            with decoding(connection.path, f"the original of article {article}"):
                expanded(page_text).decode()
                if hashlib.sha256(expanded(raw)).digest() != digest:
                    yield f"the original of article {article} is not what came in"
        except StoreError as error:
            yield str(error)


def _revisions(connection: Connection) -> Iterator[str]:
    for article, sha256, text in connection.stream("SELECT article, sha256, text FROM revision"):
        if hashlib.sha256(str(text).encode()).hexdigest() != sha256:
            yield f"the text of article {article} is not what was stored"


def _anchors(connection: Connection) -> Iterator[str]:
    text, current = "", None
    for annotation_id, revision, start, end, exact in connection.stream(
        'SELECT annotation.id, revision, "start", "end", exact FROM anchor'
        " JOIN annotation ON annotation.key = annotation WHERE status = 'ok' ORDER BY revision"
    ):
        if revision != current:
            text = str(connection.value("SELECT text FROM revision WHERE number = ?", [revision]))
            current = revision
        if type(start) is not int or type(end) is not int or text[start:end] != exact:
            yield f"annotation {annotation_id} quotes what does not stand at its place"


def owns(connection: Connection, path: Path) -> bool:
    """Whether a path, by whatever links, is the library's file or one that SQLite keeps beside it."""
    library, path = Path(os.path.realpath(connection.path)), Path(os.path.realpath(path))
    files = [library, *(library.with_name(library.name + suffix) for suffix in BESIDE)]
    return path in files or (path.exists() and any(file.exists() and path.samefile(file) for file in files))


def backup(connection: Connection, target: Path) -> None:
    """Write a verified copy of the library to `target`, which must not exist; others may go on writing.

    The copy is made beside the target and given its name only when it is whole and on the disk.

    Raises:
        StoreError: there is something at `target`, or the copy failed; nothing is left behind.
    """
    if os.path.lexists(target):
        raise StoreError(f"{target}: is already there: name a file that is not")
    if owns(connection, target):
        raise StoreError(f"{target}: is a name that SQLite needs for the library: name another file")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise unreachable(target, error) from error
    part = Path(name)
    try:
        copy(connection, part)
        _verify(part)
        publish(part, target)
    except CAUGHT as error:
        raise failure(error, target) from error
    except FileExistsError as error:
        raise StoreError(f"{target}: is already there: name a file that is not") from error
    except OSError as error:
        raise unreachable(target, error) from error
    finally:
        for leftover in (
            part,
            *(part.with_name(part.name + suffix) for suffix in BESIDE),
        ):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def copy(connection: Connection, part: Path) -> None:
    """Copy a library, as it is at one moment, to an empty file or one that is not there."""
    copy = sqlite.connect(str(part), isolation_level=None)
    try:
        connection.raw.backup(copy)
        # The copy says of itself that it is in WAL mode, as the library does; one file alone is easier kept.
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        copy.close()


def whole(connection: Connection) -> str:
    """The first thing that is wrong with a file's structure, or empty; a quick look at all of its pages."""
    return next((str(line) for (line,) in connection.rows("PRAGMA quick_check") if line != "ok"), "")


def _verify(part: Path) -> None:
    copy = Connection(part, "mode=ro", "it is a backup")
    try:
        problem = whole(copy)
    finally:
        copy.close()
    if problem:
        raise StoreError(f"the copy is not whole ({problem}): look the library over before anything else")


def publish(part: Path, target: Path) -> None:
    """Give a whole file its name, under which there must be none, and have both on the disk.

    Raises:
        FileExistsError: there is one.
        OSError: the system refuses.
    """
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        # Unlike a rename, a link never takes the place of a file that came there meanwhile.
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links, such as FAT.
        if os.path.lexists(target):
            raise FileExistsError from None
        part.rename(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
