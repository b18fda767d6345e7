"""The feeds' screen: which there are, how they fare, adding, setting and removing them."""

from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from reader.desk import subscribing
from reader.errors import InputError
from reader.model import Problem
from reader.sources import FULL_TEXTS
from reader.tui.bars import Bar, Piece
from reader.tui.base import BaseScreen, told, typed_path
from reader.tui.commands import Screen
from reader.tui.feed_list import FeedList, FeedRow, feed_rows
from reader.tui.keys import bindings
from reader.tui.listing import View
from reader.tui.palette import Palette
from reader.tui.session import Session
from reader.tui.telling import local, trouble_of

_FOLLOW_EVERY = 2.0
"""Seconds between two readings of the list while a refresh runs."""
_WHEN = {
    "never": "never: the feed's own text",
    "short": "where the feed cuts the text",
    "always": "always",
}


class FeedsScreen(BaseScreen):
    """Lists the feeds in their folders."""

    SCOPE: ClassVar[Screen] = "feeds"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("feeds")]

    class Chosen(Message):
        """The articles of these feeds are to be listed; the app shows the library."""

        def __init__(self, view: View) -> None:
            super().__init__()
            self.view = view

    class WorkWanted(Message):
        """Something is to be fetched; the library does it and tells how far it is."""

        def __init__(self, task: str, words: tuple[str, ...]) -> None:
            super().__init__()
            self.task = task
            self.words = words

    class StopWanted(Message):
        """Whatever is being fetched is to stop."""

    def __init__(self, session: Session) -> None:
        """Show the session's feeds."""
        super().__init__(session)
        self._read_at = 0.0

    def compose(self) -> ComposeResult:
        """The bars and the list."""
        yield Bar(id="head")
        yield FeedList(self.session.palette, id="feeds")
        yield Bar(id="status")
        yield Bar(id="foot")

    @property
    def feeds(self) -> FeedList:
        """The list."""
        return self.query_one("#feeds", FeedList)

    def on_mount(self) -> None:
        """Draw everything once."""
        self.set_focus(self.feeds)
        self.reload()
        self.show_footer()

    def on_screen_resume(self) -> None:
        """Show the feeds as they are now."""
        if self.is_mounted:
            self.reload()

    def reload(self) -> None:
        """Read the feeds again, the cursor on the same one."""
        self._read_at = monotonic()
        self.feeds.show(feed_rows(subscribing.feeds(self.session.desk)))
        self.show_head()
        self.show_status()

    # Drawing

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        if self.is_mounted:
            self.feeds.set_palette(palette)
            self.show_head()
            self.show_status()
            self.show_footer()

    def show_head(self) -> None:
        """Draw the bar above the list."""
        palette = self.session.palette
        feeds = [row.feed for row in self.feeds.rows if row.feed]
        count = "1 feed" if len(feeds) == 1 else f"{len(feeds):,} feeds"
        unread = sum(feed.unread for feed in feeds)
        told = f"   {count}" + (f" · {unread:,} unread" if unread else "")
        left: list[Piece] = [(" Feeds", palette.bar_strong), (told, palette.bar_dim)]
        right: list[Piece] = [("last answer       unread / articles  ", palette.bar_dim)]
        self.query_one("#head", Bar).show(left, right if self.app.size.width >= 80 else [], fill=palette.bar)

    def show_status(self) -> None:
        """Draw the line below the list: what happened, else how the feed under the cursor fares."""
        palette, row = self.session.palette, self.feeds.current
        if self.said is not None:
            left = [self.said]
        elif len(self.feeds.rows) < 2:
            key = self.session.keys.shown("add-feed", 1)
            left = [(f" No feeds yet: {key} adds one, or the list of another reader (OPML)", palette.dim)]
        elif row is not None and row.feed is not None:
            trouble = trouble_of(row.feed)
            left = [(f" {trouble}", palette.warn)] if trouble else [(f" {self._fares(row)}", palette.dim)]
        else:
            left = [("", palette.dim)]
        right: list[Piece] = [(f"{self.session.work}   ", palette.accent)] if self.session.work else []
        self.query_one("#status", Bar).show(left, right, fill=palette.text)

    @staticmethod
    def _fares(row: FeedRow) -> str:
        feed = row.feeds[0]
        return f"{feed.url} · last answer {local(feed.fetched_at)} · pages: {_WHEN[feed.full_text]}"

    def work_went_on(self) -> None:
        """Show how far a refresh is, and what it has brought."""
        ended = not self.session.work
        if ended or monotonic() - self._read_at > _FOLLOW_EVERY:
            self.reload()
        else:
            self.show_status()

    def look_again(self) -> None:
        """Show what another session has changed since the last key."""
        if self.changed_elsewhere():
            self.reload()

    # Moving

    def _go(self, index: int) -> None:
        self.feeds.go(index)
        self._message = ""
        self.show_status()

    def action_down(self) -> None:
        """Next line."""
        self._go(self.feeds.cursor + 1)

    def action_up(self) -> None:
        """Previous line."""
        self._go(self.feeds.cursor - 1)

    def action_top(self) -> None:
        """First line."""
        self._go(0)

    def action_bottom(self) -> None:
        """Last line."""
        self._go(len(self.feeds.rows) - 1)

    def action_half(self, direction: int) -> None:
        """Half a page."""
        self.feeds.move_pages(0.5 * direction)
        self._go(self.feeds.cursor)

    def action_page(self, direction: int) -> None:
        """A page."""
        self.feeds.move_pages(1.0 * direction)
        self._go(self.feeds.cursor)

    @on(FeedList.Moved)
    async def _mouse_moved(self, event: FeedList.Moved) -> None:
        event.stop()
        self._go(self.feeds.cursor)
        if event.opened:
            await self.action_open_feed()

    async def action_back(self) -> None:
        """Back to the library."""
        self.app.pop_screen()

    async def action_cancel(self) -> None:
        """Back to the library."""
        await self.action_back()

    # What is done with feeds

    @told
    async def action_open_feed(self) -> None:
        """List the articles of the feed or the folder."""
        if (row := self.feeds.current) is not None:
            numbers = tuple(feed.number for feed in row.feeds)
            self.post_message(self.Chosen(View(row.title if numbers else "", numbers)))

    def action_refresh(self) -> None:
        """Look for news in all feeds that are due."""
        self.post_message(self.WorkWanted("refresh", ()))

    @told
    async def action_refresh_feed(self) -> None:
        """Look for news in the feed or folder under the cursor, due or not."""
        if (row := self.feeds.current) is not None:
            self.post_message(self.WorkWanted("refresh", tuple(str(feed.number) for feed in row.feeds)))

    def action_stop_import(self) -> None:
        """Stop what is being fetched."""
        self.post_message(self.StopWanted())

    async def action_add_feed(self) -> None:
        """Ask for the address of a feed or a page, or for a list of feeds."""
        from reader.tui.dialogs.form import Field, Form

        row = self.feeds.current
        folder = row.title if row and row.is_folder else row.feed.folder if row and row.feed else ""
        folders = tuple(dict.fromkeys(row.title for row in self.feeds.rows if row.is_folder))
        fields = [
            Field("what", "Feed", placeholder="https://… of it or its site, or the path of a list (OPML)"),
            Field("folder", "Folder", folder, "none", suggestions=folders),
        ]

        def chosen(values: Mapping[str, str] | None) -> None:
            if values is None:
                return
            what = values["what"].strip()
            if "://" in what:
                self.post_message(self.WorkWanted("subscribe", (what, values["folder"])))
            else:
                self._take_list(typed_path(what))

        form = Form("Add a feed", fields, check=_checked, hint="Enter adds · Tab next field · Esc leaves")
        await self.ask(form, chosen)

    def _take_list(self, path: Path) -> None:
        raw = subscribing.read_list(path)
        outcomes = list(subscribing.take_list(self.session.desk, raw, str(path)))
        problems = tuple(one.message for one in outcomes if isinstance(one, Problem))
        new = sum(not isinstance(one, Problem) and one[1] for one in outcomes)
        self.session.problems = problems
        self.reload()
        keys = self.session.keys
        why = keys.shown("problems", 1)
        passed = f", {len(problems)} passed over ({why} tells why)" if problems else ""
        news = f"{keys.shown('refresh', 1)} looks for their news"
        self.say(f"{new} {'feed' if new == 1 else 'feeds'} added{passed}: {news}", warn=bool(problems))

    @told
    async def action_set_feed(self) -> None:
        """Set the feed's name, its folder, and when its pages are fetched."""
        from reader.tui.dialogs.form import Field, Form

        row = self.feeds.current
        if row is None or row.feed is None:
            self.say("Go to a feed to set it")
            return
        feed = row.feed
        whens = tuple((_WHEN[when], when) for when in FULL_TEXTS)
        folders = tuple(dict.fromkeys(row.title for row in self.feeds.rows if row.is_folder))
        fields = [
            Field("name", "Name", self.session.desk.store.feeds.name(feed.number), "as it calls itself"),
            Field("folder", "Folder", feed.folder, "none", suggestions=folders),
            Field(
                "full_text",
                "Fetch pages",
                feed.full_text,
                choices=whens,
            ),
        ]

        def chosen(values: Mapping[str, str] | None) -> None:
            if values is None:
                return
            subscribing.edit(self.session.desk, feed, **values)
            self.reload()
            self.say("Set")

        await self.ask(Form(feed.title, fields), chosen)

    @told
    async def action_remove_feed(self) -> None:
        """Remove the feed."""
        row = self.feeds.current
        if row is None or row.feed is None:
            self.say("Go to a feed to remove it")
            return
        subscribing.remove(self.session.desk, row.feed)
        self.reload()
        self.say(
            f"Removed: {row.title}; its articles stay ({self.session.keys.shown('undo', 1)} brings it back)"
        )

    @told
    async def action_undo(self) -> None:
        """Undo the newest change anywhere."""
        if self._undo_or_redo(None, redo=False) is not None:
            self.reload()

    @told
    async def action_redo(self) -> None:
        """Redo what was undone last anywhere."""
        if self._undo_or_redo(None, redo=True) is not None:
            self.reload()

    @told
    async def action_export_feeds(self) -> None:
        """Write the feeds as OPML."""
        from reader.tui.dialogs.prompt import Prompt

        def chosen(written: str | None) -> None:
            if written is None or not written.strip():
                return
            path = typed_path(written)
            if path.exists():
                raise InputError(f"{path}: there is a file already: name another")
            subscribing.give_list(self.session.desk, path)
            self.say(f"The feeds are written to {path}")

        await self.ask(Prompt("Write the feeds as OPML to", str(Path.cwd() / "feeds.opml")), chosen)


def _checked(values: Mapping[str, str]) -> None:
    what = values["what"].strip()
    if not what:
        raise InputError("name the address of a feed, or the path of a list of feeds")
    if "://" not in what and not typed_path(what).is_file():
        raise InputError(f"{what}: no such file; an address begins with http:// or https://")
