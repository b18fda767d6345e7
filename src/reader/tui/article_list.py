"""The list of articles on the Line API: rows are read and painted as they come into view."""

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.tui.fit import fit, pad
from reader.tui.listing import Listing
from reader.tui.painted import Wheeled
from reader.tui.palette import Palette

_SOURCE = 14
_DATE = 10
_WIDE = 60
"""Cells from which the number and the source have room."""
_CACHED_ROWS = 2000


class ArticleList(Wheeled, ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a `Listing`; knows which row the cursor is on.

    The keys are the screen's: a scrolling widget's own would scroll and leave the cursor behind.
    """

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
        super().__init__(id=id)
        self.listing = listing
        self._palette = palette
        self.cursor = 0
        self._strips: dict[int, Strip] = {}
        # Asking Textual for them costs more than painting a row.
        self._width = self._outer = 0

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the rows to the new width and keep the cursor in view."""
        del event
        self._resize()

    def _resize(self) -> None:
        self._strips.clear()
        self._width, self._outer = self.scrollable_content_region.width, self.outer_size.width
        self.virtual_size = Size(self._width, len(self.listing))
        self._follow()
        self.refresh()

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        self._palette = palette
        self.forget()

    def changed(self, cursor: int | None = None) -> None:
        """The listing shows other articles; put the cursor on a row of it."""
        self.cursor = max(0, min(len(self.listing) - 1, self.cursor if cursor is None else cursor))
        self._resize()

    def forget(self) -> None:
        """Paint all rows anew."""
        self._strips.clear()
        self.refresh()

    def refresh_row(self, index: int) -> None:
        """Paint one row anew."""
        self._strips.pop(index, None)
        self.refresh(Region(0, index - round(self.scroll_offset.y), self.size.width, 1))

    def move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.go(self.cursor + rows)

    def move_pages(self, share: float) -> None:
        """Move the cursor by a share of the window's height."""
        step = max(1, int(self._height * abs(share)) - (1 if abs(share) >= 1 else 0))
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
        top, height = round(self.scroll_offset.y), self._height
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """The strip of one row of the window."""
        index = y + round(self.scroll_offset.y)
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
        width, outer = self._width, self._outer
        row = self.listing.row(index) if index < len(self.listing) else None
        if row is None or width < 1:
            return Strip.blank(outer, palette.text)
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
        claims = f" {row.claims} ✎ " if row.claims else " "
        room = max(1, width - 3 - cell_len(facts) - cell_len(claims))
        title = fit(row.title or "(no title)", room)
        used = 3 + cell_len(facts) + cell_len(title)
        gap = max(0, width - used - cell_len(claims))
        segments = [Segment(f" {sign} ", accent), Segment(facts, dim), Segment(title, plain)]
        segments += [Segment(" " * gap, plain), Segment(claims, accent)]
        over = outer - used - gap - cell_len(claims)
        if over < 0:
            return Strip(segments).crop(0, outer)
        return Strip([*segments, Segment(" " * over, plain)], outer)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the row under the mouse."""
        index = event.y + round(self.scroll_offset.y)
        if event.button == 1 and index < len(self.listing):
            self.go(index)
            self.post_message(self.Moved(self, opened=False))

    def on_click(self, event: events.Click) -> None:
        """Open the row on a double click."""
        if event.chain >= 2 and event.y + round(self.scroll_offset.y) < len(self.listing):
            self.post_message(self.Moved(self, opened=True))

    def wheel(self, rows: int) -> None:
        """Scroll by rows, the cursor coming along."""
        height = self._height
        top = max(0, min(max(0, len(self.listing) - height), round(self.scroll_offset.y) + rows))
        self.scroll_to(y=top, animate=False, force=True)
        inside = max(top, min(self.cursor, top + height - 1))
        if inside != self.cursor:
            self.go(inside)
            self.post_message(self.Moved(self, opened=False))
