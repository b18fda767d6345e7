"""What the screens share: the desk, the keys, the palette, the list, the current target."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, TypeVar

from reader.desk import Desk, schemes, targets
from reader.model import Annotation, Target
from reader.settings import Settings
from reader.text.tidy import one_line
from reader.tui.codebook import Codebook
from reader.tui.keys import KeyTable
from reader.tui.listing import Listing
from reader.tui.palette import Palette

T = TypeVar("T")


class Place(NamedTuple):
    """A place in an article."""

    article: int
    """Its number."""
    caret: int
    """Code points from the start of the shown text."""


class Background:
    """One thread with a desk of its own, for what would hold up the next key."""

    def __init__(self, open_again: Callable[[], Desk]) -> None:
        """`open_again` opens the library once more; it is called in the thread, when first needed."""
        self._open_again = open_again
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="reader-background")
        self._desk: Desk | None = None

    async def run(self, work: Callable[[Desk], T]) -> T:
        """Do some work with the thread's desk and wait for it without holding up anything else."""

        def call() -> T:
            if self._desk is None:
                self._desk = self._open_again()
            return work(self._desk)

        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    def interrupt(self) -> None:
        """Stop the query that is running, if one is; its waiter gets a StoreError."""
        if self._desk is not None:
            self._desk.store.interrupt()

    def close(self) -> None:
        """Let the work at hand end, then close the thread's desk."""

        def close() -> None:
            if self._desk is not None:
                self._desk.close()

        self._pool.submit(close)
        self._pool.shutdown(wait=True)


class Session:
    """One run of the program on one library."""

    def __init__(
        self,
        desk: Desk,
        library: Path,
        settings: Settings,
        keys: KeyTable,
        paint: Callable[[Sequence[str]], Palette],
        open_again: Callable[[], Desk],
    ) -> None:
        """Take what was opened at the start and read the first articles.

        `paint` makes a palette in the present theme for the colour roles of labels.
        """
        self.desk = desk
        self.library = library
        self.settings = settings
        self.keys = keys
        self._paint = paint
        self._take_scheme()
        self.listing = Listing(desk)
        self.background = Background(open_again)
        self.article = 0
        """The number of the article on the reading screen, 0 once the library has seen it."""
        self.visited: list[int] = []
        """The numbers of the articles that were opened, the last one first."""
        self.before_board = 0
        """The number of the article that the board was opened from, 0 where it was the library."""
        self.problems: tuple[str, ...] = ()
        """What the last import or refresh could not take in."""
        self.work = ""
        """How far the import or the refresh is that is running; empty where none is."""
        self.target = ""
        """The current target: what new stances are toward, across articles and sessions."""
        self._chosen: list[Target] = []
        """Targets set in this session, which perhaps no mark bears yet, newest first."""
        self.link_from: Annotation | None = None
        """The mark at which a link was begun."""
        self.trail: list[Place] = []
        """Where links were followed from, the last one last."""
        self._current = targets.current(desk)
        self.refresh_target()

    def _take_scheme(self) -> None:
        self.codebook = Codebook(self.desk.scheme, lambda: schemes.known(self.desk))
        self.repaint()

    def repaint(self) -> None:
        """Take the theme's colours anew."""
        self.palette = self._paint(self.codebook.colours)

    def choose_target(self, text: str) -> None:
        """Make new stances toward another target, in this session and the next ones on this library.

        Raises:
            StoreError: the choice cannot be kept.
        """
        self._current = targets.choose(self.desk, text)
        self.target = self._current.text if self._current else one_line(text)
        if self._current is not None:
            self._chosen = [self._current, *(one for one in self._chosen if one.id != self._current.id)]

    def known_targets(self) -> list[str]:
        """What a target can be completed to: those set in this session, then those in use."""
        chosen = [self.desk.store.targets.get(target.id).text for target in self._chosen]
        return list(dict.fromkeys([*chosen, *targets.in_use(self.desk)]))

    def forget_target(self, target: Target) -> None:
        """No longer complete to a target that was merged with another one."""
        self._chosen = [one for one in self._chosen if one.id != target.id]

    def refresh_target(self) -> None:
        """Call the current target by its present name."""
        if self._current is not None:
            self._current = self.desk.store.targets.get(self._current.id)
            self.target = self._current.text

    def choose_scheme(self, name: str) -> None:
        """Make new stances of another scheme, in this session and the next ones on this library.

        Raises:
            ReaderError: there is no such scheme, or the choice cannot be kept.
        """
        self.desk = schemes.choose(self.desk, name)
        self._take_scheme()

    def saved_name(self, query: str) -> str:
        """The name under which a query is saved, or nothing."""
        if not query.strip():
            return ""
        from reader.desk.queries import saved

        text = " ".join(query.split())
        return next((known.name for known in saved(self.desk) if known.query == text), "")

    def close(self) -> None:
        """Close the library in both threads."""
        self.background.close()
        self.desk.close()
