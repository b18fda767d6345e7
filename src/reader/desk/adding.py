"""Taking news in: scan, clean on every core, store in short transactions."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from reader.desk import Desk
from reader.desk.cleaning import prepare
from reader.desk.workers import Failed, ordered_map
from reader.errors import InputError, ReaderError
from reader.importers import STDIN, find_files, load, load_stdin
from reader.model import Added, Draft, Incoming, Problem

_BATCH_DRAFTS = 50
_BATCH_CHARACTERS = 200_000
"""A transaction holds at most so much, so that it lasts some tens of milliseconds: an annotator at work in
another process waits no longer for a turn."""

_log = logging.getLogger(__name__)


def add(
    desk: Desk,
    paths: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int | None = None,
) -> Iterator[Added | Problem]:
    """Add files and folders to the library.

    What was yielded is stored, and what is interrupted leaves whole articles. What cannot be taken in becomes
    a `Problem`, and the rest goes on. The order is that of the paths, and by name within a folder.

    Args:
        desk: the desk.
        paths: files, folders (with all that is in them), ``-`` for standard input.
        stdin: what ``-`` reads.
        progress: told how many bytes were read and how many there are.
        cancelled: asked before each document; True ends the work there.
        workers: how many processes clean; None for one a core.

    Raises:
        StoreError: the library cannot be written; what was yielded before stays.
    """
    batch: list[Draft | Problem] = []
    characters = 0
    pace = _Pace()
    incoming = _incoming(_sources(paths, stdin), progress, cancelled)
    for result in ordered_map(prepared, incoming, weight=_weight, workers=workers):
        batch.append(_told(result) if isinstance(result, Failed) else result)
        characters += len(result.cleaned.page_text) if isinstance(result, Draft) else 0
        if len(batch) >= _BATCH_DRAFTS or characters >= _BATCH_CHARACTERS:
            yield from pace.stored(desk, batch)
            batch, characters = [], 0
    yield from pace.stored(desk, batch)


def prepared(item: Incoming | Problem) -> Draft | Problem:
    """`prepare` for a stream in which some items are problems already; runs in the worker processes."""
    if isinstance(item, Problem):
        return item
    try:
        return prepare(item)
    except InputError as error:
        return Problem(origin=item.origin, message=str(error))


def _sources(paths: Sequence[str], stdin: BinaryIO | None) -> list[Path | Problem | bytes]:
    """The files that were meant, and the content of standard input in the place where it was named."""
    sources: list[Path | Problem | bytes] = []
    for path in paths:
        if path == STDIN:
            sources.append(stdin.read() if stdin else b"")
        else:
            sources.extend(find_files([path]))
    return sources


def _incoming(
    sources: Sequence[Path | Problem | bytes],
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Iterator[Incoming | Problem]:
    sizes = [_size(source) for source in sources]
    total = sum(sizes)
    before = 0
    if progress:
        progress(0, total)
    for source, size in zip(sources, sizes, strict=True):
        read = 0
        for item in _loaded(source):
            if cancelled and cancelled():
                return
            yield item
            read += _weight(item)
            if progress:
                progress(before + min(read, size), total)
        before += size
    if progress:
        progress(total, total)


def _loaded(source: Path | Problem | bytes) -> Iterable[Incoming | Problem]:
    if isinstance(source, Problem):
        return [source]
    return load_stdin(source) if isinstance(source, bytes) else load(source)


def _size(source: Path | Problem | bytes) -> int:
    if isinstance(source, bytes):
        return len(source)
    try:
        return source.stat().st_size if isinstance(source, Path) else 0
    except OSError:  # gone meanwhile: loading it will say so
        return 0


def _weight(item: Incoming | Problem) -> int:
    return len(item.raw) if isinstance(item, Incoming) else 0


def _told(failed: Failed[Incoming | Problem]) -> Problem:
    _log.error("%s: cleaning failed\n%s", failed.item.origin, failed.details)
    return _defect(failed.item.origin, failed.error)


def _defect(origin: str, error: str) -> Problem:
    return Problem(
        origin=origin, message=f"could not be processed ({error}): the log says more, please report it"
    )


class _Pace:
    """Stores batch after batch, leaving the library free for at least as long as the last one held it."""

    def __init__(self) -> None:
        self.free_until = 0.0

    def stored(self, desk: Desk, batch: Sequence[Draft | Problem]) -> Iterator[Added | Problem]:
        drafts = [item for item in batch if isinstance(item, Draft)]
        time.sleep(max(0.0, self.free_until - time.monotonic()))
        begun = time.monotonic()
        outcomes = iter(_add(desk, drafts))
        ended = time.monotonic()
        self.free_until = ended + (ended - begun)
        for item in batch:
            yield next(outcomes) if isinstance(item, Draft) else item


def _add(desk: Desk, drafts: Sequence[Draft]) -> Sequence[Added | Problem]:
    """Store drafts in one transaction; where one of them cannot be stored, the others one by one."""
    if not drafts:
        return []
    try:
        return desk.store.articles.add(drafts)
    except ReaderError:
        raise
    except Exception as error:
        _log.exception("storing failed")
        if len(drafts) == 1:
            return [_defect(drafts[0].incoming.origin, type(error).__name__)]
        return [outcome for draft in drafts for outcome in _add(desk, [draft])]
