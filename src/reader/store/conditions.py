"""A query's tree as a condition of SQL; the words in it are parameters, never a part of the statement.

A condition may name the row of ``article``; where marks are judged that of ``annotation`` too, and where
stances are, that of ``stance``.
"""

from collections.abc import Sequence
from typing import NamedTuple, assert_never

from reader.query import And, Code, Dated, Flag, Level, Not, Or, Query, Words, levels
from reader.query.tree import Leaf, asserts
from reader.store.connection import Connection
from reader.store.schema import SHIFT
from reader.text.words import holds, is_scanned

_MARKS = f"annotation.key >= article.number << {SHIFT} AND annotation.key < (article.number + 1) << {SHIFT}"

# A plus before a column keeps SQLite from going through the rows once for each of the values in the list.
_FLAGS = {
    "is:read": "article.read = 1",
    "is:unread": "article.read = 0",
    "is:starred": "article.starred = 1",
    "has:date": "article.published <> ''",
    "has:mark": "annotation.key IS NOT NULL",
    "has:note": "annotation.note <> ''",
    "has:holder": "annotation.holder <> ''",
    "has:tag": "+annotation.key IN (SELECT tag.annotation FROM tag)",
    "has:stance": "stance.code IS NOT NULL",
    "has:target": "+stance.target IN (SELECT number FROM target WHERE text <> '')",
}

# The next greater name each time, by the index: `DISTINCT` would go through the names of all rows, and call
# the function for each (https://sqlite.org/optoverview.html#flattening).
_DISTINCT = """
    WITH RECURSIVE known (name) AS (
        SELECT min({column}) FROM {table}
        UNION ALL
        SELECT (SELECT min({column}) FROM {table} WHERE {column} > known.name)
        FROM known WHERE name IS NOT NULL
    ) SELECT name FROM known WHERE name IS NOT NULL AND {{}}
"""
_NAMED = {
    "source": f"+article.source IN ({_DISTINCT.format(table='article', column='source')})",
    "author": f"+article.author IN ({_DISTINCT.format(table='article', column='author')})",
    "holder": f"+annotation.holder IN ({_DISTINCT.format(table='annotation', column='holder')})",
    "annotator": "+annotation.annotator IN (SELECT id FROM annotator WHERE {})",
    "tag": "+annotation.key IN (SELECT tag.annotation FROM tag WHERE tag.tag IN"
    f" ({_DISTINCT.format(table='tag', column='tag')}))",
    "target": "+stance.target IN (SELECT number FROM target WHERE {})",
}

_TAGGED = (
    "+article.number IN (SELECT article_tag.article FROM article_tag WHERE article_tag.tag IN"
    f" ({_DISTINCT.format(table='article_tag', column='tag')}))"
)
"""That an article bears a tag with a word; see `tagged`."""

_HOLDS = "reader_holds"
"""The function of SQL that `text.words.holds` is: field, text, whether the last word may go on."""

_TEXT = "+article.number IN (SELECT rowid FROM article_fts"
_MARK = "+annotation.key IN (SELECT rowid FROM annotation_fts"
_THROUGH_MARK = f"+article.number IN (SELECT rowid >> {SHIFT} FROM annotation_fts"
"""The full-text indexes, by whose rows a row is known."""

_ANYWHERE = "note", "holder", "tags", "targets"
"""The columns of ``annotation_fts``."""


