"""A page that was fetched, as an article to clean."""

from dataclasses import replace
from urllib.parse import urlsplit

from reader.errors import InputError
from reader.importers.base import refuse_large
from reader.importers.entries import address
from reader.importers.feed import may_be_feed
from reader.model import Incoming, Media, Metadata
from reader.sources import Fetched

_MEDIA: dict[str, Media] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
}
_LITTLE = 1500
"""Code points of visible text; a page that asks for a password and has no more is a login."""


def page(fetched: Fetched, given: Metadata | None = None) -> Incoming:
    """What a server gave for a page.

    The address is the one that the page itself names as its own (``rel=canonical``), if that is of the same
    site, else the one that it came from.

    Args:
        fetched: what came.
        given: what is known of the article already; it wins over what the page says.

    Raises:
        InputError: it is no page that could hold an article; the message says what it is and what to do.
    """
    body = fetched.body
    if not body.strip():
        raise InputError("it is empty: nothing came from its address")
    if may_be_feed(fetched):
        raise InputError("it is a feed: reader feeds add subscribes to it")
    media = _MEDIA.get(fetched.media or "text/html")
    if media is None:
        kind = "a PDF" if body.startswith(b"%PDF") else f"of the kind {fetched.media}"
        raise InputError(f"it is {kind}, which cannot be read: save its text and add the file")
    refuse_large(body)
    url = fetched.url
    if media == "html":
        url = _canonical(fetched) or url
    return Incoming(
        raw=body,
        media=media,
        origin=fetched.url,
        metadata=replace(given or Metadata(), url=url),
        encoding=fetched.charset,
    )


def _canonical(fetched: Fetched) -> str:
    """The address that the page calls its own, or nothing.

    Raises:
        InputError: it is a login.
    """
    from lxml import etree, html

    try:
        tree = html.document_fromstring(
            fetched.body, parser=html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
        )
    except (etree.LxmlError, ValueError):
        return ""
    if any(str(field.get("type", "")).lower() == "password" for field in tree.iter("input")):
        words = sum(len(text.strip()) for paragraph in tree.iter("p") for text in paragraph.itertext())
        if words < _LITTLE:
            raise InputError("it is behind a login: save the page in your browser and add the file")
    for link in tree.iter("link"):
        if "canonical" in str(link.get("rel", "")).lower().split():
            url = address(fetched.url, str(link.get("href", "")))
            if _site(url) == _site(fetched.url) and urlsplit(url).path.strip("/"):
                return url
    return ""


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
