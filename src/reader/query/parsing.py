"""From what is typed to a tree, or to what is wrong with it and where."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from typing import get_args

from reader.errors import QueryError
from reader.model import VOICES
from reader.query.lexing import FIELDS, Token, tokens
from reader.query.tree import (
    CODES,
    FLAGS,
    RELATIONS,
    And,
    Code,
    Dated,
    Field,
    Flag,
    Not,
    Or,
    Query,
    Relation,
    Words,
    is_plain,
    leaves,
)

_DEEPEST = 30
"""Brackets and NOTs in each other; SQLite takes expressions only up to some depth."""
_MOST = 100
"""Conditions in a query that is more than words; each may be a search of its own."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_OPERANDS = frozenset({"(", "NOT", "field", "word", "phrase"})


def parse(
    text: str, *, typing: bool = False, saved: Callable[[str], str | None] = lambda name: None
) -> Query:
    """Read a query.

    Args:
        text: what was typed: words and "phrases", fields, AND OR NOT and brackets.
        typing: whether it may go on: what the end has cut off (a quote, a bracket, an operator) is then
            no mistake, and the last word may be the beginning of one.
        saved: gives the text of the query that is saved under a name, for ``saved:name``.

    Raises:
        QueryError: it means nothing; the error says what is wrong and at which code point.
    """
    return _Parser(text, typing, saved).query()


class _Parser:
    """One query, read from left to right."""

    def __init__(
        self, text: str, typing: bool, saved: Callable[[str], str | None], names: tuple[str, ...] = ()
    ) -> None:
        self._text = text
        self._typing = typing
        self._saved = saved
        self._names = names
        """The saved queries that this one stands in."""
        self._tokens = list(tokens(text))
        self._at = 0
        self._depth = 0

    def query(self) -> Query:
        found = self._either() if self._tokens else And(())
        if (token := self._next()) is not None:
            raise self._wrong(token, "there is no ( that this ) would close")
        if not is_plain(found) and sum(1 for _ in leaves(found)) > _MOST:
            raise self._wrong(self._tokens[-1], f"these are more than {_MOST} conditions")
        return found

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _kind(self) -> str:
        token = self._next()
        return "" if token is None else token.kind

    @property
    def _unfinished(self) -> bool:
        """Whether the end is reached of something that is still being typed."""
        return self._typing and self._next() is None

    def _either(self) -> Query:
        """What OR parts."""
        items = [self._all()]
        while self._kind() == "OR":
            operator = self._take()
            if self._unfinished:
                break
            items.append(self._all(operator))
        return _joined(Or, items)

    def _all(self, before: Token | None = None) -> Query:
        """What AND, or nothing but a blank, parts."""
        items = [self._one(before)]
        while (kind := self._kind()) == "AND" or kind in _OPERANDS:
            operator = self._take() if kind == "AND" else None
            if self._unfinished:
                break
            items.append(self._one(operator))
        return _joined(And, items)

    def _one(self, before: Token | None) -> Query:
        """One condition, or a group in brackets, with the NOT before it."""
        token = self._next()
        if token is None or token.kind not in _OPERANDS:
            if before is not None:
                raise self._wrong(before, f"something must follow {before.text}")
            assert token is not None, "only an operator leads to the end"
            if token.kind == ")":
                raise self._wrong(token, "there is no ( that this ) would close")
            raise self._wrong(token, f"something must stand before {token.text}")
        self._take()
        if token.kind == "(":
            return self._group(token)
        if token.kind == "NOT":
            if self._unfinished:
                return And(())
            self._deeper(token)
            item = self._one(token)
            self._depth -= 1
            return item if item == And(()) else Not(item)
        return self._field(token) if token.kind == "field" else self._words("", token)

    def _group(self, opening: Token) -> Query:
        self._deeper(opening)
        if self._unfinished:
            return And(())
        if self._kind() == ")":
            raise self._wrong(opening, "there is nothing between these brackets")
        found = self._either() if self._kind() else And(())
        if self._kind() == ")":
            self._take()
        elif not self._unfinished:
            raise self._wrong(opening, "this ( is not closed")
        self._depth -= 1
        return found

    def _deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong(token, f"brackets and NOTs stand in each other more than {_DEEPEST} deep")

    def _field(self, token: Token) -> Query:
        """A field and its value, which follows at once."""
        name = token.text.lower()
        if name not in FIELDS:
            hint = _near(name, FIELDS) or ': a word with a colon stands in "quotes"'
            raise self._wrong(token, f"there is no field {name}{hint}")
        value = self._next()
        if value is None or value.at != token.end or value.kind not in {"word", "phrase"}:
            if self._unfinished:
                return And(())
            raise self._wrong(token, f"{name}: wants {_wanted(name)} right after the colon")
        self._take()
        if name == "saved":
            return self._named(value)
        if name in RELATIONS:
            return Dated(_relation(name), self._date(name, value))
        if name in FLAGS or name in CODES:
            return self._code(name, value)
        return self._words(next(field for field in get_args(Field) if field == name), value)

    def _named(self, value: Token) -> Query:
        """What a saved query says, in its place."""
        name = _clean(value.text)
        text = self._saved(name)
        if text is None:
            raise self._wrong(value, f"there is no query saved as {name}")
        if name in self._names:
            raise self._wrong(value, f"the saved query {name} holds itself")
        try:
            return _Parser(text, False, self._saved, (*self._names, name)).query()
        except QueryError as error:
            raise self._wrong(value, f"in the saved query {name}: {error.what}") from error

    def _code(self, name: str, value: Token) -> Query:
        code = _clean(value.text).lower()
        if name in FLAGS:
            if code not in FLAGS[name]:
                raise self._wrong(value, f"{name}: wants {_wanted(name)}{_near(code, FLAGS[name])}")
            return Flag(name, code)
        if not code or (name == "voice" and code not in VOICES):
            raise self._wrong(value, f"{name}: wants {_wanted(name)}")
        return Code(name, code)

    def _date(self, name: str, value: Token) -> str:
        found = _DATE.fullmatch(value.text.strip())
        if found is None:
            raise self._wrong(value, f"{name}: wants {_wanted(name)}")
        year, month, day = (int(part or 1) for part in found.groups())
        try:
            date(year, month, day)
        except ValueError:
            raise self._wrong(value, f"there is no such date as {value.text.strip()}") from None
        return found[0]

    def _words(self, field: Field, token: Token) -> Query:
        if not (token.closed or self._typing):
            raise self._wrong(token, "the quote that begins here has no end")
        text = _clean(token.text)
        prefix = False
        if token.kind == "word":
            stem = text.rstrip("*")
            # A single letter begins too many words to be of use.
            able = len(stem) > 1 and stem[-1].isalnum()
            if able and stem != text:
                text, prefix = stem, True
            prefix |= able and self._typing and token.end == len(self._text)
        if not text:
            if field and not self._unfinished:
                raise self._wrong(token, f"{field}: wants {_wanted(field)} right after the colon")
            return And(())
        return Words(field, text, prefix)

    def _wrong(self, token: Token, what: str) -> QueryError:
        return QueryError(what, self._text, token.at)


def _relation(name: str) -> Relation:
    return next(relation for relation in RELATIONS if relation == name)


def _clean(text: str) -> str:
    """NFC, a blank between two words, and nothing that UTF-8 cannot hold."""
    text = unicodedata.normalize("NFC", text).encode(errors="replace").decode()
    return " ".join(text.split())


def _joined(kind: type[And] | type[Or], items: Iterable[Query]) -> Query:
    """One query of several: what says nothing is left out, and what is of the same kind taken apart."""
    flat: list[Query] = []
    for item in items:
        flat.extend(item.items if isinstance(item, kind) else [item])
    if kind is Or:
        flat = [item for item in flat if item != And(())]
    flat = list(dict.fromkeys(flat))
    return flat[0] if len(flat) == 1 else kind(tuple(flat)) if flat else And(())


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f": did you mean {near[0]}?" if near else ""


def _wanted(name: str) -> str:
    """What may stand after a field's colon, in words."""
    if name in RELATIONS:
        return "a date as 2023, 2023-03 or 2023-03-02"
    if name in FLAGS:
        *first, last = FLAGS[name]
        return f"{', '.join(first)} or {last}"
    if name == "voice":
        return "article, quoted or reported"
    if name == "saved":
        return "a saved query's name"
    return "a stance's code" if name == "stance" else 'a word or a "phrase"'
