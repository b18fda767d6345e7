"""Which articles and which marks a query is true of. What is typed is never SQL nor FTS5 syntax."""

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reader.model import Order
from reader.query import Level, Query, Words, is_plain, leaves
from reader.query.tree import wanted
from reader.store.annotation_state import LIVE, SEEN
from reader.store.articles import order_by
from reader.store.codec import packed
from reader.store.conditions import condition, phrase, prepare, tagged
from reader.store.connection import Connection
from reader.store.schema import SHIFT
from reader.text.words import is_scanned

_RANK = "rank MATCH 'bm25(4.0, 1.0)'"
"""A word in the title counts as much as four in the text."""

_RANKED = "", "title", "text"

_FEW = 200
"""Up to so many articles are looked up one by one; for more, all matches of the word are read."""


class _Term(NamedTuple):
    """One thing that has to be found anywhere."""

    text: str
    match: str
    """As an FTS5 phrase; empty where FTS5 cannot find it and the texts are scanned instead."""


def _terms(query: Query) -> list[_Term]:
    """The words of a query that is nothing but words; see `query.is_plain`."""
    words = [leaf for leaf in leaves(query) if isinstance(leaf, Words)]
    return [_Term(leaf.text, "" if is_scanned(leaf.text) else phrase(leaf)) for leaf in words]


