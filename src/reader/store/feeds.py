"""Feeds: the list of them, what a person sets about them, and what the last look at each has brought."""

from array import array
from collections.abc import Collection, Mapping, Sequence

from reader.errors import NotFoundError
from reader.model import Order
from reader.sources import Feed, FeedChange, FullText, Missed, Seen, Taken
from reader.store import feed_state
from reader.store.articles import order_by
from reader.store.codec import decoding, packed, storable, unpacked
from reader.store.connection import Connection, Row
from reader.store.entries import Taking
from reader.store.journal import Image, Journal, difference
from reader.store.schema import SHIFT

_HINTS = 3000
"""Digests of so many entries of a feed are handed to whoever reads it, so that known ones are not cleaned."""

_TITLE = "coalesce(nullif(name, ''), nullif(title, ''), url)"
_COLUMNS = (
    f"number, id, url, {_TITLE}, home, folder, full_text, etag,"
    " modified, body_digest, checked_at, fetched_at, next_at, failures, error, notes, retired_at IS NOT NULL"
)
_COUNTS = """
    SELECT feed, count(*), count(*) FILTER (WHERE read = 0) FROM (
        SELECT DISTINCT feed, article, read FROM feed_entry
        JOIN article ON article.number = feed_entry.article WHERE removed_at IS NULL
    ) GROUP BY feed
"""


