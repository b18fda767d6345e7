"""Asking feeds for news: many hosts at once, read and cleaned on every core, stored feed by feed."""

import logging
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeAlias

from reader.clean.sources import source_at, source_of
from reader.desk import Desk
from reader.desk.entries import FeedRead, FeedWork, PageRead, PageWish, PageWork, body_digest, work
from reader.desk.lessons import clean_once_more
from reader.desk.pace import Pace
from reader.desk.workers import Crew, Failed, attempt
from reader.feeds import MAX_PAGES, is_due, is_gone, next_try
from reader.fetch import Fetcher, Network, Policy
from reader.sources import Feed, FeedChange, Fetched, Missed, Refreshed, Request, Seen, Taken

_log = logging.getLogger(__name__)

_LIGHT = 400_000
"""Bytes that are read in this process; starting the workers would take longer."""
_HEAVY = 1_000_000
"""Bytes of one document from which it is never read in this process: it may be there to do harm."""
_SECONDS = 60.0
"""That a worker may take for one document."""

_CHURN = 3
"""So many entries at least must have got another id before it is told."""

_Work: TypeAlias = FeedWork | PageWork
_Read: TypeAlias = FeedRead | PageRead
_Key: TypeAlias = int | PageWish
"""The number of a feed that was asked, or what its page was asked for."""


def refresh(
    desk: Desk,
    policy: Policy,
    feeds: Sequence[Feed] | None = None,
    *,
    network: Network | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int | None = None,
) -> Iterator[Refreshed]:
    """Look for news in feeds; what was yielded is stored.

    Args:
        desk: the desk.
        policy: what may be fetched.
        feeds: those to ask; None for all that are due.
        network: the way out, where it is not the real one.
        progress: told how many feeds are done and how many there are.
        cancelled: asked again and again; True ends the work there, with what is stored by then.
        workers: how many processes read and clean; None for one a core.

    Raises:
        StoreError: the library cannot be written; what was yielded before stays.
    """
    now = desk.store.clock()
    named = feeds is not None
    asked = {feed.number: feed for feed in (desk.store.feeds.all() if feeds is None else feeds)}.values()
    due = [feed for feed in asked if is_due(feed, now, named=named)]
    if named:
        yield from (Refreshed(feed, "waiting") for feed in asked if not is_due(feed, now, named=named))
    round_ = _Round(desk, policy, network, workers or os.cpu_count() or 1)
    if progress:
        progress(0, len(due))
    for done, refreshed in enumerate(round_.run(due, cancelled or _never), 1):
        if progress:
            progress(done, len(due))
        yield refreshed


def _never() -> bool:
    return False


