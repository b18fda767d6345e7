"""Row hashes: written with every change, compared by ``reader check``.

SQLite's own check finds a bit that flipped in a file's structure, and not one that turned an ``a`` into a
``c``. So each row that holds what somebody wrote or read has a hash in ``row_hash``: BLAKE2b, 128 bits, of
the row's columns as a compact JSON array, followed by an array for each table whose rows are a part of it.

Who changes a row need not think of it: triggers of the connection note which rows a transaction has changed,
and their hashes are written just before it commits.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from reader.errors import StoreError
from reader.store.connection import Connection, Row
from reader.store.schema import SHIFT

_DIGEST = 16
"""Bytes of a hash."""


class Part(NamedTuple):
    """The rows of another table that are a part of a row."""

    table: str
    owner: str
    """The column that has the key of the row that it is a part of."""
    columns: tuple[str, ...]
    """What is hashed; the first tells the rows of one owner apart."""


class Hashed(NamedTuple):
    """A table whose rows are hashed."""

    table: str
    key: str
    columns: tuple[str, ...]
    """What is hashed of a row. What reading alone changes is no part of it."""
    parts: tuple[Part, ...] = ()


HASHED: tuple[Hashed, ...] = (
    Hashed(
        "annotation",
        "key",
        ("id", "article", "annotator", "note", "holder", "voice", "confidence",
         "created_at", "updated_at", "deleted_at"),
        (
            Part("anchor", "annotation",
                 ("revision", "start", "end", "exact", "prefix", "suffix", "status", "score", "changed")),
            Part("stance", "annotation", ("target", "scheme", "code")),
            Part("tag", "annotation", ("position", "tag")),
        ),
    ),
    Hashed("target", "number", ("id", "text", "kind")),
    Hashed("annotator", "id", ("name",)),
    Hashed(
        "relation",
        "key",
        ("id", "type", "from_annotation", "to_annotation", "note", "annotator", "created_at", "deleted_at"),
    ),
    Hashed(
        "settlement",
        "key",
        ("id", "one", "other", "ruling", "annotator", "created_at", "deleted_at"),
        (Part("settled", "settlement", ("annotation",)),),
    ),
    Hashed(
        "article",
        "number",
        ("id", "title", "url", "source", "author", "published", "language", "edited", "url_key", "origin",
         "shown", "added_at", "removed_at"),
        (Part("article_tag", "article", ("position", "tag", "given")),),
    ),
    # `raw` has a hash of its own, and both it and `page_text` the checksum of their compression.
    Hashed(
        "original",
        "number",
        ("id", "article", "sha256", "media", "encoding", "origin", "metadata", "added_at"),
    ),
    Hashed(
        "revision",
        "number",
        ("id", "article", "original", "sha256", "cleaner", "created_at", "blocks", "runs", "text", "links",
         "segments", "markdown"),
    ),
    Hashed(
        "event",
        "id",
        ("group_id", "at", "annotator_id", "article_id", "annotation_id", "what", "table_name", "row_id",
         "before_json", "after_json"),
    ),
)  # fmt: skip
"""All of them. A migration that changes these columns of a table ends by deleting that table's hashes, which
`complete` then makes anew."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex).encode

_MALFORMED = (StoreError, TypeError, ValueError)
"""What a damaged row may raise: SQLite gives up, or keys of two types are compared."""


