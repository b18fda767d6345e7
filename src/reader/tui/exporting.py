"""Exporting from a screen: which marks, in which format and where to."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual import work

from reader.desk import Desk
from reader.errors import ReaderError
from reader.settings import remember, remembered
from reader.tui.base import BaseScreen, typed_path

if TYPE_CHECKING:
    from reader.exchange import Written

_FOR_EXCEL = (("no", ""), ("yes, with a byte order mark", "yes"))


class Choice(NamedTuple):
    """Marks that can be exported: all of them where nothing else is said."""

    name: str
    numbers: Sequence[int] | None = None
    """Those of these articles."""
    marks: Sequence[int] | None = None
    """Those with these keys."""
    query: str = ""
    """Those that a query is true of."""


ALL = Choice("all there are")


class ExportingScreen(BaseScreen):
    """A screen from which marks are exported."""

    async def _export(self, choices: Sequence[Choice]) -> None:
        """Ask which of some marks are to be written, and write them; the first are offered."""
        from reader.desk.exporting import writes_folder
        from reader.exchange import BY_NAME, FORMATS
        from reader.tui.dialogs.form import Field, Form

        kept = remembered()
        folder = kept.get("export-folder") or str(Path.cwd())
        usual = BY_NAME.get(kept.get("export-format", ""), FORMATS[0])
        names = tuple((choice.name, str(index)) for index, choice in enumerate(choices))
        fields = [
            Field("path", "File", str(Path(folder) / f"marks{usual.suffix}")),
            Field("format", "Format", usual.name, choices=tuple((form.title, form.name) for form in FORMATS)),
            Field("what", "Marks", names[0][1], choices=names),
            Field("excel", "For Excel", kept.get("excel", ""), choices=_FOR_EXCEL),
        ]

        def follow(values: Mapping[str, str]) -> Mapping[str, str]:
            """The file's name ends as those of the format do, unless its end is one of no format."""
            try:
                path = typed_path(values["path"])
            except ReaderError:
                return {}
            if not path.name or path.is_dir() or path.suffix not in {form.suffix for form in FORMATS}:
                return {}
            return {"path": str(path.with_suffix(BY_NAME[values["format"]].suffix))}

        def check(values: Mapping[str, str]) -> None:
            writes_folder(BY_NAME[values["format"]], typed_path(values["path"]))

        def chosen(values: Mapping[str, str] | None) -> None:
            if values is None:
                return
            path = typed_path(values["path"])
            form = BY_NAME[values["format"]]
            excel = values["excel"] == "yes" and form.name == "csv"
            choice = choices[int(values["what"])]
            remember("excel", values["excel"])
            remember("export-format", form.name)
            remember("export-folder", str(path.parent))

            def write(yes: bool | None = True) -> None:
                if yes:
                    self._write(path, form.name, choice, excel=excel)
                else:
                    self.say("Not exported")

            # A format that is only ever a folder replaces nothing.
            if path.exists() and form.suffix:
                from reader.tui.dialogs.confirm import Confirm

                what = "Replace the tables in the folder?" if path.is_dir() else "Replace the file?"
                self.app.push_screen(Confirm(what, str(path), yes="Replace"), write)
            else:
                write()

        await self.ask(Form("Export the marks", fields, check=check, follow=follow), chosen)

    @work(group="export", exit_on_error=False)
    async def _write(self, path: Path, form: str, choice: Choice, *, excel: bool) -> None:
        from reader.desk import exporting, finding

        def write(desk: Desk) -> "Written":
            # As the list shows it, the last word may be the beginning of one.
            query = choice.query
            marks = finding.search_marks(desk, query, typing=True) if query else choice.marks
            return exporting.export(desk, path, form, numbers=choice.numbers, marks=marks, excel=excel)

        self.say(f"Exporting to {path} …")
        try:
            written = await self.session.background.run(write)
        except ReaderError as error:
            self.say(str(error), warn=True)
        else:
            # What was lost comes first: a line that is too long is cut at its end.
            lost = f"{written.lost} · " if written.lost else ""
            self.say(f"{lost}Exported {written} to {path}", warn=bool(written.lost))
