"""The rules: data in ``rules.toml``, compiled once, when the first sentence is judged.

The file's comments say what each table means.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

Search = Callable[[str, int, int], "re.Match[str] | None"]
"""Looks for a pattern between two offsets of a text."""


class Verb(NamedTuple):
    """A verb, or several words that are one, by which somebody is said to say something."""

    needs: Literal["", "something", "object", "clause", "content", "quote"] = ""
    denies: bool = False
    foresees: bool = False
    anyone: bool = False
    """Whether whoever may be its subject, not only what is known to speak."""
    inverts: bool = False
    """Whether the subject may follow: ``…, said the union``."""


class Rules(NamedTuple):
    """All of them."""

    verbs: dict[str, Verb]
    """By form, in lower case."""
    phrases: Callable[[str, int, int], Iterator[tuple["re.Match[str]", Verb]]]
    """Finds what is several words, between two offsets of a text."""
    sources: Search
    no_sources: frozenset[str]
    """What things go according to, and what says nothing: a plan."""
    reworded: frozenset[str]
    """Sources that are another's words in prose that nobody reworded."""
    unnamed: Search
    denial: Search
    reported_denial: Search
    forecast: Search
    reported_forecast: Search
    figures: Search
    durations: frozenset[str]
    """What a number before it does not count."""
    numbered: frozenset[str]
    """What a number after it does not count."""
    titles: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    given_titles: frozenset[str]
    """Titles before a first name: *Dame Miriam*."""
    roles: frozenset[str]
    ranks: frozenset[str]
    """Titles and roles."""
    heads: frozenset[str]
    """The nouns that descriptions of those who speak end in: persons, bodies, documents."""
    organisations: frozenset[str]
    outlets: frozenset[str]
    rubrics: frozenset[str]
    """What stands before a colon and is no speaker."""
    function: frozenset[str]
    """The commonest words of English."""


@cache
def rules() -> Rules:
    """The rules that come with the program."""
    return compiled(tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8")))


def compiled(table: dict[str, Any]) -> Rules:
    """Compiles the rules of a TOML table.

    Raises:
        KeyError: a table is missing.
        re.error: a pattern is malformed.
    """
    people, figures = table["people"], table["figures"]
    verbs: dict[str, Verb] = {}
    for entry in table["verb"]:
        verbs |= dict.fromkeys(entry["words"], _verb(entry))
    return Rules(
        verbs=verbs,
        phrases=_phrases(table["phrase"]),
        sources=_search(rf"\b{re.escape(words)}\b" for words in table["sources"]["according"]),
        no_sources=frozenset(table["sources"]["no_sources"]),
        reworded=frozenset(table["sources"]["reworded"]),
        unnamed=_search(table["unnamed"]["patterns"]),
        denial=_search(table["denial"]["patterns"]),
        reported_denial=_search(table["denial"]["reported"]),
        forecast=_search(table["forecast"]["patterns"]),
        reported_forecast=_search(table["forecast"]["reported"]),
        figures=_search(figures["patterns"]),
        durations=frozenset(figures["durations"]),
        numbered=frozenset(figures["names"]),
        titles=frozenset(people["titles"]),
        male=frozenset(people["male"]),
        female=frozenset(people["female"]),
        given_titles=frozenset(people["given_titles"]),
        roles=frozenset(people["roles"]),
        ranks=frozenset(people["titles"] + people["roles"]),
        heads=frozenset(people["roles"] + people["speakers"] + people["organisations"]),
        organisations=frozenset(people["organisations"]),
        outlets=frozenset(people["outlets"]),
        rubrics=frozenset(table["turns"]["rubrics"]),
        function=frozenset(table["words"]["function"]),
    )


def _verb(entry: dict[str, Any]) -> Verb:
    return Verb(
        needs=entry.get("needs", ""),
        denies=entry.get("denies", False),
        foresees=entry.get("foresees", False),
        anyone=entry.get("anyone", False),
        inverts=entry.get("inverts", False),
    )


def _phrases(
    entries: Sequence[dict[str, Any]],
) -> Callable[[str, int, int], Iterator[tuple["re.Match[str]", Verb]]]:
    verbs = [_verb(entry) for entry in entries]
    alternatives = (f"(?P<p{n}>{entry['pattern']})" for n, entry in enumerate(entries))
    pattern = re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)

    def found(text: str, start: int, end: int) -> Iterator[tuple["re.Match[str]", Verb]]:
        for match in pattern.finditer(text, start, end):
            yield match, verbs[int((match.lastgroup or "p0")[1:])]

    return found


def _search(patterns: Iterable[str]) -> Search:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE).search
