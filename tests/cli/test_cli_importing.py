from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def marked(reader: CommandLine) -> None:
    number = reader.added()
    assert (
        reader("annotate", number, "--quote", "tide gate", "--stance", "support", "--note", "=a").status == 0
    )


def test_what_was_exported_is_imported_and_again_changes_nothing(reader: CommandLine) -> None:
    marked(reader)
    assert reader("export", "--format", "jsonl", "-o", "marks.jsonl").status == 0
    before = (reader.folder / "marks.jsonl").read_bytes()
    reader.library.unlink()
    for told in ("1 added, 1 articles added", "1 unchanged"):
        result = reader("import", "marks.jsonl")
        assert (result.status, result.out) == (0, "")
        assert result.err.endswith(f"marks.jsonl, read as JSON Lines of this program: {told}\n")
        assert reader("export", "--format", "jsonl").raw == before


def test_standard_input_is_imported_whatever_is_in_it(reader: CommandLine) -> None:
    marked(reader)
    for form in ("csv", "jsonl", "w3c"):
        content = reader("export", "--format", form).raw
        result = reader("import", "-", stdin=content)
        assert (result.status, result.out) == (0, "")
        assert result.err.startswith("reader: standard input, read as ")
        assert result.err.endswith(": 1 unchanged\n")
    refused = reader("import", "-", stdin=b"annotation_id,\n")
    assert refused.status == 1
    assert refused.err.startswith("reader: standard input: line 1: the columns are not those of an export")
    # slate's marks are nothing without the text that lies beside their file.
    assert "named after their text" in reader("import", "-", "--format", "slate", stdin=b"x").err


def test_a_line_counts_on_a_terminal_and_leaves_nothing_behind(
    reader: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked(reader)
    content = reader("export", "--format", "jsonl").raw
    monkeypatch.setattr("reader.cli.importing._PAUSE", 0.0)
    told = reader("import", "-", stdin=content, terminal=True).err
    assert "\r1 read …" in told
    assert told.rpartition("\r\x1b[K")[2] == (
        "reader: standard input, read as JSON Lines of this program: 1 unchanged\n"
    )
    assert "read …" not in reader("import", "-", stdin=content).err


def test_a_raw_table_is_imported_as_one(reader: CommandLine) -> None:
    marked(reader)
    for option in ((), ("--raw",)):
        assert reader("export", *option, "-o", "marks.csv").status == 0
        assert reader("import", *option, "marks.csv").err.endswith("1 unchanged\n")
    # A raw table has no guard to take off: a note that begins with ' stays as it is.
    assert "different" not in reader("import", "marks.csv").err


def test_what_is_malformed_is_named_by_its_line_and_nothing_is_taken_in(reader: CommandLine) -> None:
    marked(reader)
    reader("export", "--format", "jsonl", "-o", "marks.jsonl")
    with (reader.folder / "marks.jsonl").open("ab") as file:
        file.write(b"{broken\n")
    reader.library.unlink()
    result = reader("import", "marks.jsonl")
    assert (result.status, result.out) == (1, "")
    made, bad, summary = result.err.splitlines()
    assert "made" in made
    assert "marks.jsonl, line " in bad
    assert "not JSON" in bad
    assert summary.endswith("nothing was taken in (1 added, 1 articles added, 1 failed)")
    assert reader("list").out == ""
    result = reader("import", "--keep-going", "marks.jsonl")
    assert result.status == 1
    assert result.err.endswith("1 added, 1 articles added, 1 failed\n")
    assert len(reader("list").lines) == 1


def test_a_file_that_cannot_be_read_is_one_line(reader: CommandLine) -> None:
    marked(reader)
    for name, told in (("missing.csv", "no such file"), ("story.txt", "say which with --format")):
        result = reader("import", name)
        assert (result.status, result.out, result.err.count("\n")) == (1, "", 1)
        assert told in result.err
    assert reader("import").status == 2
    assert reader("import", "--format", "xlsx", "story.txt").status == 2


def test_controls_in_what_is_told_are_made_visible(reader: CommandLine) -> None:
    marked(reader)
    reader.write("evil.jsonl", b'{"record": "\\u001b[2J"}\n{"record": "library", "format": "\\u001b]0;x"}\n')
    result = reader("import", "evil.jsonl")
    assert result.status == 1
    assert "\x1b" not in result.err
