"""``reader export``."""

import sys
from io import StringIO, TextIOWrapper
from pathlib import Path

import click

from reader.cli.opening import open_library
from reader.cli.output import on_terminal, warn, write_text
from reader.desk.exporting import export_csv
from reader.desk.finding import search_marks


@click.command()
@click.argument("query", nargs=-1)
@click.option("--format", "form", type=click.Choice(["csv"]), default="csv", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file, instead of standard output.",
)
@click.option("--excel", is_flag=True, help="Begin with a byte order mark, which Excel needs.")
@click.option(
    "--raw", is_flag=True, help="Without the ' that keeps spreadsheets from running text as formulas."
)
@click.pass_obj
def export(
    library: Path, query: tuple[str, ...], form: str, output: Path | None, excel: bool, raw: bool
) -> None:
    """Write annotations as CSV.

    Those that QUERY is true of, one row per annotation and target.
    """
    with open_library(library) as desk:
        marks = search_marks(desk, " ".join(query)) if query else None
        if output:
            rows = export_csv(desk, output, marks=marks, excel=excel, raw=raw)
            warn(f"{rows} {'row' if rows == 1 else 'rows'} written to {output}")
        elif on_terminal():
            shown = StringIO(newline="")
            export_csv(desk, shown, marks=marks, raw=raw)
            write_text(shown.getvalue())
        else:
            sys.stdout.flush()
            stream = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
            try:
                export_csv(desk, stream, marks=marks, excel=excel, raw=raw)
            finally:
                stream.detach()