class Condition(NamedTuple):
    """An expression of SQL with its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()


def prepare(connection: Connection) -> None:
    """Make known to a connection what the conditions call."""
    connection.define(_HOLDS, lambda field, text, prefix: holds(field, text, prefix=bool(prefix)), 3)


_ALWAYS, _NEVER = Condition("1"), Condition("0")


def tagged(text: str, *, prefix: bool) -> Condition:
    """That an article bears a tag that holds these words."""
    return Condition(_TAGGED.format(f"{_HOLDS}(name, ?, ?)"), (text, int(prefix)))


def phrase(words: Words) -> str:
    """What is looked for as an FTS5 phrase; its text holds no quotation mark.

    See https://sqlite.org/fts5.html#full_text_query_syntax
    """
    return f'"{words.text}"' + ("*" if words.prefix else "")


def condition(query: Query, level: Level) -> Condition:
    """The condition that a query puts on a row of this level; see `query.tree` for what it means."""
    if isinstance(query, Not):
        inner = condition(query.item, level)
        # What is said of a stance that is not there is neither true nor false to SQL.
        return Condition(f"NOT ifnull({inner.sql}, 0)", inner.parameters)
    if isinstance(query, Or):
        return _any([condition(item, level) for item in query.items])
    if isinstance(query, And):
        if asserts(query, level):
            above = [item for item in query.items if max(levels(item)) <= level]
            below = [item for item in query.items if max(levels(item)) > level]
            return _all([*(condition(item, level) for item in above), _some(And(tuple(below)), level)])
        return _all([condition(item, level) for item in query.items])
    return _leaf(query) if query.level <= level else _some(query, level)


def _some(query: Query, level: Level) -> Condition:
    """That a query holds of some row one level further down; where there is none, of an empty one."""
    found = condition(query, Level(level + 1))
    alone = min(levels(query)) > level
    if level is Level.ARTICLE:
        some = (
            "article.number IN (SELECT annotation.article FROM annotation"
            f" WHERE annotation.deleted_at IS NULL AND {found.sql})"
            if alone
            else f"EXISTS (SELECT 1 FROM annotation WHERE {_MARKS} AND annotation.deleted_at IS NULL"
            f" AND {found.sql})"
        )
        none = f"NOT EXISTS (SELECT 1 FROM annotation WHERE {_MARKS} AND annotation.deleted_at IS NULL)"
    else:
        some = (
            f"+annotation.key IN (SELECT stance.annotation FROM stance WHERE {found.sql})"
            if alone
            else f"EXISTS (SELECT 1 FROM stance WHERE stance.annotation = annotation.key AND {found.sql})"
        )
        none = "NOT EXISTS (SELECT 1 FROM stance WHERE stance.annotation = annotation.key)"
    empty = _empty(query, level)
    if empty == _NEVER:
        return Condition(some, found.parameters)
    return _any([Condition(some, found.parameters), _all([Condition(none), empty])])


def _empty(query: Query, level: Level) -> Condition:
    """The condition that a query puts on a row that nothing hangs on: all that is said of such is false."""
    if isinstance(query, Not):
        inner = _empty(query.item, level)
        if inner in (_ALWAYS, _NEVER):
            return _ALWAYS if inner == _NEVER else _NEVER
        return Condition(f"NOT {inner.sql}", inner.parameters)
    if isinstance(query, Or):
        return _any([_empty(item, level) for item in query.items])
    if isinstance(query, And):
        return _all([_empty(item, level) for item in query.items])
    return _leaf(query) if query.level <= level else _NEVER


def _all(conditions: Sequence[Condition]) -> Condition:
    if _NEVER in conditions:
        return _NEVER
    return _chained(" AND ", [item for item in conditions if item != _ALWAYS], _ALWAYS)


def _any(conditions: Sequence[Condition]) -> Condition:
    if _ALWAYS in conditions:
        return _ALWAYS
    return _chained(" OR ", [item for item in conditions if item != _NEVER], _NEVER)


def _chained(sign: str, conditions: Sequence[Condition], nothing: Condition) -> Condition:
    if not conditions:
        return nothing
    sql = sign.join(item.sql for item in conditions)
    return Condition(f"({sql})", tuple(value for item in conditions for value in item.parameters))


def _leaf(leaf: Leaf) -> Condition:
    """One condition about a row that is at hand."""
    match leaf:
        case Words():
            return _words(leaf)
        case Code("stance", value):
            return Condition("stance.code = ?", (value,))
        case Code(_, value):
            return Condition("annotation.voice = ?", (value,))
        case Flag("is", "orphan" | "review" as status):
            return Condition(
                "+annotation.key IN (SELECT anchor.annotation FROM anchor"
                " CROSS JOIN revision ON revision.number = anchor.revision"
                " CROSS JOIN article AS owner ON owner.number = revision.article"
                " WHERE anchor.status = ? AND anchor.revision = owner.shown)",
                (status,),
            )
        case Flag(kind, value):
            return Condition(_FLAGS[f"{kind}:{value}"])
        case Dated():
            return _dated(leaf)
        case _:
            assert_never(leaf)


def _dated(leaf: Dated) -> Condition:
    """Dates compare as text: one within another begins with it, and "~" stands after all their signs."""
    date = leaf.date
    if leaf.relation == "after":
        return Condition("article.published > ?", (date + "~",))
    if leaf.relation == "on":
        return Condition("(article.published >= ? AND article.published < ?)", (date, date + "~"))
    # 2023 does not say whether it was before 2023-03.
    wider = [date[:length] for length in (4, 7) if length < len(date)]
    marks = ", ".join("?" * len(wider))
    return Condition(
        f"(article.published > '' AND article.published < ? AND article.published NOT IN ({marks}))",
        (date, *wider),
    )


def _words(words: Words) -> Condition:
    if words.field in _NAMED:
        test = f"{_HOLDS}({'text' if words.field == 'target' else 'name'}, ?, ?)"
        return Condition(_NAMED[words.field].format(test), (words.text, int(words.prefix)))
    text = words.text
    if words.field == "note":
        return Condition("instr(annotation.note, ?)", (text,)) if is_scanned(text) else _matched(_MARK, words)
    if words.field:
        return _scanned([words.field], text) if is_scanned(text) else _matched(_TEXT, words)
    if is_scanned(text):
        here = " OR ".join(f"instr({column}, ?)" for column in _ANYWHERE)
        through = Condition(f"{_THROUGH_MARK} WHERE {here})", (text,) * len(_ANYWHERE))
        return _any([_scanned(["title", "text"], text), through, tagged(text, prefix=False)])
    tags = tagged(text, prefix=words.prefix)
    return _any([_matched(_TEXT, words), _matched(_THROUGH_MARK, words), tags])


def _matched(table: str, words: Words) -> Condition:
    match = f"{{{words.field}}} : {phrase(words)}" if words.field else phrase(words)
    return Condition(f"{table} WHERE {table.rpartition(' ')[2]} MATCH ?)", (match,))


def _scanned(columns: Sequence[str], text: str) -> Condition:
    """That a text stands in the title or the shown text, looked for sign by sign."""
    places = {
        "title": "instr(article.title, ?)",
        "text": "EXISTS (SELECT 1 FROM revision WHERE revision.number = article.shown"
        " AND instr(revision.text, ?))",
    }
    return Condition(f"({' OR '.join(places[column] for column in columns)})", (text,) * len(columns))
