"""``reader targets``."""

from pathlib import Path

import pytest
from command_line import CommandLine

from reader.desk import marking, open_desk
from reader.desk.exporting import export_rows
from reader.ids import new_id, utc_now
from reader.model import Annotator


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, monkeypatch)
    line.added()
    for quote, stance, target in (
        ("dry for a century", "support", "tide gate"),
        ("Engineers were less sure", "question", "tide gate"),
        ("nine million crowns", "oppose", "the cost"),
    ):
        line("annotate", "1", "--quote", quote, "--stance", stance, "--target", target)
    return line


def test_targets_are_listed_the_one_used_last_first(reader: CommandLine) -> None:
    assert reader("targets").lines == [["1", "1", "", "the cost"], ["2", "1", "", "tide gate"]]
    assert reader("targets", "list").out == reader("targets").out
    first = reader("targets", "list", "--json").objects[0]
    assert (first["target"], first["kind"], first["marks"], first["articles"]) == ("the cost", "", 1, 1)


def test_a_target_is_renamed_on_every_mark(reader: CommandLine) -> None:
    assert reader("targets", "rename", "tide gate", "the tide  gate").status == 0
    assert [line[-1] for line in reader("targets").lines] == ["the cost", "the tide gate"]
    assert reader("export").out.count("the tide gate,stance,") == 2
    taken = reader("targets", "rename", "the cost", "the tide gate")
    assert taken.status == 1
    assert "there is a target 'the tide gate' already: merge the two" in taken.err
    assert reader("targets", "rename", "nothing", "x").err == (
        "reader: there is no target 'nothing': `reader targets` lists them\n"
    )


def test_merging_says_how_much_it_changed(reader: CommandLine) -> None:
    result = reader("targets", "merge", "tide gate", "the cost")
    assert result.lines == [["merged", "tide gate", "the cost", "2 marks"]]
    assert reader("targets").lines == [["3", "1", "", "the cost"]]
    assert "cannot be merged with itself" in reader("targets", "merge", "the cost", "the cost").err


def test_merging_different_stances_of_one_mark_needs_a_decision(reader: CommandLine) -> None:

    def stances() -> list[list[str]]:
        return [line[1:2] for line in reader("annotations").lines]

    with open_desk(reader.library, annotator=Annotator("a", "A"), clock=utc_now, new_id=new_id) as desk:
        marking.restance(desk, next(iter(export_rows(desk))).annotation, "oppose", "the cost")
    before = stances()
    refused = reader("targets", "merge", "tide gate", "the cost")
    assert refused.status == 1
    assert "1 mark has different stances toward the two: say which of them to keep with --keep" in refused.err
    assert stances() == before
    result = reader("targets", "merge", "tide gate", "the cost", "--keep", "target")
    assert result.lines[0][-1] == ("in 1 of them the stance toward tide gate was kept, the other one was not")
    assert stances()[0] == ["support → the cost"]


def test_a_kind_is_said(reader: CommandLine) -> None:
    assert reader("targets", "kind", "the cost", "topic").lines == [["kind", "the cost", "topic"]]
    assert reader("targets").lines[0] == ["1", "1", "topic", "the cost"]
    assert reader("targets", "kind", "the cost", "thing").status == 2
