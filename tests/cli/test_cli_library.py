import stat
from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def test_where_says_where_everything_is(reader: CommandLine) -> None:
    before = dict(line[:2] for line in reader("where").lines)
    assert before["library"] == str(reader.library)
    assert not reader.library.exists(), "asking makes nothing"
    reader.added()
    after = dict(line[:2] for line in reader("where").lines)
    assert after["sqlite"][0] == "3"
    assert after["journal"] == "wal"
    assert after["settings"] == str(reader.folder / "config" / "settings.toml")
    assert after["log"] == str(reader.folder / "config" / "reader.log")
    assert after["annotator"]


def test_the_library_option_wins_over_the_environment(reader: CommandLine) -> None:
    reader.write("a.txt")
    assert reader("--library", "other.db", "add", "a.txt").status == 0
    assert (reader.folder / "other.db").exists()
    assert not reader.library.exists()


def test_a_whole_library_is_whole_and_its_backup_opens(reader: CommandLine) -> None:
    reader.added()
    reader("annotate", "1", "--quote", "a century", "--stance", "support")
    assert reader("check").lines == [["whole", str(reader.library)]]
    assert reader("backup", "copy.db").status == 0
    copy = reader.folder / "copy.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert reader("--library", copy, "export").raw == reader("export").raw
    before = copy.read_bytes()
    again = reader("backup", "copy.db")
    assert (again.status, again.err.count("\n")) == (1, 1)
    assert copy.read_bytes() == before


def test_a_library_that_is_missing_cannot_be_checked_or_backed_up(reader: CommandLine) -> None:
    for command in [("check",), ("backup", "copy.db")]:
        result = reader(*command)
        assert (result.status, result.err.count("\n")) == (1, 1)
    assert not reader.library.exists()
    assert not (reader.folder / "copy.db").exists()


@pytest.mark.parametrize(
    "content", [b"not a database at all, only words " * 40, b"SQLite format 3\x00" + b"\x07" * 5000]
)
def test_a_file_that_is_no_library_is_one_line_and_stays_as_it_was(
    reader: CommandLine, content: bytes
) -> None:
    reader.library.write_bytes(content)
    for command in [("list",), ("check",), ("export",), ("add", reader.write("a.txt"))]:
        result = reader(*command)
        assert (result.status, result.out) == (1, ""), command
        assert str(reader.library) in result.err
        assert "Traceback" not in result.err
    assert reader.library.read_bytes() == content
