import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from libraries import ANN, TEXT, add, draft, library, mark, sql

from reader.errors import (
    ForeignLibraryError,
    NewerLibraryError,
    NotFoundError,
    ReadOnlyLibraryError,
    StoreError,
)
from reader.query import parse
from reader.store import Store, connection, driver, opening, schema
from reader.store.driver import sqlite, wal_is_safe


@contextmanager
def nothing_writable_in(folder: Path, mode: int = 0o444) -> Iterator[None]:
    """A folder in which this process can really write nothing; its files get `mode`.

    Where the tests run as root, which may do anything, they become another user for as long.
    """
    for path in folder.iterdir():
        path.chmod(mode)
    folder.chmod(0o555)
    closed = [parent for parent in folder.parents if not parent.stat().st_mode & 0o001]
    modes = [stat.S_IMODE(parent.stat().st_mode) for parent in closed]
    root = os.getuid() == 0
    if root:
        for parent in closed:
            parent.chmod(0o755)
        os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)
            for parent, before in zip(closed, modes, strict=True):
                parent.chmod(before)
        folder.chmod(0o700)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_new_library_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "l.db"
    before = os.umask(0)
    try:
        with library(path) as store:
            mark(store, add(store))
            assert store.created
            store.backup(path.with_name("copy.db"))
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert set(modes.values()) == {0o600}, modes
    assert (
        stat.S_IMODE(path.parent.stat().st_mode) == stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
    )
    with library(path) as store:
        assert not store.created


