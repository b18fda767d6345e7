"""Two articles side by side: each scrolls by itself, and shows its marks toward the target at hand."""

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from reader.desk import reading
from reader.errors import ReaderError
from reader.tui.bars import Bar, Piece
from reader.tui.base import BaseScreen
from reader.tui.commands import Screen
from reader.tui.keys import bindings
from reader.tui.marks import Marks
from reader.tui.page import Page
from reader.tui.painting import Sheet
from reader.tui.palette import Palette
from reader.tui.session import Session


class Side(NamedTuple):
    """What one side is to show."""

    number: int
    """The article's."""
    annotation_id: str = ""
    """The mark to begin at; empty: the first one toward the target."""


class BesideScreen(BaseScreen):
    """Shows two articles."""

    SCOPE: ClassVar[Screen] = "beside"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("beside")]

    def __init__(self, session: Session) -> None:
        """Start without articles."""
        super().__init__(session)
        self._target = ""
        self._opened: list[reading.Opened] = []
        self._begin: tuple[Side, ...] = ()
        self._active = 0

    def compose(self) -> ComposeResult:
        """A bar and a page on each side, the status line and the keys."""
        palette, measure = self.session.palette, self.session.settings.measure
        with Horizontal(id="sides"):
            for side in (0, 1):
                with Vertical():
                    yield Bar(id=f"head-{side}")
                    yield Page(
                        palette,
                        self._no_marks(),
                        measure=measure,
                        moved=self._mouse_moved,
                        id=f"page-{side}",
                    )
        yield Bar(id="status")
        yield Bar(id="foot")

    def _no_marks(self) -> Marks:
        return Marks((), self.session.codebook, "", self.session.desk.store.annotator.id)

    def open(self, left: Side, right: Side, target: str) -> None:
        """Show two articles with their marks toward a target; without one, with all of their marks.

        Raises:
            NotFoundError: one of them is not there.
        """
        opened = [reading.opened(self.session.desk, side.number) for side in (left, right)]
        self._opened, self._begin, self._target, self._active = opened, (left, right), target, 0
        self._message = ""
        if self.is_mounted:
            self._show()

    def on_mount(self) -> None:
        """Show the articles that were asked for before the screen was there."""
        self._show()

    def _page(self, side: int) -> Page:
        return self.query_one(f"#page-{side}", Page)

    @property
    def _here(self) -> Page:
        return self._page(self._active)

    def _marks(self, opened: reading.Opened) -> Marks:
        shown = tuple(
            mark
            for mark in opened.annotations
            if not self._target or mark.stance_toward(self._target) is not None
        )
        return Marks(shown, self.session.codebook, self._target, self.session.desk.store.annotator.id)

    def _show(self) -> None:
        for side, (opened, begin) in enumerate(zip(self._opened, self._begin, strict=True)):
            page, marks = self._page(side), self._marks(opened)
            page.show(Sheet(opened.revision.canonical), marks, caret=opened.article.position)
            first = marks.index_of(begin.annotation_id)
            if first is None and marks.spans:
                first = 0
            if first is not None:
                page.pick(first)
        self._to_side(0)

    # Drawing

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        if self.is_mounted:
            for side in (0, 1):
                self._page(side).set_palette(palette)
            self.show_all()

    def show_all(self) -> None:
        """Draw the bars."""
        palette = self.session.palette
        for side, opened in enumerate(self._opened):
            known = opened.article.metadata
            facts = " · ".join(fact for fact in (known.source, known.published[:10]) if fact)
            here = side == self._active
            self.query_one(f"#head-{side}", Bar).show(
                [
                    (" ▸ " if here else "   ", palette.bar_accent),
                    (known.title or "(no title)", palette.bar_strong if here else palette.bar_dim),
                    (f"   {facts}", palette.bar_dim),
                ],
                [(f"{opened.article.number} ", palette.bar_dim)],
                fill=palette.bar,
            )
        self.show_status()
        self.show_footer()

    def show_status(self) -> None:
        """Draw the line below: what was said, else the mark at hand; and the target."""
        palette, page = self.session.palette, self._here
        left: list[Piece] = [("", palette.dim)]
        over = [page.picked] if page.picked is not None else page.marks.at(page.caret)
        if self.said is not None:
            left = [self.said]
        elif over:
            index = over[-1]
            left = [
                (f" {page.marks.symbol(index)} ", palette.label(page.marks.labels[index], bold=True)),
                (page.marks.about(index), palette.text),
            ]
        count = len(page.marks.spans)
        toward = f" → {self._target} " if self._target else " "
        right: list[Piece] = [(f"{count} {'mark' if count == 1 else 'marks'}{toward}", palette.accent)]
        self.query_one("#status", Bar).show(left, right, fill=palette.text)

    def look_again(self) -> None:
        """Show the marks as they are in the library now."""
        if not self.changed_elsewhere():
            return
        self._reread()

    def _reread(self) -> None:
        try:
            again = [reading.opened(self.session.desk, side.number) for side in self._begin]
        except ReaderError as error:
            self.say(str(error), warn=True)
            return
        for side, (before, opened) in enumerate(zip(self._opened, again, strict=True)):
            page, marks = self._page(side), self._marks(opened)
            if before.revision.id != opened.revision.id:
                page.show(Sheet(opened.revision.canonical), marks, caret=0)
            else:
                page.set_marks(marks)
        self._opened = again
        self.show_all()

    def on_screen_resume(self) -> None:
        """Come back from one of the articles: its marks may have changed."""
        if self.is_mounted and self._opened and self.session.article in {side.number for side in self._begin}:
            self._reread()

    # Moving

    def _moved(self) -> None:
        self.hush()
        self.show_status()

    def _to_side(self, side: int) -> None:
        self._active = side
        self.set_focus(self._here)
        self.show_all()

    def action_other_side(self) -> None:
        """To the other article."""
        self._to_side(1 - self._active)

    def _mouse_moved(self, page: Page, clicked: bool) -> None:
        del clicked
        self._to_side(0 if page is self._page(0) else 1)

    def action_down(self) -> None:
        """A line down."""
        self._here.move_rows(1)
        self._moved()

    def action_up(self) -> None:
        """A line up."""
        self._here.move_rows(-1)
        self._moved()

    def action_half(self, direction: int) -> None:
        """Half a page."""
        self._here.move_pages(0.5 * direction)
        self._moved()

    def action_page(self, direction: int) -> None:
        """A page."""
        self._here.move_pages(1.0 * direction)
        self._moved()

    def action_top(self) -> None:
        """The start of the article."""
        self._here.place(0)
        self._moved()

    def action_bottom(self) -> None:
        """The end of the article."""
        self._here.place(self._here.sheet.navigator.last)
        self._moved()

    def action_mark(self, direction: int) -> None:
        """Pick the next or previous mark of this side."""
        page = self._here
        spans = page.marks.spans
        if not spans:
            self.say("No marks toward this target here" if self._target else "No marks here")
            return
        if page.picked is not None:
            index = (page.picked + direction) % len(spans)
        elif direction > 0:
            index = next((at for at, span in enumerate(spans) if span.start >= page.caret), 0)
        else:
            before = [at for at, span in enumerate(spans) if span.start < page.caret]
            index = before[-1] if before else len(spans) - 1
        page.pick(index)
        self._moved()

    # Opening and leaving

    def action_open(self) -> None:
        """Open the article of this side, at the picked mark or at the caret."""
        page = self._here
        number = self._begin[self._active].number
        picked = page.marks.annotations[page.picked].id if page.picked is not None else ""
        self.post_message(self.ArticleWanted(number, picked))

    def action_cancel(self) -> None:
        """Back."""
        self.action_back()

    def action_back(self) -> None:
        """Back to where the two were put beside each other."""
        self.app.pop_screen()
