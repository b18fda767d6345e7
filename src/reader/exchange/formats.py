"""The formats in which annotations are given away. A new one is a module and a row here."""

from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NamedTuple

from reader.exchange.base import Export, Written


class Format(NamedTuple):
    """One format to write; its module is loaded when it is used.

    The module has ``write(export, stream)`` where the format is one file, and
    ``write_folder(export, folder)`` where it is, or can be, several. Both return `Written`.
    """

    name: str
    """As it is typed: ``jsonl``."""
    title: str
    """For whom or what it is, in a few words."""
    suffix: str
    """What its file's name ends with; empty where it is always a folder."""
    module: str
    folder: bool = False
    """Whether it can be written into a folder."""
    text: bool = True
    """Whether its file is text."""

    def write(self, export: Export, stream: BinaryIO) -> Written:
        """Write one file."""
        written: Written = import_module(f"reader.exchange.{self.module}").write(export, stream)
        return written

    def write_folder(self, export: Export, folder: Path) -> Written:
        """Write several files, each of them, or the whole folder, whole or not at all."""
        written: Written = import_module(f"reader.exchange.{self.module}").write_folder(export, folder)
        return written


FORMATS = (
    Format("csv", "CSV, for pandas, R and spreadsheets", ".csv", "csv", folder=True),
    Format("jsonl", "JSON Lines, with everything and the articles", ".jsonl", "jsonl"),
    Format("w3c", "Web Annotation JSON-LD", ".jsonld", "w3c"),
    Format("brat", "brat standoff, a new folder", "", "brat", folder=True),
    Format("doccano", "doccano and spaCy JSON Lines", ".jsonl", "doccano"),
    Format("markdown", "Markdown notes, by article", ".md", "notes"),
    Format("xlsx", "Excel workbook", ".xlsx", "xlsx", text=False),
    Format("html", "Report to print, with the matrix", ".html", "report"),
    Format("claimreview", "ClaimReview JSON-LD, verdicts only", ".jsonld", "claimreview"),
)
"""In the order in which they are offered."""

BY_NAME = {form.name: form for form in FORMATS}
