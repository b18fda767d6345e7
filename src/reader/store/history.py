"""Undo and redo, over restarts: the journal's events played backwards and forwards again."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reader.errors import ConflictError, NotFoundError
from reader.model import Change
from reader.store import (
    annotation_state,
    article_state,
    feed_state,
    relation_state,
    saved_queries,
    settlements,
    target_state,
)
from reader.store.codec import decoding, unpacked
from reader.store.connection import Connection, Row
from reader.store.journal import BY_READING, Image, Journal, difference
from reader.store.schema import SHIFT

_ARROW = re.compile(r"(?P<head>(?:[^→:]*: )?)(?P<before>.*?) → (?P<after>.*)", re.DOTALL)
_OPPOSITES = {
    BY_READING: "unread",
    "starred": "unstarred",
    "unstarred": "starred",
    "marked": "unmarked",
    "marked as read": "marked as unread",
    "marked as unread": "marked as read",
    "removed the article": "brought the article back",
    "added the article again": "removed the article again",
    "took in a newer text": "went back to the older text",
}


def inverse(what: str) -> str:
    """A change in words, told backwards: ``support → oppose`` becomes ``oppose → support``.

    What has no opposite in words (``changed the note``) is told as it was.
    """
    if what in _OPPOSITES:
        return _OPPOSITES[what]
    if found := _ARROW.fullmatch(what):
        return f"{found['head']}{found['after']} → {found['before']}"
    if what.startswith("linked: "):
        return f"unlinked: {what.removeprefix('linked: ')}"
    if what.startswith("unlinked: "):
        return f"linked: {what.removeprefix('unlinked: ')}"
    if what.startswith("marked as "):
        return f"unmarked ({what.removeprefix('marked as ')})"
    if what.startswith("saved the query "):
        return what.replace("saved", "removed", 1)
    if what.startswith("removed the query "):
        return what.replace("removed", "brought back", 1)
    if what.startswith("deleted "):
        return f"restored {what.removeprefix('deleted ')}"
    if what.startswith("added the feed "):
        return what.replace("added", "removed", 1)
    if what.startswith("removed the feed "):
        return what.replace("removed", "brought back", 1)
    return what


class History:
    """What this annotator did, to be taken back and done again. Others' changes are never touched."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def undo(self, article_id: str | None = None) -> Change:
        """Take back this annotator's newest change, in this article or anywhere.

        Returns:
            The change, told backwards.

        Raises:
            NotFoundError: there is nothing to undo.
            ConflictError: what was changed has been changed again since; nothing is done.
        """
        with self._connection.transaction():
            events = self._newest("undone_at IS NULL", "id", article_id, "undo")
            for event in reversed(events):
                self._play(event, expected=event.after, wanted=event.before)
            self._connection.run(
                "UPDATE event SET undone_at = ?, undone_order = 1 + (SELECT coalesce(max(undone_order), 0)"
                " FROM event WHERE undone_order IS NOT NULL) WHERE group_id = ?",
                [self._journal.clock(), events[0].group],
            )
            return _change(events, [inverse(event.what) for event in events], article_id)

    def redo(self, article_id: str | None = None) -> Change:
        """Do again what was undone last, in this article or anywhere.

        A new change in an article ends what could be redone there.

        Returns:
            The change, told forwards.

        Raises:
            NotFoundError: there is nothing to redo.
            ConflictError: what was changed has been changed again since; nothing is done.
        """
        with self._connection.transaction():
            events = self._newest("undone_order IS NOT NULL", "undone_order", article_id, "redo")
            for event in events:
                self._play(event, expected=event.before, wanted=event.after)
            self._connection.run(
                "UPDATE event SET undone_at = NULL, undone_order = NULL WHERE group_id = ?", [events[0].group]
            )
            return _change(events, [event.what for event in events], article_id)

    def _newest(self, which: str, order: str, article_id: str | None, verb: str) -> "list[_Event]":
        """The events of this annotator's newest group, in the order they happened."""
        me = self._journal.annotator.id
        here = "" if article_id is None else f"AND article_id = ?2 AND what <> '{BY_READING}'"
        found = self._connection.rows(
            "SELECT group_id, article_id, annotation_id, what, table_name, row_id, before_json, after_json"
            " FROM event"
            " WHERE group_id = (SELECT group_id FROM event"
            f" WHERE annotator_id = ?1 {here} AND {which} ORDER BY {order} DESC LIMIT 1) ORDER BY id",
            [me] if article_id is None else [me, article_id],
        )
        if not found:
            raise NotFoundError(f"nothing to {verb}{'' if article_id is None else ' in this article'}")
        with decoding(self._connection.path, "the history"):
            return [_Event(row) for row in found]

    def _play(self, event: "_Event", *, expected: Image, wanted: Image) -> None:
        """Turn one row from the expected state into the wanted one."""
        now, write = _ROWS[event.table](self._journal, event)
        if changes := _changes(now, expected, wanted, event.what):
            write(changes)


