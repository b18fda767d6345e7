"""What extractors of others take for a page's article: trafilatura first, readability as a second opinion."""

import logging
from collections.abc import Sequence
from itertools import islice
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

_MOST_ELEMENTS = 30_000
"""More elements than this keep the extractors busy for many seconds; such a page goes without opinions."""

_LITTLE, _MUCH_MORE = 1500, 1.5
"""An article of fewer code points than these, or when another is so much longer, may be the wrong one."""

_ENDS = frozenset(
    {"p", "head", "item", "quote", "row", "list", "table", "code", "lb", "div", "ab", "graphic", "body"}
)
"""What ends a paragraph in trafilatura's tree."""
_HTML_ENDS = frozenset(
    {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
     "td", "th", "tr", "table", "section", "article", "main", "aside", "header", "footer", "figure",
     "figcaption", "br", "body", "html"}
)  # fmt: skip
"""What ends one in a tree of HTML."""


def is_too_large(tree: HtmlElement) -> bool:
    """Whether a page has too many elements for any extractor to be asked."""
    return sum(1 for _ in islice(tree.iter(), _MOST_ELEMENTS + 1)) > _MOST_ELEMENTS


def core_opinion(tree: HtmlElement, url: str, second: Sequence[str]) -> list[str]:
    """The paragraphs of what trafilatura finds; none where it finds nothing.

    With its own fallbacks only where it finds little without them, or much less than readability does.

    Args:
        tree: the page.
        url: its address, or empty.
        second: what `second_opinion` says of it.
    """
    found = _core(tree, url, fast=True)
    size = sum(map(len, found))
    if size < _LITTLE or sum(map(len, second)) > _MUCH_MORE * size:
        found = _core(tree, url, fast=False)
    return found


def _core(tree: HtmlElement, url: str, *, fast: bool) -> list[str]:
    """What trafilatura finds; nothing where it fails at hostile markup: its failure is not the reader's."""
    import trafilatura

    try:
        with _Silenced("trafilatura"):
            found: Any = trafilatura.bare_extraction(tree, url=url or None, include_comments=False, fast=fast)
    except Exception:
        # Any exception: a third party's code on hostile input, where the page can still be shown whole.
        return []
    return _paragraphs(found.body, _ENDS) if found is not None and found.body is not None else []


def second_opinion(tree: HtmlElement) -> list[str]:
    """The paragraphs of what readability finds; none where it fails."""
    from reader.clean.page.readability import Extractor

    try:
        with _Silenced("readability.readability"):
            found = Extractor(tree).summary(html_partial=True)
        return _paragraphs(html.fromstring(found), _HTML_ENDS) if found.strip() else []
    except Exception:
        # As above.
        return []


class _Silenced:
    """No word from a library's log while it works on a page: what it fails at is told in the verdicts."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)
        self._level = self._logger.level

    def __enter__(self) -> None:
        self._logger.setLevel(logging.CRITICAL + 1)

    def __exit__(self, *_: object) -> None:
        self._logger.setLevel(self._level)


def _paragraphs(body: HtmlElement, ends: frozenset[str]) -> list[str]:
    """The texts of the tree's block elements, in order."""
    paragraphs: list[str] = []
    current: list[str] = []

    def end() -> None:
        if joined := "".join(current).strip():
            paragraphs.append(joined)
        current.clear()

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in ends:
            end()
        elif element.tag == "cell":
            current.append(" ")
        tail_or_text = element.text if event == "start" else element.tail
        if tail_or_text and not (event == "end" and element is body):
            current.append(tail_or_text)
    end()
    return paragraphs
