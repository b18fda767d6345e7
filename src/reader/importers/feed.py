"""A feed's document of whichever kind: RSS and Atom through feedparser, JSON Feed by its own importer."""

from reader.errors import InputError
from reader.importers import jsonfeed, ordinary, syndication
from reader.importers.sniffing import is_html
from reader.sources import Document, Fetched


def read_feed(fetched: Fetched, now: str) -> Document:
    """Read a feed.

    Args:
        fetched: what the server gave.
        now: the time, ISO 8601 in UTC; what claims to be of later days bears no date.

    Raises:
        InputError: it is no feed, or one of which nothing can be read.
    """
    body = fetched.body
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise InputError("it is empty: nothing came from its address")
    if start.startswith(b"{"):
        return jsonfeed.read(body, fetched.url, now)
    document = ordinary.read(fetched, now) or syndication.read(fetched, now)
    if document is not None:
        return document
    if is_html(body[:4096]):
        raise InputError("it is a web page and no feed: does it want a login, or has the feed moved?")
    raise InputError("it is no feed: neither RSS nor Atom nor JSON Feed")


def may_be_feed(fetched: Fetched) -> bool:
    """Whether what came looks like a feed rather than a page."""
    start = fetched.body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{"):
        return b"jsonfeed.org/version" in start
    return any(mark in start for mark in (b"<rss", b"<feed", b"<rdf:rdf")) and b"<html" not in start
