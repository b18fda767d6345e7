"""Where a quote that was marked elsewhere stands in a text: there, perhaps there, or nowhere."""

from collections.abc import Sequence
from typing import NamedTuple

from reader.model import Anchor, AnchorStatus, Span
from reader.text.find import find_all
from reader.text.spans import occurrences, quote_of

_UNMISTAKABLE = 32
"""From so many code points on, a quote that stands once is in its place, whatever stood around it elsewhere:
pages have other words around an article than its own text has."""


class Place(NamedTuple):
    """Where a quote is."""

    span: Span
    status: AnchorStatus
    """``ok`` where it is there beyond doubt, ``review`` where a person has to look, ``orphan`` where it is
    not in the text; the span is empty then."""


NOWHERE = Place(Span(0, 0), "orphan")


def placed(text: str, exact: str, prefix: str = "", suffix: str = "") -> Place:
    """Where a quote stands.

    Without doubt is a place where the words stand, any white space counting as any other, and that alone has
    the words before and after; or the only place of a long quote. Another place of the words, and one where
    only case, accents, quotation marks or dashes differ, is for review.

    Args:
        text: A canonical text.
        exact: The words.
        prefix: What stood before them.
        suffix: What stood after them.
    """
    places = occurrences(text, exact)
    if not places:
        # In small letters, since with a capital one the case would count.
        alike = find_all(text, exact.lower())
        return Place(_best(text, alike, prefix, suffix), "review") if alike else NOWHERE
    sides = bool(prefix.strip()) + bool(suffix.strip())
    fitting = [place for place in places if _fits(text, place, prefix, suffix) == sides]
    if len(fitting) == 1:
        return Place(fitting[0], "ok")
    if len(places) == 1 and (len(exact) >= _UNMISTAKABLE or _fits(text, places[0], prefix, suffix)):
        return Place(places[0], "ok")
    return Place(_best(text, fitting or places, prefix, suffix), "review")


def anchored(text: str, revision_id: str, given: Anchor) -> Anchor:
    """Where a mark that was made in another text has its place in this one, by what it quotes.

    Where that is not sure, the anchor keeps the words and what stood around them.

    Args:
        text: A canonical text.
        revision_id: The revision that has it.
        given: The anchor in the other text.
    """
    span, status = placed(text, given.exact, given.prefix, given.suffix)
    if status != "ok":
        return given._replace(revision_id=revision_id, span=span, status=status)
    return Anchor(revision_id, span, *quote_of(text, span))


def _best(text: str, places: Sequence[Span], prefix: str, suffix: str) -> Span:
    """The place with most of the words around it, the first of several."""
    return max(places, key=lambda place: (_fits(text, place, prefix, suffix), -place.start))


def _fits(text: str, place: Span, prefix: str, suffix: str) -> int:
    """On how many sides of a place the words stand that stood there, white space aside."""
    before, after = "".join(prefix.split()), "".join(suffix.split())
    fits = 0
    if before:
        # White space is what may differ, so twice as much is looked at.
        found = "".join(text[max(0, place.start - 2 * len(prefix) - 8) : place.start].split())
        fits += found.endswith(before)
    if after:
        found = "".join(text[place.end : place.end + 2 * len(suffix) + 8].split())
        fits += found.startswith(after)
    return fits
