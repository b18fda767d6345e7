"""One line to type in."""

from textual import events
from textual.widgets import Input

from reader.text.visible import visible_line
from reader.tui.steady import Steady

_JOINERS = "\u200c\u200d"
"""Typed in Persian and Hindi, and in emoji of several people; what they join may be yet to come."""


class Line(Steady, Input):
    """An input that never holds what a terminal obeys: pasted control characters become their glyphs."""

    def validate_value(self, value: str) -> str:
        """What the line holds of a value that is typed, pasted or set."""
        shown = visible_line(value)
        return "".join(
            typed if typed in _JOINERS else glyph for typed, glyph in zip(value, shown, strict=True)
        )

    def on_key(self, event: events.Key) -> None:
        """Take the joiners too, which Textual takes for unprintable."""
        if event.character is not None and event.character in _JOINERS:
            event.stop()
            event.prevent_default()
            self.insert_text_at_cursor(event.character)
