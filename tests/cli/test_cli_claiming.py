"""``reader claims``."""

from pathlib import Path

import pytest
from command_line import CommandLine

SAID = "She said the gate would keep the harbour dry for a century."
COST = "The gate cost nine million crowns, the council said."


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def test_claims_are_listed_with_reasons_holder_and_voice(reader: CommandLine) -> None:
    number = reader.added()
    assert reader("claims", number).lines == [
        ["statement,forecast", "Ada Quill", "reported", SAID],
        ["statement,figure", "the council", "reported", COST],
    ]
    assert reader("claims", number, "--kind", "figure").lines == [
        ["statement,figure", "the council", "reported", COST]
    ]
    # Nothing was marked by that.
    assert reader("annotations").out == ""


def test_as_json_they_have_offsets_and_cues(reader: CommandLine) -> None:
    number = reader.added()
    text = reader("show", number).out
    for found in reader("claims", number, "--json").objects:
        assert text[found["start"] : found["end"]] == found["sentence"]
        for reason in found["reasons"]:
            assert text[reason["start"] : reason["end"]] == reason["cue"]
    assert found["holder"] == "the council"
    assert (found["voice"], found["via"]) == ("reported", "")


def test_an_article_that_is_not_there_and_a_kind_that_is_none(reader: CommandLine) -> None:
    reader.added()
    assert reader("claims", "7").status == 1
    assert reader("claims", "1", "--kind", "rumour").status == 2
