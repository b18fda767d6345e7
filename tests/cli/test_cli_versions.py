"""Versions, their difference and sources on the command line."""

from pathlib import Path

import pytest
from command_line import PROSE, CommandLine

NEWER = PROSE.replace("for a century", "for a hundred years").replace("nine million", "ten million")


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def test_the_texts_of_an_article_and_their_difference(reader: CommandLine) -> None:
    number = reader.added()
    reader.added(NEWER)
    reader.added(NEWER + "\nThe end.\n")
    listed = reader("versions", number)
    assert [line[0] for line in listed.lines] == ["1", "2", "3*"]
    assert all(line[3].endswith("story.txt") for line in listed.lines)
    assert reader("diff", number).out.endswith("{+The end.+}\n")
    told = reader("diff", number, "--from", 1, "--to", 2)
    assert told.status == 0
    assert "dry for a [-century.-] {+hundred years.+} Engineers" in told.out
    assert "cost [-nine-] {+ten+} million" in told.out
    backwards = reader("diff", number, "--from", 2, "--to", 1)
    assert "cost [-ten-] {+nine+} million" in backwards.out


def test_what_cannot_be_compared_is_one_line(reader: CommandLine) -> None:
    number = reader.added()
    for arguments, why in (
        (("diff", number), "has had one text so far"),
        (("versions", "99"), "there is no article 99"),
    ):
        result = reader(*arguments)
        assert (result.status, result.out) == (1, "")
        assert why in result.err
    reader.added(NEWER)
    result = reader("diff", number, "--from", 7)
    assert (result.status, result.out) == (1, "")
    assert "has no text 7: it has 2" in result.err
    assert reader("diff", number, "--from", "x").status == 2


def test_an_update_says_what_became_of_the_marks(reader: CommandLine) -> None:
    number = reader.added()
    for quote in ("the gate would keep the harbour dry for a century", "the gate failed its first test"):
        reader("annotate", number, "--quote", quote, "--stance", "support")
    gone = NEWER.replace("Engineers were less sure, and the gate failed its first test.", "They left.")
    result = reader("add", reader.write("story.txt", gone))
    assert result.lines[0][0] == "updated"
    assert "1 mark moved with it, 1 without a place, 1 with other words" in result.out + result.err
    marks = reader("annotations", "--json").objects
    assert {mark["anchor_status"] for mark in marks} == {"ok", "orphan"}
    rows = reader("export").out
    assert "the gate failed its first test" in rows, "in the text in which it had its place"
    assert "the gate would keep the harbour dry for a hundred years" in rows
    assert reader("check").status == 0


def test_where_an_article_was_found_and_who_else_tells_of_it(reader: CommandLine) -> None:
    number = reader.added()
    copy = reader("add", reader.write("copy.txt", PROSE.replace("the council said", "the council says")))
    assert copy.lines[0][:2] == ["updated", number]
    assert "the same text from another source" in copy.out + copy.err
    lines = reader("show", number, "--as", "sources").lines
    assert [(line[0], line[3].rpartition("/")[2]) for line in lines] == [
        ("source", "story.txt"),
        ("source", "copy.txt"),
    ]
