"""The full-text indexes, kept in step by hand inside the transaction that changes what they hold.

Triggers would do it row by row, which was measured at less than half the speed of one
``INSERT … SELECT`` for all articles of an import.
"""

from collections.abc import Collection

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
    words = [
        annotation.note,
        annotation.holder,
        "\n".join(annotation.tags),
        "\n".join(stance.target for stance in annotation.stances),
    ]
    if not deleted and any(words):
        connection.run(
            "INSERT INTO annotation_fts (rowid, note, holder, tags, targets) VALUES (?, ?, ?, ?, ?)",
            [key, *map(storable, words)],
        )


def put_targets(connection: Connection, keys: Collection[int]) -> None:
    """Index the targets of annotations anew, whose texts have changed."""
    connection.run(
        "UPDATE annotation_fts SET targets = (SELECT group_concat(target.text, char(10)) FROM stance"
        " JOIN target ON target.number = stance.target WHERE stance.annotation = annotation_fts.rowid)"
        " WHERE rowid IN (SELECT value FROM json_each(?))",
        [packed(list(keys))],
    )
