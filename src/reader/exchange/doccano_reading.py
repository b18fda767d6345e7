"""doccano's JSON Lines read: exports for sequence labelling, with or without relations, and our own.

Labels are in ``label`` or ``labels`` as ``[start, end, name]``, or in ``entities`` as objects. An article is
found by its text. A label becomes a stance where the library's scheme has a stance of that name, else a tag.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from reader.errors import InputError
from reader.exchange.base import UNLABELLED
from reader.exchange.items import (
    Item,
    Items,
    Mark,
    Reference,
    anchor_of,
    foreign_id,
    json_of,
    lines_of,
    list_of,
    number_of,
    object_of,
    text_of,
)
from reader.model import Annotation, Annotator, Span, Stance
from reader.text.spans import quote_of


def read(stream: BinaryIO) -> Items:
    """Read every label.

    Raises:
        InputError: a line cannot be read at all.
    """
    for number, line in lines_of(stream):
        where = f"line {number}"
        try:
            record = object_of(json_of(line), "the line")
            text = text_of(record.get("text", record.get("data")), "text")
            if not text:
                raise InputError("it has no text, so it is nothing of doccano's")
            article = Reference(
                id=text_of(record.get("article_id"), "article_id"),
                sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
                url=text_of(record.get("url"), "url"),
                title=text_of(record.get("title"), "title"),
            )
            spans = list(_spans(record))
        except InputError as error:
            yield Item(where, str(error))
            continue
        for place, (start, end, name) in enumerate(spans, 1):
            try:
                yield Item(where, _mark(article, text, start, end, name))
            except InputError as error:
                yield Item(f"{where}, label {place}", str(error))


def _spans(record: dict[str, Any]) -> Iterator[tuple[object, object, object]]:
    for entry in list_of(record.get("label", record.get("labels")), "label"):
        if not isinstance(entry, list) or len(entry) != 3:
            raise InputError(f"label must hold [start, end, name], not {entry!r:.80}")
        yield entry[0], entry[1], entry[2]
    for entry in list_of(record.get("entities"), "entities"):
        known = object_of(entry, "an entity")
        yield known.get("start_offset"), known.get("end_offset"), known.get("label")


def _mark(article: Reference, text: str, start: object, end: object, name: object) -> Mark:
    label = text_of(name, "a label's name")
    first, last = number_of(start, "start"), number_of(end, "end")
    if not first < last <= len(text):
        raise InputError(f"the label {label!r:.80} is at {first} to {last}, which is no range of the text")
    anchor = anchor_of(first, last, *quote_of(text, Span(first, last)), "ok")
    annotation = Annotation(
        id=foreign_id("doccano", article.sha256, first, last, label),
        article_id="",
        annotator=Annotator(id="", name=""),
        anchor=anchor,
        stances=() if label == UNLABELLED else (Stance(target="", scheme="", code=label),),
    )
    return Mark(article, annotation)
