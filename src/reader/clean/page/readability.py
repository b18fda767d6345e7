"""readability's extractor, less the work that is done already or comes to nothing.

It is given a page's tree instead of cleaning and parsing one, and asked for the share of links in an element
that has none, which is most of them, it counts no text. What it finds is the same.
"""

import re
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement
from readability import Document

_NO_TEXT = ("script", "style", "noscript", "template", "svg", "iframe", "link")
_ASKED = frozenset({"class", "id", "itemprop", "type"})
"""The attributes that the extractor asks for."""
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


class Extractor(Document):  # type: ignore[misc]
    """Finds the article in a page's tree, which stays as it is."""

    def _parse(self, tree: HtmlElement) -> HtmlElement:
        """A tree to work on: what is shown of the page, with the names that are asked for."""
        self.encoding = "utf-8"
        shown = deepcopy(tree)
        etree.strip_elements(shown, *_NO_TEXT, with_tail=False)
        hidden: list[HtmlElement] = []
        for element in shown.iter():
            for name in element.keys():  # noqa: SIM118 -- an element goes over its children, not its attributes
                if name == "hidden" or (name == "style" and _HIDING.search(element.get(name))):
                    hidden.append(element)
                if name not in _ASKED:
                    del element.attrib[name]
        for element in hidden:
            if element.getparent() is not None:
                element.drop_tree()
        return shown

    def get_link_density(self, elem: HtmlElement) -> float:
        """The share of an element's text that is links."""
        linked = sum(map(_length, elem.findall(".//a")))
        return linked / max(1, _length(elem)) if linked else 0.0


def _length(element: HtmlElement) -> int:
    return len(" ".join(element.text_content().split()))
