"""Articles: the lists, one article with its texts, and what a person changes about it."""

from array import array
from collections.abc import Sequence
from typing import Any

from reader.model import (
    Added,
    Article,
    ArticleRow,
    Block,
    Canonical,
    Draft,
    Incoming,
    Known,
    Metadata,
    Order,
    Revision,
    Run,
    Whole,
)
from reader.store import article_state
from reader.store.codec import decoding, packed, records, storable
from reader.store.connection import Row
from reader.store.journal import BY_READING
from reader.store.schema import SHIFT
from reader.store.texts import Texts

_LIST = f"""
    SELECT number, id, title, source, published, added_at, read, starred,
        (SELECT count(*) FROM annotation
         WHERE key >= number << {SHIFT} AND key < (number + 1) << {SHIFT} AND deleted_at IS NULL),
        (SELECT group_concat(tag, '|') FROM
         (SELECT tag FROM article_tag WHERE article = number ORDER BY position))
    FROM article
"""


def order_by(order: Order) -> str:
    """The SQL of an order that needs no query: newest first, and rank means nothing without words."""
    return "published DESC, number DESC" if order == "published" else "number DESC"


class Articles(Texts):
    """The articles of a library. Removed ones are nowhere to be seen, but keep their number and marks."""

    def count(self) -> int:
        """How many articles there are."""
        return int(self._connection.value("SELECT count(*) FROM article WHERE removed_at IS NULL"))

    def gone(self) -> tuple[int, int]:
        """How many articles were removed, and the sum of their numbers.

        As numbers are never used again, a list of all articles stays true as long as this does, but for
        those added since. It is read from an index of the removed ones, which are few.
        """
        row = self._connection.row("SELECT count(*), sum(number) FROM article WHERE removed_at IS NOT NULL")
        return (int(row[0]), int(row[1] or 0)) if row else (0, 0)

    def numbers(self, order: Order = "added", *, after: int = 0) -> "array[int]":
        """The numbers of all articles (type code ``q``), newest first; only those beyond `after`."""
        found = self._connection.rows(
            f"SELECT number FROM article WHERE removed_at IS NULL AND number > ? ORDER BY {order_by(order)}",
            [after],
        )
        return array("q", [number for (number,) in found])

    def older(self, number: int, limit: int) -> "array[int]":
        """The numbers of the articles added before one (type code ``q``), newest first, at most so many."""
        found = self._connection.rows(
            "SELECT number FROM article WHERE removed_at IS NULL AND number < ? ORDER BY number DESC LIMIT ?",
            [number, limit],
        )
        return array("q", [number for (number,) in found])

    def first(self, limit: int) -> list[ArticleRow]:
        """The rows of the articles added last, newest first: one query, for the first paint."""
        return self._rows(f"{_LIST} WHERE removed_at IS NULL ORDER BY number DESC LIMIT ?", limit)

    def rows(self, numbers: Sequence[int]) -> list[ArticleRow]:
        """The rows of these articles in the order asked for; those that are gone are left out."""
        wanted = packed(list(numbers))
        found = self._rows(
            f"{_LIST} WHERE removed_at IS NULL AND number IN (SELECT value FROM json_each(?))", wanted
        )
        by_number = {row.number: row for row in found}
        return [by_number[number] for number in numbers if number in by_number]

    def _rows(self, sql: str, parameter: object) -> list[ArticleRow]:
        found = self._connection.rows(sql, [parameter])
        with decoding(self._connection.path, "the list of articles"):
            return [
                ArticleRow(
                    number=number,
                    id=article_id,
                    title=title,
                    source=source,
                    published=published,
                    added_at=added_at,
                    read=bool(read),
                    starred=bool(starred),
                    claims=claims,
                    tags=tuple(tags.split("|")) if tags else (),
                )
                for (
                    number,
                    article_id,
                    title,
                    source,
                    published,
                    added_at,
                    read,
                    starred,
                    claims,
                    tags,
                ) in found
            ]

    def get(self, reference: int | str) -> Article:
        """One article, by its number (also in digits) or its id.

        Raises:
            NotFoundError: there is none, or it was removed.
        """
        number = article_state.number_of(self._connection, reference)
        row = self._connection.row(
            "SELECT article.id, title, url, source, author, published, language, origin,"
            " added_at, updated_at, read, starred, position, revision.id,"
            " EXISTS (SELECT 1 FROM revision AS newer WHERE newer.article = article.number"
            " AND newer.original > revision.original)"
            " FROM article JOIN revision ON revision.number = shown WHERE article.number = ?",
            [number],
        )
        tags = article_state.tags_of(self._connection, number)
        with decoding(self._connection.path, f"article {number}"):
            return _article(number, row, tags)

    def revision(self, article: Article) -> Revision:
        """The revision of an article that is shown, whole."""
        row = self._revision_row(
            article.revision_id,
            "revision.id, original.id, revision.sha256, cleaner, created_at, text, blocks, runs",
        )
        with decoding(self._connection.path, f"the text of article {article.number}"):
            revision_id, original_id, sha256, cleaner, created_at, text, blocks, runs = row
            return Revision(
                id=revision_id,
                article_id=article.id,
                original_id=original_id,
                canonical=Canonical(text=text, blocks=records(Block, blocks), runs=records(Run, runs)),
                sha256=sha256,
                cleaner=cleaner,
                created_at=created_at,
            )

    def lead(self, number: int, length: int) -> str:
        """The first `length` code points of the shown text; empty for an article that is not there."""
        # substr() of a text would end at a NUL; a code point is at most four bytes of a blob.
        start = self._connection.value(
            "SELECT substr(CAST(text AS BLOB), 1, ?) FROM article_shown WHERE number = ?",
            [4 * length, number],
        )
        return bytes(start or b"").decode(errors="ignore")[:length]

    def revise(self, article: Article, draft: Draft, what: str) -> Article:
        """Show a new text of the original that an article shows, as one event that can be undone.

        Every mark comes along to its place in the new text; one whose words are gone becomes an orphan.

        Args:
            article: as it was when the draft was made.
            draft: of the same original, cleaned with other verdicts or by another cleaner.
            what: the change in words, forward: ``kept a run: comment form``; empty for no event.

        Raises:
            NotFoundError: the article was removed.
            ConflictError: it shows another text by now.
        """
        from reader.store.revising import revise

        with self._connection.transaction():
            revise(self._journal, article.id, article.revision_id, draft, what)
            return self.get(article.number)

    def known(self, incoming: Incoming) -> Known | None:
        """What to `add` instead of a draft where these very bytes came in before; None where they are new."""
        from reader.store.adding import known

        return known(self._connection, incoming)

    def add(self, items: Sequence[Draft | Known]) -> list[Added]:
        """Store drafts in one transaction; returns what became of each, in order.

        The same bytes again, wherever they come from, are ``unchanged``. Other bytes for the same address
        or file are ``updated``: a new original and a new revision, which is shown with the marks carried
        over to it. A removed article comes back with its marks.

        Raises:
            StoreError: nothing was stored.
        """
        # The hashes and the rules of identity are of no use before the first paint.
        from reader.store.adding import Adding

        with self._connection.transaction():
            adding = Adding(self._connection, self._journal)
            added = [adding.add(item) for item in items]
            adding.finish()
        return added

    def take_in(self, whole: Whole) -> tuple[str, bool]:
        """Store an article of another library, unless it is here by its id or its bytes.

        As adding one, that is no event to be undone.

        Returns:
            The id of the article here, and whether it is new.
        """
        from reader.store.adding import Adding

        with self._connection.transaction():
            adding = Adding(self._connection, self._journal)
            taken = adding.restore(whole)
            adding.finish()
        return taken

    def has(self, article_id: str) -> bool:
        """Whether there is an article with this id, also where it was removed."""
        sql = "SELECT 1 FROM article WHERE id = ?"
        return self._connection.value(sql, [storable(article_id)]) is not None

    def by_text(self) -> dict[str, list[str]]:
        """The ids of all articles by the SHA-256 of their shown text, hexadecimal."""
        found: dict[str, list[str]] = {}
        for article_id, sha256 in self._connection.rows(
            "SELECT article.id, sha256 FROM article JOIN revision ON revision.number = shown"
            " WHERE removed_at IS NULL ORDER BY article.number"
        ):
            found.setdefault(sha256, []).append(article_id)
        return found

    def of_bytes(self, raw: bytes) -> list[str]:
        """The ids of the articles that these bytes were added as."""
        import hashlib

        return self._ids(
            "number IN (SELECT article FROM original WHERE sha256 = ?)", hashlib.sha256(raw).digest()
        )

    def at_address(self, url: str) -> list[str]:
        """The ids of the articles at a web address, in any spelling."""
        from reader.store.identity import url_key

        return self._ids("url_key = ? AND url_key <> ''", url_key(url))

    def _ids(self, condition: str, value: object) -> list[str]:
        found = self._connection.rows(
            f"SELECT id FROM article WHERE removed_at IS NULL AND {condition} ORDER BY number", [value]
        )
        return [article_id for (article_id,) in found]

    def edit(self, article_id: str, metadata: Metadata) -> Article:
        """Correct what is known about an article; fields edited so are kept when a newer text comes.

        Raises:
            NotFoundError: there is no such article.
        """
        with self._connection.transaction():
            number = article_state.number_of(self._connection, article_id)
            now = article_state.image(self._connection, number)
            changes: dict[str, Any] = {
                name: getattr(metadata, name)
                for name in article_state.METADATA
                if getattr(metadata, name) != now[name]
            }
            if changes:
                edited = sorted({*now["edited"], *changes})
                what = f"changed the {' and '.join(changes)}"
                article_state.change(self._journal, number, article_id, what, changes | {"edited": edited})
            return self.get(number)

    def remove(self, article_id: str) -> None:
        """Hide an article and its marks from every list; it can be undone."""
        self._change(article_id, "removed the article", removed=True)

    def set_read(self, article_id: str, read: bool, *, asked: bool) -> None:
        """Mark as read or unread; `asked` where a person asked for it, and not by reading it.

        Reading an article ends nothing that could be redone in it: then the mark is no event.
        """
        if asked:
            self._change(article_id, f"marked as {'read' if read else 'unread'}", read=read)
            return
        with self._connection.transaction():
            number = article_state.number_of(self._connection, article_id)
            if self._connection.row(
                "SELECT 1 FROM event WHERE article_id = ? AND undone_order IS NOT NULL LIMIT 1", [article_id]
            ):
                self._set(article_id, "read", int(read))
            else:
                article_state.change(
                    self._journal, number, article_id, BY_READING if read else "unread", {"read": read}
                )

    def set_starred(self, article_id: str, starred: bool) -> None:
        """Star or unstar."""
        self._change(article_id, "starred" if starred else "unstarred", starred=starred)

    def set_tags(self, article_id: str, tags: Sequence[str]) -> None:
        """Set an article's tags, which hold no ``|``."""
        with self._connection.transaction():
            number = article_state.number_of(self._connection, article_id)
            before = article_state.tags_of(self._connection, number)
            what = f"tags: {', '.join(before) or 'none'} → {', '.join(tags) or 'none'}"
            article_state.change(self._journal, number, article_id, what, {"tags": list(tags)})

    def tags(self) -> list[str]:
        """The tags of all articles, the most used first."""
        found = self._connection.rows(
            "SELECT tag FROM article_tag GROUP BY tag ORDER BY min(given), count(*) DESC, tag"
        )
        return [tag for (tag,) in found]

    def unread(self) -> int:
        """How many articles are unread."""
        return int(
            self._connection.value("SELECT count(*) FROM article WHERE read = 0 AND removed_at IS NULL")
        )

    def unread_of(self, numbers: Sequence[int]) -> "array[int]":
        """Those of these articles that are unread, in the order asked for."""
        found = self._connection.rows(
            "SELECT number FROM article WHERE read = 0 AND removed_at IS NULL"
            " AND number IN (SELECT value FROM json_each(?))",
            [packed(list(numbers))],
        )
        unread = {number for (number,) in found}
        return array("q", [number for number in numbers if number in unread])

    def set_position(self, article_id: str, offset: int) -> None:
        """Remember the code point at which reading stopped."""
        self._set(article_id, "position", offset)

    def _change(self, article_id: str, what: str, **changes: bool) -> None:
        with self._connection.transaction():
            number = article_state.number_of(self._connection, article_id)
            article_state.change(self._journal, number, article_id, what, changes)

    def _set(self, article_id: str, column: str, value: int) -> None:
        with self._connection.transaction():
            number = article_state.number_of(self._connection, article_id)
            self._connection.run(
                f"UPDATE article SET {column} = ? WHERE number = ? AND {column} <> ?", [value, number, value]
            )


def _article(number: int, row: Row | None, tags: Sequence[str]) -> Article:
    if row is None:
        raise LookupError("its row is missing")
    article_id, title, url, source, author, published, language, origin, added_at, updated_at = row[:10]
    read, starred, position, revision_id, newer = row[10:]
    return Article(
        number=number,
        id=article_id,
        metadata=Metadata(
            title=title, url=url, source=source, author=author, published=published, language=language
        ),
        origin=origin,
        added_at=added_at,
        updated_at=updated_at,
        read=bool(read),
        starred=bool(starred),
        position=position,
        revision_id=revision_id,
        newer_revision=bool(newer),
        tags=tuple(tags),
    )
