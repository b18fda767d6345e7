import os
from pathlib import Path

import pytest
from libraries import BEN, add, library, mark, sql

from reader.errors import StoreError
from reader.store import upkeep

BIT_FLIPS = {
    "UPDATE revision SET text = replace(text, 'bridge', 'fridge')": "the text of article 1",
    "UPDATE original SET sha256 = randomblob(32)": "the original of article 1",
    "UPDATE original SET raw = substr(raw, 1, 9)": "the original of article 1",
    "UPDATE anchor SET exact = 'something else'": "quotes what does not stand at its place",
    'UPDATE anchor SET "start" = 1': "quotes what does not stand at its place",
    "UPDATE article SET shown = 77": "refers to a revision that is not there",
    "UPDATE article SET title = 'Another'": "article_fts",
    "DELETE FROM article_fts_data WHERE id > 10": "article_fts",
}


@pytest.mark.parametrize("statement", BIT_FLIPS)
def test_what_is_wrong_is_named(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        mark(store, add(store))
        assert store.check() == []
    sql(path, statement)
    with library(path) as store:
        found = store.check()
        assert any(BIT_FLIPS[statement] in line for line in found), found
        assert not any("\n" in line for line in found)


def test_a_backup_is_the_whole_library_in_one_file(tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with library(tmp_path / "l.db") as store, library(tmp_path / "l.db", BEN) as other:
        article = add(store)
        annotation = mark(store, article, note="note")
        with other.transaction():
            mark(other, article, 4, 9)
            store.backup(target)
    assert sorted(file.name for file in tmp_path.iterdir() if not file.name.startswith("l.db")) == ["copy.db"]
    assert target.stat().st_mode & 0o777 == 0o600
    with library(target) as copy:
        assert not copy.created
        assert copy.annotations.of(article.id) == (annotation,)
        assert copy.history.undo().annotation_id == annotation.id
        assert copy.check() == []


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_a_backup_takes_no_ones_place(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "copy.db"
    if kind == "file":
        target.write_text("mine")
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to(tmp_path / "nowhere")
    with library(tmp_path / "l.db") as store, pytest.raises(StoreError, match="already there"):
        store.backup(target)
    assert kind != "file" or target.read_text() == "mine"


def test_a_file_that_comes_there_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "copy.db"
    verify = upkeep._verify

    def slow(part: Path) -> None:
        verify(part)
        target.write_text("mine")

    monkeypatch.setattr(upkeep, "_verify", slow)
    with library(tmp_path / "l.db") as store, pytest.raises(StoreError, match="already there"):
        store.backup(target)
    assert target.read_text() == "mine"
    assert not list(tmp_path.glob(".copy*"))


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    with library(tmp_path / "l.db") as store:
        add(store)
        store.backup(tmp_path / "copy.db")
    with library(tmp_path / "copy.db") as copy:
        assert copy.articles.count() == 1
    assert not list(tmp_path.glob(".copy*"))


def test_a_backup_to_nowhere(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store, pytest.raises(StoreError, match="cannot be opened"):
        store.backup(tmp_path / "no" / "copy.db")


def test_a_backup_of_a_damaged_library_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        for number in range(20):
            add(store, f"{number} " + "text " * 500)
    content = bytearray(path.read_bytes())
    content[-12 * 4096 : -2 * 4096] = bytes(10 * 4096)
    path.write_bytes(content)
    with library(path) as store, pytest.raises(StoreError):
        store.backup(tmp_path / "copy.db")
    assert [file.name for file in tmp_path.iterdir() if "copy" in file.name] == []


def test_a_query_can_be_stopped_from_another_thread(tmp_path: Path) -> None:
    import threading

    with library(tmp_path / "l.db") as store:
        add(store)
        stopper = threading.Timer(0.05, store.interrupt)
        stopper.start()
        with pytest.raises(StoreError, match="stopped"):
            store._connection.value(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
            )
        stopper.join()
        assert store.articles.count() == 1


def test_a_backup_takes_no_name_that_sqlite_needs(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        add(store)
        with pytest.raises(StoreError, match="SQLite needs"):
            store.backup(tmp_path / "l.db-journal")
    assert not (tmp_path / "l.db-journal").exists()
