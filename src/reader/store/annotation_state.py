"""One annotation's rows: reading them, its image for the journal, and writing what differs."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from reader.errors import NotFoundError
from reader.model import Anchor, Annotation, Annotator, Span, Stance
from reader.store import anchors, indexing, target_state
from reader.store.codec import decoding, packed, storable, unpacked
from reader.store.connection import Connection, Row
from reader.store.journal import Image, Journal
from reader.store.schema import SHIFT
from reader.store.shown import carry

COLUMNS = """
    annotation.key, annotation.deleted_at IS NOT NULL, annotation.id, article.id,
    annotator.id, annotator.name, note, holder, voice, confidence,
    annotation.created_at, annotation.updated_at,
    revision.id, anchor."start", anchor."end", score, changed, exact, prefix, suffix, status,
    (SELECT json_group_array(json_array(target.text, scheme, code))
     FROM stance JOIN target ON target.number = stance.target WHERE stance.annotation = annotation.key),
    (SELECT json_group_array(json_array(position, tag)) FROM tag WHERE tag.annotation = annotation.key)
"""
"""An annotation with one of its anchors, by one statement, so that no other program changes it halfway."""

TABLES = """
    annotation
    JOIN article ON article.number = annotation.article
    JOIN annotator ON annotator.id = annotation.annotator
    JOIN anchor ON anchor.annotation = annotation.key
    JOIN revision ON revision.number = anchor.revision
"""

SEEN = """
    annotation
    CROSS JOIN article ON article.number = annotation.article
    CROSS JOIN anchor ON anchor.annotation = annotation.key AND anchor.revision = article.shown
"""
"""The same without what the condition `LIVE` does not need."""

LIVE = "annotation.deleted_at IS NULL AND article.removed_at IS NULL AND anchor.revision = article.shown"
"""The condition that an annotation is seen: neither it nor its article is gone, and its text is shown."""

_REPEATED = 1024
"""So many values that annotations have in common are kept, since one object serves all of them."""

_WORDS = ("note", "holder", "voice")


class Stored(NamedTuple):
    """An annotation as it stands in the library."""

    key: int
    deleted: bool
    annotation: Annotation


def stored(row: Row) -> Stored:
    """From a row of `COLUMNS`; to be called inside `decoding`."""
    (
        key, deleted, annotation_id, article_id, annotator_id, name, note, holder, voice, confidence,
        created_at, updated_at, revision_id, start, end, score, changed, exact, prefix, suffix, status,
        stances, tags,
    ) = row  # fmt: skip
    # In a damaged file a row may be another table's; one look, since an export reads a hundred thousand.
    named = {*map(type, row[2:9]), *map(type, row[10:13]), *map(type, row[17:])}
    if named != {str} or {type(key), type(start), type(end), type(changed)} != {int}:
        raise TypeError("a row of another table")
    annotation = Annotation(
        id=annotation_id,
        article_id=article_id,
        annotator=_annotator(annotator_id, name),
        anchor=Anchor(
            revision_id=revision_id,
            span=Span(start, end),
            exact=exact,
            prefix=prefix,
            suffix=suffix,
            status=status,
            score=score,
            changed=bool(changed),
        ),
        stances=_stances(stances),
        note=note,
        tags=_tags(tags),
        holder=holder,
        voice=voice,
        confidence=confidence,
        created_at=created_at,
        updated_at=updated_at,
    )
    return Stored(key, bool(deleted), annotation)


@lru_cache(maxsize=_REPEATED)
def _annotator(annotator_id: str, name: str) -> Annotator:
    return Annotator(id=annotator_id, name=name)


@lru_cache(maxsize=_REPEATED)
def _stances(column: str) -> tuple[Stance, ...]:
    return tuple(
        [Stance(target=target, scheme=scheme, code=code) for target, scheme, code in sorted(unpacked(column))]
    )


@lru_cache(maxsize=_REPEATED)
def _tags(column: str) -> tuple[str, ...]:
    return tuple([tag for _, tag in sorted(unpacked(column))])


def find(connection: Connection, annotation_id: str) -> Stored | None:
    """An annotation, deleted or not, as it sits in the shown revision, else in the newest it sits in."""
    row = connection.row(
        f"SELECT {COLUMNS} FROM {TABLES} WHERE annotation.id = ?"
        " ORDER BY anchor.revision = article.shown DESC, anchor.revision DESC LIMIT 1",
        [storable(annotation_id)],
    )
    with decoding(connection.path, "an annotation"):
        return None if row is None else stored(row)


def article_of(connection: Connection, annotation_id: str) -> str | None:
    """The id of the article that an annotation is in; None where there is no such annotation."""
    found: str | None = connection.value(
        "SELECT article.id FROM annotation JOIN article ON number = article WHERE annotation.id = ?",
        [storable(annotation_id)],
    )
    return found


def image(connection: Connection, annotation: Annotation, *, deleted: bool = False) -> Image:
    """The fields that can change, in one form whatever the order and the white space they came in.

    Targets stand in it by their ids; all of them are there.
    """
    texts = {stance.target.strip() for stance in annotation.stances}
    return image_of(annotation, target_state.identities(connection, sorted(texts)), deleted=deleted)


def image_of(annotation: Annotation, targets: Mapping[str, str], *, deleted: bool = False) -> Image:
    """The same, where the ids of its targets are known by their texts."""
    stances = {stance.target.strip(): [stance.scheme, stance.code] for stance in annotation.stances}
    return {
        "note": annotation.note,
        "holder": annotation.holder,
        "voice": annotation.voice,
        "confidence": annotation.confidence,
        "tags": list(dict.fromkeys(annotation.tags)),
        "stances": sorted([targets[text], *stance] for text, stance in stances.items()),
        "anchor": anchor_image(annotation.anchor),
        "deleted": deleted,
    }


def anchor_image(anchor: Anchor) -> Image:
    """An anchor as it stands in an image; what re-anchoring says of it only where it says something."""
    found: Image = {
        "revision_id": anchor.revision_id,
        "start": anchor.span.start,
        "end": anchor.span.end,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "status": anchor.status,
    }
    if anchor.score != 1.0:
        found["score"] = anchor.score
    if anchor.changed:
        found["changed"] = True
    return found


def _anchor(image: Image) -> Anchor:
    return Anchor(
        revision_id=image["revision_id"],
        span=Span(image["start"], image["end"]),
        exact=image["exact"],
        prefix=image["prefix"],
        suffix=image["suffix"],
        status=image["status"],
        score=image.get("score", 1.0),
        changed=image.get("changed", False),
    )


def insert(journal: Journal, article: int, annotation: Annotation, at: str) -> int:
    """Write a new annotation's own row; `write` then fills it. Returns its key."""
    connection = journal.connection
    journal.introduce(annotation.annotator)
    low, high = article << SHIFT, (article + 1) << SHIFT
    # Counted over the deleted ones too, whose rows are kept.
    key = 1 + connection.value(
        "SELECT coalesce(max(key), ?1) FROM annotation WHERE key >= ?1 AND key < ?2", [low, high]
    )
    connection.run(
        "INSERT INTO annotation (key, id, article, annotator, note, holder, voice, confidence, created_at,"
        " updated_at, deleted_at) VALUES (?, ?, ?, ?, '', '', '', NULL, ?, ?, NULL)",
        [key, storable(annotation.id), article, annotation.annotator.id, annotation.created_at or at, at],
    )
    return int(key)


