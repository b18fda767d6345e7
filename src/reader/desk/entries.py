"""From what a server gave to entries ready for the store: pure work, done in worker processes too."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

from reader.clean.recurring import among, page_lines
from reader.clean.sources import source_of
from reader.desk.cleaning import prepare
from reader.desk.workers import Failed, attempt
from reader.errors import InputError
from reader.feeds import wants_page
from reader.importers.feed import read_feed
from reader.importers.page import page
from reader.model import Draft, Incoming, Metadata, PageLines, Recurring
from reader.sources import Document, Entry, Fetched, FullText, Seen

_DIGEST = 16
"""Bytes of an entry's digest."""
_NO_LINES = PageLines((), ())


class FeedWork(NamedTuple):
    """A feed's document, to be read."""

    feed: int
    source: str
    """What its articles are said to be from, where the document bears no title."""
    full_text: FullText
    fetched: Fetched
    known: Mapping[str, bytes]
    """Digests of entries by their ids: what is the same is not cleaned again."""
    now: str
    site: str = ""
    """The source that its articles are of, as `reader.clean.sources` names it; empty where none is known."""
    recurring: Recurring | None = None
    """What recurs across that source."""


class FeedRead(NamedTuple):
    """What was made of a feed's document."""

    feed: int
    fetched: Fetched
    """Without its body."""
    body_digest: bytes
    title: str = ""
    home: str = ""
    notes: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    """Those that are whole, the oldest first."""
    cut: tuple["PageWish", ...] = ()
    """Those that are to be completed, the newest first."""
    details: tuple[str, ...] = ()
    """Where reading entries failed though nobody foresaw it, for the log; holds nothing of them."""
    error: str = ""
    """Why it could not be read at all; empty where it could."""


class PageWish(NamedTuple):
    """An entry that is to be completed from its page, and its article without that."""

    feed: int
    entry: Entry
    source: str
    seen: Seen


class PageWork(NamedTuple):
    """The page of an entry, to be read."""

    wish: PageWish
    fetched: Fetched
    recurring: Recurring | None = None
    """What recurs across its site."""


class PageRead(NamedTuple):
    """An entry, completed from its page where that could be done."""

    feed: int
    seen: Seen
    error: str
    """Why it could not; empty where it could."""


def work(item: FeedWork | PageWork) -> FeedRead | PageRead:
    """Read a feed's document or an entry's page."""
    return _read_page(item) if isinstance(item, PageWork) else _read_feed(item)


def body_digest(body: bytes) -> bytes:
    """By which a document is known again."""
    return hashlib.sha256(body).digest()


def _read_feed(item: FeedWork) -> FeedRead:
    bare = item.fetched._replace(body=b"")
    digest = body_digest(item.fetched.body)
    try:
        document = read_feed(item.fetched, item.now)
    except InputError as error:
        return FeedRead(item.feed, bare, digest, error=str(error))
    source = document.title or item.source
    addresses = Counter(entry.url for entry in document.entries)
    details: list[str] = []
    entries = [
        _made(entry, source, item.known, details, distinct=addresses[entry.url] == 1)
        for entry in document.entries
    ]
    seen: list[Seen] = []
    cut: list[PageWish] = []
    unread = 0
    for entry, made in zip(document.entries, _with_recurring(entries, item), strict=True):
        unread += made.draft is None and item.known.get(entry.id) != made.digest
        if made.draft is not None and entry.url and wants_page(item.full_text, entry.html):
            cut.append(PageWish(item.feed, entry, source, made))
        else:
            seen.append(made)
    return FeedRead(
        feed=item.feed,
        fetched=bare,
        body_digest=digest,
        title=document.title,
        home=_home(document, item.fetched.url),
        notes=(*document.notes, *([f"{unread} of its entries could not be read"] if unread else [])),
        # Feeds begin with what is newest, which is to stand at the head of the library.
        seen=tuple(reversed(seen)),
        cut=tuple(cut),
        details=tuple(details),
    )


