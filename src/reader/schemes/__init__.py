"""Stance schemes: each is one TOML file in this folder, named after the scheme.

A file gives ``name``, ``version`` (a whole number from 1) and one ``[[label]]`` table per stance, with
``key``, ``code``, ``name``, ``symbol``, ``colour`` and ``definition``, all of them required, in the
order in which the screens show them.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reader.errors import SchemeError
from reader.model import Label, Scheme

_FOLDER = Path(__file__).parent
_SCHEME_FIELDS = {"name", "version", "label"}
_LABEL_FIELDS = ("key", "code", "name", "symbol", "colour", "definition")
_DISTINCT = ("key", "code", "symbol")

_CODE = re.compile(r"[a-z][a-z0-9_-]*")
"""What a code may look like: it never needs quoting, and no spreadsheet takes it for a formula."""

_MISREAD = frozenset({"na", "n/a", "nan", "none", "null", "true", "false", "t", "f", "inf", "infinity"})
"""Words that pandas, R or a spreadsheet read as a missing value, a truth value or a number."""


def scheme_names() -> tuple[str, ...]:
    """The names that `load_scheme` knows, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load_scheme(name: str = "stance") -> Scheme:
    """Read one of the schemes that come with the program.

    Raises:
        SchemeError: there is no such scheme, or its file is malformed.
    """
    if name not in scheme_names():
        raise SchemeError(f"there is no scheme {name!r}: known are {', '.join(scheme_names())}")
    path = _FOLDER / f"{name}.toml"
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SchemeError(f"{path}: cannot be read ({error}): install the program again") from error
    return parse_scheme(content, str(path))


def parse_scheme(content: str, where: str) -> Scheme:
    """Make a scheme of a TOML text, refusing whatever would mark or export wrongly.

    Args:
        content: The TOML text.
        where: What messages call it: the file's path.

    Raises:
        SchemeError: naming `where` and the reason.
    """
    try:
        table = tomllib.loads(content)
        return _scheme(table)
    except tomllib.TOMLDecodeError as error:
        raise SchemeError(f"{where}: is not TOML: {error}") from error
    except _MalformedError as error:
        raise SchemeError(f"{where}: {error}") from error


class _MalformedError(Exception):
    """The reason why a scheme is refused, before the file's name is put in front."""


def _scheme(table: Mapping[str, Any]) -> Scheme:
    _refuse_unknown(table, _SCHEME_FIELDS, "the scheme")
    version = table.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _MalformedError(f"version must be a whole number from 1, not {version!r}")
    entries = table.get("label")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise _MalformedError("it needs at least one [[label]] table")
    labels = tuple(_label(entry, position) for position, entry in enumerate(entries, 1))
    _refuse_clashes(labels)
    return Scheme(name=_text(table, "name", "the scheme"), version=version, labels=labels)


def _label(entry: Mapping[str, Any], position: int) -> Label:
    owner = f"label {position}"
    _refuse_unknown(entry, set(_LABEL_FIELDS), owner)
    fields: dict[str, Any] = {field: _text(entry, field, owner) for field in _LABEL_FIELDS}
    label = Label(**fields)
    if label.code.lower() in _MISREAD:
        raise _MalformedError(
            f"{owner}: the code {label.code!r} would be read as a missing or truth value: choose another word"
        )
    if not _CODE.fullmatch(label.code):
        raise _MalformedError(
            f"{owner}: the code {label.code!r} must be small letters, digits, - or _, beginning with a letter"
        )
    if label.key not in tuple("123456789"):
        raise _MalformedError(f"{owner}: the key must be a digit from 1 to 9, not {label.key!r}")
    if not _is_one_cell(label.symbol):
        raise _MalformedError(
            f"{owner}: the symbol must be exactly one character of one cell, not {label.symbol!r}"
        )
    return label


def _text(table: Mapping[str, Any], field: str, owner: str) -> str:
    value = table.get(field)
    if not isinstance(value, str) or not value.strip():
        raise _MalformedError(
            f"{owner} needs {field} as text in quotes" + ("" if value is None else f", not {value!r}")
        )
    if not value.isprintable() or value != value.strip():
        raise _MalformedError(f"{owner}: {field} must be one line without spaces at its ends, not {value!r}")
    return value


def _is_one_cell(symbol: str) -> bool:
    return (
        len(symbol) == 1
        and not unicodedata.category(symbol).startswith("M")
        and unicodedata.east_asian_width(symbol) not in {"W", "F"}
    )


def _refuse_unknown(table: Mapping[str, Any], known: set[str], owner: str) -> None:
    for field in table:
        if field not in known:
            raise _MalformedError(
                f"{owner} has an unknown field {field!r}: known are {', '.join(sorted(known))}"
            )


def _refuse_clashes(labels: tuple[Label, ...]) -> None:
    for field in _DISTINCT:
        seen: dict[str, int] = {}
        for position, label in enumerate(labels, 1):
            value = getattr(label, field)
            if value in seen:
                raise _MalformedError(
                    f"label {position} has the same {field} {value!r} as label {seen[value]}"
                )
            seen[value] = position
