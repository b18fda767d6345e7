"""``reader schemes`` and ``reader annotate --scheme``."""

from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


OWN = """name = "mine"
version = 3
description = "for this test"

[[label]]
key = "1"
code = "yes"
name = "yes"
symbol = "y"
colour = "support"
definition = "says yes"

[[label]]
code = "perhaps"
name = "perhaps"
symbol = "p"
colour = "mixed"
definition = "says perhaps"
retired = true
"""


def test_every_scheme_is_printed_with_its_definitions(reader: CommandLine) -> None:
    result = reader("schemes")
    assert result.status == 0
    names = [line[0].partition(" ")[0] for line in result.lines if "(version" in line[0]]
    assert names == ["stance", "favor-against", "fnc", "rumour", "verdict"]
    assert [line[:3] for line in result.lines[1:7]] == [
        ["1", "support", "+"],
        ["2", "oppose", "−"],
        ["3", "question", "?"],
        ["4", "discuss", "·"],
        ["5", "mixed", "±"],
        ["6", "unclear", "~"],
    ]
    assert ["2", "deny", "−", "says or implies that the rumour is false"] in result.lines


def test_the_users_own_are_printed_and_a_bad_one_is_named_with_its_line(reader: CommandLine) -> None:
    (reader.folder / "config" / "schemes").mkdir(parents=True)
    reader.write("config/schemes/mine.toml", OWN)
    bad = reader.write(
        "config/schemes/bad.toml", OWN.replace('"mine"', '"bad"').replace('"yes"', '"null"', 1)
    )
    result = reader("schemes")
    assert result.status == 1
    assert ["mine (version 3)", "for this test"] in result.lines
    assert ["1", "yes", "y", "says yes"] in result.lines
    assert ["retired", "perhaps", "p", "says perhaps"] in result.lines
    assert f"{bad}:7: the code 'null' would be read as a missing or truth value" in result.err


def test_a_mark_is_made_in_a_named_scheme(reader: CommandLine) -> None:
    number = reader.added("A story of one sentence.\n")
    quote = ("annotate", number, "--quote", "one sentence")
    assert reader(*quote, "--stance", "deny", "--scheme", "rumour").status == 0
    assert ",rumour,deny," in reader("export").out
    refused = reader(*quote, "--stance", "deny")
    assert refused.status == 1
    assert "the scheme stance has no stance 'deny': it has support, oppose" in refused.err
    assert "there is no scheme 'nothing'" in reader(*quote, "--stance", "deny", "--scheme", "nothing").err


def test_the_settings_name_the_scheme_of_a_library_in_which_none_was_chosen(reader: CommandLine) -> None:
    (reader.folder / "config").mkdir(exist_ok=True)
    reader.write("config/settings.toml", '[scheme]\nname = "fnc"\n')
    number = reader.added("A story of one sentence.\n")
    assert reader("annotate", number, "--quote", "story", "--stance", "unrelated").status == 0
    assert ",fnc,unrelated," in reader("export").out
    reader.write("config/settings.toml", '[scheme]\nname = "nothing"\n')
    refused = reader("export")
    assert refused.status == 1
    assert "there is no scheme 'nothing': known are stance, favor-against" in refused.err
