"""The texts that an article has had, and the marks that lost their place between two of them."""

from reader.errors import NotFoundError
from reader.model import Anchor, Block, Canonical, Revision, Run, Version, Waiting
from reader.store import anchors, article_state
from reader.store.annotation_state import COLUMNS, LIVE, stored
from reader.store.codec import decoding, records, storable
from reader.store.connection import Connection
from reader.store.journal import Journal
from reader.store.schema import SHIFT

_AROUND = 300
"""Code points of the old text that are given on either side of a mark that waits."""
# From the index of the few anchors that are not sure; `LIVE` alone would go through all annotations.
_TABLES = """
    anchor CROSS JOIN revision ON revision.number = anchor.revision
    CROSS JOIN article ON article.number = revision.article
    CROSS JOIN annotation ON annotation.key = anchor.annotation
    CROSS JOIN annotator ON annotator.id = annotation.annotator
"""
_WAITING = f"{LIVE} AND anchor.status <> 'ok'"


class Versions:
    """Revisions beyond the one that is shown."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def of(self, article_id: str) -> tuple[Version, ...]:
        """The texts of an article, the oldest first.

        Raises:
            NotFoundError: there is no such article.
        """
        number = article_state.number_of(self._connection, article_id)
        found = self._connection.rows(
            "SELECT revision.id, created_at, revision.sha256, cleaner, original.origin,"
            " revision.number = article.shown FROM revision"
            " JOIN original ON original.number = revision.original"
            " JOIN article ON article.number = revision.article"
            " WHERE revision.article = ? ORDER BY revision.number",
            [number],
        )
        return tuple(
            Version(revision_id, index, created_at, sha256, cleaner, origin, bool(shown))
            for index, (revision_id, created_at, sha256, cleaner, origin, shown) in enumerate(found, 1)
        )

    def revision(self, revision_id: str) -> Revision:
        """One revision, whole.

        Raises:
            NotFoundError: there is none with this id.
        """
        row = self._connection.row(
            "SELECT article.id, original.id, text, blocks, runs, revision.sha256, cleaner, created_at"
            " FROM revision JOIN original ON original.number = revision.original"
            " JOIN article ON article.number = revision.article WHERE revision.id = ?",
            [storable(revision_id)],
        )
        if row is None:
            raise NotFoundError("the text asked for is not there: open the article again")
        with decoding(self._connection.path, "a text"):
            article_id, original_id, text, blocks, runs, sha256, cleaner, created_at = row
            canonical = Canonical(text=text, blocks=records(Block, blocks), runs=records(Run, runs))
            return Revision(revision_id, article_id, original_id, canonical, sha256, cleaner, created_at)

    def show(self, article_id: str, revision_id: str) -> None:
        """Show another of an article's texts, with its marks; it can be undone.

        Raises:
            NotFoundError: there is no such article or text.
        """
        with self._connection.transaction():
            number = article_state.number_of(self._connection, article_id)
            article_state.change(
                self._journal, number, article_id, article_state.CHOSEN_TEXT, {"shown": revision_id}
            )

    def changed_at(self, article_id: str) -> str:
        """When the text that an article shows took the place of another page's; empty where it is the first.

        Raises:
            NotFoundError: there is no such article.
        """
        number = article_state.number_of(self._connection, article_id)
        found = self._connection.value(
            "SELECT original.added_at FROM article JOIN revision ON revision.number = shown"
            " JOIN original ON original.number = revision.original"
            " WHERE article.number = ? AND EXISTS (SELECT 1 FROM revision AS older"
            " WHERE older.article = article.number AND older.original < original.number)",
            [number],
        )
        return str(found or "")

    def marks_line(self, article_id: str) -> str:
        """What became of an article's marks when its text changed, in words; empty where it bears none.

        Raises:
            NotFoundError: there is no such article.
        """
        number = article_state.number_of(self._connection, article_id)
        return anchors.moved(anchors.tally(self._connection, number))

    def waiting_count(self) -> int:
        """How many marks wait for a person, in all articles."""
        return int(self._connection.value(f"SELECT count(*) FROM {_TABLES} WHERE {_WAITING}"))

    def waiting(self, article_id: str | None = None) -> tuple[Waiting, ...]:
        """The marks that wait for a person, by article, the newest first, and by place.

        Args:
            article_id: only those of this article.

        Raises:
            NotFoundError: there is no such article.
        """
        low, high = 0, 1 << 62
        if article_id is not None:
            number = article_state.number_of(self._connection, article_id)
            low, high = number << SHIFT, (number + 1) << SHIFT
        rows = self._connection.rows(
            f"SELECT {COLUMNS}, article.title FROM {_TABLES} WHERE {_WAITING}"
            " AND annotation.key >= ? AND annotation.key < ?"
            ' ORDER BY article.number DESC, anchor."start", annotation.key',
            [low, high],
        )
        with decoding(self._connection.path, "the marks that wait"):
            found = [(stored(row[:-1]), row[-1]) for row in rows]
        waiting = []
        for (key, _, annotation), title in found:
            origin, before, after = self._origin(key, annotation.anchor)
            waiting.append(
                Waiting(
                    annotation=annotation,
                    number=key >> SHIFT,
                    title=title,
                    origin=origin,
                    before=before,
                    after=after,
                )
            )
        return tuple(waiting)

    def _origin(self, key: int, now: Anchor) -> tuple[Anchor, str, str]:
        """The last sure place of a mark and what is around it there; what was imported, if it had none."""
        place = anchors.origin(self._connection, key)
        if place is None:
            return now, now.prefix, now.suffix
        revision, origin = place
        text = self._connection.value("SELECT text FROM revision WHERE number = ?", [revision])
        start, end = origin.span
        return origin, text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
