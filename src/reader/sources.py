"""The frozen objects of where news comes from: what was fetched, feeds, and their entries as they were read.

As in `model`, times are ISO 8601 in UTC and unknown text is the empty string.
"""

from typing import Literal, NamedTuple, TypeAlias

from reader.model import Draft, PageLines

FullText: TypeAlias = Literal["never", "short", "always"]
FULL_TEXTS: tuple[FullText, ...] = ("never", "short", "always")
"""When an entry's text is fetched from its page: never, where the feed cuts it, always."""


class Request(NamedTuple):
    """What is to be fetched, and what is known of it already."""

    url: str
    etag: str = ""
    modified: str = ""
    """The ``Last-Modified`` that came with it the last time."""


class Fetched(NamedTuple):
    """What a server gave."""

    url: str
    """The address it came from, after all redirects."""
    moved: str
    """The address to ask from now on, where the server said that it has moved for good; else empty."""
    unchanged: bool
    """Whether the server said that nothing has changed since (304); there is no body then."""
    body: bytes
    media: str
    """The media type, without its parameters: ``text/html``."""
    charset: str
    """The encoding that the server named, or empty."""
    etag: str
    modified: str


class Missed(NamedTuple):
    """Why nothing came."""

    message: str
    """In one line, without the address: what and why, and what to do where something can be done."""
    status: int = 0
    """The status that the server gave, 0 where it gave none."""
    retry_after: str = ""
    """The ``Retry-After`` it came with, or empty."""


class Entry(NamedTuple):
    """One entry of a feed, as it was read."""

    id: str
    """What the feed calls it; never empty: its address or a hash of its words where the feed gives no id."""
    url: str
    title: str
    author: str
    published: str
    tags: tuple[str, ...]
    """Its categories."""
    html: str
    """Its text as markup; the longest text that the feed gives."""


class Document(NamedTuple):
    """A feed's document, as it was read."""

    title: str
    home: str
    """The address of the site it belongs to."""
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    """What is wrong with it though it could be read, each in one line."""


class Seen(NamedTuple):
    """An entry made ready for the store."""

    id: str
    url: str
    digest: bytes
    """Of all that the feed says of it; empty where it shall be looked at again the next time."""
    tags: tuple[str, ...]
    draft: Draft | None
    """None where the digest is that of the last time: nothing was cleaned."""
    distinct: bool
    """Whether no other entry of its feed has the same address, so that the address tells which it is."""
    lines: PageLines | None = None
    """The lines of the draft's page text, to be counted; None without a draft."""


class Feed(NamedTuple):
    """A feed that is subscribed to."""

    number: int
    id: str
    url: str
    title: str
    """The person's own, else the feed's, else its address."""
    home: str
    folder: str
    full_text: FullText
    etag: str
    modified: str
    body_digest: bytes
    """Of the last document; empty where it shall be read again even if it is the same."""
    checked_at: str
    """When it was asked last."""
    fetched_at: str
    """When it answered last."""
    next_at: str
    """It is not asked before; empty where there is no reason to wait."""
    failures: int
    """How many times in a row it could not be read."""
    error: str
    """Why it could not be read the last time; empty when it could."""
    notes: tuple[str, ...]
    """What was wrong with what was read the last time."""
    retired: bool
    """Whether its publisher said that it is gone; it is asked only when it is named."""
    articles: int
    unread: int


class FeedChange(NamedTuple):
    """What one look at a feed has changed about it."""

    url: str
    title: str
    home: str
    etag: str
    modified: str
    body_digest: bytes
    notes: tuple[str, ...]


class Taken(NamedTuple):
    """What became of a feed's entries."""

    added: int
    updated: int
    met: int
    """How many entries were there before under the same id."""
    renamed: int
    """How many entries were there before under another id."""


class Wish(NamedTuple):
    """A feed that somebody asks for, as OPML tells it."""

    url: str
    title: str = ""
    folder: str = ""


class Refreshed(NamedTuple):
    """What became of one feed in a refresh."""

    feed: Feed
    """As it is afterwards."""
    outcome: Literal["updated", "unchanged", "failed", "retired", "waiting"]
    added: int = 0
    updated: int = 0
    """How many articles have a newer text."""
