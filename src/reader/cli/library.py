"""``reader check``, ``backup`` and ``where``."""

from pathlib import Path

import click

from reader.cli.opening import open_library
from reader.cli.output import say, warn
from reader.ids import new_id
from reader.settings import annotator, load_settings, log_path


@click.command()
@click.pass_obj
def check(library: Path) -> int:
    """Look for damage in the library; says what was found."""
    with open_library(library, create=False) as desk:
        problems = desk.store.check()
    for problem in problems:
        warn(problem)
    if not problems:
        say("whole", library)
    return 1 if problems else 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(library: Path, file: Path) -> None:
    """Copy the library to FILE, consistently even while it is in use; never over a file that is there."""
    with open_library(library, create=False) as desk:
        desk.store.backup(file)
    say("backed up", library, file)


@click.command()
@click.pass_obj
def where(library: Path) -> None:
    """Tell where the library, the settings and the log are, which SQLite is in use and who marks."""
    settings = load_settings()
    say("library", library)
    if library.exists():
        with open_library(library, create=False) as desk:
            store = desk.store
            say("sqlite", store.sqlite_version, f"journal mode {store.journal_mode}")
            if store.read_only:
                say("read-only", store.read_only)
    say("settings", settings.path)
    say("log", log_path())
    say("annotator", annotator(settings, new_id).name)
