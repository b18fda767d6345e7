"""Saved web pages: one file is one article."""

from reader.importers.base import document

IMPORTER = document("html", ".html", ".htm", ".xhtml")
