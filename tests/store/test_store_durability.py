"""What is said to be stored is: beside other writers, after kill -9, on a full disk, in a damaged file."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from libraries import ANN, BEN, add, draft, library, mark, marks_in, sql

from reader.errors import ReaderError, StoreError
from reader.model import Annotator, Article
from reader.query import parse
from reader.store import Store
from reader.store.connection import Connection

SPAWN = multiprocessing.get_context("spawn")


def count_up(path: Path, annotator: Annotator, annotation_id: str, times: int) -> None:
    with library(path, annotator) as store:
        for _ in range(times):
            with store.transaction():
                annotation = store.annotations.get(annotation_id)
                counted = replace(annotation, note=str(int(annotation.note) + 1))
                store.annotations.save(counted, "counted")


def add_many(path: Path, annotator: Annotator, first: int, times: int) -> None:
    with library(path, annotator) as store:
        for number in range(first, first + times):
            store.articles.add([draft(f"Text {number}."), draft(f"Shared {number - first}.")])


def together(*works: tuple[object, ...]) -> None:
    processes = [SPAWN.Process(target=work, args=arguments) for work, *arguments in works]  # type: ignore[arg-type]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0


def test_two_processes_that_read_then_write_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        annotation = mark(store, add(store), note="0")
        before = store.version()
        together((count_up, path, ANN, annotation.id, 200), (count_up, path, BEN, annotation.id, 200))
        assert store.version() != before
        assert store.annotations.get(annotation.id).note == "400"
        assert store.check() == []


def test_two_processes_that_make_and_fill_one_library(tmp_path: Path) -> None:
    path = tmp_path / "new" / "l.db"
    together((add_many, path, ANN, 0, 60), (add_many, path, BEN, 1000, 60))
    with library(path) as store:
        assert store.articles.count() == 180
        assert list(store.articles.numbers()) == list(range(180, 0, -1))
        assert store.check() == []


WRITER = f"""
import os, sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
from libraries import add, library, mark
with library(Path(sys.argv[1])) as store:
    article = store.articles.get(1)
    while True:
        annotation = mark(store, article, note="a note to be kept", target="a target")
        os.write(1, annotation.id.encode() + b"\\n")
