"""What the corpora have in common: lines out of bytes, and an article out of a record's fields."""

import codecs
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import AnyStr, BinaryIO

from reader.dates import iso_date
from reader.errors import InputError
from reader.importers.base import MAX_DOCUMENT, refuse_large
from reader.model import Incoming, Media, Metadata

BODIES: tuple[Media, ...] = ("text", "html")
"""The fields that hold an article. Where a record has both, its text is what its maker wants read."""

_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

_WINDOWS_1252 = {
    byte: character for byte in range(0x80, 0xA0) if (character := bytes([byte]).decode("cp1252", "ignore"))
}
"""Where windows-1252 differs from Latin-1. The five bytes it leaves open stay C1 controls, as browsers have
it (https://encoding.spec.whatwg.org/#index-windows-1252)."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def lines(stream: BinaryIO) -> Iterator[str | None]:
    """The lines of a corpus with their ends; None for each that is longer than `MAX_DOCUMENT`.

    UTF-16 is told by its byte order mark. Else each line is UTF-8 where it can be and windows-1252 where it
    cannot, line by line, because corpora are glued together from files of both.
    """
    encoding = _UTF_16.get(stream.read(2))
    if encoding:
        wrapped = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
        yield from _bounded(wrapped.readline, "\n")
        return
    stream.seek(0)
    for number, line in enumerate(_bounded(stream.readline, b"\n")):
        yield None if line is None else _decode(line if number else line.removeprefix(codecs.BOM_UTF8))


def _bounded(readline: Callable[[int], AnyStr], end: AnyStr) -> Iterator[AnyStr | None]:
    while line := readline(MAX_DOCUMENT):
        whole = True
        while len(line) == MAX_DOCUMENT and not line.endswith(end):
            line, whole = readline(MAX_DOCUMENT), False
        yield line if whole else None


def _decode(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1").translate(_WINDOWS_1252)


def incoming(fields: Mapping[str, str], origin: str) -> Incoming:
    """The article that a record's fields, named in small letters, describe.

    Raises:
        InputError: the record holds no article, or one that is too large.
    """
    media = next((body for body in BODIES if fields.get(body, "").strip()), None)
    if media is None:
        raise InputError("neither text nor html is filled in: fill one in or take the record out")
    raw = _storable(fields[media]).encode()
    refuse_large(raw)
    title, url, source, author, date, published = (
        " ".join(_storable(fields.get(name, "")).split())
        for name in ("title", "url", "source", "author", "date", "published")
    )
    return Incoming(
        raw=raw,
        media=media,
        origin=origin,
        encoding="utf-8",
        metadata=Metadata(
            title=title,
            url=url,
            source=source,
            author=author,
            published=iso_date(date) or iso_date(published),
        ),
    )


def _storable(text: str) -> str:
    """The text without halves of surrogate pairs, which JSON can hold and UTF-8 cannot."""
    return _LONE_SURROGATE.sub("\ufffd", text)