class _Event:
    """One event, read. A new annotation's before-image is its deletion: its rows are kept."""

    __slots__ = ("after", "annotation_id", "article_id", "before", "group", "row_id", "table", "what")

    def __init__(self, row: Row) -> None:
        self.group, article_id, self.annotation_id, self.what, self.table, self.row_id, before, after = row
        self.article_id = article_id or ""
        self.after: Image = dict(unpacked(after))
        self.before: Image = {**self.after, "deleted": True} if before is None else dict(unpacked(before))


def _annotation(journal: Journal, event: _Event) -> tuple[Image, Callable[[Image], object]]:
    connection = journal.connection
    found = annotation_state.find(connection, event.row_id)
    if found is None:
        raise ConflictError(f"cannot go back over “{event.what}”: the mark has no place in any text")
    now = annotation_state.image(connection, found.annotation, deleted=found.deleted)
    number, at = found.key >> SHIFT, journal.clock()
    return now, lambda changes: annotation_state.write(journal, number, found.key, event.row_id, changes, at)


def _article(journal: Journal, event: _Event) -> tuple[Image, Callable[[Image], object]]:
    connection, at = journal.connection, journal.clock()
    number = connection.value("SELECT number FROM article WHERE id = ?", [event.row_id])
    now = article_state.image(connection, number)
    return now, lambda changes: article_state.write(connection, number, changes, at)


def _target(journal: Journal, event: _Event) -> tuple[Image, Callable[[Image], object]]:
    connection = journal.connection
    number = target_state.number_of(connection, event.row_id)
    now = target_state.image(connection, number)
    return now, lambda changes: target_state.write(connection, number, changes)


def _relation(journal: Journal, event: _Event) -> tuple[Image, Callable[[Image], object]]:
    connection, at = journal.connection, journal.clock()
    now = relation_state.image(connection, event.row_id)
    return now, lambda changes: relation_state.write(connection, event.row_id, changes, at)


def _saved_query(journal: Journal, event: _Event) -> tuple[Image, Callable[[Image], object]]:
    connection, at = journal.connection, journal.clock()
    now = saved_queries.image(connection, event.row_id)
    return now, lambda changes: saved_queries.write(connection, event.row_id, changes, at)


def _settlement(journal: Journal, event: _Event) -> tuple[Image, Callable[[Image], object]]:
    connection, at = journal.connection, journal.clock()
    now = settlements.image(connection, event.row_id)
    return now, lambda changes: settlements.write(connection, event.row_id, changes, at)


def _feed(journal: Journal, event: _Event) -> tuple[Image, Callable[[Image], object]]:
    connection, at = journal.connection, journal.clock()
    now = feed_state.image(connection, event.row_id)
    return now, lambda changes: feed_state.write(connection, event.row_id, changes, at)


_ROWS = {
    "annotation": _annotation,
    "article": _article,
    "target": _target,
    "relation": _relation,
    "settlement": _settlement,
    "saved_query": _saved_query,
    "feed": _feed,
}
"""For each table: the image of the row that an event is about as it is now, and what writes changes to it."""


def _changes(now: Mapping[str, Any], expected: Image, wanted: Image, what: str) -> Image:
    """The fields to write, where everything is as the event left it."""
    if any(now.get(name) != value for name, value in expected.items()):
        raise ConflictError(
            f"“{what}” cannot be gone back over: it has been changed since, see how it is now"
        )
    return difference(now, {**now, **wanted})[1]


def _change(events: "Sequence[_Event]", told: Sequence[str], article_id: str | None) -> Change:
    """What was done, at the place in the article that was asked about."""
    event = next((event for event in events if article_id in (None, event.article_id)), events[0])
    return Change(
        what=", ".join(dict.fromkeys(told)), article_id=event.article_id, annotation_id=event.annotation_id
    )
