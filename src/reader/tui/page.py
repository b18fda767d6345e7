"""The page: the caret on a text, the selection, and the motions and clicks that move them.

The page knows no store: it is told what to show and says where the mouse put the caret.
"""

from collections.abc import Callable, Iterable

from textual import events

from reader.model import Span
from reader.tui.marks import Marks
from reader.tui.palette import Palette
from reader.tui.surface import KEEP, TOP, Surface


class Page(Surface, can_focus=True, inherit_bindings=False):
    """Shows one text; the caret and the selection are code points of that text."""

    def __init__(
        self,
        palette: Palette,
        marks: Marks,
        *,
        measure: int,
        moved: Callable[["Page", bool], None],
        id: str,  # noqa: A002 - Textual's own name
    ) -> None:
        """Start empty.

        Args:
            palette: The colours.
            marks: The marks over the text.
            measure: The widest line in cells.
            moved: Called with the page when the mouse has moved the caret or the selection, and with
                whether it clicked a place. Were it a message, the screen would tell of the move two frames
                after the page is painted.
            id: The widget's.
        """
        super().__init__(palette, marks, measure=measure, id=id)
        self._moved = moved

    # Caret and selection

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

    def select(self, span: Span | None) -> None:
        """Select a span, the caret on its last character, or nothing."""
        if span is None or span.end <= span.start:
            self._change(caret=self.caret, anchor=None, picked=self.picked)
            return
        last = self.sheet.navigator.cluster(span.end - 1).start
        first = self.sheet.navigator.snap(span.start)
        self._change(caret=last, anchor=first, picked=self.picked)
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
            if span is not None and span.start == span.end:
                # A mark whose words are gone is picked where they were, which may be between two blocks.
                first = self.sheet.navigator.snap(span.start)
                span = Span(first, first + 1)
            if span is None or not span.start <= caret < span.end:
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
        step = max(1, int(self.window * abs(share)) - (KEEP if abs(share) >= 1 else 0))
        delta = step if share > 0 else -step
        self.scroll_to_row(self.top + delta)
        offset, self._goal = self._layout.line(self.caret, delta, self._goal)
        self.place(offset, keep_goal=True)

    def line_edge(self, *, end: bool) -> None:
        """Put the caret on the first or the last character of its row."""
        if self._layout is not None and self.sheet.shown:
            row = self._layout.row_span(self._layout.row_of(self.caret))
            self.place(self.sheet.navigator.cluster(max(row.start, row.end - 1)).start if end else row.start)

    # The mouse

    def _offset_at(self, x: int, y: int) -> int:
        assert self._layout is not None
        row = max(0, min(len(self._layout) - 1, y + self.top - TOP))
        while row > 0 and self._layout.is_blank(row):
            row -= 1
        return self.sheet.navigator.snap(self._layout.offset_at(row, x - self._geometry.text_left))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret where the button went down; a drag from there selects."""
        if self._layout is None or event.button != 1 or self.on_bar(event) or not self.sheet.shown:
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
            self._moved(self, self.selection_anchor is None)

    def wheel(self, rows: int) -> None:
        """Scroll by rows, the caret coming along."""
        if self._layout is None:
            return
        self.scroll_to_row(self.top + rows)
        # The caret never leaves the window, so that what a stance key would mark is always seen.
        row = self._layout.row_of(self.caret) + TOP
        keep = min(KEEP, (self.window - 1) // 2)
        inside = max(self.top + keep, min(row, self.top + self.window - 1 - keep))
        if inside != row and self.sheet.shown:
            offset, self._goal = self._layout.line(self.caret, inside - row, self._goal)
            self._change(caret=offset, anchor=self.selection_anchor, picked=self.picked)
            self._moved(self, False)
