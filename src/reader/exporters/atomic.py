"""Writing a file whole or not at all."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from reader.errors import ExportError


@contextlib.contextmanager
def atomic_text(path: Path) -> Iterator[TextIO]:
    """A UTF-8 stream that becomes the file when the block ends, and leaves nothing where it fails.

    The text goes to a new file in the same folder, which is brought to the disk and renamed over the path. A
    file that was there keeps its permissions, a new one has those that the umask leaves. A symbolic link is
    kept, and what it points to is replaced. Line ends are written as they are.

    Raises:
        ExportError: the file cannot be written; what was there before is untouched.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = _mode_of(target)
        temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
        # Opened as "x", so that the name cannot be a link that someone has put there.
        stream = temporary.open("x", encoding="utf-8", newline="")
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
