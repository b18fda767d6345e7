"""OPML 2.0, for other readers and for this one."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from reader.sources import Feed

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def opml(feeds: Iterable[Feed]) -> str:
    """A list of feeds, in folders; folders and feeds keep the order they come in."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>Feeds</title></head>",
        "  <body>",
    ]
    tree: dict[str, object] = {}
    for feed in feeds:
        place = tree
        for name in feed.folder.split("/") if feed.folder else ():
            inner = place.setdefault(f"/{name}", {})
            assert isinstance(inner, dict)
            place = inner
        place[feed.url] = feed
    _write(tree, lines, 2)
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _write(tree: dict[str, object], lines: list[str], depth: int) -> None:
    indent = "  " * depth
    for name, item in tree.items():
        if isinstance(item, Feed):
            home = f" htmlUrl={_quoted(item.home)}" if item.home else ""
            title = _quoted(item.title)
            lines.append(
                f'{indent}<outline type="rss" text={title} title={title} xmlUrl={_quoted(item.url)}{home}/>'
            )
        elif isinstance(item, dict):
            shown = _quoted(name[1:])
            lines.append(f"{indent}<outline text={shown} title={shown}>")
            _write(item, lines, depth + 1)
            lines.append(f"{indent}</outline>")


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))
