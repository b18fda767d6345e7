"""The rows of an export, and whole articles."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from reader.errors import NotFoundError
from reader.model import (
    Block,
    Canonical,
    Cleaned,
    Draft,
    ExportRow,
    Incoming,
    Link,
    Metadata,
    Relation,
    Run,
    Scheme,
    Segment,
    Target,
    Whole,
)
from reader.store import anchors, relation_state
from reader.store.annotation_state import COLUMNS, LIVE, stored
from reader.store.article_state import METADATA, SOURCES, metadata_of
from reader.store.codec import decoding, expanded, packed, records, texts, unpacked
from reader.store.connection import Connection, Row
from reader.store.schema import SHIFT
from reader.store.schemes import recorded

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


class Snapshot:
    """A library as it stands at one moment, to be written out."""

    def __init__(
        self, connection: Connection, numbers: Sequence[int] | None, marks: Sequence[int] | None = None
    ) -> None:
        """Over a connection that sees one state, and only these articles or marks; None for all."""
        self._connection = connection
        self._numbers = numbers
        self._marks = marks

    def rows(self) -> Iterator[ExportRow]:
        """Every annotation with its article, ordered by article id, start, end and annotation id."""
        return export_rows(self._connection, self._numbers, self._marks)

    def relations(self) -> list[Relation]:
        """The links between any two of these annotations, by id."""
        return relation_state.live(self._connection, self._numbers)

    def targets(self) -> list[Target]:
        """The targets that there are, by text."""
        found = self._connection.rows("SELECT id, text, kind FROM target WHERE text <> '' ORDER BY text")
        return [Target(*row) for row in found]

    def schemes(self) -> tuple[Scheme, ...]:
        """Every version of a scheme that was recorded, by name and version."""
        return tuple(sorted(recorded(self._connection), key=lambda scheme: (scheme.name, scheme.version)))

    def whole(self, article_id: str) -> Whole:
        """Everything about the article with this id."""
        return whole(self._connection, article_id)


_WHOLE = f"""
    SELECT {", ".join(f"article.{name}" for name in METADATA)}, edited, article.added_at, updated_at,
        original.id, original.added_at, media, encoding, original.origin, metadata, raw,
        coalesce(page_text, raw), revision.id, revision.created_at, revision.sha256, cleaner, blocks, runs,
        text, links, segments, coalesce(markdown, text)
    FROM article
    JOIN revision ON revision.number = article.shown
    JOIN original ON original.number = revision.original
    WHERE article.id = ?
"""


def whole(connection: Connection, article_id: str) -> Whole:
    """Everything about an article: what came in, and what was made of it.

    Raises:
        NotFoundError: there is no such article.
    """
    row = connection.row(_WHOLE, [article_id])
    if row is None:
        raise NotFoundError(f"there is no article {article_id} here")
    count = len(METADATA)
    edited, added_at, updated_at, original_id, original_at, media, encoding, origin, given, raw, page = row[
        count : count + 11
    ]
    revision_id, revision_at, sha256, cleaner, blocks, runs, text, links, segments, markdown = row[
        count + 11 :
    ]
    with decoding(connection.path, f"the article {article_id}"):
        texts(*row[: len(METADATA)], cleaner, text, markdown, sha256)
        said = unpacked(given)
        metadata = metadata_of(said)
        return Whole(
            id=article_id,
            metadata=Metadata(**dict(zip(METADATA, row, strict=False))),
            edited=tuple(unpacked(edited)),
            added_at=added_at,
            updated_at=updated_at,
            original_id=original_id,
            original_at=original_at,
            revision_id=revision_id,
            revision_at=revision_at,
            draft=Draft(
                incoming=Incoming(
                    raw=expanded(raw), media=media, origin=origin, metadata=metadata, encoding=encoding
                ),
                cleaned=Cleaned(
                    page_text=expanded(page).decode(),
                    segments=records(Segment, segments),
                    markdown=markdown,
                    metadata=metadata,
                    cleaner=cleaner,
                    encoding=encoding,
                    sources=tuple(said.get(SOURCES, {}).items()),
                ),
                canonical=Canonical(text=text, blocks=records(Block, blocks), runs=records(Run, runs)),
                links=records(Link, links),
                sha256=sha256,
            ),
        )


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
            made = [_export_row(connection, row, metadata, text, sha256) for row in rows]
            if any(one.text is not text for one in made):
                made.sort(key=_place)
            yield from made


def _export_row(connection: Connection, row: Row, metadata: Metadata, text: str, sha256: str) -> ExportRow:
    """A mark in the text shown, or, where its place there is not sure, in the last one where it was."""
    key, _, annotation = stored(row)
    status = annotation.anchor.status
    if status != "ok" and (place := anchors.origin(connection, key)) is not None:
        revision, origin = place
        annotation = replace(annotation, anchor=origin._replace(status=status))
        ((text, sha256),) = connection.rows("SELECT text, sha256 FROM revision WHERE number = ?", [revision])
    return ExportRow(
        annotation=annotation,
        article_id=annotation.article_id,
        metadata=metadata,
        text=text,
        text_sha256=sha256,
    )


def _place(row: ExportRow) -> tuple[int, int, str]:
    return (*row.annotation.span, row.annotation.id)


def _article_of(row: Row) -> int:
    """The number of the article that an annotation belongs to, which its key begins with."""
    key: int = row[0]
    return key >> SHIFT
