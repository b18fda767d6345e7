"""What recurs across a source's articles: its lines are counted as articles come in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.model import PageLines, Recurring
from reader.store.codec import packed, storable
from reader.store.connection import Connection

_MOST = 2_000
"""So many lines of a source are told at most, those that recur most."""
_MEMORY = 200
"""A line that was not seen a second time within so many articles of its source is forgotten."""
_TIDY_EVERY = 50


class RecurringLines:
    """The lines of each source's articles, as hashes, with the number of distinct articles they stand in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, source: str, *, counted: bool = False) -> Recurring | None:
        """What recurs across a source's articles; None where nothing is known to.

        Args:
            source: its name.
            counted: whether the article that is to be cleaned was counted.
        """
        found = self._connection.rows(
            "SELECT line, recurring_line.articles FROM recurring_line"
            " JOIN recurring_source ON number = source"
            " WHERE name = ? AND recurring_line.articles > 1 ORDER BY 2 DESC, 1 LIMIT ?",
            [storable(source), _MOST],
        )
        return Recurring(dict(found), counted) if found else None

    def learn(self, source: str, page: PageLines) -> bool:
        """Count the lines of one more article, inside a transaction; the same article again does not count.

        Returns:
            Whether it was counted.
        """
        connection = self._connection
        if not source or not page.lines:
            return False
        number, articles = self._source(storable(source))
        if self._knows(number, page):
            return False
        articles += 1
        connection.run("UPDATE recurring_source SET articles = ? WHERE number = ?", [articles, number])
        connection.run_many(
            "INSERT INTO recurring_line (source, line, articles, last) VALUES (?, ?, 1, ?)"
            " ON CONFLICT DO UPDATE SET articles = articles + 1, last = excluded.last",
            [(number, line, articles) for line in page.lines],
        )
        connection.run_many(
            "INSERT OR IGNORE INTO recurring_article (source, line, article, lines) VALUES (?, ?, ?, ?)",
            [(number, line, articles, len(page.longest)) for line in page.longest],
        )
        if articles % _TIDY_EVERY == 0 and articles > _MEMORY:
            bounds = [number, articles - _MEMORY]
            connection.run(
                "DELETE FROM recurring_line WHERE source = ? AND last < ? AND articles = 1", bounds
            )
            connection.run("DELETE FROM recurring_article WHERE source = ? AND article < ?", bounds)
        return True

    def _source(self, name: str) -> tuple[int, int]:
        """A source's number, and how many of its articles were counted."""
        find = "SELECT number, articles FROM recurring_source WHERE name = ?"
        row = self._connection.row(find, [name])
        if row is None:
            self._connection.run("INSERT INTO recurring_source (name) VALUES (?)", [name])
            row = self._connection.rows(find, [name])[0]
        return int(row[0]), int(row[1])

    def _knows(self, number: int, page: PageLines) -> bool:
        """Whether an article that was counted has half of its and this one's longest lines in common."""
        row = self._connection.row(
            "SELECT count(*), max(lines) FROM recurring_article"
            " WHERE source = ? AND line IN (SELECT value FROM json_each(?))"
            " GROUP BY article ORDER BY 1 DESC LIMIT 1",
            [number, packed(list(page.longest))],
        )
        if row is None:
            return False
        shared, lines = row
        return bool(2 * shared >= len(page.longest) + lines - shared)


@contextmanager
def passing_memory() -> Iterator[RecurringLines]:
    """A memory of its own, in a file that is gone afterwards: what recurs within one batch, of any size."""
    # Of no use before the first paint.
    import tempfile

    from reader.store.schema import recurring

    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        connection = Connection(Path(folder) / "lines.db", "mode=rwc")
        try:
            connection.run("PRAGMA journal_mode=MEMORY")
            connection.run("PRAGMA synchronous=OFF")
            with connection.transaction():
                for statement in recurring.STATEMENTS:
                    connection.run(statement)
                yield RecurringLines(connection)
        finally:
            connection.close()
