"""What the board's commands share: the list, the matrix, the bars, and reading what they show."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, TypeAlias

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from reader.desk import Desk
from reader.desk.board import GROUPINGS, Board, Group, Matrix, board
from reader.errors import ReaderError
from reader.model import BoardClaim, Grouping
from reader.tui.bars import Bar, Piece
from reader.tui.base import SEARCH_LINE
from reader.tui.board.claim_list import ClaimList
from reader.tui.board.counting import CLASH, Signs
from reader.tui.board.lines import Lines
from reader.tui.board.matrix import MatrixView
from reader.tui.commands import Screen
from reader.tui.exporting import ExportingScreen
from reader.tui.linking import LinkingScreen
from reader.tui.palette import Palette
from reader.tui.saved import ChoosingQueries
from reader.tui.session import Session


@dataclass(frozen=True, slots=True)
class View:
    """What the board is asked to show."""

    query: str = ""
    grouping: Grouping = "target"
    matrix: bool = False
    cell: tuple[str, str] | None = None
    """Source and target of the matrix's cell whose marks are listed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor is, by what it is on, so that it is found again when the marks have changed."""

    group: str
    key: int = 0
    target: int = 0


_Read: TypeAlias = tuple[Board, list[Group], Matrix | None]
"""What a view shows."""


