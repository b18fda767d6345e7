"""The record of who changed what, with images of before and after, from which changes are undone.

An image is a JSON object of the fields that a change touched. An event without a before-image made its
row; undoing it marks the row as deleted, so that nothing that was once there is lost.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from reader.model import Annotator
from reader.store.codec import packed, storable
from reader.store.connection import Connection

Image: TypeAlias = dict[str, Any]
"""Field names to values that JSON can hold."""


_INSERT = (
    "INSERT INTO event (group_id, at, annotator_id, article_id, annotation_id, what, table_name, row_id,"
    " before_json, after_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

BY_READING = "read"
"""The change that reading an article makes of itself: undone from the list, not from within the article."""


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Image, Image]:
    """The fields of two images that differ, as they were and as they are."""
    changed = [name for name in after if before[name] != after[name]]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


@dataclass(frozen=True, slots=True)
class Journal:
    """Writes events in the name of one annotator."""

    connection: Connection
    annotator: Annotator
    clock: Callable[[], str]
    new_id: Callable[[], str]

    def record(
        self,
        what: str,
        *,
        table: str,
        row_id: str,
        article_id: str | None,
        annotation_id: str = "",
        before: Image | None,
        after: Image,
    ) -> None:
        """Write one event into the transaction under way; its events are undone together.

        What was undone in this article before can no longer be redone.

        Args:
            what: the change in words, forward: ``support → oppose``.
            table: the table whose row changed; `history` knows how to play it.
            row_id: the row's id.
            article_id: the article in which it is undone, or None where it belongs to none.
            annotation_id: the annotation to go to when it is undone, or empty.
            before: the changed fields as they were, or None for a new row.
            after: the changed fields as they are.
        """
        self._begin(article_id)
        row = self._row(what, table, row_id, article_id, annotation_id, before, after)
        self.connection.run(_INSERT, row)

    def record_new_annotations(self, what: str, made: Iterable[tuple[str, str, Image]]) -> None:
        """Write an event for each of some new annotations; see `record`.

        Args:
            what: the change in words, forward.
            made: for each its article's id, its own, and its image.
        """
        rows = []
        for article_id, annotation_id, after in made:
            self._begin(article_id)
            rows.append(self._row(what, "annotation", annotation_id, article_id, annotation_id, None, after))
        self.connection.run_many(_INSERT, rows)

    def _begin(self, article_id: str | None) -> None:
        """Before a transaction's first event in an article."""
        connection = self.connection
        connection.group = connection.group or self.new_id()
        if article_id in connection.touched:
            return
        connection.touched.add(article_id)
        self.introduce(self.annotator, rename=True)
        connection.run(
            "UPDATE event SET undone_order = NULL WHERE undone_order IS NOT NULL AND group_id IN"
            " (SELECT group_id FROM event"
            " WHERE undone_order IS NOT NULL AND annotator_id = ? AND article_id IS ?)",
            [self.annotator.id, article_id],
        )

    def _row(
        self,
        what: str,
        table: str,
        row_id: str,
        article_id: str | None,
        annotation_id: str,
        before: Image | None,
        after: Image,
    ) -> list[object]:
        return [
            self.connection.group,
            self.clock(),
            self.annotator.id,
            article_id,
            annotation_id,
            storable(what),
            table,
            row_id,
            None if before is None else packed(before),
            packed(after),
        ]

    def record_annotation(
        self, what: str, *, article_id: str, annotation_id: str, before: Image | None, after: Image
    ) -> None:
        """Write an event of an annotation; see `record`."""
        self.record(
            what,
            table="annotation",
            row_id=annotation_id,
            article_id=article_id,
            annotation_id=annotation_id,
            before=before,
            after=after,
        )

    def introduce(self, annotator: Annotator, *, rename: bool = False) -> None:
        """Have a row for an annotator; `rename` where the name at hand is the present one."""
        action = "UPDATE SET name = excluded.name WHERE name <> excluded.name" if rename else "NOTHING"
        self.connection.run(
            f"INSERT INTO annotator (id, name) VALUES (?, ?) ON CONFLICT (id) DO {action}",
            [annotator.id, storable(annotator.name)],
        )
