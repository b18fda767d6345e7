"""Taking over what another library holds, by ids: annotations, and with them what they are about."""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from reader.model import Annotation, Annotator, Merged
from reader.store import anchors, annotation_state, relation_state, settlements
from reader.store.codec import packed
from reader.store.connection import Connection
from reader.store.correspondence import Correspondence
from reader.store.journal import Image, Journal, difference
from reader.store.lineage import earlier
from reader.store.other_library import other_library
from reader.store.schema import SHIFT

CONFLICT_TAG = "merge-conflict"
"""The tag of the other library's version of an annotation that both libraries changed."""

_NAMESPACE = uuid.UUID("5a0c6a3e-6f0f-4c0e-9a55-0b8ad2b0c0de")


class _Place(NamedTuple):
    """Where an annotation of the other library is put here."""

    article: int
    article_id: str
    revision_id: str
    """The revision here that has the text in which the two libraries' anchors are compared."""


class Merging:
    """One merge, inside one transaction; its events are one change that can be undone."""

    def __init__(self, journal: Journal, other: Connection, what: str) -> None:
        """Merge what `other` holds into the journal's library; `what` is the change in words."""
        self._journal = journal
        self._here = journal.connection
        self._other = other
        self._what = what
        self._at = journal.clock()
        self._known = Correspondence(journal, other, what)
        self._counts: Counter[str] = Counter()

    def run(self) -> Merged:
        """Merge everything; doing it again changes nothing."""
        for annotator_id, name in self._other.rows("SELECT id, name FROM annotator"):
            self._journal.introduce(Annotator(annotator_id, name))
        self._take_schemes()
        self._known.take()
        for annotation_id, article in self._other.rows("SELECT id, article FROM annotation ORDER BY key"):
            if article in self._known.articles:
                self._take_annotation(annotation_id, *self._known.articles[article])
        self._take_relations()
        self._take_settlements()
        return Merged(articles=self._known.new_articles, **self._counts)

    def _take_schemes(self) -> None:
        for table in ("scheme", "label"):
            rows = self._other.rows(f"SELECT * FROM {table}")
            if rows:
                values = ", ".join("?" * len(rows[0]))
                self._here.run_many(f"INSERT INTO {table} VALUES ({values}) ON CONFLICT DO NOTHING", rows)

    # Annotations

    def _take_annotation(self, annotation_id: str, article: int, article_id: str) -> None:
        found = annotation_state.find(self._other, annotation_id)
        if found is None:
            return
        here = annotation_state.find(self._here, annotation_id)
        if here is None and found.deleted:
            return
        image = annotation_state.image(self._other, found.annotation, deleted=found.deleted)
        image["anchor"] = self._anchor_to_take(found, article)
        revision = self._known.revision(image["anchor"]["revision_id"], article)
        place = _Place(article, article_id, revision)
        theirs = self._known.read(image)
        if here is None:
            self._add(found.annotation, theirs, place)
            self._counts["marks"] += 1
            return
        if here.key >> SHIFT != article:
            # It belongs to another article here: what the person here made of it stands.
            return
        mine = self._mine(here, place)
        if mine == theirs or theirs in self._before(annotation_id, mine, place):
            return
        back = here.deleted and not theirs["deleted"] and self._was_undone(annotation_id)
        if back or mine in self._before_theirs(annotation_id, theirs, place):
            if counted := self._follow(here, mine, theirs, place):
                self._counts[counted] += 1
        elif not theirs["deleted"]:
            self._keep_both(found.annotation, theirs, place)

    def _mine(self, here: annotation_state.Stored, place: _Place) -> Image:
        """This library's image of an annotation, its anchor in the other's text where it has one there."""
        image = annotation_state.image(self._here, here.annotation, deleted=here.deleted)
        return self._in_their_text(here.key, image, place)

    def _anchor_to_take(self, found: annotation_state.Stored, article: int) -> Image:
        """Where a mark of the other library sits in the text shown here, else where it is sure."""
        shown = self._here.value(
            "SELECT sha256 FROM article JOIN revision ON revision.number = shown WHERE article.number = ?",
            [article],
        )
        revision_id = self._other.value(
            "SELECT revision.id FROM anchor JOIN revision ON revision.number = anchor.revision"
            " WHERE annotation = ? AND revision.sha256 = ?",
            [found.key, shown],
        )
        anchor = anchors.inside(self._other, found.key, revision_id) if revision_id else None
        if anchor is None:
            anchor = found.annotation.anchor
            if anchor.status != "ok" and (sure := anchors.origin(self._other, found.key)) is not None:
                anchor = sure[1]
        return annotation_state.anchor_image(anchor)

    def _in_their_text(self, key: int, image: Image, place: _Place) -> Image:
        if "anchor" in image and image["anchor"]["revision_id"] != place.revision_id:
            anchor = annotation_state.anchor_in(self._here, key, place.revision_id)
            if anchor is not None:
                return {**image, "anchor": anchor}
        return image

    def _before_theirs(self, annotation_id: str, theirs: Image, place: _Place) -> Iterator[Image]:
        def read(image: Image) -> Image:
            found = self._known.read(image)
            if "anchor" in found and found["anchor"]["revision_id"] != place.revision_id:
                # What was done to it in another text of theirs says nothing of its place in this one.
                del found["anchor"]
            return found

        return earlier(self._other, annotation_id, theirs, read)

    def _before(self, annotation_id: str, mine: Image, place: _Place) -> Iterator[Image]:
        key = self._here.value("SELECT key FROM annotation WHERE id = ?", [annotation_id])
        return earlier(self._here, annotation_id, mine, lambda image: self._in_their_text(key, image, place))

    def _add(self, annotation: Annotation, theirs: Image, place: _Place) -> None:
        """Put an annotation in that is not here."""
        key = annotation_state.insert(self._journal, place.article, annotation, annotation.updated_at)
        added = self._write(key, annotation.id, theirs, place, annotation.updated_at)
        self._record(added.id, place, None, annotation_state.image(self._here, added))

    def _write(self, key: int, annotation_id: str, changes: Image, place: _Place, at: str) -> Annotation:
        """Write changes; an anchor in a text that is not shown here is carried to the one that is."""
        now = annotation_state.write(self._journal, place.article, key, annotation_id, changes, at)
        if "anchor" in changes and changes["anchor"]["status"] == "ok" != now.anchor.status:
            self._counts["waiting"] += 1
        return now

    def _follow(
        self, here: annotation_state.Stored, mine: Image, theirs: Image, place: _Place
    ) -> Literal["", "changed", "deleted", "marks"]:
        """Bring an annotation to the state that the other library developed from the one here.

        Returns:
            What that is counted as; nothing where it was left as it is.
        """
        own = here.annotation.annotator.id == self._journal.annotator.id
        if theirs["deleted"] and own and not self._done_by_oneself(here.annotation.id):
            # Nobody else deletes what one has marked oneself.
            return ""
        _, changes = difference(mine, theirs)
        before = annotation_state.image(self._here, here.annotation, deleted=here.deleted)
        now = self._write(here.key, here.annotation.id, changes, place, self._at)
        after = annotation_state.image(self._here, now, deleted=theirs["deleted"])
        self._record(now.id, place, *difference(before, after))
        return "deleted" if theirs["deleted"] else "marks" if here.deleted else "changed"

    def _done_by_oneself(self, annotation_id: str) -> bool:
        """Whether the last change in the other library was this annotator's: at another desk, say."""
        last = self._other.value(
            "SELECT annotator_id FROM event WHERE row_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
            [annotation_id],
        )
        return bool(last == self._journal.annotator.id)

    def _keep_both(self, annotation: Annotation, theirs: Image, place: _Place) -> None:
        """Put the other's version in as a mark of its own, whose id follows from what it says."""
        stances = [list(stance) for stance in annotation.stances]
        anchor = [*annotation.span, annotation.anchor.exact]
        told = packed({**theirs, "stances": stances, "anchor": anchor})
        version_id = str(uuid.uuid5(_NAMESPACE, f"{annotation.id} {told}"))
        tags = [*(tag for tag in theirs["tags"] if tag != CONFLICT_TAG), CONFLICT_TAG]
        version = {**theirs, "tags": tags}
        known = annotation_state.find(self._here, version_id)
        if known is None:
            self._add(replace(annotation, id=version_id), version, place)
        elif known.deleted and self._was_undone(version_id):
            self._follow(known, {**version, "deleted": True}, version, place)
        else:
            return
        self._counts["conflicts"] += 1

    def _was_undone(self, row_id: str) -> bool:
        """Whether the making of a row was undone here, with the merge that made it."""
        return bool(
            self._here.value(
                "SELECT undone_at IS NOT NULL FROM event WHERE row_id = ? AND before_json IS NULL"
                " ORDER BY id DESC LIMIT 1",
                [row_id],
            )
        )

    def _record(self, annotation_id: str, place: _Place, before: Image | None, after: Image) -> None:
        self._journal.record_annotation(
            self._what,
            article_id=place.article_id,
            annotation_id=annotation_id,
            before=before,
            after=after,
        )

    # Relations

    def _take_relations(self) -> None:
        for row in self._other.rows(
            f"SELECT {relation_state.COLUMNS} FROM {relation_state.TABLES} WHERE {relation_state.LIVE}"
            " ORDER BY relation.id"
        ):
            relation = relation_state.relation(row)
            known = self._here.row("SELECT deleted_at IS NOT NULL FROM relation WHERE id = ?", [relation.id])
            if known is None and relation_state.find(self._here, relation) is None:
                ends = [
                    self._here.value("SELECT key FROM annotation WHERE id = ? AND deleted_at IS NULL", [end])
                    for end in (relation.from_id, relation.to_id)
                ]
                if None in ends:
                    continue
                relation_state.insert(self._here, relation, *ends)
                before, after = None, {"note": relation.note, "deleted": False}
            elif known and known[0] and self._was_undone(relation.id):
                relation_state.write(self._here, relation.id, {"deleted": False}, self._at)
                before, after = {"deleted": True}, {"deleted": False}
            else:
                continue
            self._journal.record(
                self._what,
                table="relation",
                row_id=relation.id,
                article_id=annotation_state.article_of(self._here, relation.to_id),
                annotation_id=relation.to_id,
                before=before,
                after=after,
            )
            self._counts["links"] += 1

    # Settlements

    def _take_settlements(self) -> None:
        for settlement in settlements.all_of(self._other):
            ends = [end for end in (settlement.one_id, settlement.other_id) if end]
            if self._here.value("SELECT 1 FROM settlement WHERE id = ?", [settlement.id]) is None:
                if not all(self._has(end) for end in (*ends, *settlement.results)):
                    continue
                settlements.insert(self._here, settlement)
                before: Image | None = None
            elif self._was_undone(settlement.id):
                settlements.write(self._here, settlement.id, {"deleted": False}, self._at)
                before = {"deleted": True}
            else:
                continue
            settlements.record(self._journal, self._what, settlement, before=before, after={"deleted": False})

    def _has(self, annotation_id: str) -> bool:
        return annotation_state.article_of(self._here, annotation_id) is not None


def merge(journal: Journal, path: Path) -> Merged:
    """Merge the library at `path` into the journal's, in one transaction and as one change.

    Raises:
        StoreError: the other library cannot be used; the subclass says why. Nothing is changed.
    """
    with other_library(path) as other, journal.connection.transaction():
        return Merging(journal, other, f"merged {path.name}").run()