def test_what_the_store_says_of_itself(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        assert store.sqlite_version == sqlite.sqlite_version
        assert store.journal_mode == ("wal" if wal_is_safe(sqlite.sqlite_version_info) else "delete")
        assert (store.path, store.read_only, store.annotator) == (tmp_path / "l.db", "", ANN)


def test_the_settings_of_a_connection(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        settings = {
            name: store._connection.value(f"PRAGMA {name}")
            for name in ("synchronous", "foreign_keys", "trusted_schema", "cell_size_check", "mmap_size")
        }
    assert settings == {
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
    }


def test_no_library_where_none_is_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no library"):
        library(tmp_path / "l.db", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "name", ["with space & #hash%20?query", "ümläut", "-dash", "$(touch x)", "caf\udce9"]
)
def test_names_that_mean_something_elsewhere(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / f"{name}.db"
    with library(path) as store:
        add(store)
    with library(path) as store:
        assert store.articles.count() == 1


@pytest.mark.parametrize("content", [b"\0", b"hello", b"%PDF-1.7" * 100, b"SQLite format 2\0" + bytes(200)])
def test_a_file_of_another_kind_is_refused_and_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "l.db"
    path.write_bytes(content)
    with pytest.raises(ForeignLibraryError, match="not a library"):
        library(path)
    assert contents(tmp_path) == {"l.db": content}


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_another_programs_database_is_refused_and_untouched(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "l.db"
    stranger = sqlite3.connect(path)
    stranger.execute(f"PRAGMA journal_mode={journal}")
    stranger.execute("CREATE TABLE mine (x)")
    stranger.execute("INSERT INTO mine VALUES (1)")
    stranger.commit()
    before = contents(tmp_path)
    with pytest.raises(ForeignLibraryError):
        library(path)
    assert contents(tmp_path) == before
    stranger.close()


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    path.touch()
    with library(path, create=False) as store:
        assert store.created
        assert store.articles.count() == 0


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_not_a_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "l.db"
    if kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(StoreError, match="not a file"):
        library(path)


def test_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="choose another place"):
        library(tmp_path / "file" / "l.db")


def test_a_read_only_folder_can_be_read_and_exported_but_not_changed(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    path = folder / "l.db"
    with library(path) as store:
        article = add(store)
        annotation = mark(store, article, note="note")
    before = contents(folder)
    with nothing_writable_in(folder), library(path) as store:
        assert "read-only" in store.read_only
        assert store.articles.first(10)[0].claims == 1
        assert store.articles.revision(article).canonical.text == TEXT
        assert store.annotations.of(article.id) == (annotation,)
        assert list(store.search.numbers(parse("bridge note"))) == [1]
        assert len(list(store.annotations.export_rows())) == 1
        assert store.check() == []
        version = store.version()
        for action in (
            lambda: store.articles.add([draft("x")]),
            lambda: store.articles.set_starred(article.id, True),
            lambda: store.articles.set_position(article.id, 1),
            lambda: store.annotations.delete(annotation.id, "deleted a mark"),
            store.history.undo,
        ):
            with pytest.raises(ReadOnlyLibraryError, match=r"cannot be changed: .*read-only"):
                action()
        assert store.version() == version
        assert contents(folder) == before
    path.chmod(0o600)
    with library(path) as store:
        assert store.read_only == ""


def test_a_read_only_folder_with_changes_still_in_the_log(tmp_path: Path) -> None:
    folder, copy = tmp_path / "f", tmp_path / "c"
    folder.mkdir()
    copy.mkdir()
    with library(folder / "l.db") as store:
        add(store)
        if store.journal_mode != "wal":
            pytest.skip("this SQLite does without the log")
        for name in ("l.db", "l.db-wal"):
            (copy / name).write_bytes((folder / name).read_bytes())
    before = contents(copy)
    with nothing_writable_in(copy), pytest.raises(StoreError, match="copy both files"):
        library(copy / "l.db")
    assert contents(copy) == before


def test_a_read_only_file_in_a_folder_that_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "l.db"
    with library(path) as other:
        add(other)
        monkeypatch.setattr(opening, "writable", lambda where: where != path)
        with library(path) as store:
            assert store.read_only.startswith("the file is read-only")
            assert store.articles.count() == 1
            before = store.version()
            add(other, "What is written meanwhile is seen.")
            assert store.version() != before
            assert store.articles.count() == 2
            with pytest.raises(ReadOnlyLibraryError):
                add(store, "No.")


def test_a_link_in_a_read_only_folder_to_a_library_that_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, path = tmp_path / "f", tmp_path / "l.db"
    folder.mkdir()
    library(path).close()
    link = folder / "link.db"
    link.symlink_to(path)
    monkeypatch.setattr(opening, "writable", lambda where: where not in (folder, link, path))
    with library(link) as store, library(path) as other:
        monkeypatch.undo()
        assert store.read_only
        assert store.path == path
        with library(path) as writer:
            add(writer)
        assert other.articles.count() == store.articles.count() == 1


def test_a_new_library_in_a_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    with nothing_writable_in(folder), pytest.raises(StoreError, match="cannot be opened"):
        library(folder / "l.db")


def test_a_file_nobody_may_read(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    library(folder / "l.db").close()
    with nothing_writable_in(folder, 0), pytest.raises(StoreError, match="cannot be opened"):
        library(folder / "l.db")


def newer(path: Path, oldest_reader: int) -> None:
    with library(path) as store:
        mark(store, add(store))
    sql(path, "UPDATE library SET oldest_reader = ?", [oldest_reader])
    sql(path, f"PRAGMA user_version={schema.SCHEMA + 3}")


def test_a_newer_library_is_read_where_it_allows_that(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    newer(path, schema.SCHEMA)
    before = contents(tmp_path)
    with library(path) as store:
        assert "newer version" in store.read_only
        assert store.articles.first(1)[0].claims == 1
        with pytest.raises(ReadOnlyLibraryError, match="newer version"):
            add(store, "No.")
    assert contents(tmp_path)["l.db"] == before["l.db"]


def test_a_newer_library_is_refused_where_it_does_not(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    newer(path, schema.SCHEMA + 1)
    before = contents(tmp_path)
    with pytest.raises(NewerLibraryError, match="update this program"):
        library(path)
    assert contents(tmp_path)["l.db"] == before["l.db"]


def test_a_newer_version_that_only_the_log_knows_of(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store)
        store._connection.run(f"PRAGMA user_version={schema.SCHEMA + 1}")
        with library(path) as other:
            assert "newer version" in other.read_only
            assert other.articles.count() == 1


def test_a_locked_library_is_one_clear_line_after_a_while(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path, patience=0.05) as store, library(path) as other:
        article = add(store)
        with other.transaction():
            add(other, "Held.")
            assert store.articles.count() == 1, "readers are not kept out"
            with pytest.raises(StoreError, match="keeps the library locked"):
                store.articles.set_starred(article.id, True)
        store.articles.set_starred(article.id, True)
        assert store.articles.count() == 2


def test_an_sqlite_with_the_bug_does_without_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "l.db"
    library(path).close()
    monkeypatch.setattr(connection, "wal_is_safe", lambda version: False)
    with library(path) as store:
        assert store.journal_mode == "delete"
        article = add(store)
        mark(store, article)
    assert {file.name for file in tmp_path.iterdir()} == {"l.db"}


def test_an_sqlite_with_the_bug_beside_one_that_uses_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "l.db"
    with library(path) as other:
        if other.journal_mode != "wal":
            pytest.skip("this SQLite has the bug itself")
        add(other)
        monkeypatch.setattr(connection, "wal_is_safe", lambda version: False)
        with library(path) as store:
            assert store.journal_mode == "wal"
            assert store._connection.value("PRAGMA wal_autocheckpoint") == 0
            add(store, "More.")
        assert other.articles.count() == 2


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 3), False),
        ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 0), False), ((3, 51, 2), False),
        ((3, 51, 3), True), ((3, 53, 4), True),
    ],
)  # fmt: skip
def test_which_versions_are_safe(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_an_sqlite_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(StoreError, match="too old"):
        library(tmp_path / "l.db")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("module", ["pysqlite3", "sqlite3"])
def test_either_driver_serves(tmp_path: Path, module: str) -> None:
    if module == "pysqlite3":
        pytest.importorskip(module)
    program = f"""
import sys
if {module!r} == "sqlite3":
    sys.modules["pysqlite3"] = None
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from libraries import add, library, mark, marks_in, restance
from reader.query import parse
from reader.store.driver import sqlite
assert sqlite.__name__ == {module!r}
path = Path({str(tmp_path / "l.db")!r})
with library(path) as store:
    article = add(store)
    annotation = restance(store, mark(store, article, note="a note"), "oppose")
    store.history.undo()
    assert list(store.search.numbers(parse("bridge note"), "rank")) == [1]
    assert store.check() == [], store.check()
    store.backup(path.with_name("copy.db"))
with library(path.with_name("copy.db")) as store:
    assert marks_in(store) == 1
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_first_paint_loads_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        mark(store, add(store))
    program = f"""
import sys
from pathlib import Path
from reader.model import Annotator
from reader.store import open_store
with open_store(Path({str(path)!r}), annotator=Annotator(id="a", name="a"), clock=str, new_id=str) as store:
    assert store.articles.count() == len(store.articles.first(100)) == len(store.articles.numbers()) == 1
    article = store.articles.get(1)
    store.articles.revision(article)
    store.annotations.of(article.id)
heavy = {{"sqlite_utils", "click", "hashlib", "tempfile", "random", "reader.store.migrations"}}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store: Store = library(tmp_path / "l.db")
    store.close()
    store.close()
    with pytest.raises(StoreError, match="cannot be used"):
        store.articles.count()


def test_result_codes_are_primary_ones() -> None:
    error = sqlite.OperationalError()
    error.sqlite_errorcode = 5 | 2 << 8
    assert driver.result_code(error) == driver.BUSY
    assert driver.result_code(ValueError()) == 0
