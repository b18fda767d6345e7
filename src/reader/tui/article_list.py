"""The list of articles on the Line API: rows are read and painted as they come into view."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.tui.cursor_list import CursorList
from reader.tui.fit import fit, pad
from reader.tui.listing import Listing
from reader.tui.palette import Palette

_SOURCE = 14
_DATE = 10
_WIDE = 60
"""Cells from which the number and the source have room."""


class ArticleList(CursorList, can_focus=True, inherit_bindings=False):
    """Shows a `Listing`."""

    def __init__(self, listing: Listing, palette: Palette, *, id: str) -> None:  # noqa: A002
        super().__init__(palette, id=id)
        self.listing = listing

    @property
    def total(self) -> int:
        """How many articles the list has."""
        return len(self.listing)

    def changed(self, cursor: int | None = None, *, repaint: bool = True) -> None:
        """The listing shows other articles; put the cursor on a row of it.

        What was in view stays where it is on the screen, unless it is the top of the list: there the
        newest are to be seen. `repaint` is false where the whole screen is about to be painted.
        """
        before = self.cursor
        self.cursor = self.nearest(self.cursor if cursor is None else cursor)
        self._strips.clear()
        self.scroll_to_row(self.top + self.cursor - before if self.top else 0)
        self.follow()
        if repaint:
            self.refresh()

    def paint_row(self, index: int, width: int, *, lit: bool) -> Strip:
        """The strip of one article."""
        palette = self._palette
        row = self.listing.row(index)
        if row is None:
            return Strip.blank(width, palette.text)
        plain, dim, accent = (
            (palette.row, palette.row_dim, palette.row_accent)
            if lit
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
