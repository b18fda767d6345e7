"""Targets' rows: finding and making them, a target's image for the journal, and writing what differs."""

from collections.abc import Iterable

from reader.errors import ConflictError, NotFoundError
from reader.store import indexing
from reader.store.codec import storable
from reader.store.connection import Connection
from reader.store.journal import Image, Journal

_FIELDS = ("text", "kind")


def number_of(connection: Connection, target_id: str) -> int:
    """The number of the target with this id.

    Raises:
        NotFoundError: there is none.
    """
    number = connection.value("SELECT number FROM target WHERE id = ?", [storable(target_id)])
    if number is None:
        raise NotFoundError("there is no such target")
    return int(number)


def identities(connection: Connection, texts: Iterable[str]) -> dict[str, str]:
    """The ids of the targets that have these texts; those that there are none of are left out."""
    found = {
        text: connection.value("SELECT id FROM target WHERE text = ?", [storable(text)]) for text in texts
    }
    return {text: target_id for text, target_id in found.items() if target_id is not None}


def made(journal: Journal, texts: Iterable[str]) -> dict[str, str]:
    """The ids of the targets that have these texts, each made where there is none yet."""
    found = identities(journal.connection, texts := list(texts))
    for text in texts:
        if text not in found:
            found[text] = journal.new_id()
            journal.connection.run(
                "INSERT INTO target (id, text, used) VALUES (?, ?, 0)", [found[text], storable(text)]
            )
    return found


def image(connection: Connection, number: int) -> Image:
    """The fields a person can change."""
    row = connection.row("SELECT text, kind FROM target WHERE number = ?", [number])
    return dict(zip(_FIELDS, row or (), strict=True))


def write(connection: Connection, number: int, changes: Image) -> None:
    """Write changed fields, and keep the search index in step.

    Raises:
        ConflictError: there is another target of that text.
    """
    if "text" in changes:
        text = storable(changes["text"])
        if connection.value("SELECT 1 FROM target WHERE text = ? AND number <> ?", [text, number]):
            raise ConflictError(f"there is a target {text!r} already: merge the two")
    columns = [name for name in _FIELDS if name in changes]
    connection.run(
        f"UPDATE target SET {', '.join(f'{name} = ?' for name in columns)} WHERE number = ?",
        [*(storable(changes[name]) for name in columns), number],
    )
    if "text" in changes:
        indexing.put_targets(connection, keys_of(connection, number))


def keys_of(connection: Connection, number: int) -> list[int]:
    """The keys of the annotations that have a stance toward a target, deleted ones included."""
    found = connection.rows("SELECT annotation FROM stance WHERE target = ? ORDER BY annotation", [number])
    return [key for (key,) in found]


def note_use(connection: Connection, number: int) -> None:
    """Make a target the one that was used last."""
    connection.run("UPDATE target SET used = 1 + (SELECT max(used) FROM target) WHERE number = ?", [number])
