"""Annotations as a table that pandas, R and spreadsheets open right without a setting.

One row per annotation and target; an annotation without a stance is one row whose target, scheme and stance
are empty. RFC 4180: commas, CRLF, a field that holds a comma, a quote or a line end stands in quotes, and
quotes within it are doubled.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TextIO

from reader.errors import InputError
from reader.model import (
    VOICES,
    Anchor,
    AnchorStatus,
    Annotation,
    Annotator,
    ExportRow,
    Metadata,
    Span,
    Stance,
    Voice,
)

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

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
"""How a field begins that a spreadsheet could take for a formula, once it has taken quotes off it
(https://owasp.org/www-community/attacks/CSV_Injection)."""

_SUSPECT = frozenset("'=+-@\t\r\n")
"""The first characters of such fields, by which nearly all others are told apart at once."""

_END = "\r\n"
_NO_STANCE = Stance(target="", scheme="", code="")

_STATUSES: tuple[AnchorStatus, ...] = ("ok", "review", "orphan")
_TAG_PART = re.compile(r"(?:[^|\\]|\\.)+", re.DOTALL)
_FIELD_LIMIT = 64 * 1024 * 1024


def write_csv(rows: Iterable[ExportRow], stream: TextIO, *, raw: bool = False) -> int:
    """Write annotations as CSV, header first.

    Args:
        rows: In the order in which they are to stand, and `proved`.
        stream: Leaves line ends alone (``newline=""``).
        raw: Write text fields without the guard. The guard puts one ``'`` before each that begins, after any
            number of ``'``, with ``=``, ``+``, ``-``, ``@``, a tab or a line end; `read_csv` takes it off.

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
        for stance in annotation.stances or (_NO_STANCE,):
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
    return "'" + field if _FORMULA.match(field) else field


def _unguarded(field: str) -> str:
    return field[1:] if field.startswith("'") and _FORMULA.match(field) else field


def _joined(tags: Iterable[str]) -> str:
    r"""Tags joined by ``|``; a ``|`` or ``\`` within one has a ``\`` before it."""
    return "|".join([tag.replace("\\", "\\\\").replace("|", "\\|") for tag in tags])


def _parted(tags: str) -> tuple[str, ...]:
    return tuple(re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in _TAG_PART.findall(tags))


def read_csv(stream: TextIO, *, raw: bool = False) -> Iterator[ExportRow]:
    """Read back what `write_csv` wrote; the rows of one annotation become one again.

    What the table does not hold is empty: the annotator's id, the revision's id, the article's language and
    its text.

    Args:
        stream: Leaves line ends alone (``newline=""``). A byte order mark is passed over.
        raw: The table was written without the guard.

    Raises:
        InputError: the columns are others, or a row says what cannot be; the line is named.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(stream, strict=True)
    header = next(reader, [])
    if tuple(name.removeprefix("\ufeff") for name in header) != COLUMNS:
        raise InputError(
            "line 1: the columns are not those of an export: the header must be as it was written"
        )
    parts = (_parsed(record if raw else [_unguarded(field) for field in record]) for record in reader)
    try:
        for _, same in groupby(parts, key=lambda part: part.annotation.id):
            first, *others = same
            stances = tuple(stance for part in (first, *others) for stance in part.annotation.stances)
            yield first._replace(annotation=replace(first.annotation, stances=stances))
    except (csv.Error, ValueError) as error:
        raise InputError(f"line {reader.line_num}: not a row of an export ({error})") from error


def _parsed(record: list[str]) -> ExportRow:
    field = dict(zip(COLUMNS, record, strict=True))
    stance = Stance(target=field["target"], scheme=field["scheme"], code=field["stance"])
    return ExportRow(
        annotation=Annotation(
            id=field["annotation_id"],
            article_id=field["article_id"],
            annotator=Annotator(id="", name=field["annotator"]),
            anchor=Anchor(
                revision_id="",
                span=Span(int(field["start"]), int(field["end"])),
                exact=field["quote"],
                prefix=field["prefix"],
                suffix=field["suffix"],
                status=_status(field["anchor_status"]),
            ),
            stances=(stance,) if stance.code else (),
            note=field["note"],
            tags=_parted(field["tags"]),
            holder=field["holder"],
            voice=_voice(field["voice"]),
            confidence=int(field["confidence"]) if field["confidence"] else None,
            created_at=field["created_at"],
            updated_at=field["updated_at"],
        ),
        article_id=field["article_id"],
        metadata=Metadata(
            title=field["article_title"],
            url=field["article_url"],
            source=field["source"],
            author=field["article_author"],
            published=field["published_at"],
        ),
        text="",
        text_sha256=field["text_sha256"],
    )


def _status(value: str) -> AnchorStatus:
    for status in _STATUSES:
        if value == status:
            return status
    raise ValueError(f"the anchor_status {value!r} is unknown")


def _voice(value: str) -> Voice:
    for voice in VOICES:
        if value == voice:
            return voice
    raise ValueError(f"the voice {value!r} is unknown")
