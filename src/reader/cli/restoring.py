"""``reader restore``: the backups that a library keeps of itself, and putting one back."""

import sys
from pathlib import Path

import click

from reader.cli.output import say, warn
from reader.errors import NotFoundError, ReaderError, StoreError
from reader.ids import utc_now
from reader.store import backups


@click.command()
@click.argument("which", metavar="[NUMBER|FILE]", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(library: Path, which: str | None, yes: bool) -> int:
    """List the library's backups, or put one back.

    What stands in the library's place is kept beside it. Without an argument the backups are listed, newest
    first: number, when it was taken, bytes, articles, annotations.
    """
    if which is None:
        return _list(library)
    source = _named(library, which)
    articles, annotations = backups.checked(source)
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("Say --yes: there is nobody to ask whether to replace the library.")
        question = (
            f"Put {source.name} ({articles} articles, {annotations} annotations) in place of {library}?"
        )
        if not click.confirm(question, err=True):
            warn("nothing was changed")
            return 1
    aside = backups.restore(library, source, utc_now())
    say("restored", library, f"{articles} articles, {annotations} annotations")
    if aside:
        say("kept", aside, "what was there before")
    return 0


def _list(library: Path) -> int:
    found = backups.listed(library)
    if not found:
        warn(f"no backups of {library} yet: one is taken each day on which the library is changed")
    status = 0
    for number, one in enumerate(found, 1):
        try:
            counts: tuple[object, ...] = backups.checked(one.path)
        except ReaderError as error:
            counts, status = (str(error),), 1
        say(number, one.taken_at, one.size, *counts)
    return status


def _named(library: Path, which: str) -> Path:
    """The backup by its number in the list, or a file by its path.

    Raises:
        NotFoundError: there is none of that number.
        StoreError: the file named is the library itself.
    """
    if which.isascii() and which.isdigit() and not Path(which).exists():
        found = backups.listed(library)
        if not 1 <= int(which[:9]) <= len(found):
            raise NotFoundError(f"there is no backup {which}: `reader restore` lists those there are")
        return found[int(which) - 1].path
    path = Path(which).absolute()
    if library.exists() and path.exists() and path.samefile(library):
        raise StoreError(f"{path}: is the library itself: name a backup")
    return path
