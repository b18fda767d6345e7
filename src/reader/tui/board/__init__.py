"""The claims board: all marks grouped and counted, as a list and as a matrix of sources by targets."""

from reader.tui.board.screen import BoardScreen

__all__ = ["BoardScreen"]
