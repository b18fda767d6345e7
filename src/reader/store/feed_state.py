"""What a person sets about a feed: its image for the journal, and writing changed fields back."""

from reader.errors import NotFoundError
from reader.store.codec import storable
from reader.store.connection import Connection
from reader.store.journal import Image

_FIELDS = ("name", "folder", "full_text")


def image(connection: Connection, feed_id: str) -> Image:
    """The fields that a person can change.

    Raises:
        NotFoundError: there is no such feed.
    """
    row = connection.row(
        f"SELECT {', '.join(_FIELDS)}, removed_at IS NOT NULL FROM feed WHERE id = ?", [feed_id]
    )
    if row is None:
        raise NotFoundError("the feed is not there any more")
    return {**dict(zip(_FIELDS, row, strict=False)), "deleted": bool(row[-1])}


def write(connection: Connection, feed_id: str, changes: Image, at: str) -> None:
    """Write changed fields of an image.

    What was read without its pages is read again with them, and the other way round; a feed that comes back
    is asked at once.
    """
    columns: dict[str, object] = {name: storable(changes[name]) for name in _FIELDS if name in changes}
    if "full_text" in changes:
        columns |= {"etag": "", "modified": "", "body_digest": b""}
    if "deleted" in changes:
        columns["removed_at"] = at if changes["deleted"] else None
        columns |= {"next_at": "", "retired_at": None}
    assignments = ", ".join(f"{column} = ?" for column in columns)
    connection.run(f"UPDATE feed SET {assignments} WHERE id = ?", [*columns.values(), feed_id])
