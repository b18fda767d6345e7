"""The rows of an export."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from reader.model import ExportRow, Metadata
from reader.store.annotation_state import COLUMNS, LIVE, stored
from reader.store.article_state import METADATA
from reader.store.codec import decoding, packed, texts
from reader.store.connection import Connection, Row
from reader.store.schema import SHIFT

# Two queries, each in the order of the index of the articles' ids, so that neither sorts more than the
# annotations of one article, and what is the same for all of these is read once.
_ARTICLES = f"""
    SELECT article.number, revision.sha256, revision.text, {", ".join(f"article.{name}" for name in METADATA)}
    FROM article
    CROSS JOIN revision ON revision.number = article.shown
    WHERE EXISTS (
        SELECT 1 FROM annotation
        CROSS JOIN anchor ON anchor.annotation = annotation.key
        WHERE annotation.key >= article.number << {SHIFT} AND annotation.key < (article.number + 1) << {SHIFT}
            AND {LIVE} {{marks}}
    )
"""
_ANNOTATIONS = f"""
    SELECT {COLUMNS}
    FROM article
    CROSS JOIN annotation ON annotation.key >= article.number << {SHIFT}
        AND annotation.key < (article.number + 1) << {SHIFT}
    CROSS JOIN annotator ON annotator.id = annotation.annotator
    CROSS JOIN anchor ON anchor.annotation = annotation.key
    CROSS JOIN revision ON revision.number = anchor.revision
    WHERE {LIVE}
"""
# The plus keeps SQLite from looking the articles up by number, and then sorting them with their texts.
_OF_ARTICLES = " AND +article.number IN (SELECT value FROM json_each(?))"
_OF_MARKS = f" AND +article.number IN (SELECT value >> {SHIFT} FROM json_each(?))"
_MARKS = " AND annotation.key IN (SELECT value FROM json_each(?))"


def export_rows(
    connection: Connection, numbers: Sequence[int] | None, marks: Sequence[int] | None = None
) -> Iterator[ExportRow]:
    """Every annotation with its article, ordered by article id, start, end and annotation id.

    Args:
        connection: one that sees the same state of the library as long as this is read from.
        numbers: only those of these articles; None for all.
        marks: only those with these keys; None for all.
    """
    chosen, parameters = "", list[str]()
    if numbers is not None:
        chosen, parameters = _OF_ARTICLES, [packed(list(numbers))]
    some = ""
    if marks is not None:
        chosen, some = chosen + _OF_MARKS, _MARKS
        keys = packed(list(marks))
        parameters += [keys]
    articles = connection.stream(
        f"{_ARTICLES.format(marks=some)}{chosen} ORDER BY article.id",
        parameters if marks is None else [keys, *parameters],
    )
    annotations = connection.stream(
        f'{_ANNOTATIONS}{chosen}{some} ORDER BY article.id, anchor."start", anchor."end", annotation.id',
        parameters if marks is None else [*parameters, keys],
    )
    with decoding(connection.path, "an annotation"):
        for (number, rows), article in zip(groupby(annotations, _article_of), articles, strict=True):
            if article[0] != number:
                raise LookupError("the index of the articles' ids is out of order")
            _, sha256, text, *fields = article
            texts(sha256, text, *fields)
            metadata = Metadata(**dict(zip(METADATA, fields, strict=True)))
            for row in rows:
                annotation = stored(row).annotation
                yield ExportRow(
                    annotation=annotation,
                    article_id=annotation.article_id,
                    metadata=metadata,
                    text=text,
                    text_sha256=sha256,
                )


def _article_of(row: Row) -> int:
    """The number of the article that an annotation belongs to, which its key begins with."""
    key: int = row[0]
    return key >> SHIFT
