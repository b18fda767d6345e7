"""A relation's row: reading it, its image for the journal, and writing what differs."""

from collections.abc import Sequence

from reader.errors import NotFoundError
from reader.model import Annotator, Relation
from reader.store.codec import storable
from reader.store.connection import Connection, Row
from reader.store.journal import Image

COLUMNS = """
    relation.id, relation.type, source.id, destination.id, maker.id, maker.name, relation.note,
    relation.created_at
"""

TABLES = """
    relation
    JOIN annotation AS source ON source.key = relation.from_annotation
    JOIN annotation AS destination ON destination.key = relation.to_annotation
    JOIN article AS here ON here.number = source.article
    JOIN article AS there ON there.number = destination.article
    JOIN annotator AS maker ON maker.id = relation.annotator
"""

LIVE = """
    relation.deleted_at IS NULL AND source.deleted_at IS NULL AND destination.deleted_at IS NULL
    AND here.removed_at IS NULL AND there.removed_at IS NULL
"""
"""The condition that a relation is seen: neither it nor an annotation or article at an end is gone."""


def relation(row: Row) -> Relation:
    """From a row of `COLUMNS`."""
    relation_id, kind, from_id, to_id, annotator_id, name, note, created_at = row
    return Relation(
        id=relation_id,
        type=kind,
        from_id=from_id,
        to_id=to_id,
        annotator=Annotator(annotator_id, name),
        note=note,
        created_at=created_at,
    )


def find(connection: Connection, made: Relation) -> Relation | None:
    """The relation that says what this one would: of the same type between the same annotations."""
    pairs = [(made.from_id, made.to_id)] + ([(made.to_id, made.from_id)] if made.symmetric else [])
    for pair in pairs:
        row = connection.row(
            f"SELECT {COLUMNS} FROM {TABLES} WHERE {LIVE} AND relation.type = ?"
            " AND from_annotation = (SELECT key FROM annotation WHERE id = ?)"
            " AND to_annotation = (SELECT key FROM annotation WHERE id = ?)",
            [made.type, *map(storable, pair)],
        )
        if row is not None:
            return relation(row)
    return None


def live(connection: Connection, article_numbers: Sequence[int] | None) -> list[Relation]:
    """The relations that are seen, by id; of these articles only those with both ends in them."""
    numbers = set(article_numbers or ())
    found = connection.rows(
        f"SELECT source.article, destination.article, {COLUMNS} FROM {TABLES}"
        f" WHERE {LIVE} ORDER BY relation.id"
    )
    return [
        relation(tuple(columns))
        for here, there, *columns in found
        if article_numbers is None or {here, there} <= numbers
    ]


def image(connection: Connection, relation_id: str) -> Image:
    """The fields that can change.

    Raises:
        NotFoundError: there is no such relation.
    """
    row = connection.row("SELECT note, deleted_at IS NOT NULL FROM relation WHERE id = ?", [relation_id])
    if row is None:
        raise NotFoundError("there is no such link")
    return {"note": row[0], "deleted": bool(row[1])}


def write(connection: Connection, relation_id: str, changes: Image, at: str) -> None:
    """Write changed fields of an image."""
    columns: dict[str, object] = {}
    if "note" in changes:
        columns["note"] = storable(changes["note"])
    if "deleted" in changes:
        columns["deleted_at"] = at if changes["deleted"] else None
    assignments = ", ".join(f"{column} = ?" for column in columns)
    connection.run(f"UPDATE relation SET {assignments} WHERE id = ?", [*columns.values(), relation_id])


def insert(connection: Connection, made: Relation, source: int, destination: int) -> None:
    """Write a new relation between the annotations with these keys."""
    connection.run(
        "INSERT INTO relation (id, type, from_annotation, to_annotation, note, annotator, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            storable(made.id),
            made.type,
            source,
            destination,
            storable(made.note),
            made.annotator.id,
            made.created_at,
        ],
    )
