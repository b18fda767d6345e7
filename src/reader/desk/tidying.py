"""Clearing out what feeds brought long ago and nobody has touched. Nothing does it unless a person asks."""

from datetime import datetime, timedelta

from reader.desk import Desk
from reader.errors import InputError
from reader.model import ArticleRow

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_AT_ONCE = 500


def cut_off(age: str, now: str) -> str:
    """The time that lies so far back: ``90d``, ``12w``, ``6m`` (of 30 days) or ``2y``.

    Args:
        age: as it is typed.
        now: ISO 8601 in UTC.

    Raises:
        InputError: it is no such age.
    """
    number, unit = age.strip()[:-1], age.strip()[-1:].lower()
    if not (number.isascii() and number.isdigit() and len(number) < 6 and unit in _DAYS):
        raise InputError(f"{age!r} is no age: write 90d, 12w, 6m or 2y")
    try:
        moment = datetime.fromisoformat(now) - timedelta(days=int(number) * _DAYS[unit])
    except OverflowError as error:
        raise InputError(f"{age!r} is before all dates: write 90d, 12w, 6m or 2y") from error
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def untouched(desk: Desk, older_than: str) -> list[ArticleRow]:
    """What tidying would remove: articles that came with a feed and bear no mark, star or tag of a person's.

    Raises:
        InputError: `older_than` is no age.
    """
    numbers = desk.store.feeds.untouched(cut_off(older_than, desk.store.clock()))
    return [
        row
        for start in range(0, len(numbers), _AT_ONCE)
        for row in desk.store.articles.rows(numbers[start : start + _AT_ONCE])
    ]


def tidy(desk: Desk, older_than: str) -> list[ArticleRow]:
    """Remove what is untouched, as one change that is undone as one; returns what was removed.

    Raises:
        InputError: `older_than` is no age.
    """
    with desk.store.transaction():
        rows = untouched(desk, older_than)
        for row in rows:
            desk.store.articles.remove(row.id)
    return rows
