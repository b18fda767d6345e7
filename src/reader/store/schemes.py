"""The schemes that the library's marks were made with."""

from itertools import groupby

from reader.model import Label, Scheme
from reader.store.codec import storable
from reader.store.connection import Connection
from reader.store.journal import Journal

_LABEL = ("code", "key", "name", "symbol", "colour", "definition", "retired")
_COLUMNS = ", ".join(f'"{column}"' for column in _LABEL)


class Schemes:
    """Keeps every label that a mark was ever made with; no label goes."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def all(self) -> tuple[Scheme, ...]:
        """Every version that was recorded, by name, the newest version of each first."""
        return recorded(self._connection)

    def record(self, scheme: Scheme) -> None:
        """Keep a scheme's labels as they are now; those of the same version that it has no longer stay."""
        labels = [
            (label.code, position, *(storable(getattr(label, name)) for name in _LABEL[1:-1]), label.retired)
            for position, label in enumerate(scheme.labels)
        ]
        identity = [scheme.name, scheme.version]
        found = self._connection.rows(
            'SELECT code, position, "key", name, symbol, colour, definition, retired FROM label'
            " WHERE scheme = ? AND version = ?",
            identity,
        )
        if set(labels) <= set(found):
            return
        with self._connection.transaction():
            self._connection.run(
                "INSERT INTO scheme (name, version, description, recorded_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (name, version) DO UPDATE SET description = excluded.description",
                [*identity, storable(scheme.description), self._journal.clock()],
            )
            self._connection.run_many(
                'INSERT INTO label (scheme, version, code, position, "key", name, symbol, colour, definition,'
                " retired) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (scheme, version, code) DO UPDATE SET position = excluded.position,"
                ' "key" = excluded."key", name = excluded.name, symbol = excluded.symbol,'
                " colour = excluded.colour, definition = excluded.definition, retired = excluded.retired",
                [(*identity, *label) for label in labels],
            )


def recorded(connection: Connection) -> tuple[Scheme, ...]:
    """Every version of every scheme that was recorded, by name, the newest version of each first."""
    found = connection.rows(
        "SELECT scheme.name, scheme.version, scheme.description,"
        f" {', '.join(f'label.{column}' for column in _COLUMNS.split(', '))}"
        " FROM scheme JOIN label ON label.scheme = scheme.name AND label.version = scheme.version"
        " ORDER BY scheme.name, scheme.version DESC, position, code"
    )
    return tuple(
        Scheme(name, version, tuple(_label(row[3:]) for row in rows), description)
        for (name, version, description), rows in groupby(found, key=lambda row: row[:3])
    )


def _label(row: tuple[object, ...]) -> Label:
    *words, retired = row
    return Label(**dict(zip(_LABEL, map(str, words), strict=False)), retired=bool(retired))
