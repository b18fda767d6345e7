"""For widgets that paint whole lines themselves, and those of them that are windows on many rows."""

from time import monotonic

from rich.segment import Segment
from rich.style import Style as Paint
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.palette import Palette
from reader.tui.steady import Steady

_NOTCH = 3
"""Rows that one notch of the wheel scrolls."""
_CACHED_LINES = 4000
_TOLD_EVERY = 1.0
"""Seconds between two tellings that lines cannot be painted; each telling paints."""


class Painted(Steady, Widget):
    """Hands its lines to the screen as they are.

    Textual's own way adds borders, padding, background and colour filters to each line, and makes six
    strips out of one. These lines have all of their styles already, and `render_line` makes them exactly as
    wide as the widget; so a window that scrolls costs half.
    """

    _told_at = 0.0

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget; one that cannot be painted is blank, and that is told."""
        try:
            lines = [self.render_line(y) for y in crop.line_range]
        except Exception:
            lines = [self._line_or_blank(y) for y in crop.line_range]
        if crop.width == self.size.width:
            return lines
        return [line.crop(crop.x, crop.right) for line in lines]

    def _line_or_blank(self, y: int) -> Strip:
        try:
            return self.render_line(y)
        except Exception as error:
            if monotonic() - self._told_at > _TOLD_EVERY:
                self._told_at = monotonic()
                self.app._handle_exception(error)
            return Strip.blank(self.size.width)


class Scrolled(Painted):
    """A window on many rows, with a scroll bar in its last column.

    The bar is painted with the rows. Textual's own is a widget: it comes a frame after what it belongs to,
    and every change of the number of rows lays out the whole screen anew.
    """

    def __init__(self, palette: Palette, *, id: str) -> None:  # noqa: A002 - Textual's own name
        """Start at the top."""
        super().__init__(id=id)
        self._palette = palette
        self.top = 0
        """The row that the window begins with."""
        self._pulled = False
        self._barred: dict[tuple[int, bool], tuple[Strip, Strip]] = {}
        """Lines with their cell of the bar, by the line's identity; held, so that no other takes it on."""

    @property
    def total(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def window(self) -> int:
        """How many rows are seen at once, one at least."""
        return max(1, self.size.height)

    @property
    def inner_width(self) -> int:
        """The cells of a row, without the bar's."""
        return max(0, self.size.width - 1)

    def paint_line(self, y: int) -> Strip:
        """The strip of one row of the window, `inner_width` cells wide."""
        raise NotImplementedError

    def wheel(self, rows: int) -> None:
        """Scroll by rows, down or (negative) up, and take along what must stay in view."""
        raise NotImplementedError

    def scroll_to_row(self, row: int) -> None:
        """Begin the window with this row, or the nearest that leaves no row of it empty."""
        row = max(0, min(row, self.total - self.window))
        if row != self.top:
            self.top = row
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip of one row of the window with its cell of the scroll bar."""
        strip, on_thumb = self.paint_line(y), y in self._thumb
        known = self._barred.get((id(strip), on_thumb))
        if known is None:
            if len(self._barred) > _CACHED_LINES:
                self._barred.clear()
            known = (strip, self._with_bar(strip, on_thumb=on_thumb))
            self._barred[id(strip), on_thumb] = known
        return known[1]

    def _with_bar(self, strip: Strip, *, on_thumb: bool) -> Strip:
        segments = list(strip)
        if on_thumb:
            segments.append(Segment("┃", self._bar_paint()))
        elif segments and segments[-1].text.isspace():
            # Every segment more is some forty bytes for the terminal to read, in each line.
            segments[-1] = Segment(segments[-1].text + " ", segments[-1].style)
        else:
            segments.append(Segment(" ", self._palette.text))
        return Strip(segments, strip.cell_length + 1)

    def _bar_paint(self) -> Paint:
        return self._palette.accent if self._pulled else self._palette.faint

    @property
    def _thumb(self) -> range:
        """The lines of the window that the bar's thumb covers; none where everything is seen."""
        window, hidden = self.window, self.total - self.window
        if hidden <= 0:
            return range(0)
        length = max(1, window * window // self.total)
        start = round(self.top * (window - length) / hidden)
        return range(start, start + length)

    # The mouse

    def on_bar(self, event: events.MouseEvent) -> bool:
        """Whether the mouse is on the scroll bar, or pulls it."""
        return self._pulled or event.x >= self.inner_width

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Pull the bar: the middle of its thumb comes to the mouse."""
        if event.button == 1 and self.on_bar(event):
            self._pulled = True
            self.capture_mouse()
            self._pull(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Scroll while the bar is pulled."""
        if self._pulled:
            self._pull(event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the bar."""
        del event
        if self._pulled:
            self._pulled = False
            self.release_mouse()
            self._repaint_bar()

    def _pull(self, y: int) -> None:
        room = self.window - len(self._thumb)
        if room and self._thumb:
            share = (y - len(self._thumb) // 2) / room
            self.wheel(round(share * (self.total - self.window)) - self.top)
        self._repaint_bar()

    def _repaint_bar(self) -> None:
        self._barred.clear()
        self.refresh(Region(self.inner_width, 0, 1, self.size.height))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down a notch."""
        event.stop()
        self.wheel(_NOTCH)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up a notch."""
        event.stop()
        self.wheel(-_NOTCH)
