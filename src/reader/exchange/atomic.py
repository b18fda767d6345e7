"""Writing a file, or a folder of files, whole or not at all."""

import contextlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from reader.errors import ExportError


@contextlib.contextmanager
def atomic_bytes(path: Path) -> Iterator[BinaryIO]:
    """A stream that becomes the file when the block ends, and leaves nothing where it fails.

    The bytes go to a new file in the same folder, which is brought to the disk and renamed over the path. A
    file that was there keeps its permissions, a new one has those that the umask leaves. A symbolic link is
    kept, and what it points to is replaced.

    Raises:
        ExportError: the file cannot be written; what was there before is untouched.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = _mode_of(target)
        temporary = _beside(target)
        # Opened as "x", so that the name cannot be a link that someone has put there.
        stream = temporary.open("xb")
    except OSError as error:
        raise _cannot(path, error) from error
    try:
        with stream:
            if mode is not None:
                temporary.chmod(mode)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError as error:
        raise _cannot(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    _sync_folder(target.parent)


@contextlib.contextmanager
def atomic_text(path: Path) -> Iterator[TextIO]:
    """The same for text in UTF-8; line ends are written as they are."""
    with atomic_bytes(path) as stream, text_on(stream) as text:
        yield text


@contextlib.contextmanager
def text_on(stream: BinaryIO) -> Iterator[TextIO]:
    """A stream of text in UTF-8 on one of bytes, which stays open; line ends are written as they are."""
    text = TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        yield text
        text.flush()
    finally:
        # What is still held back belongs to something that failed.
        with contextlib.suppress(OSError, ValueError):
            text.detach()


@contextlib.contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """A folder to fill that takes the path's place when the block ends, and is gone where it fails.

    Raises:
        ExportError: there is something at the path that is not an empty folder, or nothing can be written
            there.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise ExportError(f"{path}: is there and not an empty folder: name a new one")
        temporary = _beside(target)
        temporary.mkdir()
    except OSError as error:
        raise _cannot(path, error) from error
    try:
        yield temporary
        if hasattr(os, "sync"):
            # Thousands of files are brought to the disk together in the time that a few are one by one.
            os.sync()
        if target.exists():
            # Only then is it in the way: elsewhere than under POSIX a folder never replaces one.
            target.rmdir()
        temporary.rename(target)
    except OSError as error:
        raise _cannot(path, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    _sync_folder(target.parent)


def _beside(target: Path) -> Path:
    return target.with_name(f".{secrets.token_hex(8)}.tmp")


def _mode_of(target: Path) -> int | None:
    """The permissions of the file that is to be replaced, or None where there is none."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise OSError("it is there and not a file")
    return stat.S_IMODE(found.st_mode)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk, where the system can do that for a folder; the file itself is there."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _cannot(path: Path, error: OSError) -> ExportError:
    reason = error.strerror or str(error)
    return ExportError(f"{path}: cannot be written ({reason}): make room for it or name another file")
