"""A typed query taken apart into words, phrases, signs and fields, each with the place it stands at."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias, cast

from reader.query.tree import CODES, FLAGS, RELATIONS, WORD_FIELDS

FIELDS = (*WORD_FIELDS, *CODES, *FLAGS, *RELATIONS, "saved")
"""What may stand before a colon."""

Kind: TypeAlias = Literal["(", ")", "AND", "OR", "NOT", "field", "word", "phrase"]

# One for one, so that places stay. A NUL parts words: the index ends a text there.
_SIGNS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})

_PHRASE = r'"(?P<phrase>[^"]*)(?P<close>"?)'
_WORD = r'(?P<word>[^\s"()]+)'
# A name that is no field is taken for one where something follows at once, so that it can be told as wrong;
# else it is a word that ends in a colon. An address is a word.
_FIELD = rf"(?P<field>(?i:{'|'.join(FIELDS)})(?=:)|[^\W\d_]+(?=:[^\s)]))(?!://):"
_token = re.compile(rf"\s*(?:{_PHRASE}|(?P<sign>[()]|-(?=[^\s)-]))|{_FIELD}|{_WORD})").match
_value = re.compile(f"{_PHRASE}|{_WORD}").match


class Token(NamedTuple):
    """A piece of a query."""

    kind: Kind
    text: str
    at: int
    """The code point it begins at."""
    end: int
    closed: bool = True
    """False for a phrase that the end of the query cuts off."""


def tokens(query: str) -> Iterator[Token]:
    """The pieces of a query, in order; blanks only part them."""
    query = query.translate(_SIGNS)
    at = 0
    while found := _token(query, at):
        kind = found.lastgroup
        at = found.end()
        if kind == "field":
            yield Token("field", found["field"], found.start("field"), at)
            if value := _value(query, at):
                at = value.end()
                yield _words(value)
        elif kind == "sign":
            sign = found["sign"]
            yield Token("NOT" if sign == "-" else cast("Kind", sign), sign, at - 1, at)
        elif kind == "word" and found["word"] in {"AND", "OR", "NOT"}:
            yield Token(cast("Kind", found["word"]), found["word"], found.start("word"), at)
        else:
            yield _words(found)


def _words(found: re.Match[str]) -> Token:
    if found["word"] is not None:
        return Token("word", found["word"], found.start("word"), found.end())
    return Token("phrase", found["phrase"], found.start("phrase") - 1, found.end(), bool(found["close"]))
