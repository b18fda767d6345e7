"""Adding files and folders in a child process, the starter library, and importing marks."""

from collections.abc import Sequence
from pathlib import Path

from textual import work

from reader.errors import ReaderError
from reader.tui.base import BaseScreen, told, typed_path
from reader.tui.library.base import LibraryBase


class Adding(LibraryBase):
    """Imports, told in the status line while they run."""

    async def action_add(self) -> None:
        """Ask for a file or a folder and add it."""
        from reader.tui.dialogs.prompt import Prompt

        def chosen(path: str | None) -> None:
            if path is None or not path.strip():
                return
            try:
                self.add_paths([str(typed_path(path))])
            except ReaderError as error:
                self.say(str(error), warn=True)

        await self.ask(
            Prompt(
                "Add a file or a folder", placeholder="path of a .txt .md .html .csv .jsonl file, or a folder"
            ),
            chosen,
        )

    @told
    async def action_import_marks(self) -> None:
        """Ask for a file of marks and take them in."""
        from reader.tui.dialogs.prompt import Prompt

        def chosen(path: str | None) -> None:
            if path is None or not path.strip():
                return
            try:
                self._import_marks(typed_path(path))
            except ReaderError as error:
                self.say(str(error), warn=True)

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
                self.say(f"{self.session.keys.shown('add', 1)} adds a file or a folder")

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
        """Add files and folders, with progress in the status line.

        Args:
            paths: what to add.
            open_first: whether to open the first article of them as soon as it is there.
        """
        if self.importing:
            self.say(f"An import is running: {self.session.keys.shown('stop-import', 1)} stops it")
            return
        self.importing = "adding …"
        self._add(paths, open_first)

    @work(group="import", exit_on_error=False)
    async def _add(self, paths: Sequence[str], open_first: bool) -> None:
        # Loaded at the first import: starting a child is nothing that the first paint should pay for.
        from reader.jobs import Job, Progress
        from reader.tui.library.words import so_far, the_end

        job = Job(self.session.library, paths)
        self.show_status()
        shown = 0
        last = Progress()
        try:
            async for progress in job.run():
                last = progress
                self.importing = so_far(progress)
                if open_first and progress.first:
                    open_first = False
                    self.reload(progress.first)
                    # Whoever is in a dialog by now, or reading something else, is left in peace.
                    if self.app.screen is self:
                        self.open_article(progress.first)
                elif progress.added + progress.updated > shown and not shown:
                    self.reload()
                shown = progress.added + progress.updated
                self.show_status()
        finally:
            job.cancel()
            self.importing = ""
        self.reload()
        self.session.problems = last.problems
        key = self.session.keys.shown("problems", 1)
        self._tell_in_front(the_end(last, key), warn=bool(last.failed or last.error))

    def _tell_in_front(self, message: str, *, warn: bool) -> None:
        """Tell it on the screen that is in front, since the import may end while an article is read."""
        front = self.app.screen
        (front if isinstance(front, BaseScreen) else self).say(message, warn=warn)

    async def action_problems(self) -> None:
        """Show what the last import could not take in, and why."""
        from reader.tui.dialogs.report import Report

        if self.session.problems:
            await self.app.push_screen(Report("What could not be taken in", self.session.problems))
        else:
            self.say("Nothing was left out")

    def action_stop_import(self) -> None:
        """Stop the import; what was added stays."""
        if self.importing:
            self.workers.cancel_group(self, "import")
            self.importing = ""
            self.reload()
            self.say("Import stopped; what was added stays")
        else:
            self.say("No import is running")
