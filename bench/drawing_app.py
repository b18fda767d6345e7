"""The floor of every key: a Textual app that draws one line again at a key, and a whole page at another."""

from itertools import count
from typing import ClassVar

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.strip import Strip
from textual.widget import Widget


class Lines(Widget):
    """Text that is another after each key."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.turn = count()

    def render_line(self, y: int) -> Strip:
        """One line, as wide as the screen."""
        words = f"{y} drawing {next(self.turn)} ".ljust(self.size.width, "·")
        return Strip([Segment(words)], len(words))


class DrawingApp(App[None]):
    """Draws at `l` and at `p`."""

    CSS = "#line { height: 1; } #page { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [("l", "draw('line')"), ("p", "draw('page')")]

    def compose(self) -> ComposeResult:
        """The line and the page."""
        yield Lines("line")
        yield Lines("page")

    def action_draw(self, what: str) -> None:
        """Draw one of them again."""
        self.query_one(f"#{what}").refresh()


if __name__ == "__main__":
    DrawingApp().run()