def write(
    journal: Journal, article: int, key: int, annotation_id: str, changes: Image, at: str
) -> Annotation:
    """Write changed fields of an image, keep the index in step, and return the annotation as stored.

    Raises:
        NotFoundError: the anchor's revision is not one of the article's.
    """
    connection = journal.connection
    columns: dict[str, object] = {name: storable(changes[name]) for name in _WORDS if name in changes}
    if "confidence" in changes:
        columns["confidence"] = changes["confidence"]
    if "deleted" in changes:
        columns["deleted_at"] = at if changes["deleted"] else None
    columns["updated_at"] = at
    connection.run(
        f"UPDATE annotation SET {', '.join(f'{column} = ?' for column in columns)} WHERE key = ?",
        [*columns.values(), key],
    )
    before = _write_anchor(connection, article, key, changes["anchor"]) if "anchor" in changes else 0
    if "stances" in changes:
        _write_stances(connection, key, changes["stances"])
    if "tags" in changes:
        connection.run("DELETE FROM tag WHERE annotation = ?", [key])
        connection.run_many(
            "INSERT INTO tag (annotation, position, tag) VALUES (?, ?, ?)",
            [(key, position, storable(tag)) for position, tag in enumerate(changes["tags"])],
        )
    if "anchor" in changes or "deleted" in changes:
        # A newer text may have come in while someone had the older one open, or since the mark was deleted.
        carry(connection, article, [key], before=before)
    now = find(connection, annotation_id)
    if now is None:
        raise NotFoundError("the mark has no place in any text: mark it anew")
    if not changes.keys().isdisjoint({"note", "holder", "tags", "stances", "deleted"}):
        indexing.put_annotation(connection, key, now.annotation, deleted=now.deleted)
    return now.annotation


def anchor_in(connection: Connection, key: int, revision_id: str) -> Image | None:
    """The anchor of an annotation in one revision, as in its image; None where it has none there."""
    found = anchors.inside(connection, key, revision_id)
    return None if found is None else anchor_image(found)


def _write_anchor(connection: Connection, article: int, key: int, image: Image) -> int:
    """Write an annotation's anchor in one revision, and return the revision's number.

    Where another revision is shown, its anchor there no longer holds: it is carried there anew.

    Raises:
        NotFoundError: the revision is not one of the article's.
    """
    anchor = _anchor(image)
    row = connection.row(
        "SELECT revision.number, shown FROM revision JOIN article ON article.number = revision.article"
        " WHERE revision.id = ? AND article.number = ?",
        [anchor.revision_id, article],
    )
    if row is None:
        raise NotFoundError("the text that was marked is not one of this article: open the article again")
    revision, shown = row
    anchors.put(connection, key, revision, anchor)
    if shown != revision:
        anchors.drop(connection, key, shown)
    return int(revision)


def _write_stances(connection: Connection, key: int, stances: Sequence[Sequence[str]]) -> None:
    """Leave exactly these stances, and note the targets of those that changed as used last."""
    kept = []
    for target_id, scheme, code in stances:
        target = target_state.number_of(connection, target_id)
        kept.append(target)
        changed = connection.run(
            "INSERT INTO stance (annotation, target, scheme, code) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (annotation, target) DO UPDATE SET scheme = excluded.scheme, code = excluded.code"
            " WHERE scheme <> excluded.scheme OR code <> excluded.code",
            [key, target, scheme, code],
        )
        if changed:
            target_state.note_use(connection, target)
    connection.run(
        "DELETE FROM stance WHERE annotation = ? AND target NOT IN (SELECT value FROM json_each(?))",
        [key, packed(kept)],
    )
