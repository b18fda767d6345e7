"""The formats from which annotations are taken in. A new one is a module, a row, and a sign to tell it by."""

import re
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from reader.errors import InputError
from reader.exchange.hypothesis_table import BEGINNINGS
from reader.exchange.items import Items

_HEAD = 65_536
"""Bytes by which a format is told."""


class Reader(NamedTuple):
    """One format to read; its module, which has ``read(stream)``, is loaded when it is used."""

    name: str
    """As it is typed, and as exports have it where it is one of theirs."""
    title: str
    module: str
    beside: bool = False
    """Whether it needs the file's path too, for what lies beside it."""
    guarded: bool = False
    """Whether its texts are guarded against formulas, unless it was written raw."""

    def read(self, stream: BinaryIO, path: Path, *, raw: bool = False) -> Items:
        """What a file holds, one thing at a time.

        Raises:
            InputError: the file as a whole, or from some line on, cannot be read; as it is asked for.
        """
        read: Any = import_module(f"reader.exchange.{self.module}").read
        if self.guarded:
            read = partial(read, raw=raw)
        items: Items = read(stream, path) if self.beside else read(stream)
        return items


READERS = (
    Reader("csv", "CSV of this program", "csv_reading", guarded=True),
    Reader("jsonl", "JSON Lines of this program", "jsonl_reading"),
    Reader("w3c", "Web Annotation JSON-LD", "w3c_reading"),
    Reader("hypothesis", "an export of Hypothesis", "hypothesis"),
    Reader("doccano", "doccano JSON Lines", "doccano_reading"),
    Reader("slate", "annotations of slate", "slate", beside=True),
)

BY_NAME = {reader.name: reader for reader in READERS}


def recognised(stream: BinaryIO, path: Path) -> Reader:
    """Which format a file is in, by its beginning; the stream is at its beginning again.

    Raises:
        InputError: by no sign is it one of them.
    """
    head = stream.read(_HEAD).decode("utf-8-sig", "replace").lstrip()
    stream.seek(0)
    name = "slate" if path.suffix == ".annotations" else _by_head(head)
    if not name:
        known = ", ".join(reader.name for reader in READERS)
        raise InputError(f"{path}: no format of annotations that is known: say which with --format ({known})")
    return BY_NAME[name]


def _by_head(head: str) -> str:
    if head.startswith("annotation_id,"):
        return "csv"
    if head.startswith(BEGINNINGS):
        return "hypothesis"
    if not head.startswith(("{", "[")):
        return ""
    first = head.partition("\n")[0]
    if re.match(r'\{\s*"record"\s*:', first):
        return "jsonl"
    if "anno.jsonld" in head or re.search(r'"type"\s*:\s*"Annotation(Collection|Page)?"', head):
        return "w3c"
    if re.search(r'"(rows|export_date|annotations|uri)"\s*:', head):
        return "hypothesis"
    if re.match(r'\{.*?"(text|data|label|labels|entities)"\s*:', first):
        return "doccano"
    return ""