class RowHashes:
    """Keeps the hashes of one connection's library in step with what is written through it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._noting = False

    def begin(self) -> None:
        """Have the triggers that note what is changed; before the first transaction, outside of any."""
        if not self._noting:
            for statement in _noting():
                self._connection.run(statement)
            self._noting = True

    def commit(self) -> None:
        """Write the hashes of what the transaction has changed; inside of it, as its last act."""
        connection = self._connection
        changed: dict[str, int] = dict(
            connection.rows("SELECT table_name, count(*) FROM temp.unhashed GROUP BY table_name")
        )
        if not changed:
            return
        for hashed in HASHED:
            noted = f"SELECT \"key\" FROM temp.unhashed WHERE table_name = '{hashed.table}'"
            if hashed.table in changed and _put(connection, hashed, f"IN ({noted})") < changed[hashed.table]:
                connection.run(
                    f'DELETE FROM row_hash WHERE table_name = ? AND "key" IN ({noted})'
                    f' AND "key" NOT IN (SELECT "{hashed.key}" FROM {hashed.table})',
                    [hashed.table],
                )
        connection.run("DELETE FROM temp.unhashed")


def complete(connection: Connection) -> None:
    """Hash the rows that have no hash yet; in the transaction that brings a library up to date."""
    for hashed in HASHED:
        _put(connection, hashed, f"NOT IN (SELECT \"key\" FROM row_hash WHERE table_name = '{hashed.table}')")


def problems(connection: Connection) -> Iterator[str]:
    """One line for each row that is not as it was stored, or is not there any longer."""
    for hashed in HASHED:
        for key in _suspects(connection, hashed):
            if problem := _problem(connection, hashed, key):
                yield f"{told(connection, hashed, key)} {problem}"


def stored(connection: Connection) -> dict[tuple[str, object], bytes]:
    """All hashes as they are stored, by table and key."""
    found = connection.rows('SELECT table_name, "key", hash FROM row_hash')
    return {(table, key): digest for table, key, digest in found}


def digests(connection: Connection, table: str) -> dict[Any, bytes]:
    """The hashes of a table's rows as they are now, stored or not, by key."""
    (hashed,) = (one for one in HASHED if one.table == table)
    return dict(_digests(connection, hashed, "IS NOT NULL"))


def told(connection: Connection, hashed: Hashed, key: Any) -> str:  # noqa: ANN401 - a number or an id
    """A row in words that a person can find it by."""
    named: Any = key
    with suppress(*_MALFORMED):
        if hashed.table in ("original", "revision"):
            named = connection.value(f"SELECT article FROM {hashed.table} WHERE number = ?", [key])
        elif hashed.table == "annotation":
            named = connection.value("SELECT id FROM annotation WHERE key = ?", [key])
            named = f"number {key & (1 << SHIFT) - 1}" if named is None else named
            return f"annotation {named} of article {key >> SHIFT}"
    return _WORDS[hashed.table].format(named)


def _put(connection: Connection, hashed: Hashed, which: str) -> int:
    """Write the hashes of the rows whose key meets a condition; returns how many there are."""
    digests = [(hashed.table, key, digest) for key, digest in _digests(connection, hashed, which)]
    connection.run_many(
        'INSERT INTO row_hash (table_name, "key", hash) VALUES (?, ?, ?)'
        ' ON CONFLICT (table_name, "key") DO UPDATE SET hash = excluded.hash',
        digests,
    )
    return len(digests)


def _digests(
    connection: Connection, hashed: Hashed, which: str, parameters: Sequence[object] = ()
) -> Iterator[tuple[Any, bytes]]:
    """The keys and hashes of rows as they are now, by key: those whose key meets a condition."""
    from hashlib import blake2b  # not before something is written: loading it takes a millisecond

    def ordered(table: str, key: str, columns: Sequence[str]) -> Iterator[Row]:
        names = ", ".join(f'"{column}"' for column in columns)
        return connection.stream(
            f'SELECT "{key}", {names} FROM {table} WHERE "{key}" {which} ORDER BY "{key}", "{columns[0]}"',
            parameters,
        )

    parts = [_Beside(ordered(*part)) for part in hashed.parts]
    for key, *row in ordered(hashed.table, hashed.key, hashed.columns):
        content = [row, *(part.of(key) for part in parts)]
        yield key, blake2b(_encode(content).encode(), digest_size=_DIGEST).digest()


