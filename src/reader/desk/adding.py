"""Taking news in: scan, clean on every core, store in short transactions."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from reader.desk import Desk
from reader.desk.cleaning import prepare
from reader.desk.lessons import Lesson, Lessons, learn, origin_of
from reader.desk.pace import Pace
from reader.desk.workers import Failed, ordered_map
from reader.errors import InputError, ReaderError
from reader.importers import STDIN, find_files, is_url, load, load_stdin, read_stdin
from reader.model import Added, Draft, Incoming, Known, Problem

if TYPE_CHECKING:
    from reader.fetch import Network, Policy

_BATCH_DRAFTS = 50
_BATCH_CHARACTERS = 200_000
"""So much is handed to the store at a time; `Pace` parts it into transactions."""

_Source: TypeAlias = Path | Problem | bytes | str
"""A file, what cannot be read, the content of standard input, or a web address."""

_log = logging.getLogger(__name__)


def add(
    desk: Desk,
    paths: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    policy: "Policy | None" = None,
    network: "Network | None" = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int | None = None,
) -> Iterator[Added | Problem]:
    """Add files and folders to the library.

    What was yielded is stored, and what is interrupted leaves whole articles. What cannot be taken in becomes
    a `Problem`, and the rest goes on. The order is that of the paths, and by name within a folder. What the
    articles before have in common with others of their source counts as evidence in those after them, and
    at the end in those that came before anything was known of their source.

    Args:
        desk: the desk.
        paths: files, folders (with all that is in them), web addresses, ``-`` for standard input.
        stdin: what ``-`` reads.
        policy: what may be fetched; None for the public internet.
        network: the way out, where it is not the real one.
        progress: told how many bytes were read and how many there are.
        cancelled: asked before each document; True ends the work there.
        workers: how many processes clean; None for one a core.

    Raises:
        StoreError: the library cannot be written; what was yielded before stays.
    """
    batch: list[Draft | Known | Problem] = []
    characters = 0
    pace = Pace()
    sources = _sources(paths, stdin)
    fetched = _fetched([source for source in sources if isinstance(source, str)], policy, network, cancelled)
    incoming = _incoming(sources, fetched, progress, cancelled)
    lessons = Lessons(desk)
    recognised = (lessons.recognised(item) for item in incoming)
    for result in ordered_map(prepared, recognised, weight=_weight, workers=workers):
        batch.append(_told(result) if isinstance(result, Failed) else result)
        characters += len(result.cleaned.page_text) if isinstance(result, Draft) else 0
        if len(batch) >= _BATCH_DRAFTS or characters >= _BATCH_CHARACTERS:
            yield from lessons.stored(batch, _stored(desk, pace, batch))
            batch, characters = [], 0
    yield from lessons.stored(batch, _stored(desk, pace, batch))
    lessons.revise(cancelled or (lambda: False), workers)


def prepared(item: Lesson | Known | Problem) -> Draft | Known | Problem:
    """`prepare` for a stream in which some items need none of it; runs in the worker processes."""
    if not isinstance(item, Lesson):
        return item
    try:
        return prepare(item.incoming, item.recurring)
    except InputError as error:
        return Problem(origin=item.origin, message=str(error))


def _sources(paths: Sequence[str], stdin: BinaryIO | None) -> list[_Source]:
    """The files and addresses that were meant, and the content of standard input where it was named."""
    sources: list[_Source] = []
    for path in paths:
        if path == STDIN:
            sources.append(read_stdin(stdin) if stdin else b"")
        elif is_url(path):
            sources.append(path)
        else:
            sources.extend(find_files([path]))
    return sources


def _fetched(
    urls: Sequence[str],
    policy: "Policy | None",
    network: "Network | None",
    cancelled: Callable[[], bool] | None,
) -> Iterator[Incoming | Problem]:
    """The pages of the addresses, in order; the network is loaded only where there are any."""
    if urls:
        from reader.desk.pages import pages
        from reader.fetch import Policy

        yield from pages(urls, policy or Policy(), network, cancelled)


def _incoming(
    sources: Sequence[_Source],
    fetched: Iterator[Incoming | Problem],
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
        for item in islice(fetched, 1) if isinstance(source, str) else _loaded(source):
            if cancelled and cancelled():
                return
            yield item
            read += len(item.raw) if isinstance(item, Incoming) else 0
            if progress:
                progress(before + min(read, size), total)
        before += size
    if progress:
        progress(total, total)


def _loaded(source: Path | Problem | bytes) -> Iterable[Incoming | Problem]:
    if isinstance(source, Problem):
        return [source]
    return load_stdin(source) if isinstance(source, bytes) else load(source)


def _size(source: _Source) -> int:
    if isinstance(source, bytes):
        return len(source)
    try:
        return source.stat().st_size if isinstance(source, Path) else 0
    except OSError:  # gone meanwhile: loading it will say so
        return 0


def _weight(item: Lesson | Known | Problem) -> int:
    return len(item.incoming.raw) if isinstance(item, Lesson) else 0


def _told(failed: Failed[Lesson | Known | Problem]) -> Problem:
    _log.error("%s: cleaning failed\n%s", failed.item.origin, failed.details)
    return _defect(failed.item.origin, failed.error)


def _defect(origin: str, error: str) -> Problem:
    return Problem(
        origin=origin, message=f"could not be processed ({error}): the log says more, please report it"
    )


def _stored(desk: Desk, pace: Pace, batch: Sequence[Draft | Known | Problem]) -> Iterator[Added | Problem]:
    taken = [item for item in batch if not isinstance(item, Problem)]
    outcomes = iter(pace.each(taken, partial(_add, desk)))
    for item in batch:
        yield item if isinstance(item, Problem) else next(outcomes)


def _add(desk: Desk, items: Sequence[Draft | Known]) -> Sequence[Added | Problem]:
    """Store items in one transaction; where one of them cannot be stored, the others one by one."""
    if not items:
        return []
    try:
        with desk.store.transaction():
            added = desk.store.articles.add(items)
            for item, outcome in zip(items, added, strict=True):
                if isinstance(item, Draft) and outcome.outcome != "unchanged":
                    learn(desk, item)
        return added
    except ReaderError:
        raise
    except Exception as error:
        _log.exception("storing failed")
        if len(items) == 1:
            return [_defect(origin_of(items[0]), type(error).__name__)]
        return [outcome for item in items for outcome in _add(desk, [item])]
