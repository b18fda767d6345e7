"""Tables in a real spreadsheet: LibreOffice finds no formula in them, and every cell is what was written."""

import csv
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rows import ADA, RELATIONS, SCHEMES, export, row

from bench.faults.nasty import FORMULAS, MARKUP
from reader.exchange import BY_NAME
from reader.exchange.csv import COLUMNS, TABLES, write_csv
from reader.exchange.csv_reading import read
from reader.exchange.items import Mark
from reader.model import ExportRow, Metadata

_OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(_OFFICE is None, reason="needs LibreOffice")

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TOKENS = "44,34,76,1,{columns},0,{quoted},false,true,false,false,-1,true"
"""Commas, quotes, UTF-8, from the first row; formulas are calculated, which is what is feared. See
https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html"""

WORDS = [*filter(None, FORMULAS), *MARKUP, "x\n=1+1", "\u00a0=1", "\ufeff=1", "＝1+1"]
"""What stands in all fields; an empty one can be in none."""


def converted(sources: Sequence[Path], kind: str, tokens: str = "") -> list[Path]:
    """What LibreOffice makes of files, in a profile of its own."""
    assert _OFFICE is not None
    folder = sources[0].parent
    command = [_OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    if tokens:
        command.append(f"--infilter=CSV:{tokens}")
    out = folder / "converted"
    command += ["--convert-to", kind, "--outdir", str(out), *map(str, sources)]
    subprocess.run(command, capture_output=True, check=True, timeout=600)
    return [out / f"{source.stem}.{kind.partition(':')[0]}" for source in sources]


def formulas(sheet: Path) -> list[str]:
    return [
        cell.attrib[f"{_TABLE}formula"]
        for cell in ET.parse(sheet).iter(f"{_TABLE}table-cell")
        if f"{_TABLE}formula" in cell.attrib
    ]


def hostile_rows() -> list[ExportRow]:
    """A mark for each of the words, which stand in all of its fields."""
    found = []
    for number, words in enumerate(WORDS, 1):
        text = f"{words} said the mayor."
        metadata = Metadata(title=words, url=words, source=words, author=words, published="2023-03")
        mark = row(
            text[:3],
            number,
            text=text,
            metadata=metadata,
            target=words,
            note=words,
            holder=words,
            tags=(words,),
        )
        who = ADA._replace(name=words)
        found.append(mark._replace(annotation=replace(mark.annotation, annotator=who)))
    return found


def written(path: Path, *, raw: bool = False) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_csv(hostile_rows(), stream, raw=raw)
    return path


def one_line_end(cell: str) -> str:
    """As LibreOffice keeps it: a carriage return is a line end like any other."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_a_csv_has_no_formula(tmp_path: Path) -> None:
    sources = [written(tmp_path / "marks.csv"), written(tmp_path / "raw.csv", raw=True)]
    marks, raw = converted(sources, "fods", _TOKENS.format(columns="", quoted="false"))
    assert formulas(marks) == []
    assert formulas(raw), "without the guard it has none either: this test proves nothing"


def test_the_other_tables_and_the_workbook_have_none(tmp_path: Path) -> None:
    notes = [RELATIONS[0]._replace(id=f"{n}", note=words) for n, words in enumerate(WORDS)]
    schemes = [
        scheme._replace(
            description=WORDS[n],
            labels=tuple(one._replace(name=WORDS[n + 1], definition=WORDS[n + 2]) for one in scheme.labels),
        )
        for n, scheme in enumerate(SCHEMES)
    ]
    exported = export(hostile_rows(), notes)._replace(schemes=schemes)
    BY_NAME["csv"].write_folder(exported, tmp_path / "tables")
    tables = [tmp_path / "tables" / name for name in TABLES]
    for sheet in converted(tables, "fods", _TOKENS.format(columns="", quoted="false")):
        assert formulas(sheet) == [], sheet
    book = tmp_path / "book.xlsx"
    with book.open("wb") as stream:
        BY_NAME["xlsx"].write(exported._replace(rows=iter(hostile_rows())), stream)
    assert formulas(*converted([book], "fods")) == []


def test_the_round_trip_through_it_is_exact(tmp_path: Path) -> None:
    path = written(tmp_path / "marks.csv")
    before = cells(path)
    texts = "/".join(f"{n}/2" for n in range(1, len(COLUMNS) + 1))
    tokens = _TOKENS.format(columns=texts, quoted="true")
    # Comma, quotes, UTF-8, all cells in quotes as they are stored.
    (saved,) = converted([path], "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false", tokens)
    assert [[one_line_end(cell) for cell in line] for line in before] == cells(saved)
    with saved.open("rb") as stream:
        items = list(read(stream))
    marks = [item.what for item in items]
    assert [mark.annotation.note for mark in marks if isinstance(mark, Mark)] == [*map(one_line_end, WORDS)]
