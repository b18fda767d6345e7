"""The table that Hypothesis's sidebar saves or copies, in CSV or parted by tabs.

It says less than the JSON: no ids, nothing of what stands around a quote, times without an offset (which are
therefore not taken), and people by their names alone. Its columns were renamed once; both are read
(https://github.com/hypothesis/client, ``annotations-exporter``).
"""

from typing import BinaryIO

from reader.errors import InputError
from reader.exchange.csv_records import records_of
from reader.exchange.items import Item, Items, Mark, Reference, foreign_id, quoted
from reader.model import Annotation, Annotator

_COLUMNS = {
    "created": ("Created at", "Creation Date"),
    "author": ("Author", "User"),
    "url": ("URL", "URL"),
    "type": ("Type", "Annotation/Reply Type"),
    "quote": ("Quote/description", "Quote"),
    "comment": ("Comment", "Body"),
    "tags": ("Tags", "Tags"),
}
"""What is read of a row, with the names that the columns have and had."""

BEGINNINGS = tuple(f"{name}{sign}" for name in _COLUMNS["created"] for sign in ",\t")
"""How the first line begins."""


def read(stream: BinaryIO) -> Items:
    """Read every row.

    Raises:
        InputError: the columns are others, or the file breaks off; the line is named.
    """
    head = stream.readline(1024)
    stream.seek(0)
    records = records_of(stream, "\t" if b"\t" in head else ",")
    _, header = next(records, (1, []))
    places = {
        name: next((header.index(known) for known in names if known in header), -1)
        for name, names in _COLUMNS.items()
    }
    if -1 in places.values():
        raise InputError("line 1: the columns are not those of a table that Hypothesis saves")
    for line, record in records:
        where = f"line {line}"
        if len(record) != len(header):
            yield Item(where, f"it has {len(record)} fields and not {len(header)}")
            continue
        try:
            yield Item(where, _mark({name: record[at] for name, at in places.items()}))
        except InputError as error:
            yield Item(where, str(error))


def _mark(field: dict[str, str]) -> Mark:
    if field["type"] == "Reply":
        raise InputError("it is a reply to another annotation, which has no place of its own")
    if not field["quote"].strip():
        raise InputError("it is a note on the whole page, which quotes nothing")
    known = (field[name] for name in ("url", "created", "author", "quote"))
    annotation = Annotation(
        id=foreign_id("hypothesis", *known),
        article_id="",
        annotator=Annotator(id="", name=field["author"]),
        anchor=quoted(field["quote"]),
        note=field["comment"],
        tags=tuple(tag for tag in field["tags"].split(",") if tag.strip()),
    )
    return Mark(Reference(url=field["url"]), annotation)
