"""Taking drafts in: what is new, what is known, and what is a newer text of a known article."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import NamedTuple

from reader.errors import ConflictError
from reader.model import Added, Draft, Incoming, Known, Metadata, Outcome, Whole
from reader.store import anchors, article_state, indexing, sources
from reader.store.codec import decoding, packed, squeezed, storable, unpacked
from reader.store.connection import Connection
from reader.store.identity import IS_RECORD, is_record, url_key
from reader.store.journal import Image, Journal
from reader.store.revising import write_revision
from reader.store.shown import bears_marks

_COPY = "the same text from another source: kept as one article"
_BACK = "it had been removed and is back"


def known(connection: Connection, incoming: Incoming) -> Known | None:
    """What these very bytes became when they came in before; None where they are new."""
    return _known(connection, incoming, hashlib.sha256(incoming.raw).digest())


def _known(connection: Connection, incoming: Incoming, digest: bytes) -> Known | None:
    row = connection.row(
        "SELECT article, number FROM original WHERE sha256 = ? AND media = ?", [digest, incoming.media]
    )
    return None if row is None else Known(number=row[0], origin=incoming.origin, original=row[1])


class _Born(NamedTuple):
    """The ids of an original and its revision, and when they came to be."""

    original_id: str
    original_at: str
    revision_id: str
    revision_at: str


class Adding:
    """One transaction's worth of drafts. Their words are indexed together, by `finish`."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal
        self._at = journal.clock()
        self._unindexed: set[int] = set()

    def add(self, item: Draft | Known) -> Added:
        """Store one draft, or bring what is known to where adding it again brings it."""
        if isinstance(item, Known):
            return self._known(item)
        digest = hashlib.sha256(item.incoming.raw).digest()
        known = _known(self._connection, item.incoming, digest)
        if known is not None:
            return self._known(known)
        number = self._same_source(item)
        if number is not None:
            # What a person adds is the text from now on, whatever a feed may still say.
            self._connection.run("UPDATE feed_entry SET leads = 0 WHERE article = ?", [number])
            return self._newer(number, item, digest)
        number = sources.copy_of(self._connection, item)
        if number is not None:
            return self._also_there(number, item, digest)
        return self._new(item, digest)

    def known(self, draft: Draft) -> Known | None:
        """What these very bytes became before, removed or not; None where they are new."""
        return known(self._connection, draft.incoming)

    def new(self, draft: Draft) -> Added:
        """Store a draft that is known to be no article yet."""
        return self._new(draft, hashlib.sha256(draft.incoming.raw).digest())

    def also_there(self, number: int, draft: Draft) -> Added:
        """Store a draft that is known to be a copy of this article's text, found at another place."""
        return self._also_there(number, draft, hashlib.sha256(draft.incoming.raw).digest())

    def newer(self, number: int, draft: Draft) -> Added:
        """Store a draft that is known to be a newer text of this article."""
        return self._newer(number, draft, hashlib.sha256(draft.incoming.raw).digest())

    def has_text(self, number: int, draft: Draft) -> bool:
        """Whether the newest original of an article that gave it a text gave that of a draft."""
        found = self._connection.value(
            "SELECT 1 FROM revision WHERE sha256 = ? AND original ="
            " (SELECT max(original) FROM revision WHERE article = ?) LIMIT 1",
            [draft.sha256, number],
        )
        return found is not None

    def finish(self) -> None:
        """Index what was added."""
        indexing.put_articles(self._connection, self._unindexed)
        self._unindexed.clear()

    def show_again(self, known: Known) -> bool:
        """Show the text of known bytes where it has become the newest again; whether it was another.

        That is so where its place gave another one meanwhile, or where no other came later: it may have come
        with another library. What a person chose to see stays.
        """
        row = self._connection.row(
            "SELECT text.id, metadata FROM (SELECT id FROM revision WHERE original = ?1"
            " ORDER BY number DESC LIMIT 1) AS text JOIN original ON original.number = ?1"
            " WHERE ?1 <> (SELECT original FROM article JOIN revision ON revision.number = shown"
            " WHERE article.number = ?2)"
            " AND (?1 < (SELECT max(number) FROM original WHERE article = ?2 AND origin = ?3)"
            " OR ?1 = (SELECT max(original) FROM revision WHERE article = ?2))",
            [known.original, known.number, storable(known.origin)],
        )
        if row is None or self._was_chosen(known.number):
            return False
        with decoding(self._connection.path, f"article {known.number}"):
            metadata = unpacked(row[1])
        self._take_over(known.number, metadata, {"shown": row[0]})
        return True

    def _was_chosen(self, number: int) -> bool:
        """Whether a person has chosen the text that an article shows."""
        chosen = self._connection.value(
            "SELECT what = ?2 OR undone_at IS NOT NULL FROM event WHERE table_name = 'article'"
            " AND row_id = (SELECT id FROM article WHERE number = ?1)"
            " AND (what = ?2 AND undone_at IS NULL OR what = ?3) ORDER BY id DESC LIMIT 1",
            [number, article_state.CHOSEN_TEXT, article_state.NEWER_TEXT],
        )
        return bool(chosen)

    def _known(self, known: Known) -> Added:
        self._connection.group = ""
        notes = [_BACK] if self._bring_back(known.number) else []
        shown = self.show_again(known)
        if shown:
            notes += self._told_of_marks(known.number)
        return self._added("updated" if notes or shown else "unchanged", known.number, notes)

    def _told_of_marks(self, number: int) -> list[str]:
        if not bears_marks(self._connection, number):
            return []
        return [anchors.moved(anchors.tally(self._connection, number))]

    def _newer(self, number: int, draft: Draft, digest: bytes) -> Added:
        # Each article's newer text is a change of its own, however many come in one transaction.
        self._connection.group = ""
        notes = [_BACK] if self._bring_back(number) else []
        if draft.sha256 == self._shown_sha256(number) or self.has_text(number, draft):
            # Only what is around the text is another: its bytes are kept, and the text is none the newer.
            self._write_original(number, draft, digest)
            self._take_over(number, asdict(draft.cleaned.metadata), {})
            return self._added("updated", number, notes)
        revision = self._write_texts(number, draft, digest)
        shown = self._connection.value("SELECT id FROM revision WHERE number = ?", [revision])
        self._take_over(number, asdict(draft.cleaned.metadata), {"shown": shown})
        return self._added("updated", number, [*notes, *self._told_of_marks(number)])

    def _shown_sha256(self, number: int) -> str:
        return str(
            self._connection.value(
                "SELECT sha256 FROM article JOIN revision ON revision.number = shown"
                " WHERE article.number = ?",
                [number],
            )
        )

    def _also_there(self, number: int, draft: Draft, digest: bytes) -> Added:
        """A copy of a text that is there: its bytes are kept, and where it was found; the text stays."""
        self._write_original(number, draft, digest)
        sources.add_source(self._connection, number, draft, self._at)
        return self._added("updated", number, [_COPY])

    def _new(self, draft: Draft, digest: bytes) -> Added:
        number = self._next_number()
        article_id = self._journal.new_id()
        self._write_article(number, article_id, draft.cleaned.metadata, draft.incoming.origin, self._at)
        sources.went_apart(self._connection, draft)
        revision = self._write_texts(number, draft, digest)
        self._connection.run("UPDATE article SET shown = ? WHERE number = ?", [revision, number])
        self._unindexed.add(number)
        return Added(
            outcome="added", number=number, article_id=article_id, title=draft.cleaned.metadata.title
        )

    def restore(self, whole: Whole) -> tuple[str, bool]:
        """Store an article of another library under its own ids, where it is not here by id or by its bytes.

        Returns:
            The id of the article here, and whether it is new.

        Raises:
            ConflictError: its text or its original has the id of another article's.
        """
        known = self._connection.value("SELECT id FROM article WHERE id = ?", [storable(whole.id)])
        digest = hashlib.sha256(whole.draft.incoming.raw).digest()
        if known is None and (same := _known(self._connection, whole.draft.incoming, digest)):
            known = self._connection.value("SELECT id FROM article WHERE number = ?", [same.number])
        if known is not None:
            return str(known), False
        for table, its_id in (("original", whole.original_id), ("revision", whole.revision_id)):
            if self._connection.value(f"SELECT 1 FROM {table} WHERE id = ?", [storable(its_id)]):
                raise ConflictError("a text with its id is here already, of another article")
        number = self._next_number()
        self._write_article(number, whole.id, whole.metadata, whole.draft.incoming.origin, whole.added_at)
        self._connection.run(
            "UPDATE article SET edited = ?, updated_at = ? WHERE number = ?",
            [packed(list(whole.edited)), whole.updated_at, number],
        )
        born = _Born(whole.original_id, whole.original_at, whole.revision_id, whole.revision_at)
        revision = self._write_texts(number, whole.draft, digest, born)
        self._connection.run("UPDATE article SET shown = ? WHERE number = ?", [revision, number])
        self._unindexed.add(number)
        return whole.id, True

    def _next_number(self) -> int:
        # A number is never given twice, also where the article that had it is gone.
        return 1 + int(
            self._connection.value(
                "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'article'), 0)"
            )
        )

    def _write_article(self, number: int, article_id: str, metadata: Metadata, origin: str, at: str) -> None:
        self._connection.run(
            f"INSERT INTO article (number, id, {', '.join(article_state.METADATA)}, url_key, origin,"
            " added_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                number,
                storable(article_id),
                *(storable(getattr(metadata, name)) for name in article_state.METADATA),
                url_key(metadata.url),
                storable(origin),
                at,
                at,
            ],
        )

    def _same_source(self, draft: Draft) -> int | None:
        """The article that came from the same address, else from the same file; None where there is none.

        A file whose texts name different addresses held different articles. What is a record of a corpus has
        to bear the same title too: records move when others are put before them, and a corpus may give one
        address for many.
        """
        key, origin = url_key(draft.cleaned.metadata.url), storable(draft.incoming.origin)
        title = storable(draft.cleaned.metadata.title)
        for same in (
            "url_key = ?1 AND url_key <> ''",
            "origin = ?2 AND origin <> '-' AND (?1 = '' OR url_key IN ('', ?1))",
        ):
            found = self._connection.value(
                f"SELECT number FROM article WHERE {same}"
                f" AND (title = ?3 AND title <> '' OR NOT (?4 OR {IS_RECORD}))"
                " ORDER BY removed_at IS NOT NULL, number LIMIT 1",
                [key, origin, title, is_record(origin)],
            )
            if found is not None:
                return int(found)
        return None

    def _write_texts(self, number: int, draft: Draft, digest: bytes, born: _Born | None = None) -> int:
        """Write a draft's original and revision, as they were `born`; returns the revision's number."""
        if born is None:
            born = _Born(self._journal.new_id(), self._at, self._journal.new_id(), self._at)
        original = self._write_original(number, draft, digest, born)
        sources.remember_text(self._connection, number, draft.sketch)
        return write_revision(
            self._connection, number, original, draft, revision_id=born.revision_id, at=born.revision_at
        )

    def _write_original(self, number: int, draft: Draft, digest: bytes, born: _Born | None = None) -> int:
        """Write the bytes of a draft and what they say of themselves; returns the original's number."""
        its_id, at = (born.original_id, born.original_at) if born else (self._journal.new_id(), self._at)
        cleaned, incoming = draft.cleaned, draft.incoming
        page_text = storable(cleaned.page_text).encode()
        original = 1 + int(self._connection.value("SELECT coalesce(max(number), 0) FROM original"))
        self._connection.run(
            "INSERT INTO original (number, id, article, sha256, media, encoding, origin, metadata, added_at,"
            " raw, page_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                original,
                storable(its_id),
                number,
                digest,
                incoming.media,
                cleaned.encoding,
                storable(incoming.origin),
                packed(
                    {name: getattr(cleaned.metadata, name) for name in article_state.METADATA}
                    | {article_state.SOURCES: dict(cleaned.sources)}
                ),
                at,
                squeezed(incoming.raw),
                None if page_text == incoming.raw else squeezed(page_text),
            ],
        )
        return original

    def _bring_back(self, number: int) -> bool:
        """Undo an article's removal; returns whether it was removed."""
        removed, article_id = self._connection.rows(
            "SELECT removed_at IS NOT NULL, id FROM article WHERE number = ?", [number]
        )[0]
        if removed:
            # Also an event: else the removal would stay on top of what can be undone, and conflict.
            article_state.change(
                self._journal, number, article_id, "added the article again", {"removed": False}
            )
        return bool(removed)

    def _take_over(self, number: int, metadata: Mapping[str, str], changes: Image) -> None:
        """Change an article to what its newer original says of itself, where nobody has corrected that.

        Args:
            number: the article.
            metadata: what the original says of itself, by the names of `Metadata`.
            changes: the text to be shown from now on, if it is another.
        """
        if number in self._unindexed:
            self.finish()
        now = article_state.image(self._connection, number)
        for name in article_state.METADATA:
            said = storable(str(metadata[name]))
            if said and said != now[name] and name not in now["edited"]:
                changes[name] = said
        if "shown" in changes and bears_marks(self._connection, number):
            article_id = self._connection.value("SELECT id FROM article WHERE number = ?", [number])
            article_state.change(self._journal, number, article_id, article_state.NEWER_TEXT, changes)
        elif changes:
            # Nobody has done anything with the old text that could be lost.
            article_state.write(self._connection, number, changes, self._at)

    def _added(self, outcome: Outcome, number: int, notes: list[str]) -> Added:
        article_id, title = self._connection.rows("SELECT id, title FROM article WHERE number = ?", [number])[
            0
        ]
        return Added(
            outcome=outcome, number=number, article_id=article_id, title=title, note="; ".join(notes)
        )
