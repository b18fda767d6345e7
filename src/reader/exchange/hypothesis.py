"""Hypothesis's exports read: the sidebar's (``annotations``, or a table) and what the API gives (``rows``).

https://h.readthedocs.io/en/latest/api/. Its offsets are of the page as the browser had it, so a mark is found
by its quote. A page note and a reply quote nothing and have no place here: each is told.
"""

from typing import Any, BinaryIO

from reader.errors import InputError
from reader.exchange import hypothesis_table
from reader.exchange.items import (
    Item,
    Items,
    Mark,
    Reference,
    foreign_id,
    list_of,
    object_of,
    quoted,
    text_of,
    whole_json,
)
from reader.exchange.w3c_reading import selectors, utc
from reader.model import Annotation, Annotator


def read(stream: BinaryIO) -> Items:
    """Read every annotation.

    Raises:
        InputError: the file is neither JSON nor a table as Hypothesis saves them.
    """
    head = stream.readline(1024).decode("utf-8-sig", "replace")
    stream.seek(0)
    if head.startswith(hypothesis_table.BEGINNINGS):
        yield from hypothesis_table.read(stream)
        return
    value = whole_json(stream)
    records = value.get("annotations", value.get("rows")) if isinstance(value, dict) else value
    if records is None:
        raise InputError("it has neither annotations nor rows, so it is no export of Hypothesis")
    for number, record in enumerate(list_of(records, "annotations"), 1):
        where = f"annotation {number}"
        try:
            yield Item(where, _mark(object_of(record, "an annotation")))
        except InputError as error:
            yield Item(where, str(error))


def _mark(record: dict[str, Any]) -> Mark:
    if record.get("references"):
        raise InputError("it is a reply to another annotation, which has no place of its own")
    targets = list_of(record.get("target"), "target")
    found = [
        selector
        for target in targets
        for selector in selectors(object_of(target, "a target"))
        if selector.get("type") == "TextQuoteSelector"
    ]
    if not found:
        raise InputError("it is a note on the whole page, which quotes nothing")
    anchor = quoted(*(text_of(found[0].get(name), name) for name in ("exact", "prefix", "suffix")))
    user = text_of(record.get("user"), "user")
    info = record.get("user_info")
    shown = text_of(info.get("display_name"), "display_name") if isinstance(info, dict) else ""
    url = text_of(record.get("uri"), "uri")
    created = utc(record.get("created"))
    annotation = Annotation(
        id=foreign_id("hypothesis", record.get("id") or [url, anchor.exact, anchor.prefix, user]),
        article_id="",
        annotator=Annotator(id=user, name=shown or user.removeprefix("acct:").partition("@")[0]),
        anchor=anchor,
        note=text_of(record.get("text"), "text"),
        tags=tuple(text_of(tag, "a tag") for tag in list_of(record.get("tags"), "tags")),
        created_at=created,
        updated_at=utc(record.get("updated")) or created,
    )
    document = record.get("document")
    titles = list_of(document.get("title"), "title") if isinstance(document, dict) else []
    return Mark(Reference(url=url, title=text_of(titles[0], "title") if titles else ""), annotation)
