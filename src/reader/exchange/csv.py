"""Annotations as a table that pandas, R and spreadsheets open right without a setting.

One row per annotation and target; an annotation without a stance is one row whose target, scheme and stance
are empty. RFC 4180: commas, CRLF, a field that holds a comma, a quote or a line end stands in quotes, and
quotes within it are doubled.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from reader.errors import ExportError
from reader.exchange.atomic import atomic_text, text_on
from reader.exchange.base import NO_STANCE, Export, Losses, Written
from reader.exchange.tables import CODEBOOK_COLUMNS, RELATION_COLUMNS, codebook_rows, relation_rows
from reader.model import ExportRow

COLUMNS = (
    "annotation_id",
    "article_id",
    "article_url",
    "article_title",
    "source",
    "article_author",
    "published_at",
    "text_sha256",
    "start",
    "end",
    "quote",
    "prefix",
    "suffix",
    "target",
    "scheme",
    "stance",
    "holder",
    "voice",
    "confidence",
    "note",
    "tags",
    "annotator",
    "anchor_status",
    "created_at",
    "updated_at",
)
"""The columns, in their order. They are a promise: later ones come at the end."""

FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
"""How a field begins that a spreadsheet could take for a formula, once it has taken quotes off it
(https://owasp.org/www-community/attacks/CSV_Injection)."""

TABLES = ("annotations.csv", "relations.csv", "codebook.csv")
"""The files that are written into a folder."""

_SUSPECT = frozenset("'=+-@\t\r\n")
"""The first characters of such fields, by which nearly all others are told apart at once."""

_END = "\r\n"


def write(export: Export, stream: BinaryIO) -> Written:
    """Write the annotations as one CSV file."""
    losses = Losses()
    losses.count("link", len(export.relations))
    with text_on(stream) as text:
        count = write_csv(export.rows, text, raw=export.raw)
    lost = losses.line("one CSV file")
    return Written(count, "row", f"{lost}: name a folder to have relations.csv too" if lost else "")


def write_folder(export: Export, folder: Path) -> Written:
    """Write the `TABLES` into a folder.

    It is made where it is missing. Each file takes the place of one that is there when all are written.
    """
    new = not folder.exists()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}: cannot be made ({error.strerror}): name another folder") from error
    cells = _plain_cells if export.raw else _guarded_cells
    annotations, *others = TABLES
    tables = (
        (RELATION_COLUMNS, relation_rows(export.relations)),
        (CODEBOOK_COLUMNS, codebook_rows(export.schemes)),
    )
    try:
        with ExitStack() as files:
            stream = files.enter_context(atomic_text(folder / annotations))
            count = write_csv(export.rows, stream, raw=export.raw)
            for name, (columns, rows) in zip(others, tables, strict=True):
                stream = files.enter_context(atomic_text(folder / name))
                stream.writelines(cells(*row) + _END for row in (columns, *rows))
    except BaseException:
        if new:
            with suppress(OSError):
                folder.rmdir()
        raise
    return Written(count, "row")


def write_csv(rows: Iterable[ExportRow], stream: TextIO, *, raw: bool = False) -> int:
    """Write annotations as CSV, header first.

    Args:
        rows: In the order in which they are to stand, and `proved`.
        stream: Leaves line ends alone (``newline=""``).
        raw: Write text fields without the guard. The guard puts one ``'`` before each that begins, after any
            number of ``'``, with ``=``, ``+``, ``-``, ``@``, a tab or a line end; `csv_reading` takes it off.

    Returns:
        How many rows were written, the header not counted.
    """
    stream.write(",".join(COLUMNS) + _END)
    cells = _plain_cells if raw else _guarded_cells
    count = 0
    article, its_cells = None, ""
    for row in rows:
        if article != (row.article_id, row.metadata, row.text_sha256):
            article = row.article_id, row.metadata, row.text_sha256
            its_cells = _article_cells(row, cells)
        annotation = row.annotation
        anchor = annotation.anchor
        start, end = anchor.span
        before = f"{start},{end},{cells(anchor.exact, anchor.prefix, anchor.suffix)}"
        after = cells(
            annotation.holder,
            annotation.voice,
            "" if annotation.confidence is None else str(annotation.confidence),
            annotation.note,
            _joined(annotation.tags),
            annotation.annotator.name,
            anchor.status,
            annotation.created_at,
            annotation.updated_at,
        )
        for stance in annotation.stances or (NO_STANCE,):
            toward = cells(stance.target, stance.scheme, stance.code)
            stream.write(f"{cells(annotation.id)},{its_cells},{before},{toward},{after}{_END}")
            count += 1
    return count


def _article_cells(row: ExportRow, cells: Callable[..., str]) -> str:
    """The columns that are the same for all the rows of an article, ``article_id`` to ``text_sha256``."""
    metadata = row.metadata
    return cells(
        row.article_id,
        metadata.url,
        metadata.title,
        metadata.source,
        metadata.author,
        metadata.published,
        row.text_sha256,
    )


def _plain_cells(*fields: str) -> str:
    """Fields as they stand in a row, parted by commas.

    As `csv.writer` has it, which takes several times as long: it looks at each character, and not at all
    fields at once.
    """
    line = ",".join(fields)
    if line.count(",") < len(fields) and '"' not in line and "\n" not in line and "\r" not in line:
        return line
    return ",".join([_cell(field) for field in fields])


def _guarded_cells(*fields: str) -> str:
    """The same with the guard before what could be taken for a formula."""
    return _plain_cells(*[_guarded(field) if field[:1] in _SUSPECT else field for field in fields])


def _cell(field: str) -> str:
    if "," in field or '"' in field or "\n" in field or "\r" in field:
        return '"' + field.replace('"', '""') + '"'
    return field


def _guarded(field: str) -> str:
    return "'" + field if FORMULA.match(field) else field


def _joined(tags: Iterable[str]) -> str:
    r"""Tags joined by ``|``; a ``|`` or ``\`` within one has a ``\`` before it."""
    return "|".join([tag.replace("\\", "\\\\").replace("|", "\\|") for tag in tags])
