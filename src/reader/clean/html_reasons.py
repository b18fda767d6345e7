"""Why a block of a page is not its article: what the elements it stands in are called."""

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml.html import HtmlElement

from reader.clean.rules import Rule, ruleset

_NOT_WORD = re.compile(r"[^a-z0-9-]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Reasons:
    """The rule that says what a block outside the article is, remembered for each element.

    What holds a part of the article is no sidebar or menu, whatever it is called: its name says nothing.
    """

    def __init__(self, article: Iterable[HtmlElement]) -> None:
        self._known: dict[HtmlElement, Rule | None] = {}
        for element in article:
            at: HtmlElement | None = element
            while at is not None and at not in self._known:
                self._known[at] = None
                at = at.getparent()

    def of(self, element: HtmlElement) -> Rule | None:
        """The rule of the nearest element, from this one outwards, that says why; None if none does."""
        chain: list[HtmlElement] = []
        found: Rule | None = None
        at: HtmlElement | None = element
        while at is not None and at.tag not in ("body", "html"):
            if at in self._known:
                found = self._known[at]
                break
            chain.append(at)
            found = _rule(describe(at))
            if found:
                break
            at = at.getparent()
        for each in chain:
            self._known[each] = found
        return found


@lru_cache(maxsize=4096)
def _rule(described: str) -> Rule | None:
    """The rule that says what an element is; sites use the same few names a thousand times over."""
    return ruleset().element.whole(described)


def describe(element: HtmlElement) -> str:
    """An element as rules see it: its tag, then the words of its role, id and class in lower case."""
    words = " ".join(filter(None, (element.get("role"), element.get("id"), element.get("class"))))[:300]
    named = _NOT_WORD.sub(" ", _CAMEL.sub("-", words).lower()).strip()
    return f"{element.tag} {named}".strip()
