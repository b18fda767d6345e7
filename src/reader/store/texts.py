"""The texts of articles: originals as they came in, and the revisions that cleaning made of them."""

from reader.errors import NotFoundError
from reader.model import Article, Fact, Incoming, Link, Segment
from reader.store import article_state
from reader.store.codec import decoding, expanded, records, unpacked
from reader.store.connection import Connection, Row
from reader.store.journal import Journal


class Texts:
    """What is stored of originals and revisions, by the id of a revision; part of `Articles`."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def markdown(self, revision_id: str) -> str:
        """The Markdown that cleaning left."""
        return str(self._revision_row(revision_id, "coalesce(markdown, text)")[0])

    def segments(self, revision_id: str) -> tuple[Segment, ...]:
        """The verdicts on the page text; they cover it in order."""
        (column,) = self._revision_row(revision_id, "segments")
        with decoding(self._connection.path, "the segments of a text"):
            return records(Segment, column)

    def links(self, revision_id: str) -> tuple[Link, ...]:
        """The map between text and page text."""
        (column,) = self._revision_row(revision_id, "links")
        with decoding(self._connection.path, "the map of a text"):
            return records(Link, column)

    def page_text(self, revision_id: str) -> str:
        """The decoded text of the revision's original."""
        (column,) = self._revision_row(revision_id, "coalesce(page_text, raw)")
        with decoding(self._connection.path, "the page text of an original"):
            return expanded(column).decode()

    def raw(self, revision_id: str) -> bytes:
        """The revision's original, byte for byte."""
        (column,) = self._revision_row(revision_id, "raw")
        with decoding(self._connection.path, "the bytes of an original"):
            return expanded(column)

    def media(self, revision_id: str) -> str:
        """What the revision's original is: ``text``, ``markdown`` or ``html``."""
        return str(self._revision_row(revision_id, "media")[0])

    def incoming(self, revision_id: str) -> Incoming:
        """The revision's original as it came in, to be cleaned anew, with all that it said of itself."""
        raw, media, origin, encoding, metadata, cleaner = self._revision_row(
            revision_id, "raw, media, original.origin, encoding, original.metadata, cleaner"
        )
        with decoding(self._connection.path, "the bytes of an original"):
            return Incoming(
                raw=expanded(raw),
                media=media,
                origin=origin,
                metadata=article_state.metadata_of(unpacked(metadata)),
                encoding=encoding,
                fragment=cleaner.startswith("fragment/"),
            )

    def facts(self, article: Article) -> tuple[Fact, ...]:
        """What is known of an article, field by field, each with what said so."""
        metadata, edited = self._revision_row(
            article.revision_id,
            "original.metadata, (SELECT edited FROM article WHERE number = original.article)",
        )
        with decoding(self._connection.path, f"article {article.number}"):
            said, by_hand = unpacked(metadata), unpacked(edited)
            sources = said.get(article_state.SOURCES, {})
        facts = []
        for name in article_state.METADATA:
            if value := getattr(article.metadata, name):
                # A value of a newer text, or of one that was cleaned again, is that text's.
                source = sources.get(name, "") if value == said[name] else "text"
                facts.append(Fact(name, value, "by hand" if name in by_hand else source))
        return tuple(facts)

    def _revision_row(self, revision_id: str, columns: str) -> Row:
        row = self._connection.row(
            f"SELECT {columns} FROM revision JOIN original ON original.number = revision.original"
            " WHERE revision.id = ?",
            [revision_id],
        )
        if row is None:
            raise NotFoundError("the text asked for is not there: open the article again")
        return row
