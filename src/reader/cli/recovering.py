"""``reader recover``: what can be read of a damaged library, in a new one."""

from pathlib import Path

import click

from reader.cli.output import say, warn
from reader.ids import new_id, utc_now
from reader.settings import annotator, load_settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("damaged", type=click.Path(path_type=Path), required=False)
@click.pass_obj
def recover(library: Path, file: Path, damaged: Path | None) -> int:
    """Save what a damaged library still holds.

    What can be read of the library, or of the file DAMAGED, is written into a new library FILE; the damaged
    one is left as it is. Marks that are damaged themselves come back from the history. A line is written for
    whatever is lost or may not be as it was, and the exit status is then 1. Where there is a backup, look at
    that first: `reader restore`.
    """
    from reader.desk.cleaning import prepare
    from reader.store.recovery import recover

    source = damaged or library
    me = annotator(load_settings(), new_id)
    recovered = recover(source, file, prepare=prepare, annotator=me, clock=utc_now, new_id=new_id)
    say("recovered", file, f"{recovered.articles} articles, {recovered.annotations} annotations")
    for line in recovered.changed:
        warn(f"changed: {line}")
    for line in recovered.lost:
        warn(f"lost: {line}")
    return 1 if recovered.changed or recovered.lost else 0
