"""Queries saved under a name, to be chosen in the library or named in other queries: ``saved:name``."""

from reader.desk import Desk
from reader.desk.finding import parsed
from reader.errors import InputError
from reader.model import SavedQuery

_LONGEST = 60
"""Code points of a name."""


def saved(desk: Desk) -> list[SavedQuery]:
    """The saved queries, by name."""
    return desk.store.saved_queries.all()


def save(desk: Desk, name: str, query: str) -> str:
    """Save a query under a name, in place of the one that has it; undoable.

    Returns:
        The name, tidied.

    Raises:
        InputError: the name is empty or too long, or the query is empty.
        QueryError: the query means nothing.
    """
    name = _checked(name)
    if not query.strip():
        raise InputError("there is no query to save: search for something first")
    parsed(desk, query)
    desk.store.saved_queries.save(name, " ".join(query.split()))
    return name


def rename(desk: Desk, query: SavedQuery, name: str) -> str:
    """Give a saved query another name; undoable. Returns the name, tidied.

    Raises:
        InputError: the name is empty or too long.
        NotFoundError: the query is not there any more.
        ConflictError: another one has the name.
    """
    name = _checked(name)
    desk.store.saved_queries.rename(query.id, name)
    return name


def delete(desk: Desk, query: SavedQuery) -> None:
    """Take a saved query away; undoable.

    Raises:
        NotFoundError: it is not there any more.
    """
    desk.store.saved_queries.delete(query.id)


def _checked(name: str) -> str:
    # A quotation mark could not be typed after `saved:`.
    name = " ".join(name.replace('"', " ").split())
    if not name:
        raise InputError("a saved query needs a name")
    if len(name) > _LONGEST:
        raise InputError(f"the name has more than {_LONGEST} characters: choose a shorter one")
    return name