def _home(document: Document, url: str) -> str:
    parts = urlsplit(url)
    return document.home or f"{parts.scheme}://{parts.netloc}/"


def _made(
    entry: Entry, source: str, known: Mapping[str, bytes], details: list[str], *, distinct: bool
) -> Seen:
    raw = _as_page(entry)
    digest = hashlib.sha256(raw).digest()[:_DIGEST]
    draft = None if known.get(entry.id) == digest else _draft(entry, source, raw, details)
    return Seen(entry.id, entry.url, digest, entry.tags, draft, distinct and bool(entry.url))


def _as_page(entry: Entry) -> bytes:
    """The entry's own markup below its title: what it says, and nothing that changes without it."""
    canonical = f'<link rel="canonical" href="{escape(entry.url)}">\n' if entry.url else ""
    title = escape(entry.title, quote=False)
    heading = f"<h1>{title}</h1>\n" if title else ""
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">\n<title>{title}</title>\n{canonical}</head>\n'
        f"<body>\n{heading}{entry.html}\n</body></html>\n"
    ).encode()


def _draft(entry: Entry, source: str, raw: bytes, details: list[str]) -> Draft | None:
    incoming = Incoming(
        raw=raw,
        media="html",
        origin=entry.url or "-",
        metadata=_metadata(entry, source),
        encoding="utf-8",
        fragment=True,
    )
    # Nothing but images, beyond the limits, or a trap for parsers: the title alone is still news, and the
    # other entries of the feed are none the worse.
    for markup in (entry.html, ""):
        bare = markup != entry.html
        one = replace(incoming, raw=_as_page(entry._replace(html=""))) if bare else incoming
        result = attempt(_prepared, one)
        if isinstance(result, Failed):
            details.append(result.details)
        elif result is not None:
            return result
    return None


def _prepared(incoming: Incoming, recurring: Recurring | None = None) -> Draft | None:
    try:
        return prepare(incoming, recurring)
    except InputError:
        return None


def _with_recurring(entries: Sequence[Seen], item: FeedWork) -> list[Seen]:
    """The entries; those that hold lines which recur across their source are cleaned once more."""
    lines = [page_lines(entry.draft.cleaned.page_text) if entry.draft else _NO_LINES for entry in entries]
    sources = [source_of(entry.draft.incoming, place=False) if entry.draft else "" for entry in entries]
    recurring: dict[str, Recurring] = {}
    for source in set(sources) - {""}:
        its = [each for each, of in zip(lines, sources, strict=True) if of == source]
        recurring[source] = among(its, item.recurring if source == item.site else None)
    found = [
        entry._replace(lines=its) if entry.draft else entry for entry, its in zip(entries, lines, strict=True)
    ]
    for at, entry in enumerate(entries):
        known = recurring.get(sources[at])
        if entry.draft and known and any(map(known.others, lines[at].lines)):
            again = attempt(partial(_prepared, recurring=known), entry.draft.incoming)
            if isinstance(again, Draft):
                found[at] = found[at]._replace(draft=again)
    return found


def _metadata(entry: Entry, source: str) -> Metadata:
    return Metadata(
        title=entry.title, url=entry.url, source=source, author=entry.author, published=entry.published
    )


def _read_page(item: PageWork) -> PageRead:
    """The page's article, unless it holds less than what the feed itself gave."""
    wish = item.wish
    own = wish.seen.draft
    try:
        found = page(item.fetched, _metadata(wish.entry, wish.source))
        draft = prepare(found, item.recurring)
    except InputError as error:
        return PageRead(wish.feed, wish.seen, str(error))
    if own is not None and len(draft.canonical.text) < len(own.canonical.text):
        return PageRead(wish.feed, wish.seen, "")
    lines = page_lines(draft.cleaned.page_text)
    return PageRead(wish.feed, wish.seen._replace(draft=draft, lines=lines), "")
