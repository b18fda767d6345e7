"""The promise that an exported quote is what its article's text says at its offsets."""

from collections.abc import Callable, Iterable, Iterator

from reader.errors import ExportError
from reader.model import ExportRow


def proved(rows: Iterable[ExportRow], text_of: Callable[[str], str]) -> Iterator[ExportRow]:
    """The rows as they come, each once ``text[start:end]`` was seen to be its quote.

    Args:
        rows: Rows of one revision should follow one another, as they do in the order of an export.
        text_of: The text of a revision by its id; asked for again only when the revision changes.

    Raises:
        ExportError: an annotation does not sit where it says, so the library is damaged.
    """
    revision_id, text = "", ""
    for row in rows:
        anchor = row.annotation.anchor
        if anchor.revision_id != revision_id:
            revision_id, text = anchor.revision_id, text_of(anchor.revision_id)
        start, end = anchor.span
        if not 0 <= start <= end or text[start:end] != anchor.exact:
            raise ExportError(
                f"annotation {row.annotation.id}: its quote is not what its article says at {start}–{end}, "
                "so the library is damaged: see reader check, and go back to a backup"
            )
        yield row
