"""Giving annotations away. One module a format; files are written whole or not at all."""

from reader.exporters.atomic import atomic_text
from reader.exporters.csv import COLUMNS, read_csv, write_csv
from reader.exporters.proof import proved

__all__ = ["COLUMNS", "atomic_text", "proved", "read_csv", "write_csv"]
