"""``reader merge`` and ``reader agreement``, as two people with a library each use them."""

import shutil
from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path, monkeypatch)
    line.added()
    return line


def as_person(reader: CommandLine, name: str) -> None:
    """Be somebody else from now on."""
    shutil.rmtree(reader.folder / "config", ignore_errors=True)
    (reader.folder / "config").mkdir()
    reader.write("config/settings.toml", f'[annotator]\nname = "{name}"\n')


def annotate(reader: CommandLine, library: str, quote: str, stance: str) -> str:
    result = reader("--library", library, "annotate", "1", "--quote", quote, "--stance", stance)
    assert result.status == 0, result.err
    return result.out.strip()


@pytest.fixture
def two(reader: CommandLine) -> CommandLine:
    """Ada's library and Ben's, who got a copy of it and marked what she marked."""
    shutil.copy(reader.library, reader.folder / "ben.db")
    for name, file, stance in (("Ada", "library.db", "support"), ("Ben", "ben.db", "oppose")):
        as_person(reader, name)
        annotate(reader, file, "dry for a century", stance)
        annotate(reader, file, "Engineers were less sure", "question")
    as_person(reader, "Ada")
    return reader


def test_two_libraries_become_one_and_the_names_stay(two: CommandLine) -> None:
    before = (two.folder / "ben.db").read_bytes()
    assert two("merge", "ben.db").lines == [["2", "new marks"]]
    assert two("merge", "ben.db").lines == [["nothing new"]]
    assert (two.folder / "ben.db").read_bytes() == before
    assert sorted(mark["annotator"] for mark in two("annotations", "--json").objects) == [
        *("Ada", "Ada"),
        *("Ben", "Ben"),
    ]


def test_agreement_says_what_was_counted(two: CommandLine) -> None:
    alone = two("agreement")
    assert (alone.status, alone.out) == (1, "")
    assert "nothing to compare" in alone.err
    two("merge", "ben.db")
    where = "in 1 article that both marked"
    assert two("agreement").lines == [
        ["stance", "Ada and Ben", "Cohen's kappa", "0.333", f"2 pairs of labels {where}"],
        ["stance", "Ada and Ben", "Krippendorff's alpha", "0.400", f"2 pairs of labels {where}"],
        ["stance", "Ada and Ben", "span F1, exact", "1.000", f"2 pairs of 2 and 2 spans {where}"],
        ["stance", "Ada and Ben", "span F1, overlap 0.5", "1.000", f"2 pairs of 2 and 2 spans {where}"],
    ]
    (found,) = two("agreement", "--json").objects
    assert found["cohen_kappa"] == pytest.approx(1 / 3)
    assert found["span_exact"] == {"paired": 2, "ones": 2, "others": 2, "f1": 1.0}
    assert two("agreement", "nowhere").status == two("agreement", "--scheme", "fnc").status == 1


def test_the_agreement_of_three_has_a_line_of_its_own(two: CommandLine) -> None:
    two("merge", "ben.db")
    as_person(two, "Cy")
    annotate(two, "library.db", "dry for a century", "support")
    lines = two("agreement").lines
    assert len(lines) == 4 * 3 + 1
    counted = "5 labels on 2 claims that two or more labelled, in 1 article"
    assert lines[-1] == ["stance", "Ada, Ben and Cy", "Krippendorff's alpha", "0.500", counted]
    found = two("agreement", "--json").objects[-1]
    assert (found["units"], found["labels_given"], found["krippendorff_alpha"]) == (2, 5, pytest.approx(0.5))
    assert [who["name"] for who in found["annotators"]] == ["Ada", "Ben", "Cy"]


def test_a_measure_that_is_not_defined_is_not_a_number(reader: CommandLine) -> None:
    for name in ("Ada", "Ben"):
        as_person(reader, name)
        annotate(reader, "library.db", "dry for a century", "support")
    lines = reader("agreement").lines
    assert [line[3] for line in lines] == ["undefined: one label used"] * 2 + ["1.000"] * 2
    (found,) = reader("agreement", "--json").objects
    assert (found["cohen_kappa"], found["krippendorff_alpha"], found["labels_used"]) == (None, None, 1)


def test_what_cannot_be_merged_is_told_in_one_line(reader: CommandLine) -> None:
    path = reader.write("story.db", "no library")
    result = reader("merge", path)
    assert result.status == 1
    assert result.err.startswith(f"reader: {path}: is not a library of this program")
    assert reader("merge", "nothing.db").status == 1
