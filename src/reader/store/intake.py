"""Annotations that were made elsewhere, taken in by the hundred thousand.

Of one that is new nothing can differ from what is here, so all of it is written without a look. What many
have in common, their article, targets and annotators, is looked up once. Rows wait until there are many for
each table: written for one annotation after another, they were measured to take three times as long.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from reader.errors import ConflictError, NotFoundError
from reader.model import Annotation, Annotator, TakenIn
from reader.store import annotation_state, article_state, indexing, target_state
from reader.store.codec import storable
from reader.store.journal import Image, Journal, difference
from reader.store.schema import SHIFT

_TOGETHER = 1000
"""Annotations whose rows are written together."""

_INSERTS = {
    "annotation": "INSERT INTO annotation (key, id, article, annotator, note, holder, voice, confidence,"
    " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "anchor": 'INSERT INTO anchor (annotation, revision, "start", "end", exact, prefix, suffix, status,'
    " score, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "stance": "INSERT INTO stance (annotation, target, scheme, code) VALUES (?, ?, ?, ?)",
    "tag": "INSERT INTO tag (annotation, position, tag) VALUES (?, ?, ?)",
}
"""What writes the rows of a table, the tables in an order in which none is referred to before it is there."""


class _Rows:
    """Rows that wait."""

    __slots__ = ("events", "indexed", "of")

    def __init__(self) -> None:
        self.of: dict[str, list[tuple[object, ...]]] = {table: [] for table in _INSERTS}
        self.indexed: list[tuple[int, Annotation]] = []
        self.events: list[tuple[str, str, Image]] = []
        """The article's id, the annotation's, and its image."""


@dataclass(slots=True)
class _Home:
    """An article that takes annotations in."""

    number: int
    shown: int
    """The number of the revision that is shown."""
    shown_id: str
    last_key: int
    """The greatest key that an annotation of it has."""


class Intake:
    """Takes in annotations as one change; made and used inside one transaction.

    Nobody else may write annotations of the same articles meanwhile.
    """

    def __init__(self, journal: Journal, what: str) -> None:
        """Begin; `what` is the change in words, forward."""
        self._journal = journal
        self._connection = journal.connection
        self._what = what
        self._homes: dict[str, _Home] = {}
        self._targets: dict[str, str] = {}
        """The ids of targets by their texts."""
        self._numbers: dict[str, int] = {}
        """The numbers of targets by their ids."""
        self._used: dict[int, None] = {}
        """The numbers of the targets that stances were added toward, the last one last."""
        self._introduced: set[Annotator] = set()
        self._at = journal.clock()
        self._rows = _Rows()
        self._waiting: set[str] = set()
        """The ids of the annotations whose rows wait."""

    def take(self, annotation: Annotation) -> TakenIn:
        """Store an annotation under its own id, with its own times, as one event.

        What was deleted here comes back. What is here with another content stays as it is; where it sits is
        not compared, since this library may show another text.

        Args:
            annotation: as it is to be; its anchor is in the text that its article shows.

        Raises:
            NotFoundError: its article or text is not there; nothing was written.
            ConflictError: the annotation with its id is on another article; nothing was written.
        """
        home = self._home(annotation.article_id)
        if annotation.anchor.revision_id != home.shown_id:
            raise NotFoundError("the text that was marked is not the one that its article shows")
        if annotation.id in self._waiting:
            self.flush()
        known = self._connection.value("SELECT key FROM annotation WHERE id = ?", [storable(annotation.id)])
        if known is not None and known >> SHIFT != home.number:
            raise ConflictError("a mark with its id is here already, on another article")
        self._meet_targets(stance.target.strip() for stance in annotation.stances)
        image = annotation_state.image_of(annotation, self._targets)
        at = annotation.updated_at or self._at
        if known is not None:
            return self._compare(home, annotation, image, at)
        self._add(home, annotation, image, at)
        return "added"

    def flush(self) -> None:
        """Write what waits: before anything else looks for these annotations."""
        rows, self._rows = self._rows, _Rows()
        self._waiting.clear()
        for table, sql in _INSERTS.items():
            self._connection.run_many(sql, rows.of[table])
        indexing.add_annotations(self._connection, rows.indexed)
        self._journal.record_new_annotations(self._what, rows.events)

    def finish(self) -> None:
        """Write what waits, and note which targets were used last."""
        self.flush()
        for number in self._used:
            target_state.note_use(self._connection, number)

    def _home(self, article_id: str) -> _Home:
        home = self._homes.get(article_id)
        if home is None:
            number = article_state.number_of(self._connection, article_id)
            ((shown, shown_id, last_key),) = self._connection.rows(
                "SELECT shown, revision.id, (SELECT coalesce(max(key), ?2) FROM annotation"
                " WHERE key >= ?2 AND key < ?3)"
                " FROM article JOIN revision ON revision.number = shown WHERE article.number = ?1",
                [number, number << SHIFT, (number + 1) << SHIFT],
            )
            home = self._homes[article_id] = _Home(number, shown, shown_id, last_key)
        return home

    def _meet_targets(self, texts: Iterable[str]) -> None:
        """Have the ids and numbers of targets, made where there are none."""
        for text in texts:
            if text not in self._targets:
                target_id = target_state.made(self._journal, [text])[text]
                self._targets[text] = target_id
                self._numbers[target_id] = target_state.number_of(self._connection, target_id)

    def _add(self, home: _Home, annotation: Annotation, image: Image, at: str) -> None:
        if annotation.annotator not in self._introduced:
            self._journal.introduce(annotation.annotator)
            self._introduced.add(annotation.annotator)
        key = home.last_key = home.last_key + 1
        rows = self._rows
        rows.of["annotation"].append(
            (
                key,
                storable(annotation.id),
                home.number,
                annotation.annotator.id,
                storable(annotation.note),
                storable(annotation.holder),
                annotation.voice,
                annotation.confidence,
                annotation.created_at or at,
                at,
            )
        )
        anchor = annotation.anchor
        words = (storable(text) for text in (anchor.exact, anchor.prefix, anchor.suffix))
        sure = anchor.status, anchor.score, int(anchor.changed)
        rows.of["anchor"].append((key, home.shown, *anchor.span, *words, *sure))
        for target_id, scheme, code in image["stances"]:
            number = self._numbers[target_id]
            self._used.pop(number, None)
            self._used[number] = None
            rows.of["stance"].append((key, number, scheme, code))
        rows.of["tag"] += [(key, position, storable(tag)) for position, tag in enumerate(image["tags"])]
        rows.indexed.append((key, annotation))
        rows.events.append((annotation.article_id, annotation.id, image))
        self._waiting.add(annotation.id)
        if len(self._waiting) == _TOGETHER:
            self.flush()

    def _compare(self, home: _Home, annotation: Annotation, after: Image, at: str) -> TakenIn:
        """What becomes of an annotation that is here already."""
        found = annotation_state.find(self._connection, annotation.id)
        if found is None:
            raise NotFoundError("the mark with its id has no place in any text here")
        now = annotation_state.image(self._connection, found.annotation, deleted=found.deleted)
        before, changes = difference(now, after)
        if not found.deleted:
            return "different" if changes.keys() - {"anchor"} else "unchanged"
        saved = annotation_state.write(self._journal, home.number, found.key, annotation.id, changes, at)
        if "anchor" in changes:
            changes["anchor"] = annotation_state.anchor_image(saved.anchor)
        self._record(annotation, before, changes)
        return "added"

    def _record(self, annotation: Annotation, before: Image | None, after: Image) -> None:
        self._journal.record_annotation(
            self._what,
            article_id=annotation.article_id,
            annotation_id=annotation.id,
            before=before,
            after=after,
        )
