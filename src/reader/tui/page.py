"""The page: an article's text on the Line API, with a caret, a selection and the marks over it.

A widget for every paragraph would take seconds and hundreds of megabytes on a long text; here a row is
painted when it comes into view. The page knows no store: it is told what to show and says where the
caret went.
"""

from collections import Counter
from collections.abc import Iterable

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.model import Canonical, Span
from reader.text.layout import Layout
from reader.tui.marks import Marks
from reader.tui.painted import Painted
from reader.tui.painting import NOTHING, NOWHERE, Found, Geometry, Overlay, Painter, Sheet
from reader.tui.palette import Palette

TOP = 1
"""Blank rows above the text."""
BOTTOM = 2
"""Blank rows below it, so that the end is seen to be the end."""
KEEP = 2
"""Rows kept between the caret and the window's edge where the text goes on."""
_CACHED_ROWS = 4000


class Page(Painted, ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one text; the caret and the selection are code points of that text.

    The keys are the screen's: a scrolling widget's own would scroll and leave the caret behind.
    """

    ALLOW_SELECT = False

    class Moved(Message):
        """The caret or the selection was changed by the mouse."""

        def __init__(self, page: "Page", clicked: bool) -> None:
            super().__init__()
            self.page = page
            self.clicked = clicked

        @property
        def control(self) -> "Page":
            """The page that was clicked."""
            return self.page

    def __init__(self, palette: Palette, marks: Marks, *, measure: int, id: str) -> None:  # noqa: A002
        """Start empty; `measure` is the widest line in cells."""
        super().__init__(id=id)
        self._palette = palette
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
        self._geometry = Geometry.of(80, measure, 80)
        self._strips: dict[int, Strip] = {}
        self._hot: dict[int, Strip] = {}
        """The rows that the overlay touches, painted for just this one."""
        self._hot_for = NOTHING
        self._notes: dict[int, tuple[str, int]] = {}
        self._overlay = NOTHING
        self._dragging = False

    # What is shown

    def show(self, sheet: Sheet, marks: Marks, *, caret: int, at_top: bool = False) -> None:
        """Show a text with its marks and put the caret on a code point, in view."""
        self.sheet, self.marks = sheet, marks
        self.selection_anchor, self.picked, self._found, self._goal = None, None, NOWHERE, None
        self.caret = sheet.navigator.snap(max(0, min(caret, len(sheet.shown))))
        self._layout = None
        self._lay_out()
        if self._layout is not None:
            row = self._layout.row_of(self.caret)
            third = 0 if at_top else self._height // 3
            self._scroll_to_row(0 if row < self._height - KEEP else max(0, row + TOP - third))
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
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap again where the width changed, and keep the caret on its character and in view."""
        del event
        if self._layout is None:
            self._lay_out()
            self._follow()
            return
        offset = self._layout.row_of(self.caret) + TOP - round(self.scroll_offset.y)
        self._lay_out()
        if self._layout is not None:
            row = self._layout.row_of(self.caret) + TOP
            self._scroll_to_row(max(0, row - max(0, min(offset, self._height - 1))))
            self._follow()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        geometry = Geometry.of(width, self._measure, self.outer_size.width)
        if self._layout is None or geometry.text_width != self._geometry.text_width:
            self._layout = self.sheet.layout(geometry.text_width)
        self._geometry = geometry
        self._painter = Painter(self.sheet, self._layout, geometry, self._palette)
        self._forget_strips()
        self._place_notes()
        self._overlay = self._over()
        self.virtual_size = Size(width, len(self._layout) + TOP + BOTTOM)
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
        top, height, width = round(self.scroll_offset.y), self._height, self.size.width
        visible = []
        for row in rows:
            self._strips.pop(row, None)
            self._hot.pop(row, None)
            if 0 <= row + TOP - top < height:
                visible.append(row + TOP - top)
        if visible:
            self.refresh(*_regions(sorted(set(visible)), width))

    # Painting

    def render_line(self, y: int) -> Strip:
        """The strip of one row of the window."""
        row = y + round(self.scroll_offset.y) - TOP
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

    # Caret and selection

    @property
    def selection(self) -> Span | None:
        """What is selected, both ends' characters included, or None."""
        if self.selection_anchor is None or not self.sheet.shown:
            return None
        first, last = sorted((self.selection_anchor, self.caret))
        return Span(first, self.sheet.navigator.cluster(last).end)

    @property
    def sentence(self) -> Span:
        """The sentence under the caret."""
        return self.sheet.navigator.sentence_at(self.caret)

    @property
    def share_read(self) -> int:
        """How far down the caret is, in per cent."""
        last = self.sheet.navigator.last
        return 100 if last == 0 else round(100 * self.caret / last)

    def place(self, caret: int, *, keep_goal: bool = False, centre: bool = False) -> None:
        """Put the caret on a code point and bring it into view."""
        if not keep_goal:
            self._goal = None
        self._change(caret=self.sheet.navigator.snap(caret), anchor=self.selection_anchor, picked=self.picked)
        self._follow(centre=centre)

    def select(self, span: Span | None, *, caret_at_start: bool = False) -> None:
        """Select a span, the caret on its last character (or its first), or nothing."""
        if span is None or span.end <= span.start:
            self._change(caret=self.caret, anchor=None, picked=self.picked)
            return
        last = self.sheet.navigator.cluster(span.end - 1).start
        first = self.sheet.navigator.snap(span.start)
        caret, anchor = (first, last) if caret_at_start else (last, first)
        self._change(caret=caret, anchor=anchor, picked=self.picked)
        self._follow()

    def toggle_selection(self) -> None:
        """Start a selection at the caret, or end it."""
        self._change(
            caret=self.caret,
            anchor=None if self.selection_anchor is not None else self.caret,
            picked=self.picked,
        )

    def swap_ends(self) -> None:
        """Put the caret on the selection's other end."""
        if self.selection_anchor is not None:
            self._change(caret=self.selection_anchor, anchor=self.caret, picked=self.picked)
            self._follow()

    def pick(self, index: int | None) -> None:
        """Show one mark as picked, its start in view and under the caret; None for none."""
        caret = self.caret if index is None else self.sheet.navigator.snap(self.marks.spans[index].start)
        self._goal = None
        self._change(caret=caret, anchor=None, picked=index)
        if index is not None:
            self._follow()

    def _change(self, *, caret: int, anchor: int | None, picked: int | None) -> None:
        before, picked_before = self._overlay, self.picked
        self.caret, self.selection_anchor = caret, anchor
        if picked is not None and anchor is None:
            span = self.marks.spans[picked] if picked < len(self.marks.spans) else None
            if span is None or not span.start <= caret < max(span.end, span.start + 1):
                picked = None
        self.picked = picked
        self._overlay = after = self._over()
        if self._layout is None:
            return
        rows: set[int] = set()
        for old, new in (
            (before.caret, after.caret),
            (before.selection, after.selection),
            (before.sentence, after.sentence),
        ):
            rows.update(self._changed_rows(old, new))
        if picked_before != picked:
            for index in (picked_before, picked):
                if index is not None and index < len(self.marks.spans):
                    rows.update(self._rows(self.marks.spans[index]))
        self._redraw(rows)

    def _changed_rows(self, old: Span | None, new: Span | None) -> Iterable[int]:
        """The rows on which a span that became another looks different."""
        if old == new:
            return ()
        if old is None or new is None:
            return self._rows(old or new or Span(0, 0))
        if old.start < new.end and new.start < old.end:
            starts, ends = sorted((old.start, new.start)), sorted((old.end, new.end))
            head = (
                self._rows(Span(starts[0], max(starts[1], starts[0] + 1))) if starts[0] != starts[1] else ()
            )
            tail = self._rows(Span(max(0, ends[0] - 1), ends[1])) if ends[0] != ends[1] else ()
            return (*head, *tail)
        return (*self._rows(old), *self._rows(new))

    # Motions over rows; those over the text are the navigator's

    def move_rows(self, rows: int) -> None:
        """Move the caret by rows of text, keeping its column."""
        if self._layout is not None and self.sheet.shown:
            offset, self._goal = self._layout.line(self.caret, rows, self._goal)
            self.place(offset, keep_goal=True)

    def move_pages(self, share: float) -> None:
        """Move the window and the caret by a share of the window's height."""
        if self._layout is None or not self.sheet.shown:
            return
        step = max(1, int(self._height * abs(share)) - (KEEP if abs(share) >= 1 else 0))
        delta = step if share > 0 else -step
        limit = max(0, len(self._layout) + TOP + BOTTOM - self._height)
        self._scroll_to_row(max(0, min(limit, round(self.scroll_offset.y) + delta)))
        offset, self._goal = self._layout.line(self.caret, delta, self._goal)
        self.place(offset, keep_goal=True)

    def line_edge(self, *, end: bool) -> None:
        """Put the caret on the first or the last character of its row."""
        if self._layout is not None and self.sheet.shown:
            row = self._layout.row_span(self._layout.row_of(self.caret))
            self.place(self.sheet.navigator.cluster(max(row.start, row.end - 1)).start if end else row.start)

    def _follow(self, *, centre: bool = False) -> None:
        if self._layout is None:
            return
        row, top, height = self._layout.row_of(self.caret) + TOP, round(self.scroll_offset.y), self._height
        keep = min(KEEP, (height - 1) // 2)
        if centre and not top <= row < top + height:
            self._scroll_to_row(max(0, row - height // 3))
        elif row - keep < top:
            self._scroll_to_row(max(0, row - keep))
        elif row + keep >= top + height:
            self._scroll_to_row(row + keep - height + 1)

    def _scroll_to_row(self, row: int) -> None:
        if round(self.scroll_offset.y) != row:
            self.scroll_to(y=row, animate=False, force=True)

    # The mouse

    def _offset_at(self, x: int, y: int) -> int:
        assert self._layout is not None
        row = max(0, min(len(self._layout) - 1, y + round(self.scroll_offset.y) - TOP))
        while row > 0 and self._layout.is_blank(row):
            row -= 1
        return self.sheet.navigator.snap(self._layout.offset_at(row, x - self._geometry.text_left))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret where the button went down; a drag from there selects."""
        if self._layout is None or event.button != 1 or not self.sheet.shown:
            return
        self._dragging = True
        self.capture_mouse()
        self._change(caret=self.caret, anchor=None, picked=None)
        self.place(self._offset_at(event.x, event.y))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection while the button is down."""
        if not self._dragging or self._layout is None:
            return
        offset = self._offset_at(event.x, event.y)
        if offset != self.caret:
            anchor = self.caret if self.selection_anchor is None else self.selection_anchor
            self._change(caret=offset, anchor=anchor, picked=None)
            self._follow()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a drag, and say so."""
        del event
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            self.post_message(self.Moved(self, clicked=self.selection_anchor is None))

    def _wheel(self, rows: int) -> None:
        if self._layout is None:
            return
        limit = max(0, len(self._layout) + TOP + BOTTOM - self._height)
        top = max(0, min(limit, round(self.scroll_offset.y) + rows))
        self._scroll_to_row(top)
        # The caret never leaves the window, so that what a stance key would mark is always seen.
        row = self._layout.row_of(self.caret) + TOP
        keep = min(KEEP, (self._height - 1) // 2)
        inside = max(top + keep, min(row, top + self._height - 1 - keep))
        if inside != row and self.sheet.shown:
            offset, self._goal = self._layout.line(self.caret, inside - row, self._goal)
            self._change(caret=offset, anchor=self.selection_anchor, picked=self.picked)
            self.post_message(self.Moved(self, clicked=False))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel, the caret coming along."""
        event.stop()
        event.prevent_default()
        self._wheel(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel, the caret coming along."""
        event.stop()
        event.prevent_default()
        self._wheel(-3)


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
