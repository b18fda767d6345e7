"""From the text of a scheme's file to a `Scheme`, or to the line that is refused and why.

A file gives ``name``, ``version`` (a whole number from 1), ``description`` if it likes, and one ``[[label]]``
table per stance, in the order in which the screens show them, with ``key``, ``code``, ``name``, ``symbol``,
``colour`` and ``definition``. A label with ``retired = true`` is only there for the marks made with it.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from reader.errors import SchemeError
from reader.model import Label, Scheme

COLOURS = ("support", "oppose", "question", "discuss", "mixed", "unclear")
"""The colour roles that every theme defines."""

_KEYS = tuple("123456789")
_SCHEME_FIELDS = ("name", "version", "description", "label")
_LABEL_FIELDS = ("key", "code", "name", "symbol", "colour", "definition")

_CODE = re.compile(r"[a-z][a-z0-9_-]*")
"""What a name or a code may look like: it never needs quoting, and no spreadsheet takes it for a formula."""

_MISREAD = frozenset({"na", "n/a", "nan", "none", "null", "true", "false", "t", "f", "inf", "infinity"})
"""Words that pandas, R or a spreadsheet read as a missing value, a truth value or a number."""

_HEADER = re.compile(r"""\s*\[\[\s*["']?label["']?\s*\]\]""")
_FIELD = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")


def parse_scheme(content: str, where: str) -> Scheme:
    """Make a scheme of a TOML text, refusing whatever would mark or export wrongly.

    Args:
        content: The TOML text.
        where: What messages call it: the file's path.

    Raises:
        SchemeError: beginning with `where` and the number of the line, as in ``path:12: why``.
    """
    try:
        table = tomllib.loads(content)
        return _scheme(table)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else len(content.splitlines()) or 1
        raise SchemeError(f"{where}:{line}: is not TOML: {_AT_LINE.sub('', str(error))}") from error
    except _MalformedError as error:
        raise SchemeError(f"{where}:{_line(content, error.position, error.field)}: {error}") from error


def checked_label(table: Mapping[str, Any]) -> Label:
    """Make a label of its fields, as a file has them, refusing what `parse_scheme` would.

    Raises:
        SchemeError: saying why.
    """
    try:
        return _label(table, 0)
    except _MalformedError as error:
        raise SchemeError(str(error)) from error


class _MalformedError(Exception):
    """Why a scheme is refused, and what of it: the label's position from 1, or 0 for the scheme itself."""

    def __init__(self, message: str, position: int = 0, field: str = "") -> None:
        super().__init__(message)
        self.position = position
        self.field = field


def _line(content: str, position: int, field: str) -> int:
    """The line of a field, else of the table that should have it, else the first."""
    table, line = 0, 1
    for number, text in enumerate(content.splitlines(), 1):
        if _HEADER.match(text):
            table += 1
            if table == position:
                line = number
        elif table == position and field and (found := _FIELD.match(text)) and found[1] == field:
            return number
    return line


def _scheme(table: Mapping[str, Any]) -> Scheme:
    _refuse_unknown(table, _SCHEME_FIELDS, 0)
    name = _text(table, "name", 0)
    if not _CODE.fullmatch(name):
        raise _MalformedError(
            f"the name {name!r} must be small letters, digits, - or _, beginning with a letter", 0, "name"
        )
    version = table.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _MalformedError(f"version must be a whole number from 1, not {version!r}", 0, "version")
    entries = table.get("label")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise _MalformedError("it needs at least one [[label]] table", 0, "label")
    labels = tuple(_label(entry, position) for position, entry in enumerate(entries, 1))
    _refuse_clashes(labels)
    if all(label.retired for label in labels):
        raise _MalformedError("all its labels are retired: at least one must be offered", 1, "retired")
    description = _text(table, "description", 0) if "description" in table else ""
    return Scheme(name=name, version=version, labels=labels, description=description)


def _label(entry: Mapping[str, Any], position: int) -> Label:
    _refuse_unknown(entry, (*_LABEL_FIELDS, "retired"), position)
    retired = entry.get("retired", False)
    if not isinstance(retired, bool):
        raise _MalformedError(f"retired must be true or false, not {retired!r}", position, "retired")
    # No key gives a retired label, so that another label may have its key.
    required = _LABEL_FIELDS[1:] if retired else _LABEL_FIELDS
    fields: dict[str, Any] = {"key": ""} | {name: _text(entry, name, position) for name in required}
    label = Label(**fields, retired=retired)
    if label.code.lower() in _MISREAD:
        raise _MalformedError(
            f"the code {label.code!r} would be read as a missing or truth value: choose another word",
            position,
            "code",
        )
    if not _CODE.fullmatch(label.code):
        raise _MalformedError(
            f"the code {label.code!r} must be small letters, digits, - or _, beginning with a letter",
            position,
            "code",
        )
    if not retired and label.key not in _KEYS:
        raise _MalformedError(f"the key must be a digit from 1 to 9, not {label.key!r}", position, "key")
    if not _is_one_cell(label.symbol):
        raise _MalformedError(
            f"the symbol must be exactly one character of one cell, not {label.symbol!r}", position, "symbol"
        )
    if label.colour not in COLOURS:
        raise _MalformedError(
            f"the colour must be one of {', '.join(COLOURS)}, not {label.colour!r}", position, "colour"
        )
    return label


def _text(table: Mapping[str, Any], field: str, position: int) -> str:
    value = table.get(field)
    if not isinstance(value, str) or not value.strip():
        owner = f"label {position}" if position else "the scheme"
        found = "" if value is None else f", not {value!r}"
        raise _MalformedError(f"{owner} needs {field} as text in quotes{found}", position, field)
    if not value.isprintable() or value != value.strip():
        raise _MalformedError(
            f"{field} must be one line without spaces at its ends, not {value!r}", position, field
        )
    return value


def _is_one_cell(symbol: str) -> bool:
    return (
        len(symbol) == 1
        and not unicodedata.category(symbol).startswith("M")
        and unicodedata.east_asian_width(symbol) not in {"W", "F"}
    )


def _refuse_unknown(table: Mapping[str, Any], known: Sequence[str], position: int) -> None:
    for field in table:
        if field not in known:
            raise _MalformedError(
                f"unknown field {field!r}: known are {', '.join(sorted(known))}", position, field
            )


def _refuse_clashes(labels: tuple[Label, ...]) -> None:
    for field in ("key", "code", "symbol"):
        seen: dict[str, int] = {"": 0}
        for position, label in enumerate(labels, 1):
            value = getattr(label, field)
            if value and value in seen:
                raise _MalformedError(
                    f"label {position} has the same {field} {value!r} as label {seen[value]}", position, field
                )
            seen[value] = position
