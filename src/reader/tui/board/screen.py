"""The board: moving, grouping, the matrix, and going to a mark in its article."""

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container

from reader.tui.base import SEARCH_LINE, told
from reader.tui.board.base import BoardBase, next_grouping
from reader.tui.board.matrix import MatrixView
from reader.tui.cursor_list import CursorList
from reader.tui.exporting import ALL, Choice
from reader.tui.keys import bindings


class BoardScreen(BoardBase):
    """Shows all marks."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("board")]

    # Moving

    def action_down(self) -> None:
        """Next line or source."""
        self._move(1)

    def action_up(self) -> None:
        """Previous line or source."""
        self._move(-1)

    def _move(self, lines: int) -> None:
        if self._view.matrix:
            self.matrix.go(self.matrix.row + lines, self.matrix.column)
        else:
            self.claims.go(self.claims.cursor + lines)
        self._moved()

    def action_top(self) -> None:
        """First line or source."""
        self._go_to(0)

    def action_bottom(self) -> None:
        """Last line or source."""
        self._go_to(-1)

    def _go_to(self, end: int) -> None:
        shown = self.matrix if self._view.matrix else self.claims
        line = 0 if end == 0 else shown.total - 1
        if isinstance(shown, MatrixView):
            shown.go(line, shown.column)
        else:
            shown.go(line)
        self._moved()

    def action_half(self, direction: int) -> None:
        """Half a page."""
        (self.matrix if self._view.matrix else self.claims).move_pages(0.5 * direction)
        self._moved()

    def action_page(self, direction: int) -> None:
        """A page."""
        (self.matrix if self._view.matrix else self.claims).move_pages(1.0 * direction)
        self._moved()

    def action_group_step(self, direction: int) -> None:
        """To the next group's line, or the one before; the mark's own group comes first."""
        lines = self.claims.lines
        line = lines.line(self.claims.cursor) if lines is not None and not self._view.matrix else None
        if lines is None or line is None:
            return
        back = 0 if line.place is not None else 1
        group = line.group + (1 if direction > 0 else -back)
        self.claims.go(lines.start(max(0, min(len(lines.groups) - 1, group))))
        self._moved()

    def action_left(self) -> None:
        """A column to the left; close the group the cursor is in."""
        if self._view.matrix:
            self.matrix.go(self.matrix.row, self.matrix.column - 1)
            self._moved()
        else:
            self._fold(wanted=False)

    def action_right(self) -> None:
        """A column to the right; open the group the cursor is on."""
        if self._view.matrix:
            self.matrix.go(self.matrix.row, self.matrix.column + 1)
            self._moved()
        else:
            self._fold(wanted=True)

    def _fold(self, *, wanted: bool) -> None:
        """Open or close the group that the cursor is in, the cursor on its line where it is closed."""
        lines = self.claims.lines
        line = lines.line(self.claims.cursor) if lines is not None else None
        if lines is None or line is None or lines.is_open(line.group) == wanted:
            return
        lines.toggle(line.group)
        self.claims.changed(self.claims.cursor if wanted else lines.start(line.group))
        self._moved()

    def _moved(self) -> None:
        self.hush()
        self.show_status()

    @on(CursorList.Moved)
    async def _mouse_moved(self, event: CursorList.Moved) -> None:
        event.stop()
        self._moved()
        if event.opened:
            await self.action_open()

    # Opening

    @told
    async def action_open(self) -> None:
        """Open the mark in its article; a group's line opens or closes it, a cell lists its marks."""
        if self._view.matrix:
            if self.matrix.total:
                self.load(self._changed(matrix=False, cell=(self.matrix.source, self.matrix.target)))
            return
        lines = self.claims.lines
        line = lines.line(self.claims.cursor) if lines is not None else None
        if lines is None or line is None:
            return
        claim = self.current
        if claim is not None:
            self._left_for_article = True
            self.post_message(self.ArticleWanted(claim.article, claim.annotation_id))
        elif line.place is None:
            self._fold(wanted=not lines.is_open(line.group))

    @told
    async def action_link(self) -> None:
        """Begin a link at the mark under the cursor, or end it there and ask what it says."""
        if (claim := self.current) is None:
            self.say("No mark here to link")
        else:
            await self._link(self.session.desk.store.annotations.get(claim.annotation_id))

    @told
    async def action_beside(self) -> None:
        """Hold a mark; with one held, show its article beside the one of the mark under the cursor."""
        claim, held, key = self.current, self._held, self.session.keys.shown("beside-claims", 1)
        if claim is None:
            self.say(f"{key} on two marks, one after the other, shows their articles side by side")
        elif held is None:
            self._held = claim
            self.say(f"Held: {claim.article}: {claim.title} · {key} on another mark shows both")
        elif held.annotation_id == claim.annotation_id:
            self._held = None
            self.say("Let go")
        else:
            self._held = None
            self._left_for_article = True
            self.post_message(
                self.BesideWanted(
                    (held.article, held.annotation_id), (claim.article, claim.annotation_id), claim.target
                )
            )

    @told
    async def action_export(self) -> None:
        """Export the marks that are shown, or all there are."""
        choices = [ALL]
        if self._board is not None and (self._view.query.strip() or self._view.cell):
            keys = sorted(set(self._board.rows.keys))
            choices.insert(0, Choice(f"the {len(keys):,} shown", marks=keys))
        await self._export(choices)

    # What is shown

    def action_group(self) -> None:
        """Group by the next of target, stance, source and holder."""
        grouping = next_grouping(self._view.grouping)
        self.load(self._changed(grouping=grouping, matrix=False))

    def action_matrix(self) -> None:
        """The matrix, and back to the list."""
        self.load(self._changed(matrix=not self._view.matrix))

    async def action_search(self) -> None:
        """Filter the board as one types."""
        from reader.tui.line import Line

        box = self.query_one("#search", Container)
        box.display = True
        existing = box.query(Line)
        if existing:
            self.set_focus(existing.first())
            return
        line = Line(
            self._view.query,
            placeholder='target:"…" stance:oppose source: holder: tag: after:2026 OR NOT ( ) · Esc ends',
            id=SEARCH_LINE,
        )
        await box.mount(line)
        self.set_focus(line)

    # Leaving

    def action_cancel(self) -> None:
        """Leave the filter, then the cell, then the board."""
        box = self.query_one("#search", Container)
        if box.display or self._view.query.strip():
            box.display = False
            box.remove_children()
            self.set_focus(self.matrix if self._view.matrix else self.claims)
            self.hush()
            if self._view.query:
                self.load(self._changed(query="", cell=self._view.cell))
        else:
            self.action_back()

    def action_back(self) -> None:
        """From a cell's marks to the matrix; else to where the board was opened."""
        if self._view.cell is not None:
            self.load(self._changed(matrix=True))
            return
        number, self.session.before_board = self.session.before_board, 0
        self.app.pop_screen()
        if number:
            self.post_message(self.ArticleWanted(number))
