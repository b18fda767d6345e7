"""What of another library is what here: its articles, texts and targets, taken over where there is none."""

from typing import Any

from reader.errors import StoreError
from reader.store import article_state, indexing
from reader.store.codec import pack_records
from reader.store.connection import Connection
from reader.store.journal import Image, Journal

_TAG = ("article", "position", "tag", "given")
_SOURCE = ("article", "url_key", "origin", "source", "url", "first_seen")


class Correspondence:
    """The other library's articles, revisions and targets in terms of this one's.

    Attributes:
        articles: the other's numbers of articles to the number and the id here.
        new_articles: how many articles were taken over.
    """

    def __init__(self, journal: Journal, other: Connection, what: str) -> None:
        """For a merge inside one transaction; `what` is the change in words."""
        self._journal = journal
        self._here = journal.connection
        self._other = other
        self._what = what
        self.articles: dict[int, tuple[int, str]] = {}
        self.new_articles = 0
        self._revisions: dict[str, str] = {}
        self._targets: dict[str, str] = {}

    def take(self) -> None:
        """Take over the articles and the targets that are not here."""
        for number, article_id in self._other.rows(
            "SELECT number, id FROM article WHERE removed_at IS NULL AND shown IS NOT NULL ORDER BY number"
        ):
            self._take_article(number, article_id)
        for target_id, text, kind in self._other.rows("SELECT id, text, kind FROM target ORDER BY number"):
            self._take_target(target_id, text, kind)

    def read(self, image: Image) -> Image:
        """An annotation's image of the other library in the ids of this one."""
        read = dict(image)
        if "stances" in image:
            read["stances"] = sorted(
                [self._targets[target], *stance]
                for target, *stance in image["stances"]
                if target in self._targets
            )
        if "anchor" in image:
            revision = image["anchor"]["revision_id"]
            read["anchor"] = image["anchor"] | {"revision_id": self._revisions.get(revision, revision)}
        return read

    def _take_article(self, theirs: int, article_id: str) -> None:
        """Find the article here by its id, else by its bytes; else take it over with a new number."""
        found = self._here.row("SELECT number, id FROM article WHERE id = ?", [article_id])
        if found is None:
            found = self._same_bytes(theirs)
        if found is not None:
            number, known_id = found
            self.articles[theirs] = (number, known_id)
            if article_state.image(self._here, number)["removed"]:
                article_state.change(self._journal, number, known_id, self._what, {"removed": False})
                self.new_articles += 1
            tags = article_state.tags_of(self._here, number)
            tags += [tag for tag in article_state.tags_of(self._other, theirs) if tag not in tags]
            article_state.change(self._journal, number, known_id, self._what, {"tags": tags})
            return
        number = self._new_article(theirs)
        self.articles[theirs] = (number, article_id)
        shown = self._other.value(
            "SELECT revision.id FROM article JOIN revision ON revision.number = shown"
            " WHERE article.number = ?",
            [theirs],
        )
        self._here.run(
            "UPDATE article SET shown = (SELECT number FROM revision WHERE id = ?) WHERE number = ?",
            [self.revision(shown, number), number],
        )
        indexing.put_articles(self._here, [number])
        self._journal.record(
            self._what,
            table="article",
            row_id=article_id,
            article_id=article_id,
            before={"removed": True},
            after={"removed": False},
        )
        self.new_articles += 1

    def _same_bytes(self, theirs: int) -> tuple[int, str] | None:
        for digest, media in self._other.rows(
            "SELECT sha256, media FROM original WHERE article = ? ORDER BY number DESC", [theirs]
        ):
            found = self._here.row(
                "SELECT article.number, article.id FROM original JOIN article ON article.number = article"
                " WHERE sha256 = ? AND media = ?",
                [digest, media],
            )
            if found is not None:
                return int(found[0]), str(found[1])
        return None

    def _new_article(self, theirs: int) -> int:
        number = 1 + self._here.value(
            "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'article'), 0)"
        )
        columns = ("id", *article_state.METADATA, "edited", "url_key", "origin", "added_at", "updated_at")
        row = self._other.row(f"SELECT {', '.join(columns)} FROM article WHERE number = ?", [theirs])
        _insert(self._here, "article", {"number": number} | dict(zip(columns, row or (), strict=True)))
        for tag in self._other.rows(
            "SELECT position, tag, given FROM article_tag WHERE article = ?", [theirs]
        ):
            _insert(self._here, "article_tag", dict(zip(_TAG, (number, *tag), strict=True)))
        for source in self._other.rows(
            "SELECT url_key, origin, source, url, first_seen FROM article_source WHERE article = ?", [theirs]
        ):
            _insert(self._here, "article_source", dict(zip(_SOURCE, (number, *source), strict=True)))
        self._here.run_many(
            "INSERT INTO text_band (band, article) VALUES (?, ?)",
            [
                (band, number)
                for (band,) in self._other.rows("SELECT band FROM text_band WHERE article = ?", [theirs])
            ],
        )
        return int(number)

    def revision(self, revision_id: str, article: int) -> str:
        """The id here of the revision that has the other's text, taken over where there is none."""
        if revision_id in self._revisions:
            return self._revisions[revision_id]
        row = self._row("revision", "id", revision_id)
        known = self._here.value(
            "SELECT id FROM revision WHERE id = ?1 OR article = ?2 AND sha256 = ?3 ORDER BY id = ?1 DESC",
            [revision_id, article, row["sha256"]],
        )
        if known is None:
            number = 1 + int(self._here.value("SELECT coalesce(max(number), 0) FROM revision"))
            original, same_page = self._original(row["original"], article)
            row |= {"number": number, "article": article, "original": original}
            if not same_page:
                # The same bytes read in another encoding: the map leads to a page that is not here.
                row["links"] = pack_records(())
            _insert(self._here, "revision", row)
            known = revision_id
        self._revisions[revision_id] = known
        return str(known)

    def _original(self, theirs: int, article: int) -> tuple[int, bool]:
        """The number here of an original of the other library, and whether its page text is the same here."""
        row = self._row("original", "number", theirs)
        known = self._here.row(
            "SELECT number, page_text IS ? FROM original WHERE id = ? OR sha256 = ? AND media = ?",
            [row["page_text"], row["id"], row["sha256"], row["media"]],
        )
        if known is not None:
            return int(known[0]), bool(known[1])
        number = 1 + int(self._here.value("SELECT coalesce(max(number), 0) FROM original"))
        _insert(self._here, "original", row | {"number": number, "article": article})
        return number, True

    def _row(self, table: str, column: str, value: object) -> dict[str, Any]:
        names = [name for (name,) in self._here.rows(f"SELECT name FROM pragma_table_info('{table}')")]
        row = self._other.row(f"SELECT {', '.join(names)} FROM {table} WHERE {column} = ?", [value])
        if row is None:
            raise StoreError(f"{self._other.path}: a {table} is missing: look it over with `reader check`")
        return dict(zip(names, row, strict=True))

    def _take_target(self, target_id: str, text: str, kind: str) -> None:
        """Find the target here by its id, which outlives a renaming, else by its text; else take it over."""
        known = self._here.value(
            "SELECT id FROM target WHERE id = ?1 OR text = ?2 ORDER BY id = ?1 DESC LIMIT 1",
            [target_id, text],
        )
        if known is None:
            _insert(self._here, "target", {"id": target_id, "text": text, "used": 0, "kind": kind})
        self._targets[target_id] = known or target_id


def _insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(row)
    connection.run(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
