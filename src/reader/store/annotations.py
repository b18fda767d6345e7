"""Annotations: those of an article, saving and deleting, and the rows of an export."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader.errors import NotFoundError
from reader.model import Annotation, Annotator, ExportRow
from reader.store import annotation_state, article_state, target_state
from reader.store.annotation_state import COLUMNS, LIVE, TABLES, Stored
from reader.store.codec import decoding
from reader.store.connection import Connection
from reader.store.exporting import Snapshot
from reader.store.journal import Journal, difference
from reader.store.schema import SHIFT

if TYPE_CHECKING:
    from reader.store.intake import Intake


class Annotations:
    """The marks in a library. What is deleted is only hidden, so that it can come back."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def of(self, article_id: str) -> tuple[Annotation, ...]:
        """The annotations on an article's shown revision, by start, then the longer first, then id.

        Raises:
            NotFoundError: there is no such article.
        """
        number = article_state.number_of(self._connection, article_id)
        found = self._connection.rows(
            f"SELECT {COLUMNS} FROM {TABLES} WHERE annotation.key >= ? AND annotation.key < ? AND {LIVE}"
            ' ORDER BY anchor."start", anchor."end" DESC, annotation.id',
            [number << SHIFT, (number + 1) << SHIFT],
        )
        with decoding(self._connection.path, f"the annotations of article {number}"):
            return tuple([annotation_state.stored(row).annotation for row in found])

    def get(self, annotation_id: str) -> Annotation:
        """One annotation.

        Raises:
            NotFoundError: there is none with this id, or it was deleted.
        """
        return self._find(annotation_id).annotation

    def _find(self, annotation_id: str) -> Stored:
        found = annotation_state.find(self._connection, annotation_id)
        if found is None or found.deleted:
            raise NotFoundError(
                "there is no such annotation"
                if found is None
                else "the annotation was deleted: undo that first"
            )
        return found

    def save(self, annotation: Annotation, what: str) -> Annotation:
        """Store an annotation: a new one, or the changes to the one that has its id.

        One transaction, in which only what differs is written, as one event that can be undone. Where
        nothing differs, nothing is written. Targets are shared by their text without white space around.

        Args:
            annotation: as it is to be. Who made it, when, and in which article never changes.
            what: the change in words, forward: ``marked as support``, ``support → oppose``.

        Returns:
            The annotation as it is stored, with the time of the change; in the text that is shown by now,
            to which it was carried if that is another one.

        Raises:
            NotFoundError: its article or text is not there, or it was deleted meanwhile.
        """
        connection, journal = self._connection, self._journal
        with connection.transaction():
            article = article_state.number_of(connection, annotation.article_id)
            found = annotation_state.find(connection, annotation.id)
            target_state.made(journal, (stance.target.strip() for stance in annotation.stances))
            after = annotation_state.image(connection, annotation)
            at = journal.clock()
            if found is None:
                key = annotation_state.insert(journal, article, annotation, at)
                before, changes = None, after
            else:
                key = self._find(annotation.id).key
                before, changes = difference(annotation_state.image(connection, found.annotation), after)
                if not changes:
                    return found.annotation
            saved = annotation_state.write(journal, article, key, annotation.id, changes, at)
            if "anchor" in changes:
                # In the text that is shown, which is where it can be undone.
                changes["anchor"] = annotation_state.anchor_image(saved.anchor)
            journal.record_annotation(
                what,
                article_id=annotation.article_id,
                annotation_id=annotation.id,
                before=before,
                after=changes,
            )
        return saved

    @contextmanager
    def taking_in(self, what: str) -> "Iterator[Intake]":
        """Inside, annotations that were made elsewhere are taken in; all of them are one change.

        Args:
            what: the change in words, forward.
        """
        # Of no use before the first paint.
        from reader.store.intake import Intake

        with self._connection.transaction():
            intake = Intake(self._journal, what)
            yield intake
            intake.finish()

    def delete(self, annotation_id: str, what: str) -> None:
        """Hide an annotation; its rows are kept and it can be undone.

        Raises:
            NotFoundError: there is none with this id, or it was deleted already.
        """
        connection, journal = self._connection, self._journal
        with connection.transaction():
            found = self._find(annotation_id)
            article_id = found.annotation.article_id
            article = article_state.number_of(connection, article_id)
            annotation_state.write(
                journal, article, found.key, annotation_id, {"deleted": True}, journal.clock()
            )
            journal.record_annotation(
                what,
                article_id=article_id,
                annotation_id=annotation_id,
                before={"deleted": False},
                after={"deleted": True},
            )

    def annotators(self) -> list[Annotator]:
        """Everyone who made something in this library, by id."""
        return [
            Annotator(*row) for row in self._connection.rows("SELECT id, name FROM annotator ORDER BY id")
        ]

    def export_rows(
        self, article_numbers: Sequence[int] | None = None, marks: Sequence[int] | None = None
    ) -> Iterator[ExportRow]:
        """Every annotation with its article, ordered by article id, start, end and annotation id.

        Yielded as they are read, all as they stood when the first was asked for, whatever is written
        meanwhile. What a transaction under way has changed is not among them.

        Args:
            article_numbers: only those of these articles; None for all.
            marks: only those with these keys, as `Search.marks` finds them; None for all.
        """
        with self.snapshot(article_numbers, marks) as snapshot:
            yield from snapshot.rows()

    @contextmanager
    def snapshot(
        self, article_numbers: Sequence[int] | None = None, marks: Sequence[int] | None = None
    ) -> Iterator[Snapshot]:
        """All annotations as they stand at the first look, whatever is written meanwhile; for an export.

        Args:
            article_numbers: only those of these articles; None for all.
            marks: only those with these keys; None for all.
        """
        with self._connection.beside() as connection:
            yield Snapshot(connection, article_numbers, marks)
