"""For widgets that paint whole lines themselves."""

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


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
