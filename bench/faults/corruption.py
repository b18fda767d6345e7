"""R3: a library is damaged in every way; each command says so in one line, and what can be is saved."""

import hashlib
import io
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path

from bench.faults.libraries import make
from bench.faults.report import Outcome
from bench.library import desk_on
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


def recovering(count: int = 2000) -> Outcome:
    """Damage a library in the same ways, and count what `reader recover` gets out of it."""
    broken: list[str] = []
    results: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        whole = make(Path(name) / "whole.db")
        run = partial(_recovered_from, whole, _marks(whole))
        for done, result in enumerate(ordered_map(run, range(count), weight=lambda seed: 1)):
            if done % 100 == 0:
                progress(f"R3 recovering: {done} of {count}")
            if isinstance(result, Failed):
                broken.append(f"mutation {result.item}: {result.error} {result.details}")
            else:
                results[result[0]] += 1
                broken += result[1]
    shares = ", ".join(f"{name} {100 * results[name] / count:.1f} %" for name in ("all", "some", "none"))
    return Outcome(
        "R3 reader recover", f"{count:,} mutations", f"marks exactly as they were: {shares}", broken
    )


def _recovered_from(whole: Path, marks: dict[str, object], seed: int) -> tuple[str, list[str]]:
    """Whether all, some or none of the marks came out of one mutation as they were, and what was wrong."""
    kind = _KINDS[seed % len(_KINDS)]
    where = f"mutation {seed} ({kind.__name__.strip('_')}), recover"
    with tempfile.TemporaryDirectory() as name:
        path, target = Path(name) / "library.db", Path(name) / "recovered.db"
        shutil.copyfile(whole, path)
        kind(path, random.Random(seed))
        before = _state(path)
        status, told = _run(path, ("recover", str(target)))
        broken = [f"{where}: the damaged file was changed"] if _state(path) != before else []
        if status not in (0, 1) or "Traceback" in told or "unforeseen" in told or "not whole" in told:
            broken.append(f"{where}: exit status {status}: {told[:300]}")
        if not target.exists():
            if told.count("\n") != 1:
                broken.append(f"{where}: nothing was made, and that was not told in one line: {told[:300]}")
            return "none", broken
        if found := _run(target, ("check",))[1]:
            broken.append(f"{where}: what was recovered is not whole: {found[:300]}")
        kept = _marks(target)
        same = sum(kept.get(one) == mark for one, mark in marks.items())
        if same < len(marks) and not told:
            broken.append(f"{where}: {len(marks) - same} marks are not as they were, and nothing was told")
        return "all" if same == len(marks) else "some" if same else "none", broken


def _marks(path: Path) -> dict[str, object]:
    """What each annotation says and where it stands, by its id."""
    with desk_on(path) as desk:
        return {
            one.annotation.id: (
                one.annotation.anchor.exact,
                one.annotation.span,
                one.annotation.stances,
                one.annotation.note,
                one.annotation.tags,
                one.annotation.annotator,
                one.text,
            )
            for one in desk.store.annotations.export_rows()
        }


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
