"""For widgets that paint whole lines themselves, and scroll by the wheel as they see fit."""

from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_NOTCH = 3
"""Rows that one notch of the wheel scrolls."""


class Painted(Widget):
    """Hands its lines to the screen as they are.

    Textual's own way adds borders, padding, background and colour filters to each line, and makes six
    strips out of one. These lines have all of their styles already, and `render_line` makes them exactly as
    wide as the widget with its scroll bar; so a window that scrolls costs half.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget."""
        lines = [self.render_line(y) for y in crop.line_range]
        if crop.width == self.outer_size.width:
            return lines
        return [line.crop(crop.x, crop.right) for line in lines]


class Wheeled(Painted):
    """Leaves it to the widget how far the wheel scrolls it, and what comes along."""

    def wheel(self, rows: int) -> None:
        """Scroll by rows, down or (negative) up."""
        raise NotImplementedError

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down a notch."""
        event.stop()
        event.prevent_default()
        self.wheel(_NOTCH)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up a notch."""
        event.stop()
        event.prevent_default()
        self.wheel(-_NOTCH)