class _Tally:
    """One feed on its way through a refresh: finished once its pages are."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.pages = 0
        """That are still to come."""
        self.failed: Counter[str] = Counter()
        """Why pages did not come."""
        self.later = 0
        """Entries whose pages come with the next refresh."""
        self.read: FeedRead | None = None
        self.completed: list[Seen] = []


class _Round:
    """One refresh."""

    def __init__(self, desk: Desk, policy: Policy, network: Network | None, workers: int) -> None:
        self._desk = desk
        self._feeds = desk.store.feeds
        self._fetcher = Fetcher[_Key](policy, network)
        self._crew = Crew[_Work, _Read](work, workers, _SECONDS)
        self._waiting: deque[_Work] = deque()
        self._light = _LIGHT
        self._pace = Pace()
        self._tallies: dict[int, _Tally] = {}
        self._workers = workers
        self._began = desk.store.clock()
        self._early: list[str] = []
        """The addresses of pages that came while nothing was known of their sites."""

    def run(self, feeds: Sequence[Feed], cancelled: Callable[[], bool]) -> Iterator[Refreshed]:
        try:
            with self._fetcher:
                for feed in feeds:
                    self._tallies[feed.number] = _Tally(feed)
                    self._fetcher.submit(feed.number, Request(feed.url, feed.etag, feed.modified))
                while (self._fetcher.outstanding or self._waiting or self._crew.busy) and not cancelled():
                    yield from self._step()
            self._revise(cancelled)
        finally:
            self._crew.close()

    def _revise(self, cancelled: Callable[[], bool]) -> None:
        """Clean the first pages of a site once more, with what recurs across all that came."""
        store = self._desk.store
        urls = [url for url in self._early if store.recurring.of(source_at(url))]
        found = [store.articles.get(its) for url in urls for its in store.articles.at_address(url)]
        new = [article.number for article in found if article.added_at >= self._began]
        clean_once_more(self._desk, new, cancelled, self._workers)

    def _step(self) -> Iterator[Refreshed]:
        while self._waiting and self._crew.idle:
            self._crew.give(self._waiting.popleft())
        # A queue that grows while the workers are busy would hold every document in memory.
        full = len(self._waiting) > 8
        for result in self._crew.ready([] if full else [self._fetcher.bell], 0.2):
            yield from self._done(self._failed(result) if isinstance(result, Failed) else result)
        if not full and (answer := self._fetcher.take()):
            if isinstance(answer.key, PageWish):
                yield from self._page_came(answer.key, answer.result)
            else:
                yield from self._feed_came(self._tallies[answer.key], answer.result)

    def _failed(self, failed: Failed[_Work]) -> _Read:
        """What stands for a document that a worker could not read."""
        item = failed.item
        _log.error("%s: reading failed\n%s", item.fetched.url, failed.details)
        why = f"it could not be read ({failed.error}): the log says more, please report it"
        if failed.error == "timeout":
            why = "it takes too long to read: it is larger or stranger than feeds and pages are"
        if isinstance(item, PageWork):
            return PageRead(item.wish.feed, item.wish.seen, why)
        return FeedRead(item.feed, item.fetched._replace(body=b""), b"", error=why)

    # What came

    def _feed_came(self, tally: _Tally, result: Fetched | Missed) -> Iterator[Refreshed]:
        feed = tally.feed
        if isinstance(result, Missed):
            yield self._missed(feed, result)
        elif result.unchanged or (feed.body_digest and body_digest(result.body) == feed.body_digest):
            # Were it lost, the feed would be asked once more.
            with self._desk.store.unhurried():
                self._pace.do(lambda: self._feeds.unchanged(feed.number, result.moved or feed.url))
            yield Refreshed(self._feeds.get(feed.number), "unchanged")
        else:
            source = source_at(feed.home or feed.url)
            yield from self._read(
                FeedWork(
                    feed=feed.number,
                    source=feed.title,
                    full_text=feed.full_text,
                    fetched=result,
                    known=self._feeds.hints(feed.number),
                    now=self._desk.store.clock(),
                    site=source,
                    recurring=self._desk.store.recurring.of(source),
                )
            )

    def _page_came(self, wish: PageWish, result: Fetched | Missed) -> Iterator[Refreshed]:
        if isinstance(result, Missed):
            yield from self._done(PageRead(wish.feed, wish.seen, result.message))
        else:
            recurring = self._desk.store.recurring.of(source_at(wish.entry.url))
            if recurring is None:
                self._early.append(wish.entry.url)
            yield from self._read(PageWork(wish, result, recurring))

    def _read(self, item: _Work) -> Iterator[Refreshed]:
        size = len(item.fetched.body)
        if size > _HEAVY or size > self._light:
            self._waiting.append(item)
            return
        self._light -= size
        read = attempt(work, item)
        yield from self._done(self._failed(read) if isinstance(read, Failed) else read)

    # What was read

    def _done(self, read: _Read) -> Iterator[Refreshed]:
        tally = self._tallies[read.feed]
        if isinstance(read, FeedRead):
            if read.error:
                yield self._missed(tally.feed, Missed(read.error))
                return
            tally.read = read
            for details in read.details:
                _log.error("%s: an entry could not be read\n%s", read.fetched.url, details)
            tally.completed += read.seen
            for wish in read.cut[:MAX_PAGES]:
                self._fetcher.submit(wish, Request(wish.entry.url))
            tally.pages = len(read.cut[:MAX_PAGES])
            tally.later = len(read.cut[MAX_PAGES:])
        else:
            tally.pages -= 1
            tally.completed.append(read.seen)
            if read.error:
                tally.failed[read.error] += 1
        if not tally.pages:
            # Its articles are in memory until they are stored, and no longer.
            del self._tallies[read.feed]
            yield self._finished(tally)

    def _missed(self, feed: Feed, missed: Missed) -> Refreshed:
        now = self._desk.store.clock()
        gone = is_gone(missed)
        next_at, failures = next_try(missed, feed.failures, now)
        self._pace.do(
            lambda: self._feeds.missed(feed.number, missed, next_at=next_at, failures=failures, gone=gone)
        )
        return Refreshed(self._feeds.get(feed.number), "retired" if gone else "failed")

    def _finished(self, tally: _Tally) -> Refreshed:
        """Store a feed's entries, some at a time, and with the last of them what is now known of it."""
        feed, entries = tally.feed, tally.completed
        ids = [entry.id for entry in entries]
        taken: list[Taken] = []
        while len(some := self._pace.first(entries)) < len(entries):
            # They are on the disk with the last of them, which tells that the feed has been read.
            with self._desk.store.unhurried():
                taken.append(self._pace.do(partial(self._take, feed.number, some, ids), len(some)))
            entries = entries[len(some) :]

        def end() -> None:
            with self._desk.store.transaction():
                taken.append(self._take(feed.number, entries, ids))
                self._feeds.answered(feed.number, _change(tally, taken))

        self._pace.do(end, len(entries))
        added, updated = sum(some.added for some in taken), sum(some.updated for some in taken)
        return Refreshed(
            self._feeds.get(feed.number), "updated" if added or updated else "unchanged", added, updated
        )

    def _take(self, feed: int, entries: Sequence[Seen], ids: Sequence[str]) -> Taken:
        """Store entries and learn what they have in common with others of their source."""
        with self._desk.store.transaction():
            taken = self._feeds.take(feed, entries, ids)
            for entry in entries:
                if entry.draft is not None and entry.lines is not None:
                    source = source_of(entry.draft.incoming, place=True)
                    self._desk.store.recurring.learn(source, entry.lines)
        return taken


def _change(tally: _Tally, taken: Sequence[Taken]) -> FeedChange:
    """What is known of a feed once all of its entries are stored."""
    read = tally.read
    assert read is not None
    notes = list(read.notes)
    for why, count in tally.failed.most_common(3):
        notes.append(f"{count} of its pages could not be read, the feed's own text is there: {why}")
    if tally.later:
        notes.append(f"{tally.later} of its pages come with the next refresh")
    renamed = sum(some.renamed for some in taken)
    if renamed >= _CHURN and renamed > sum(some.met for some in taken):
        notes.append("its entries bear other ids at every look: they are told apart by their addresses")
    whole = not tally.later
    return FeedChange(
        url=read.fetched.moved or tally.feed.url,
        title=read.title,
        home=read.home,
        etag=read.fetched.etag if whole else "",
        modified=read.fetched.modified if whole else "",
        body_digest=read.body_digest if whole else b"",
        notes=tuple(notes),
    )
