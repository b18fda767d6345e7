"""The rows that stand in the pages of an SQLite file, whether or not its trees still lead to them.

SQLite's own recovery is a part of its command line that no Python module brings, so the pages are read here,
by https://sqlite.org/fileformat2.html. A cell counts only where its sizes agree to the byte.
"""

import struct
from collections.abc import Iterator, Sequence
from mmap import mmap
from typing import NamedTuple, TypeAlias

Value: TypeAlias = int | float | str | bytes | None

_TABLE_LEAF, _TABLE_INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x05, 0x0A, 0x02
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""The bytes of an integer, by its serial type."""

_USUAL_SIZE = 4096


class Record(NamedTuple):
    """One row, or one entry of an index."""

    rowid: int | None
    """None in an index, and in a table without rowids."""
    values: tuple[Value, ...]


class Malformed(Exception):  # noqa: N818 - it says what a page is
    """Bytes that are no row."""


class Pages:
    """A file's pages. Nothing here raises for what is damaged: it is left out."""

    def __init__(self, content: bytes | mmap) -> None:
        """Over the whole content of a file, whose header may be damaged too."""
        size = int.from_bytes(content[16:18], "big")
        size = 65536 if size == 1 else size
        header_is_sound = content[:16] == b"SQLite format 3\0" and size >= 512 and size & (size - 1) == 0
        self._content = content
        self._size = size if header_is_sound else _USUAL_SIZE
        self._usable = self._size - (content[20] if header_is_sound else 0)
        self.count = len(content) // self._size
        """How many whole pages there are; they are counted from 1."""
        self.missing: dict[str, int] = {}
        """By the name of a table or index, how many pages its tree leads to that the file does not have."""

    def tables(self) -> dict[str, list[int]]:
        """By the name of a table or index, the pages that its tree leads to, as far as they can be read."""
        found = {"sqlite_schema": self._tree(1, "sqlite_schema")}
        for page in found["sqlite_schema"]:
            for record in self.records(page):
                if len(record.values) == 5:
                    _, name, _, root, _ = record.values
                    if isinstance(name, str) and isinstance(root, int) and root > 1:
                        found[name] = self._tree(root, name)
        return found

    def free(self) -> set[int]:
        """The pages that are in no use, as far as their list can be read: what stands there was deleted."""
        found: set[int] = set()
        trunk = int.from_bytes(self._content[32:36], "big")
        while 1 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self._page(trunk)
            following, leaves = struct.unpack_from(">II", page)
            for position in range(min(leaves, self._usable // 4 - 2)):
                found.add(struct.unpack_from(">I", page, 8 + 4 * position)[0])
            trunk = following
        return found

    def records(self, number: int) -> Iterator[Record]:
        """The rows of one page that make sense."""
        page = self._page(number)
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
            return
        for cell in self._cells(page, start):
            try:
                yield self._record(page, cell, kind)
            except (Malformed, IndexError, struct.error):
                continue

    def _page(self, number: int) -> bytes:
        return self._content[(number - 1) * self._size : number * self._size]

    def _cells(self, page: bytes, start: int) -> Sequence[int]:
        """Where the cells of a page begin."""
        first = start + (12 if page[start] in (_TABLE_INTERIOR, _INDEX_INTERIOR) else 8)
        count = min(int.from_bytes(page[start + 3 : start + 5], "big"), (self._usable - first) // 2)
        return struct.unpack_from(f">{count}H", page, first)

    def _tree(self, root: int, name: str) -> list[int]:
        """The pages of a tree, as far as its pages lead to them."""
        found: dict[int, None] = {}
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in found:
                continue
            if not 1 <= number <= self.count:
                self.missing[name] = self.missing.get(name, 0) + 1
                continue
            found[number] = None
            page, start = self._page(number), 100 if number == 1 else 0
            if page[start] in (_TABLE_INTERIOR, _INDEX_INTERIOR):
                waiting.append(int.from_bytes(page[start + 8 : start + 12], "big"))
                cells = [cell for cell in self._cells(page, start) if cell + 4 <= self._size]
                waiting.extend(int.from_bytes(page[cell : cell + 4], "big") for cell in cells)
        return list(found)

    def _record(self, page: bytes, cell: int, kind: int) -> Record:
        at = cell + 4 if kind == _INDEX_INTERIOR else cell
        length, at = _varint(page, at)
        rowid: int | None = None
        if kind == _TABLE_LEAF:
            rowid, at = _varint(page, at)
            rowid -= (rowid >> 63) << 64
        return Record(rowid, _values(self._payload(page, at, length, is_table=kind == _TABLE_LEAF)))

    def _payload(self, page: bytes, at: int, length: int, *, is_table: bool) -> bytes:
        """A cell's content, of which what has no room in its page stands in a chain of others."""
        usable = self._usable
        if length > len(self._content):
            raise Malformed
        most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
        if length <= most:
            return page[at : at + length]
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
        parts = [page[at : at + here]]
        following = int.from_bytes(page[at + here : at + here + 4], "big")
        left = length - here
        while left > 0:
            if not 1 < following <= self.count:
                raise Malformed
            overflow = self._page(following)
            parts.append(overflow[4 : 4 + min(left, usable - 4)])
            following, left = int.from_bytes(overflow[:4], "big"), left - (usable - 4)
        return b"".join(parts)


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """An integer of one to nine bytes, and where it ends."""
    value = 0
    for position in range(at, at + 8):
        byte = content[position]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, position + 1
    return value << 8 | content[at + 8], at + 9


def _values(payload: bytes) -> tuple[Value, ...]:
    """The values of a record, whose sizes have to add up to its own."""
    end, at = _varint(payload, 0)
    types = []
    while at < end:
        kind, at = _varint(payload, at)
        types.append(kind)
    if at != end:
        raise Malformed
    values: list[Value] = []
    for kind in types:
        size = _size(kind)
        content = payload[at : at + size]
        at += size
        if at > len(payload):
            raise Malformed
        values.append(_value(kind, content))
    if at != len(payload):
        raise Malformed
    return tuple(values)


def _size(kind: int) -> int:
    """The bytes of a value of this serial type."""
    if kind >= 12:
        return (kind - 12) // 2
    if kind in (10, 11):
        raise Malformed
    return 8 if kind == 7 else _INTEGERS.get(kind, 0)


def _value(kind: int, content: bytes) -> Value:
    if kind >= 12:
        # A character that is broken is one of many: the rest is worth keeping, and a hash tells.
        return content.decode(errors="replace") if kind % 2 else content
    if kind == 7:
        number: float = struct.unpack(">d", content)[0]
        return number
    if kind in _INTEGERS:
        return int.from_bytes(content, "big", signed=True)
    return {0: None, 8: 0, 9: 1}[kind]
