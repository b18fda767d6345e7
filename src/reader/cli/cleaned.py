"""What ``reader clean`` prints: documents as Markdown, JSON or verdicts, batches of records as JSON."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, TypeAlias

from reader.cli.explaining import explained
from reader.cli.fetching import policy
from reader.cli.output import json_line, warn, write_text
from reader.desk.batch import Record, read_record, records, weight
from reader.desk.cleaning import read_clean
from reader.desk.reading import warnings
from reader.desk.workers import Failed, Item, ordered_map
from reader.errors import InputError
from reader.importers import STDIN, find_files, is_url, load, load_stdin, read_stdin
from reader.model import Incoming, Problem, Recurring
from reader.settings import log_path

_FIELD_NAMES = {"source": "site"}

_log = logging.getLogger(__name__)


class _Answer(NamedTuple):
    """What became of one document: what is printed of it, or why there is nothing."""

    output: str
    problem: str = ""


Form: TypeAlias = Literal["markdown", "json", "explain"]


def clean_documents(path: str, form: Form, *, allow_private: bool = False) -> int:
    """Print what is in a file, a folder, a page or standard input (``-``); returns the exit status."""
    status, between = 0, ""
    answer_one = partial(_answered, _RENDER[form])
    for result in ordered_map(answer_one, _documents(path, allow_private), weight=_size):
        answer = _lost(result.item.origin, result) if isinstance(result, Failed) else result
        if answer.problem:
            status = 1
            warn(answer.problem)
        else:
            write_text(between + answer.output)
            between = "" if form == "json" else "\n"
    return status


def _documents(path: str, allow_private: bool) -> Iterator[Incoming | Problem]:
    if path == STDIN:
        yield from load_stdin(read_stdin(sys.stdin.buffer))
        return
    if is_url(path):
        from reader.desk.pages import pages

        yield from pages([path], policy(private=allow_private))
        return
    for found in find_files([path]):
        yield from [found] if isinstance(found, Problem) else load(found)


def _size(item: Incoming | Problem) -> int:
    return len(item.raw) if isinstance(item, Incoming) else 0


def _answered(render: Callable[[Incoming], str], item: Incoming | Problem) -> _Answer:
    if isinstance(item, Problem):
        return _Answer("", f"{item.origin}: {item.message}")
    try:
        return _Answer(render(item))
    except InputError as error:
        return _Answer("", f"{item.origin}: {error}")


def _markdown_of(incoming: Incoming) -> str:
    cleaned, _ = read_clean(incoming)
    return cleaned.markdown.rstrip("\n") + "\n"


def _object_of(incoming: Incoming) -> str:
    return _object(incoming.origin, incoming)


_RENDER: dict[Form, Callable[[Incoming], str]] = {
    "markdown": _markdown_of,
    "json": _object_of,
    "explain": explained,
}


def _lost(what: str, failed: Failed[Item]) -> _Answer:
    _log.error("cleaning failed\n%s", failed.details)
    return _Answer("", f"{what}: could not be processed ({failed.error}): {log_path()} says where")


def clean_batch(name: str) -> int:
    """Print one object for each line of a file or of standard input (``-``), in order.

    Records of the same site teach each other what recurs across it. What fails becomes an object with an
    ``error``, so that lines can be matched.

    Returns:
        The exit status: 1 where a line failed.

    Raises:
        InputError: the file cannot be read.
    """
    status = 0
    with (
        nullcontext(sys.stdin.buffer) if name == STDIN else _opened(Path(name)) as stream,
        records(stream) as batch,
    ):
        for result in ordered_map(_answer_of, batch, weight=weight):
            if isinstance(result, Failed):
                answer = _refused(result.item.line, _lost("line", result).problem)
            else:
                answer = result
            status = 1 if answer.problem else status
            write_text(answer.output)
    return status


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}): check the path") from error


def _answer_of(record: Record) -> _Answer:
    try:
        identity, incoming = read_record(record.line)
        return _Answer(_object(identity, incoming, record.recurring))
    except InputError as error:
        return _refused(record.line, str(error))


def _refused(line: bytes, problem: str) -> _Answer:
    return _Answer(json_line({"id": _id(line), "error": problem}) + "\n", problem)


def _id(line: bytes) -> object:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record.get("id") if isinstance(record, dict) else None


def _object(identity: object, incoming: Incoming, recurring: Recurring | None = None) -> str:
    cleaned, canonical = read_clean(incoming, recurring)
    known = cleaned.metadata
    answer = {
        "id": identity,
        "title": known.title,
        "author": known.author,
        "published": known.published,
        "language": known.language,
        "site": known.source,
        "url": known.url,
        "sources": {_FIELD_NAMES.get(field, field): source for field, source in cleaned.sources},
        "markdown": cleaned.markdown,
        "text": canonical.text,
        "warnings": [
            {
                "kind": warning.kind,
                "message": warning.message,
                "evidence": [{"text": says, "probably": means} for says, means in warning.evidence],
            }
            for warning in warnings(canonical.text)
        ],
        "segments": [
            {
                "start": segment.start,
                "end": segment.end,
                "verdict": segment.verdict,
                "reason": segment.reason,
                "rule": segment.rule,
                "text": cleaned.page_text[segment.start : segment.end],
            }
            for segment in cleaned.segments
        ],
    }
    return json_line(answer) + "\n"
