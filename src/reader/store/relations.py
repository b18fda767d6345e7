"""Relations between annotations: making, listing, taking away."""

from collections.abc import Sequence

from reader.errors import NotFoundError
from reader.model import RelatedMark, Relation, TakenIn
from reader.store import annotation_state, article_state, relation_state
from reader.store.codec import storable
from reader.store.connection import Connection
from reader.store.journal import Image, Journal
from reader.store.relation_state import COLUMNS, LIVE, TABLES
from reader.store.schema import SHIFT


class Relations:
    """The links between the marks in a library."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def all(self, article_numbers: Sequence[int] | None = None) -> list[Relation]:
        """The relations by id; of these articles only those with both ends in them.

        A relation is left out while an annotation at one of its ends is deleted, or an article removed.
        """
        return relation_state.live(self._connection, article_numbers)

    def counts(self, article_id: str) -> dict[str, int]:
        """How many relations each annotation of an article has; those without any are left out.

        Raises:
            NotFoundError: there is no such article.
        """
        number = article_state.number_of(self._connection, article_id)
        low, high = number << SHIFT, (number + 1) << SHIFT
        counts: dict[str, int] = {}
        for end in ("source", "destination"):
            column = "from_annotation" if end == "source" else "to_annotation"
            for (annotation_id,) in self._connection.rows(
                f"SELECT {end}.id FROM {TABLES} WHERE relation.{column} >= ? AND relation.{column} < ?"
                f" AND {LIVE}",
                [low, high],
            ):
                counts[annotation_id] = counts.get(annotation_id, 0) + 1
        return counts

    def of(self, annotation_id: str) -> list[RelatedMark]:
        """An annotation's relations, the first made first, each with the mark at its other end."""
        found = self._connection.rows(
            f"SELECT {COLUMNS}, here.number, there.number, here.title, there.title FROM {TABLES}"
            f" WHERE {LIVE} AND (SELECT key FROM annotation WHERE id = ?) IN (from_annotation, to_annotation)"
            " ORDER BY relation.created_at, relation.id",
            [storable(annotation_id)],
        )
        related = []
        for *columns, here, there, title_here, title_there in found:
            relation = relation_state.relation(tuple(columns))
            outgoing = relation.from_id == annotation_id
            other = annotation_state.find(self._connection, relation.other_end(annotation_id))
            if other is not None:
                place = (there, title_there) if outgoing else (here, title_here)
                related.append(RelatedMark(relation, outgoing, other.annotation, *place))
        return related

    def find(self, made: Relation) -> Relation | None:
        """The relation that says what this one would; see `relation_state.find`."""
        return relation_state.find(self._connection, made)

    def add(self, relation: Relation, what: str, *, at: str) -> Relation:
        """Store a new relation, as an event that can be undone.

        Args:
            relation: as it is to be; where `created_at` is empty, it is now.
            what: the change in words, forward: ``linked: supports``.
            at: the id of the annotation at which it was made: there it can be undone.

        Raises:
            NotFoundError: one of its annotations is not there or deleted.
        """
        connection, journal = self._connection, self._journal
        with connection.transaction():
            source, destination = self._key(relation.from_id), self._key(relation.to_id)
            journal.introduce(relation.annotator)
            made = relation._replace(created_at=relation.created_at or journal.clock())
            relation_state.insert(connection, made, source, destination)
            self._record(what, made.id, at, before=None, after={"note": made.note, "deleted": False})
        return made

    def take_in(self, relation: Relation, what: str) -> TakenIn:
        """Store a link that was made elsewhere, unless it or one that says the same is here.

        Raises:
            NotFoundError: one of its annotations is not there or deleted.
        """
        known = self._connection.value("SELECT 1 FROM relation WHERE id = ?", [storable(relation.id)])
        if known is None and self.find(relation) is None:
            self.add(relation, what, at=relation.from_id)
            return "added"
        return "unchanged"

    def delete(self, relation_id: str, what: str, *, at: str) -> None:
        """Hide a relation; `what` and `at` are as for `add`.

        Raises:
            NotFoundError: there is none with this id, or it was deleted already.
        """
        with self._connection.transaction():
            if relation_state.image(self._connection, relation_id)["deleted"]:
                raise NotFoundError("the link was taken away already")
            changes: Image = {"deleted": True}
            relation_state.write(self._connection, relation_id, changes, self._journal.clock())
            self._record(what, relation_id, at, before={"deleted": False}, after=changes)

    def _record(
        self,
        what: str,
        relation_id: str,
        at: str,
        *,
        before: Image | None,
        after: Image,
    ) -> None:
        self._journal.record(
            what,
            table="relation",
            row_id=relation_id,
            article_id=annotation_state.article_of(self._connection, at),
            annotation_id=at,
            before=before,
            after=after,
        )

    def _key(self, annotation_id: str) -> int:
        found = annotation_state.find(self._connection, annotation_id)
        if found is None or found.deleted:
            raise NotFoundError("one of the two marks is not there any more")
        return found.key
