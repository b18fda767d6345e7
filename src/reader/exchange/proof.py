"""The promise that an exported quote is what its article's text says at its offsets."""

from collections.abc import Iterable, Iterator

from reader.errors import ExportError
from reader.model import ExportRow


def proved(rows: Iterable[ExportRow]) -> Iterator[ExportRow]:
    """The rows as they come, each once ``text[start:end]`` was seen to be its quote.

    That is said only of anchors that are ``ok``: one that waits for review stands where its quote may be
    meant, and an orphan's quote stands nowhere.

    Raises:
        ExportError: an annotation does not sit where it says, so the library is damaged.
    """
    for row in rows:
        anchor = row.annotation.anchor
        start, end = anchor.span
        if anchor.status == "ok" and (not 0 <= start <= end or row.text[start:end] != anchor.exact):
            raise ExportError(
                f"annotation {row.annotation.id}: its quote is not what its article says at {start}–{end}, "
                "so the library is damaged: see reader check, and go back to a backup"
            )
        yield row
