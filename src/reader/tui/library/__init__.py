"""The library screen, one module a family of commands."""

from reader.tui.library.screen import LibraryScreen

__all__ = ["LibraryScreen"]
