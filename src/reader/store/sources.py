"""One article once: copies of its text, the sources it was found at, and other accounts of the same event."""

from collections.abc import Sequence

from reader.model import Draft, Related, Source
from reader.store import article_state
from reader.store.codec import packed, storable
from reader.store.connection import Connection
from reader.store.identity import host_of, url_key
from reader.text.similar import about_the_same, are_copies, key_words, word_counts

_CANDIDATES = 8
"""So many texts that share a band are compared word by word."""
_ACCOUNTS = 24
"""So many texts that share rare words are compared."""
_SAME_EVENT = 0.45
"""The share of what a text is about that another account of the same event speaks of."""
_DAYS = 14
"""Accounts of one event are published within so many days, where both say when."""


def copy_of(connection: Connection, draft: Draft) -> int | None:
    """The article whose text is a copy of a draft's, but for a few words; None where there is none."""
    if not draft.sketch:
        return None
    found = connection.rows(
        "SELECT article.number, article.url, revision.text FROM (SELECT article AS number, count(*) AS shared"
        " FROM text_band WHERE band IN (SELECT value FROM json_each(?)) GROUP BY article"
        " ORDER BY shared DESC, article LIMIT ?) AS candidate"
        " JOIN article ON article.number = candidate.number AND removed_at IS NULL"
        " JOIN revision ON revision.number = article.shown ORDER BY shared DESC, article.number",
        [packed(draft.sketch), _CANDIDATES],
    )
    site = host_of(draft.cleaned.metadata.url)
    for number, url, text in found:
        if are_copies(text, draft.canonical.text, one_site=bool(site) and host_of(url) == site):
            return int(number)
    return None


def remember_text(connection: Connection, number: int, sketch: Sequence[int]) -> None:
    """Keep by what copies of an article's text are found."""
    connection.run_many(
        "INSERT OR IGNORE INTO text_band (band, article) VALUES (?, ?)", [(band, number) for band in sketch]
    )


def add_source(connection: Connection, number: int, draft: Draft, at: str) -> None:
    """Note that an article was found at another place too."""
    metadata = draft.cleaned.metadata
    connection.run(
        "INSERT OR IGNORE INTO article_source (article, url_key, origin, source, url, first_seen)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            number,
            url_key(metadata.url),
            storable(draft.incoming.origin),
            storable(metadata.source),
            storable(metadata.url),
            at,
        ],
    )


def went_apart(connection: Connection, draft: Draft) -> None:
    """Forget that an address gave a copy: what it gives now is an article of its own."""
    key = url_key(draft.cleaned.metadata.url)
    connection.run("DELETE FROM article_source WHERE url_key = ? AND url_key <> ''", [key])


class Sources:
    """What is asked about an article's sources."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, article_id: str) -> tuple[Source, ...]:
        """Where an article was found, its first source first.

        Raises:
            NotFoundError: there is no such article.
        """
        number = article_state.number_of(self._connection, article_id)
        found = self._connection.rows(
            "SELECT 0, source, url, origin, added_at FROM article WHERE number = ?1"
            " UNION ALL SELECT 1, source, url, origin, first_seen FROM article_source WHERE article = ?1"
            " ORDER BY 1, 5",
            [number],
        )
        return tuple(Source(*row[1:]) for row in found)

    def related(self, article_id: str) -> tuple[Related, ...]:
        """Other accounts of the event that an article tells of, the nearest first.

        Raises:
            NotFoundError: there is no such article.
        """
        number = article_state.number_of(self._connection, article_id)
        title, published, text = self._connection.rows(
            "SELECT title, published, text FROM article JOIN revision ON revision.number = shown"
            " WHERE article.number = ?",
            [number],
        )[0]
        whole = f"{title}\n\n{text}"
        count = self._connection.value("SELECT count(*) FROM article WHERE removed_at IS NULL")
        weights = key_words(whole, self._spread(list(word_counts(whole))), count)
        if not weights:
            return ()
        query = " OR ".join(f'"{word}"' for word in weights)
        found = self._connection.rows(
            "SELECT article.number, article.title, article.source, article.published, revision.text"
            " FROM (SELECT rowid FROM article_fts WHERE article_fts MATCH ? ORDER BY rank LIMIT ?) AS found"
            " JOIN article ON article.number = found.rowid JOIN revision ON revision.number = shown"
            " WHERE article.number <> ? AND removed_at IS NULL AND (length(?4) < 10"
            " OR length(published) < 10 OR abs(julianday(substr(published, 1, 10))"
            " - julianday(substr(?4, 1, 10))) <= ?)",
            [query, _ACCOUNTS, number, published, _DAYS],
        )
        scored = [
            Related(other, other_title, source, day, about_the_same(weights, f"{other_title}\n\n{told}"))
            for other, other_title, source, day, told in found
        ]
        near = [related for related in scored if related.likeness >= _SAME_EVENT]
        return tuple(sorted(near, key=lambda related: (-related.likeness, related.number)))

    def _spread(self, words: Sequence[str]) -> dict[str, int]:
        """In how many articles each word stands."""
        found = self._connection.rows(
            "SELECT term, doc FROM article_fts_words WHERE term IN (SELECT value FROM json_each(?))",
            [packed(words)],
        )
        return {str(term): int(documents) for term, documents in found}
