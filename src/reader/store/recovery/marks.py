"""Marks out of a damaged library: what is damaged or lost itself comes back from the history."""

from collections.abc import Container, Iterator
from contextlib import suppress
from typing import NamedTuple

from reader.errors import ReaderError, StoreError
from reader.model import Anchor, Annotation, Annotator, Span
from reader.store import annotation_state, row_hashes
from reader.store.codec import decoding, unpacked
from reader.store.journal import Image, Journal
from reader.store.recovery.report import Report
from reader.store.schema import SHIFT

_FIELDS = {"note", "holder", "voice", "confidence", "tags", "stances", "anchor"}
_PLACE = {"revision_id", "start", "end", "exact", "prefix", "suffix", "status"}


class _Past(NamedTuple):
    """An annotation as the history tells it."""

    article_id: str
    annotator_id: str
    made_at: str
    changed_at: str
    image: Image


class Marks:
    """Mends annotations, inside a transaction that does not enforce references."""

    def __init__(self, journal: Journal, report: Report) -> None:
        self._journal = journal
        self._connection = journal.connection
        self._report = report

    def mend(self) -> None:
        """Mend all of them, with who made them and what their stances are toward."""
        damaged = self._damaged_steps()
        past = dict(self._pasts(damaged))
        for annotation_id, one in past.items():
            self._report.marks.setdefault(annotation_id, str(one.image["anchor"]["exact"]))
        self._names()
        self._marks(past)
        # What was one change is undone as one, so all of it goes.
        self._connection.run_many(
            "DELETE FROM event WHERE group_id = (SELECT group_id FROM event WHERE id = ?)",
            [(step,) for step in damaged],
        )

    def _damaged_steps(self) -> set[int]:
        """The steps of the history that are not as they were stored."""
        digests = row_hashes.digests(self._connection, "event")
        return {key for key, one in digests.items() if self._report.hashes.get(("event", key), one) != one}

    def _pasts(self, damaged: Container[int]) -> Iterator[tuple[str, _Past]]:
        """Each annotation that the history has from its beginning, as its last event left it."""
        rows = self._connection.rows(
            "SELECT id, row_id, article_id, annotator_id, at, before_json, after_json, undone_at IS NOT NULL"
            " FROM event WHERE table_name = 'annotation' AND article_id IS NOT NULL ORDER BY id"
        )
        found: dict[str, _Past] = {}
        for step, annotation_id, article_id, annotator_id, at, before, after, undone in rows:
            if step in damaged:
                continue
            with suppress(StoreError), decoding(self._connection.path, "the history"):
                image = dict(unpacked(after))
                if before is None and _is_whole(image):
                    image["deleted"] = bool(undone)
                    found[annotation_id] = _Past(article_id, annotator_id, at, at, image)
                elif before is not None and annotation_id in found and not undone:
                    past = found[annotation_id]
                    found[annotation_id] = past._replace(changed_at=at, image={**past.image, **image})
        yield from found.items()

    def _names(self) -> None:
        """Have a row for everyone who made something, and for every target that a stance is toward."""
        connection = self._connection
        makers = " UNION ".join(
            f"SELECT {column} FROM {table}"
            for table, column in (
                ("annotation", "annotator"), ("relation", "annotator"), ("settlement", "annotator"),
                ("event", "annotator_id"),
            )
        )  # fmt: skip
        for (annotator_id,) in connection.rows(f"{makers} EXCEPT SELECT id FROM annotator"):
            own = annotator_id == self._journal.annotator.id
            name = self._journal.annotator.name if own else annotator_id
            self._journal.introduce(Annotator(annotator_id, name))
            self._report.changed.append(
                f"the name of the annotator {annotator_id} is lost: {name} stands in its place"
            )
        for (number,) in connection.rows("SELECT target FROM stance EXCEPT SELECT number FROM target"):
            self._make_target(number, self._journal.new_id())

    def _make_target(self, number: int | None, target_id: str) -> None:
        at = (
            self._connection.value("SELECT 1 + coalesce(max(number), 0) FROM target")
            if number is None
            else number
        )
        text = f"lost target {at}"
        self._connection.run(
            "INSERT INTO target (number, id, text, used) VALUES (?, ?, ?, 0)", [at, target_id, text]
        )
        self._report.changed.append(f"the words of a target are lost: “{text}” stands in their place")

    def _marks(self, past: dict[str, _Past]) -> None:
        """Bring back from the history what is lost or not as it was stored."""
        connection = self._connection
        hashed = row_hashes.digests(connection, "annotation")
        whole = {
            key
            for key, digest in hashed.items()
            if self._report.hashes.get(("annotation", key), digest) == digest
        }
        placed = {key for (key,) in connection.rows("SELECT DISTINCT annotation FROM anchor")}
        ids = {annotation_id: key for key, annotation_id in connection.rows("SELECT key, id FROM annotation")}
        for annotation_id, key in ids.items():
            if annotation_id not in past and key not in whole:
                self._report.changed.append(f"mark {annotation_id} is not quite what was stored")
        for annotation_id, one in past.items():
            key = ids.get(annotation_id)
            if key in whole & placed:
                continue
            try:
                with connection.transaction():
                    self._bring_back(annotation_id, key, one)
            except (ReaderError, KeyError, TypeError, ValueError):
                continue  # told with the lost, where it is
            self._report.changed.append(f"mark {annotation_id} is as the history tells it")

    def _bring_back(self, annotation_id: str, key: int | None, past: _Past) -> None:
        connection = self._connection
        number = connection.value("SELECT number FROM article WHERE id = ?", [past.article_id])
        if number is None:
            number = connection.value(
                "SELECT article FROM revision WHERE id = ?", [past.image["anchor"]["revision_id"]]
            )
        for target_id, _, _ in past.image["stances"]:
            if connection.value("SELECT 1 FROM target WHERE id = ?", [target_id]) is None:
                self._make_target(None, target_id)
        if key is None:
            key = annotation_state.insert(
                self._journal, number, self._annotation(annotation_id, past), past.changed_at
            )
        annotation_state.write(self._journal, key >> SHIFT, key, annotation_id, past.image, past.changed_at)

    def _annotation(self, annotation_id: str, past: _Past) -> Annotation:
        name = self._connection.value("SELECT name FROM annotator WHERE id = ?", [past.annotator_id])
        place = past.image["anchor"]
        return Annotation(
            id=annotation_id,
            article_id=past.article_id,
            annotator=Annotator(past.annotator_id, name),
            anchor=Anchor(place["revision_id"], Span(place["start"], place["end"]), place["exact"], "", ""),
            created_at=past.made_at,
        )


def _is_whole(image: Image) -> bool:
    """Whether an image has all that an annotation needs."""
    return image.keys() >= _FIELDS and image["anchor"].keys() >= _PLACE
