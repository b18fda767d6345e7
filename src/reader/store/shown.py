"""Which revision of an article is shown: the newest, unless a person went back to an older one."""

from collections.abc import Sequence

from reader.errors import NotFoundError
from reader.store import anchors, indexing
from reader.store.codec import storable
from reader.store.connection import Connection
from reader.store.schema import SHIFT


def bears_marks(connection: Connection, number: int) -> bool:
    """Whether an article bears an annotation that is not deleted."""
    return (
        connection.value(
            "SELECT 1 FROM annotation WHERE key >= ? AND key < ? AND deleted_at IS NULL LIMIT 1",
            [number << SHIFT, (number + 1) << SHIFT],
        )
        is not None
    )


def show_carried(connection: Connection, number: int, revision_id: str) -> None:
    """Show another of an article's revisions, with the marks and the place last read.

    Args:
        connection: inside a transaction.
        number: the article.
        revision_id: the revision.

    Raises:
        NotFoundError: the article has no such revision.
    """
    revision = connection.value(
        "SELECT number FROM revision WHERE id = ? AND article = ?", [storable(revision_id), number]
    )
    if revision is None:
        raise NotFoundError("the text asked for is not one of this article: open the article again")
    ((before, position),) = connection.rows("SELECT shown, position FROM article WHERE number = ?", [number])
    place = 0
    if position:
        from reader.store.carrying import carried_place

        place = carried_place(connection, before, revision, position)
    indexing.drop_article(connection, number)
    connection.run("UPDATE article SET shown = ?, position = ? WHERE number = ?", [revision, place, number])
    indexing.put_articles(connection, [number])
    carry(connection, number, before=before)


def carry(connection: Connection, number: int, keys: Sequence[int] | None = None, *, before: int = 0) -> None:
    """Give marks a place in the text that their article shows, deleted ones too: they may come back.

    A mark that has one there keeps it, so that going back to a text finds every mark where it was.

    Args:
        connection: inside a transaction.
        number: the article.
        keys: only these marks; None for all of the article's.
        before: the number of the revision that was shown before.
    """
    homeless = anchors.homeless(connection, number, keys)
    if homeless:
        # What carries is loaded with the first text that changes, not with the first paint.
        from reader.store.carrying import carry_over

        carry_over(connection, number, homeless, before)
