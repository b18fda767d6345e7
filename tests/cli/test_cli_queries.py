"""The query language where it is typed on the command line."""

import csv
import io
from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    reader = CommandLine(tmp_path, monkeypatch)
    assert reader.added() == "1"
    assert reader.added("The ferry stops in March.\n", "ferry.txt") == "2"
    reader("edit", "2", "--source", "Evening Tide", "--date", "2026-03")
    mark = ("annotate", "1", "--stance")
    reader(*mark, "support", "--quote", "a century", "--target", "the tide gate", "--tag", "seen")
    reader(*mark, "oppose", "--quote", "Engineers were less sure", "--target", "the tide gate")
    reader(*mark, "oppose", "--quote", "nine million", "--target", "the levy", "--note", "how much?")
    return reader


def quotes(reader: CommandLine, *query: str) -> list[str]:
    return sorted(mark["quote"] for mark in reader("annotations", "--json", *query).objects)


def exported(reader: CommandLine, *query: str) -> list[str]:
    table = io.StringIO(reader("export", *query).out, newline="")
    return sorted(row["quote"] for row in csv.DictReader(table))


def test_articles_are_listed_by_a_query(reader: CommandLine) -> None:
    for query, numbers in (
        (["source:tide"], ["2"]),
        (["on:2026", "NOT", "gate"], ["2"]),
        (["target:gate OR before:2027"], ["2", "1"]),
        (["-tag:seen"], None),
        (["--", "-tag:seen"], ["2"]),
        (['"tide gate"', "OR", "ferry"], ["2", "1"]),
    ):
        result = reader("list", *query)
        assert (result.status, [line[0] for line in result.lines]) == (
            (2, []) if numbers is None else (0, numbers)
        ), query


def test_conditions_about_marks_choose_marks(reader: CommandLine) -> None:
    assert quotes(reader, "stance:oppose", 'target:"tide gate"') == ["Engineers were less sure"]
    assert quotes(reader, "stance:oppose gate") == ["Engineers were less sure", "nine million"]
    assert quotes(reader, "NOT tag:seen") == ["Engineers were less sure", "nine million"]
    assert quotes(reader, "ferry") == []
    assert exported(reader, "has:note OR tag:seen") == ["a century", "nine million"]
    assert exported(reader, "tag:nothing") == []


@pytest.mark.parametrize("command", ["list", "annotations", "export"])
def test_a_wrong_query_is_wrong_usage_and_is_pointed_at(reader: CommandLine, command: str) -> None:
    result = reader(command, "harbour", "titel:gate")
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines() == [
        "reader: the query cannot be followed at column 9: there is no field titel: did you mean title?",
        "  harbour titel:gate",
        "          ^",
    ]


def test_the_caret_stands_below_the_place_whatever_is_before_it(reader: CommandLine) -> None:
    lines = reader("list", "橋\x1b[2J cafe\u0301 (").err.splitlines()
    assert lines[1:] == ["  橋␛[2J cafe\u0301 (", "              ^"]
    _, query, caret = reader("list", "w " * 300 + "( " + "v " * 300).err.splitlines()
    assert len(query) < 80
    assert query[caret.index("^")] == "("


def test_queries_are_saved_listed_used_and_removed(reader: CommandLine) -> None:
    assert reader("queries").lines == []
    assert reader("queries", "--save", "against", "stance:oppose", "target:gate").status == 0
    assert reader("queries", "--save", "wet", "ferry OR harbour").status == 0
    assert reader("queries").lines == [["against", "stance:oppose target:gate"], ["wet", "ferry OR harbour"]]
    assert quotes(reader, "saved:against") == ["Engineers were less sure"]
    assert [line[0] for line in reader("list", "saved:wet", "NOT", "gate").lines] == ["2"]
    assert reader("queries", "--remove", "wet").status == 0
    assert [line[0] for line in reader("queries").lines] == ["against"]
    for arguments, status, complaint in (
        (("--remove", "wet"), 1, "no query saved as wet"),
        (("--save", "x"), 1, "no query to save"),
        (("--save", "x", "foo:y"), 2, "no field foo"),
        (("gate",), 2, "only for --save"),
    ):
        result = reader("queries", *arguments)
        assert (result.status, result.out) == (status, "")
        assert complaint in result.err
    assert reader("list", "saved:wet").err.splitlines()[2] == "        ^"
