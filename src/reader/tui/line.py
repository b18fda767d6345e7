"""One line to type in."""

from textual.widgets import Input

from reader.text.visible import visible_line


class Line(Input):
    """An input that never holds what a terminal obeys: pasted control characters become their glyphs."""

    def validate_value(self, value: str) -> str:
        """What the line holds of a value that is typed, pasted or set."""
        return visible_line(value)
