"""A query as a tree, and what each of its conditions is about.

An article bears marks, and a mark bears stances. A query is judged of one thing: of an article in the library
and by ``reader list``, of a mark by ``annotations`` and ``export``, of a mark with one of its stances on the
board. One rule says what a condition about something further down means:

* a condition alone: that some mark (some stance) is so;
* an AND in which such a condition stands without NOT: that all of it holds of one and the same mark (stance);
* NOT: that what follows does not hold of the thing that is judged. So ``NOT tag:x`` alone is true of an
  article that bears no mark tagged x, and ``has:note NOT tag:x`` of one with a mark that has a note and no
  tag x.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeAlias, get_args


class Level(IntEnum):
    """The things that conditions are about, each borne by the one before."""

    ARTICLE = 0
    MARK = 1
    STANCE = 2


Field: TypeAlias = Literal[
    "", "title", "text", "source", "author", "holder", "tag", "note", "annotator", "target"
]
Relation: TypeAlias = Literal["before", "after", "on"]

_FIELDS: dict[Field, Level] = {
    "": Level.ARTICLE,
    "title": Level.ARTICLE,
    "text": Level.ARTICLE,
    "source": Level.ARTICLE,
    "author": Level.ARTICLE,
    "holder": Level.MARK,
    "tag": Level.MARK,
    "note": Level.MARK,
    "annotator": Level.MARK,
    "target": Level.STANCE,
}
WORD_FIELDS: tuple[Field, ...] = tuple(field for field in _FIELDS if field)
RELATIONS: tuple[Relation, ...] = get_args(Relation)

FLAGS: dict[str, dict[str, Level]] = {
    "is": {
        "read": Level.ARTICLE,
        "unread": Level.ARTICLE,
        "starred": Level.ARTICLE,
        "orphan": Level.MARK,
        "review": Level.MARK,
    },
    "has": {
        "date": Level.ARTICLE,
        "mark": Level.MARK,
        "note": Level.MARK,
        "tag": Level.MARK,
        "holder": Level.MARK,
        "stance": Level.STANCE,
        "target": Level.STANCE,
    },
}
"""What may follow ``is:`` and ``has:``, and what it is said of."""

CODES: dict[str, Level] = {"stance": Level.STANCE, "voice": Level.MARK}
"""The fields whose value is a code, compared whole."""


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that follow each other. Case and accents do not count."""

    field: Field
    """Where they stand; empty: in title or text, or in note, holder, tags or targets of some mark."""
    text: str
    """NFC, without quotation marks, one blank between two words."""
    prefix: bool = False
    """Whether the (last) word may go on."""

    @property
    def level(self) -> Level:
        """What the condition is about."""
        return _FIELDS[self.field]


@dataclass(frozen=True, slots=True)
class Code:
    """A stance or a voice."""

    field: str
    """One of `CODES`."""
    value: str

    @property
    def level(self) -> Level:
        """What the condition is about."""
        return CODES[self.field]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that is so or not: ``is:unread``, ``has:note``."""

    kind: str
    value: str

    @property
    def level(self) -> Level:
        """What the condition is about."""
        return FLAGS[self.kind][self.value]


@dataclass(frozen=True, slots=True)
class Dated:
    """A condition on the published date, certain at the precision that is known and that was typed."""

    relation: Relation
    date: str
    """``2023``, ``2023-03`` or ``2023-03-02``."""

    @property
    def level(self) -> Level:
        """What the condition is about."""
        return Level.ARTICLE


@dataclass(frozen=True, slots=True)
class Not:
    """That something does not hold."""

    item: "Query"


@dataclass(frozen=True, slots=True)
class And:
    """That all of these hold; of nothing it is true, so that an empty query finds everything."""

    items: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """That one of these holds; of nothing it is false."""

    items: "tuple[Query, ...]"


Leaf: TypeAlias = Words | Code | Flag | Dated
Query: TypeAlias = Leaf | Not | And | Or


def leaves(query: Query) -> Iterator[Leaf]:
    """The conditions in a query, from left to right."""
    if isinstance(query, Not):
        yield from leaves(query.item)
    elif isinstance(query, And | Or):
        for item in query.items:
            yield from leaves(item)
    else:
        yield query


def wanted(query: Query) -> Iterator[Leaf]:
    """The conditions that stand without NOT, from left to right."""
    if isinstance(query, And | Or):
        for item in query.items:
            yield from wanted(item)
    elif not isinstance(query, Not):
        yield query


def levels(query: Query) -> set[Level]:
    """What the conditions in a query are about."""
    return {leaf.level for leaf in leaves(query)}


def asserts(query: Query, level: Level) -> bool:
    """Whether a condition about something below a level stands in a query without NOT."""
    return any(leaf.level > level for leaf in wanted(query))


def is_plain(query: Query) -> bool:
    """Whether a query is nothing but words and phrases, all of which are to be found anywhere."""
    items = query.items if isinstance(query, And) else (query,)
    return all(isinstance(item, Words) and not item.field for item in items)
