"""A page's tree: parsed without network or entities, and within limits."""

from lxml import etree, html
from lxml.html import HtmlElement

from reader.errors import InputError

MAX_BYTES = 2_000_000
"""Beyond this a page takes seconds to extract; an article's page is a tenth of it."""

DEEPEST = 250
"""libxml2 gives up at 256 open elements, and drops what follows without a word."""

_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement)
"""One class for all elements, which lxml finds without asking Python each time it meets one."""


def parse(text: str) -> HtmlElement:
    """The page's tree, read without network, entities or recovery of unbounded nesting.

    Raises:
        InputError: when the page is larger than `MAX_BYTES` or holds no element at all.
    """
    raw = text.encode("utf-8", errors="replace")
    if len(raw) > MAX_BYTES:
        raise InputError(
            f"the page is too large ({len(raw) / 1e6:.1f} MB, {MAX_BYTES / 1e6:.0f} MB at most): "
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
