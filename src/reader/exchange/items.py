"""What a file of annotations holds, as its reader gives it, and the checks that all readers share."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, BinaryIO, NamedTuple, TypeAlias, TypeVar
from uuid import UUID, uuid5

from reader.errors import InputError
from reader.model import (
    Anchor,
    AnchorStatus,
    Annotation,
    Relation,
    Scheme,
    Span,
    Stance,
    Target,
    Whole,
)

_Choice = TypeVar("_Choice", bound=str)

LONGEST_LINE = 512 * 1024 * 1024
"""Bytes of a line, or of a file that is one JSON value: an article of the greatest size with its original."""

NOWHERE = Span(0, 0)
"""The span of a mark of which a file says only the words."""

_FOREIGN = UUID("4d1c8f0e-9d5b-4f06-8a3c-6f2f3b7a9e15")
"""The namespace of the ids that marks of other tools get."""

_STATUSES: tuple[AnchorStatus, ...] = ("ok", "review", "orphan")
_ID = re.compile(r"[\w.:@+-]{1,200}", re.ASCII)
_CODE = re.compile(r"[a-z][a-z0-9_-]*")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


class Reference(NamedTuple):
    """Which article is meant, by all that a file says of it."""

    id: str = ""
    sha256: str = ""
    """Of the text that the offsets are of, hexadecimal."""
    url: str = ""
    title: str = ""
    """Only for messages."""
    raw: bytes = b""
    """The file that the article was added from."""

    def __str__(self) -> str:
        return next((f"“{said}”" for said in (self.title, self.url, self.id) if said), "the article")


class Mark(NamedTuple):
    """One annotation as a file has it, not yet placed in an article of the library."""

    article: Reference
    annotation: Annotation
    """Its id is empty where the file gives none, so is the annotator's, and a stance's scheme where the file
    only has a label. Its anchor is of the text that the reference is to."""


class Item(NamedTuple):
    """One thing in a file."""

    where: str
    """In the file: ``line 3``."""
    what: "Mark | Whole | Target | Scheme | Relation | str"
    """A text says why what is there cannot be read."""


Items: TypeAlias = Iterator[Item]


def foreign_id(tool: str, *parts: object) -> str:
    """The id of another tool's mark: the same whenever it is read."""
    return str(uuid5(_FOREIGN, json.dumps([tool, *map(str, parts)])))


def identity(value: object, name: str) -> str:
    """An id as it may be."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise InputError(f"{name} must be an id in letters, digits and any of . : @ + - _, not {value!r:.80}")
    return value


def text_of(value: object, name: str) -> str:
    """A text; what is missing is empty."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{name} must be text, not {value!r:.80}")
    return value


def number_of(value: object, name: str) -> int:
    """A whole number from 0, also one in digits."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**12:
        raise InputError(f"{name} must be a whole number from 0, not {value!r:.80}")
    return value


def confidence_of(value: object) -> int | None:
    """A confidence, or None where nothing is said."""
    if value in (None, ""):
        return None
    found = number_of(value, "the confidence")
    if found not in (1, 2, 3):
        raise InputError(f"the confidence is 1, 2, 3 or empty, not {found}")
    return found


def stance_of(target: str, scheme: str, code: str) -> Stance:
    """A stance."""
    if not _CODE.fullmatch(code):
        raise InputError(f"the stance {code!r:.80} must be small letters, digits, - or _")
    if not scheme.strip():
        raise InputError(f"the stance {code} has no scheme")
    return Stance(target=target, scheme=scheme, code=code)


def stances_of(stances: Sequence[Stance]) -> tuple[Stance, ...]:
    """Stances in their order, at most one toward each target."""
    ordered = tuple(sorted(stances, key=lambda stance: stance.target))
    for one, other in pairwise(ordered):
        if one.target == other.target:
            raise InputError(f"two stances toward {one.target!r:.80}: a mark has one toward each target")
    return ordered


def one_of(value: object, known: Sequence[_Choice], name: str) -> _Choice:
    """A word that is one of those known."""
    for choice in known:
        if value == choice:
            return choice
    raise InputError(f"{name} must be one of {', '.join(filter(None, known))}, not {value!r:.80}")


def time_of(value: str, name: str) -> str:
    """A time in UTC as we write it, or empty."""
    if value and not _TIME.fullmatch(value):
        raise InputError(f"{name} must be a time in UTC like 2026-03-02T09:14:05.123Z, not {value!r:.80}")
    return value


def anchor_of(start: object, end: object, exact: str, prefix: str, suffix: str, status: str) -> Anchor:
    """An anchor in a text whose revision is still to be found."""
    span = Span(number_of(start, "start"), number_of(end, "end"))
    if span.end < span.start:
        raise InputError(f"it ends at {span.end}, before it starts at {span.start}")
    if not exact:
        raise InputError("the quote is empty: a mark is of some words")
    known = one_of(status, _STATUSES, "the anchor_status")
    return Anchor(revision_id="", span=span, exact=exact, prefix=prefix, suffix=suffix, status=known)


def quoted(exact: str, prefix: str = "", suffix: str = "") -> Anchor:
    """The anchor of a mark of which only the words and what stands around them are known."""
    if not exact.strip():
        raise InputError("it quotes nothing, so there is no place for it")
    return Anchor(revision_id="", span=NOWHERE, exact=exact, prefix=prefix, suffix=suffix)


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """The lines of a file in UTF-8 that are not blank, each with its number from 1.

    Raises:
        InputError: a line is longer than anything that is written, or is no UTF-8; it names the line.
    """
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise InputError(f"line {number}: longer than {LONGEST_LINE >> 20} MB")
        try:
            text = (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).decode()
        except UnicodeDecodeError as error:
            raise InputError(f"line {number}: not UTF-8 ({error.reason} at byte {error.start})") from error
        if text.strip():
            yield number, text


def json_of(text: str) -> Any:  # noqa: ANN401 - what JSON holds
    """What a JSON text says.

    Raises:
        InputError: it is no JSON.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = (
            f"line {error.lineno}, column {error.colno}" if "\n" in text.strip() else f"column {error.colno}"
        )
        raise InputError(f"not JSON ({error.msg}, {place})") from error
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON that can be followed") from error


def object_of(value: object, name: str) -> dict[str, Any]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise InputError(f"{name} must be an object, not {value!r:.80}")
    return value


def list_of(value: object, name: str) -> list[Any]:
    """A JSON array; what is missing is empty, and one value alone is an array of it, as JSON-LD has it."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    if isinstance(value, dict | str):
        return [value]
    raise InputError(f"{name} must be a list, not {value!r:.80}")


def whole_json(stream: BinaryIO) -> Any:  # noqa: ANN401 - what JSON holds
    """What a file that is one JSON value says.

    Raises:
        InputError: it is no JSON, or too large to be read at once.
    """
    raw = stream.read(LONGEST_LINE + 1)
    if len(raw) > LONGEST_LINE:
        raise InputError(f"larger than {LONGEST_LINE >> 20} MB: split it")
    try:
        return json_of(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({error.reason} at byte {error.start})") from error
