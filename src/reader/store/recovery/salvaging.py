"""The rows of a library's tables out of the pages of a damaged file, told apart by what a row looks like."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from reader.store.connection import Connection
from reader.store.recovery.pages import Pages, Record

_LEAST = 3
"""A row outside of every tree is known by its columns where it has at least so many."""

_TYPES: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "TEXT": (str,),
    "BLOB": (bytes,),
    "REAL": (float, int),
    "ANY": (int, float, str, bytes),
}
"""What columns of `STRICT` tables hold (https://sqlite.org/stricttables.html)."""


class _Column(NamedTuple):
    name: str
    type: str
    needed: bool
    """Whether a row cannot do without it."""


class Shape(NamedTuple):
    """What the rows of a table look like."""

    table: str
    columns: tuple[_Column, ...]
    """In the order in which they are stored."""
    rowid: int | None
    """The position of the column that stands for the rowid; None in a table without rowids."""

    def row(self, record: Record) -> dict[str, Any] | None:
        """A record as a row of this table, or None where it cannot be one."""
        values = list(record.values)
        if len(values) > len(self.columns) or (record.rowid is None) != (self.rowid is None):
            return None
        if self.rowid is not None and self.rowid < len(values):
            values[self.rowid] = record.rowid
        # Columns that were added later are missing from rows that were written before.
        for value, column in zip(values, self.columns, strict=False):
            if column.needed if value is None else type(value) not in _TYPES[column.type]:
                return None
        if any(column.needed for column in self.columns[len(values) :]):
            return None
        return dict(zip((column.name for column in self.columns), values, strict=False))


def shapes(connection: Connection) -> list[Shape]:
    """The shapes of a library's own tables; not of its search index, which is made of them."""
    found = []
    for name, without_rowid in connection.rows(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict"
    ):
        columns, rowid = [], None
        for position, column, kind, not_null, default, key in connection.rows(
            f"SELECT cid, name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{name}')"
        ):
            alias = bool(key) and kind == "INTEGER" and not without_rowid
            rowid = position if alias else rowid
            columns.append(_Column(column, kind, bool(not_null or key) and default is None and not alias))
        found.append(Shape(name, tuple(columns), None if without_rowid else rowid))
    return found


def salvaged(pages: Pages, known: Iterable[Shape]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row that can be read, with the name of its table; a row may come twice.

    First those that the trees lead to. What no tree leads to any longer, and stands on no page that is free,
    belongs to the one table that has such rows.
    """
    by_name = {shape.table: shape for shape in known}
    trees = pages.tables()
    strays: list[Record] = []
    for name, numbers in trees.items():
        if shape := by_name.get(name):
            for record in (record for number in numbers for record in pages.records(number)):
                if (row := shape.row(record)) is None:
                    strays.append(record)
                else:
                    yield name, row
    reached = {number for numbers in trees.values() for number in numbers} | pages.free()
    for number in range(1, pages.count + 1):
        if number not in reached:
            strays.extend(pages.records(number))
    for record in strays:
        rows = [(shape.table, row) for shape in by_name.values() if (row := shape.row(record)) is not None]
        if len(rows) == 1 and len(record.values) >= _LEAST:
            yield rows[0]
