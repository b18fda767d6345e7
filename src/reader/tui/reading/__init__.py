"""The reading screen, one module a family of commands."""

from reader.tui.reading.screen import ReadingScreen

__all__ = ["ReadingScreen"]
