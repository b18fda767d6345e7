"""The full-text indexes, kept in step by hand inside the transaction that changes what they hold.

Triggers would do it row by row, which was measured at less than half the speed of one
``INSERT … SELECT`` for all articles of an import.
"""

from collections.abc import Collection, Iterable

from reader.model import Annotation
from reader.store.codec import packed, storable
from reader.store.connection import Connection


def drop_article(connection: Connection, number: int) -> None:
    """Take an article out, before its title, shown text or removal changes: FTS5 needs the old words."""
    connection.run(
        "INSERT INTO article_fts (article_fts, rowid, title, text)"
        " SELECT 'delete', number, title, text FROM article_shown WHERE number = ?",
        [number],
    )


def put_articles(connection: Connection, numbers: Collection[int]) -> None:
    """Put articles in that are not there; removed ones stay out."""
    if numbers:
        connection.run(
            "INSERT INTO article_fts (rowid, title, text) SELECT number, title, text FROM article_shown"
            " WHERE number IN (SELECT value FROM json_each(?))",
            [packed(sorted(numbers))],
        )


def put_annotation(connection: Connection, key: int, annotation: Annotation, *, deleted: bool) -> None:
    """Index an annotation anew. Its quote is found in the article's text, which is not touched."""
    connection.run("DELETE FROM annotation_fts WHERE rowid = ?", [key])
    if not deleted:
        add_annotations(connection, [(key, annotation)])


def add_annotations(connection: Connection, annotations: Iterable[tuple[int, Annotation]]) -> None:
    """Index annotations that are not there yet, by their keys."""
    rows = []
    for key, annotation in annotations:
        words = [
            annotation.note,
            annotation.holder,
            "\n".join(annotation.tags),
            "\n".join(stance.target for stance in annotation.stances),
        ]
        if any(words):
            rows.append((key, *map(storable, words)))
    connection.run_many(
        "INSERT INTO annotation_fts (rowid, note, holder, tags, targets) VALUES (?, ?, ?, ?, ?)", rows
    )


def put_targets(connection: Connection, keys: Collection[int]) -> None:
    """Index the targets of annotations anew, whose texts have changed."""
    connection.run(
        "UPDATE annotation_fts SET targets = (SELECT group_concat(target.text, char(10)) FROM stance"
        " JOIN target ON target.number = stance.target WHERE stance.annotation = annotation_fts.rowid)"
        " WHERE rowid IN (SELECT value FROM json_each(?))",
        [packed(list(keys))],
    )
