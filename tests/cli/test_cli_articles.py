import hashlib
import json
from pathlib import Path

import pytest
from command_line import PROSE, CommandLine

FORM = PROSE + "\nLeave a Reply Cancel reply\n\nYour email address will not be published.\n"


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def corpus(reader: CommandLine, *records: dict[str, str]) -> None:
    lines = [{"text": f"{PROSE}\nIt was gate {n}."} | record for n, record in enumerate(records)]
    reader.write("c.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    assert reader("add", "c.jsonl").status == 0


def test_the_list_is_newest_first_and_a_query_narrows_it(reader: CommandLine) -> None:
    corpus(
        reader,
        {"title": "Gate opens", "source": "Post", "date": "2026-03-02"},
        {"title": "Gate fails", "text": "The sluice broke at noon.", "date": "2026-03"},
    )
    assert reader("list").lines == [
        ["2", "2026-03", "", "Gate fails", "0"],
        ["1", "2026-03-02", "Post", "Gate opens", "0"],
    ]
    assert [line[0] for line in reader("list", "sluice", "noon").lines] == ["2"]
    assert [line[0] for line in reader("list", '"tide gate"').lines] == ["1"]
    assert reader("list", "nowhere").out == ""


def test_the_list_as_json(reader: CommandLine) -> None:
    corpus(reader, {"title": "Gate\u2028opens"})
    (row,) = reader("list", "--json").objects
    assert (row["number"], row["title"], row["claims"], row["read"]) == (1, "Gate opens", 0, False)
    assert row["id"] == reader("list", "--json").objects[0]["id"]


def test_the_list_on_a_terminal_stands_in_columns(
    reader: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    corpus(reader, {"title": "水門" * 40, "source": "Post"}, {"title": "Gate opens", "source": "P" * 60})
    lines = reader("list", terminal=True).out.splitlines()
    assert len(lines) == 2
    assert lines[0].index("Gate opens") == lines[1].index("水門")
    assert all("…" in line for line in lines)


def test_a_text_goes_to_a_pipe_exactly(reader: CommandLine) -> None:
    reader.added("Gate: 100 % \u202esafe\u202c, said Ada.\n\nIt failed.\n")
    result = reader("show", "1")
    assert "\u202esafe\u202c" in result.out
    assert not result.out.endswith("\n")
    reader("annotate", "1", "--quote", "It failed.", "--stance", "discuss")
    assert hashlib.sha256(result.raw).hexdigest() in reader("export").out


def test_a_text_on_a_terminal_is_harmless_and_as_long(reader: CommandLine) -> None:
    reader.added("Gate \u202eevil\u202c and \x1b[31mred\x1b[0m, said Ada.\n\nIt failed.\n")
    exact, shown = reader("show", "1").out, reader("show", "1", terminal=True).out
    assert not {"\x1b", "\u202e"} & set(shown)
    assert len(shown) == len(exact) + 1


def test_the_original_comes_back_byte_for_byte(reader: CommandLine) -> None:
    raw = "\ufeffCaf\u00e9 \u201cgate\u201d opens.\r\n\r\nIt failed.\r\n".encode("utf-16-le")
    reader.added(raw)
    assert reader("show", "1", "--as", "original").raw == raw
    assert "It failed." in reader("show", "1", "--as", "original", terminal=True).out


def test_segments_cover_the_page_and_say_why(reader: CommandLine) -> None:
    reader.added(FORM)
    rows = reader("show", "1", "--as", "segments").lines
    at = 0
    for verdict, start, end, rule, reason, text in rows:
        assert verdict in {"keep", "doubt", "drop"}
        assert int(start) == at
        at = int(end)
        assert json.loads(text) == FORM[int(start) : at]
        assert verdict == "keep" or (rule and reason)
    assert at == len(FORM)
    dropped = [json.loads(row[5]) for row in rows if row[0] == "drop"]
    assert "Leave a Reply" in "".join(dropped)
    assert "Leave a Reply" not in reader("show", "1").out


def test_the_markdown_of_an_article(reader: CommandLine) -> None:
    reader.added("# Gate *fails*\n\n> It failed.\n", "story.md")
    result = reader("show", "1", "--as", "markdown").out
    assert "*fails*" in result
    assert "> It failed." in result
    assert reader("show", "1").out.endswith("It failed.")


def test_an_article_is_known_by_its_id_too(reader: CommandLine) -> None:
    reader.added()
    (row,) = reader("list", "--json").objects
    assert reader("show", row["id"]).raw == reader("show", "1").raw


@pytest.mark.parametrize("reference", ["2", "0", "nonsense", "9" * 23, "9" * 5000, "²", "-1"])
def test_an_article_that_is_not_there_is_one_line(reader: CommandLine, reference: str) -> None:
    reader.added()
    result = reader("show", "--", reference)
    assert (result.status, result.out, result.err.count("\n")) == (1, "", 1)
    assert reference in result.err


def test_what_is_known_can_be_corrected_and_taken_away(reader: CommandLine) -> None:
    corpus(reader, {"title": "Wrong", "author": "Nobody"})
    result = reader(
        "edit",
        "1",
        "--title",
        "Gate opens",
        "--author",
        "",
        "--date",
        "2 March 2026",
        "--url",
        "https://news.example/1",
    )
    assert result.lines == [["edited", "1", "Gate opens", "", "", "2026-03-02", "https://news.example/1"]]
    assert reader("list").lines[0][:4] == ["1", "2026-03-02", "", "Gate opens"]
    facts = reader("show", "1", "--as", "facts").lines
    assert facts[0] == ["title", "Gate opens", "by hand"]
    assert ["date", "2026-03-02", "by hand"] in facts
    assert ["language", "en", "its words"] in facts


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [("--date", "soon", "is not a date"), ("--url", "javascript:alert(1)", "is not a web address")],
)
def test_a_correction_that_means_nothing_changes_nothing(
    reader: CommandLine, option: str, value: str, complaint: str
) -> None:
    reader.added()
    before = reader("list").raw
    result = reader("edit", "1", option, value)
    assert result.status == 1
    assert complaint in result.err
    assert reader("list").raw == before


def test_an_edit_of_nothing_is_wrong_usage(reader: CommandLine) -> None:
    reader.added()
    result = reader("edit", "1")
    assert result.status == 2
    assert "--title" in result.err


def test_articles_are_removed_and_what_is_not_there_is_told(reader: CommandLine) -> None:
    corpus(reader, {"title": "One"}, {"title": "Two"}, {"title": "Three"})
    result = reader("remove", "1", "9", "3")
    assert result.status == 1
    assert result.lines == [["removed", "1", "One"], ["removed", "3", "Three"]]
    assert "9" in result.err
    assert [line[0] for line in reader("list").lines] == ["2"]
