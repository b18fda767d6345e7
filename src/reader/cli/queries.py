"""``reader queries``."""

from pathlib import Path

import click

from reader.cli.opening import open_library
from reader.cli.output import say
from reader.desk import queries as saving
from reader.errors import NotFoundError


@click.command()
@click.argument("query", nargs=-1)
@click.option("--save", "name", metavar="NAME", help="Save QUERY under this name.")
@click.option("--remove", metavar="NAME", help="Remove the query with this name.")
@click.pass_obj
def queries(library: Path, query: tuple[str, ...], name: str | None, remove: str | None) -> None:
    """List, save and remove saved queries.

    On a line: name and query. Any QUERY may name them: saved:NAME.
    """
    if query and name is None:
        raise click.UsageError("a QUERY is only for --save.")
    with open_library(library) as desk:
        if name is not None:
            saving.save(desk, name, " ".join(query))
        if remove is not None:
            found = next((known for known in saving.saved(desk) if known.name == remove), None)
            if found is None:
                raise NotFoundError(f"there is no query saved as {remove}")
            saving.delete(desk, found)
        if name is None and remove is None:
            for known in saving.saved(desk):
                say(known.name, known.query)