class Feeds:
    """The feeds of a library. A removed one keeps its row, so that adding it again brings it back."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def all(self) -> list[Feed]:
        """All feeds, by folder and title; those in no folder come first."""
        counts = {feed: (articles, unread) for feed, articles, unread in self._connection.rows(_COUNTS)}
        rows = self._connection.rows(f"SELECT {_COLUMNS} FROM feed WHERE removed_at IS NULL ORDER BY number")
        feeds = [self._feed(row, *counts.get(row[0], (0, 0))) for row in rows]
        return sorted(feeds, key=lambda feed: (feed.folder.casefold(), feed.title.casefold(), feed.number))

    def get(self, number: int) -> Feed:
        """One feed.

        Raises:
            NotFoundError: there is none.
        """
        row = self._connection.row(
            f"SELECT {_COLUMNS} FROM feed WHERE removed_at IS NULL AND number = ?", [number]
        )
        if row is None:
            raise NotFoundError(f"there is no feed {number}: reader feeds list shows what there is")
        counts = self._connection.row(
            "SELECT count(*), count(*) FILTER (WHERE read = 0) FROM article WHERE removed_at IS NULL"
            " AND number IN (SELECT article FROM feed_entry WHERE feed = ?)",
            [number],
        )
        return self._feed(row, *(counts or (0, 0)))

    def _feed(self, row: Row, articles: int, unread: int) -> Feed:
        with decoding(self._connection.path, f"feed {row[0]}"):
            notes, retired = tuple(unpacked(row[15])), bool(row[16])
            return Feed._make((*row[:15], notes, retired, articles, unread))

    def add(self, url: str, *, name: str, title: str, home: str, folder: str) -> tuple[int, bool]:
        """Subscribe to a feed; returns its number, and whether it was not subscribed to yet.

        One that was removed comes back as it was, with the folder and the name that are given.
        """
        url = storable(url)
        connection, journal = self._connection, self._journal
        with connection.transaction():
            row = connection.row("SELECT number, id, removed_at FROM feed WHERE url = ?", [url])
            if row is None:
                feed_id = journal.new_id()
                given = [url, *map(storable, (name, title, home, folder)), journal.clock()]
                connection.run(
                    "INSERT INTO feed (id, url, name, title, home, folder, full_text, added_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, 'short', ?)",
                    [feed_id, *given],
                )
                after = feed_state.image(connection, feed_id)
                self._record(f"added the feed {name or title or url}", feed_id, before=None, after=after)
                return int(connection.value("SELECT number FROM feed WHERE id = ?", [feed_id])), True
            number, feed_id, removed = int(row[0]), row[1], row[2]
            if removed:
                wanted = {"name": name, "folder": folder}
                changes = {"deleted": False} | {key: text for key, text in wanted.items() if text}
                self._change(feed_id, changes, f"added the feed {self.title(number)}")
            return number, bool(removed)

    def title(self, number: int) -> str:
        """What a feed is called, removed or not."""
        return str(self._connection.value(f"SELECT {_TITLE} FROM feed WHERE number = ?", [number]))

    def _change(self, feed_id: str, changes: Image, what: str) -> None:
        now = feed_state.image(self._connection, feed_id)
        before, after = difference(now, now | changes)
        if after:
            feed_state.write(self._connection, feed_id, after, self._journal.clock())
            self._record(what, feed_id, before=before, after=after)

    def _record(self, what: str, feed_id: str, *, before: Image | None, after: Image) -> None:
        self._journal.record(what, table="feed", row_id=feed_id, article_id=None, before=before, after=after)

    def edit(self, number: int, *, name: str, folder: str, full_text: FullText) -> Feed:
        """Set what a person sets about a feed.

        Raises:
            NotFoundError: there is none.
        """
        with self._connection.transaction():
            feed = self.get(number)
            changes = {"name": storable(name), "folder": storable(folder), "full_text": full_text}
            self._change(feed.id, changes, f"set the feed {feed.title}")
            return self.get(number)

    def remove(self, number: int) -> None:
        """End a subscription; its articles stay.

        Raises:
            NotFoundError: there is none.
        """
        with self._connection.transaction():
            feed = self.get(number)
            self._change(feed.id, {"deleted": True}, f"removed the feed {feed.title}")

    def forget(self, number: int) -> None:
        """Take back a subscription that came to nothing, as if it had never been asked for."""
        with self._connection.transaction():
            feed = self.get(number)
            newest = "SELECT max(id) FROM event WHERE table_name = 'feed' AND row_id = ?"
            self._connection.run(f"DELETE FROM event WHERE id = ({newest})", [feed.id])
            if self._connection.value(newest, [feed.id]) is None:
                self._connection.run("DELETE FROM feed WHERE number = ?", [number])
            else:
                self._set(number, {"removed_at": self._journal.clock()})

    def name(self, number: int) -> str:
        """The person's own name for a feed, empty where it bears the one that it gives itself."""
        return str(self._connection.value("SELECT name FROM feed WHERE number = ?", [number]) or "")

    # What a look at a feed brings

    def hints(self, number: int) -> dict[str, bytes]:
        """The digests of a feed's entries by their ids, at most some thousands of them."""
        found = self._connection.rows(
            "SELECT entry_id, digest FROM feed_entry WHERE feed = ? ORDER BY article DESC LIMIT ?",
            [number, _HINTS],
        )
        return dict(found)

    def take(self, number: int, seen: Sequence[Seen], ids: Collection[str]) -> Taken:
        """Store some of the entries that a feed gave in one transaction; `ids` are those of all of them."""
        with self._connection.transaction():
            return Taking(self._connection, self._journal, number, ids).take(seen)

    def answered(self, number: int, change: FeedChange) -> None:
        """Note what is known of a feed now that it has answered."""
        with self._connection.transaction():
            columns: dict[str, object] = {
                "title": storable(change.title),
                "home": storable(change.home),
                "etag": storable(change.etag),
                "modified": storable(change.modified),
                "body_digest": change.body_digest,
                "notes": packed(list(change.notes)),
                **_answered(self._journal.clock()),
            }
            self._set(number, columns)
            self._move(number, change.url)

    def unchanged(self, number: int, url: str) -> None:
        """Note that a feed answered, and that nothing in it is new."""
        with self._connection.transaction():
            self._set(number, _answered(self._journal.clock()))
            self._move(number, url)

    def missed(self, number: int, missed: Missed, *, next_at: str, failures: int, gone: bool) -> None:
        """Note that a feed gave nothing, and why."""
        now = self._journal.clock()
        with self._connection.transaction():
            columns: dict[str, object] = {
                "checked_at": now,
                "next_at": next_at,
                "failures": failures,
                "error": storable(missed.message),
            }
            self._set(number, columns | ({"retired_at": now} if gone else {}))

    def _move(self, number: int, url: str) -> None:
        """Take a new address, unless another feed has it."""
        self._connection.run(
            "UPDATE feed SET url = ?1 WHERE number = ?2 AND url <> ?1"
            " AND NOT EXISTS (SELECT 1 FROM feed WHERE url = ?1)",
            [storable(url), number],
        )

    def _set(self, number: int, columns: Mapping[str, object]) -> None:
        if columns:
            assignments = ", ".join(f"{column} = ?" for column in columns)
            self._connection.run(
                f"UPDATE feed SET {assignments} WHERE number = ?", [*columns.values(), number]
            )

    # Their articles

    def unread(self, feeds: Sequence[int]) -> int:
        """How many articles of some feeds are unread."""
        return int(
            self._connection.value(
                "SELECT count(*) FROM article WHERE read = 0 AND removed_at IS NULL AND number IN"
                " (SELECT article FROM feed_entry WHERE feed IN (SELECT value FROM json_each(?)))",
                [packed(list(feeds))],
            )
        )

    def untouched(self, before: str) -> list[int]:
        """The numbers of the articles that only a feed brought, before a time, and that nobody has touched.

        Touched is what bears or bore a mark, a star, or a tag of a person's, and what was corrected.
        """
        found = self._connection.rows(
            "SELECT number FROM article WHERE removed_at IS NULL AND added_at < ? AND NOT starred"
            " AND edited = '[]'"
            " AND EXISTS (SELECT 1 FROM feed_entry WHERE article = number AND leads)"
            " AND NOT EXISTS (SELECT 1 FROM article_tag WHERE article = number AND NOT given)"
            " AND NOT EXISTS (SELECT 1 FROM annotation WHERE annotation.article = article.number"
            f" AND key >= number << {SHIFT} AND key < (number + 1) << {SHIFT}) ORDER BY number",
            [before],
        )
        return [number for (number,) in found]

    def numbers(self, feeds: Sequence[int], order: Order = "added") -> "array[int]":
        """The numbers (type code ``q``) of the articles of some feeds, newest first."""
        found = self._connection.rows(
            "SELECT number FROM article WHERE removed_at IS NULL AND number IN"
            " (SELECT article FROM feed_entry"
            f" WHERE feed IN (SELECT value FROM json_each(?))) ORDER BY {order_by(order)}",
            [packed(list(feeds))],
        )
        return array("q", [number for (number,) in found])


def _answered(now: str) -> dict[str, object]:
    return {
        "checked_at": now,
        "fetched_at": now,
        "next_at": "",
        "failures": 0,
        "error": "",
        "retired_at": None,
    }
