"""``reader clean --explain`` and ``--again``, and the warnings about a text as a whole."""

from pathlib import Path

import pytest
from command_line import PROSE, CommandLine

FORM = f"{PROSE}\nLeave a Reply Cancel reply\n\n  Your email address will not be published.\n"
SPUN = (
    "The Overseas Minister told the council on Monday, as the State Division has it, that the ferry had run "
    f"greater than a yr in the past.\n\n{PROSE}"
)
HEAD, TAIL = "Marl Courier\nPolitics\n\n", "\nMarl Courier, since 1880\n"


def story(place: str) -> str:
    return (
        f"{HEAD}{place} has voted to move the landing to the other bank of the river before the summer.\n\n"
        f"Nobody in {place} was against it but the harbour master, who had asked for a bridge.\n{TAIL}"
    )


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def test_explain_tells_the_place_the_rule_the_reason_and_the_text_of_each_run(reader: CommandLine) -> None:
    result = reader("clean", reader.write("a.txt", FORM), "--explain")
    (head, *runs) = result.lines
    assert result.status == 0
    assert head[0].startswith("# ")
    assert head[1].startswith("plain/")
    assert runs[-1] == [
        "drop", "9:3", "form.published-run", "comment form", "Your email address will not be published."
    ]  # fmt: skip
    assert all(len(run) == 5 and run[0] in ("doubt", "drop") for run in runs)


def test_explain_shortens_what_is_long_and_makes_controls_visible(reader: CommandLine) -> None:
    text = f"{PROSE}\nCopyright © 2020 The Tide. All rights reserved. {'Visit our terms. ' * 9}\x1b[31m\n"
    (_, run) = reader("clean", "-", "--explain", stdin=text.encode()).lines
    assert " … " in run[4]
    assert len(run[4]) < 90
    assert "\x1b" not in run[4]


def test_explain_of_a_page_names_the_page_s_own_rules(reader: CommandLine) -> None:
    names = ("Home", "Sport", "Weather", "Shop")
    links = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in names)
    body = "".join(f"<p>{line}</p>" for line in PROSE.strip().split("\n\n"))
    page = f"<html><body><nav><ul>{links}</ul></nav><article><h1>Gate</h1>{body}</article></body></html>"
    lines = reader("clean", reader.write("a.html", page), "--explain").lines
    assert [line[1] for line in lines if line[0] == "drop" and line[2].startswith("page.")] == ["1:1"]
    votes = {line[-1]: line for line in lines if line[0] == "vote"}
    assert float(votes["Home"][2]) < 0.1 < 0.7 < float(votes[PROSE.split("\n")[0]][2])
    assert votes["Home"][3] == "-"
    assert "readability" in votes[PROSE.split("\n")[0]][3]
    assert votes["Home"][1] == "1:1"


def test_a_machine_spun_text_is_told_with_the_evidence(reader: CommandLine) -> None:
    path = reader.write("a.txt", SPUN)
    (found,) = reader("clean", path, "--json").objects
    (warning,) = found["warnings"]
    assert warning["kind"] == "machine-spun"
    assert {"text": "State Division", "probably": "State Department"} in warning["evidence"]
    assert "# warning\tlooks machine-spun" in reader("clean", path, "--explain").out
    number = reader.added(SPUN)
    shown = reader("show", number, "--as", "segments")
    assert "“State Division” for “State Department”" in shown.err
    assert all(line[0] in ("keep", "doubt", "drop") for line in shown.lines)


def test_an_honest_text_bears_no_warning(reader: CommandLine) -> None:
    (found,) = reader("clean", reader.write("a.txt", FORM), "--json").objects
    assert found["warnings"] == []
    assert reader("show", reader.added(FORM), "--as", "segments").err == ""


def test_earlier_articles_profit_from_later_ones_when_cleaned_again(reader: CommandLine) -> None:
    numbers = [reader.added(story(place), f"{place}.txt") for place in ("Vell", "Orne", "Tarn", "Holm")]
    assert "since 1880" in reader("show", numbers[0]).out
    mark = reader("annotate", numbers[0], "--quote", "Nobody in Vell", "--stance", "oppose").out.strip()
    result = reader("clean", "--again", numbers[0])
    assert (result.status, result.lines[0][:2]) == (0, ["cleaned", numbers[0]])
    assert "since 1880" not in reader("show", numbers[0]).out
    assert mark in reader("annotations").out
    assert ",ok," in reader("export").out
    again = reader("clean", "--again", "--all")
    assert sorted(line[0] for line in again.lines) == ["cleaned", "unchanged", "unchanged", "unchanged"]
    assert {line[0] for line in reader("clean", "--again", "--all").lines} == {"unchanged"}
    assert reader("check").status == 0


def test_an_article_that_is_not_there_is_told_and_the_others_are_cleaned(reader: CommandLine) -> None:
    number = reader.added()
    result = reader("clean", "--again", "99", number)
    assert (result.status, [line[:2] for line in result.lines]) == (1, [["unchanged", number]])
    assert "99" in result.err


@pytest.mark.parametrize(
    "arguments",
    [["--again"], ["--again", "1", "--all"], ["--all"], ["a", "b"], ["a", "--json", "--explain"]],
    ids=" ".join,
)
def test_what_does_not_go_together_is_wrong_usage(reader: CommandLine, arguments: list[str]) -> None:
    assert reader("clean", *arguments).status == 2
