"""``reader export``."""

import sys
from io import BytesIO
from pathlib import Path

import click

from reader.cli.opening import open_library
from reader.cli.output import on_terminal, warn, write_text
from reader.desk.exporting import export as export_to
from reader.desk.finding import search_marks
from reader.exchange import BY_NAME


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(list(BY_NAME)), default="csv", show_default=True, metavar="FORMAT"
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A file, instead of standard output; for brat a new folder, for csv a file or a folder.",
)
@click.option("--excel", is_flag=True, help="CSV: begin with a byte order mark, which Excel needs.")
@click.option(
    "--raw", is_flag=True, help="CSV: without the ' that keeps spreadsheets from running text as formulas."
)
@click.pass_obj
def export(
    library: Path, query: tuple[str, ...], form: str, output: Path | None, excel: bool, raw: bool
) -> None:
    """Write annotations in one of many formats.

    Those that QUERY is true of. FORMAT is csv, jsonl, w3c, brat, doccano, markdown, xlsx, html or
    claimreview; what it has no place for is named on standard error.
    """
    if form != "csv" and (excel or raw):
        raise click.UsageError(f"{'--excel' if excel else '--raw'} is for csv only.")
    if output is None and not BY_NAME[form].suffix:
        raise click.UsageError(f"{form} is a folder of files: name it with -o.")
    if output is None and not BY_NAME[form].text and on_terminal():
        raise click.UsageError(f"{form} is not for a terminal: name a file with -o.")
    with open_library(library) as desk:
        marks = search_marks(desk, " ".join(query)) if query else None
        if output:
            written = export_to(desk, output, form, marks=marks, excel=excel, raw=raw)
            warn(f"{written} written to {output}")
        elif on_terminal():
            shown = BytesIO()
            written = export_to(desk, shown, form, marks=marks, raw=raw)
            write_text(shown.getvalue().decode())
        else:
            sys.stdout.flush()
            written = export_to(desk, sys.stdout.buffer, form, marks=marks, excel=excel, raw=raw)
            sys.stdout.buffer.flush()
    if written.lost:
        warn(written.lost)
