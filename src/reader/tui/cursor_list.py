"""A window on a list with a cursor: its rows are painted as they come into view, and kept."""

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.tui.painted import Scrolled
from reader.tui.palette import Palette

_CACHED_ROWS = 2000


class CursorList(Scrolled):
    """Knows which of its rows the cursor is on, keeps it in view, and lets the mouse move it.

    The keys are the screen's: a scrolling widget's own would scroll and leave the cursor behind.
    """

    ALLOW_SELECT = False

    class Moved(Message):
        """The mouse has put the cursor on a row or a cell, or asked for it to be opened."""

        def __init__(self, opened: bool) -> None:
            super().__init__()
            self.opened = opened

    def __init__(self, palette: Palette, *, id: str) -> None:  # noqa: A002 - Textual's own name
        """Start with the cursor on the first row."""
        super().__init__(palette, id=id)
        self.cursor = 0
        self._strips: dict[int, Strip] = {}
        self._fitted = 0
        """The width in cells that the kept rows were painted for."""

    def paint_row(self, index: int, width: int, *, lit: bool) -> Strip:
        """The strip of one row, exactly so many cells wide; `lit` where the cursor is on it."""
        raise NotImplementedError

    # What is shown

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        self._palette = palette
        self._barred.clear()
        self.forget()

    def forget(self) -> None:
        """Paint all rows anew."""
        self._strips.clear()
        self.refresh()

    def refresh_row(self, index: int) -> None:
        """Paint one row anew."""
        self._strips.pop(index, None)
        self.refresh(Region(0, index - self.top, self.size.width, 1))

    def paint_line(self, y: int) -> Strip:
        """The strip of one row of the window."""
        index, width = y + self.top, self.inner_width
        if self._fitted != width:
            # The first paint comes before the widget is told of its size.
            self._fitted = width
            self._strips.clear()
        if not 0 <= index < self.total or width < 1:
            return Strip.blank(width, self._palette.text)
        if index == self.cursor:
            return self.paint_row(index, width, lit=True)
        strip = self._strips.get(index)
        if strip is None:
            if len(self._strips) > _CACHED_ROWS:
                self._strips.clear()
            strip = self._strips[index] = self.paint_row(index, width, lit=False)
        return strip

    # The cursor

    def go(self, index: int) -> None:
        """Put the cursor on a row, in view."""
        before, self.cursor = self.cursor, self.nearest(index)
        if before != self.cursor:
            self.refresh_row(before)
            self.refresh_row(self.cursor)
        self.follow()

    def nearest(self, index: int) -> int:
        """The row of the list that is nearest to an index."""
        return max(0, min(self.total - 1, index))

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.go(self.cursor + rows)

    def move_pages(self, share: float) -> None:
        """Move the cursor by a share of the window's height."""
        step = max(1, int(self.window * abs(share)) - (1 if abs(share) >= 1 else 0))
        self.move(step if share > 0 else -step)

    def follow(self) -> None:
        """Bring the cursor into view."""
        if not self.size.height:
            # It is hidden; its window is as it was when it is shown again.
            return
        if self.cursor < self.top:
            self.scroll_to_row(self.cursor)
        elif self.cursor >= self.top + self.window:
            self.scroll_to_row(self.cursor - self.window + 1)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        del event
        self.scroll_to_row(self.top)
        self.follow()

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the row under the mouse."""
        index = event.y + self.top
        if event.button == 1 and not self.on_bar(event) and index < self.total:
            self.go(index)
            self.post_message(self.Moved(opened=False))

    def on_click(self, event: events.Click) -> None:
        """Open the row on a double click."""
        if event.chain >= 2 and not self.on_bar(event) and event.y + self.top < self.total:
            self.post_message(self.Moved(opened=True))

    def wheel(self, rows: int) -> None:
        """Scroll by rows, the cursor coming along."""
        self.scroll_to_row(self.top + rows)
        inside = max(self.top, min(self.cursor, self.top + self.window - 1))
        if inside != self.cursor:
            self.go(inside)
            self.post_message(self.Moved(opened=False))
