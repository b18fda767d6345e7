"""Taking news in: from files, folders and standard input to `Incoming`. One module a format.

Nothing is fetched, cleaned or stored here. What cannot be taken in is a `Problem`, and the rest goes on.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reader.errors import InputError
from reader.importers import csv, finding, html, jsonl, markdown, sniffing, text
from reader.importers.base import MAX_DOCUMENT, Importer, open_file, origin_of, reason
from reader.importers.finding import is_url
from reader.model import Incoming, Problem

__all__ = ["STDIN", "SUFFIXES", "find_files", "is_url", "load", "load_stdin", "read_stdin"]

_IMPORTERS = (text.IMPORTER, markdown.IMPORTER, html.IMPORTER, csv.IMPORTER, jsonl.IMPORTER)
_BY_SUFFIX = {suffix: importer for importer in _IMPORTERS for suffix in importer.suffixes}

SUFFIXES = tuple(sorted(_BY_SUFFIX))
"""The kinds of files that can be taken in: ``.csv``, ``.htm``, …"""

STDIN = "-"
"""The origin of what comes on standard input."""


def find_files(named: Iterable[str | Path]) -> Iterator[Path | Problem]:
    """The files that were named and those in the folders that were named; see `finding.find_files`."""
    return finding.find_files(named, SUFFIXES)


def load(path: Path) -> Iterator[Incoming | Problem]:
    """The articles in one file, one at a time; a corpus of any size is never held as a whole.

    Yields:
        An `Incoming` for each article, with the absolute path as its origin, or ``path#3`` for the third
        record of a corpus, and a `Problem` for each record, or for the file, that could not be taken in.
    """
    origin = origin_of(path)
    importer = _BY_SUFFIX.get(path.suffix.lower())
    if importer is None:
        yield Problem(origin=origin, message=finding.advice(path.suffix, SUFFIXES))
        return
    try:
        with open_file(path) as stream:
            yield from importer.load(stream, origin)
    except InputError as error:
        yield Problem(origin=origin, message=str(error))
    except OSError as error:
        yield Problem(origin=origin, message=reason(error))


def read_stdin(stream: BinaryIO) -> bytes:
    """What comes on standard input, as far as `load_stdin` takes it: it may come for ever."""
    return stream.read(MAX_DOCUMENT + 1)


def load_stdin(raw: bytes) -> Iterator[Incoming | Problem]:
    """The articles in what came on standard input: JSON Lines, a web page, or else plain text.

    Yields:
        As `load` does, with ``-`` for the path.
    """
    if len(raw) > MAX_DOCUMENT:
        larger = f"more than {MAX_DOCUMENT >> 20} MB came on standard input: save it to a file and add that"
        yield Problem(origin=STDIN, message=larger)
        return
    if not raw.strip():
        yield Problem(origin=STDIN, message="nothing came on standard input")
        return
    try:
        yield from _importer_for(raw).load(BytesIO(raw), STDIN)
    except InputError as error:
        yield Problem(origin=STDIN, message=str(error))


def _importer_for(raw: bytes) -> Importer:
    if sniffing.is_jsonl(raw):
        return jsonl.IMPORTER
    return html.IMPORTER if sniffing.is_html(raw) else text.IMPORTER
