"""The query language: what is typed to find articles and marks, as a tree.

`docs/queries.md` tells it to those who type it.
"""

from reader.query.parsing import parse
from reader.query.tree import And, Code, Dated, Flag, Level, Not, Or, Query, Words, is_plain, leaves, levels

__all__ = [
    "And",
    "Code",
    "Dated",
    "Flag",
    "Level",
    "Not",
    "Or",
    "Query",
    "Words",
    "is_plain",
    "leaves",
    "levels",
    "parse",
]
