"""Queries that were saved under a name; each change is an event that can be undone."""

from reader.errors import ConflictError, NotFoundError
from reader.model import SavedQuery
from reader.store.codec import storable
from reader.store.connection import Connection
from reader.store.journal import Image, Journal, difference


class SavedQueries:
    """The saved queries of a library. What is deleted is only hidden."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def all(self) -> list[SavedQuery]:
        """Every one, by name."""
        found = self._connection.rows(
            "SELECT id, name, query FROM saved_query WHERE deleted_at IS NULL"
            " ORDER BY name COLLATE NOCASE, name"
        )
        return [SavedQuery(*row) for row in found]

    def named(self, name: str) -> SavedQuery | None:
        """The one with this name, or None."""
        row = self._connection.row(
            "SELECT id, name, query FROM saved_query WHERE name = ? AND deleted_at IS NULL", [storable(name)]
        )
        return None if row is None else SavedQuery(*row)

    def save(self, name: str, query: str) -> None:
        """Save a query under a name, in place of the one that has it."""
        connection, journal = self._connection, self._journal
        with connection.transaction():
            known = self.named(name)
            if known is not None:
                self._change(known.id, {"query": query}, f"query “{name}”: {known.query} → {query}")
                return
            query_id = journal.new_id()
            connection.run(
                "INSERT INTO saved_query (id, name, query, created_at) VALUES (?, ?, ?, ?)",
                [query_id, storable(name), storable(query), journal.clock()],
            )
            after = image(connection, query_id)
            self._record(f"saved the query “{name}”", query_id, before=None, after=after)

    def rename(self, query_id: str, name: str) -> None:
        """Give a query another name.

        Raises:
            NotFoundError: it is not there.
            ConflictError: another one has the name.
        """
        with self._connection.transaction():
            before = image(self._connection, query_id)["name"]
            self._change(query_id, {"name": name}, f"renamed the query: {before} → {name}")

    def delete(self, query_id: str) -> None:
        """Hide a query.

        Raises:
            NotFoundError: it is not there.
        """
        with self._connection.transaction():
            name = image(self._connection, query_id)["name"]
            self._change(query_id, {"deleted": True}, f"removed the query “{name}”")

    def _change(self, query_id: str, changes: Image, what: str) -> None:
        now = image(self._connection, query_id)
        before, after = difference(now, now | changes)
        if after:
            write(self._connection, query_id, after, self._journal.clock())
            self._record(what, query_id, before=before, after=after)

    def _record(self, what: str, query_id: str, *, before: Image | None, after: Image) -> None:
        self._journal.record(
            what, table="saved_query", row_id=query_id, article_id=None, before=before, after=after
        )


def image(connection: Connection, query_id: str) -> Image:
    """The fields that can change.

    Raises:
        NotFoundError: there is no such query.
    """
    row = connection.row(
        "SELECT name, query, deleted_at IS NOT NULL FROM saved_query WHERE id = ?", [query_id]
    )
    if row is None:
        raise NotFoundError("the saved query is not there any more")
    return {"name": row[0], "query": row[1], "deleted": bool(row[2])}


def write(connection: Connection, query_id: str, changes: Image, at: str) -> None:
    """Write changed fields of an image.

    Raises:
        ConflictError: another query has the name by now.
    """
    now = image(connection, query_id) | changes
    taken = connection.value(
        "SELECT 1 FROM saved_query WHERE name = ? AND id <> ? AND deleted_at IS NULL",
        [storable(now["name"]), query_id],
    )
    if taken and not now["deleted"]:
        raise ConflictError(f"another query is saved as “{now['name']}”: rename one of them")
    connection.run(
        "UPDATE saved_query SET name = ?, query = ?, deleted_at = ? WHERE id = ?",
        [storable(now["name"]), storable(now["query"]), at if now["deleted"] else None, query_id],
    )
