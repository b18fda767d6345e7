"""What all formats promise."""

import time
from pathlib import Path

import pytest
from rows import RELATIONS, export, many, written

from reader.errors import ExportError
from reader.exchange import BY_NAME, FORMATS

FILES = [form.name for form in FORMATS if form.suffix]


@pytest.mark.parametrize("form", FILES)
def test_the_same_marks_give_the_same_bytes(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = written(form, many(), RELATIONS)
    # Also at another time, which an archive would note.
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert written(form, many(), RELATIONS) == before


@pytest.mark.parametrize("form", FILES)
def test_nothing_to_write_is_a_file_too(form: str) -> None:
    _, told = written(form, [])
    assert (told.amount, told.lost) == (0, "")


@pytest.mark.parametrize("form", [form.name for form in FORMATS if form.folder])
def test_a_folder_is_whole_or_not_there(form: str, tmp_path: Path) -> None:
    def broken() -> object:
        yield many()[0]
        raise ExportError("the library is damaged")

    folder = tmp_path / "out"
    with pytest.raises(ExportError, match="damaged"):
        BY_NAME[form].write_folder(export(())._replace(rows=broken()), folder)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
    BY_NAME[form].write_folder(export(many(), RELATIONS), folder)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = tmp_path / "again"
    BY_NAME[form].write_folder(export(many(), RELATIONS), again)
    assert {path.name: path.read_bytes() for path in again.iterdir()} == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "out"]


@pytest.mark.parametrize(
    ("form", "lost"),
    [
        ("csv", "one CSV file has no place for 2 links: name a folder to have relations.csv too"),
        ("jsonl", ""),
        ("w3c", ""),
        (
            "doccano",
            "doccano has no place for 2 notes; 2 tags; 3 targets; 1 holder; 1 voice; 1 confidence value; "
            "1 mark without a place; 2 links; ids, who marked and when",
        ),
        ("markdown", "Markdown has no place for 2 links; ids, offsets and when each was marked"),
        ("xlsx", ""),
        ("html", "the report has no place for 2 links; offsets, ids and when each was marked"),
        (
            "claimreview",
            "ClaimReview has no place for 5 marks without a verdict; 1 confidence value; 2 links; "
            "each review still needs its url, the page on which you publish it",
        ),
    ],
)
def test_what_a_format_cannot_hold_is_named_in_one_line(form: str, lost: str) -> None:
    assert written(form, many(), RELATIONS)[1].lost == lost
