"""What a block of a page stands in: how much of it is prose, links, the article's, and its names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from reader.clean.page.blocks import Block

LEVELS = 5
"""How many elements around a block are asked what they hold."""

_BODY = re.compile(
    r"\b(?:entry-content|(?:article|post|story|blog|page|news)[-_]*(?:body|content|text|copy)|articlebody"
    r"|body-?copy|rich-?text(?:-\w+)*|prose|wysiwyg|content-body|single-content|the-content)\b",
    re.IGNORECASE,
)
"""What content management systems call the element of the article's own text."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN = re.compile(r"(?<![\w-])(?:sr-only|visually-?hidden|screen-reader-text|hidden)(?![\w-])")
_TELLING = frozenset({"aside", "header", "footer", "nav", "form", "figure", "table", "details", "button"})
_HEAVY = 0.5
"""The share of the page's prose from which on an element's name says nothing of what is in it."""


class Weighed(NamedTuple):
    """What a block is, in words."""

    words: int
    core: int
    """Its words, if the first opinion calls it the article's, else 0; and so on."""
    second: int
    linked: int
    prose: int


class Surroundings:
    """The elements around a page's blocks."""

    def __init__(self, blocks: Sequence[Block], weighed: Sequence[Weighed]) -> None:
        self.chains = _chains(blocks)
        """Of each element with a block in it: itself and the elements around it, from the inside out."""
        self.sums = _sums(blocks, weighed, self.chains)
        """What the nearest elements around a block hold."""
        self.heavy = _heavy(blocks, weighed, self.chains)
        """The elements that hold most of the page's prose: it is not a menu that is called ``menu``."""
        self._names: dict[HtmlElement, frozenset[str]] = {}

    def names(self, element: HtmlElement) -> frozenset[str]:
        """What the element and those around it are: ``within:article``, ``within:nav``, ``hidden``."""
        if element in self._names:
            return self._names[element]
        chain = [element]
        known: frozenset[str] = frozenset()
        for around in element.iterancestors():
            if around in self._names:
                known = self._names[around]
                break
            chain.append(around)
        for each in reversed(chain):
            own = _named(each, telling=each not in self.heavy)
            known = self._names[each] = known | own if own else known
        return known


def _chains(blocks: Iterable[Block]) -> dict[HtmlElement, list[HtmlElement]]:
    chains: dict[HtmlElement, list[HtmlElement]] = {}
    for block in blocks:
        if block.element not in chains:
            chains[block.element] = [block.element, *block.element.iterancestors()]
    return chains


def _sums(
    blocks: Sequence[Block], weighed: Sequence[Weighed], chains: dict[HtmlElement, list[HtmlElement]]
) -> dict[HtmlElement, Weighed]:
    totals: dict[HtmlElement, list[int]] = defaultdict(lambda: [0] * 5)
    for block, (words, core, second, linked, prose) in zip(blocks, weighed, strict=True):
        for element in chains[block.element][:LEVELS]:
            row = totals[element]
            row[0] += words
            row[1] += core
            row[2] += second
            row[3] += linked
            row[4] += prose
    return {element: Weighed(*row) for element, row in totals.items()}


def _heavy(
    blocks: Sequence[Block], weighed: Sequence[Weighed], chains: dict[HtmlElement, list[HtmlElement]]
) -> set[HtmlElement]:
    prose: dict[HtmlElement, int] = defaultdict(int)
    for block, mine in zip(blocks, weighed, strict=True):
        if mine.prose:
            prose[block.element] += mine.prose
    totals: dict[HtmlElement, int] = defaultdict(int)
    for element, words in prose.items():
        for around in chains[element]:
            totals[around] += words
    least = _HEAVY * sum(prose.values())
    return {element for element, words in totals.items() if words >= least}


def _named(element: HtmlElement, *, telling: bool) -> frozenset[str]:
    """What one element is. One that holds most of the page is asked only whether it is the article's."""
    tag = element.tag
    names: set[str] = set()
    if tag in ("article", "main") or (telling and tag in _TELLING):
        names.add(f"within:{tag}")
    attributes = element.attrib
    if attributes:
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if "articleBody" in (element.get("itemprop") or ""):
            names.add("within:articleBody")
        if element.get("role") == "main":
            names.add("within:main")
        if _BODY.search(named):
            names.add("within:body-class")
        if telling and (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or _HIDING.search(element.get("style") or "")
            or _HIDDEN.search(named)
        ):
            names.add("hidden")
    return frozenset(names)
