"""Why a block of a page is not its article: what the elements it stands in are called."""

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml.html import HtmlElement

from reader.clean.rules import Rule, ruleset

_NOT_WORD = re.compile(r"[^a-z0-9-]+")
_NUMBER = re.compile(r"\d{2,}")
"""What parts the names of elements of one sort; no rule asks for it."""
_LONGEST = 300
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
            found = _rule(str(at.tag), _named(at))
            if found:
                break
            at = at.getparent()
        for each in chain:
            self._known[each] = found
        return found


@lru_cache(maxsize=4096)
def _rule(tag: str, named: str) -> Rule | None:
    """The rule that says what an element is; sites use the same few names a thousand times over."""
    return ruleset().element.whole(described(tag, named))


def described(tag: str, named: str) -> str:
    """An element as rules see it: its tag, then the words of its role, id and class in lower case."""
    if not named:
        return tag
    words = _NOT_WORD.sub(" ", _CAMEL.sub("-", named).lower()).strip()
    return f"{tag} {_NUMBER.sub('0', words)}".strip()


def _named(element: HtmlElement) -> str:
    """An element's role, id and class."""
    return " ".join(filter(None, map(element.get, ("role", "id", "class"))))[:_LONGEST]
