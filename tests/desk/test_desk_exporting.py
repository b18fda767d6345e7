import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desks import add_text, desk_at

from reader.desk import Desk, finding, marking, reading
from reader.desk.exporting import export
from reader.errors import ExportError
from reader.model import Span


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "library.db") as desk:
        yield desk


@pytest.fixture
def marked(desk: Desk, tmp_path: Path) -> Desk:
    """Two articles, three marks, one with two stances and one without, quotes that try a spreadsheet."""
    one = add_text(
        desk, tmp_path, "=SUM(A1) was “said” by the mayor.\n\nThe gate, 堤防 🌊, holds.\n", "one.txt"
    )
    two = add_text(desk, tmp_path, "Gates fail, said nobody.\n", "two.txt")
    text = one.revision.canonical.text
    first = marking.annotate(desk, one.revision, Span(0, text.index(" was")), "support", "gate", note="a\nb")
    marking.restance(desk, first, "oppose", "cost")
    start = text.index("🌊")
    marking.annotate(desk, one.revision, Span(start, start + 1), None, tags=("sea", "sign"))
    marking.annotate(desk, two.revision, Span(0, 5), "unclear", holder="+nobody")
    return desk


def exported(desk: Desk, *, raw: bool = False) -> str:
    stream = io.BytesIO()
    export(desk, stream, raw=raw)
    return stream.getvalue().decode()


def test_each_annotation_and_target_is_a_row_and_offsets_are_those_of_the_text(marked: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(marked, raw=True), newline="")))
    assert [(row["target"], row["stance"]) for row in rows] == [
        ("cost", "oppose"),
        ("gate", "support"),
        ("", ""),
        ("", "unclear"),
    ]
    for row in rows:
        revision = reading.opened(marked, row["article_id"]).revision
        assert revision.sha256 == row["text_sha256"]
        assert revision.canonical.text[int(row["start"]) : int(row["end"])] == row["quote"]
    assert rows[2]["quote"] == "🌊"
    assert rows[2]["tags"] == "sea|sign"


def test_the_same_library_gives_the_same_bytes_and_a_file_is_like_the_stream(
    marked: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "out.csv"
    assert export(marked, target).amount == 4
    assert target.read_bytes().decode() == exported(marked) == exported(marked)
    assert export(marked, target, excel=True).amount == 4
    assert target.read_bytes() == b"\xef\xbb\xbf" + exported(marked).encode()


def test_formulas_are_guarded_unless_raw(marked: Desk) -> None:
    guarded = list(csv.DictReader(io.StringIO(exported(marked), newline="")))
    raw = list(csv.DictReader(io.StringIO(exported(marked, raw=True), newline="")))
    assert (guarded[0]["quote"], raw[0]["quote"]) == ("'=SUM(A1)", "=SUM(A1)")
    assert (guarded[3]["holder"], raw[3]["holder"]) == ("'+nobody", "+nobody")


def test_only_the_articles_asked_for_are_exported(marked: Desk) -> None:
    stream = io.BytesIO()
    assert export(marked, stream, numbers=finding.search(marked, "nobody")).amount == 1
    assert export(marked, stream, numbers=[]).amount == 0


def test_deleted_marks_and_removed_articles_are_left_out(marked: Desk) -> None:
    reading.remove(marked, reading.article(marked, 1).id)
    assert export(marked, io.BytesIO()).amount == 1
    (mark,) = reading.opened(marked, 2).annotations
    marking.delete(marked, mark)
    assert export(marked, io.BytesIO()).amount == 0


def test_a_place_that_cannot_be_written_is_one_line_and_leaves_nothing(marked: Desk, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        export(marked, tmp_path / "no" / "such" / "folder.csv")
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("link", [None, Path.symlink_to, Path.hardlink_to])
def test_the_library_itself_is_never_written_over(
    marked: Desk, tmp_path: Path, suffix: str, link: Callable[[Path, Path], None] | None
) -> None:
    own = target = tmp_path / f"library.db{suffix}"
    if link is not None:
        if not own.exists():
            pytest.skip("this SQLite keeps no such file now")
        target = tmp_path / "marks.csv"
        link(target, own)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ExportError, match="the library itself: name another file"):
        export(marked, target)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert marked.store.check() == []


def test_a_library_named_as_a_table_is_not_written_over_either(marked: Desk, tmp_path: Path) -> None:
    own = tmp_path / "annotations.csv"
    marked.store.backup(own)
    with desk_at(own) as other, pytest.raises(ExportError, match="the library itself"):
        export(other, tmp_path)
    with desk_at(own) as other:
        assert other.store.check() == []
        assert exported(other) == exported(marked)
    assert not (tmp_path / "relations.csv").exists()
