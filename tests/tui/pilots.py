"""A person at the program: presses keys, reads the bars and the library file, waits for facts.

The app runs whole, on a real library file, in Textual's headless driver.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from journeys import PRESSED
from shelf import desk_of
from textual import events
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Static

from reader.desk import Desk
from reader.model import Annotation, Span
from reader.settings import load_settings, log_path
from reader.tui.app import ReaderApp
from reader.tui.bars import Bar
from reader.tui.base import BaseScreen
from reader.tui.board import BoardScreen
from reader.tui.keys import key_name
from reader.tui.library import LibraryScreen
from reader.tui.page import Page
from reader.tui.reading import ReadingScreen

PATIENCE = 60.0
"""Seconds after which a fact that was waited for is given up: far more than it ever takes."""


class Person:
    """Someone who uses the program."""

    def __init__(self, app: ReaderApp, pilot: Pilot[None], witness: Desk) -> None:
        self.app = app
        self.pilot = pilot
        self.witness = witness
        """Reads the library file beside the program: what it sees is on disk."""

    # Acting

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when the one before has been dealt with."""
        for key in keys:
            self.post(key)
            await self.settle()

    async def press_and_leave(self, key: str) -> None:
        """Press a key that ends the program."""
        self.post(key)
        await self.until_left()

    async def until_left(self) -> None:
        """Wait until the program has ended."""
        await self._while(lambda: self.app.is_running, "the program to end")

    def post(self, *keys: str) -> None:
        """Press keys without waiting for what they do."""
        for key in keys:
            name = key_name(key) or key
            if isinstance(self.app.screen, BaseScreen):
                scopes: set[str] = {self.app.screen.SCOPE}
                scopes |= {"review" for command in self.app.screen.commands() if command.scope == "review"}
                PRESSED.update((scope, name) for scope in scopes)
            self.app.post_message(events.Key(name, key if len(key) == 1 else {"space": " "}.get(name)))

    async def type(self, text: str) -> None:
        """Type into the field that has the focus, as fast as anyone can."""
        self.post(*("space" if character == " " else character for character in text))
        await self.settle()

    async def write(self, text: str) -> None:
        """Replace what stands in the field that has the focus."""
        await self.press("home", "ctrl+k")
        await self.type(text)

    async def go_to_field(self, name: str) -> None:
        """Go to a field of a form by Tab."""
        for _ in range(30):
            if self.app.focused is not None and self.app.focused.id == f"field-{name}":
                return
            await self.press("tab")
        raise AssertionError(f"Tab does not lead to the field {name}")

    async def choose(self, name: str, *keys: str) -> None:
        """Open a form's drop-down and choose in it by keys."""
        await self.go_to_field(name)
        await self.press("enter", *keys, "enter")

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.until(lambda: tuple(self.app.size) == (width, height))
        await self.settle()

    async def settle(self) -> None:
        """Wait until no message waits for anyone."""
        quiet = 0
        deadline = time.monotonic() + PATIENCE
        while quiet < 2:
            assert self.app.is_running, "the program has ended"
            assert time.monotonic() < deadline, "the program does not come to rest"
            await self.pilot.pause(0)
            pumps = [w for screen in self.app.screen_stack for w in screen.walk_children(with_self=True)]
            waiting = any(pump.message_queue_size for pump in [self.app, *pumps])
            quiet = 0 if waiting else quiet + 1

    async def until(self, fact: Callable[[], object], what: str = "the fact") -> None:
        """Wait for a fact, and until no message waits for anyone."""
        await self.waited(fact, what)
        await self.settle()

    async def waited(self, fact: Callable[[], object], what: str) -> None:
        """Wait for a fact alone."""
        await self._while(lambda: not fact(), what)

    async def until_told(self, message: str) -> None:
        """Wait until the status line says this."""
        await self.until(lambda: self.told == message, message)

    async def _while(self, state: Callable[[], object], awaited: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while state():
            assert time.monotonic() < deadline, f"waited in vain for {awaited}"
            await asyncio.sleep(0.005)

    async def open(self, number: int) -> None:
        """Open an article from the library by Enter."""
        index = self.app.session.listing.index(number)
        assert index is not None
        self.library.articles.go(index)
        await self.press("enter")
        await self.until(lambda: self.app.screen is self.reading, "the article to be open")

    # Looking

    @property
    def library(self) -> LibraryScreen:
        return self.app.library_screen

    @property
    def reading(self) -> ReadingScreen:
        screen = self.app.get_screen("reading")
        assert isinstance(screen, ReadingScreen)
        return screen

    @property
    def board(self) -> BoardScreen:
        screen = self.app.get_screen("board")
        assert isinstance(screen, BoardScreen)
        return screen

    @property
    def listed(self) -> str:
        """What the board's list or its matrix draws."""
        board = self.board
        shown = board.matrix if board.matrix.display else board.claims
        return drawn([shown.render_line(y) for y in range(shown.size.height)])

    @property
    def line(self) -> str:
        """The line of the board's list that the cursor is on."""
        claims = self.board.claims
        return claims.render_line(claims.cursor - claims.top).text.rstrip(" ┃")

    async def at_board(self) -> None:
        """Go to the board by its key, and wait until it shows the marks."""
        await self.press("B")
        await self.until(lambda: self.place == "board" and self.board.claims.lines is not None, "the board")

    @property
    def front(self) -> BaseScreen:
        """The screen that is in front, a dialog left aside."""
        return [screen for screen in self.app.screen_stack if isinstance(screen, BaseScreen)][-1]

    @property
    def place(self) -> str:
        """The name of the screen in front, or of the class of the dialog before it."""
        return self.dialog or self.front.SCOPE

    @property
    def focus(self) -> str:
        """The name of the class of the widget that has the focus."""
        return type(self.app.focused).__name__

    @property
    def dialog(self) -> str:
        """The name of the dialog's class that is in front, or nothing."""
        return type(self.app.screen).__name__ if self.app.screen is not self.front else ""

    @property
    def complaint(self) -> str:
        """What the dialog in front says that it cannot take, or nothing."""
        error = self.app.screen.query_one("#error", Static)
        return str(error.render()) if error.display else ""

    @property
    def offer(self) -> str:
        """What the form in front offers to take, or nothing."""
        return "".join(str(shown.render()) for shown in self.app.screen.query("#offer").results(Static))

    def bar(self, name: str) -> str:
        return self.front.query_one(f"#{name}", Bar).text

    @property
    def told(self) -> str:
        """What the left end of the status line says."""
        return self.bar("status").partition("\t")[0].strip()

    @property
    def aim(self) -> str:
        """What the stance bar says that a stance key will be about."""
        return self.bar("stances").partition("\t")[2].strip()

    @property
    def number(self) -> int:
        """The number of the article under the list's cursor, 0 where the list is empty."""
        row = self.library.current
        return row.number if row else 0

    @property
    def numbers(self) -> list[int]:
        return self.app.session.listing.all_numbers()

    @property
    def page(self) -> Page:
        return self.reading.page

    @property
    def text(self) -> str:
        return self.page.sheet.canonical.text

    @property
    def caret(self) -> int:
        return self.page.caret

    @property
    def ahead(self) -> str:
        """The text from the caret on."""
        return self.text[self.caret :]

    @property
    def selected(self) -> str:
        selection = self.page.selection
        return "" if selection is None else self.text[selection.start : selection.end]

    @property
    def picked(self) -> str:
        """The quote of the picked mark."""
        index = self.page.picked
        return "" if index is None else self.page.marks.annotations[index].anchor.exact

    def put(self, quote: str) -> int:
        """Put the caret on a quote, as a click would; returns where that is."""
        offset = self.text.index(quote)
        self.page.place(offset)
        self.reading.show_all()
        return offset

    def span(self, quote: str) -> Span:
        start = self.text.index(quote)
        return Span(start, start + len(quote))

    def marks(self, number: int = 0) -> tuple[Annotation, ...]:
        """The marks of an article as they are on disk: of the open one, or of the one with this number."""
        article = self.witness.store.articles.get(number or self.shown)
        return self.witness.store.annotations.of(article.id)

    @property
    def shown(self) -> int:
        """The number of the open article."""
        assert self.reading.opened is not None
        return self.reading.opened.article.number

    def stances(self) -> list[tuple[str, dict[str, str]]]:
        """Each mark of the open article on disk: its quote, and its stance toward each target."""
        return [
            (mark.anchor.exact, {stance.target: stance.code for stance in mark.stances})
            for mark in self.marks()
        ]

    def strips(self) -> list[Strip]:
        """All that is drawn now: the front screen, and the dialog before it."""
        screens = self.app.screen_stack[self.app.screen_stack.index(self.front) :]
        return [strip for screen in screens for strip in screen._compositor.render_strips(screen.size)]

    def page_strips(self) -> list[Strip]:
        """The rows of the page as they are drawn now."""
        return [self.page.render_line(y) for y in range(self.page.size.height)]


def drawn(strips: Sequence[Strip]) -> str:
    """The characters of strips, a line each."""
    return "\n".join(strip.text for strip in strips)


def logged() -> str:
    """What stands in the program's log."""
    return log_path().read_text(encoding="utf-8") if log_path().exists() else ""


@asynccontextmanager
async def at_reader(
    library: Path,
    *,
    size: tuple[int, int] = (120, 40),
    paths: Sequence[str] = (),
    typed: Sequence[str] = (),
    unforeseen: bool = False,
) -> AsyncIterator[Person]:
    """Run the program on a library until the block ends; `typed` are keys pressed before it is ready.

    The program goes on after an error that nobody foresaw; the test does not, unless it is about them.
    """
    app = ReaderApp(library, load_settings(), paths=paths)
    with desk_of(library) as witness:
        async with app.run_test(size=size) as pilot:
            person = Person(app, pilot, witness)
            person.post(*typed)
            await person.until(lambda: app.is_screen_installed("reading"), "the program to be ready")
            yield person
    assert unforeseen or "unexpected" not in logged(), logged()


@asynccontextmanager
async def at_article(
    library: Path, number: int = 1, *, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Person]:
    """Run the program with an article open."""
    async with at_reader(library, size=size) as person:
        await person.open(number)
        yield person
