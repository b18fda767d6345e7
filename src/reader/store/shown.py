"""Which revision of an article is shown: the newest, unless an older one bears marks."""

from reader.errors import ConflictError, NotFoundError
from reader.model import Anchor, Link, Span
from reader.store import indexing
from reader.store.codec import decoding, records, storable
from reader.store.connection import Connection
from reader.store.schema import SHIFT


def bears_marks(connection: Connection, number: int, *, beside: int = -1) -> bool:
    """Whether the shown revision of an article bears an annotation that is not deleted.

    Args:
        connection: the library.
        number: the article.
        beside: the key of an annotation that does not count.
    """
    return (
        connection.value(
            "SELECT 1 FROM annotation JOIN anchor ON anchor.annotation = annotation.key"
            " WHERE annotation.key >= ?1 AND annotation.key < ?2 AND annotation.key <> ?3"
            " AND deleted_at IS NULL"
            " AND anchor.revision = (SELECT shown FROM article WHERE number = ?4) LIMIT 1",
            [number << SHIFT, (number + 1) << SHIFT, beside, number],
        )
        is not None
    )


def show_marked(connection: Connection, number: int, revision: int, key: int) -> None:
    """See to it that the revision on which a mark comes to life is the one shown.

    A newer text may have come in while someone had the older one open, or since the mark was deleted.

    Args:
        connection: inside a transaction.
        number: the article.
        revision: the number of the revision that the mark sits on.
        key: the mark's.

    Raises:
        ConflictError: the revision that is shown bears marks of its own.
    """
    shown = connection.value("SELECT shown FROM article WHERE number = ?", [number])
    if shown == revision:
        return
    if bears_marks(connection, number, beside=key):
        raise ConflictError(
            "another text of this article is shown now and bears marks: open the article again"
        )
    _put_up(connection, number, revision, 0)


def show_carried(connection: Connection, number: int, revision_id: str) -> None:
    """Show another revision of the original that is shown, with the marks and the place last read.

    A mark that has a place in it already keeps that; an orphan is looked for where it was none.

    Args:
        connection: inside a transaction.
        number: the article.
        revision_id: the revision.

    Raises:
        NotFoundError: the article has no such revision of the original that is shown.
    """
    from reader.text.carrying import carried_offset

    found = connection.row(
        "SELECT revision.number, position, now.number FROM article"
        " JOIN revision AS now ON now.number = shown"
        " JOIN revision ON revision.original = now.original AND revision.id = ?"
        " WHERE article.number = ?",
        [storable(revision_id), number],
    )
    if found is None:
        raise NotFoundError("the text asked for is of another original: open the article again")
    revision, position, now = found
    _carry_marks(connection, number, revision)
    place = carried_offset(position, _links(connection, now), _links(connection, revision))
    _put_up(connection, number, revision, place)


def _put_up(connection: Connection, number: int, revision: int, position: int) -> None:
    indexing.drop_article(connection, number)
    connection.run(
        "UPDATE article SET shown = ?, position = ? WHERE number = ?", [revision, position, number]
    )
    indexing.put_articles(connection, [number])


def _carry_marks(connection: Connection, number: int, revision: int) -> None:
    """Give each of an article's marks, deleted ones too, a place in a revision in which it has none yet.

    It is carried from the newest text of the same original in which it is no orphan.
    """
    from reader.text.carrying import carry

    rows = connection.rows(
        'SELECT annotation, anchor.revision, "start", "end", exact, prefix, suffix, status FROM anchor'
        " JOIN revision ON revision.number = anchor.revision"
        " WHERE annotation >= ?1 AND annotation < ?2"
        " AND revision.original = (SELECT original FROM revision WHERE number = ?3)"
        " AND annotation NOT IN (SELECT annotation FROM anchor WHERE revision = ?3)"
        " ORDER BY annotation, status = 'orphan', anchor.revision DESC",
        [number << SHIFT, (number + 1) << SHIFT, revision],
    )
    if not rows:
        return
    revision_id, text = connection.rows("SELECT id, text FROM revision WHERE number = ?", [revision])[0]
    after = _links(connection, revision)
    maps: dict[int, tuple[Link, ...]] = {}
    placed: dict[int, list[object]] = {}
    for key, from_revision, start, end, exact, prefix, suffix, status in rows:
        if key in placed:
            continue
        if from_revision not in maps:
            maps[from_revision] = _links(connection, from_revision)
        anchor = Anchor("", Span(start, end), exact, prefix, suffix, status)
        new = carry(anchor, maps[from_revision], revision_id, text, after)
        placed[key] = [key, revision, *new.span, *new[2:]]
    connection.run_many(
        'INSERT INTO anchor (annotation, revision, "start", "end", exact, prefix, suffix, status)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        list(placed.values()),
    )


def _links(connection: Connection, revision: int) -> tuple[Link, ...]:
    column = connection.value("SELECT links FROM revision WHERE number = ?", [revision])
    with decoding(connection.path, "the map of a text"):
        return records(Link, column)
