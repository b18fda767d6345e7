"""Annotations given away and taken in. One module a format; files are written whole or not at all."""

from reader.exchange.base import Export, Written
from reader.exchange.formats import BY_NAME, FORMATS, Format
from reader.exchange.proof import proved

__all__ = ["BY_NAME", "FORMATS", "Export", "Format", "Written", "proved"]
