import hashlib
from pathlib import Path

import pytest
from libraries import ANN, BEN, add, library, mark, sql
from sqlite_utils import Database, Migrations

from reader.errors import CorruptLibraryError, ReadOnlyLibraryError, StoreError
from reader.store import migrations, opening, schema
from reader.store.schema import library as first_schema

ROWS = "SELECT group_concat(quote(id) || quote(title) || quote(shown)) FROM article"


def first_release(path: Path) -> None:
    """A library as the first schema made it, through no code but that schema's statements."""
    for statement in first_schema.STATEMENTS:
        sql(path, statement)
    database = Database(str(path))
    Migrations("reader").ensure_migrations_table(database)
    database.close()
    sql(
        path,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('reader', 'm001_library', '2026-01-01 00:00:00+00:00')",
    )
    sql(path, f"PRAGMA application_id={schema.APPLICATION_ID}")
    sql(path, "PRAGMA user_version=1")


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """As if the next release brought one more migration."""
    coming = Migrations("reader")
    for migration in schema.MIGRATIONS:
        migrations.register(coming, migration)

    @coming()
    def m999_coming(database: Database) -> None:
        database.table("article").add_column("mood", str, not_null_default="")
        database.execute("UPDATE article SET mood = 'calm'")

    monkeypatch.setattr(migrations, "MIGRATIONS", coming)
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)
    return coming


def test_the_first_schema_opens_and_is_the_present_one(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    first_release(path)
    with library(path) as store:
        mark(store, add(store))
        assert store.check() == []
    assert len(migrations.MIGRATIONS.applied(Database(str(path)))) == schema.SCHEMA
    made = tmp_path / "new.db"
    library(made).close()
    query = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE '%sqlite_migrations%' ORDER BY name"
    assert sql(path, query) == sql(made, query)


def test_every_version_has_its_migration() -> None:
    assert len(migrations.MIGRATIONS._migrations) == schema.SCHEMA


def test_a_verified_backup_is_taken_before_a_migration(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        annotation = mark(store, add(store))
    before = sql(path, ROWS)
    request.getfixturevalue("next_version")
    with library(path) as store:
        assert not store.created
        assert store.annotations.get(annotation.id) == annotation
    assert sql(path, "SELECT mood FROM article") == [("calm",)]
    assert sql(path, ROWS) == before
    assert sql(path, "PRAGMA user_version") == [(schema.SCHEMA,)]
    (copy,) = tmp_path.glob(f"l.db.before-v{schema.SCHEMA}-*.backup")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sql(copy, ROWS) == before
    assert sql(copy, "PRAGMA user_version") == [(schema.SCHEMA - 1,)]
    assert sql(copy, "PRAGMA integrity_check") == [("ok",)]
    with library(path):
        assert len(list(tmp_path.glob("*.backup"))) == 1, "an up-to-date library is not backed up again"


def test_a_failed_migration_leaves_the_library_as_it_was(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store)
    before = sql(path, "SELECT name, sql FROM sqlite_schema")
    coming: Migrations = request.getfixturevalue("next_version")

    @coming()
    def m999_fails(database: Database) -> None:
        database.execute("ALTER TABLE article ADD COLUMN more TEXT")
        database.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(CorruptLibraryError, match="nowhere"):
        library(path)
    assert sql(path, "SELECT name, sql FROM sqlite_schema") == before
    assert sql(path, "PRAGMA user_version") == [(schema.SCHEMA - 1,)]


def test_a_migration_that_breaks_references_is_not_kept(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store)
    coming: Migrations = request.getfixturevalue("next_version")

    @coming()
    def m999_breaks(database: Database) -> None:
        database.execute("UPDATE revision SET article = 77")

    with pytest.raises(CorruptLibraryError, match="not there"):
        library(path)
    assert sql(path, "SELECT article FROM revision") == [(1,)]


def test_no_migration_without_its_backup(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "l.db"
    library(path).close()
    request.getfixturevalue("next_version")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reader.store.upkeep.os.fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        library(path)
    assert [file.name for file in tmp_path.iterdir()] == ["l.db"]
    assert sql(path, "PRAGMA user_version") == [(schema.SCHEMA - 1,)]


def test_an_older_library_that_cannot_be_written(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "l.db"
    library(path).close()
    request.getfixturevalue("next_version")
    monkeypatch.setattr(opening, "writable", lambda where: where != path)
    with pytest.raises(ReadOnlyLibraryError, match="older version"):
        library(path)


def test_two_that_open_an_older_library_at_once(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "l.db"
    with library(path) as one:
        add(one)
        request.getfixturevalue("next_version")
        with library(path, BEN) as other:
            assert one.articles.count() == other.articles.count() == 1
            migrations.migrate(one._connection)
            assert one.check() == []


def test_what_the_first_schema_recorded_can_still_be_undone(tmp_path: Path) -> None:
    """Its images name targets by their texts; now they are named by their ids."""
    path = tmp_path / "old.db"
    first_release(path)
    text = "The bridge is safe."
    digest = hashlib.sha256(text.encode()).hexdigest()
    anchor = (
        '{"revision_id":"r","start":0,"end":10,"exact":"The bridge","prefix":"",'
        '"suffix":" is safe.","status":"ok"}'
    )
    image = (
        '{"note":"","holder":"","voice":"","confidence":null,"tags":[],"stances":%s,"anchor":'
        f'{anchor},"deleted":false}}'
    )
    one, two = '[["tax","stance","support"]]', '[["tax","stance","support"],["war","stance","oppose"]]'
    for statement in (
        f"INSERT INTO annotator VALUES ('{ANN.id}', 'Ann')",
        "INSERT INTO article (number, id, title, url, source, author, published, language, url_key, origin,"
        " added_at, updated_at) VALUES (1, 'a', 't', '', '', '', '', '', '', '-', '', '')",
        "INSERT INTO original VALUES (1, 'o', 1, x'00', 'text', 'utf-8', '-', '{}', '', x'00', NULL)",
        f"INSERT INTO revision VALUES (1, 'r', 1, 1, '{digest}', 'plain/1', '', '[]', '[]', '{text}', '[]',"
        " '[]', NULL)",
        "UPDATE article SET shown = 1",
        f"INSERT INTO annotation VALUES (1048577, 'm', 1, '{ANN.id}', '', '', '', NULL, '', '', NULL)",
        "INSERT INTO anchor VALUES (1048577, 1, 0, 10, 'The bridge', '', ' is safe.', 'ok')",
        "INSERT INTO target VALUES (1, 'z-tax', 'tax', 1), (2, 'a-war', 'war', 2)",
        "INSERT INTO stance VALUES (1048577, 1, 'stance', 'support'), (1048577, 2, 'stance', 'oppose')",
        f"INSERT INTO event VALUES (1, 'g1', '', '{ANN.id}', 'a', 'm', 'marked', 'annotation', 'm', NULL,"
        f" '{image % one}', NULL, NULL)",
        f"INSERT INTO event VALUES (2, 'g2', '', '{ANN.id}', 'a', 'm', 'more', 'annotation', 'm',"
        f""" '{{"stances":{one}}}', '{{"stances":{two}}}', NULL, NULL)""",
    ):
        sql(path, statement)
    with library(path) as store:
        assert store.history.undo().what == "more"
        assert [stance.target for stance in store.annotations.get("m").stances] == ["tax"]
        assert store.history.undo().what == "unmarked"
        assert store.annotations.of("a") == ()
        store.history.redo()
        store.history.redo()
        assert [stance.target for stance in store.annotations.get("m").stances] == ["tax", "war"]
