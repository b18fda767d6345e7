"""What an importer is, and the one way in which files are opened."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reader.errors import InputError
from reader.model import Incoming, Media, Problem

MAX_DOCUMENT = 64 * 1024 * 1024
"""Bytes of one document, and of one line or field of a corpus. News is a thousandth of it; what is larger
is something else, and would be held in memory several times over while it is cleaned."""


_NONBLOCK: int = getattr(os, "O_NONBLOCK", 0)
"""Windows has none, and no pipes among its files either."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One format of file."""

    suffixes: tuple[str, ...]
    """In small letters, with the dot."""
    load: Callable[[BinaryIO, str], Iterator[Incoming | Problem]]
    """Gives what the stream holds, one at a time, naming the stream by the text (its origin). It may raise
    InputError and OSError where the stream as a whole cannot be taken in."""


def document(media: Media, *suffixes: str) -> Importer:
    """The importer of a format in which one file is one article."""

    def load(stream: BinaryIO, origin: str) -> Iterator[Incoming]:
        raw = stream.read(MAX_DOCUMENT + 1)
        refuse_large(raw)
        yield Incoming(raw=raw, media=media, origin=origin)

    return Importer(suffixes, load)


def refuse_large(raw: bytes) -> None:
    """Raise InputError where one document is larger than `MAX_DOCUMENT`."""
    if len(raw) > MAX_DOCUMENT:
        raise InputError(f"larger than {MAX_DOCUMENT >> 20} MB: split it into its articles and add those")


def open_file(path: Path) -> BinaryIO:
    """Open a regular file; a pipe or a device is refused instead of waited for.

    Raises:
        InputError: it is not a regular file.
        OSError: it cannot be opened.
    """
    stream = open(path, "rb", opener=_open_without_waiting)  # noqa: SIM115 - Path.open has no opener
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise InputError("not a regular file (a pipe, a socket or a device): save what it gives to a file")
    return stream


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | _NONBLOCK)


def reason(error: OSError) -> str:
    """Why the system refused a file, and what to do, in one line."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder: check the path"
    if isinstance(error, PermissionError):
        return "permission denied: give yourself the right to read it"
    return f"cannot be read ({error.strerror or error})"


def origin_of(path: Path) -> str:
    """The path as text that can be stored, whatever bytes it is made of."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")  # noqa: PTH100 - links stay
