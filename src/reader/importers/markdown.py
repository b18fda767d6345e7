"""Markdown, with or without front matter: one file is one article."""

from reader.importers.base import document

IMPORTER = document("markdown", ".md", ".markdown")
