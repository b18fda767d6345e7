"""What both screens do alike: tell things in one quiet line, undo, help, palette, corrections."""

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar, cast

from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from reader.desk import reading
from reader.errors import InputError, NotFoundError, ReaderError
from reader.model import Article, Change, Metadata
from reader.tui.bars import Bar, Piece
from reader.tui.commands import Command, of_screen
from reader.tui.commands import Screen as ScreenName
from reader.tui.palette import Palette
from reader.tui.session import Session
from reader.tui.steady import Steady, told_of

if TYPE_CHECKING:
    from reader.tui.dialogs.base import Dialog

P = ParamSpec("P")
Q = TypeVar("Q")
S = TypeVar("S", bound="BaseScreen")


def told(
    action: Callable[Concatenate[S, P], Awaitable[None]],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, None]]:
    """For an action that works on the library.

    What another session has changed since the last key is shown first; an error is told in the screen's
    line, and the screen stays as it was.
    """

    @wraps(action)
    async def telling(self: S, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            self.look_again()
            await action(self, *args, **kwargs)
        except ReaderError as error:
            self.say(str(error), warn=True)

    return cast("Callable[Concatenate[S, P], Coroutine[Any, Any, None]]", telling)


_SHOWN = 60
"""So many code points of a path that cannot be one are told."""


def typed_path(text: str) -> Path:
    """A path as a person types it: ``~`` is their home.

    Raises:
        InputError: no file can be there.
    """
    try:
        path = Path(text.strip()).expanduser().absolute()
        path.exists()
    except (OSError, RuntimeError, ValueError) as error:
        # The system's own message repeats the path, which may be what is too long.
        why = error.strerror if isinstance(error, OSError) else str(error)
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        raise InputError(f"{shown!r} cannot be a path ({why})") from error
    return path


_FACTS = (
    ("title", "Title", ""),
    ("source", "Source", "the outlet"),
    ("author", "Author", ""),
    ("published", "Date", "2023, 2023-03 or 2023-03-02"),
    ("url", "Address", "https://…"),
)
"""The fields that are corrected: name, label, and what an empty one shows."""

SEARCH_LINE = "line"
"""The id of the line in which words to find are typed."""


class BaseScreen(Steady, Screen[None]):
    """A screen over a `Session` with a status line and a footer."""

    BINDINGS: ClassVar[list[BindingType]] = []
    SCOPE: ClassVar[ScreenName]
    AUTO_FOCUS = ""

    class SchemeWanted(Message):
        """Someone wants new stances to be of another scheme."""

        def __init__(self, screen: "BaseScreen", name: str) -> None:
            super().__init__()
            self.screen = screen
            self.name = name

    class ArticleWanted(Message):
        """An article is to be opened; the app shows it on the reading screen."""

        def __init__(self, number: int, annotation_id: str = "") -> None:
            """The article's number, and the mark to go to in it."""
            super().__init__()
            self.number = number
            self.annotation_id = annotation_id

    class BoardWanted(Message):
        """The claims board is to be shown."""

    class BesideWanted(Message):
        """Two articles are to be shown side by side, each with its marks toward a target."""

        def __init__(self, left: tuple[int, str], right: tuple[int, str], target: str) -> None:
            """For each side the article's number and the id of the mark to begin at, or an empty one."""
            super().__init__()
            self.left = left
            self.right = right
            self.target = target

    def __init__(self, session: Session) -> None:
        """Take what the screens share."""
        super().__init__()
        self.session = session
        self._message = ""
        self._warning = False
        self._seen = session.desk.store.version()

    # One quiet line

    def say(self, message: str, *, warn: bool = False) -> None:
        """Tell what has just happened; it stands until the next key that moves."""
        self._message = message
        self._warning = warn
        self.show_status()

    def hush(self) -> None:
        """Take back what was said."""
        if self._message:
            self._message = ""
            self.show_status()

    @property
    def said(self) -> Piece | None:
        """What was said last, as the status line shows it."""
        if not self._message:
            return None
        palette = self.session.palette
        return (" " + " ".join(self._message.split()), palette.warn if self._warning else palette.accent)

    def show_status(self) -> None:
        """Draw the status line."""
        raise NotImplementedError

    def show_footer(self) -> None:
        """Draw the keys that matter now."""
        palette = self.session.palette
        sides: list[list[Piece]] = [[(" ", palette.dim)], []]
        names, right_names = [""], list[str]()
        for command in self.commands():
            if command.hint and self.offers(command.id):
                key = self.session.keys.shown(command.id, 1)
                # Help and the way out stand at the right, where they are seen in a narrow window too.
                last = command.id in {"help", "back", "quit"}
                space = " " if last else "   "
                sides[last] += [(f"{key} ", palette.accent), (f"{self.hint(command)}{space}", palette.dim)]
                (right_names if last else names).extend([command.action, command.action])
        foot = self.query_one("#foot", Bar)
        foot.show(*sides, fill=palette.text, names=names, right_names=right_names, whole=True)

    def hint(self, command: Command) -> str:
        """What the footer calls a command now."""
        return command.hint

    def commands(self) -> list[Command]:
        """The commands that there are now."""
        return of_screen(self.SCOPE)

    def offers(self, command_id: str) -> bool:
        """Whether the footer shows this command now."""
        del command_id
        return True

    async def on_bar_clicked(self, event: Bar.Clicked) -> None:
        """Do what a clicked piece of a bar stands for."""
        event.stop()
        await self.run_action(event.name)

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        raise NotImplementedError

    def work_went_on(self) -> None:
        """Show how far an import or a refresh is; only lists say so."""

    def look_again(self) -> None:
        """Show what another session has changed since the last key."""
        raise NotImplementedError

    def changed_elsewhere(self) -> bool:
        """Whether another session has changed the library since this screen looked last."""
        before, self._seen = self._seen, self.session.desk.store.version()
        return self._seen != before

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell what ended long work too early."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and isinstance(error, Exception):
            event.stop()
            self.app._handle_exception(error)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a search line has the focus, every key is the line's but the one that leaves it."""
        del parameters
        return action == "cancel" or self.focused is None or self.focused.id != SEARCH_LINE

    async def ask(self, dialog: "Dialog[Q]", answered: Callable[[Q | None], None]) -> None:
        """Show a dialog, and wait until it is there: the next key is for it, however fast it comes.

        What `answered` raises is told. Where something was typed, the dialog comes back with it.
        """

        async def closed(given: Q | None) -> None:
            try:
                answered(given)
            except Exception as error:
                again = dialog.again(given) if given is not None else None
                if again is not None:
                    again.complaint = told_of(error)
                    await self.ask(again, answered)
                else:
                    self.say(told_of(error), warn=True)

        await self.app.push_screen(dialog, closed)

    # What both screens can do

    async def action_help(self) -> None:
        """Show every key."""
        from reader.tui.dialogs.help import Help

        await self.app.push_screen(Help(self.session.keys, self.session.desk.scheme, self.SCOPE))

    async def action_palette(self) -> None:
        """Show the command palette."""
        from textual.command import CommandPalette

        await self.app.push_screen(CommandPalette(id="--command-palette"))

    def action_board(self) -> None:
        """Show the claims board."""
        self.post_message(self.BoardWanted())

    def action_theme(self) -> None:
        """Choose a theme."""
        self.app.search_themes()

    async def action_scheme(self) -> None:
        """Choose the scheme that new stances are of."""
        from reader.desk import schemes
        from reader.tui.dialogs.schemes import SchemeChooser

        available, problems = schemes.available(self.session.desk)

        def chosen(name: str | None) -> None:
            if name is not None:
                self.post_message(self.SchemeWanted(self, name))

        await self.ask(SchemeChooser(available, self.session.desk.scheme.name, problems), chosen)

    def action_quit(self) -> None:
        """Leave the program."""
        self.app.exit()

    def action_suspend_process(self) -> None:
        """Hand the terminal back to the shell."""
        self.app.action_suspend_process()

    def _undo_or_redo(self, article_id: str | None, *, redo: bool) -> Change | None:
        """Undo or redo, tell what, and give back what changed."""
        from reader.desk import marking

        word = "redo" if redo else "undo"
        try:
            change = (marking.redo if redo else marking.undo)(self.session.desk, article_id)
        except NotFoundError:
            where = " in this article" if article_id else ""
            self.say(f"Nothing to {word}{where}")
            return None
        except ReaderError as error:
            self.say(f"Not {'redone' if redo else 'undone'}: {error}", warn=True)
            return None
        self.say(f"{'Redone' if redo else 'Undone'}: {change.what}")
        return change

    async def _correct(self, article: Article, done: Callable[[Article], None]) -> None:
        from reader.tui.dialogs.form import Field, Form

        known = article.metadata
        told = {fact.name: fact.source for fact in reading.facts(self.session.desk, article)}

        def metadata(values: Iterable[tuple[str, str]]) -> Metadata:
            return replace(known, **dict(values))

        def store(values: Mapping[str, str] | None) -> None:
            if values is not None:
                done(reading.correct(self.session.desk, article.id, metadata(values.items())))
                self.say("Corrected")

        fields = [
            Field(name, label, getattr(known, name), placeholder, told=told.get(name, ""))
            for name, label, placeholder in _FACTS
        ]
        form = Form(
            f"Article {article.number}",
            fields,
            check=lambda values: reading.checked_metadata(metadata(values.items())),
        )
        await self.ask(form, store)

    async def action_problems(self) -> None:
        """Show what the last import or refresh could not take in, and why."""
        from reader.tui.dialogs.report import Report

        if self.session.problems:
            await self.app.push_screen(Report("What could not be taken in", self.session.problems))
        else:
            self.say("Nothing was left out")

    async def _tag(self, article_id: str, tags: Sequence[str], done: Callable[[], None]) -> None:
        """Ask for an article's tags; `done` is called once they are stored."""
        from reader.tui.dialogs.prompt import Prompt

        def chosen(written: str | None) -> None:
            if written is None:
                return
            reading.set_tags(self.session.desk, article_id, written.split(","))
            done()
            self.say("Tagged" if written.strip() else "Tags taken away")

        known = self.session.desk.store.articles.tags()
        prefix = ", ".join(tags)
        suggestions = [f"{prefix}, {tag}" if prefix else tag for tag in known if tag not in tags]
        await self.ask(
            Prompt("Tags of the article", prefix, placeholder="flood, town budget", suggestions=suggestions),
            chosen,
        )
