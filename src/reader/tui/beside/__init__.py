"""Two articles side by side, each with its marks toward one target."""

from reader.tui.beside.screen import BesideScreen, Side

__all__ = ["BesideScreen", "Side"]
