"""Searching the library while typing, and the order of the list."""

from functools import partial

from textual import events, work
from textual.containers import Container

from reader.desk import finding
from reader.errors import ReaderError
from reader.model import Order
from reader.tui.base import SEARCH_LINE
from reader.tui.library.base import LibraryBase
from reader.tui.listing import View
from reader.tui.saved import ChoosingQueries

_FIRST_FOUND = 300
"""Matches fetched before all of them: more than any window shows."""


class Searching(ChoosingQueries, LibraryBase):
    """The search line, saved queries, and what they find."""

    @property
    def query_in_use(self) -> str:
        """The query whose answer is listed."""
        return self.session.listing.query

    def use_query(self, query: str) -> None:
        """List what a saved query is true of, and show it in the search line."""
        if not self.understood(query):
            return
        from reader.tui.line import Line

        line = self.query_one("#search", Container).query(Line)
        if line:
            line.first().value = query
        self._find(query, self.session.listing.order)

    def queries_changed(self) -> None:
        """Show the name of the query in use as it is now."""
        self.show_head()

    async def action_search(self) -> None:
        """Search the library as one types."""
        from reader.tui.line import Line

        box = self.query_one("#search", Container)
        box.display = True
        existing = box.query(Line)
        if existing:
            self.set_focus(existing.first())
            return
        line = Line(
            self.session.listing.query,
            placeholder='words "phrases" source: target: stance: is:unread after:2026 OR NOT ( ) · Esc ends',
            id=SEARCH_LINE,
        )
        # The next key is for the line already, so its focus is not left to the next refresh.
        await box.mount(line)
        self.set_focus(line)

    def on_input_changed(self, event: events.Event) -> None:
        """Find while typing; what is wrong is told, and what was found last stays."""
        event.stop()
        query = str(getattr(event, "value", ""))
        if not self.understood(query):
            return
        self.hush()
        if query != self.session.listing.query:
            self._find(query, self.session.listing.order)

    def on_input_submitted(self, event: events.Event) -> None:
        """Go from the search line to what was found; while the query is wrong, stay."""
        event.stop()
        if self.understood(str(getattr(event, "value", ""))):
            self.set_focus(self.articles)

    def _find(self, query: str, order: Order) -> None:
        self.session.background.interrupt()
        self._found(query, order)

    @work(group="search", exclusive=True, exit_on_error=False)
    async def _found(self, query: str, order: Order) -> None:
        """Show the first matches as soon as they are there, then all of them."""
        listing = self.session.listing

        for limit in (_FIRST_FOUND, None):
            try:
                numbers = await self.session.background.run(
                    partial(
                        finding.search,
                        query=query,
                        order=order,
                        limit=limit,
                        typing=True,
                        feeds=listing.view.feeds,
                    )
                )
            except ReaderError as error:
                self.say(str(error), warn=True)
                return
            listing.take(numbers, query, order)
            if limit is not None:
                self.articles.changed(0)
            else:
                self.articles.changed()
            self._previewed = -1
            self.show_all()
            if len(numbers) < _FIRST_FOUND:
                return

    def action_cancel(self) -> None:
        """Leave the search, then the feed's own view, the cursor on the same article."""
        box = self.query_one("#search", Container)
        number = row.number if (row := self.current) is not None else None
        searching = box.display
        if searching:
            box.display = False
            box.remove_children()
            self.set_focus(self.articles)
        if self.session.listing.query:
            self.workers.cancel_group(self, "search")
            self.session.listing.query = ""
            if self.session.listing.order == "rank":
                self.session.listing.order = "added"
            self.reload(number)
        elif self.session.listing.view.feeds and not searching:
            self.show_view(View(), number)
        self.hush()

    def action_order(self) -> None:
        """The next order: newest added, newest published, best match."""
        listing = self.session.listing
        orders: list[Order] = ["added", "published", *(["rank"] if listing.query else [])]  # type: ignore[list-item]
        at = orders.index(listing.order) if listing.order in orders else 0
        listing.order = orders[(at + 1) % len(orders)]
        self._find(listing.query, listing.order)
