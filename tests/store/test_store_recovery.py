"""What can be read of a damaged library comes out of it, and what cannot is told."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import BEN, TEXT, add, library, mark, restance, sql
from releases import released

from reader.desk.cleaning import prepare
from reader.errors import NotFoundError, StoreError
from reader.ids import new_id, utc_now
from reader.model import Annotation
from reader.store import schema
from reader.store.driver import sqlite
from reader.store.recovery import Recovered, recover
from reader.store.recovery.pages import Pages

PAGE = 4096


def recovered(damaged: Path, target: Path) -> Recovered:
    return recover(damaged, target, prepare=prepare, annotator=BEN, clock=utc_now, new_id=new_id)


def made(path: Path) -> list[Annotation]:
    """A library of three articles and four marks, one of them restanced and one deleted."""
    with library(path) as store:
        one, two = add(store, title="One"), add(store, f"{TEXT}\n\nThe second.", title="Two")
        add(store, "No marks here, nor any bridge.", title="Three")
        first = mark(store, one, target="the bridge", note="why", tags=("a", "b"), holder="the mayor")
        restance(store, first, "oppose", "the bridge")
        mark(store, one, 10, 14, code="")
        mark(store, two, 4, 9, code="unclear", confidence=2)
        gone = mark(store, two, 0, 3)
        store.annotations.delete(gone.id, "deleted a mark")
        return marks(path)


def marks(path: Path) -> list[Annotation]:
    with library(path) as store:
        return [row.annotation for row in store.annotations.export_rows()]


def hashes(path: Path) -> list[tuple[object, ...]]:
    return sql(path, "SELECT table_name, key, hex(hash) FROM row_hash ORDER BY 1, 2")


def pages_of(path: Path, table: str) -> list[int]:
    return Pages(path.read_bytes()).tables()[table]


def zeroed(path: Path, *pages: int) -> None:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(content)


def said(annotation: Annotation) -> tuple[object, ...]:
    """What a mark says and where, without the time of its last change."""
    one = annotation
    return (one.id, one.article_id, one.anchor.exact, one.span, one.stances, one.note, one.tags, one.holder,
            one.confidence)  # fmt: skip


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "l.db"
    made(path)
    return path


def test_a_whole_library_comes_out_as_it_is(damaged: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.db"
    before = damaged.read_bytes()
    assert recovered(damaged, target) == Recovered(articles=3, annotations=3, changed=(), lost=())
    assert (hashes(target), marks(target)) == (hashes(damaged), marks(damaged))
    assert target.stat().st_mode & 0o777 == 0o600
    with library(target) as store:
        assert store.check() == []
        assert store.history.undo().what == "restored a mark"
        assert add(store, "Something new.").number == 4
    assert damaged.read_bytes() == before
    assert {file.name for file in tmp_path.iterdir()} == {"l.db", "out.db"}


@pytest.mark.parametrize("table", ["annotation", "anchor", "stance", "tag", "target", "annotator"])
def test_marks_whose_page_is_lost_come_back_from_the_history(
    damaged: Path, tmp_path: Path, table: str
) -> None:
    before = [said(annotation) for annotation in marks(damaged)]
    zeroed(damaged, *pages_of(damaged, table))
    told = recovered(damaged, tmp_path / "out.db")
    after = [said(annotation) for annotation in marks(tmp_path / "out.db")]
    assert told.annotations == 3
    assert told.changed
    if table != "target":
        assert after == before
    else:
        assert [one[:4] for one in after] == [one[:4] for one in before]
        assert any("words of a target" in line for line in told.changed)


@pytest.mark.parametrize("table", ["article", "original", "event", "row_hash", "sqlite_schema"])
def test_marks_are_kept_where_something_else_is_lost(damaged: Path, tmp_path: Path, table: str) -> None:
    before = [said(annotation) for annotation in marks(damaged)]
    zeroed(damaged, *pages_of(damaged, table))
    told = recovered(damaged, tmp_path / "out.db")
    assert [said(annotation) for annotation in marks(tmp_path / "out.db")] == before
    assert told.changed or told.lost or table == "row_hash"
    assert told.articles == 3


def test_a_text_that_is_lost_is_made_anew_from_its_original(damaged: Path, tmp_path: Path) -> None:
    before = [said(annotation) for annotation in marks(damaged)]
    texts = sql(damaged, "SELECT id, article, sha256 FROM revision WHERE number < 3")
    zeroed(damaged, *pages_of(damaged, "revision"))
    told = recovered(damaged, tmp_path / "out.db")
    assert (told.articles, told.annotations, told.lost) == (3, 3, ())
    assert [said(annotation) for annotation in marks(tmp_path / "out.db")] == before
    assert sql(tmp_path / "out.db", "SELECT id, article, sha256 FROM revision WHERE number < 3") == texts
    assert "the text of article 1 is made anew from its original" in told.changed


def test_a_text_that_is_lost_with_its_original_is_told_with_its_marks(damaged: Path, tmp_path: Path) -> None:
    zeroed(damaged, *pages_of(damaged, "revision"), *pages_of(damaged, "original"))
    told = recovered(damaged, tmp_path / "out.db")
    assert (told.articles, told.annotations) == (0, 0)
    assert sum(line.startswith("article ") for line in told.lost) == 3
    assert sum("“The mayor”" in line for line in told.lost) == 1


def test_any_page_may_be_lost(damaged: Path, tmp_path: Path) -> None:
    """Every fourth of them is tried here; `bench/faults` tries more."""
    content, all_of_them = damaged.read_bytes(), {annotation.id for annotation in marks(damaged)}
    for page in range(1, len(content) // PAGE + 1, 4):
        damaged.write_bytes(content)
        zeroed(damaged, page)
        before, target = damaged.read_bytes(), tmp_path / f"out{page}.db"
        told = recovered(damaged, target)
        assert damaged.read_bytes() == before
        with library(target) as store:
            assert store.check() == [], page
        missing = all_of_them - {annotation.id for annotation in marks(target)}
        assert all(any(one in line for line in told.lost) for one in missing), page


@pytest.mark.parametrize("version", [1, 5, schema.SCHEMA])
def test_an_older_library_is_recovered_as_one_of_today(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.db"
    released(path, version)
    assert recovered(path, tmp_path / "out.db") == Recovered(2, 2, (), ())
    with library(tmp_path / "out.db") as store:
        assert store.annotations.get("m1").tags == ("a", "b")


def test_what_is_not_as_it_was_is_told(damaged: Path, tmp_path: Path) -> None:
    for statement in (
        "UPDATE article SET title = 'Another' WHERE number = 1",
        "UPDATE target SET text = 'the fridge' WHERE text = 'the bridge'",
        "UPDATE revision SET segments = '[]' WHERE article = 3",
    ):
        sql(damaged, statement)
    assert recovered(damaged, tmp_path / "out.db").changed == (
        "target 1 is not quite what was stored",
        "what is said of article 1 is not quite what was stored",
        "the text of article 3 is not quite what was stored",
    )


def test_two_articles_of_one_text_whose_originals_are_lost(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store, media="html", raw=b"<p>one</p>")
        add(store, media="html", raw=b"<p>two</p>")
        add(store)
    sql(path, "UPDATE original SET raw = x'00' WHERE media = 'html'")
    assert recovered(path, tmp_path / "out.db").articles == 3


def test_what_was_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
        with store.transaction():
            for count in range(120):
                mark(store, article, count % 20, count % 20 + 4, note=f"note {count}")
    content = path.read_bytes()
    path.write_bytes(content[: max(pages_of(path, "annotation")) * PAGE - 1])
    told = recovered(path, tmp_path / "out.db")
    assert 0 < told.annotations < 120
    assert any("pages of the table annotation" in line for line in told.lost)


def test_a_character_that_is_broken_costs_no_more(damaged: Path, tmp_path: Path) -> None:
    content, before = damaged.read_bytes(), [said(one) for one in marks(damaged)]
    start = content.index(b"Engineers doubt it.\n\nThe second")
    damaged.write_bytes(content[:start] + b"\xff" + content[start + 1 :])
    told = recovered(damaged, tmp_path / "out.db")
    assert told.lost == ()
    assert [said(one) for one in marks(tmp_path / "out.db")] == before
    assert any("the text of article 2 is not quite" in line for line in told.changed)


def test_a_mark_that_does_not_fit_its_text_any_longer_waits_for_review(damaged: Path, tmp_path: Path) -> None:
    content = damaged.read_bytes()
    start = content.index(b"The mayor said the bridge is safe.\n\nEngineers doubt it.\n\nThe second")
    damaged.write_bytes(content[: start + 4] + b"M" + content[start + 5 :])
    told = recovered(damaged, tmp_path / "out.db")
    assert any("waits for review" in line for line in told.changed)
    assert sorted(one.anchor.status for one in marks(tmp_path / "out.db")) == ["ok", "ok", "review"]


def test_what_was_deleted_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        for number in range(300):
            store.targets.made(f"target {number} " + "x" * 200)
        with store.transaction():
            store._connection.run("DELETE FROM target WHERE number > 2")
        add(store)
    recovered(path, tmp_path / "out.db")
    assert sql(tmp_path / "out.db", "SELECT count(*) FROM target") == [(2,)]


def test_what_stood_in_the_log_is_kept(tmp_path: Path) -> None:
    path, copy = tmp_path / "l.db", tmp_path / "copy.db"
    with library(path) as store:
        mark(store, add(store))
        if store.journal_mode != "wal":
            pytest.skip("this SQLite does without the log")
        for suffix in ("", "-wal"):
            Path(f"{copy}{suffix}").write_bytes(Path(f"{path}{suffix}").read_bytes())
    before = Path(f"{copy}-wal").read_bytes()
    assert recovered(copy, tmp_path / "out.db").annotations == 1
    assert Path(f"{copy}-wal").read_bytes() == before


def test_nothing_is_written_over(damaged: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.db"
    target.write_text("mine")
    with pytest.raises(StoreError, match="already there"):
        recovered(damaged, target)
    assert target.read_text() == "mine"
    with pytest.raises(NotFoundError):
        recovered(tmp_path / "nowhere.db", tmp_path / "other.db")


@pytest.mark.parametrize("content", [b"", b"words " * 5000, b"SQLite format 3\0" + bytes(9000)])
def test_a_file_without_anything_of_ours_gives_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "l.db").write_bytes(content)
    with pytest.raises(StoreError):
        recovered(tmp_path / "l.db", tmp_path / "out.db")
    assert [file.name for file in tmp_path.iterdir()] == ["l.db"]


VALUES = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=900)
    | st.binary(max_size=2000)
)


@settings(deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=30), st.sampled_from([512, 1024, 4096, 65536]))
def test_pages_are_read_as_sqlite_reads_them(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]], size: int
) -> None:
    path = tmp_path_factory.mktemp("pages") / "t.db"
    connection = sqlite.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA page_size={size}")
    connection.execute("CREATE TABLE by_rowid (a, b, c)")
    connection.execute("CREATE TABLE by_key (a, b, c, n INTEGER, PRIMARY KEY (n, a)) WITHOUT ROWID")
    rows = [
        tuple(value.replace("\0", "") if isinstance(value, str) else value for value in row) for row in rows
    ]
    connection.executemany("INSERT INTO by_rowid VALUES (?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO by_key VALUES (?, ?, ?, ?)", [("k", b, c, n) for n, (_, b, c) in enumerate(rows)]
    )
    wanted = connection.execute("SELECT rowid, a, b, c FROM by_rowid").fetchall()
    by_key = connection.execute("SELECT n, a, b, c FROM by_key").fetchall()
    connection.close()
    pages = Pages(path.read_bytes())
    tables = pages.tables()
    found = [(one.rowid, *one.values) for page in tables["by_rowid"] for one in pages.records(page)]
    assert sorted(found, key=lambda row: row[0] or 0) == wanted
    keyed = [one.values for page in tables["by_key"] for one in pages.records(page)]
    assert sorted(keyed, key=lambda row: row[0]) == by_key  # type: ignore[arg-type,return-value]
