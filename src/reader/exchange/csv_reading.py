"""Our own CSV read back; the rows of one annotation become one again."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import BinaryIO

from reader.errors import InputError
from reader.exchange.csv import COLUMNS, FORMULA
from reader.exchange.csv_records import records_of
from reader.exchange.items import (
    Item,
    Items,
    Mark,
    Reference,
    anchor_of,
    confidence_of,
    identity,
    one_of,
    stance_of,
    stances_of,
    time_of,
)
from reader.model import VOICES, Annotation, Annotator

_TAG_PART = re.compile(r"(?:[^|\\]|\\.)+", re.DOTALL)


def read(stream: BinaryIO, *, raw: bool = False) -> Items:
    """Read what `csv.write` wrote, in any order of marks; a byte order mark is passed over.

    Args:
        stream: The file.
        raw: The table was written without the guard; else one ``'`` is taken off where it was put.

    Raises:
        InputError: the columns are others, or the file breaks off; the line is named.
    """
    records = records_of(stream)
    _, header = next(records, (1, []))
    if tuple(header) != COLUMNS:
        raise InputError(
            "line 1: the columns are not those of an export: the header must be as it was written"
        )
    seen: set[str] = set()
    for (annotation_id,), same in groupby(records, key=lambda row: row[1][:1]):
        item = _item(same, raw=raw)
        if annotation_id in seen:
            item = item._replace(what="the rows of one mark stand apart: sort the table by annotation_id")
        seen.add(annotation_id)
        yield item


def _item(rows: Iterable[tuple[int, list[str]]], *, raw: bool) -> Item:
    first = line = 0
    mark: Mark | None = None
    try:
        for line, record in rows:
            first = first or line
            part = _mark(record if raw else [_unguarded(field) for field in record])
            mark = part if mark is None else _joined(mark, part)
    except InputError as error:
        # The other rows of the same mark go with it.
        return Item(f"line {line}", str(error))
    assert mark is not None
    return Item(f"line {first}", mark)


def _joined(mark: Mark, part: Mark) -> Mark:
    stances = stances_of((*mark.annotation.stances, *part.annotation.stances))
    if part._replace(annotation=replace(part.annotation, stances=())) != mark._replace(
        annotation=replace(mark.annotation, stances=())
    ):
        raise InputError("it says other things of the mark of the line before: only its stances may differ")
    return mark._replace(annotation=replace(mark.annotation, stances=stances))


def _mark(record: list[str]) -> Mark:
    if len(record) != len(COLUMNS):
        raise InputError(f"it has {len(record)} fields and not {len(COLUMNS)}")
    field = dict(zip(COLUMNS, record, strict=True))
    anchor = anchor_of(
        field["start"],
        field["end"],
        field["quote"],
        field["prefix"],
        field["suffix"],
        field["anchor_status"],
    )
    stances = (stance_of(field["target"], field["scheme"], field["stance"]),) if field["stance"] else ()
    annotation = Annotation(
        id=identity(field["annotation_id"], "annotation_id"),
        article_id="",
        annotator=Annotator(id="", name=field["annotator"]),
        anchor=anchor,
        stances=stances,
        note=field["note"],
        tags=_parted(field["tags"]),
        holder=field["holder"],
        voice=one_of(field["voice"], VOICES, "the voice"),
        confidence=confidence_of(field["confidence"]),
        created_at=time_of(field["created_at"], "created_at"),
        updated_at=time_of(field["updated_at"], "updated_at"),
    )
    reference = Reference(
        id=field["article_id"],
        sha256=field["text_sha256"],
        url=field["article_url"],
        title=field["article_title"],
    )
    return Mark(reference, annotation)


def _unguarded(field: str) -> str:
    return field[1:] if field.startswith("'") and FORMULA.match(field) else field


def _parted(tags: str) -> tuple[str, ...]:
    return tuple(re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in _TAG_PART.findall(tags))
