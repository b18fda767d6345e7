"""R4: one bit of the library file turns, where SQLite itself may see nothing, and the check finds it."""

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import apsw

from bench.faults.libraries import make
from bench.faults.report import Outcome
from bench.report import progress
from reader.desk.workers import Failed, ordered_map
from reader.errors import StoreError
from reader.store.opening import connect_to_read
from reader.store.row_hashes import HASHED
from reader.store.upkeep import problems

_PAGE = 512
"""Bytes of a page, the fewest that SQLite knows, so that every bit of whole pages can be tried."""

_MARKS = ("annotation", "anchor", "stance", "tag", "target", "annotator", "relation")
_TEXTS = ("revision", "original", "article", "event", "row_hash")


def _quoted(name: str) -> str:
    return f'"{name}"'


_QUERIES = [
    # Ordered by the primary key, so that no other index is read in the table's place.
    "SELECT {} FROM {} ORDER BY {}".format(
        ",".join(map(_quoted, (key, *columns))), table, _quoted(key) + "," + _quoted(columns[0])
    )
    for table, key, columns in (
        ("row_hash", "table_name", ("key", "hash")),
        *(part for hashed in HASHED for part in ((hashed.table, hashed.key, hashed.columns), *hashed.parts)),
    )
]
"""Everything that is hashed, and the hashes."""

_AT_ONCE = 64
"""So many flips travel to a worker together."""


class _Found(NamedTuple):
    changed: int = 0
    """Flips that changed a value or made a row unreadable."""
    unseen: tuple[str, ...] = ()
    """Those of them that the check said nothing of."""
    false: tuple[str, ...] = ()
    """Flips that changed nothing of a row or its hash, and a row was said to be another."""
    sqlite_misses: int = 0
    """Those that changed something and that SQLite's own integrity check does not see."""

    def and_(self, other: "_Found") -> "_Found":
        """The sum of the two."""
        return _Found(
            self.changed + other.changed,
            self.unseen + other.unseen,
            self.false + other.false,
            self.sqlite_misses + other.sqlite_misses,
        )


def flips(count: int = 20000) -> Outcome:
    """Flip bits of the pages that hold marks, texts and their hashes, one at a time; half in the marks'."""
    with tempfile.TemporaryDirectory() as name:
        path = _small_pages(make(Path(name) / "library.db", articles=2, marks=4))
        content = path.read_bytes()
        chance = random.Random(0)
        chosen = [
            bit
            for tables in (_MARKS, _TEXTS)
            for bit in _sample(list(_bits(path, tables)), count // 2, chance)
        ]
        groups = [chosen[start : start + _AT_ONCE] for start in range(0, len(chosen), _AT_ONCE)]
        whole = _rows(path)
        total = _Found()
        broken: list[str] = []
        run = partial(_tried, content, whole)
        for done, result in enumerate(ordered_map(run, groups, weight=lambda group: 1)):
            if done % 50 == 0:
                progress(f"R4 flipped bits: {done * _AT_ONCE} of {len(chosen)}")
            if isinstance(result, Failed):
                broken.append(f"{result.error} {result.details}")
            else:
                total = total.and_(result)
    broken += [f"not found: {line}" for line in total.unseen] + [f"false: {line}" for line in total.false]
    found = total.changed - len(total.unseen)
    figure = (
        f"{found:,} of {total.changed:,} that changed something found, {len(total.false)} false alarms"
        f" (SQLite's own check misses {total.sqlite_misses:,})"
    )
    return Outcome("R4 silent bit rot", f"{len(chosen):,} flipped bits", figure, broken)


def _small_pages(path: Path) -> Path:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in ("PRAGMA journal_mode=DELETE", f"PRAGMA page_size={_PAGE}", "VACUUM"):
        connection.execute(statement).fetchall()
    connection.close()
    return path


def _bits(path: Path, tables: tuple[str, ...]) -> Iterator[int]:
    """The bits of all pages of these tables, counted from the file's first."""
    connection = apsw.Connection(str(path))
    for name, page in connection.execute("SELECT name, pageno FROM dbstat ORDER BY pageno").fetchall():
        if name in tables:
            first = (int(str(page)) - 1) * _PAGE * 8
            yield from range(first, first + _PAGE * 8)
    connection.close()


def _sample(bits: list[int], count: int, chance: random.Random) -> list[int]:
    return bits if len(bits) <= count else sorted(chance.sample(bits, count))


def _tried(content: bytes, whole: object, bits: list[int]) -> _Found:
    """What came of some flips, one at a time."""
    changed, sqlite_misses = 0, 0
    unseen: list[str] = []
    false: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "library.db"
        for bit in bits:
            flipped = bytearray(content)
            flipped[bit // 8] ^= 1 << bit % 8
            path.write_bytes(flipped)
            lines = _checked(path)
            if _rows(path) != whole:
                changed += 1
                sqlite_misses += not any("structure" in line for line in lines)
                if not lines:
                    unseen.append(f"bit {bit % 8} of byte {bit // 8}")
            elif any("is not what was stored" in line for line in lines):
                false.append(f"bit {bit % 8} of byte {bit // 8}: {lines}")
    return _Found(changed, tuple(unseen), tuple(false), sqlite_misses)


def _checked(path: Path) -> list[str]:
    try:
        connection = connect_to_read(path)
    except StoreError as error:
        return [str(error)]
    try:
        return problems(connection)
    finally:
        connection.close()


def _rows(path: Path) -> object:
    """Every row that is hashed, byte for byte, and the hashes; or why they cannot be read."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = lambda content: (str, content)  # a blob of the same bytes is another value
    try:
        return [connection.execute(query).fetchall() for query in _QUERIES]
    except (sqlite3.Error, OverflowError, MemoryError) as error:
        return str(error)
    finally:
        connection.close()
