"""R8: a year of work with its daily backups; each that is left is put back and compared, row by row."""

import os
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from bench.faults.libraries import make, mark
from bench.faults.report import Outcome
from bench.library import desk_on
from bench.report import progress
from reader.store import backups, row_hashes
from reader.store.opening import connect_to_read
from reader.store.upkeep import problems

_FIRST = date(2026, 1, 1)
_MARKED = 6
"""How many articles are marked in turn."""


def drill(days: int = 400) -> Outcome:
    """Mark something each day, take the day's backup, then put each one back that thinning has left."""
    broken: list[str] = []
    taken: dict[Path, Mapping[tuple[str, object], bytes]] = {}
    with tempfile.TemporaryDirectory() as name:
        path = make(Path(name) / "library.db", articles=_MARKED, marks=1)
        for day in range(days):
            if day % 50 == 0:
                progress(f"R8 backups: day {day} of {days}")
            with desk_on(path) as desk:
                mark(desk, 1 + day % _MARKED, day)
            _written_since(path)
            made, hashes = _back_up(path, _FIRST + timedelta(days=day))
            if made is None:
                broken.append(f"day {day}: no backup was taken")
            else:
                taken[made] = hashes
        kept = backups.listed(path)
        wanted = {taken_at for taken_at in map(_time, taken) if taken_at in backups.kept(map(_time, taken))}
        if {one.taken_at for one in kept} != wanted:
            broken.append(f"{len(kept)} backups are there, {len(wanted)} should be")
        rows = 0
        for count, one in enumerate(kept):
            backups.restore(path, one.path, f"2030-01-01T00:00:{count:02}Z")
            found, lines = _looked_over(path)
            rows += len(found)
            broken += [f"{one.path.name}: {line}" for line in lines]
            if found != taken[one.path]:
                broken.append(f"{one.path.name}: not the rows that were backed up")
    figure = f"{len(kept)} kept, each put back: {len(broken)} wrong of {rows:,} row hashes"
    return Outcome("R8 backups", f"{days} days", figure, broken)


def _back_up(path: Path, day: date) -> tuple[Path | None, Mapping[tuple[str, object], bytes]]:
    with desk_on(path) as desk:
        connection = desk.store._connection
        made = backups.take_if_due(connection, f"{day.isoformat()}T10:00:00.000Z")
        return made, row_hashes.stored(connection)


def _written_since(path: Path) -> None:
    """As if hours had passed since the last backup."""
    if found := backups.listed(path):
        later = found[0].path.stat().st_mtime + 5
        os.utime(path, (later, later))


def _time(made: Path) -> str:
    day, clock = made.stem.split("T")
    return f"{day}T{clock[:2]}:{clock[2:4]}:{clock[4:6]}Z"


def _looked_over(path: Path) -> tuple[Mapping[tuple[str, object], bytes], list[str]]:
    """The hashes that a library has stored, and what is wrong with it, its rows compared with them."""
    connection = connect_to_read(path)
    try:
        return row_hashes.stored(connection), problems(connection)
    finally:
        connection.close()
