"""brat standoff, read back by its grammar (https://brat.nlplab.org/standoff.html)."""

import re
from pathlib import Path

import pytest
from rows import OTHER, RELATIONS, TEXT, export, many

from reader.errors import ExportError
from reader.exchange import BY_NAME, Written

LINES = {
    "T": re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t([^\t\n]+)"),
    "A": re.compile(r"(A\d+)\t(\S+) (T\d+) (\S+)"),
    "R": re.compile(r"(R\d+)\t(\S+) Arg1:(T\d+) Arg2:(T\d+)"),
    "#": re.compile(r"(#\d+)\t(\S+) ([TR]\d+)\t([^\t\n]+)"),
}


def parsed(folder: Path, name: str) -> tuple[str, dict[str, list[tuple[str, ...]]]]:
    """A text and the annotations on it by kind; whatever the grammar has no word for fails."""
    text = (folder / f"{name}.txt").read_bytes().decode()
    found: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in LINES}
    ids = []
    for line in (folder / f"{name}.ann").read_bytes().decode().splitlines():
        match = LINES[line[0]].fullmatch(line)
        assert match, line
        found[line[0]].append(match.groups())
        ids.append(match[1])
    assert len(set(ids)) == len(ids)
    for _, _, places, words in found["T"]:
        spans = [tuple(map(int, place.split())) for place in places.split(";")]
        assert " ".join(text[start:end] for start, end in spans) == words
        assert "\n" not in words
        assert all(start < end for start, end in spans)
    bound = {entry[0] for entry in found["T"]}
    assert {entry[2] for entry in found["A"]} <= bound
    assert {end for entry in found["R"] for end in entry[2:]} <= bound
    return text, found


@pytest.fixture
def out(tmp_path: Path) -> tuple[Path, Written]:
    folder = tmp_path / "brat"
    return folder, BY_NAME["brat"].write_folder(export(many(), RELATIONS), folder)


def test_texts_and_marks_read_back(out: tuple[Path, Written]) -> None:
    folder, told = out
    stems = sorted({path.stem for path in folder.iterdir()} - {"annotation"})
    assert stems[0] == "01a21233-a14b-73c7-9d73-7cd2f84891c8"
    assert stems[1] == "the-gate-the-tide-01a21233-a14a-7b8b-b07d-ef9f9efa14d6"
    text, found = parsed(folder, stems[1])
    assert text == TEXT
    assert [(kind, words) for _, kind, _, words in found["T"]] == [
        ("support", "=The gate holds"),
        ("support", "gate holds, said “Ada” 🌊. Nobody <b>believes</b>"),
        ("oppose", "holds"),
        ("refuted", "holds"),
        ("mark", "Nobody"),
    ]
    # Over the end of a paragraph it is discontinuous.
    assert [places.count(";") for _, _, places, _ in found["T"]] == [0, 1, 0, 0, 0]
    assert [entry[1:] for entry in found["A"]] == [
        ("scheme", "T1", "stance"),
        ("scheme", "T2", "stance"),
        ("voice", "T2", "quoted"),
        ("scheme", "T3", "stance"),
        ("confidence", "T3", "2"),
        ("scheme", "T4", "verdict"),
        ("confidence", "T4", "2"),
    ]
    assert [entry[1:] for entry in found["#"]] == [
        ("AnnotatorNotes", "T1", "a b, “c” <i>"),
        ("Target", "T1", "the gate"),
        ("Tag", "T1", "sea"),
        ("Tag", "T1", "x y"),
        ("Holder", "T2", "Ada"),
        ("Target", "T4", "the gate"),
    ]
    assert [entry[1:] for entry in found["R"]] == [("supports", "T2", "T3")]
    assert parsed(folder, stems[0])[0] == OTHER
    assert told.amount == 5
    assert told.lost == (
        "brat has no place for 1 mark without a place; 1 link to another article; "
        "ids, what is known of articles beside the text, who marked and when"
    )


def test_the_configuration_knows_every_type(out: tuple[Path, Written]) -> None:
    folder, _ = out
    parts = re.split(
        r"^\[(\w+)\]\n", (folder / "annotation.conf").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert list(sections) == ["entities", "relations", "events", "attributes"]
    used = {
        entry[1]
        for stem in ("the-gate-the-tide-01a21233-a14a-7b8b-b07d-ef9f9efa14d6",)
        for entry in parsed(folder, stem)[1]["T"]
    }
    assert used <= set(sections["entities"].split())
    assert "supports\tArg1:<ENTITY>, Arg2:<ENTITY>" in sections["relations"].splitlines()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(ExportError, match="not an empty folder: name a new one"):
        BY_NAME["brat"].write_folder(export(many()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    (tmp_path / "new").mkdir()
    BY_NAME["brat"].write_folder(export(many()), tmp_path / "new")
    assert (tmp_path / "new" / "annotation.conf").exists()
