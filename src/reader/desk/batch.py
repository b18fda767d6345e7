"""A batch of records, each cleaned with what recurs across the site it is of.

The input is passed over twice where sites occur more than once in it: first their lines are counted, then
every record is given out with what recurs. Neither the records nor the lines are kept in memory.
"""

import json
import shutil
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from reader.clean import read_lines
from reader.clean.sources import source_of
from reader.desk.workers import ordered_map
from reader.errors import InputError
from reader.importers.base import MAX_DOCUMENT
from reader.model import Incoming, Media, Metadata, PageLines, Recurring
from reader.store.recurring import passing_memory

_SOURCES: tuple[Media, ...] = ("text", "html")
_REMEMBERED = 64
"""What recurs across so many sites is held in memory at a time."""


class Record(NamedTuple):
    """One line of a batch."""

    line: bytes
    recurring: Recurring | None = None
    """What recurs across its site, where the batch holds several of that site."""


@contextmanager
def records(stream: BinaryIO) -> Iterator[Iterator[Record]]:
    """The lines of a batch that are not blank, in order, each with what recurs across its site.

    Args:
        stream: read to its end before the first record is given; what cannot be read again is put into a
            temporary file on the way.
    """
    with _again(stream) as lines:
        names: dict[str, int] = {}
        sites = array("q", (_site(line, names) for line in _filled(lines)))
        several = {site for site, times in Counter(sites).items() if site and times > 1}
        if not several:
            lines.seek(0)
            yield (Record(line) for line in _filled(lines))
            return
        by_number = {number: name for name, number in names.items() if number in several}
        with passing_memory() as memory:
            lines.seek(0)
            some = (Record(line) for line, site in zip(_filled(lines), sites, strict=True) if site in several)
            order = (site for site in sites if site in several)
            for found, site in zip(ordered_map(_page_lines, some, weight=weight), order, strict=True):
                if isinstance(found, PageLines):
                    memory.learn(by_number[site], found)

            @lru_cache(maxsize=_REMEMBERED)
            def recurring(site: int) -> Recurring | None:
                return memory.of(by_number[site], counted=True)

            lines.seek(0)
            yield (
                Record(line, recurring(site) if site in several else None)
                for line, site in zip(_filled(lines), sites, strict=True)
            )


def weight(record: Record) -> int:
    """Roughly the bytes of a record."""
    return len(record.line)


def read_record(line: bytes) -> tuple[object, Incoming]:
    """The id and the piece of news on one line of a batch.

    Raises:
        InputError: the line is not JSON, no object, or holds neither text nor html.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON") from error
    if not isinstance(record, dict):
        raise InputError('not an object: write {"id": …, "text": …}')
    media = next((name for name in _SOURCES if isinstance(record.get(name), str)), None)
    if media is None:
        raise InputError('neither "text" nor "html" is there')
    url, source = record.get("url"), record.get("source")
    incoming = Incoming(
        # Half a surrogate pair, which JSON can hold and UTF-8 cannot, becomes one "?": offsets stay.
        raw=str(record[media]).encode("utf-8", "replace"),
        media=media,
        origin=str(record.get("id")),
        metadata=Metadata(
            url=url if isinstance(url, str) else "", source=source if isinstance(source, str) else ""
        ),
        encoding="utf-8",
    )
    return record.get("id"), incoming


@contextmanager
def _again(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The same bytes in a file that can be read more than once."""
    if stream.seekable() and stream.tell() == 0:
        yield stream
        return
    with tempfile.TemporaryFile(prefix="reader-") as copy:
        shutil.copyfileobj(stream, copy, 1 << 20)
        copy.seek(0)
        yield copy


def _filled(lines: BinaryIO) -> Iterator[bytes]:
    """The lines that are not blank.

    Raises:
        InputError: one is longer than any document; it may have no end.
    """
    for number, line in enumerate(iter(lambda: lines.readline(MAX_DOCUMENT + 1), b""), 1):
        if len(line) > MAX_DOCUMENT:
            raise InputError(f"line {number}: longer than {MAX_DOCUMENT >> 20} MB")
        if line.strip():
            yield line


def _site(line: bytes, names: dict[str, int]) -> int:
    """A number for the site a record is of, from 1; 0 where it does not say."""
    try:
        name = source_of(read_record(line)[1], place=False)
    except InputError:
        return 0
    return names.setdefault(name, len(names) + 1) if name else 0


def _page_lines(record: Record) -> PageLines | None:
    try:
        return read_lines(read_record(record.line)[1])
    except InputError:
        return None
