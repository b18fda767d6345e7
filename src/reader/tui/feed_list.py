"""The list of feeds in their folders, on the Line API."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.sources import Feed
from reader.tui.cursor_list import CursorList
from reader.tui.fit import fit, pad
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


class FeedList(CursorList, can_focus=True, inherit_bindings=False):
    """Shows the lines."""

    def __init__(self, palette: Palette, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(palette, id=id)
        self.rows: list[FeedRow] = []

    @property
    def total(self) -> int:
        """How many lines there are."""
        return len(self.rows)

    def show(self, rows: list[FeedRow]) -> None:
        """Show other lines, the cursor on the same feed or folder, and the window where it was."""
        here = self._key(self.rows[self.cursor]) if self.rows else None
        before, self.rows = self.cursor, rows
        places = {self._key(row): place for place, row in enumerate(rows)}
        self.cursor = self.nearest(places.get(here, before) if here else before)
        self.follow()
        self.forget()

    @staticmethod
    def _key(row: FeedRow) -> tuple[bool, str]:
        return row.is_folder, row.feed.id if row.feed else row.title

    @property
    def current(self) -> FeedRow | None:
        """The line under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def paint_row(self, index: int, width: int, *, lit: bool) -> Strip:
        """The strip of one line."""
        row, palette = self.rows[index], self._palette
        unread = sum(feed.unread for feed in row.feeds)
        plain = palette.row if lit else palette.strong if unread or row.is_folder else palette.text
        dim = palette.row_dim if lit else palette.dim
        accent = palette.row_accent if lit else palette.warn
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
