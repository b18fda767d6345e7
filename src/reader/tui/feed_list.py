"""The list of feeds in their folders, on the Line API."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.sources import Feed
from reader.tui.fit import fit, pad
from reader.tui.painted import Scrolled
from reader.tui.palette import Palette
from reader.tui.telling import local

_DATE = 16
_COUNTS = 13
_WIDE = 60
"""Cells from which the time of the last answer has room."""


class FeedRow(NamedTuple):
    """A line of the list: a feed, a folder, or (without either) all articles."""

    title: str
    feeds: tuple[Feed, ...]
    """The feed itself, or those of the folder."""
    is_folder: bool

    @property
    def feed(self) -> Feed | None:
        """The feed, where the line is one."""
        return self.feeds[0] if self.feeds and not self.is_folder else None


def feed_rows(feeds: Sequence[Feed]) -> list[FeedRow]:
    """The lines for feeds that are sorted by folder: a folder's line before the first of its feeds."""
    rows = [FeedRow("All articles", (), is_folder=False)]
    folder = ""
    for feed in feeds:
        if feed.folder != folder:
            folder = feed.folder
            inside = tuple(f for f in feeds if f.folder == folder or f.folder.startswith(f"{folder}/"))
            rows.append(FeedRow(folder, inside, is_folder=True))
        rows.append(FeedRow(feed.title, (feed,), is_folder=False))
    return rows


class FeedList(Scrolled, can_focus=True, inherit_bindings=False):
    """Shows the lines and knows which one the cursor is on."""

    ALLOW_SELECT = False

    class Moved(Message):
        """The mouse has put the cursor on a line, or asked for it to be opened."""

        def __init__(self, opened: bool) -> None:
            super().__init__()
            self.opened = opened

    def __init__(self, palette: Palette, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(palette, id=id)
        self.rows: list[FeedRow] = []
        self.cursor = 0

    @property
    def total(self) -> int:
        """How many lines there are."""
        return len(self.rows)

    def show(self, rows: list[FeedRow]) -> None:
        """Show other lines, the cursor on the same feed or folder, and the window where it was."""
        here = self._key(self.rows[self.cursor]) if self.rows else None
        before, self.rows = self.cursor, rows
        places = {self._key(row): place for place, row in enumerate(rows)}
        self.cursor = max(0, min(len(rows) - 1, places.get(here, before) if here else before))
        self._follow()
        self.refresh()

    @staticmethod
    def _key(row: FeedRow) -> tuple[bool, str]:
        return row.is_folder, row.feed.id if row.feed else row.title

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        self._palette = palette
        self.refresh()

    @property
    def current(self) -> FeedRow | None:
        """The line under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        del event
        self.scroll_to_row(self.top)
        self._follow()

    def go(self, index: int) -> None:
        """Put the cursor on a line, in view."""
        self.cursor = max(0, min(len(self.rows) - 1, index))
        self._follow()
        self.refresh()

    def move_pages(self, share: float) -> None:
        """Move the cursor by a share of the window's height."""
        step = max(1, int(self.window * abs(share)) - (abs(share) >= 1))
        self.go(self.cursor + (step if share > 0 else -step))

    def _follow(self) -> None:
        if self.cursor < self.top:
            self.scroll_to_row(self.cursor)
        elif self.cursor >= self.top + self.window:
            self.scroll_to_row(self.cursor - self.window + 1)

    def paint_line(self, y: int) -> Strip:
        """The strip of one row of the window."""
        index, width = y + self.top, self.inner_width
        if index >= len(self.rows) or width < 1:
            return Strip.blank(width, self._palette.text)
        row, palette = self.rows[index], self._palette
        unread = sum(feed.unread for feed in row.feeds)
        chosen = index == self.cursor
        plain = palette.row if chosen else palette.strong if unread or row.is_folder else palette.text
        dim = palette.row_dim if chosen else palette.dim
        accent = palette.row_accent if chosen else palette.warn
        troubled = row.feed is not None and bool(row.feed.error or row.feed.notes)
        indent = "  " * (row.feed.folder.count("/") + 1 if row.feed and row.feed.folder else 0)
        articles = sum(feed.articles for feed in row.feeds)
        counts = f"{unread:>5,} /{articles:>6,} " if row.feeds else ""
        date = local(row.feed.fetched_at) if row.feed and width >= _WIDE else ""
        right = pad(date, _DATE) + " " + counts.rjust(_COUNTS) if width >= _WIDE else counts
        retired = " (gone)" if row.feed and row.feed.retired else ""
        room = max(1, width - 3 - cell_len(indent) - cell_len(right) - 1)
        title = fit(f"{row.title}{'/' if row.is_folder else ''}{retired}", room)
        gap = " " * max(0, room - cell_len(title) + 1)
        segments = [
            Segment(" ! " if troubled else "   ", accent),
            Segment(indent + title + gap, plain),
            Segment(right, dim),
        ]
        return Strip(segments).extend_cell_length(width, palette.text).crop(0, width)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the line under the mouse."""
        index = event.y + self.top
        if event.button == 1 and not self.on_bar(event) and index < len(self.rows):
            self.go(index)
            self.post_message(self.Moved(opened=False))

    def on_click(self, event: events.Click) -> None:
        """Open the line on a double click."""
        if event.chain >= 2 and not self.on_bar(event) and event.y + self.top < len(self.rows):
            self.post_message(self.Moved(opened=True))

    def wheel(self, rows: int) -> None:
        """Scroll by rows, the cursor coming along."""
        self.scroll_to_row(self.top + rows)
        inside = max(self.top, min(self.cursor, self.top + self.window - 1))
        if inside != self.cursor:
            self.go(inside)
            self.post_message(self.Moved(opened=False))
