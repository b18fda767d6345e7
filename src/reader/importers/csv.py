"""Corpora as tables: the header names the columns, each further row is one article.

Known columns are ``text`` or ``html``, ``title``, ``url``, ``source``, ``author`` and ``date`` or
``published``, in any case and any order; others are passed over. The delimiter is the comma, the
semicolon or the tab that makes the header name the most columns. Quoting is RFC 4180's.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

from reader.errors import InputError
from reader.importers.base import MAX_DOCUMENT, Importer
from reader.importers.records import BODIES, incoming, lines
from reader.model import Incoming, Problem

_DELIMITERS = (",", ";", "\t")
_AFTER_LONE_RETURN = re.compile(r"(?<=\r)(?!\n)(?=.)", re.DOTALL)


def _load(stream: BinaryIO, origin: str) -> Iterator[Incoming | Problem]:
    csv.field_size_limit(MAX_DOCUMENT)
    table = _table_lines(stream)
    first = next(table, "")
    delimiter, names = _header(first)
    number = 0
    for line, row in islice(_rows(chain([first], table), delimiter), 1, None):
        if isinstance(row, list) and not any(field.strip() for field in row):
            continue
        number += 1
        place = f"{origin}#{number}"
        try:
            yield incoming(_fields(names, row), place)
        except InputError as error:
            yield Problem(origin=place, message=f"line {line}: {error}")


IMPORTER = Importer((".csv", ".tsv"), _load)


def _table_lines(stream: BinaryIO) -> Iterator[str]:
    for line in lines(stream):
        if line is None:
            raise InputError(f"a line is longer than {MAX_DOCUMENT >> 20} MB: is it a table?")
        yield from _AFTER_LONE_RETURN.split(line) if "\r" in line else (line,)


def _header(line: str) -> tuple[str, list[str]]:
    headers = {
        delimiter: [name.strip().casefold() for name in next(csv.reader([line], delimiter=delimiter), [])]
        for delimiter in _DELIMITERS
    }
    usable = [delimiter for delimiter in _DELIMITERS if set(BODIES) & set(headers[delimiter])]
    if not usable:
        found = max((", ".join(names) for names in headers.values()), key=lambda names: names.count(", "))
        if not found:
            raise InputError("empty: a header line with a column named text or html was expected")
        raise InputError(
            f"no column is named text or html (the columns are {found[:200]}): rename the articles' column"
        )
    delimiter = max(usable, key=lambda delimiter: len(headers[delimiter]))
    return delimiter, headers[delimiter]


def _rows(table: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each row, the header too, or what is wrong with it, with the number of its first line."""
    # Strict, so that a stray quote is told instead of swallowing the articles after it.
    reader = csv.reader(table, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except csv.Error as error:
            yield line, error
        except StopIteration:
            return


def _fields(names: Sequence[str], row: list[str] | csv.Error) -> dict[str, str]:
    if isinstance(row, csv.Error):
        raise InputError(f"the quotes do not match ({row}): double each quote inside a quoted field") from row
    if len(row) < len(names) or any(row[len(names) :]):
        raise InputError(
            f"fields and columns do not match ({len(row)} and {len(names)}): "
            "put quotes around a field that holds the delimiter"
        )
    # The first of several columns of one name counts, so the pairs are taken from the last to the first.
    return dict(zip(reversed(names), reversed(row[: len(names)]), strict=True))
