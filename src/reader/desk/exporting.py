"""Exporting annotations."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from reader.desk import Desk
from reader.errors import ExportError
from reader.exporters import atomic_text, proved, write_csv
from reader.model import ExportRow

_BOM = "\ufeff"


def export_rows(
    desk: Desk, numbers: Sequence[int] | None = None, marks: Sequence[int] | None = None
) -> Iterator[ExportRow]:
    """All annotations, or some, each proved to sit where it says.

    Ordered by article id, start, end and annotation id.

    Args:
        desk: the desk.
        numbers: only those of these articles; None for all.
        marks: only those with these keys, as `finding.search_marks` finds them; None for all.

    Raises:
        ExportError: what stands at an annotation's offsets is not its quote.
    """
    return proved(desk.store.annotations.export_rows(numbers, marks))


def export_csv(
    desk: Desk,
    target: TextIO | Path,
    *,
    numbers: Sequence[int] | None = None,
    marks: Sequence[int] | None = None,
    excel: bool = False,
    raw: bool = False,
) -> int:
    """Write annotations as CSV.

    A file is written whole or not at all.

    Args:
        desk: the desk.
        target: a file's path, or a stream that leaves line ends alone (``newline=""``).
        numbers: the articles whose annotations are wanted; None for all.
        marks: the keys of the annotations that are wanted; None for all.
        excel: begin with a byte order mark, without which Excel misreads the encoding.
        raw: without the guard against formulas.

    Returns:
        How many rows were written, the header not counted.

    Raises:
        ExportError: the file cannot be written or is the library itself, or an annotation does not sit on
            its quote.
    """
    rows = export_rows(desk, numbers, marks)
    if isinstance(target, Path):
        if desk.store.owns(target):
            raise ExportError(f"{target}: belongs to the library itself: name another file")
        with atomic_text(target) as stream:
            return _write(rows, stream, excel=excel, raw=raw)
    return _write(rows, target, excel=excel, raw=raw)


def _write(rows: Iterator[ExportRow], stream: TextIO, *, excel: bool, raw: bool) -> int:
    if excel:
        stream.write(_BOM)
    return write_csv(rows, stream, raw=raw)
