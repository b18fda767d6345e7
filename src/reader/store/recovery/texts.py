"""Texts out of a damaged library: each with its hash, its original and its article."""

import hashlib
from collections.abc import Callable
from contextlib import suppress

from reader.errors import ReaderError, StoreError
from reader.model import Block, Draft, Incoming, Link, Run, Segment
from reader.store.article_state import METADATA, metadata_of
from reader.store.codec import decoding, expanded, pack_records, packed, records, squeezed, unpacked
from reader.store.connection import Connection
from reader.store.journal import Journal
from reader.store.recovery.report import Report
from reader.store.revising import write_revision
from reader.store.schema import SHIFT

_TITLE = 80
"""Code points of a text that stand for a title that is lost."""


class Texts:
    """Mends revisions, originals and articles, inside a transaction that does not enforce references."""

    def __init__(self, journal: Journal, report: Report, prepare: Callable[[Incoming], Draft]) -> None:
        self._prepare = prepare
        self._journal = journal
        self._connection = journal.connection
        self._report = report

    def mend(self) -> None:
        """Mend all of them."""
        self._clean_anew()
        self._texts()
        self._articles()

    def _clean_anew(self) -> None:
        """Make the text of each article of which only the original is left."""
        connection = self._connection
        for original, article in connection.rows(
            "SELECT max(number), article FROM original"
            " WHERE article NOT IN (SELECT article FROM revision) GROUP BY article"
        ):
            if not self._original_is_sound(original):
                continue
            media, encoding, origin, metadata, raw = connection.rows(
                "SELECT media, encoding, origin, metadata, raw FROM original WHERE number = ?", [original]
            )[0]
            told = metadata_of(unpacked(metadata))
            try:
                draft = self._prepare(
                    Incoming(raw=expanded(raw), media=media, origin=origin, metadata=told, encoding=encoding)
                )
            except ReaderError:
                continue  # told with the lost
            made = write_revision(
                connection,
                article,
                original,
                draft,
                revision_id=self._lost_id(article),
                at=self._journal.clock(),
            )
            marked = connection.rows(
                "SELECT DISTINCT revision FROM anchor WHERE annotation >= ? AND annotation < ?",
                [article << SHIFT, (article + 1) << SHIFT],
            )
            if len(marked) == 1:
                connection.run("UPDATE revision SET number = ? WHERE number = ?", [marked[0][0], made])
            self._report.changed.append(f"the text of article {article} is made anew from its original")

    def _lost_id(self, article: int) -> str:
        """The id of the text that an article's marks were made on, as the history has it; else a new one."""
        found: str | None = self._connection.value(
            "SELECT marked FROM (SELECT event.id AS step, CASE WHEN json_valid(after_json)"
            " THEN json_extract(after_json, '$.anchor.revision_id') END AS marked"
            " FROM event JOIN article ON article.id = event.article_id"
            " WHERE article.number = ? AND table_name = 'annotation')"
            " WHERE marked NOT IN (SELECT id FROM revision) ORDER BY step DESC LIMIT 1",
            [article],
        )
        return found or self._journal.new_id()

    def _texts(self) -> None:
        """See to each text's hash and layout, and to the original that it was made of."""
        connection = self._connection
        for (number,) in connection.rows("SELECT number FROM revision"):
            article, original, text, sha256, blocks, runs = connection.rows(
                "SELECT article, original, text, sha256, blocks, runs FROM revision WHERE number = ?",
                [number],
            )[0]
            digest = hashlib.sha256(text.encode()).hexdigest()
            if digest != sha256:
                self._report.changed.append(f"the text of article {article} is not quite what was stored")
                connection.run("UPDATE revision SET sha256 = ? WHERE number = ?", [digest, number])
            if not _sound(connection, blocks, runs):
                connection.run(
                    "UPDATE revision SET blocks = ?, runs = '[]' WHERE number = ?",
                    [pack_records([Block(0, len(text), "paragraph")]), number],
                )
            if not self._original_is_sound(original):
                original = self._stand_in(original, article, text)
                self._report.changed.append(
                    f"the original of article {article} is lost: its text stands in its place"
                )
            self._see_to_links(number, original, text)

    def _original_is_sound(self, number: int) -> bool:
        row = self._connection.row(
            "SELECT sha256, raw, coalesce(page_text, raw), metadata FROM original WHERE number = ?", [number]
        )
        if row is None:
            return False
        with suppress(StoreError), decoding(self._connection.path, "an original"):
            digest, raw, page_text, metadata = row
            expanded(page_text).decode()
            told = unpacked(metadata)
            return hashlib.sha256(expanded(raw)).digest() == digest and set(METADATA) <= set(told)
        return False

    def _stand_in(self, number: int, article: int, text: str) -> int:
        """Have an original whose page text is this text; returns its number."""
        raw = text.encode()
        digest = hashlib.sha256(raw).digest()
        connection = self._connection
        connection.run("DELETE FROM original WHERE number = ?", [number])
        same = connection.value("SELECT number FROM original WHERE sha256 = ? AND media = 'text'", [digest])
        if same is not None:
            connection.run("UPDATE revision SET original = ? WHERE original = ?", [same, number])
            return int(same)
        connection.run(
            "INSERT INTO original (number, id, article, sha256, media, encoding, origin, metadata, added_at,"
            " raw) VALUES (?, ?, ?, ?, 'text', 'utf-8', '-', ?, ?, ?)",
            [
                number,
                self._journal.new_id(),
                article,
                digest,
                packed(dict.fromkeys(METADATA, "")),
                self._journal.clock(),
                squeezed(raw),
            ],
        )
        return number

    def _see_to_links(self, number: int, original: int, text: str) -> None:
        """Have verdicts and a map that fit the page text; else all of it is kept, with no map."""
        connection = self._connection
        (page,) = connection.row(
            "SELECT coalesce(page_text, raw) FROM original WHERE number = ?", [original]
        ) or (b"",)
        page_text = expanded(page).decode()
        (links, segments) = connection.rows(
            "SELECT links, segments FROM revision WHERE number = ?", [number]
        )[0]
        with suppress(StoreError), decoding(connection.path, "a text"):
            linked = [link.page_start + link.length for link in records(Link, links)]
            judged = [segment.end for segment in records(Segment, segments)]
            if judged[-1:] == [len(page_text)] and max(linked, default=0) <= len(page_text):
                return
        connection.run(
            "UPDATE revision SET links = ?, segments = ? WHERE number = ?",
            [
                pack_records([Link(0, 0, len(text))] if page_text == text else []),
                pack_records([Segment(0, len(page_text), "keep", "", "article")]),
                number,
            ],
        )

    def _articles(self) -> None:
        """Make the rows of articles that have texts and no row, and show each article a text that it has."""
        connection = self._connection
        for (number,) in connection.rows(
            "SELECT DISTINCT article FROM revision WHERE article NOT IN (SELECT number FROM article)"
        ):
            self._make_article(number)
        connection.run(
            "UPDATE article SET position = 0, shown = ("
            " SELECT number FROM revision WHERE revision.article = article.number ORDER BY EXISTS ("
            " SELECT 1 FROM anchor WHERE anchor.revision = revision.number) DESC, number DESC LIMIT 1)"
            " WHERE shown IS NULL OR shown NOT IN (SELECT number FROM revision)"
        )
        connection.run("DELETE FROM article WHERE shown IS NULL")
        kept = {number for (number,) in connection.rows("SELECT number FROM article")}
        known = self._report.titles.keys() | {key for table, key in self._report.hashes if table == "article"}
        for number in sorted(known - kept):
            title = self._report.titles.get(number, "")
            self._report.lost.append(f"article {number}{f' “{title}”' if title else ''}: its text")

    def _make_article(self, number: int) -> None:
        connection = self._connection
        text, at, metadata, origin = connection.rows(
            "SELECT text, revision.created_at, metadata, original.origin FROM revision"
            " JOIN original ON original.number = original WHERE revision.article = ?"
            " ORDER BY revision.number DESC LIMIT 1",
            [number],
        )[0]
        told = {name: str(value) for name, value in unpacked(metadata).items() if name in METADATA}
        told["title"] = told["title"] or text.strip().split("\n")[0][:_TITLE]
        article_id = connection.value(
            "SELECT event.article_id FROM event JOIN annotation ON annotation.id = event.row_id"
            " WHERE annotation.article = ? AND event.article_id NOT IN (SELECT id FROM article)",
            [number],
        )
        connection.run(
            f"INSERT INTO article (number, id, {', '.join(METADATA)}, url_key, origin, added_at, updated_at)"
            f" VALUES (?, ?, {', '.join('?' * len(METADATA))}, '', ?, ?, ?)",
            [
                number,
                article_id or self._journal.new_id(),
                *(told[name] for name in METADATA),
                origin,
                at,
                at,
            ],
        )
        self._report.changed.append(
            f"article {number}: its title, source and date are those that came in with it"
        )


def _sound(connection: Connection, blocks: str, runs: str) -> bool:
    with suppress(StoreError), decoding(connection.path, "a text"):
        records(Block, blocks)
        records(Run, runs)
        return True
    return False