class _Beside:
    """Rows that are walked beside others by the same key, which is their first column."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._head = next(rows, None)
        self._passed: list[Any] = []

    def of(self, key: Any) -> list[Sequence[Any]]:  # noqa: ANN401 - a number or an id
        """What stands here for this key; to be asked with rising keys."""
        found: list[Sequence[Any]] = []
        while self._head is not None and self._head[0] <= key:
            if self._head[0] == key:
                found.append(self._head[1:])
            else:
                self._passed.append(self._head[0])
            self._head = next(self._rows, None)
        return found

    def rest(self) -> list[Any]:
        """The keys that nobody asked for."""
        left = [] if self._head is None else [self._head[0], *(row[0] for row in self._rows)]
        return self._passed + left


def _suspects(connection: Connection, hashed: Hashed) -> list[Any]:
    """The keys of the rows that a walk over all of them finds something wrong with.

    Where the walk itself fails, all keys that can be read at all.
    """
    known = f'SELECT "key", hash FROM row_hash WHERE table_name = \'{hashed.table}\' ORDER BY "key"'
    try:
        hashes = _Beside(connection.stream(known))
        found = [
            key
            for key, digest in _digests(connection, hashed, "IS NOT NULL")
            if hashes.of(key) != [(digest,)]
        ]
        return found + hashes.rest()
    except _MALFORMED:
        keys: dict[Any, None] = {}
        for rows in (known, f'SELECT "{hashed.key}" FROM {hashed.table}'):
            with suppress(StoreError):
                keys.update((row[0], None) for row in connection.stream(rows))
        return list(keys)


def _problem(connection: Connection, hashed: Hashed, key: object) -> str:
    """What is wrong with one row, or empty."""
    try:
        hashes = connection.rows(
            'SELECT hash FROM row_hash WHERE table_name = ? AND "key" = ?', [hashed.table, key]
        )
        digests = [(digest,) for _, digest in _digests(connection, hashed, "= ?", [key])]
    except _MALFORMED:
        return "cannot be read"
    if not digests:
        return "is not there any longer"
    return "" if hashes == digests else "is not what was stored"


_WORDS = {
    "annotation": "an annotation ({})",
    "target": "target {}",
    "annotator": "the name of the annotator {}",
    "relation": "link {}",
    "settlement": "settlement {}",
    "article": "what is said of article {}",
    "original": "the original of article {}",
    "revision": "the text of article {}",
    "event": "step {} of the history",
}


def _noting() -> Iterator[str]:
    """A table for the keys of the rows that a transaction changes, and triggers that fill it.

    They are this connection's own, so that the library itself has none. A conflict in them cannot be
    ignored, since the statement that set them off says what becomes of conflicts
    (https://sqlite.org/lang_createtrigger.html).
    """
    yield (
        'CREATE TEMP TABLE unhashed (table_name TEXT NOT NULL, "key" NOT NULL,'
        ' PRIMARY KEY (table_name, "key")) WITHOUT ROWID'
    )
    for hashed in HASHED:
        for table, owner, columns in ((hashed.table, hashed.key, hashed.columns), *hashed.parts):
            changed = ", ".join(f'"{column}"' for column in (owner, *columns))
            for verb, of, row in (
                ("INSERT", "", "new"),
                ("UPDATE", f" OF {changed}", "new"),
                ("DELETE", "", "old"),
            ):
                key = f'{row}."{owner}"'
                # A column lends what it is compared with its type, for which the index is of no use; the plus
                # makes a mere value of it. Without it each row went through all that were noted before.
                yield (
                    f"CREATE TEMP TRIGGER {table}_{verb.lower()}_noted AFTER {verb}{of} ON main.{table} BEGIN"
                    f" INSERT INTO unhashed SELECT '{hashed.table}', {key} WHERE NOT EXISTS (SELECT 1"
                    f" FROM unhashed WHERE table_name = '{hashed.table}' AND \"key\" = +{key}); END"
                )
