"""What each annotator has chosen to work with in a library: no changes, so they are not undone."""

from reader.store.codec import storable
from reader.store.connection import Connection
from reader.store.journal import Journal


class Choices:
    """One annotator's choices by name."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def get(self, name: str) -> str:
        """What was chosen; empty where nothing was."""
        return str(
            self._connection.value(
                "SELECT value FROM choice WHERE annotator = ? AND name = ?",
                [self._journal.annotator.id, name],
            )
            or ""
        )

    def set(self, name: str, value: str) -> None:
        """Keep a choice for the next session on this library."""
        with self._connection.transaction():
            self._connection.run(
                "INSERT INTO choice (annotator, name, value) VALUES (?, ?, ?)"
                " ON CONFLICT (annotator, name) DO UPDATE SET value = excluded.value",
                [self._journal.annotator.id, name, storable(value)],
            )
