"""R3: the library file is damaged in every way, and each command says so in one line."""

import hashlib
import io
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path

from bench.faults.libraries import make
from bench.faults.report import Outcome
from bench.report import progress
from reader.desk.workers import Failed, ordered_map

_COMMANDS = (("list",), ("show", "3"), ("annotations",), ("export",), ("check",))
_PAGE = 4096


def mutations(count: int = 5000) -> Outcome:
    """Flip, zero, cut and swap bytes of a library, and put a stranger's log beside it."""
    broken: list[str] = []
    refused = 0
    with tempfile.TemporaryDirectory() as name:
        whole = make(Path(name) / "whole.db")
        run = partial(_broken_by, whole)
        for done, result in enumerate(ordered_map(run, range(count), weight=lambda seed: 1)):
            if done % 500 == 0:
                progress(f"R3 damaged libraries: {done} of {count}")
            if isinstance(result, Failed):
                broken.append(f"mutation {result.item}: {result.error} {result.details}")
                continue
            lines, told = result
            broken += lines
            refused += told
    figure = f"{len(broken)} without a clear line, {refused:,} noticed"
    return Outcome("R3 a corrupt library", f"{count:,} mutations", figure, broken)


def _broken_by(whole: Path, seed: int) -> tuple[list[str], int]:
    """What was wrong with how the commands took one mutation, and whether any of them noticed it."""
    chance = random.Random(seed)
    kind = _KINDS[seed % len(_KINDS)]
    broken: list[str] = []
    noticed = 0
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "library.db"
        shutil.copyfile(whole, path)
        kind(path, chance)
        for command in _COMMANDS:
            before = _state(path)
            status, told = _run(path, command)
            where = f"mutation {seed} ({kind.__name__.strip('_')}), {command[0]}"
            noticed |= status
            if status not in (0, 1):
                broken.append(f"{where}: exit status {status}")
            if "Traceback" in told or "unforeseen" in told:
                broken.append(f"{where}: {told}")
            if status and command[0] != "check" and (told.count("\n") != 1 or len(told) > 800):
                broken.append(f"{where}: not one clear line: {told!r}")
            if status and command[0] != "check" and _state(path) != before:
                broken.append(f"{where}: refused, and changed all the same")
    return broken, noticed


def _run(path: Path, command: tuple[str, ...]) -> tuple[int, str]:
    from reader.__main__ import main

    # The settings and the log of whoever measures are no part of this.
    os.environ["READER_CONFIG_DIR"] = str(path.parent / "settings")
    out, told = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(told):
        status = main(["--library", str(path), *command])
        sys.stdout.flush()
    return status, told.getvalue()


def _state(path: Path) -> tuple[str, ...]:
    """What stands in the library's file and the log beside it; an empty log is none."""
    files = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-journal")]
    contents = [file.read_bytes() if file.exists() else b"" for file in files]
    return tuple(hashlib.sha256(content).hexdigest() for content in contents)


def _flipped(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 1, 4, 64))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _zeroed(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    page = chance.randrange(len(content) // _PAGE)
    content[page * _PAGE : (page + 1) * _PAGE] = bytes(_PAGE)
    path.write_bytes(content)


def _cut(path: Path, chance: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])


def _noise(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    start = chance.randrange(len(content))
    length = chance.randrange(1, 2 * _PAGE)
    content[start : start + length] = chance.randbytes(min(length, len(content) - start))
    path.write_bytes(content)


def _swapped(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    one, other = (chance.randrange(len(content) // _PAGE) * _PAGE for _ in range(2))
    content[one : one + _PAGE], content[other : other + _PAGE] = (
        content[other : other + _PAGE],
        content[one : one + _PAGE],
    )
    path.write_bytes(content)


def _stale_log(path: Path, chance: random.Random) -> None:
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"\x37\x7f\x06\x82" + chance.randbytes(chance.randrange(20, 9000)))


_KINDS: tuple[Callable[[Path, random.Random], None], ...] = (
    _flipped,
    _zeroed,
    _cut,
    _noise,
    _swapped,
    _stale_log,
)
