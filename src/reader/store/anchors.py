"""Anchors: one row for a mark in each text of its article."""

from collections.abc import Mapping, Sequence

from reader.model import Anchor, Span
from reader.store.codec import storable
from reader.store.connection import Connection, Row
from reader.store.schema import SHIFT

_SELECT = """
    SELECT anchor.revision, revision.id, "start", "end", exact, prefix, suffix, status, score, changed
    FROM anchor JOIN revision ON revision.number = anchor.revision
"""


def put(connection: Connection, key: int, revision: int, anchor: Anchor) -> None:
    """Write a mark's place in one text, in the place of the one it had there."""
    connection.run(
        'INSERT INTO anchor (annotation, revision, "start", "end", exact, prefix, suffix, status, score,'
        " changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (annotation, revision) DO UPDATE SET"
        ' "start" = excluded."start", "end" = excluded."end", exact = excluded.exact,'
        " prefix = excluded.prefix, suffix = excluded.suffix, status = excluded.status,"
        " score = excluded.score, changed = excluded.changed",
        [
            key,
            revision,
            *anchor.span,
            storable(anchor.exact),
            storable(anchor.prefix),
            storable(anchor.suffix),
            anchor.status,
            anchor.score,
            int(anchor.changed),
        ],
    )


def drop(connection: Connection, key: int, revision: int) -> None:
    """Forget a mark's place in one text."""
    connection.run("DELETE FROM anchor WHERE annotation = ? AND revision = ?", [key, revision])


def inside(connection: Connection, key: int, revision_id: str) -> Anchor | None:
    """A mark's place in one text; None where it has none there."""
    row = connection.row(f"{_SELECT} WHERE annotation = ? AND revision.id = ?", [key, revision_id])
    return None if row is None else _anchor(row)


def homeless(connection: Connection, number: int, keys: Sequence[int] | None = None) -> list[int]:
    """The marks that have no place in the text that their article shows, deleted ones too.

    Args:
        connection: the library.
        number: the article.
        keys: only of these marks; None for all of the article's.
    """
    low, high = (number << SHIFT, (number + 1) << SHIFT) if keys is None else (min(keys), max(keys) + 1)
    found = connection.rows(
        "SELECT key FROM annotation WHERE key >= ?1 AND key < ?2 AND NOT EXISTS (SELECT 1 FROM anchor"
        " WHERE annotation = key AND revision = (SELECT shown FROM article WHERE number = ?3))",
        [low, high, number],
    )
    return [key for (key,) in found if keys is None or key in keys]


def origin(
    connection: Connection, key: int, *, before: int = 0, sha256: str = ""
) -> tuple[int, Anchor] | None:
    """A place of a mark that is sure, with the number of its revision; the newest if nothing else is asked.

    Args:
        connection: the library.
        key: the mark's.
        before: the revision whose place comes first, where it has one.
        sha256: a place in a text with this hash comes next.
    """
    row = connection.row(
        f"{_SELECT} WHERE annotation = ? AND status = 'ok'"
        " ORDER BY anchor.revision = ? DESC, revision.sha256 = ? DESC, anchor.revision DESC LIMIT 1",
        [key, before, sha256],
    )
    return None if row is None else (row[0], _anchor(row))


def newest(connection: Connection, key: int) -> Anchor | None:
    """The place of a mark in the newest text in which it has one, sure or not."""
    row = connection.row(f"{_SELECT} WHERE annotation = ? ORDER BY anchor.revision DESC LIMIT 1", [key])
    return None if row is None else _anchor(row)


def _anchor(row: Row) -> Anchor:
    _, revision_id, start, end, exact, prefix, suffix, status, score, changed = row
    return Anchor(revision_id, Span(start, end), exact, prefix, suffix, status, score, bool(changed))


def tally(connection: Connection, number: int) -> dict[str, int]:
    """How many marks of an article have each status in the text shown; ``changed``: with other words."""
    found = connection.rows(
        "SELECT status, changed, count(*) FROM anchor JOIN annotation ON annotation.key = annotation"
        " WHERE annotation IN (SELECT key FROM annotation WHERE key >= ? AND key < ? AND deleted_at IS NULL)"
        " AND revision = (SELECT shown FROM article WHERE number = ?) GROUP BY status, changed",
        [number << SHIFT, (number + 1) << SHIFT, number],
    )
    counts = {"ok": 0, "review": 0, "orphan": 0, "changed": 0}
    for status, changed, count in found:
        counts[status] += count
        counts["changed"] += count if changed and status == "ok" else 0
    return counts


def moved(counts: Mapping[str, int]) -> str:
    """What became of an article's marks when its text changed, in words.

    Args:
        counts: what `tally` gives.
    """
    kept, review, lost = counts["ok"], counts["review"], counts["orphan"]
    told = [f"{kept} {'mark' if kept == 1 else 'marks'} moved with it"] if kept else []
    told += [f"{review} to review"] if review else []
    told += [f"{lost} without a place"] if lost else []
    told += [f"{counts['changed']} with other words"] if counts["changed"] else []
    return ", ".join(told)
