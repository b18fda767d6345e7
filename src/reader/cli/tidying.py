"""``reader tidy``."""

from pathlib import Path

import click

from reader.cli.opening import open_library
from reader.cli.output import say, warn
from reader.desk import tidying


@click.command()
@click.option("--older-than", metavar="AGE", required=True, help="90d, 12w, 6m or 2y, since they came in.")
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@click.pass_obj
def tidy(library: Path, older_than: str, dry_run: bool) -> None:
    """Remove old articles of feeds that nobody has touched.

    Whatever bears or bore a mark, a star or a tag of yours stays, and so does all that did not come with a
    feed. The whole is one change: `u` on the screens undoes it.
    """
    with open_library(library, changes=not dry_run) as desk:
        rows = tidying.untouched(desk, older_than) if dry_run else tidying.tidy(desk, older_than)
        for row in rows:
            say("would remove" if dry_run else "removed", row.number, row.title)
    count = "1 article" if len(rows) == 1 else f"{len(rows):,} articles"
    warn(f"{count} {'would be removed: nothing was changed' if dry_run else 'removed'}")
