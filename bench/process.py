"""Runs programs to their end, and looks at what they and their children hold, from Linux's ``/proc``."""

import os
import subprocess
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

READER = str(Path(sysconfig.get_path("scripts")) / "reader")
"""The command as a person starts it."""

_UNWANTED = {"COLUMNS", "LINES", "TMUX", "NO_COLOR", "FORCE_COLOR", "PYTHONDONTWRITEBYTECODE"}


class Memory(NamedTuple):
    """Resident memory of a program and all its descendants, in MB of 2**20 bytes."""

    now: float
    peak: float
    """The sum of each process's own peak: never less than the true peak of the sum."""
    shared_once: float
    """As `now`, but what processes share is counted once (their proportional set sizes)."""


class Ended(NamedTuple):
    """What a program took that ran to its end."""

    seconds: float
    peak: float
    """The greatest `Memory.peak` seen; 0 where it was not watched."""
    shared_once: float
    """The greatest `Memory.shared_once` seen."""


def run(
    command: Sequence[str], environment: Mapping[str, str] | None = None, *, watch: bool = False
) -> Ended:
    """Run a program whose output nobody reads, to its end.

    Args:
        command: The program and its arguments; no shell is between.
        environment: Added to `plain_environment`.
        watch: Whether to look at its memory ten times a second, which costs some of the time measured.

    Raises:
        RuntimeError: it ended with another status than 0.
    """
    start = time.perf_counter()
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            list(command),
            env=plain_environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        ) as process,
    ):
        watching: AbstractContextManager[list[Memory]] = _watched(process.pid) if watch else nullcontext([])
        with watching as seen:
            process.wait()
        elapsed = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command} ended with status {process.returncode}: {said.read().decode()}")
    peak = max((memory.peak for memory in seen), default=0.0)
    return Ended(elapsed, peak, max((memory.shared_once for memory in seen), default=0.0))


@contextmanager
def _watched(pid: int) -> Iterator[list[Memory]]:
    """Looks at a process's memory, again and again, until the block is left."""
    seen: list[Memory] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            seen.append(memory_of(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


def plain_environment(additions: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment in UTF-8, with additions and without what sways a measurement.

    Byte code may be written and colours are not forced on or off, whatever this process was started with:
    a program that must compile itself anew at every start would be timed half a second late.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    return kept | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"} | dict(additions or {})


def memory_of(pid: int) -> Memory:
    """The resident memory of a process and its descendants, from Linux's ``/proc``."""
    now = peak = shared_once = 0
    for process in _with_descendants(pid):
        try:
            status = _fields(Path(f"/proc/{process}/status"))
            maps = _fields(Path(f"/proc/{process}/smaps_rollup"))
        except OSError:  # it has ended since
            continue
        if "VmRSS" in status:  # a process that has ended and waits to be noticed holds none
            now += int(status["VmRSS"].split()[0])
            peak += int(status["VmHWM"].split()[0])
            shared_once += int(maps["Pss"].split()[0])
    return Memory(now / 1024, peak / 1024, shared_once / 1024)


def _fields(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line)


def _with_descendants(pid: int) -> set[int]:
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat = path.read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has ended since
            continue
        parents[int(path.parent.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {pid}
    while grown := {child for child, parent in parents.items() if parent in found} - found:
        found |= grown
    return found
