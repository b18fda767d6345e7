"""What somebody wrote or read has a hash, which follows each change and finds what changed by itself."""

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from libraries import ANN, BEN, add, draft, library, mark, restance, sql

from reader.errors import NotFoundError
from reader.ids import new_id, utc_now
from reader.model import Relation, Settlement
from reader.store import Store
from reader.store.driver import sqlite
from reader.store.row_hashes import HASHED

COLUMNS = [
    (hashed.table, table, key, column)
    for hashed in HASHED
    for table, key, columns in ((hashed.table, hashed.key, hashed.columns), *hashed.parts)
    for column in columns
]
NAMES = {
    "annotation": "annotation ",
    "target": "target 1 ",
    "annotator": "the name of the annotator annotator-ann ",
    "relation": "link 1 ",
    "settlement": "settlement 1 ",
    "article": "what is said of article 1 ",
    "original": "the original of article ",
    "revision": "the text of article ",
    "event": "step ",
}


def filled(path: Path) -> None:
    """A library with a row in every table that is hashed."""
    with library(path) as store:
        article = add(store, url="https://harbour.example/1", source="The Post")
        store.articles.set_tags(article.id, ["port"])
        one = mark(store, article, 0, 9, target="the bridge", note="why", tags=("a",), holder="the mayor")
        two = mark(store, article, 19, 33, code="oppose", target="the bridge", confidence=2, tags=("b",))
        store.relations.add(
            Relation(new_id(), "supports", one.id, two.id, ANN), "linked: supports", at=article.id
        )
        store.settlements.add(
            Settlement(new_id(), one.id, two.id, "one", (one.id,), ANN, utc_now()), "settled"
        )


def behind_the_back(path: Path, statement: str, parameters: tuple[object, ...] = ()) -> None:
    """Change what only a damaged disk would change."""
    connection = sqlite.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(statement, parameters)
    connection.close()


def check(path: Path) -> list[str]:
    with library(path) as store:
        return store.check()


def hashes(path: Path) -> dict[tuple[str, Any], bytes]:
    return {(table, key): value for table, key, value in sql(path, "SELECT * FROM row_hash")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "l.db"
    filled(path)
    assert check(path) == []
    for hashed in HASHED:
        keys = [key for (key,) in sql(path, f"SELECT {hashed.key} FROM {hashed.table}")]
        assert {key for table, key in hashes(path) if table == hashed.table} == set(keys) != set()
    return path.read_bytes()


@pytest.mark.parametrize(("row", "table", "key", "column"), COLUMNS)
def test_a_value_that_is_another_is_named(
    tmp_path: Path, whole: bytes, row: str, table: str, key: str, column: str
) -> None:
    path = tmp_path / "l.db"
    path.write_bytes(whole)
    types = dict(sql(path, f"SELECT name, type FROM pragma_table_info('{table}')"))
    other = {"TEXT": "other", "INTEGER": 5, "REAL": 0.5, "BLOB": b"other"}[types[column]]
    behind_the_back(
        path,
        f'UPDATE {table} SET "{column}" = ? WHERE "{key}" = (SELECT max("{key}") FROM {table})',
        (other,),
    )
    found = [line for line in check(path) if line.endswith(" is not what was stored")]
    assert len(found) == 1, found
    assert found[0].startswith(NAMES[row])


@pytest.mark.parametrize("hashed", HASHED, ids=lambda hashed: hashed.table)
def test_a_row_that_is_gone_is_named(tmp_path: Path, whole: bytes, hashed: Any) -> None:  # noqa: ANN401
    path = tmp_path / "l.db"
    path.write_bytes(whole)
    behind_the_back(path, f"DELETE FROM {hashed.table}")
    lost = [line for line in check(path) if line.endswith(" is not there any longer")]
    assert len(lost) == sum(table == hashed.table for table, _ in hashes(path))


def test_a_row_without_its_hash_is_named(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "l.db"
    path.write_bytes(whole)
    behind_the_back(path, "DELETE FROM row_hash WHERE table_name = 'target'")
    assert check(path) == ["target 1 is not what was stored"]


def test_a_text_that_is_no_text_any_longer_is_named_and_the_rest_is_looked_at(
    tmp_path: Path, whole: bytes
) -> None:
    path = tmp_path / "l.db"
    path.write_bytes(whole)
    behind_the_back(path, "UPDATE annotation SET note = CAST(x'ff' AS TEXT) WHERE note <> ''")
    behind_the_back(path, "UPDATE annotation SET confidence = 3 WHERE note = ''")
    found = check(path)
    assert sum("annotation" in line and "cannot be read" in line for line in found) == 1
    assert sum("annotation" in line and "is not what was stored" in line for line in found) == 1


def test_the_hash_is_what_the_documentation_says(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        target = store.targets.made('brücke "2"\n\x01')
    ((number,),) = sql(path, "SELECT number FROM target")
    content = f'[["{target.id}","brücke \\"2\\"\\n\\u0001",""]]'.encode()
    assert hashes(path)["target", number] == blake2b(content, digest_size=16).digest()


def test_what_reading_changes_is_no_part_of_a_hash(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
    before = hashes(path)
    with library(path) as store:
        store.articles.set_position(article.id, 7)
        store.articles.set_starred(article.id, True)
    after = hashes(path)
    assert {name: after[name] for name in before} == before


def _marks(store: Store) -> None:
    mark(store, store.articles.get(1), 4, 9, tags=("x",), target="another")


def _undoes(store: Store) -> None:
    store.history.undo()
    store.history.undo()
    store.history.redo()


def _renames(store: Store) -> None:
    bridge = store.targets.find("the bridge")
    assert bridge is not None
    store.targets.change(bridge.id, "renamed", text="the old bridge")
    assert store.articles.edit(store.articles.get(1).id, store.articles.get(1).metadata)


def _fails(store: Store) -> None:
    with pytest.raises(NotFoundError), store.transaction():  # noqa: PT012 - what was done before is the point
        _marks(store)
        store.targets.get("nowhere")


def _fails_inside(store: Store) -> None:
    with store.transaction():
        _marks(store)
        _fails(store)


def _restances(store: Store) -> None:
    (first, *_) = store.annotations.of(store.articles.get(1).id)
    restance(store, first, "unclear", "the bridge")
    store.annotations.delete(first.id, "deleted a mark")


@pytest.mark.parametrize("act", [_marks, _undoes, _renames, _fails, _fails_inside, _restances])
def test_hashes_follow_every_change(tmp_path: Path, whole: bytes, act: Callable[[Store], None]) -> None:
    path = tmp_path / "l.db"
    path.write_bytes(whole)
    with library(path) as store:
        act(store)
    assert check(path) == []


def test_hashes_follow_two_at_once_and_a_merge(tmp_path: Path, whole: bytes) -> None:
    path, other = tmp_path / "l.db", tmp_path / "other.db"
    path.write_bytes(whole)
    with library(path) as one, library(path, BEN) as two:
        _marks(one)
        _marks(two)
        one.articles.add([draft("Something else.")])
    with library(other, BEN) as store:
        mark(store, add(store, "Only here."))
        store.merge(path)
        assert store.check() == []
    assert check(path) == []


def test_an_older_library_gets_its_hashes(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "l.db"
    path.write_bytes(whole)
    before = hashes(path)
    behind_the_back(path, "DROP TABLE row_hash")
    behind_the_back(path, "DELETE FROM _sqlite_migrations WHERE name LIKE '%row_hashes'")
    behind_the_back(path, "PRAGMA user_version=1")
    assert check(path) == []
    assert hashes(path) == before
