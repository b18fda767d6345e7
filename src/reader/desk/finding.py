"""The library's list and its search."""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.desk import Desk
from reader.model import ArticleRow, Order

if TYPE_CHECKING:
    from reader.query import Query


def count(desk: Desk) -> int:
    """How many articles the library holds."""
    return desk.store.articles.count()


def gone(desk: Desk) -> tuple[int, int]:
    """How many articles were removed and the sum of their numbers: another pair once a list is untrue."""
    return desk.store.articles.gone()


def first_rows(desk: Desk, limit: int) -> list[ArticleRow]:
    """The articles added last, newest first, by one query: what the first paint needs."""
    return desk.store.articles.first(limit)


def numbers(desk: Desk, order: Order = "added", *, after: int = 0) -> "array[int]":
    """The numbers of all articles, newest first in this order; only those beyond the number `after`."""
    return desk.store.articles.numbers(order, after=after)


def older(desk: Desk, number: int, limit: int) -> "array[int]":
    """The numbers of the articles added before one, newest first, at most so many."""
    return desk.store.articles.older(number, limit)


def rows(desk: Desk, numbers: Sequence[int]) -> list[ArticleRow]:
    """The list's rows of these articles, in the order asked for; removed ones are left out."""
    return desk.store.articles.rows(numbers)


def search(
    desk: Desk,
    query: str,
    order: Order = "added",
    limit: int | None = None,
    *,
    typing: bool = False,
    feeds: Sequence[int] = (),
) -> "array[int]":
    """The numbers of the articles that a query is true of.

    Args:
        desk: the desk.
        query: in the query language; an empty one is true of every article.
        order: newest added or newest published first, or best match first.
        limit: at most so many.
        typing: whether the query is still being typed: its last word may be the beginning of one.
        feeds: the numbers of the feeds whose articles are looked through; none for the whole library.

    Raises:
        QueryError: the query means nothing.
    """
    if feeds:
        return _of_feeds(desk, query, order, limit, typing=typing, feeds=feeds)
    if query.strip():
        return desk.store.search.numbers(parsed(desk, query, typing=typing), order, limit)
    found = numbers(desk, "added" if order == "rank" else order)
    return found if limit is None else found[:limit]


def search_marks(desk: Desk, query: str, *, typing: bool = False) -> "array[int]":
    """The keys of the annotations that a query is true of, in no order; see `exporting.export_rows`.

    Args:
        desk: the desk.
        query: in the query language.
        typing: whether it is still being typed; see `search`.

    Raises:
        QueryError: the query means nothing.
    """
    return desk.store.search.marks(parsed(desk, query, typing=typing))


def toward(desk: Desk, target: str) -> "array[int]":
    """The numbers of the articles with a mark toward a target, or toward one that holds its words."""
    from reader.query import Words

    words = " ".join(target.replace('"', " ").split())
    return desk.store.search.numbers(Words("target", words))


def parsed(desk: Desk, query: str, *, typing: bool = False) -> "Query":
    """A query as a tree, the saved queries that it names in their places.

    Raises:
        QueryError: the query means nothing.
    """
    from reader.query import parse

    def saved(name: str) -> str | None:
        found = desk.store.saved_queries.named(name)
        return None if found is None else found.query

    return parse(query, typing=typing, saved=saved)


def _of_feeds(
    desk: Desk, query: str, order: Order, limit: int | None, *, typing: bool, feeds: Sequence[int]
) -> "array[int]":
    found = desk.store.feeds.numbers(feeds, "added" if order == "rank" else order)
    if query.strip():
        theirs = set(found)
        matches = desk.store.search.numbers(parsed(desk, query, typing=typing), order)
        found = array("q", [number for number in matches if number in theirs])
    return found if limit is None else found[:limit]


def unread(desk: Desk, feeds: Sequence[int] = ()) -> int:
    """How many articles of some feeds, or of the whole library, are unread."""
    return desk.store.feeds.unread(feeds) if feeds else desk.store.articles.unread()


def unread_of(desk: Desk, numbers: Sequence[int]) -> "array[int]":
    """Those of these articles that are unread, in the order asked for."""
    return desk.store.articles.unread_of(numbers)


def lead(desk: Desk, number: int, length: int) -> str:
    """The first `length` code points of an article's shown text."""
    return desk.store.articles.lead(number, length)


def waiting_count(desk: Desk) -> int:
    """How many marks of all articles lost their place when a text changed and wait for a person."""
    return desk.store.versions.waiting_count()
