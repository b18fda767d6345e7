"""Which revision of an article is shown: the newest, unless an older one bears marks."""

from reader.errors import ConflictError
from reader.store import indexing
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
    indexing.drop_article(connection, number)
    connection.run("UPDATE article SET shown = ?, position = 0 WHERE number = ?", [revision, number])
    indexing.put_articles(connection, [number])
