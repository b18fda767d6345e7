"""The application: shows the list at once, and loads the rest when nobody waits for it."""

import gc
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual._context import active_message_pump
from textual.app import App, SystemCommand
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme
from textual.worker import WorkerFailed

from reader.desk import Desk, open_desk
from reader.errors import ReaderError, SettingsError
from reader.ids import new_id, utc_now
from reader.settings import (
    Settings,
    annotator,
    load_settings,
    no_color,
    remember,
    remembered,
    schemes_dir,
)
from reader.tui.base import BaseScreen
from reader.tui.keys import KeyTable
from reader.tui.library import LibraryScreen
from reader.tui.palette import Palette
from reader.tui.session import Session
from reader.tui.steady import Steady, told_of
from reader.tui.themes import DEFAULT, STANCE_DEFAULTS, THEMES

if TYPE_CHECKING:
    from reader.jobs import Task
    from reader.tui.feeds import FeedsScreen

_BACKUP_AFTER = 30.0
"""Seconds after the start at which the day's backup is taken: whoever has just come wants to read first."""

_PATIENCE = 2.0
"""Seconds that a key waits for another program that holds the library; then it says so."""


class ReaderApp(Steady, App[None], inherit_bindings=False):
    """One run of the program on one library."""

    TITLE = "reader"
    CSS_PATH = "app.tcss"
    # The screens bind the palette's keys like every other, so that a person can rebind them.
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(
        self,
        library: Path,
        settings: Settings,
        *,
        paths: Sequence[str] = (),
    ) -> None:
        """Open the library; `paths` are files and folders to add, the first of which is opened.

        Raises:
            ReaderError: the library or the settings cannot be used.
        """
        super().__init__(ansi_color=True if no_color() else None)
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with(self._chosen_theme(settings))
        for name in BUILTIN_THEMES:
            self.unregister_theme(name)
        keys = KeyTable(settings.keys)
        who = annotator(settings, new_id)

        def open_library(*, create: bool = True) -> Desk:
            return open_desk(
                library,
                annotator=who,
                clock=utc_now,
                new_id=new_id,
                create=create,
                patience=_PATIENCE,
                scheme=settings.scheme,
                own_schemes=schemes_dir(),
            )

        self.session = Session(
            open_library(),
            library,
            settings,
            keys,
            partial(Palette, self),
            partial(open_library, create=False),
        )
        self.set_keymap(keys.keymap())
        self._paths = tuple(paths)
        self._shown = False
        """Whether the first paint is done: there is something to go on with."""
        self._reading: BaseScreen | None = None
        self._board: BaseScreen | None = None
        self._beside: BaseScreen | None = None

    def _chosen_theme(self, settings: Settings) -> str:
        names = [theme.name for theme in THEMES]
        if settings.theme and settings.theme not in names:
            raise SettingsError(
                f"{settings.path}: there is no theme {settings.theme!r}: there are {', '.join(names)}"
            )
        for wanted in (settings.theme, remembered().get("theme", "")):
            if wanted in names:
                return wanted
        return DEFAULT

    def _begin_with(self, theme: str) -> None:
        """Take a theme before any style is parsed; setting `theme` would have all of them parsed twice."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        self.set_class(dark, "-dark-mode", update=False)
        self.set_class(not dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colour roles that a theme may leave out."""
        return STANCE_DEFAULTS

    def get_default_screen(self) -> Screen[None]:
        """The library is what the first paint shows."""
        return LibraryScreen(self.session)

    def on_mount(self) -> None:
        """Ask to be told of another theme, and do the rest after the first paint."""
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self.call_after_refresh(self.set_timer, 0.02, self._after_first_paint)

    @property
    def library_screen(self) -> LibraryScreen:
        """The library."""
        screen = self.screen_stack[0]
        assert isinstance(screen, LibraryScreen)
        return screen

    async def _after_first_paint(self) -> None:
        """Load what the first article and the first dialog need, in steps that a key can come between."""
        gc.enable()
        gc.freeze()
        if not self.screen_stack:
            # The program was left within the first moments.
            return
        self._shown = True
        screen = self.library_screen
        if self.session.desk.notice:
            screen.say(f"{self.session.desk.notice}; new stances are of the default scheme", warn=True)
        if self._paths:
            screen.add_paths(self._paths, open_first=True)
        elif self.session.desk.store.created:
            await screen.offer_starter()
        self.call_later(self._prepare_reading)
        screen.warn_of_network()
        screen.set_timer(_BACKUP_AFTER, screen.back_up)

    async def _prepare_reading(self) -> None:
        """Mount the reading screen unseen: shown for the first time it would cost some 40 ms more.

        It is not pushed for that, not even for a moment: a key could come in just then and would be its.
        """
        screen = self._reading_screen()
        if not screen.is_running:
            _, mounted = self._get_screen(screen)
            await mounted
            # Else the first article would be painted twice: before the page has a size, and after.
            screen._refresh_layout(self.size)

    @on(BaseScreen.ArticleWanted)
    async def _open_article(self, event: BaseScreen.ArticleWanted) -> None:
        from reader.tui.reading import ReadingScreen

        event.stop()
        screen = self._reading_screen()
        assert isinstance(screen, ReadingScreen)
        try:
            screen.open(event.number, event.annotation_id)
        except ReaderError as error:
            self._tell(str(error))
            return
        if screen not in self.screen_stack:
            await self.push_screen(screen)
        elif screen is not self.screen:
            # It is two articles side by side that stand before it.
            self.pop_screen()

    @on(BaseScreen.BesideWanted)
    async def _open_beside(self, event: BaseScreen.BesideWanted) -> None:
        from reader.tui.beside import BesideScreen, Side

        event.stop()
        front = self.screen
        if self._beside is None:
            self._beside = BesideScreen(self.session)
            self.install_screen(self._beside, "beside")
        assert isinstance(self._beside, BesideScreen)
        try:
            self._beside.open(Side(*event.left), Side(*event.right), event.target)
        except ReaderError as error:
            if isinstance(front, BaseScreen):
                front.say(str(error), warn=True)
            return
        await self.push_screen(self._beside)

    @on(BaseScreen.BoardWanted)
    async def _open_board(self, event: BaseScreen.BoardWanted) -> None:
        """Show the board over the library; the article it was called from comes back after it."""
        from reader.tui.board import BoardScreen

        event.stop()
        reading = self._reading_screen()
        if reading in self.screen_stack:
            self.session.before_board = self.session.article
            self.pop_screen()
        if self._board is None:
            self._board = BoardScreen(self.session)
            self.install_screen(self._board, "board")
        if self._board not in self.screen_stack:
            await self.push_screen(self._board)

    @on(LibraryScreen.FeedsWanted)
    async def _show_feeds(self, event: LibraryScreen.FeedsWanted) -> None:
        from reader.tui.feeds import FeedsScreen

        event.stop()
        if self.screen is not self.library_screen:
            return
        screen = FeedsScreen(self.session)
        await self.push_screen(screen)

    def on_feeds_screen_chosen(self, event: "FeedsScreen.Chosen") -> None:
        """List the articles of some feeds."""
        self.pop_screen()
        self.library_screen.show_view(event.view)

    def on_feeds_screen_work_wanted(self, event: "FeedsScreen.WorkWanted") -> None:
        """Fetch something."""
        task: Task = "subscribe" if event.task == "subscribe" else "refresh"
        self.library_screen.start(event.words, task)

    def on_feeds_screen_stop_wanted(self, event: "FeedsScreen.StopWanted") -> None:
        """Stop fetching."""
        event.stop()
        self.library_screen.action_stop_import()

    @on(LibraryScreen.ReviewWanted)
    async def _review(self, event: LibraryScreen.ReviewWanted) -> None:
        from reader.tui.reading import ReadingScreen

        event.stop()
        screen = self._reading_screen()
        if screen not in self.screen_stack:
            await self.push_screen(screen)
        assert isinstance(screen, ReadingScreen)
        try:
            screen.begin_review()
        except ReaderError as error:
            self.pop_screen()
            self.library_screen.say(str(error), warn=True)

    def _reading_screen(self) -> BaseScreen:
        """The reading screen: loaded and made when it is first needed, then kept."""
        from reader.tui.reading import ReadingScreen

        if self._reading is None:
            self._reading = ReadingScreen(self.session)
            self.install_screen(self._reading, "reading")
        return self._reading

    def _theme_changed(self, theme: Theme) -> None:
        remember("theme", theme.name)
        self.session.repaint()
        self._show_palette()

    def _show_palette(self) -> None:
        for screen in {*self.screen_stack, self._reading, self._board, self._beside}:
            if isinstance(screen, BaseScreen):
                screen.set_palette(self.session.palette)

    @on(BaseScreen.SchemeWanted)
    def _use_scheme(self, event: BaseScreen.SchemeWanted) -> None:
        event.stop()
        screen = event.screen
        try:
            self.session.choose_scheme(event.name)
        except ReaderError as error:
            screen.say(str(error), warn=True)
            return
        self._show_palette()
        scheme = self.session.desk.scheme
        screen.say(f"New stances are of the scheme {scheme.name}: {scheme.description}".rstrip(": "))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette lists the commands of the screen it was called from, with their keys."""
        if not isinstance(screen, BaseScreen):
            return
        labels = {f"stance-{label.key}": label for label in self.session.desk.scheme.offered}
        for command in screen.commands():
            if command.id == "palette" or (command.id.startswith("stance-") and command.id not in labels):
                continue
            label = labels.get(command.id)
            title = f"Stance: {label.name}" if label else command.title
            keys = self.session.keys.shown(command.id)
            detail = label.definition if label else command.detail
            yield SystemCommand(
                title, f"{keys}   {detail}" if detail else keys, partial(screen.run_action, command.action)
            )

    def _handle_exception(self, error: Exception) -> None:
        """What no action caught is told in one line, logged, and the program goes on.

        Before the first paint there is nothing to go on with. Textual would print the program's inside with
        parts of the article; `run` hands the error on instead: it becomes one line and an entry in the log.
        """
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error
        if self._shown and self.is_running:
            line = told_of(error)
            if self._take_away_what_failed():
                return
            try:
                self._tell(line)
            except Exception as another:
                # Not even that can be shown; the log has both.
                told_of(another)
            return
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def _take_away_what_failed(self) -> bool:
        """Take away a screen that could not be made: nobody could leave it.

        Whether it was gone already: one part of it that is missing makes the next one fail.
        """
        failed = active_message_pump.get(None)
        if not isinstance(failed, Screen) or failed.is_mounted:
            return False
        if failed not in self.screen_stack and not self.is_screen_installed(failed):
            return True
        if failed is self.screen:
            self.pop_screen()
        # It is made anew when it is needed again.
        self.uninstall_screen(failed)
        for kept in ("_reading", "_board", "_beside"):
            if getattr(self, kept) is failed:
                setattr(self, kept, None)
        return False

    def _tell(self, message: str) -> None:
        """Tell it where it is seen: in the dialog that is in front, else on the screen."""
        front = self.screen
        if isinstance(front, BaseScreen):
            front.say(message, warn=True)
            return
        from reader.tui.dialogs.base import Dialog

        if isinstance(front, Dialog) and front.is_running:
            front.complain(message)
        else:
            behind = [screen for screen in self.screen_stack if isinstance(screen, BaseScreen)]
            behind[-1].say(message, warn=True)

    async def on_unmount(self) -> None:
        """Close the library."""
        self.session.close()


def run(library: Path, paths: Sequence[str] = ()) -> int:
    """Run the program until it is left; the exit status.

    Raises:
        ReaderError: there is no terminal, or the settings or the library cannot be used. Nothing has been
            drawn then.
    """
    # Textual reads from standard input and draws on standard error.
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ReaderError("there is no terminal to draw on: use a command, see reader --help")
    app = ReaderApp(library, load_settings(), paths=paths)
    app.run()
    if app._exception is not None:
        raise app._exception
    return app.return_code or 0
