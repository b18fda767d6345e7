"""``reader check``, ``backup`` and ``where``."""

from pathlib import Path

import click

from reader.cli.opening import open_library
from reader.cli.output import say, warn
from reader.ids import new_id
from reader.settings import annotator, load_settings, log_path
from reader.store import backups

_CAUTION = (
    "can damage a library that two sessions write through a write-ahead log, so none is used: "
    "install pysqlite3 for a newer one"
)


@click.command()
@click.pass_obj
def check(library: Path) -> int:
    """Look for damage in the library."""
    with open_library(library) as desk:
        problems = desk.store.check()
    for problem in problems:
        warn(problem)
    if not problems:
        say("whole", library)
        return 0
    warn("`reader restore` lists the backups, `reader recover FILE` saves what the library still holds")
    return 1


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(library: Path, file: Path) -> None:
    """Copy the library.

    Consistently, even while it is in use, and never over a file that is there.
    """
    with open_library(library) as desk:
        desk.store.backup(file)
    say("backed up", library, file)


@click.command()
@click.pass_obj
def where(library: Path) -> None:
    """Tell where everything is.

    The library, the settings and the log; also which SQLite is in use, and who marks.
    """
    settings = load_settings()
    # First what is known whatever the library is like: it may be damaged, and that is told last.
    say("settings", settings.path)
    say("log", log_path())
    say("annotator", annotator(settings, new_id).name)
    if not library.exists():
        say("library", library, "not there yet: `reader add` makes it")
        return
    say("library", library)
    with open_library(library) as desk:
        store = desk.store
        if store.read_only:
            say("read only", store.read_only)
        _say("sqlite", store.sqlite_version, "" if store.wal_is_safe else _CAUTION)
        network = f"on {store.network}, a network file system, none else is safe" if store.network else ""
        _say("journal", store.journal_mode, network)
    found = backups.listed(library)
    say("backups", backups.folder(library), *([f"{len(found)}, last {found[0].taken_at}"] if found else []))


def _say(name: str, value: object, remark: str = "") -> None:
    say(name, value, *([remark] if remark else []))
