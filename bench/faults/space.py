"""R6: the disk is full or read-only, whatever is being done; and it works again when there is room."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.faults.libraries import draft, make, mark, mark_ids
from bench.faults.report import Outcome
from bench.library import desk_on
from bench.report import progress
from reader.desk import Desk
from reader.desk.exporting import export
from reader.errors import ReaderError

_SIZE = 4
"""MB of the disk that is filled."""


def full(times: int = 40) -> Outcome:
    """Fill a small disk but for so many bytes, then annotate, import, export, back up."""
    promise = "R6 a full disk"
    broken: list[str] = []
    refused = tried = 0
    with tempfile.TemporaryDirectory() as name:
        disk = Path(name) / "disk"
        disk.mkdir()
        if not _mounted(disk):
            return Outcome(promise, "", "", skipped="needs the right to mount a small disk")
        try:
            for left in range(times):
                progress(f"R6 a full disk: {left} of {times}")
                for what, act in _ACTS.items():
                    tried += 1
                    lines, was_refused = _tried(disk, left * 4096, act)
                    broken += [f"{what}, {left * 4096} bytes left: {line}" for line in lines]
                    refused += was_refused
        finally:
            subprocess.run(["umount", str(disk)], check=False)
    figure = f"{len(broken)} broken, {refused} refused in one line"
    return Outcome(promise, f"{tried:,} acts with 0 to {times * 4} KB left", figure, broken)


def read_only(times: int = 1) -> Outcome:
    """Put a library on a disk mounted read-only: it is read and exported, and nothing is written."""
    promise = "R6 a read-only disk"
    broken: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        disk = Path(name) / "disk"
        disk.mkdir()
        if not _mounted(disk):
            return Outcome(promise, "", "", skipped="needs the right to mount a small disk")
        try:
            for _ in range(times):
                path = make(disk / "library.db", articles=3)
                subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
                before = path.read_bytes()
                with desk_on(path) as desk:
                    if len(mark_ids(desk)) != 9:
                        broken.append("marks cannot be read")
                    export(desk, Path(name) / "marks.csv")
                    try:
                        mark(desk, 1, 1)
                        broken.append("a mark was taken for stored")
                    except ReaderError as error:
                        if "\n" in str(error):
                            broken.append(f"not one line: {error}")
                if path.read_bytes() != before:
                    broken.append("the file was changed")
                subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        finally:
            subprocess.run(["umount", str(disk)], check=False)
    return Outcome(promise, "read, export, mark", f"{len(broken)} broken", broken)


def _mounted(disk: Path) -> bool:
    if os.name != "posix" or os.geteuid() != 0:
        return False
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    return done.returncode == 0


def _tried(disk: Path, left: int, act: Callable[[Desk, Path], object]) -> tuple[list[str], bool]:
    """What was wrong when something was done with so many bytes left, and whether it was refused."""
    broken: list[str] = []
    refused = False
    for file in disk.iterdir():
        file.unlink()
    path = make(disk / "library.db", articles=3)
    with desk_on(path) as desk:
        known = mark_ids(desk)
        with _filled(disk, left):
            before = set(disk.iterdir())
            try:
                act(desk, disk)
            except ReaderError as error:
                refused = True
                if "\n" in str(error):
                    broken.append(f"not one line: {error}")
                stray = {file.name for file in set(disk.iterdir()) - before if not file.name.endswith(_OWN)}
                broken += [f"left behind: {file}" for file in stray]
            except Exception as error:
                broken.append(f"{type(error).__name__}: {error}")
            if lost := known - mark_ids(desk):
                broken.append(f"{len(lost)} marks lost")
        try:
            mark(desk, 1, 50)
        except ReaderError as error:
            broken.append(f"does not work again with room: {error}")
        broken += desk.store.check()
    return broken, refused


_OWN = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside the library."""


@contextmanager
def _filled(disk: Path, left: int) -> Iterator[None]:
    """The disk full but for so many bytes."""
    filler = disk / "filler"
    status = os.statvfs(disk)
    room = max(0, status.f_bavail * status.f_frsize - left)
    with filler.open("wb") as file, suppress(OSError):
        file.write(bytes(room))
    try:
        yield
    finally:
        filler.unlink()


def _annotate(desk: Desk, disk: Path) -> None:
    del disk
    for count in range(30):
        mark(desk, 1 + count % 3, 10 + count)


def _import(desk: Desk, disk: Path) -> None:
    del disk
    desk.store.articles.add([draft(number) for number in range(100, 160)])


def _export(desk: Desk, disk: Path) -> None:
    export(desk, disk / "marks.csv")


def _back_up(desk: Desk, disk: Path) -> None:
    desk.store.backup(disk / "copy.db")


_ACTS: dict[str, Callable[[Desk, Path], object]] = {
    "annotate": _annotate,
    "import": _import,
    "export": _export,
    "backup": _back_up,
}
