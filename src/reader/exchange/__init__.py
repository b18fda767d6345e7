"""Marks given away and taken in, and lists of feeds; a module a format. A file is whole or not written."""

from reader.exchange.base import Export, Written
from reader.exchange.formats import BY_NAME, FORMATS, Format
from reader.exchange.proof import proved

__all__ = ["BY_NAME", "FORMATS", "Export", "Format", "Written", "proved"]
