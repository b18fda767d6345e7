"""A library of every release is brought up to date: nothing in it is lost, however it is interrupted."""

import os
import signal
from contextlib import closing
from pathlib import Path

import pytest
from libraries import library, sql
from releases import ROWS, contents, feature, released

from reader.store import schema
from reader.store.driver import sqlite

VERSIONS = range(1, schema.SCHEMA + 1)
SHAPE = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '%sqlite_migrations%' ORDER BY 1, 2"


def test_every_migration_has_its_rows() -> None:
    features = {feature(migration) for migration in schema.MIGRATIONS}
    assert features <= ROWS.keys(), "add rows for the new schema to tests/store/releases.py"


def test_every_table_of_the_present_schema_has_a_row(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    released(path, schema.SCHEMA)
    assert [name for name, rows in contents(path).items() if not rows] == ["row_hash"]


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_brought_up_to_date_it_is_like_a_new_one_and_has_its_rows(tmp_path: Path, version: int) -> None:
    path, new = tmp_path / "old.db", tmp_path / "new.db"
    released(path, version)
    before = contents(path)
    with library(path) as store:
        assert store.check() == []
        assert [row.claims for row in store.articles.first(9)] == [1, 1]
        assert store.annotations.get("m1").stances[0].target == "the bridge"
        assert store.history.undo("a1").what == "changed the note"
        assert store.history.redo("a1").what == "changed the note"
    library(new).close()
    assert sql(path, SHAPE) == sql(new, SHAPE)
    after = contents(path)
    for table, rows in before.items():
        if table in ("event", "annotation", "library", "row_hash"):
            continue
        width = len(rows[0]) if rows else 0
        assert [row[:width] for row in after[table]] == rows, table
    assert [row[:8] for row in after["annotation"]] == [row[:8] for row in before["annotation"]]
    assert [row[:9] for row in after["event"]] == [row[:9] for row in before["event"]]
    (copy,) = tmp_path.glob("old.db.before-*.backup")
    assert contents(copy) == before
    assert sql(copy, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that is a copy of this one")
@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_killed_at_any_statement_it_is_the_old_one_or_the_new_one(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.db"
    released(path, version)
    old, before = path.read_bytes(), contents(path)
    # Each statement of all migrations, for the first release; for the others every ninth.
    step = 1 if version == 1 else 9
    statement, states = 1 - step, set()
    while True:
        statement += step
        for file in tmp_path.iterdir():
            file.unlink()
        path.write_bytes(old)
        ended = killed_at(path, statement)
        with closing(sqlite.connect(str(path))) as connection:
            (found,) = connection.execute("PRAGMA user_version").fetchone()
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        states.add(found)
        assert found in (version, schema.SCHEMA)
        if found == version:
            assert contents(path) == before
        if statement % 7 == 0 or ended:
            with library(path) as store:
                assert store.check() == []
        if ended:
            break
    assert states == {version, schema.SCHEMA}
    assert statement > 20


def killed_at(path: Path, statement: int) -> bool:
    """Open a library in a process that is killed as it begins this statement; whether it got to the end."""
    child = os.fork()
    if child == 0:
        try:
            begun = 0

            def count(_: str) -> None:
                nonlocal begun
                begun += 1
                if begun == statement:
                    os.kill(os.getpid(), signal.SIGKILL)

            connect = sqlite.connect

            def counting(*arguments: object, **options: object) -> object:
                connection = connect(*arguments, **options)
                connection.set_trace_callback(count)
                return connection

            sqlite.connect = counting
            library(path).close()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status)
