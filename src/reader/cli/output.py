"""How commands write: exactly to a pipe or a file, harmlessly to a terminal."""

import json
import sys
import unicodedata
from collections.abc import Mapping

from reader.errors import QueryError
from reader.text.visible import visible, visible_line

_BEFORE, _AFTER = 50, 25
"""Code points of a long query that are shown around the place where it is wrong."""


def on_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def say(*fields: object) -> None:
    """Write one line of fields parted by tabs to standard output, controls in them made visible."""
    sys.stdout.write("\t".join(visible_line(str(field)) for field in fields) + "\n")


def warn(line: str) -> None:
    """Write one line to standard error, controls in it made visible."""
    sys.stdout.flush()
    sys.stderr.write(f"reader: {visible_line(line)}\n")
    sys.stderr.flush()


def point_out(error: QueryError) -> None:
    """Write to standard error what is wrong with a query, and the query with a caret under the place."""
    warn(str(error))
    query = visible_line(error.query.replace("\n", " "))
    before = query[max(0, error.at - _BEFORE) : error.at]
    after = query[error.at : error.at + _AFTER]
    sys.stderr.write(f"  {before}{after}\n  {' ' * sum(map(_cells, before))}^\n")
    sys.stderr.flush()


def write_text(text: str) -> None:
    """Write an article's text: exactly, or on a terminal with controls made visible and a last line end."""
    if on_terminal():
        sys.stdout.write(visible(text.replace("\r\n", "\n")) + ("" if text.endswith("\n") else "\n"))
    else:
        write_bytes(text.encode("utf-8", "surrogatepass"))


def write_bytes(content: bytes) -> None:
    """Write bytes to standard output as they are; never to a terminal."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def json_line(value: Mapping[str, object] | str) -> str:
    """A value as JSON on one line, exact and yet safe for a terminal, without its line end.

    What would be made visible elsewhere is said in escapes here, line separators too: whatever splits lines
    finds one object on each.
    """
    line = json.dumps(value, ensure_ascii=False)
    shown = visible_line(line)
    if shown == line:
        return line
    return "".join(
        character if character == seen else _escape(character)
        for character, seen in zip(line, shown, strict=True)
    )


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))


def fit(text: str, cells: int) -> str:
    """One visible line cut or filled to a number of cells, for columns on a terminal."""
    shown, used = "", 0
    for character in visible_line(text):
        width = _cells(character)
        if used + width > cells:
            return shown[:-1] + "…" + " " * (_cells(shown[-1:]) - 1) if shown else ""
        shown, used = shown + character, used + width
    return shown + " " * (cells - used)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if character and unicodedata.east_asian_width(character) in "WF" else 1
