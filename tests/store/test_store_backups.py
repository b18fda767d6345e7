"""The backups that a library keeps of itself, and putting one back."""

import os
import stat
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from libraries import add, library, mark, marks_in, sql

from reader.errors import NotFoundError, StoreError
from reader.store import Store, backups, schema

NOW = "2026-03-02T09:14:05.123Z"
NEXT_DAY = "2026-03-03T08:00:00.000Z"


def take(store: Store, now: str) -> Path | None:
    return backups.take_if_due(store._connection, now)


def touch_later(path: Path) -> None:
    """As if the library had been written after its last backup, whatever the file system's clock shows."""
    last = backups.listed(path)[0].path.stat().st_mtime
    os.utime(path, (last + 5, last + 5))


def test_one_a_day_while_the_library_changes(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        mark(store, add(store))
        first = take(store, NOW)
        assert first is not None
        assert first.name == "2026-03-02T091405Z.db"
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
        assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700
        touch_later(path)
        assert take(store, "2026-03-02T23:59:59.999Z") is None, "there is one of today"
        second = take(store, NEXT_DAY)
        assert second is not None
    assert [one.path for one in backups.listed(path)] == [second, first]
    assert backups.checked(first) == (1, 1)


def test_none_while_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store)
    with library(path) as store:
        first = take(store, NOW)
        assert first is not None
        later = first.stat().st_mtime + 60
        os.utime(first, (later, later))
        assert take(store, NEXT_DAY) is None


def test_those_that_are_too_many_go_and_strangers_files_stay(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    day = date(2026, 3, 2)
    with library(path) as store:
        add(store)
        for _ in range(20):
            if backups.listed(path):
                touch_later(path)
            take(store, f"{day.isoformat()}T10:00:00.000Z")
            day += timedelta(days=1)
        stranger = backups.folder(path) / "notes.txt"
        stranger.write_text("mine")
        touch_later(path)
        take(store, f"{day.isoformat()}T10:00:00.000Z")
    times = {one.taken_at for one in backups.listed(path)}
    assert times == backups.kept(times)
    assert backups.DAILY <= len(times) < 21
    assert stranger.exists()


@given(st.lists(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=60))
def test_what_is_kept_covers_days_weeks_and_months(days: list[date]) -> None:
    times = [f"{day.isoformat()}T10:00:00Z" for day in days]
    kept = backups.kept(times)
    assert kept <= set(times)
    assert len(kept) <= backups.DAILY + backups.WEEKLY + backups.MONTHLY
    newest = sorted(set(days), reverse=True)
    assert {f"{day.isoformat()}T10:00:00Z" for day in newest[: backups.DAILY]} <= kept
    months = sorted({(day.year, day.month) for day in days}, reverse=True)[: backups.MONTHLY]
    assert {(int(time[:4]), int(time[5:7])) for time in kept} >= set(months)
    assert backups.kept(kept) == kept, "thinning again drops nothing more"


def test_a_backup_takes_the_librarys_place_and_what_was_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
        mark(store, article)
        taken = take(store, NOW)
        assert taken is not None
        mark(store, article, 4, 9)
    before = sql(taken, "SELECT id, article, note, created_at FROM annotation ORDER BY key")
    aside = backups.restore(path, taken, NEXT_DAY)
    assert aside is not None
    assert aside.name == "l.db.before-restore-20260303T080000000Z"
    assert sql(path, "SELECT id, article, note, created_at FROM annotation ORDER BY key") == before
    with library(path) as store:
        assert (marks_in(store), store.check()) == (1, [])
    with library(aside) as store:
        assert marks_in(store) == 2


def test_every_row_of_a_backup_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    hashes = "SELECT table_name, key, hex(hash) FROM row_hash ORDER BY 1, 2"
    with library(path) as store:
        article = add(store)
        mark(store, article, note="why", tags=("a",))
        taken = take(store, NOW)
        assert taken is not None
        before = sql(path, hashes)
        mark(store, article, 4, 9)
        store.history.undo()
        store.history.redo()
    assert sql(path, hashes) != before
    backups.restore(path, taken, NEXT_DAY)
    assert sql(path, hashes) == before
    with library(path) as store:
        assert store.check() == []


def test_a_damaged_library_is_replaced_with_its_log(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        mark(store, add(store))
        taken = take(store, NOW)
        assert taken is not None
    path.write_bytes(path.read_bytes()[:100] + b"\x07" * 5000)
    (tmp_path / "l.db-wal").write_bytes(b"stale")
    aside = backups.restore(path, taken, NEXT_DAY)
    assert aside is not None
    assert Path(f"{aside}-wal").read_bytes() == b"stale", "the old log goes with the old file"
    assert not (tmp_path / "l.db-wal").exists()
    with library(path) as store:
        assert (marks_in(store), store.check()) == (1, [])


def test_a_missing_library_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store)
        taken = take(store, NOW)
        assert taken is not None
    path.unlink()
    assert backups.restore(path, taken, NEXT_DAY) is None
    assert path.exists()
    assert [file.name for file in tmp_path.glob(".*")] == []


_HOLDER = """
import sys
from pathlib import Path
from reader.ids import new_id, utc_now
from reader.model import Annotator
from reader.store import open_store

with open_store(Path(sys.argv[1]), annotator=Annotator("b", "Ben"), clock=utc_now, new_id=new_id) as store:
    print(store.journal_mode, flush=True)
    sys.stdin.read()
"""


def test_a_library_in_use_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store)
        taken = take(store, NOW)
        assert taken is not None
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        if holder.stdout.readline() != b"wal\n":
            pytest.skip("a rollback journal holds no lock while nothing is done")
        with pytest.raises(StoreError, match="another program has it open"):
            backups.restore(path, taken, NEXT_DAY)
        assert list(tmp_path.glob("*before-restore*")) == []
        holder.communicate(b"")
    assert backups.restore(path, taken, NEXT_DAY) is not None


@pytest.mark.parametrize("content", [b"", b"not a library", b"SQLite format 3\x00" + b"\x07" * 5000])
def test_what_is_no_backup_replaces_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store)
    before = path.read_bytes()
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(content)
    with pytest.raises(StoreError):
        backups.restore(path, wrong, NOW)
    with pytest.raises(NotFoundError):
        backups.restore(path, tmp_path / "nowhere.db", NOW)
    assert path.read_bytes() == before
    assert list(tmp_path.glob("*before-restore*")) == []


def test_a_newer_programs_backup_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        add(store)
        taken = take(store, NOW)
        assert taken is not None
    sql(taken, f"PRAGMA user_version={schema.SCHEMA + 1}")
    with pytest.raises(StoreError, match="newer version"):
        backups.restore(path, taken, NEXT_DAY)
