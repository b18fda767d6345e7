"""Saved web pages to their articles, block by block: ``cleaner`` is the way in."""
