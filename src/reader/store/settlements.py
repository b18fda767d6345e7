"""Settlements: what adjudicators made of two annotators' marks."""

from collections.abc import Sequence

from reader.errors import NotFoundError
from reader.model import Annotator, Settlement
from reader.store import annotation_state, article_state
from reader.store.codec import decoding, storable, unpacked
from reader.store.connection import Connection
from reader.store.journal import Image, Journal
from reader.store.schema import SHIFT

_COLUMNS = """
    settlement.id, coalesce(one.id, ''), coalesce(other.id, ''), ruling, maker.id, maker.name,
    settlement.created_at,
    (SELECT json_group_array(annotation.id) FROM settled
     JOIN annotation ON annotation.key = settled.annotation WHERE settled.settlement = settlement.key)
"""
_TABLES = """
    settlement
    LEFT JOIN annotation AS one ON one.key = settlement.one
    LEFT JOIN annotation AS other ON other.key = settlement.other
    JOIN annotator AS maker ON maker.id = settlement.annotator
"""


class Settlements:
    """The settlements in a library."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def of(self, article_id: str) -> list[Settlement]:
        """An article's settlements, the first made first.

        Raises:
            NotFoundError: there is no such article.
        """
        number = article_state.number_of(self._connection, article_id)
        return _settlements(
            self._connection,
            "coalesce(settlement.one, settlement.other) >= ?"
            " AND coalesce(settlement.one, settlement.other) < ?",
            [number << SHIFT, (number + 1) << SHIFT],
        )

    def results(self) -> frozenset[str]:
        """The ids of all annotations that came of a settlement."""
        found = self._connection.rows(
            "SELECT annotation.id FROM settled JOIN annotation ON annotation.key = settled.annotation"
        )
        return frozenset(annotation_id for (annotation_id,) in found)

    def add(self, settlement: Settlement, what: str) -> None:
        """Store a settlement with the annotations that came of it, as an event that can be undone.

        Raises:
            NotFoundError: an annotation that it names is not there.
        """
        with self._connection.transaction():
            self._journal.introduce(settlement.annotator)
            made = settlement._replace(created_at=settlement.created_at or self._journal.clock())
            insert(self._connection, made)
            record(self._journal, what, settlement, before=None, after={"deleted": False})

    def delete(self, settlement: Settlement, what: str) -> None:
        """Hide a settlement; what came of it stays."""
        with self._connection.transaction():
            write(self._connection, settlement.id, {"deleted": True}, self._journal.clock())
            record(self._journal, what, settlement, before={"deleted": False}, after={"deleted": True})


def all_of(connection: Connection) -> list[Settlement]:
    """Every settlement in a library, the first made first."""
    return _settlements(connection, "1", [])


def _settlements(connection: Connection, condition: str, parameters: Sequence[object]) -> list[Settlement]:
    found = connection.rows(
        f"SELECT {_COLUMNS} FROM {_TABLES} WHERE settlement.deleted_at IS NULL AND {condition}"
        " ORDER BY settlement.key",
        parameters,
    )
    with decoding(connection.path, "a settlement"):
        return [
            Settlement(identity, one, other, ruling, tuple(unpacked(results)), Annotator(*maker), at)
            for identity, one, other, ruling, *maker, at, results in found
        ]


def insert(connection: Connection, settlement: Settlement) -> None:
    """Write a new settlement.

    Raises:
        NotFoundError: an annotation that it names is not there.
    """
    connection.run(
        "INSERT INTO settlement (id, one, other, ruling, annotator, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            storable(settlement.id),
            _key(connection, settlement.one_id) if settlement.one_id else None,
            _key(connection, settlement.other_id) if settlement.other_id else None,
            settlement.ruling,
            settlement.annotator.id,
            settlement.created_at,
        ],
    )
    connection.run_many(
        "INSERT INTO settled (settlement, annotation) SELECT key, ? FROM settlement WHERE id = ?",
        [(_key(connection, result), storable(settlement.id)) for result in settlement.results],
    )


def _key(connection: Connection, annotation_id: str) -> int:
    key = connection.value("SELECT key FROM annotation WHERE id = ?", [storable(annotation_id)])
    if key is None:
        raise NotFoundError("there is no such annotation")
    return int(key)


def record(
    journal: Journal, what: str, settlement: Settlement, *, before: Image | None, after: Image
) -> None:
    """Write an event of a settlement, in the article of the marks that it is about."""
    annotation_id = settlement.one_id or settlement.other_id
    journal.record(
        what,
        table="settlement",
        row_id=settlement.id,
        article_id=annotation_state.article_of(journal.connection, annotation_id),
        annotation_id=annotation_id,
        before=before,
        after=after,
    )


def image(connection: Connection, settlement_id: str) -> Image:
    """The field that can change, for the journal."""
    deleted = connection.value("SELECT deleted_at IS NOT NULL FROM settlement WHERE id = ?", [settlement_id])
    return {"deleted": bool(deleted)}


def write(connection: Connection, settlement_id: str, changes: Image, at: str) -> None:
    """Write the changed field of an image."""
    connection.run(
        "UPDATE settlement SET deleted_at = ? WHERE id = ?",
        [at if changes["deleted"] else None, storable(settlement_id)],
    )
