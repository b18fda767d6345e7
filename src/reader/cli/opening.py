"""Opening the library for a command."""

from pathlib import Path

from reader.cli.output import warn
from reader.desk import Desk, open_desk
from reader.errors import StoreError
from reader.ids import new_id, utc_now
from reader.settings import annotator, load_settings, schemes_dir


def open_library(library: Path, *, create: bool = False, changes: bool = False) -> Desk:
    """Open the library as the person the settings name.

    A missing library is made only where something is put in, and that is told: a path may be mistyped.

    Args:
        library: the library file.
        create: whether to make a missing one.
        changes: whether the command changes something: then the day's backup is taken first, if due.

    Raises:
        SettingsError: the settings file cannot be followed.
        StoreError: the library cannot be used.
        NotFoundError: it is missing and `create` is False.
    """
    settings = load_settings()
    desk = open_desk(
        library,
        annotator=annotator(settings, new_id),
        clock=utc_now,
        new_id=new_id,
        create=create,
        scheme=settings.scheme,
        own_schemes=schemes_dir(),
    )
    if desk.store.created:
        warn(f"there was no library: made {library}")
    elif changes or create:
        try:
            desk.store.backup_if_due()
        except StoreError as error:
            warn(f"today's backup could not be taken: {error}")
    if desk.notice:
        warn(f"{desk.notice}; stances are of the scheme {desk.scheme.name}")
    return desk
