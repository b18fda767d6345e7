"""What the families of the library screen's commands share: the list, the preview, the bars."""

from time import monotonic
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.message import Message

from reader.desk import finding
from reader.errors import NotFoundError, ReaderError
from reader.model import ArticleRow, Order
from reader.tui.article_list import ArticleList
from reader.tui.bars import Bar, Piece
from reader.tui.commands import Screen
from reader.tui.exporting import ExportingScreen
from reader.tui.listing import View
from reader.tui.palette import Palette
from reader.tui.preview import LENGTH, Preview
from reader.tui.session import Session
from reader.tui.telling import trouble_of

_ORDERS: dict[Order, str] = {
    "added": "newest added first",
    "published": "newest published first",
    "rank": "best match first",
}
_PREVIEW_FROM = 110
"""Columns from which the preview has room beside the list."""

_STEADY = 3
_FOLLOW_EVERY = 2.0
"""Seconds between two looks once `_STEADY` in a row have found something new."""


class LibraryBase(ExportingScreen):
    """The list of articles with the bars around it."""

    SCOPE: ClassVar[Screen] = "library"

    class ReviewWanted(Message):
        """The marks that lost their place are to be reviewed; the app shows them on the reading screen."""

    def __init__(self, session: Session) -> None:
        """Show the session's list."""
        super().__init__(session)
        self._previewed = -1
        self._changes = 0
        """How many looks in a row have found the library changed by another session."""
        self._looked_at = 0.0
        self.importing = ""
        self._trouble = ""
        """What is wrong with the feed whose articles are listed."""
        self._waiting = 0
        """How many marks have lost their place, in all articles; known after the first paint."""

    def compose(self) -> ComposeResult:
        """The bars, the list and the preview."""
        palette = self.session.palette
        yield Bar(id="head")
        with Horizontal(id="main"):
            yield ArticleList(self.session.listing, palette, id="articles")
            yield Preview(palette, id="preview")
        yield Container(id="search")
        yield Bar(id="status")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Draw everything once, the list before the preview."""
        self.set_focus(self.articles)
        self._fit_preview(self.app.size.width)
        self.show_bars()
        self.call_after_refresh(self.show_preview)
        self.call_after_refresh(self.count_waiting)

    def count_waiting(self) -> None:
        """See how many marks wait for a person, and say so above the list."""
        before, self._waiting = self._waiting, finding.waiting_count(self.session.desk)
        if self._waiting != before:
            self.show_head()

    @property
    def articles(self) -> ArticleList:
        """The list."""
        return self.query_one("#articles", ArticleList)

    @property
    def current(self) -> ArticleRow | None:
        """The row under the cursor."""
        return self.session.listing.row(self.articles.cursor)

    # Drawing

    def on_resize(self, event: events.Resize) -> None:
        """Show the preview where there is room for it."""
        self._fit_preview(event.size.width)
        self.show_preview()

    def _fit_preview(self, width: int) -> None:
        self.query_one("#preview").display = width >= _PREVIEW_FROM
        self._previewed = -1

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        self.articles.set_palette(palette)
        self.query_one("#preview", Preview).set_palette(palette)
        self.show_all()

    def show_all(self) -> None:
        """Draw the bars and the preview."""
        self.show_bars()
        self.show_preview()

    def show_bars(self) -> None:
        """Draw the bars."""
        self.show_head()
        self.show_status()
        self.show_footer()

    def show_head(self) -> None:
        """Draw the bar above the list."""
        palette, listing = self.session.palette, self.session.listing
        count, unread = len(listing), 0 if listing.query else listing.unread()
        noun = "article" if count == 1 else "articles"
        found = f'{count:,} {noun} with "{listing.query}"' if listing.query else f"{count:,} {noun}"
        name = self.session.saved_name(listing.query)
        if name:
            found = f"{count:,} {noun} in “{name}”: {listing.query}"
        where = listing.view.title or "Library"
        left: list[Piece] = [
            (f" {where}", palette.bar_strong),
            (f"   {found}", palette.bar_dim),
            (f" · {unread:,} unread" if unread else "", palette.bar_dim),
        ]
        if self._waiting:
            noun = "mark" if self._waiting == 1 else "marks"
            key = self.session.keys.shown("review", 1)
            left.append((f"   {self._waiting:,} {noun} to review: {key}", palette.bar_accent))
        right: list[Piece] = [(_ORDERS[listing.order] + " ", palette.bar_dim)]
        self.query_one("#head", Bar).show(left, right, fill=palette.bar)

    def show_status(self) -> None:
        """Draw the line below the list."""
        palette, listing = self.session.palette, self.session.listing
        store = self.session.desk.store
        if self.said is not None:
            left: list[Piece] = [self.said]
        elif not len(listing):
            left = [(" " + self._why_empty(), palette.dim)]
        elif store.read_only:
            left = [(f" Read only: {store.read_only}", palette.warn)]
        else:
            left = [(" " + trouble if (trouble := self._trouble) else "", palette.warn)]
        right: list[Piece] = []
        if self.importing:
            right.append((self.importing + "   ", palette.accent))
        if len(listing):
            right.append((f"{self.articles.cursor + 1:,}/{len(listing):,} ", palette.dim))
        self.query_one("#status", Bar).show(left, right, fill=palette.text)

    def _why_empty(self) -> str:
        listing, keys = self.session.listing, self.session.keys
        if listing.query:
            return "Nothing found"
        if listing.view.feeds:
            return self._trouble or f"No articles yet: {keys.shown('refresh', 1)} looks for news"
        return (
            f"No articles yet: {keys.shown('add', 1)} adds a file, a folder or a web page,"
            f" {keys.shown('feeds', 1)} feeds"
        )

    def show_view(self, view: View, number: int | None = None) -> None:
        """Show the articles of some feeds, or of the whole library, the cursor on this one."""
        self.session.listing.view = view
        self._trouble = self._told_of(view)
        self.reload(number)
        if number is None:
            self.articles.changed(0)
            self.show_all()

    def _told_of(self, view: View) -> str:
        """What is wrong with the one feed that a view shows."""
        if len(view.feeds) != 1:
            return ""
        try:
            feed = self.session.desk.store.feeds.get(view.feeds[0])
        except NotFoundError:
            return ""
        return trouble_of(feed)

    def show_preview(self) -> None:
        """Show the beginning of the article under the cursor."""
        preview = self.query_one("#preview", Preview)
        if not preview.display:
            return
        row = self.current
        number = row.number if row else -1
        if row is None:
            preview.show(None, "")
        elif number != self._previewed:
            preview.show(row, finding.lead(self.session.desk, number, LENGTH))
        self._previewed = number

    def _moved(self) -> None:
        self.hush()
        self.show_status()
        self.show_preview()

    # Staying true to the library

    def reload(self, number: int | None = None) -> None:
        """Show the library as it is now, the cursor on the same article (or on this one)."""
        listing, articles = self.session.listing, self.articles
        if number is None and (row := self.current) is not None:
            number = row.number
        self._trouble = self._told_of(listing.view)
        listing.reload()
        index = listing.index(number) if number is not None else None
        articles.changed(index)
        self._previewed = -1
        self.count_waiting()
        self.show_all()

    def glance(self) -> None:
        """Look again, for a key that only moves the cursor.

        While an import writes, every look finds something new; the list then follows it every other second.
        """
        if self._changes < _STEADY or monotonic() - self._looked_at > _FOLLOW_EVERY:
            self.look_again()

    def look_again(self) -> None:
        """Reload where another session has changed the library since the last key."""
        if not self.changed_elsewhere():
            self._changes = 0
            return
        self._changes += 1
        self._looked_at = monotonic()
        listing, articles = self.session.listing, self.articles
        row = self.current
        before = len(listing)
        listing.catch_up()
        index = listing.index(row.number) if row is not None else None
        if len(listing) != before or index != articles.cursor:
            articles.changed(index)
            self.show_head()
            self.show_status()
        else:
            articles.forget()
        self._previewed = -1

    def on_screen_resume(self) -> None:
        """Come back from an article: its row may have changed, and J and K may have gone to another."""
        # A dialog that closes resumes the screen too; the cursor is the person's then.
        listing, number, self.session.article = self.session.listing, self.session.article, 0
        if not self.is_mounted or not number:
            return
        self.look_again()
        listing.forget_rows()
        index = listing.index(number)
        if index is None or listing.row(index) is None:
            # An undo in the article may have removed it, which is not another session's change.
            listing.catch_up()
            index = listing.index(number)
        # A screen that is resumed is painted as a whole: a list that asked for it too would come twice.
        self.articles.changed(index, repaint=False)
        self.count_waiting()
        self.show_all()

    # Keeping the library safe

    def warn_of_network(self) -> None:
        """Tell that the library lies where SQLite's locks are not to be relied on."""
        if kind := self.session.desk.store.network:
            self.say(
                f"The library lies on a network file system ({kind}): keep it on a local disk", warn=True
            )

    @work(group="backup", exit_on_error=False)
    async def back_up(self) -> None:
        """Take the day's backup if it is due; only a failure is told."""
        try:
            await self.session.background.run(lambda desk: desk.store.backup_if_due())
        except ReaderError as error:
            self.say(f"Today's backup could not be taken: {error}", warn=True)

    # Opening

    class FeedsWanted(Message):
        """The feeds are to be shown; the app has their screen."""

    def open_article(self, number: int) -> None:
        """Ask for an article to be opened."""
        self.post_message(self.ArticleWanted(number))
