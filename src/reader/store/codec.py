"""Columns to values and back: compression, JSON, and text that UTF-8 can hold."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from reader.store.failures import damaged

_Item = TypeVar("_Item")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().raw_decode

_MALFORMED = (ValueError, TypeError, LookupError, zlib.error, RecursionError, AttributeError)


@contextmanager
def decoding(path: Path, what: str) -> Iterator[None]:
    """Columns are taken apart inside; what makes no sense there is damage to the library at `path`."""
    try:
        yield
    except _MALFORMED as error:
        raise damaged(path, f"{what}: {error}") from error


def texts(*columns: object) -> None:
    """See that columns hold text: in a damaged file a row may be another table's.

    Raises:
        TypeError: one of them does not.
    """
    for column in columns:
        if not isinstance(column, str):
            raise TypeError(f"{type(column).__name__} where a text should be")


def storable(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which UTF-8 and so SQLite cannot hold.

    They come in through names of files and arguments that are not UTF-8; the length stays the same.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text


def packed(value: object) -> str:
    """As compact JSON."""
    return storable(_encode(value))


def unpacked(column: str) -> Any:  # noqa: ANN401 - what JSON holds
    """The value of compact JSON. Without the search for white space around it: a third of `json.loads`."""
    value, end = _decode(column)
    if end != len(column):
        raise ValueError("something follows the JSON")
    return value


def records(make: Callable[..., _Item], column: str) -> tuple[_Item, ...]:
    """The tuples of a compact JSON array of arrays, each made by `make` from an array's items."""
    return tuple([make(*items) for items in unpacked(column)])


def pack_records(items: Iterable[tuple[object, ...]]) -> str:
    """As a compact JSON array of arrays."""
    return packed(list(items))


def squeezed(content: bytes) -> bytes:
    """Compressed. The level is zlib's own: on a few kilobytes of prose the faster ones are no faster."""
    return zlib.compress(content)


def expanded(column: bytes) -> bytes:
    """What `squeezed` took."""
    return zlib.decompress(column)
