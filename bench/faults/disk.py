"""A disk that forgets what was not synced, and one that fails, as VFSs of SQLite through apsw."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw

_SECTOR = 512
"""Bytes that a disk writes as one (https://sqlite.org/atomiccommit.html, 2.0)."""


class _State:
    """What of a file is on the disk for sure, and what may or may not have got there."""

    def __init__(self, content: bytes) -> None:
        self.durable = bytearray(content)
        self.pending: list[tuple[int, bytes | None]] = []
        """Writes as offset and bytes; a cut as length and None."""

    def sync(self) -> None:
        for change in self.pending:
            _apply(self.durable, *change)
        self.pending.clear()

    def after_power_loss(self, chance: random.Random) -> bytes:
        """The content if the power were lost now: of what was not synced, any sectors at all."""
        content = bytearray(self.durable)
        for offset, data in self.pending:
            if data is None:
                if chance.random() < 0.5:
                    _apply(content, offset, None)
                continue
            for start in range(0, len(data), _SECTOR):
                if chance.random() < 0.5:
                    _apply(content, offset + start, data[start : start + _SECTOR])
        return bytes(content)


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class Disk(apsw.VFS):
    """Passes everything on to the system, and remembers what was synced."""

    def __init__(self, name: str, before: Callable[[str], None]) -> None:
        """`before` is called before each write, cut and sync with its name; it may raise an apsw error."""
        super().__init__(name, "")
        self.states: dict[str, _State] = {}
        self.before = before

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: ANN401, N802 - apsw's names
        """Open a file."""
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        """Delete a file."""
        super().xDelete(filename, syncdir)
        self.states.pop(filename, None)

    def after_power_loss(self, chance: random.Random) -> dict[str, bytes]:
        """All files as they would be found if the power were lost now."""
        return {name: state.after_power_loss(chance) for name, state in self.states.items()}


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:  # noqa: ANN401
        super().__init__("", name, flags)
        self._disk = disk
        path = name if isinstance(name, str) else name.filename() if name else ""
        existing = Path(path)
        if path and path not in disk.states:
            disk.states[path] = _State(existing.read_bytes() if existing.exists() else b"")
        self._state = disk.states.get(path) or _State(b"")

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.before("write")
        super().xWrite(data, offset)
        self._state.pending.append((offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._disk.before("cut")
        super().xTruncate(newsize)
        self._state.pending.append((newsize, None))

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.before("sync")
        super().xSync(flags)
        self._state.sync()
