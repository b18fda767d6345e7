import json
from pathlib import Path

import pytest
from command_line import PROSE, CommandLine


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def test_each_article_is_a_line_with_what_became_of_it(reader: CommandLine) -> None:
    reader.write("a.txt", "Gate opens\n\n" + PROSE)
    reader.write("b.md", "# Gate fails\n\nIt failed at noon.\n")
    result = reader("add", "a.txt", "b.md")
    assert result.status == 0
    assert result.lines == [["added", "1", "Gate opens"], ["added", "2", "Gate fails"]]
    assert "2 added" in result.err
    reader.write("b.md", "# Gate fails\n\nIt failed at noon, and again at one.\n")
    result = reader("add", "a.txt", "b.md")
    assert [line[:2] for line in result.lines] == [["unchanged", "1"], ["updated", "2"]]


def test_a_new_library_is_told_since_its_path_may_be_mistyped(reader: CommandLine) -> None:
    reader.write("a.txt")
    assert f"made {reader.library}" in reader("add", "a.txt").err
    assert reader("add", "a.txt").err == ""


def test_standard_input_is_an_article(reader: CommandLine) -> None:
    result = reader("add", "-", stdin=PROSE.encode())
    assert (result.status, result.lines[0][:2]) == (0, ["added", "1"])
    assert reader("show", "1").out.startswith("Mayor Ada Quill")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.pdf", b"%PDF-1.7", "PDF cannot be read"),
        ("a.txt", b"", "a.txt"),
        ("a.txt", bytes(range(256)) * 40, "a.txt"),
        ("a.xyz", b"?", "not a kind of file"),
    ],
)
def test_what_cannot_be_taken_in_is_one_line_and_the_rest_goes_on(
    reader: CommandLine, name: str, content: bytes, complaint: str
) -> None:
    bad, good = reader.write(name, content), reader.write("good.txt")
    result = reader("add", bad, good)
    assert result.status == 1
    assert [line[0] for line in result.lines] == ["added"]
    failures = [line for line in result.err.splitlines() if "failed:" in line]
    assert len(failures) == 1
    assert complaint in failures[0]


def test_a_url_and_a_missing_file_are_one_line_each(reader: CommandLine) -> None:
    result = reader("add", "http://127.0.0.1/gate", "gone.txt")
    assert (result.status, result.out) == (1, "")
    assert "http://127.0.0.1/gate: 127.0.0.1 is a loopback address" in result.err
    assert "gone.txt: no such file" in result.err


def test_a_corpus_says_which_records_failed(reader: CommandLine) -> None:
    reader.write("c.jsonl", json.dumps({"title": "One", "text": PROSE}) + '\nnonsense\n{"text": ""}\n')
    result = reader("add", "c.jsonl")
    assert result.status == 1
    assert [line[2] for line in result.lines] == ["One"]
    assert "c.jsonl#2: line 2: not JSON" in result.err
    assert "c.jsonl#3: line 3: " in result.err


def test_a_hostile_title_cannot_reach_the_terminal(reader: CommandLine) -> None:
    title = "\x1b]52;c;aGk=\x07 [/red] \u202eevil"
    reader.write("c.jsonl", json.dumps({"title": title, "text": PROSE}))
    for terminal in (False, True):
        shown = reader("add", "c.jsonl", terminal=terminal).out + reader("list", terminal=terminal).out
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_long_work_on_a_terminal_shows_a_bar_and_then_what_failed(reader: CommandLine) -> None:
    records = [json.dumps({"text": f"Gate {n}.\n\n{PROSE * 200}"}) for n in range(60)]
    reader.write("c.jsonl", "\n".join(["broken", *records]))
    result = reader("add", "c.jsonl", terminal=True)
    assert (result.status, result.out) == (1, "")
    assert "Adding" in result.err
    assert "100%" in result.err
    last = result.err.splitlines()[-2:]
    assert "failed: " in last[0]
    assert last[1] == "reader: 60 added, 1 failed"
