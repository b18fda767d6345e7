"""A page's tree: parsed without network or entities, and within limits."""

import re

from lxml import etree, html
from lxml.html import HtmlElement

from reader.errors import InputError

MAX_BYTES = 2_000_000
"""Beyond this a page takes seconds to extract; an article's page is a tenth of it."""

DEEPEST = 250
"""libxml2 gives up at 256 open elements, and drops what follows without a word."""

MOST_ATTRIBUTES = 1_000
"""With names of their own, of one element. libxml2 compares each with each: 250,000 of them, which 2 MB have
room for, take minutes."""

_ATTRIBUTE = rb"[\s/]++([^\s=>/]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']++)?+)?+"
_names = re.compile(_ATTRIBUTE).findall
_tags = re.compile(rb"<[a-zA-Z][^\s>/]{0,64}+(?:" + _ATTRIBUTE + rb")*+").finditer
"""Tags that open elements; each byte is looked at a few times, whatever is closed or not."""

_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement)
"""One class for all elements, which lxml finds without asking Python each time it meets one."""


def parse(text: str) -> HtmlElement:
    """The page's tree, read without network, entities or recovery of unbounded nesting.

    Raises:
        InputError: when the page is larger than `MAX_BYTES`, one of its elements has more than
            `MOST_ATTRIBUTES` attributes, or it holds no element at all.
    """
    raw = text.encode("utf-8", errors="replace")
    if len(raw) > MAX_BYTES:
        raise InputError(
            f"the page is too large ({len(raw) / 1e6:.1f} MB, {MAX_BYTES / 1e6:.0f} MB at most): "
            "save the article's text and add that"
        )
    if any(_is_crowded(tag) for tag in _tags(raw)):
        raise InputError(
            f"an element of the page has more than {MOST_ATTRIBUTES:,} attributes, which no article needs: "
            "save the article's text and add that"
        )
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(_CLASSES)
    try:
        return html.document_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(
            f"the page cannot be read as HTML ({str(error)[:80]}): add it as a .txt file"
        ) from error


def _is_crowded(tag: "re.Match[bytes]") -> bool:
    # An attribute takes two bytes at least.
    return tag.end() - tag.start() > 2 * MOST_ATTRIBUTES and len(set(_names(tag[0]))) > MOST_ATTRIBUTES
