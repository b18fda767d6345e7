"""Whether one state of an annotation came before another, from the record of its changes."""

from collections.abc import Callable, Iterator

from reader.store.codec import decoding, unpacked
from reader.store.connection import Connection
from reader.store.journal import Image

Reading = Callable[[Image], Image]
"""From an image as a library records it to one that images of another library can be compared with."""


def earlier(connection: Connection, annotation_id: str, now: Image, read: Reading) -> Iterator[Image]:
    """The states that an annotation was in before, newest first, back to that in which it was made.

    What was undone is not gone through: those states led nowhere.

    Args:
        connection: the library that records its changes.
        annotation_id: the annotation.
        now: its present state, already read.
        read: makes the library's images comparable.
    """
    events = connection.rows(
        "SELECT before_json FROM event WHERE table_name = 'annotation' AND row_id = ?"
        " AND undone_at IS NULL AND before_json IS NOT NULL ORDER BY id DESC",
        [annotation_id],
    )
    state = now
    with decoding(connection.path, "the history"):
        for (before,) in events:
            state = {**state, **read(unpacked(before))}
            yield state
