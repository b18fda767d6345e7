"""A text on the Line API: its rows laid out, painted as they come into view, kept in view around the caret.

A widget for every paragraph would take seconds and hundreds of megabytes on a long text; here a row is
painted when it is looked at. What moves the caret is `page`'s.
"""

from collections import Counter
from collections.abc import Iterable

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from reader.model import Canonical, Span
from reader.text.layout import Layout
from reader.tui.marks import Marks
from reader.tui.painted import Scrolled
from reader.tui.painting import NOTHING, NOWHERE, Found, Geometry, Overlay, Painter, Sheet
from reader.tui.palette import Palette

TOP = 1
"""Blank rows above the text."""
BOTTOM = 2
"""Blank rows below it, so that the end is seen to be the end."""
KEEP = 2
"""Rows kept between the caret and the window's edge where the text goes on."""
_CACHED_ROWS = 4000


class Surface(Scrolled):
    """Shows one text with its marks, the caret and the selection over it."""

    ALLOW_SELECT = False

    def __init__(self, palette: Palette, marks: Marks, *, measure: int, id: str) -> None:  # noqa: A002
        """Start empty; `measure` is the widest line in cells."""
        super().__init__(palette, id=id)
        self._measure = measure
        self.sheet = Sheet(Canonical("", (), ()))
        self.marks = marks
        self.caret = 0
        self.selection_anchor: int | None = None
        self.picked: int | None = None
        self._found = NOWHERE
        self._goal: int | None = None
        self._layout: Layout | None = None
        self._painter: Painter | None = None
        self._geometry = Geometry.of(80, measure)
        self._strips: dict[int, Strip] = {}
        self._hot: dict[int, Strip] = {}
        """The rows that the overlay touches, painted for just this one."""
        self._hot_for = NOTHING
        self._notes: dict[int, tuple[str, int]] = {}
        self._overlay = NOTHING
        self._dragging = False

    # What is shown

    def show(self, sheet: Sheet, marks: Marks, *, caret: int) -> None:
        """Show a text with its marks and put the caret on a code point, in view."""
        self.sheet, self.marks = sheet, marks
        self.selection_anchor, self.picked, self._found, self._goal = None, None, NOWHERE, None
        self.caret = sheet.navigator.snap(max(0, min(caret, len(sheet.shown))))
        self._layout = None
        self._lay_out()
        if self._layout is not None:
            row = self._layout.row_of(self.caret)
            self.scroll_to_row(0 if row < self.window - KEEP else max(0, row + TOP - self.window // 3))
        self.refresh()

    def set_marks(self, marks: Marks, picked: int | None = None) -> None:
        """Show other marks over the same text; only rows that look different are drawn again."""
        before, notes = self.marks, self._notes
        self.marks, self.picked = marks, picked
        self._overlay = self._over()
        if self._layout is None:
            return
        old = Counter(zip(before.spans, before.labels, strict=True))
        new = Counter(zip(marks.spans, marks.labels, strict=True))
        changed = [(*span, label) for span, label in ((old - new) + (new - old))]
        if len(changed) > 200:
            self._forget_strips()
            self._place_notes()
            self.refresh()
            return
        rows: set[int] = set()
        for start, end, _ in changed:
            rows.update(self._rows(Span(start, end)))
        # A mark that comes or goes can move its neighbours to another column.
        for span in [*before.spans, *marks.spans]:
            if any(start < span.end and span.start < end for start, end, _ in changed):
                rows.update(self._rows(span))
        self._place_notes()
        rows.update(
            row for row in notes.keys() | self._notes.keys() if notes.get(row) != self._notes.get(row)
        )
        self._redraw(rows)

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        self._palette = palette
        self._forget_strips()
        if self._layout is not None:
            self._painter = Painter(self.sheet, self._layout, self._geometry, palette)
        self.refresh()

    def set_found(self, found: tuple[Span, ...]) -> None:
        """Show the places found by a search in the article."""
        self._found = Found(found)
        self._overlay = self._over()
        self.refresh()

    # Geometry

    @property
    def total(self) -> int:
        """The rows of the text with the blank ones around it."""
        return len(self._layout) + TOP + BOTTOM if self._layout is not None else 0

    def on_resize(self, event: events.Resize) -> None:
        """Wrap again where the width changed, and keep the caret on its character and in view."""
        del event
        if self._layout is None:
            self._lay_out()
            self._follow()
            return
        offset = self._layout.row_of(self.caret) + TOP - self.top
        self._lay_out()
        if self._layout is not None:
            row = self._layout.row_of(self.caret) + TOP
            self.scroll_to_row(max(0, row - max(0, min(offset, self.window - 1))))
            self._follow()

    def _lay_out(self) -> None:
        width = self.inner_width
        if width <= 0:
            return
        geometry = Geometry.of(width, self._measure)
        if self._layout is None or geometry.text_width != self._geometry.text_width:
            self._layout = self.sheet.layout(geometry.text_width)
        self._geometry = geometry
        self._painter = Painter(self.sheet, self._layout, geometry, self._palette)
        self._forget_strips()
        self._place_notes()
        self._overlay = self._over()
        self.scroll_to_row(self.top)
        self.refresh()

    def _place_notes(self) -> None:
        self._notes = {}
        layout = self._layout
        if layout is None or not self._geometry.notes_width:
            return
        free = 0
        for index, span in enumerate(self.marks.spans):
            row = max(layout.row_of(span.start), free)
            if row > layout.row_of(span.start) + 3:
                continue
            text = f"{self.marks.symbol(index)} {self.marks.beside(index)}".rstrip()
            self._notes[row] = (text, self.marks.labels[index])
            free = row + 1

    def _forget_strips(self) -> None:
        self._strips.clear()
        self._hot.clear()

    def _rows(self, span: Span) -> range:
        assert self._layout is not None
        return range(self._layout.row_of(span.start), self._layout.row_of(max(span.start, span.end - 1)) + 1)

    def _redraw(self, rows: Iterable[int]) -> None:
        top, height, width = self.top, self.window, self.size.width
        visible = []
        for row in rows:
            self._strips.pop(row, None)
            self._hot.pop(row, None)
            if 0 <= row + TOP - top < height:
                visible.append(row + TOP - top)
        if visible:
            self.refresh(*_regions(sorted(set(visible)), width))

    def _follow(self, *, centre: bool = False) -> None:
        if self._layout is None:
            return
        row, top, height = self._layout.row_of(self.caret) + TOP, self.top, self.window
        keep = min(KEEP, (height - 1) // 2)
        if centre and not top <= row < top + height:
            self.scroll_to_row(max(0, row - height // 3))
        elif row - keep < top:
            self.scroll_to_row(max(0, row - keep))
        elif row + keep >= top + height:
            self.scroll_to_row(row + keep - height + 1)

    # Painting

    def paint_line(self, y: int) -> Strip:
        """The strip of one row of the window."""
        row = y + self.top - TOP
        layout, painter = self._layout, self._painter
        if layout is None or painter is None or not 0 <= row < len(layout):
            return Strip.blank(self._geometry.width, self._palette.text)
        start = layout.starts[row]
        # A row answers for the blanks it was wrapped at, too: the caret can be on one.
        end = layout.starts[row + 1] if row + 1 < len(layout) else len(self.sheet.shown) + 1
        hot = self._overlay.touches(start, end) or (
            self.picked is not None and self._touches_picked(start, end)
        )
        # The screen asks for rows again when another line of it has changed.
        if hot and self._hot_for is not self._overlay:
            self._hot_for = self._overlay
            self._hot.clear()
        strips = self._hot if hot else self._strips
        strip = strips.get(row)
        if strip is None:
            if len(strips) > _CACHED_ROWS:
                strips.clear()
            strip = painter.paint(row, self.marks, self._overlay if hot else NOTHING, self._notes.get(row))
            strips[row] = strip
        return strip

    def _touches_picked(self, start: int, end: int) -> bool:
        if self.picked is None or self.picked >= len(self.marks.spans):
            return False
        span = self.marks.spans[self.picked]
        return span.start < end and span.end > start

    def _over(self) -> Overlay:
        selection = self.selection
        navigator = self.sheet.navigator
        return Overlay(
            caret=navigator.cluster(self.caret) if self.sheet.shown else Span(0, 1),
            selection=selection,
            sentence=None if selection or not self.sheet.shown else navigator.sentence_at(self.caret),
            found=self._found,
            picked=self.picked,
        )

    @property
    def selection(self) -> Span | None:
        """What is selected, both ends' characters included, or None."""
        if self.selection_anchor is None or not self.sheet.shown:
            return None
        first, last = sorted((self.selection_anchor, self.caret))
        return Span(first, self.sheet.navigator.cluster(last).end)


def _regions(lines: list[int], width: int) -> list[Region]:
    """Regions over sorted lines of the window, neighbours joined."""
    regions = []
    first = last = lines[0]
    for line in lines[1:]:
        if line != last + 1:
            regions.append(Region(0, first, width, last - first + 1))
            first = line
        last = line
    regions.append(Region(0, first, width, last - first + 1))
    return regions
