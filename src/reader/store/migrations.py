"""The migrations of a library, through sqlite-utils. Loaded only when one is due."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from reader.store import row_hashes, schema
from reader.store.connection import Connection
from reader.store.failures import CAUGHT, damaged, failure


@contextmanager
def _out_of_reach(*names: str) -> Iterator[None]:
    """Importing these modules fails inside, unless they are there already.

    By the rules of import, a None among the modules says that there is none of that name
    (https://docs.python.org/3/reference/import.html#the-module-cache).
    """
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


# sqlite-utils loads these where they are installed, for types that no library holds: half a second, 50 MB.
with _out_of_reach("pandas", "numpy"):
    from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("reader")


def register(migrations: Migrations, migration: schema.Migration) -> None:
    """Make a migration one of a set."""

    @migrations(name=migration.name)
    def apply(database: Database) -> None:
        for statement in migration.statements:
            database.execute(statement)


for _migration in schema.MIGRATIONS:
    register(MIGRATIONS, _migration)


def migrate(connection: Connection) -> None:
    """Bring a library to `schema.SCHEMA` in one transaction: all of it, or nothing.

    Where another program did it meanwhile, nothing is left to do. Foreign keys are not enforced while
    a migration rebuilds tables, and are checked as a whole before it is kept.

    Raises:
        StoreError: the file is locked or full, or its content does not fit the new schema.
    """
    connection.run("PRAGMA foreign_keys=OFF")
    try:
        with connection.transaction():
            if connection.value("PRAGMA user_version") >= schema.SCHEMA:
                return
            try:
                # Plugins of a user's sqlite-utils have no business in a library, and finding them takes 9 ms.
                database = Database(connection.raw, recursive_triggers=False, execute_plugins=False)
                MIGRATIONS.apply(database)
            except CAUGHT as error:
                raise failure(error, connection.path) from error
            row_hashes.complete(connection)
            broken = connection.rows("PRAGMA foreign_key_check")
            if broken:
                raise damaged(connection.path, f"{len(broken)} rows refer to rows that are not there")
            connection.run("UPDATE library SET oldest_reader = ?", [schema.OLDEST_READER])
            connection.run(f"PRAGMA application_id={schema.APPLICATION_ID}")
            connection.run(f"PRAGMA user_version={schema.SCHEMA}")
    finally:
        connection.run("PRAGMA foreign_keys=ON")
