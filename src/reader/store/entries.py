"""Taking a feed's entries in: which of them are new, which are a newer text, which are known."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from reader.model import Draft
from reader.sources import Seen, Taken
from reader.store import article_state, sources
from reader.store.adding import Adding
from reader.store.codec import packed, storable
from reader.store.connection import Connection
from reader.store.identity import url_key
from reader.store.journal import Journal


class _Row(NamedTuple):
    """What is known of an entry."""

    article: int
    digest: bytes
    leads: bool


class Taking:
    """One transaction's worth of one feed's entries."""

    def __init__(self, connection: Connection, journal: Journal, feed: int, ids: Collection[str]) -> None:
        """`ids` are those of all entries that the feed gave in this look."""
        self._ids = {storable(id_) for id_ in ids}
        self._connection = connection
        self._feed = feed
        self._adding = Adding(connection, journal)
        self._added = self._updated = self._renamed = self._met = 0

    def take(self, seen: Sequence[Seen]) -> Taken:
        """Store what is new in them."""
        known = self._known({storable(entry.id) for entry in seen})
        for entry in seen:
            row = known.get(storable(entry.id))
            if row is None:
                if entry.draft is not None:
                    self._unknown(entry, entry.draft)
                continue
            self._met += 1
            if entry.draft is not None and entry.digest != row.digest:
                self._changed(entry, entry.draft, row)
        self._adding.finish()
        return Taken(
            added=self._added,
            updated=self._updated,
            met=self._met,
            renamed=self._renamed,
        )

    def _known(self, ids: Collection[str]) -> dict[str, _Row]:
        found = self._connection.rows(
            "SELECT entry_id, article, digest, leads FROM feed_entry WHERE feed = ?"
            " AND entry_id IN (SELECT value FROM json_each(?))",
            [self._feed, packed(sorted(ids))],
        )
        return {entry_id: _Row(article, digest, bool(leads)) for entry_id, article, digest, leads in found}

    def _changed(self, entry: Seen, draft: Draft, row: _Row) -> None:
        if row.leads:
            self._update(row.article, draft)
        self._connection.run(
            "UPDATE feed_entry SET digest = ?, url = ? WHERE feed = ? AND entry_id = ?",
            [entry.digest, storable(entry.url), self._feed, storable(entry.id)],
        )

    def _update(self, number: int, draft: Draft) -> None:
        """A newer text, unless only its markup is another, or somebody has removed the article."""
        removed = self._connection.value("SELECT removed_at FROM article WHERE number = ?", [number])
        if removed or self._adding.has_text(number, draft):
            return
        known = self._adding.known(draft)
        if known is None:
            self._adding.newer(number, draft)
            self._updated += 1
        elif known.number == number:
            # It is again what it was before.
            self._updated += self._adding.show_again(known)

    def _unknown(self, entry: Seen, draft: Draft) -> None:
        known = self._adding.known(draft)
        number = known.number if known is not None else None
        if number is None and entry.distinct:
            number = self._at(entry.url or draft.cleaned.metadata.url)
        leads = True
        if number is not None:
            leads = self._took_over(number)
            if leads:
                self._update(number, draft)
        elif (number := sources.copy_of(self._connection, draft)) is not None:
            leads = False
            self._adding.also_there(number, draft)
        else:
            number = self._adding.new(draft).number
            self._added += 1
            article_state.put_tags(self._connection, number, entry.tags, given=True)
        self._connection.run(
            "INSERT INTO feed_entry (feed, entry_id, article, url, digest, leads) VALUES (?, ?, ?, ?, ?, ?)",
            [self._feed, storable(entry.id), number, storable(entry.url), entry.digest, int(leads)],
        )

    def _took_over(self, number: int) -> bool:
        """Forget the ids under which this feed gave an article before; whether its text was this feed's."""
        rows = self._connection.rows(
            "SELECT entry_id, leads FROM feed_entry WHERE article = ? AND feed = ?", [number, self._feed]
        )
        old = [(entry_id, leads) for entry_id, leads in rows if entry_id not in self._ids]
        for entry_id, _ in old:
            self._connection.run(
                "DELETE FROM feed_entry WHERE feed = ? AND entry_id = ?", [self._feed, entry_id]
            )
        self._renamed += bool(old)
        return any(leads for _, leads in old)

    def _at(self, url: str) -> int | None:
        """The article of an address, one that is not removed before one that is."""
        key = url_key(url)
        found = self._connection.value(
            "SELECT number FROM article WHERE url_key = ? AND url_key <> ''"
            " ORDER BY removed_at IS NOT NULL, number LIMIT 1",
            [key],
        )
        return None if found is None else int(found)
