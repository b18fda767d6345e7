"""Runs command lines in this process on a library of their own, for the tests of this room."""

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader.__main__ import main

PROSE = (
    "Mayor Ada Quill opened the new tide gate on Monday.\n\n"
    "She said the gate would keep the harbour dry for a century. "
    "Engineers were less sure, and the gate failed its first test.\n\n"
    "The gate cost nine million crowns, the council said.\n"
)


@dataclass(frozen=True)
class Result:
    """What a command line gave back."""

    status: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode()

    @property
    def lines(self) -> list[list[str]]:
        """The lines of standard output, each as its fields."""
        return [line.split("\t") for line in self.out.splitlines()]

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects on standard output, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


class CommandLine:
    """A user with a folder, settings and a library of their own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.library = folder / "library.db"
        self._patch = monkeypatch
        monkeypatch.setenv("READER_CONFIG_DIR", str(folder / "config"))
        monkeypatch.setenv("READER_LIBRARY", str(self.library))
        monkeypatch.chdir(folder)

    def __call__(self, *arguments: object, stdin: bytes = b"", terminal: bool = False) -> Result:
        out, err = io.BytesIO(), io.BytesIO()
        kind = _Terminal if terminal else io.TextIOWrapper
        with self._patch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            patch.setattr(sys, "stdout", stdout := kind(out, encoding="utf-8", newline="\n"))
            patch.setattr(sys, "stderr", stderr := kind(err, encoding="utf-8", newline="\n"))
            status = main([str(argument) for argument in arguments])
            stdout.flush()
            stderr.flush()
        return Result(status, out.getvalue(), err.getvalue().decode())

    def write(self, name: str, content: str | bytes = PROSE) -> Path:
        """A file in the user's folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def added(self, content: str | bytes = PROSE, name: str = "story.txt") -> str:
        """Add one article; its number as it is typed."""
        result = self("add", self.write(name, content))
        assert result.status == 0, result.err
        return result.lines[0][1]
