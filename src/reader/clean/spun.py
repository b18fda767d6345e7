"""Whether a text was rewritten by a program that puts synonyms in the place of words.

Such a text reads like an account of what somebody said, and its quotes are nobody's words. It betrays itself
by slips no person makes: the "State Division", a "yr in the past". What is known of them is data,
``spun.toml``; one proves nothing, several different ones in a short text do.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reader.model import TextWarning

_FEWEST = 3
"""So many different slips are wanted, however heavy they are."""
_ENOUGH = 6.0
"""What the different slips of a text must weigh together,"""
_A_THOUSAND_WORDS = 2.0
"""and what they must weigh more for each thousand words."""


_LOOKED_AT = 200_000
"""So many code points of a text are looked at: it is spun as a whole or not at all."""

_WORDS = re.compile(r"\w+")


class Slip(NamedTuple):
    """A phrase that a program wrote in the place of another."""

    says: str
    means: str
    unless: str
    """A word after which it is none; empty where there is no such word."""
    weight: float
    words: frozenset[str]
    """Its words in lower case: a text that lacks one of them has not this slip."""


class Group(NamedTuple):
    """Slips of one kind, with the sentences that prove them."""

    id: str
    slips: tuple[Slip, ...]
    finds: tuple[str, ...]
    keeps: tuple[str, ...]


@cache
def groups() -> tuple[Group, ...]:
    """The slips of this package, read at the first call."""
    content = tomllib.loads(Path(__file__).with_name("spun.toml").read_text(encoding="utf-8"))
    return tuple(
        Group(
            id=group["id"],
            slips=tuple(_slip(group["weight"], *slip) for slip in group["slips"]),
            finds=tuple(group["finds"]),
            keeps=tuple(group["keeps"]),
        )
        for group in content["group"]
    )


def _slip(weight: float, says: str, means: str, unless: str = "") -> Slip:
    says = says.replace("’", "'")
    return Slip(says, means, unless, weight, frozenset(_WORDS.findall(says.lower())))


@cache
def _by_weight() -> tuple[Slip, ...]:
    """All slips, those first that decide where two share words."""
    slips = (slip for group in groups() for slip in group.slips)
    return tuple(sorted(slips, key=lambda slip: (-slip.weight, -len(slip.says))))


def slips_in(text: str) -> list[tuple[str, Slip]]:
    """The different slips in a text, each as it stands there, the heaviest first.

    No two of them share a word or mean the same.
    """
    folded = " ".join(text.split()).replace("’", "'")
    lowered = folded.lower()
    if len(lowered) != len(folded):
        # A few letters are longer in lower case; what is told is then in lower case too.
        folded = lowered
    words = set(_WORDS.findall(lowered))
    found: list[tuple[int, int, Slip]] = []
    meant: set[str] = set()
    for slip in _by_weight():
        if not slip.words <= words or slip.means.casefold() in meant:
            continue
        for start in places(lowered if slip.says.islower() else folded, slip):
            end = start + len(slip.says)
            if all(end <= other or start >= stop for other, stop, _ in found):
                found.append((start, end, slip))
                meant.add(slip.means.casefold())
                break
    found.sort(key=lambda each: (-each[2].weight, each[0]))
    return [(folded[start:end], slip) for start, end, slip in found]


def places(text: str, slip: Slip) -> Iterator[int]:
    """Where a slip stands as whole words, and not before the word that makes it none."""
    start = text.find(slip.says)
    while start >= 0:
        end = start + len(slip.says)
        whole = not (
            text[start - 1 : start].isalnum() or (slip.says[-1].isalnum() and text[end : end + 1].isalnum())
        )
        if whole and not (slip.unless and text.startswith(f" {slip.unless} ", end)):
            yield start
        start = text.find(slip.says, end)


def warnings(text: str) -> tuple[TextWarning, ...]:
    """What a reader of a text must know before quoting it; nothing in nearly all cases."""
    text = text[:_LOOKED_AT]
    found = slips_in(text)
    if len(found) < _FEWEST:
        return ()
    words = len(text.split())
    weight = sum(slip.weight for _, slip in found)
    if weight < _ENOUGH + _A_THOUSAND_WORDS * words / 1000:
        return ()
    evidence = tuple((shown, slip.means) for shown, slip in found)
    return (TextWarning("machine-spun", "looks machine-spun, so quotes are not verbatim", evidence),)
