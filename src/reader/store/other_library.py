"""Another library, to be read and never written: a whole copy of it, brought up to the present schema."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import CorruptLibraryError, NewerLibraryError
from reader.store import opening, schema
from reader.store.connection import Connection
from reader.store.failures import foreign
from reader.store.upkeep import copy, problems


@contextmanager
def other_library(path: Path) -> Iterator[Connection]:
    """A connection that only reads a copy of the library at `path`; the copy is gone afterwards.

    The library itself is read once, by SQLite's online backup, and may be in use meanwhile.

    Raises:
        NotFoundError: there is no file.
        ForeignLibraryError: it is something else.
        NewerLibraryError: a newer program wrote it.
        CorruptLibraryError: it is damaged: what does not make sense is not taken over.
    """
    with tempfile.TemporaryDirectory(prefix="reader-merge-") as folder:
        part = Path(folder) / "other.db"
        version = _copied(path, part)
        if version < schema.SCHEMA:
            from reader.store.migrations import migrate

            older = Connection(part, "mode=rw")
            try:
                migrate(older)
            finally:
                older.close()
        connection = Connection(part, "mode=ro", "it is another library")
        try:
            found = problems(connection)
            if found:
                raise CorruptLibraryError(
                    f"{path}: is damaged and was not merged ({found[0]}): look it over with `reader check`"
                )
            yield connection
        finally:
            connection.close()


def _copied(path: Path, part: Path) -> int:
    """Copy a library; returns its schema version."""
    path = Path(os.path.realpath(path))
    used = opening.in_use(path)
    source = opening.connect_to_read(path)
    try:
        version = opening.checked_version(source)
        if version == 0:
            raise foreign(path)
        if version > schema.SCHEMA:
            raise NewerLibraryError(
                f"{path}: a newer version of this program wrote it: update this program, then merge"
            )
        copy(source, part)
    finally:
        source.close()
    if not used and opening.in_use(path):
        # Somebody opened it meanwhile and may have written: now it is read as others may be writing.
        part.unlink()
        return _copied(path, part)
    return version