class Search:
    """Finds articles by the words in them and in the marks they bear."""

    def __init__(self, connection: Connection) -> None:
        prepare(connection)
        self._connection = connection

    def numbers(self, query: Query, order: Order = "added", limit: int | None = None) -> "array[int]":
        """The numbers (type code ``q``) of the articles that a query is true of.

        Args:
            query: what is looked for.
            order: ``added``: newest first. ``published``: latest first. ``rank``: best match in title and
                text first, then those found through their marks or other conditions.
            limit: how many at most; None for all.
        """
        if not is_plain(query):
            return self._where(query, order, limit)
        terms = _terms(query)
        if not terms:
            found = self._connection.rows(
                f"SELECT number FROM article WHERE removed_at IS NULL ORDER BY {order_by(order)} LIMIT ?",
                [_limit(limit)],
            )
            return array("q", [number for (number,) in found])
        if order == "added":
            return self._newest(terms, limit)
        texts = self._ranked(terms, limit) if order == "rank" else self._in_texts(terms, limit, order)
        marked = self._through_marks(terms, 0, None)
        if order == "rank":
            beyond = sorted(marked.difference(texts), reverse=True)
            return array("q", [*texts, *beyond][:limit])
        return self._latest(marked.union(texts), limit) if marked else array("q", texts)

    def marks(self, query: Query) -> "array[int]":
        """The keys (type code ``q``) of the annotations that a query is true of, in no order."""
        found = condition(query, Level.MARK)
        return self._numbers(
            f"SELECT annotation.key FROM {SEEN} WHERE {LIVE} AND {found.sql}", found.parameters
        )

    def _numbers(self, sql: str, parameters: Sequence[object]) -> "array[int]":
        return array("q", [number for (number,) in self._connection.rows(sql, parameters)])

    def _where(self, query: Query, order: Order, limit: int | None) -> "array[int]":
        """What more than words chooses."""
        found = condition(query, Level.ARTICLE)
        chosen = f"FROM article WHERE removed_at IS NULL AND {found.sql}"
        ranked = array("q")
        if order == "rank":
            match = " OR ".join(
                phrase(leaf)
                for leaf in wanted(query)
                if isinstance(leaf, Words) and leaf.field in _RANKED and not is_scanned(leaf.text)
            )
            if match:
                ranked = self._numbers(
                    f"SELECT rowid FROM article_fts WHERE article_fts MATCH ? AND {_RANK}"
                    f" AND +rowid IN (SELECT number {chosen}) ORDER BY rank LIMIT ?",
                    [match, *found.parameters, _limit(limit)],
                )
        if len(ranked) == limit:
            return ranked
        rest = self._numbers(
            f"SELECT number {chosen} ORDER BY {order_by(order)} LIMIT ?", [*found.parameters, _limit(limit)]
        )
        known = set(ranked)
        ranked.extend(number for number in rest if number not in known)
        return ranked[:limit]

    def _newest(self, terms: Sequence[_Term], limit: int | None) -> "array[int]":
        texts = self._in_texts(terms, limit)
        # Marks are only of interest on articles newer than the last one of a full page.
        floor = texts[-1] if texts and len(texts) == limit else 0
        found = self._through_marks(terms, floor, limit).union(texts)
        return array("q", sorted(found, reverse=True)[:limit])

    def _latest(self, numbers: Iterable[int], limit: int | None) -> "array[int]":
        found = self._connection.rows(
            f"SELECT number FROM article WHERE number IN (SELECT value FROM json_each(?))"
            f" ORDER BY {order_by('published')} LIMIT ?",
            [packed(list(numbers)), _limit(limit)],
        )
        return array("q", [number for (number,) in found])

    def _ranked(self, terms: Sequence[_Term], limit: int | None) -> list[int]:
        """The articles whose title and text hold all terms, the best match first."""
        if not all(term.match for term in terms):
            # What is scanned for has no rank.
            return self._in_texts(terms, limit)
        found = self._connection.rows(
            f"SELECT rowid FROM article_fts WHERE article_fts MATCH ? AND {_RANK} ORDER BY rank LIMIT ?",
            [_all(terms), _limit(limit)],
        )
        return [number for (number,) in found]

    def _in_texts(self, terms: Sequence[_Term], limit: int | None, order: Order = "added") -> list[int]:
        """The articles whose title and text hold all terms, newest or latest first."""
        indexed = _all(terms)
        scanned = [term.text for term in terms if not term.match]
        conditions = ["(instr(article_shown.text, ?) OR instr(article_shown.title, ?))"] * len(scanned)
        parameters = [text for text in scanned for _ in range(2)]
        if not indexed:
            source, number = "article_shown", "article_shown.number"
        else:
            source, number = "article_fts", "article_fts.rowid"
            if scanned:
                source += " CROSS JOIN article_shown ON article_shown.number = article_fts.rowid"
            conditions.insert(0, "article_fts MATCH ?")
            parameters.insert(0, indexed)
        by = f"{number} DESC"
        if order == "published":
            source += f" CROSS JOIN article ON article.number = {number}"
            by = f"article.published DESC, {by}"
        found = self._connection.rows(
            f"SELECT {number} FROM {source} WHERE {' AND '.join(conditions)} ORDER BY {by} LIMIT ?",
            [*parameters, _limit(limit)],
        )
        return [number for (number,) in found]

    def _through_marks(self, terms: Sequence[_Term], floor: int, limit: int | None) -> set[int]:
        """The articles in which every term is found, and at least one of them in a mark.

        Args:
            terms: what is looked for.
            floor: only articles with a greater number.
            limit: where only the newest so many are of interest.
        """
        marked = [
            self._in_marks(term, floor, limit if len(terms) == 1 else None) | self._by_tags(term, floor)
            for term in terms
        ]
        found = set().union(*marked)
        for term, here in sorted(zip(terms, marked, strict=True), key=lambda pair: len(pair[1])):
            found = (found & here) | self._in_text(term, found - here)
        return found

    def _in_marks(self, term: _Term, floor: int, limit: int | None) -> set[int]:
        """The articles above `floor` that bear a mark with this term; where limited, the newest ones."""
        condition = (
            "annotation_fts MATCH ?1"
            if term.match
            else "(instr(note, ?1) OR instr(holder, ?1) OR instr(tags, ?1) OR instr(targets, ?1))"
        )
        found: set[int] = set()
        for (number,) in self._connection.stream(
            f"SELECT rowid >> {SHIFT} FROM annotation_fts WHERE {condition} AND rowid >= ?2"
            f" AND rowid >> {SHIFT} NOT IN (SELECT number FROM article WHERE removed_at IS NOT NULL)"
            " ORDER BY rowid DESC",
            [term.match or term.text, (floor + 1) << SHIFT],
        ):
            found.add(number)
            if len(found) == limit:
                break
        return found

    def _by_tags(self, term: _Term, floor: int) -> set[int]:
        """The articles above `floor` that bear a tag with this term."""
        found = tagged(term.text, prefix=term.match.endswith("*"))
        return set(
            self._numbers(
                f"SELECT number FROM article WHERE {found.sql} AND number > ? AND removed_at IS NULL",
                [*found.parameters, floor],
            )
        )

    def _in_text(self, term: _Term, numbers: set[int]) -> set[int]:
        """Those of these articles whose title or text holds the term."""
        if not numbers:
            return set()
        if len(numbers) > _FEW:
            return numbers.intersection(self._in_texts([term], None))
        condition, source, number = (
            ("article_fts MATCH ?1", "article_fts", "rowid")
            if term.match
            else ("(instr(text, ?1) OR instr(title, ?1))", "article_shown", "number")
        )
        found = self._connection.rows(
            f"SELECT {number} FROM {source} WHERE {condition}"
            f" AND {number} IN (SELECT value FROM json_each(?2))",
            [term.match or term.text, packed(list(numbers))],
        )
        return {number for (number,) in found}


def _all(terms: Iterable[_Term]) -> str:
    """The FTS5 query for all the terms that FTS5 can find; empty where there is none."""
    return " AND ".join(term.match for term in terms if term.match)


def _limit(limit: int | None) -> int:
    return -1 if limit is None else limit
