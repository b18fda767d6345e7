"""The reading screen: the article as a whole, leaving."""

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container

from reader.desk import finding, reading
from reader.tui.base import told
from reader.tui.exporting import ALL, Choice
from reader.tui.keys import bindings
from reader.tui.reading.adjudicating import Adjudicating
from reader.tui.reading.claiming import Claiming
from reader.tui.reading.covering import Covering
from reader.tui.reading.finding import Finding
from reader.tui.reading.linking import Linking
from reader.tui.reading.original import Originals
from reader.tui.reading.reviewing import Reviewing
from reader.tui.reading.targeting import Targeting

_OFFERED = 200
"""So many articles are offered to stand beside one."""


class ReadingScreen(Originals, Targeting, Linking, Adjudicating, Claiming, Reviewing, Covering, Finding):
    """Shows one article and takes the marks."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reading")]

    # The article

    @told
    async def action_article(self, direction: int) -> None:
        """Open the next or previous article of the list."""
        if self.opened is None:
            return
        listing = self.session.listing
        index = listing.index(self.opened.article.number)
        number = listing.number(index + direction) if index is not None and index + direction >= 0 else None
        if number is None:
            self.say("This is the last article" if direction > 0 else "This is the first article")
            return
        self.leave_place()
        self.open(number)

    @told
    async def action_next_unread(self) -> None:
        """Open the next unread article of the list."""
        if self.opened is None:
            return
        listing = self.session.listing
        index = listing.index(self.opened.article.number)
        number = listing.next_unread(0 if index is None else index + 1)
        if number is None or number == self.opened.article.number:
            self.say("Everything here is read")
            return
        self.leave_place()
        self.open(number)

    @told
    async def action_tag(self) -> None:
        """Ask for the article's tags."""
        if self.opened is None:
            return

        def done() -> None:
            self._reread()
            self.show_head()

        await self._tag(self.opened.article.id, self.opened.article.tags, done)

    @told
    async def action_toggle_read(self) -> None:
        """Read or unread."""
        if self.opened is None:
            return
        article = self.opened.article
        now = self.session.desk.store.articles.get(article.number)
        reading.set_read(self.session.desk, article.id, not now.read, asked=True)
        self.say("Unread" if now.read else "Read")

    @told
    async def action_toggle_star(self) -> None:
        """Star or unstar."""
        if self.opened is None:
            return
        starred = self.opened.article.starred
        reading.set_starred(self.session.desk, self.opened.article.id, not starred)
        self._reread()
        self.show_head()
        self.say("Star taken away" if starred else "Starred")

    @told
    async def action_correct(self) -> None:
        """Correct what is known about the article."""
        if self.opened is None:
            return

        def done(_: object) -> None:
            self._reread()
            self.show_head()

        await self._correct(self.opened.article, done)

    @told
    async def action_export(self) -> None:
        """Export the marks."""
        if self.opened is not None:
            number = self.opened.article.number
            await self._export([ALL, Choice("only this article's", [number])])

    # Leaving

    async def action_cancel(self) -> None:
        """Cancel the search, the selection or the pick; else go back."""
        if self.query_one("#find", Container).display:
            self._close_find()
            self._hits = ()
            self.page.set_found(())
            self.page.place(self._found_from)
            self._moved()
        elif self.page.selection is not None:
            self.page.select(None)
            self._edges, self._expanded = "", ""
            self._moved()
        elif self.page.picked is not None:
            caret = self.page.caret
            self.page.pick(None)
            self.page.place(caret)
            self._moved()
        elif self._hits and self._compared is None:
            self._hits = ()
            self.page.set_found(())
            self._moved()
        else:
            await self.action_back()

    async def action_back(self) -> None:
        """Back from the original or the difference to the article, from the article to the library."""
        if self._original is not None:
            await self.action_original()
            return
        if self._compared is not None:
            await self.action_difference()
            return
        if self._reviewing:
            self.end_review()
            return
        self.leave_place()
        self.app.pop_screen()

    async def action_beside(self) -> None:
        """Ask which article to show beside this one."""
        from reader.tui.dialogs.prompt import Prompt

        if self.opened is None:
            return
        desk, here, target = self.session.desk, self.opened.article.number, self.session.target
        toward = finding.toward(desk, target) if target else []
        numbers = [number for number in dict.fromkeys([*self.session.visited, *toward]) if number != here]
        listed = [f"{row.number}  {row.title}" for row in finding.rows(desk, numbers[:_OFFERED])]

        def chosen(typed: str | None) -> None:
            if typed is None or not typed.split():
                return
            number = reading.article(desk, typed.split()[0]).number
            self.leave_place()
            self.post_message(self.BesideWanted((here, ""), (number, ""), target))

        await self.ask(
            Prompt(
                "Which article beside this one?",
                listed[0] if listed else "",
                placeholder="its number",
                suggestions=listed,
            ),
            chosen,
        )

    def action_board(self) -> None:
        """Show the claims board, the place kept."""
        self.leave_place()
        super().action_board()

    def action_quit(self) -> None:
        """Leave the program, the place kept."""
        self.note_place()
        self.keep_place()
        super().action_quit()
