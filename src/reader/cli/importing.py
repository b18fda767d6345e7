"""``reader import``."""

from pathlib import Path

import click

from reader.cli.opening import open_library
from reader.cli.output import warn
from reader.desk.importing import import_marks
from reader.exchange.readers import BY_NAME
from reader.model import Problem


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(BY_NAME)),
    default=None,
    metavar="FORMAT",
    help="If the file itself does not tell it.",
)
@click.option("--keep-going", is_flag=True, help="Take in what can be, where something cannot.")
@click.option("--raw", is_flag=True, help="CSV: it was exported with --raw.")
@click.pass_obj
def import_(library: Path, file: Path, form: str | None, keep_going: bool, raw: bool) -> int:
    """Take in annotations from a file.

    FORMAT is csv or jsonl as this program exports them, w3c, hypothesis, doccano or slate. Unless told to
    keep going, a file is taken in as a whole or not at all. Importing it again changes nothing.
    """

    def tell(problem: Problem) -> None:
        warn(f"{problem.origin}: {problem.message}")

    with open_library(library, create=True) as desk:
        imported = import_marks(desk, file, form or "", raw=raw, keep_going=keep_going, tell=tell)
    warn(f"{file}, read as {imported.title}: {imported}")
    return 1 if imported.counts["failed"] else 0
