"""The workbook, read back with openpyxl."""

import io

import pytest
from openpyxl import load_workbook
from rows import RELATIONS, many, row, written

from reader.errors import ExportError
from reader.exchange import xlsx
from reader.exchange.csv import COLUMNS
from reader.exchange.tables import CODEBOOK_COLUMNS, RELATION_COLUMNS


def test_all_sheets_read_back() -> None:
    content, told = written("xlsx", many(), RELATIONS)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["annotations", "relations", "codebook"]
    header, *rows = book["annotations"].iter_rows(values_only=True)
    assert header == COLUMNS
    assert len(rows) == told.amount == 7
    first = dict(zip(COLUMNS, rows[0], strict=True))
    assert (first["quote"], first["start"], first["end"]) == ("=The gate holds", 0, 15)
    assert (first["note"], first["tags"], first["target"]) == ("a\nb, “c” <i>", "sea|x y", "the gate")
    assert first["created_at"] == "2026-03-02T09:14:05.123Z"
    header, *links = book["relations"].iter_rows(values_only=True)
    assert header == RELATION_COLUMNS
    assert [link[1] for link in links] == ["contradicts", "supports"]
    header, *labels = book["codebook"].iter_rows(values_only=True)
    assert header == CODEBOOK_COLUMNS
    assert ("stance", "support") in {(label[0], label[2]) for label in labels}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+4",
        "-no",
        "@home",
        "007",
        "1e5",
        "2023-03-02",
        "TRUE",
        "https://example.org",
        "{=A1}",
        "#N/A",
    ],
)
def test_a_text_stays_a_text(text: str) -> None:
    content, _ = written("xlsx", [row("holds", note=text)])
    sheet = load_workbook(io.BytesIO(content))["annotations"]
    cell = sheet.cell(2, COLUMNS.index("note") + 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_text_longer_than_a_cell_is_cut_and_told() -> None:
    content, told = written("xlsx", [row("holds", note="🌊" * 20_000), row("end", 2, note="n" * 32_767)])
    sheet = load_workbook(io.BytesIO(content))["annotations"]
    column = COLUMNS.index("note") + 1
    assert sheet.cell(2, column).value == "🌊" * 16_383 + "…"
    assert sheet.cell(3, column).value == "n" * 32_767
    assert told.lost == "Excel has no place for 1 mark whose note is longer than a cell"


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MOST", 1)
    with pytest.raises(ExportError, match="more than 1 rows, which Excel cannot hold"):
        written("xlsx", many())
