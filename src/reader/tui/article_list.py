"""The list of articles on the Line API: rows are read and painted as they come into view."""

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.tui.fit import fit, pad
from reader.tui.listing import Listing
from reader.tui.painted import Scrolled
from reader.tui.palette import Palette

_SOURCE = 14
_DATE = 10
_WIDE = 60
"""Cells from which the number and the source have room."""
_CACHED_ROWS = 2000


class ArticleList(Scrolled, can_focus=True, inherit_bindings=False):
    """Shows a `Listing`; knows which row the cursor is on."""

    ALLOW_SELECT = False

    class Moved(Message):
        """The mouse has put the cursor on a row, or asked for it to be opened."""

        def __init__(self, articles: "ArticleList", opened: bool) -> None:
            super().__init__()
            self.articles = articles
            self.opened = opened

        @property
        def control(self) -> "ArticleList":
            """The list that was clicked."""
            return self.articles

    def __init__(self, listing: Listing, palette: Palette, *, id: str) -> None:  # noqa: A002
        super().__init__(palette, id=id)
        self.listing = listing
        self.cursor = 0
        self._strips: dict[int, Strip] = {}
        self._width = 0

    @property
    def total(self) -> int:
        """How many articles the list has."""
        return len(self.listing)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        del event
        self.scroll_to_row(self.top)
        self._follow()

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        self._palette = palette
        self.forget()

    def changed(self, cursor: int | None = None, *, repaint: bool = True) -> None:
        """The listing shows other articles; put the cursor on a row of it.

        What was in view stays where it is on the screen, unless it is the top of the list: there the
        newest are to be seen. `repaint` is false where the whole screen is about to be painted.
        """
        before = self.cursor
        self.cursor = max(0, min(len(self.listing) - 1, self.cursor if cursor is None else cursor))
        self._strips.clear()
        self.scroll_to_row(self.top + self.cursor - before if self.top else 0)
        self._follow()
        if repaint:
            self.refresh()

    def forget(self) -> None:
        """Paint all rows anew."""
        self._strips.clear()
        self.refresh()

    def refresh_row(self, index: int) -> None:
        """Paint one row anew."""
        self._strips.pop(index, None)
        self.refresh(Region(0, index - self.top, self.size.width, 1))

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.go(self.cursor + rows)

    def move_pages(self, share: float) -> None:
        """Move the cursor by a share of the window's height."""
        step = max(1, int(self.window * abs(share)) - (1 if abs(share) >= 1 else 0))
        self.move(step if share > 0 else -step)

    def go(self, index: int) -> None:
        """Put the cursor on a row, in view."""
        index = max(0, min(len(self.listing) - 1, index))
        before, self.cursor = self.cursor, index
        if before != index:
            self.refresh_row(before)
            self.refresh_row(index)
        self._follow()

    def _follow(self) -> None:
        if self.cursor < self.top:
            self.scroll_to_row(self.cursor)
        elif self.cursor >= self.top + self.window:
            self.scroll_to_row(self.cursor - self.window + 1)

    def paint_line(self, y: int) -> Strip:
        """The strip of one row of the window."""
        index = y + self.top
        if self._width != self.inner_width:
            # The first paint comes before the widget is told of its size.
            self._width = self.inner_width
            self._strips.clear()
        if index == self.cursor:
            return self._paint(index)
        strip = self._strips.get(index)
        if strip is None:
            if len(self._strips) > _CACHED_ROWS:
                self._strips.clear()
            strip = self._strips[index] = self._paint(index)
        return strip

    def _paint(self, index: int) -> Strip:
        palette = self._palette
        width = self._width
        row = self.listing.row(index) if index < len(self.listing) else None
        if row is None or width < 1:
            return Strip.blank(width, palette.text)
        plain, dim, accent = (
            (palette.row, palette.row_dim, palette.row_accent)
            if index == self.cursor
            else (palette.dim if row.read else palette.strong, palette.dim, palette.accent)
        )
        sign = "*" if row.starred else " " if row.read else "•"
        wide = width >= _WIDE
        number = f"{row.number:>5} " if wide else ""
        source = pad(row.source or "–", _SOURCE) + "  " if wide else ""
        facts = number + pad(row.published[:_DATE] or "–", _DATE) + "  " + source
        tags = fit(" ".join(f"#{tag}" for tag in row.tags), width // 4) if wide and row.tags else ""
        claims = (f" {tags}" if tags else "") + (f" {row.claims} ✎ " if row.claims else " ")
        room = max(1, width - 3 - cell_len(facts) - cell_len(claims))
        title = fit(row.title or "(no title)", room)
        used = 3 + cell_len(facts) + cell_len(title)
        gap = max(0, width - used - cell_len(claims))
        segments = [Segment(f" {sign} ", accent), Segment(facts, dim), Segment(title + " " * gap, plain)]
        strip = Strip([*segments, Segment(claims, accent)], used + gap + cell_len(claims))
        return strip if strip.cell_length == width else strip.crop(0, width)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the row under the mouse."""
        index = event.y + self.top
        if event.button == 1 and not self.on_bar(event) and index < len(self.listing):
            self.go(index)
            self.post_message(self.Moved(self, opened=False))

    def on_click(self, event: events.Click) -> None:
        """Open the row on a double click."""
        if event.chain >= 2 and not self.on_bar(event) and event.y + self.top < len(self.listing):
            self.post_message(self.Moved(self, opened=True))

    def wheel(self, rows: int) -> None:
        """Scroll by rows, the cursor coming along."""
        self.scroll_to_row(self.top + rows)
        inside = max(self.top, min(self.cursor, self.top + self.window - 1))
        if inside != self.cursor:
            self.go(inside)
            self.post_message(self.Moved(self, opened=False))
