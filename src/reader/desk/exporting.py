"""Exporting annotations."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from reader.desk import Desk
from reader.desk.finding import search
from reader.exporters import atomic_text, write_csv
from reader.model import ExportRow

_BOM = "\ufeff"


def export_rows(desk: Desk, query: str = "") -> Iterator[ExportRow]:
    """The annotations of the articles that match a query, each proved to sit where it says.

    Ordered by article id, start, end and annotation id. An empty query matches every article.

    Raises:
        ExportError: an annotation's quote is not what stands at its offsets: the library is damaged.
    """
    numbers = search(desk, query) if query.strip() else None
    yield from desk.store.annotations.export_rows(numbers)


def export_csv(
    desk: Desk, query: str, target: TextIO | Path, *, excel: bool = False, raw: bool = False
) -> int:
    """Write the annotations of the articles that match a query as CSV.

    A file is written whole or not at all.

    Args:
        desk: the desk.
        query: which articles; empty for all.
        target: a file's path, or a stream that leaves line ends alone (``newline=""``).
        excel: begin with a byte order mark, without which Excel misreads the encoding.
        raw: without the guard against formulas.

    Returns:
        How many rows were written, the header not counted.

    Raises:
        ExportError: the file cannot be written, or the library is damaged.
    """
    rows = export_rows(desk, query)
    if isinstance(target, Path):
        with atomic_text(target) as stream:
            return _write(rows, stream, excel=excel, raw=raw)
    return _write(rows, target, excel=excel, raw=raw)


def _write(rows: Iterator[ExportRow], stream: TextIO, *, excel: bool, raw: bool) -> int:
    if excel:
        stream.write(_BOM)
    return write_csv(rows, stream, raw=raw)
