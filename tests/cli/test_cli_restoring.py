"""``reader restore``, ``reader recover`` and ``reader doctor``."""

import os
from pathlib import Path

import pytest
from command_line import PROSE, CommandLine


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def backed_up(reader: CommandLine) -> Path:
    """A library with a backup of its first state; returns the backup."""
    reader.added()
    reader("annotate", "1", "--quote", "a century", "--stance", "support")
    (backup,) = (reader.folder / f"{reader.library.name}.backups").glob("*.db")
    return backup


def test_the_first_change_of_a_day_is_preceded_by_a_backup(reader: CommandLine) -> None:
    assert reader("restore").err.count("no backups") == 1
    backup = backed_up(reader)
    assert reader("restore").lines == [["1", *reader("restore").lines[0][1:3], "1", "0"]]
    reader("annotate", "1", "--quote", "nine million", "--stance", "oppose")
    assert list(backup.parent.glob("*.db")) == [backup], "one a day"


def test_reading_takes_no_backup(reader: CommandLine) -> None:
    reader.added()
    for command in (("list",), ("show", "1"), ("export",), ("check",), ("where",), ("annotations",)):
        reader(*command)
    assert not (reader.folder / f"{reader.library.name}.backups").exists()


def test_a_backup_is_put_back_and_the_rest_is_kept(reader: CommandLine) -> None:
    backed_up(reader)
    assert len(reader("annotations").lines) == 1
    refused = reader("restore", "1")
    assert (refused.status, "--yes" in refused.err) == (2, True)
    restored = reader("restore", "1", "--yes")
    assert restored.status == 0
    assert [line[0] for line in restored.lines] == ["restored", "kept"]
    assert reader("annotations").lines == []
    assert reader("check").status == 0
    kept = Path(restored.lines[1][1])
    assert len(reader("--library", kept, "annotations").lines) == 1


def test_a_damaged_library_names_the_way_back(reader: CommandLine) -> None:
    backup = backed_up(reader)
    content = bytearray(reader.library.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    reader.library.write_bytes(content)
    told = reader("list")
    assert (told.status, told.err.count("\n")) == (1, 1)
    assert "reader restore" in told.err
    assert reader("restore", backup, "--yes").status == 0
    assert [line[0] for line in reader("list").lines] == ["1"]


@pytest.mark.parametrize("which", ["9", "0", "nowhere.db"])
def test_a_backup_that_is_not_there(reader: CommandLine, which: str) -> None:
    backed_up(reader)
    before = reader("annotations", "--json").raw
    result = reader("restore", which, "--yes")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert reader("annotations", "--json").raw == before


def test_the_library_is_no_backup_of_itself(reader: CommandLine) -> None:
    backed_up(reader)
    result = reader("restore", reader.library, "--yes")
    assert (result.status, "is the library itself" in result.err) == (1, True)


def test_a_damaged_library_is_saved_beside_itself(reader: CommandLine) -> None:
    backed_up(reader)
    content = bytearray(reader.library.read_bytes())
    start = content.index(b"cost nine million crowns")
    content[start] = ord("l")
    reader.library.write_bytes(content)
    told = reader("check")
    assert (told.status, told.err.count("is not what was stored")) == (1, 1)
    assert "reader recover" in told.err.splitlines()[-1]
    saved = reader("recover", "saved.db")
    assert (saved.status, saved.lines) == (1, [["recovered", "saved.db", "1 articles, 1 annotations"]])
    assert saved.err.startswith("reader: changed: the text of article 1 ")
    assert reader.library.read_bytes() == content
    assert reader("--library", "saved.db", "check").status == 0
    again = reader("recover", "saved.db")
    assert (again.status, again.err.count("\n"), "already there" in again.err) == (1, 1, True)
    whole = reader("recover", "another.db", "saved.db")
    assert (whole.status, whole.err) == (0, "")


def test_the_doctor_tells_the_state_and_nothing_that_was_read(
    reader: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(reader.folder))
    backed_up(reader)
    report = reader("doctor")
    assert report.status == 0
    told = {line[0]: line[1] for line in report.lines}
    assert told["check"] == "whole"
    assert told["annotations"] == "1"
    assert told["backups"].startswith("1, last 20")
    assert {"reader", "python", "textual", "sqlite", "system", "file system", "journal"} <= told.keys()
    for words in [*PROSE.split("\n\n"), "a century", "Quill"]:
        assert words not in report.out
    assert str(reader.folder) not in report.out


def test_the_doctor_reports_a_library_that_is_not_whole(reader: CommandLine) -> None:
    backed_up(reader)
    reader.library.write_bytes(b"words, not a library " * 300)
    report = reader("doctor")
    assert report.status == 1
    assert report.lines[-1][0] == "problem"
    assert "Traceback" not in report.err


def test_the_doctor_of_no_library(reader: CommandLine) -> None:
    report = reader("doctor")
    assert report.status == 0
    assert ["library", "not there yet"] in report.lines
    assert not reader.library.exists()
