"""Other programs that take articles out of pages, each as its documentation says to use it."""

import logging
from collections.abc import Callable
from html import escape

from bench.labelled import Document


def as_page(document: Document) -> str:
    """The document as HTML: a plain text's lines become paragraphs, which is all such programs can read."""
    if document.media == "html":
        return document.content
    lines = (line.strip() for line in document.content.split("\n"))
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return f"<html><head><title></title></head><body><article>{paragraphs}</article></body></html>"


def nothing(document: Document) -> str:
    """Leave a plain text as it is; of a page, all its text."""
    if document.media == "text":
        return document.content
    from trafilatura import html2txt

    return str(html2txt(document.content))


def trafilatura(document: Document) -> str:
    """Default settings (https://trafilatura.readthedocs.io/en/latest/usage-python.html)."""
    from trafilatura import extract

    return extract(as_page(document), url=document.url or None) or ""


def readability(document: Document) -> str:
    """``Document(html).summary()`` (https://pypi.org/project/readability-lxml/), a line a text node."""
    from lxml.html import document_fromstring
    from readability import Document as Page
    from readability.readability import Unparseable

    try:
        summary = Page(as_page(document)).summary(html_partial=True)
    except Unparseable:
        return ""
    return "\n".join(document_fromstring(summary).itertext()) if summary.strip() else ""


def justext(document: Document) -> str:
    """The paragraphs that are not boilerplate, by the English list (https://pypi.org/project/jusText/)."""
    from justext import get_stoplist
    from justext import justext as paragraphs

    found = paragraphs(as_page(document), get_stoplist("English"))
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


PEERS: dict[str, Callable[[Document], str]] = {
    "nothing": nothing,
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "jusText": justext,
}

for _name in ("trafilatura", "readability", "htmldate", "charset_normalizer"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
