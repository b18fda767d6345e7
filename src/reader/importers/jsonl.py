"""Corpora as JSON Lines: each line is one object, each object one article.

The names are those of the tables: ``text`` or ``html``, ``title``, ``url``, ``source``, ``author`` and
``date`` or ``published``, in any case; others are passed over.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from reader.errors import InputError
from reader.importers.base import MAX_DOCUMENT, Importer
from reader.importers.records import BODIES, incoming, lines
from reader.model import Incoming, Problem


def _load(stream: BinaryIO, origin: str) -> Iterator[Incoming | Problem]:
    number = 0
    for at, line in enumerate(lines(stream), 1):
        if line is not None and not line.strip():
            continue
        number += 1
        if number == 1 and line and line.lstrip().startswith("["):
            raise InputError(
                "one JSON array: write its objects one a line, without the brackets and commas around"
            )
        place = f"{origin}#{number}"
        try:
            yield incoming(_fields(line), place)
        except InputError as error:
            yield Problem(origin=place, message=f"line {at}: {error}")


IMPORTER = Importer((".jsonl", ".ndjson"), _load)


def looks_like_record(line: str) -> bool:
    """Whether this line is a JSON object that holds an article."""
    try:
        fields = _fields(line)
    except InputError:
        return False
    return any(body in fields for body in BODIES)


def _fields(line: str | None) -> dict[str, str]:
    if line is None:
        raise InputError(f"longer than {MAX_DOCUMENT >> 20} MB: split it into its articles")
    try:
        record = json.loads(line.strip())
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON ({error.msg}, column {error.colno}): mend or remove the line") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a thousand brackets
        raise InputError("not JSON that can be followed: mend or remove the line") from error
    if not isinstance(record, dict):
        raise InputError('not a JSON object: write the article as {"text": …}')
    fields: dict[str, str] = {}
    for name, value in record.items():
        fields.setdefault(name.strip().casefold(), _text(value))
    return fields


def _text(value: object) -> str:
    """A value as text: a list of names is one line, what is neither text nor a number says nothing."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(each) for each in value if not isinstance(each, list))))
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)
