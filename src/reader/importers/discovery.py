"""The feeds that a page names: ``<link rel="alternate" type="application/rss+xml" href="…">``."""

from reader.importers.entries import address, one_line
from reader.sources import Fetched, Wish

_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"}
)


def feeds_of(page: Fetched) -> list[Wish]:
    """The feeds that a page names, in its order (https://blog.whatwg.org/feed-autodiscovery)."""
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding=page.charset or None, no_network=True, huge_tree=False)
        tree = html.document_fromstring(page.body, parser=parser)
    except (etree.LxmlError, ValueError, LookupError):
        return []
    base = (
        next((address(page.url, str(element.get("href"))) for element in tree.iter("base")), "") or page.url
    )
    found: dict[str, Wish] = {}
    for link in tree.iter("link"):
        rel = str(link.get("rel", "")).lower().split()
        media = str(link.get("type", "")).partition(";")[0].strip().lower()
        url = address(base, str(link.get("href", "")))
        if "alternate" in rel and media in _TYPES and url and "wp-json" not in url:
            found.setdefault(url, Wish(url, one_line(str(link.get("title", "")))))
    return list(found.values())
