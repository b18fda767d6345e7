"""An Excel workbook, for people whose Excel reads no commas: annotations, links and codebook on a sheet each.

Every text is a cell of text: nothing is taken for a formula, a number, a date or a link. Only offsets and
confidence are numbers.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from reader.errors import ExportError
from reader.exchange.base import NO_STANCE, Export, Losses, Written
from reader.exchange.csv import COLUMNS
from reader.exchange.tables import CODEBOOK_COLUMNS, RELATION_COLUMNS, codebook_rows, relation_rows
from reader.model import ExportRow, Stance

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_LONGEST = 32_767
"""Characters of a cell, by Excel's limits, in UTF-16."""
_MOST = 1_048_575
"""Rows beside the header, likewise."""
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has to say when it was made; the same for the same marks
_WIDE = {"article_title": 30, "quote": 60, "target": 30, "note": 40, "definition": 60}
_NUMBERS = ("start", "end", "confidence")


def write(export: Export, stream: BinaryIO) -> Written:
    """Write the workbook.

    Raises:
        ExportError: there are more rows than a sheet can have.
    """
    from xlsxwriter import Workbook

    losses = Losses()
    # In order and row by row, so that a row is not kept once it is written.
    book = Workbook(stream, {"constant_memory": True})
    book.set_properties({"created": _MADE})
    try:
        count = _fill(book, export, losses)
    except BaseException:
        # Closing is what takes its temporary files away.
        book.filename = BytesIO()
        book.close()
        raise
    book.close()
    return Written(count, "row", losses.line("Excel"))


def _fill(book: "Workbook", export: Export, losses: Losses) -> int:
    count = _sheet(
        book,
        "annotations",
        COLUMNS,
        (_cells(row, stance) for row in export.rows for stance in row.annotation.stances or (NO_STANCE,)),
        losses,
    )
    _sheet(book, "relations", RELATION_COLUMNS, relation_rows(export.relations), losses)
    _sheet(book, "codebook", CODEBOOK_COLUMNS, codebook_rows(export.schemes), losses)
    return count


def _sheet(
    book: "Workbook", name: str, columns: Sequence[str], rows: Iterable[Sequence[str]], losses: Losses
) -> int:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDE.get(column, 14))
    bold: Any = book.add_format({"bold": True})
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, bold)
    numbers = {at for at, column in enumerate(columns) if column in _NUMBERS}
    count = 0
    for count, row in enumerate(rows, 1):
        if count > _MOST:
            raise ExportError(
                f"more than {_MOST:,} rows, which Excel cannot hold: export fewer articles, or CSV"
            )
        for at, text in enumerate(row):
            if not text:
                continue
            if at in numbers:
                sheet.write_number(count, at, int(text))
                continue
            shown = _shortened(text)
            losses.count(f"mark whose {columns[at]} is longer than a cell", shown != text)
            sheet.write_string(count, at, shown)
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    return count


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST // 2 or len(text.encode("utf-16-le")) // 2 <= _LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * (_LONGEST - 1)].decode("utf-16-le", "ignore") + "…"


def _cells(row: ExportRow, stance: Stance) -> tuple[str, ...]:
    """The cells of a row, in the order of the CSV's columns."""
    annotation, metadata = row.annotation, row.metadata
    anchor = annotation.anchor
    return (
        annotation.id,
        row.article_id,
        metadata.url,
        metadata.title,
        metadata.source,
        metadata.author,
        metadata.published,
        row.text_sha256,
        str(anchor.span.start),
        str(anchor.span.end),
        anchor.exact,
        anchor.prefix,
        anchor.suffix,
        stance.target,
        stance.scheme,
        stance.code,
        annotation.holder,
        annotation.voice,
        "" if annotation.confidence is None else str(annotation.confidence),
        annotation.note,
        "|".join(annotation.tags),
        annotation.annotator.name,
        anchor.status,
        annotation.created_at,
        annotation.updated_at,
    )
