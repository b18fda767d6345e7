"""The library screen: moving, opening, and what is done with one article."""

import asyncio
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import on
from textual.binding import BindingType

from reader.desk import reading
from reader.errors import ReaderError
from reader.model import Article
from reader.tui.article_list import ArticleList
from reader.tui.base import told
from reader.tui.exporting import ALL, Choice
from reader.tui.keys import bindings
from reader.tui.library.adding import Adding
from reader.tui.library.searching import Searching
from reader.tui.links import open_url
from reader.tui.targets import ManagingTargets

Amount = TypeVar("Amount", int, float)


class LibraryScreen(Searching, Adding, ManagingTargets):
    """Lists the articles."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("library")]

    # Moving

    def action_down(self) -> None:
        """Next article."""
        self._move(self.articles.move, 1)

    def action_up(self) -> None:
        """Previous article."""
        self._move(self.articles.move, -1)

    def action_top(self) -> None:
        """First article."""
        self._move(self.articles.go, 0)

    def action_bottom(self) -> None:
        """Last article."""
        self._move(lambda _: self.articles.go(len(self.session.listing) - 1), 0)

    def action_half(self, direction: int) -> None:
        """Half a page."""
        self._move(self.articles.move_pages, 0.5 * direction)

    def action_page(self, direction: int) -> None:
        """A page."""
        self._move(self.articles.move_pages, 1.0 * direction)

    def _move(self, move: Callable[[Amount], None], amount: Amount) -> None:
        """Move the cursor over the list as the library is now."""
        self.glance()
        move(amount)
        self._moved()

    @on(ArticleList.Moved)
    async def _mouse_moved(self, event: ArticleList.Moved) -> None:
        event.stop()
        self._moved()
        if event.opened:
            await self.action_open()

    # Articles

    @told
    async def action_open(self) -> None:
        """Open the article under the cursor."""
        self.look_again()
        if (row := self.current) is not None:
            self.open_article(row.number)

    @told
    async def action_review(self) -> None:
        """Review the marks that lost their place when a text changed."""
        self.look_again()
        self.count_waiting()
        if self._waiting:
            self.post_message(self.ReviewWanted())
        else:
            self.say("No mark waits for a place")

    def _article(self) -> Article | None:
        row = self.current
        return self.session.desk.store.articles.get(row.number) if row is not None else None

    def _redraw_row(self) -> None:
        if (row := self.current) is not None:
            self.session.listing.forget(row.number)
            self.articles.refresh_row(self.articles.cursor)

    @told
    async def action_toggle_read(self) -> None:
        """Read or unread."""
        if (row := self.current) is not None:
            reading.set_read(self.session.desk, row.id, not row.read, asked=True)
            self._redraw_row()
            self.show_head()
            self.say("Unread" if row.read else "Read")

    @told
    async def action_toggle_star(self) -> None:
        """Star or unstar."""
        if (row := self.current) is not None:
            reading.set_starred(self.session.desk, row.id, not row.starred)
            self._redraw_row()
            self.say("Star taken away" if row.starred else "Starred")

    @told
    async def action_tag(self) -> None:
        """Ask for the article's tags."""

        def done() -> None:
            self._redraw_row()
            self._previewed = -1
            self.show_preview()

        if (row := self.current) is not None:
            await self._tag(row.id, row.tags, done)

    @told
    async def action_next_unread(self) -> None:
        """Open the next unread article from the cursor on."""
        number = self.session.listing.next_unread(self.articles.cursor)
        if number is None:
            self.say("Everything here is read")
            return
        self.articles.go(self.session.listing.index(number) or 0)
        self.open_article(number)

    async def action_feeds(self) -> None:
        """Show the feeds."""
        self.post_message(self.FeedsWanted())

    @told
    async def action_correct(self) -> None:
        """Correct what is known about the article."""
        if (article := self._article()) is not None:
            await self._correct(article, lambda corrected: self.reload(corrected.number))

    @told
    async def action_open_url(self) -> None:
        """Open the article's address in the browser."""
        if (article := self._article()) is not None:
            self.say(await asyncio.to_thread(open_url, article.metadata.url))

    @told
    async def action_remove(self) -> None:
        """Remove the article; asks where it bears marks."""
        row = self.current
        if row is None:
            return

        def remove(yes: bool | None = True) -> None:
            if not yes:
                self.say("Kept")
                return
            reading.remove(self.session.desk, row.id)
            cursor = self.articles.cursor
            self.reload()
            self.articles.changed(cursor)
            self.show_all()
            self.say(f"Removed: {row.title} ({self.session.keys.shown('undo', 1)} brings it back)")

        if row.claims:
            from reader.tui.dialogs.confirm import Confirm

            marks = "1 mark" if row.claims == 1 else f"{row.claims} marks"
            question = Confirm(f"Remove the article with its {marks}?", row.title, yes="Remove")
            await self.ask(question, remove)
        else:
            remove()

    @told
    async def action_undo(self) -> None:
        """Undo the newest change anywhere."""
        if (change := self._undo_or_redo(None, redo=False)) is not None:
            self._show_change(change.article_id)

    @told
    async def action_redo(self) -> None:
        """Redo what was undone last anywhere."""
        if (change := self._undo_or_redo(None, redo=True)) is not None:
            self._show_change(change.article_id)

    def _show_change(self, article_id: str) -> None:
        try:
            number = self.session.desk.store.articles.get(article_id).number
        except ReaderError:
            number = None
        self.reload(number)

    @told
    async def action_export(self) -> None:
        """Export the marks: those that the query is true of, where there is one."""
        listing, choices = self.session.listing, [ALL]
        if listing.query or listing.view.feeds:
            count = f"{len(listing):,} {'article' if len(listing) == 1 else 'articles'}"
            choices.insert(0, Choice(f"all of the {count} listed", listing.all_numbers()))
        if listing.query:
            numbers = listing.all_numbers() if listing.view.feeds else None
            choices.insert(0, Choice(f"that match: {listing.query}", numbers, query=listing.query))
        if (row := self.current) is not None:
            choices.append(Choice(f"only of {row.number}: {row.title[:40]}", [row.number]))
        await self._export(choices)
