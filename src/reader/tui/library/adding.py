"""Adding files, folders, pages and news in a child process, the starter library, and importing marks."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from reader.errors import ReaderError
from reader.tui.base import BaseScreen, told, typed_path
from reader.tui.library.base import LibraryBase

if TYPE_CHECKING:
    from reader.jobs import Task


class Adding(LibraryBase):
    """Imports, told in the status line while they run."""

    async def action_add(self) -> None:
        """Ask for a file or a folder and add it."""
        from reader.tui.dialogs.prompt import Prompt

        def chosen(path: str | None) -> None:
            if path is not None and path.strip():
                address = path.strip() if "://" in path else ""
                self.add_paths([address or str(typed_path(path))])

        await self.ask(
            Prompt(
                "Add a file, a folder or a web page",
                placeholder="https://…, or the path of a .txt .md .html .csv .jsonl file or a folder",
            ),
            chosen,
        )

    @told
    async def action_import_marks(self) -> None:
        """Ask for a file of marks and take them in."""
        from reader.tui.dialogs.prompt import Prompt

        def chosen(path: str | None) -> None:
            if path is not None and path.strip():
                self._import_marks(typed_path(path))

        title = "Import marks from a file"
        await self.ask(
            Prompt(title, placeholder="CSV, JSON Lines, Web Annotations, Hypothesis, doccano, slate"), chosen
        )

    @work(group="import", exit_on_error=False)
    async def _import_marks(self, path: Path) -> None:
        from reader.desk.importing import import_marks

        problems: list[str] = []
        self.say(f"Importing {path} …")
        try:
            imported = await self.session.background.run(
                lambda desk: import_marks(
                    desk, path, tell=lambda problem: problems.append(f"{problem.origin}: {problem.message}")
                )
            )
        except ReaderError as error:
            self._tell_in_front(str(error), warn=True)
            return
        self.session.problems = tuple(problems)
        self.reload()
        key = self.session.keys.shown("problems", 1)
        hint = f" · {key} says why" if problems else ""
        self._tell_in_front(f"{imported.title}: {imported}{hint}", warn=bool(problems))

    async def offer_starter(self) -> None:
        """Offer the starter articles to a library that was just made."""
        from reader.desk.starter import starter_files
        from reader.tui.dialogs.confirm import Confirm

        files = [str(path) for path in starter_files()]
        if not files:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.add_paths(files)
            else:
                self.say(f"{self.session.keys.shown('add', 1)} adds a file, a folder or a web page")

        await self.ask(
            Confirm(
                "This library is new and empty",
                f"Add {len(files)} short articles to begin with? They are invented: several accounts of one "
                "event that disagree with each other, damaged as news on the web is.",
                yes="Add them",
            ),
            answered,
        )

    def add_paths(self, paths: Sequence[str], *, open_first: bool = False) -> None:
        """Add files, folders and web pages, with progress in the status line.

        Args:
            paths: what to add.
            open_first: whether to open the first article of them as soon as it is there.
        """
        self.start(paths, "add", open_first=open_first)

    def start(self, words: Sequence[str], task: "Task", *, open_first: bool = False) -> None:
        """Start work in a child process, unless some is under way; see `jobs.Job`."""
        if self.importing:
            stop = self.session.keys.shown("stop-import", 1)
            self._tell_in_front(f"An import or a refresh is running: {stop} stops it", warn=False)
            return
        self.importing = "adding …" if task == "add" else "looking for news …"
        self._run(words, task, open_first)

    @told
    async def action_refresh(self) -> None:
        """Look for news in the feeds that are due, or in those that are shown."""
        numbers = self.session.listing.view.feeds
        if not numbers and not self.session.desk.store.feeds.all():
            self.say(f"There are no feeds yet: {self.session.keys.shown('feeds', 1)} adds them")
            return
        self.start([str(number) for number in numbers], "refresh")

    @work(group="import", exit_on_error=False)
    async def _run(self, words: Sequence[str], task: "Task", open_first: bool) -> None:
        # Loaded at the first import: starting a child is nothing that the first paint should pay for.
        from reader.jobs import Job, Progress
        from reader.tui.library.words import so_far, the_end

        job = Job(self.session.library, words, task)
        self._show_work()
        shown = 0
        last = Progress()
        try:
            async for progress in job.run():
                last = progress
                self.importing = so_far(progress, task)
                if open_first and progress.first:
                    open_first = False
                    self.reload(progress.first)
                    # Whoever is in a dialog by now, or reading something else, is left in peace.
                    if self.app.screen is self:
                        self.open_article(progress.first)
                elif progress.added + progress.updated > shown and not shown:
                    self.reload()
                shown = progress.added + progress.updated
                self._show_work()
        finally:
            job.cancel()
            self.importing = ""
        self.reload()
        self._show_work()
        self.session.problems = last.problems
        key = self.session.keys.shown("problems", 1)
        self._tell_in_front(the_end(last, key, task), warn=bool(last.failed or last.error))

    def _show_work(self) -> None:
        """Show how far the work is, on the feeds' screen too."""
        self.session.work = self.importing
        self.show_status()
        front = self.app.screen
        if isinstance(front, BaseScreen) and front is not self:
            front.work_went_on()

    def _tell_in_front(self, message: str, *, warn: bool) -> None:
        """Tell it on the screen that is in front, since the import may end while an article is read."""
        front = self.app.screen
        (front if isinstance(front, BaseScreen) else self).say(message, warn=warn)

    def action_stop_import(self) -> None:
        """Stop the import; what was added stays."""
        if self.importing:
            self.workers.cancel_group(self, "import")
            self.importing = ""
            self.reload()
            self._show_work()
            self._tell_in_front("Stopped; what was added stays", warn=False)
        else:
            self._tell_in_front("No import and no refresh is running", warn=False)