class BoardBase(ChoosingQueries, ExportingScreen, LinkingScreen):
    """All marks, grouped and counted."""

    SCOPE: ClassVar[Screen] = "board"

    def __init__(self, session: Session) -> None:
        """Start without marks, and begin to read them."""
        super().__init__(session)
        self._view = View()
        self._board: Board | None = None
        self._opened: dict[Grouping, frozenset[str]] = {}
        """The groups that are open, by what they group."""
        self._left_for_article = False
        self._held: BoardClaim | None = None
        """The mark whose article is to be shown beside another one's."""
        self._first = asyncio.ensure_future(session.background.run(partial(_read, view=self._view)))
        """What is shown first, read while the screen is made."""

    @property
    def query_in_use(self) -> str:
        """The query that the board is filtered by."""
        return self._view.query

    def use_query(self, query: str) -> None:
        """Filter by a saved query, and show it in the filter's line."""
        if not self.understood(query):
            return
        line = self.query_one("#search", Container).query(Input)
        if line:
            line.first().value = query
        self.load(self._changed(query=query))

    def queries_changed(self) -> None:
        """Show the name of the query in use as it is now."""
        self.show_head()

    def compose(self) -> ComposeResult:
        """The bars, the list and the matrix."""
        palette = self.session.palette
        yield Bar(id="head")
        yield ClaimList(palette, id="claims")
        yield MatrixView(palette, id="matrix")
        yield Container(id="search")
        yield Bar(id="status")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Show what there is."""
        self.matrix.display = False
        self.set_focus(self.claims)
        self.show_footer()
        self._load(self._view, self._first)

    @property
    def claims(self) -> ClaimList:
        """The list."""
        return self.query_one("#claims", ClaimList)

    @property
    def matrix(self) -> MatrixView:
        """The matrix."""
        return self.query_one("#matrix", MatrixView)

    @property
    def current(self) -> BoardClaim | None:
        """The mark under the cursor, or None on a group's line and in the matrix."""
        lines = self.claims.lines
        return lines.claim(self.claims.cursor) if lines is not None and not self._view.matrix else None

    # Reading

    def load(self, view: View) -> None:
        """Read the board anew for another view, off the screen's thread."""
        self.session.background.interrupt()
        self._load(view)

    @work(group="board", exclusive=True, exit_on_error=False)
    async def _load(self, view: View, begun: Awaitable[_Read] | None = None) -> None:
        try:
            read = partial(_read, view=view)
            found, groups, matrix = await (begun or self.session.background.run(read))
        except ReaderError as error:
            self.say(str(error), warn=True)
            return
        self._show(view, found, groups, matrix)

    def _show(self, view: View, found: Board, groups: list[Group], matrix: Matrix | None) -> None:
        place = self._place()
        grouping: Grouping = "target" if view.cell else view.grouping
        claims = self.claims
        changed = (self._view.grouping, self._view.cell) != (view.grouping, view.cell)
        if claims.lines is not None and self._view.cell is None:
            self._opened[self._view.grouping] = claims.lines.opened
        source, target = self.matrix.source, self.matrix.target
        self._view, self._board = view, found
        signs = Signs(found.rows, self.session.codebook, self.session.palette)
        opened = frozenset([groups[0].name]) if view.cell and groups else self._opened.get(grouping)
        lines = Lines(self.session.desk, found, grouping, groups, opened)
        at = None if place is None or changed else lines.find(place.group, place.key, place.target)
        claims.show(lines, signs, grouping, at or 0)
        if matrix is not None:
            self.matrix.show(matrix, signs, source, target)
        self.claims.display, self.matrix.display = not view.matrix, view.matrix
        if self.focused is None or self.focused.id != SEARCH_LINE:
            self.set_focus(self.matrix if view.matrix else self.claims)
        self.show_all()

    def _place(self) -> Place | None:
        lines = self.claims.lines
        line = lines.line(self.claims.cursor) if lines is not None else None
        if lines is None or line is None:
            return None
        name, rows = lines.groups[line.group].name, lines.board.rows
        return (
            Place(name) if line.place is None else Place(name, rows.keys[line.place], rows.target(line.place))
        )

    def look_again(self) -> None:
        """Read the board again where another session has changed the library since the last key."""
        if self.changed_elsewhere():
            self.load(self._view)

    def on_screen_resume(self) -> None:
        """Come back from an article: the marks in it may have changed."""
        if self._left_for_article:
            self._left_for_article = False
            self.load(self._view)

    # Drawing

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        if not self.is_mounted:
            return
        self.claims.set_palette(palette)
        self.matrix.set_palette(palette)
        self.load(self._view)

    def show_all(self) -> None:
        """Draw the bars."""
        self.show_head()
        self.show_status()
        self.show_footer()

    def show_head(self) -> None:
        """Draw the bar above: what is shown, and of how many marks."""
        palette, view, found = self.session.palette, self._view, self._board
        kind = "sources × targets" if view.matrix else f"by {view.grouping}"
        if view.cell:
            kind = view.cell[0] or "(no source)"
        count = f"{len(found):,} {'stance' if len(found) == 1 else 'stances'}" if found is not None else "…"
        query = " ".join(view.query.split())
        if name := self.session.saved_name(query):
            query = f" in “{name}”: {query}"
        elif query:
            query = f" where {query}"
        left: list[Piece] = [(" Board", palette.bar_strong), (f"   {count}{query}", palette.bar_dim)]
        self.query_one("#head", Bar).show(left, [(kind + " ", palette.bar_dim)], fill=palette.bar)

    def show_status(self) -> None:
        """Draw the line below: what was said, else what the cursor is on."""
        palette, lines = self.session.palette, self.claims.lines
        left: list[Piece] = [("", palette.dim)]
        right: list[Piece] = []
        if self.said is not None:
            left = [self.said]
        elif lines is None:
            left = [(" Reading the marks …", palette.dim)]
        elif not len(lines):
            empty = (
                " Nothing found"
                if self._view.query.strip()
                else " No marks yet: open an article and mark a claim"
            )
            left = [(empty, palette.dim)]
        elif self._view.matrix:
            left = [
                (
                    f" {self.matrix.source or '(no source)'} · {self.matrix.target or '(no target)'}",
                    palette.text,
                )
            ]
            right = [(f"{CLASH} supports and opposes ", palette.dim)]
        else:
            if (claim := self.current) is not None:
                by = claim.annotator
                other = "" if by.id == self.session.desk.store.annotator.id else f" · by {by.name}"
                left = [(f" {claim.article}: {claim.title}{other}", palette.text)]
            elif any(group.counts.clash for group in lines.groups):
                left = [(f" {CLASH} some support what others oppose", palette.dim)]
            right = [(f"{self.claims.cursor + 1:,}/{len(lines):,} ", palette.dim)]
        self.query_one("#status", Bar).show(left, right, fill=palette.text)

    # The filter's line

    def on_input_changed(self, event: events.Event) -> None:
        """Filter while typing; what is wrong is told, and what was found last stays."""
        event.stop()
        query = str(getattr(event, "value", ""))
        if not self.understood(query):
            return
        self.hush()
        if query != self._view.query:
            self.load(self._changed(query=query))

    def on_input_submitted(self, event: events.Event) -> None:
        """Go from the filter's line to what was found; while it is wrong, stay."""
        event.stop()
        if self.understood(str(getattr(event, "value", ""))):
            self.set_focus(self.matrix if self._view.matrix else self.claims)

    def _changed(
        self,
        *,
        query: str | None = None,
        grouping: Grouping | None = None,
        matrix: bool | None = None,
        cell: tuple[str, str] | None = None,
    ) -> View:
        """The view with something else; a cell is left unless it is named."""
        view = self._view
        return View(
            view.query if query is None else query,
            grouping or view.grouping,
            view.matrix if matrix is None else matrix,
            cell,
        )


def _read(desk: Desk, view: View) -> _Read:
    """What a view shows."""
    by = {view.grouping, "source"} if view.matrix or view.cell else {view.grouping}
    found = board(desk, view.query, by=by, typing=True)
    if view.cell is not None:
        found = found.within(*view.cell)
        return found, found.groups("target"), None
    return found, found.groups(view.grouping), found.matrix() if view.matrix else None


def next_grouping(grouping: Grouping) -> Grouping:
    """The one that the key goes on to."""
    return GROUPINGS[(GROUPINGS.index(grouping) + 1) % len(GROUPINGS)]
