"""A tree as it would be typed: parsing what is printed gives the tree."""

from reader.query.lexing import tokens
from reader.query.tree import And, Code, Dated, Flag, Not, Or, Query, Words


def printed(query: Query) -> str:
    """The query in its shortest form: blanks for AND, brackets where they are needed."""
    return _printed(query, inner=False)


def _printed(query: Query, *, inner: bool) -> str:
    match query:
        case And(items) | Or(items):
            sign = " " if isinstance(query, And) else " OR "
            # OR binds less than AND, so an AND within an OR needs no brackets; to see them is clearer.
            text = sign.join(_printed(item, inner=True) for item in items)
            return f"({text})" if inner else text
        case Not(item):
            return f"NOT {_printed(item, inner=True)}"
        case Words(field, text, prefix):
            star = "*" if prefix else ""
            return f"{field}:{_value(text)}{star}" if field else _bare(text, star)
        case Code(field, value) | Flag(field, value):
            return f"{field}:{_value(value)}"
        case Dated(relation, date):
            return f"{relation}:{date}"


def _bare(text: str, star: str) -> str:
    """A word alone where it is read as one, else in quotes; an ``AND`` is one before a star."""
    found = list(tokens(text + star))
    alone = len(found) == 1 and found[0].kind == "word" and not _starred(text)
    return text + star if alone else f'"{text}"{star}'


def _value(text: str) -> str:
    """A field's value likewise; a field before it keeps signs in it from acting."""
    return f'"{text}"' if any(sign in text for sign in ' "()') or _starred(text) else text


def _starred(text: str) -> bool:
    stem = text.rstrip("*")
    return stem != text and len(stem) > 1
