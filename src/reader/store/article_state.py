"""One article's row: finding it, its image for the journal, and writing changed fields back."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from reader.errors import NotFoundError
from reader.model import Metadata
from reader.store import indexing
from reader.store.codec import decoding, packed, storable, unpacked
from reader.store.connection import Connection
from reader.store.identity import url_key
from reader.store.journal import Image, Journal, difference
from reader.store.shown import show_carried
from reader.text.visible import visible_line

METADATA = tuple(field.name for field in fields(Metadata))
"""The names of the fields of `Metadata`, which are columns of the table too."""

NEWER_TEXT = "took in a newer text"
CHOSEN_TEXT = "showed another text"
"""The changes of the text that is shown, in words: by what came in, and by a person."""
SOURCES = "sources"
"""Beside these, in the metadata of an original: what said each of them."""

_FLAGS = ("read", "starred")
_GREATEST = (1 << 63) - 1
"""The greatest integer that SQLite holds."""


def number_of(connection: Connection, reference: int | str) -> int:
    """The number of an article that is not removed, by its number or id.

    Raises:
        NotFoundError: there is none.
    """
    if isinstance(reference, str) and reference.isascii() and reference.isdigit() and len(reference) < 19:
        # More digits than an integer of SQLite has are no article's number.
        reference = int(reference)
    column = "number" if isinstance(reference, int) else "id"
    key = min(reference, _GREATEST) if isinstance(reference, int) else storable(reference)
    found = connection.row(f"SELECT number, removed_at IS NOT NULL FROM article WHERE {column} = ?", [key])
    if found is None:
        # An id that comes from a damaged page may hold anything.
        named = visible_line(str(reference))
        raise NotFoundError(f"there is no article {named} here: see the list for what there is")
    if found[1]:
        raise NotFoundError(f"article {reference} was removed: undo that, or add it again")
    return int(found[0])


def metadata_of(said: Mapping[str, str]) -> Metadata:
    """What an original says of itself, as it is stored with it."""
    return Metadata(**{name: said[name] for name in METADATA})


def image(connection: Connection, number: int) -> Image:
    """The fields a person can change, removed or not."""
    columns = [*METADATA, *_FLAGS]
    row = connection.row(
        f"SELECT {', '.join(columns)}, (SELECT id FROM revision WHERE revision.number = shown), edited,"
        " removed_at FROM article WHERE number = ?",
        [number],
    )
    with decoding(connection.path, f"article {number}"):
        if row is None:
            raise LookupError("its row is missing")
        found: Image = dict(zip(columns, row, strict=False))
        found.update({flag: bool(found[flag]) for flag in _FLAGS})
        found["shown"] = row[-3]
        found["edited"] = list(unpacked(row[-2]))
        found["removed"] = row[-1] is not None
        found["tags"] = tags_of(connection, number)
    return found


def tags_of(connection: Connection, number: int) -> list[str]:
    """The tags on an article, in the order in which they were given."""
    found = connection.rows("SELECT tag FROM article_tag WHERE article = ? ORDER BY position", [number])
    return [tag for (tag,) in found]


def put_tags(connection: Connection, number: int, tags: Sequence[str], *, given: bool = False) -> None:
    """Write an article's tags in the place of those it has; `given` where a feed gives them.

    Those that a feed gave before are still its where they are kept.
    """
    query = "SELECT tag FROM article_tag WHERE article = ? AND given"
    before = set() if given else {tag for (tag,) in connection.rows(query, [number])}
    connection.run("DELETE FROM article_tag WHERE article = ?", [number])
    connection.run_many(
        "INSERT INTO article_tag (article, position, tag, given) VALUES (?, ?, ?, ?)",
        [(number, position, storable(tag), int(given or tag in before)) for position, tag in enumerate(tags)],
    )


def write(connection: Connection, number: int, changes: Image, at: str) -> None:
    """Write changed fields, and keep the search index in step.

    Args:
        connection: inside a transaction.
        number: the article.
        changes: fields of its image.
        at: the time to note.
    """
    if "shown" in changes:
        show_carried(connection, number, changes["shown"])
    columns: dict[str, object] = {name: storable(changes[name]) for name in METADATA if name in changes}
    columns |= {flag: int(changes[flag]) for flag in _FLAGS if flag in changes}
    if "url" in columns:
        columns["url_key"] = url_key(str(columns["url"]))
    if "edited" in changes:
        columns["edited"] = packed(changes["edited"])
    if not changes.keys().isdisjoint({"edited", "shown"}):
        columns["updated_at"] = at
    if "removed" in changes:
        columns["removed_at"] = at if changes["removed"] else None
    if "tags" in changes:
        put_tags(connection, number, changes["tags"])
        columns["updated_at"] = at
    indexed = not changes.keys().isdisjoint({"title", "removed"})
    if indexed:
        indexing.drop_article(connection, number)
    if columns:
        assignments = ", ".join(f"{column} = ?" for column in columns)
        connection.run(f"UPDATE article SET {assignments} WHERE number = ?", [*columns.values(), number])
    if indexed:
        indexing.put_articles(connection, [number])


def change(journal: Journal, number: int, article_id: str, what: str, changes: Mapping[str, object]) -> None:
    """Change an article's fields as one event; fields that are so already are left alone."""
    now = image(journal.connection, number)
    before, after = difference(now, now | dict(changes))
    if after:
        write(journal.connection, number, after, journal.clock())
        journal.record(
            what, table="article", row_id=article_id, article_id=article_id, before=before, after=after
        )
