"""Plain text: one file is one article."""

from reader.importers.base import document

IMPORTER = document("text", ".txt", ".text")
