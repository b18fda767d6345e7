"""Taking drafts in: what is new, what is known, and what is a newer text of a known article."""

import hashlib
from typing import NamedTuple

from reader.errors import ConflictError
from reader.model import Added, Draft, Incoming, Known, Metadata, Outcome, Whole
from reader.store import article_state, indexing
from reader.store.codec import decoding, packed, squeezed, storable, unpacked
from reader.store.connection import Connection
from reader.store.identity import IS_RECORD, is_record, url_key
from reader.store.journal import Journal
from reader.store.revising import write_revision
from reader.store.shown import bears_marks

_NEWER_WAITS = "a newer text is there: the one that bears your marks stays shown"
_BACK = "it had been removed and is back"


def known(connection: Connection, incoming: Incoming) -> Known | None:
    """What these very bytes became when they came in before; None where they are new."""
    number = _article_of(connection, incoming, hashlib.sha256(incoming.raw).digest())
    return None if number is None else Known(number=number, origin=incoming.origin)


def _article_of(connection: Connection, incoming: Incoming, digest: bytes) -> int | None:
    number: int | None = connection.value(
        "SELECT article FROM original WHERE sha256 = ? AND media = ?", [digest, incoming.media]
    )
    return number


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
            return self._known(item.number)
        digest = hashlib.sha256(item.incoming.raw).digest()
        number = _article_of(self._connection, item.incoming, digest)
        if number is not None:
            return self._known(number)
        number = self._same_source(item)
        if number is None:
            return self._new(item, digest)
        # What a person adds is the text from now on, whatever a feed may still say.
        self._connection.run("UPDATE feed_entry SET leads = 0 WHERE article = ?", [number])
        return self._newer(number, item, digest)

    def article_of(self, draft: Draft) -> int | None:
        """The article that these very bytes became before, removed or not."""
        digest = hashlib.sha256(draft.incoming.raw).digest()
        return _article_of(self._connection, draft.incoming, digest)

    def new(self, draft: Draft) -> Added:
        """Store a draft that is known to be no article yet."""
        return self._new(draft, hashlib.sha256(draft.incoming.raw).digest())

    def newer(self, number: int, draft: Draft) -> Added:
        """Store a draft that is known to be a newer text of this article."""
        return self._newer(number, draft, hashlib.sha256(draft.incoming.raw).digest())

    def has_text(self, number: int, draft: Draft) -> bool:
        """Whether the newest original of an article has given the text of a draft before."""
        found = self._connection.value(
            "SELECT 1 FROM revision WHERE sha256 = ? AND original ="
            " (SELECT max(number) FROM original WHERE article = ?) LIMIT 1",
            [draft.sha256, number],
        )
        return found is not None

    def finish(self) -> None:
        """Index what was added."""
        indexing.put_articles(self._connection, self._unindexed)
        self._unindexed.clear()

    def _known(self, number: int) -> Added:
        """The same bytes again. The newest text is shown if no mark keeps an older one any longer."""
        back = self._bring_back(number)
        newest, shown = self._newest(number)
        settled = newest > shown and not bears_marks(self._connection, number)
        if settled:
            self._show(number, newest)
        return self._added("updated" if back or settled else "unchanged", number, [_BACK] if back else [])

    def _newer(self, number: int, draft: Draft, digest: bytes) -> Added:
        notes = [_BACK] if self._bring_back(number) else []
        revision = self._write_texts(number, draft, digest)
        if bears_marks(self._connection, number):
            notes.append(_NEWER_WAITS)
        else:
            self._show(number, revision)
        return self._added("updated", number, notes)

    def _new(self, draft: Draft, digest: bytes) -> Added:
        number = self._next_number()
        article_id = self._journal.new_id()
        self._write_article(number, article_id, draft.cleaned.metadata, draft.incoming.origin, self._at)
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
        if known is None and (number := _article_of(self._connection, whole.draft.incoming, digest)):
            known = self._connection.value("SELECT id FROM article WHERE number = ?", [number])
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

    def _write_texts(self, number: int, draft: Draft, digest: bytes, born: "_Born | None" = None) -> int:
        """Write a draft's original and revision, as they were `born`; returns the revision's number."""
        if born is None:
            born = _Born(self._journal.new_id(), self._at, self._journal.new_id(), self._at)
        cleaned, incoming = draft.cleaned, draft.incoming
        page_text = storable(cleaned.page_text).encode()
        original = 1 + self._connection.value("SELECT coalesce(max(number), 0) FROM original")
        self._connection.run(
            "INSERT INTO original (number, id, article, sha256, media, encoding, origin, metadata, added_at,"
            " raw, page_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                original,
                storable(born.original_id),
                number,
                digest,
                incoming.media,
                cleaned.encoding,
                storable(incoming.origin),
                packed({name: getattr(cleaned.metadata, name) for name in article_state.METADATA}),
                born.original_at,
                squeezed(incoming.raw),
                None if page_text == incoming.raw else squeezed(page_text),
            ],
        )
        return write_revision(
            self._connection,
            number,
            original,
            draft,
            revision_id=born.revision_id,
            at=born.revision_at,
        )

    def _newest(self, number: int) -> tuple[int, int]:
        """The numbers of the newest revision of a newer original, if there is one, and of the one shown."""
        newest, shown = self._connection.rows(
            "SELECT max(revision.number), shown FROM article JOIN revision AS now ON now.number = shown"
            " LEFT JOIN revision ON revision.article = article.number AND revision.original > now.original"
            " WHERE article.number = ?",
            [number],
        )[0]
        return newest or 0, shown or 0

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

    def _show(self, number: int, revision: int) -> None:
        """Show a revision, with what its text says of itself where nobody has corrected that."""
        (column,) = self._connection.rows(
            "SELECT metadata FROM original JOIN revision ON revision.original = original.number"
            " WHERE revision.number = ?",
            [revision],
        )[0]
        now = article_state.image(self._connection, number)
        with decoding(self._connection.path, f"article {number}"):
            incoming = unpacked(column)
            changes = {
                name: str(incoming[name])
                for name in article_state.METADATA
                if incoming[name] and name not in now["edited"]
            }
        if number not in self._unindexed:
            indexing.drop_article(self._connection, number)
            self._unindexed.add(number)
        columns: dict[str, object] = {**changes, "shown": revision, "position": 0, "updated_at": self._at}
        if "url" in columns:
            columns["url_key"] = url_key(str(columns["url"]))
        self._connection.run(
            f"UPDATE article SET {', '.join(f'{name} = ?' for name in columns)} WHERE number = ?",
            [*columns.values(), number],
        )

    def _added(self, outcome: Outcome, number: int, notes: list[str]) -> Added:
        article_id, title = self._connection.rows("SELECT id, title FROM article WHERE number = ?", [number])[
            0
        ]
        return Added(
            outcome=outcome, number=number, article_id=article_id, title=title, note="; ".join(notes)
        )