"""


def test_kill_minus_nine_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
    acknowledged: set[str] = set()
    chance = random.Random(9)
    for _ in range(20):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout
        with writer.stdout as lines:
            for _ in range(chance.randrange(1, 60)):
                acknowledged.add(next(lines).decode().strip())
            os.kill(writer.pid, signal.SIGKILL)
            acknowledged.update(line.decode().strip() for line in lines if line.endswith(b"\n"))
        writer.wait()
        with library(path) as store:
            assert acknowledged <= {annotation.id for annotation in store.annotations.of(article.id)}
    with library(path) as store:
        assert store.check() == []


def fill(store: Store, article: Article) -> tuple[int, StoreError]:
    """Mark until that fails; returns how often it did not, and the error."""
    for kept in range(10_000):
        try:
            mark(store, article, note="word " * 200)
        except StoreError as error:
            return kept, error
    raise AssertionError("the disk was never full")


def mark_and_add(store: Store, article: Article) -> None:
    with store.transaction():
        mark(store, article)
        with store.transaction():
            store.articles.add([draft("Long text. " * 9000)])


def test_a_full_disk_is_one_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store)
        pages = store._connection.value("PRAGMA page_count")
        store._connection.run(f"PRAGMA max_page_count={pages + 40}")
        kept, error = fill(store, article)
        assert "disk is full" in str(error)
        assert kept > 2
        with pytest.raises(StoreError, match="disk is full"):
            store.articles.add([draft(f"Long text {number}. " * 500) for number in range(50)])
        assert marks_in(store) == kept
        assert store.articles.count() == 1
        assert store.check() == []
        store._connection.run("PRAGMA max_page_count=1000000")
        mark(store, article, note="There is room again.")
        assert marks_in(store) == kept + 1


def test_a_full_disk_in_an_inner_transaction(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store)
        pages = store._connection.value("PRAGMA page_count")
        store._connection.run(f"PRAGMA max_page_count={pages + 5}")
        with pytest.raises(StoreError, match="disk is full"):
            mark_and_add(store, article)
        store._connection.run("PRAGMA max_page_count=1000000")
        assert marks_in(store) == 0
        mark(store, article)
        assert store.check() == []


def use(store: Store) -> None:
    """Touch everything there is."""
    store.articles.count()
    for row in store.articles.first(100):
        article = store.articles.get(row.number)
        store.articles.revision(article)
        store.articles.lead(row.number, 40)
        store.articles.raw(article.revision_id)
        store.articles.page_text(article.revision_id)
        store.articles.markdown(article.revision_id)
        store.articles.segments(article.revision_id)
        store.articles.links(article.revision_id)
        store.annotations.of(article.id)
    store.articles.numbers("published")
    store.targets.in_use()
    list(store.annotations.export_rows())
    store.search.numbers(parse("bridge"))
    store.search.numbers(parse("bridge"), "rank")
    mark(store, store.articles.get(1), note="new")
    add(store, "Something new.")
    store.history.undo()
    store.history.redo()


def used(path: Path) -> tuple[str, list[str]]:
    """Look a library over and use it: the error that this ends with, or nothing, and the problems found."""
    problems: list[str] = []
    try:
        with library(path) as store:
            problems = store.check()
            use(store)
    except ReaderError as error:
        return str(error), problems
    return "", problems


def mutated(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    kind = chance.randrange(5)
    start = chance.randrange(len(damaged))
    if kind == 0:
        del damaged[start:]
    elif kind == 1:
        length = chance.randrange(1, 5000)
        damaged[start : start + length] = bytes(len(damaged[start : start + length]))
    elif kind == 2:
        for _ in range(chance.randrange(1, 40)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    elif kind == 3:
        damaged[chance.randrange(100)] = chance.randrange(256)
    else:
        # The start of a page holds its kind and the places of its cells.
        page = chance.randrange(len(damaged) // 4096) * 4096
        damaged[page + chance.randrange(64)] = chance.randrange(256)
    return bytes(damaged)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "l.db"
    with library(path) as store:
        for number in range(12):
            article = add(store, f"Text {number} of the bridge. " + "Wörter " * 60, title=f"Title {number}")
            mark(store, article, note=f"note {number}", target="tax", tags=("one", "two"))
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_file_never_raises_anything_else(tmp_path: Path, sound: bytes, seed: int) -> None:
    chance = random.Random(seed)
    refused = noticed = 0
    for number in range(60):
        path = tmp_path / f"{number}.db"
        path.write_bytes(mutated(sound, chance))
        failed, problems = used(path)
        assert failed.isprintable()
        refused += bool(failed)
        noticed += bool(problems and not failed)
        path.unlink()
    assert refused + noticed > 20


def test_a_damaged_log_never_raises_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        for number in range(5):
            mark(store, add(store, f"Text {number}."))
        log = path.with_name("l.db-wal")
        if not log.exists():
            pytest.skip("this SQLite does without the log")
        contents = {file.name: file.read_bytes() for file in (path, log)}
    chance = random.Random(3)
    for number in range(40):
        copy = tmp_path / str(number) / "l.db"
        copy.parent.mkdir()
        copy.write_bytes(contents["l.db"])
        copy.with_name("l.db-wal").write_bytes(mutated(contents["l.db-wal"], chance))
        assert used(copy)[0].isprintable()


def test_text_that_is_no_utf8_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store)
    sql(path, "UPDATE article SET title = CAST(x'ff41' AS TEXT)")
    with library(path) as store, pytest.raises(StoreError, match="damaged"):
        store.articles.first(1)


@pytest.mark.parametrize(
    "blocks", ["", "[", "[[1]]", "[1]", "{}", "null", '[["a","b","c",1,2,3,4,5,6,7]]', "[" * 9999]
)
def test_columns_that_make_no_sense_are_damage(tmp_path: Path, blocks: str) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
    sql(path, "UPDATE revision SET blocks = ?, segments = ?", [blocks, blocks])
    with library(path) as store:
        if blocks != "{}":
            with pytest.raises(StoreError, match="damaged"):
                store.articles.revision(article)
            with pytest.raises(StoreError, match="damaged"):
                store.articles.segments(article.revision_id)


def test_only_what_is_unhurried_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    library(path).close()
    connection = Connection(path, "mode=rw")
    connection.choose_journal()
    normal, full = 1, 2
    wal = connection.value("PRAGMA journal_mode") == "wal"
    with connection.unhurried():
        assert connection.value("PRAGMA synchronous") == (normal if wal else full)
    assert connection.value("PRAGMA synchronous") == full
    connection.run("PRAGMA journal_mode=delete")
    with connection.unhurried():
        assert connection.value("PRAGMA synchronous") == full
    connection.close()
