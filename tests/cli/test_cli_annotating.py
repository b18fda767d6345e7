from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, monkeypatch)
    line.added()
    return line


def test_a_claim_is_marked_and_listed_with_everything_said_of_it(reader: CommandLine) -> None:
    result = reader(
        *("annotate", "1", "--quote", "dry for a century", "--stance", "oppose", "--target", "tide gate"),
        *("--holder", "Ada Quill", "--voice", "reported", "--confidence", "2", "--note", "bold"),
        *("--tag", "harbour", "--tag", "cost"),
    )
    assert (result.status, result.err) == (0, "")
    (mark,) = reader("annotations", "--json").objects
    assert mark["id"] == result.out.strip()
    text = reader("show", "1").out
    assert text[mark["start"] : mark["end"]] == mark["quote"] == "dry for a century"
    assert mark["stances"] == [{"target": "tide gate", "scheme": "stance", "stance": "oppose"}]
    assert (mark["holder"], mark["voice"], mark["confidence"]) == ("Ada Quill", "reported", 2)
    assert (mark["note"], mark["tags"], mark["article"]) == ("bold", ["harbour", "cost"], 1)
    assert reader("annotations").lines == [["1", "oppose → tide gate", "dry for a century", mark["id"]]]
    assert reader("list").lines[0][-1] == "1"


def test_annotations_are_those_of_the_articles_that_match(reader: CommandLine) -> None:
    reader.added("The sluice broke at noon.", "other.txt")
    reader("annotate", "1", "--quote", "a century", "--stance", "support")
    reader("annotate", "2", "--quote", "at noon", "--stance", "support")
    assert [line[0] for line in reader("annotations", "sluice").lines] == ["2"]
    assert len(reader("annotations").lines) == 2


def test_a_quote_that_stands_often_needs_nth(reader: CommandLine) -> None:
    result = reader("annotate", "1", "--quote", "gate", "--stance", "support")
    assert (result.status, result.out) == (1, "")
    assert "4 times" in result.err
    assert reader("annotate", "1", "--quote", "gate", "--stance", "support", "--nth", "4").status == 0
    (mark,) = reader("annotations", "--json").objects
    assert mark["start"] == reader("show", "1").out.rindex("gate")


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (("--quote", "sluice", "--stance", "support"), 1, "does not stand in article 1"),
        (("--quote", "a century", "--stance", "agree"), 1, "it has support, oppose"),
        (("--quote", "", "--stance", "support"), 1, "quote is empty"),
        (("--quote", "a century", "--stance", "support", "--tag", "a|b"), 1, "tag cannot hold"),
        (("--quote", "a century", "--stance", "support", "--nth", "3"), 1, "no place 3"),
        (("--quote", "a century", "--stance", "support", "--nth", "0"), 2, "--nth"),
        (("--quote", "a century", "--stance", "support", "--voice", "loud"), 2, "--voice"),
        (("--quote", "a century", "--stance", "support", "--confidence", "9"), 2, "--confidence"),
        (("--quote", "a century"), 2, "--stance"),
    ],
)
def test_what_cannot_be_marked_is_said_and_nothing_is_stored(
    reader: CommandLine, arguments: tuple[str, ...], status: int, complaint: str
) -> None:
    result = reader("annotate", "1", *arguments)
    assert (result.status, result.out) == (status, "")
    assert complaint in result.err
    assert reader("annotations").out == ""
