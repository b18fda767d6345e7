"""R1: the process is killed at any moment, and what it had acknowledged is there."""

import os
import random
import re
import signal
import tempfile
import time
from pathlib import Path

from bench.faults.libraries import make, mark, mark_ids
from bench.faults.report import Outcome
from bench.library import OPENED, desk_on, reader_in_terminal
from bench.report import progress

_LONGEST = 0.04
"""Seconds after the first mark within which the writer is killed."""


def writer(kills: int = 1000) -> Outcome:
    """Kill a process that marks without pause; a mark counts once the process has said so on a pipe."""
    chance = random.Random(1)
    broken: list[str] = []
    acknowledged = 0
    with tempfile.TemporaryDirectory() as name:
        path = make(Path(name) / "library.db", articles=3, marks=0)
        said: set[str] = set()
        for kill in range(kills):
            if kill % 100 == 0:
                progress(f"R1 a writer killed: {kill} of {kills}")
            new = _killed(path, chance.random() * _LONGEST)
            acknowledged += len(new)
            said |= new
            with desk_on(path) as desk:
                lost = said - mark_ids(desk)
                problems = desk.store.check() if kill % 50 == 0 else []
            if lost or problems:
                broken.append(f"kill {kill}: {len(lost)} marks lost; {problems}")
                said -= lost
    return Outcome(
        "R1 kill -9 of a writer",
        f"{kills:,} kills",
        f"{len(broken)} with losses, of {acknowledged:,} marks",
        broken,
    )


def _killed(path: Path, after: float) -> set[str]:
    """The ids that a forked writer has acknowledged when it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        # Nothing of the parent may run in here: no clean-up, no handler.
        try:
            os.close(reading)
            with desk_on(path) as desk:
                count = 0
                while True:
                    os.write(writing, mark(desk, 1 + count % 3, count).id.encode() + b"\n")
                    count += 1
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        lines = [pipe.readline()]
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        lines += pipe.readlines()
    os.waitpid(child, 0)
    return {line.decode().strip() for line in lines if line.endswith(b"\n")}


def app(kills: int = 100) -> Outcome:
    """Kill the program on its screen; a mark counts once the status line has counted it."""
    chance = random.Random(2)
    broken: list[str] = []
    shown_in_all = 0
    with tempfile.TemporaryDirectory() as name:
        path = make(Path(name) / "library.db", articles=1, marks=0)
        stored = 0
        for kill in range(kills):
            if kill % 10 == 0:
                progress(f"R1 the app killed: {kill} of {kills}")
            with reader_in_terminal(path) as terminal:
                terminal.wait_text("1 article ")
                terminal.key_shows(b"\r", OPENED)
                for _ in range(12):
                    terminal.send(b"lv" + b"l" * chance.randrange(1, 4) + b"%d" % chance.randrange(1, 7))
                time.sleep(chance.random() * 0.3)
                terminal.kill()
                shown = _marks_told(terminal.screen())
            shown_in_all += max(0, shown - stored)
            with desk_on(path) as desk:
                before, stored = stored, len(mark_ids(desk))
                problems = desk.store.check()
            if stored < max(shown, before) or problems:
                broken.append(f"kill {kill}: {shown} marks shown, {stored} stored; {problems}")
    return Outcome(
        "R1 kill -9 of the app",
        f"{kills:,} kills",
        f"{len(broken)} with losses, of {shown_in_all:,} shown",
        broken,
    )


def _marks_told(screen: str) -> int:
    told = re.search(r" (\d+) marks?  ", screen)
    return int(told[1]) if told else 0
