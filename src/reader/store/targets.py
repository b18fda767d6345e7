"""Targets: those in use, renaming and merging them with everything on them."""

from collections.abc import Iterable

from reader.errors import NotFoundError
from reader.model import Target, TargetKind, TargetUse
from reader.store import annotation_state, target_state
from reader.store.codec import storable
from reader.store.connection import Connection
from reader.store.journal import Journal, difference
from reader.store.schema import SHIFT

_IN_USE = """
    FROM target
    JOIN stance ON stance.target = target.number
    JOIN annotation ON annotation.key = stance.annotation AND annotation.deleted_at IS NULL
    JOIN article ON article.number = annotation.article AND article.removed_at IS NULL
    WHERE target.text <> ''
"""


class Targets:
    """What the stances in a library are toward."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def in_use(self) -> list[Target]:
        """The targets that some annotation has a stance toward, the one used last first."""
        found = self._connection.rows(
            "SELECT id, text, kind FROM target WHERE text <> '' AND EXISTS ("
            "SELECT 1 FROM stance JOIN annotation ON annotation.key = stance.annotation"
            " JOIN article ON article.number = annotation.article"
            " WHERE stance.target = target.number AND deleted_at IS NULL AND removed_at IS NULL)"
            " ORDER BY used DESC, target.number DESC"
        )
        return [Target(*row) for row in found]

    def uses(self) -> list[TargetUse]:
        """The targets in use with how much is toward each, the one used last first."""
        found = self._connection.rows(
            "SELECT target.id, target.text, target.kind, count(*), count(DISTINCT annotation.article)"
            f" {_IN_USE} GROUP BY target.number ORDER BY target.used DESC, target.number DESC"
        )
        return [TargetUse(Target(*row[:3]), *row[3:]) for row in found]

    def find(self, text: str) -> Target | None:
        """The target with just this text, in use or not, or None."""
        row = self._connection.row("SELECT id, text, kind FROM target WHERE text = ?", [storable(text)])
        return None if row is None else Target(*row)

    def get(self, target_id: str) -> Target:
        """A target by its id.

        Raises:
            NotFoundError: there is none.
        """
        row = self._connection.row("SELECT id, text, kind FROM target WHERE id = ?", [storable(target_id)])
        if row is None:
            raise NotFoundError("there is no such target")
        return Target(*row)

    def made(self, text: str) -> Target:
        """The target with this text, made where there is none yet; making one is nothing to undo."""
        with self._connection.transaction():
            return self.get(target_state.made(self._journal, [text])[text])

    def take_in(self, target: Target) -> None:
        """Have a target of another library under its own id, where there is none of its text or id yet.

        One that is here keeps its id, and takes the kind where it has none.
        """
        connection = self._connection
        with connection.transaction():
            text = storable(target.text)
            connection.run(
                "INSERT INTO target (id, text, kind, used) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING",
                [storable(target.id), text, target.kind],
            )
            connection.run("UPDATE target SET kind = ? WHERE text = ? AND kind = ''", [target.kind, text])

    def change(
        self,
        target_id: str,
        what: str,
        *,
        text: str | None = None,
        kind: TargetKind | None = None,
        at: str | None = None,
    ) -> Target:
        """Change a target's text or kind, as one event that can be undone. All its stances follow.

        Args:
            target_id: the target.
            what: the change in words, forward.
            text: its new text; None leaves it.
            kind: its new kind; None leaves it.
            at: the id of the article in which the change is undone; None where it belongs to none.

        Raises:
            NotFoundError: there is no such target.
            ConflictError: another target has that text.
        """
        connection = self._connection
        with connection.transaction():
            number = target_state.number_of(connection, target_id)
            now = target_state.image(connection, number)
            wanted = {"text": text, "kind": kind}
            before, after = difference(now, now | {k: v for k, v in wanted.items() if v is not None})
            if after:
                target_state.write(connection, number, after)
                self._journal.record(
                    what, table="target", row_id=target_id, article_id=at, before=before, after=after
                )
            return self.get(target_id)

    def clashes(self, target_id: str, into_id: str) -> int:
        """How many living annotations have a stance toward both targets, and not the same one."""
        return int(
            self._connection.value(
                "SELECT count(*) FROM stance AS one JOIN stance AS other"
                " ON other.annotation = one.annotation"
                " JOIN annotation ON annotation.key = one.annotation AND annotation.deleted_at IS NULL"
                " WHERE one.target = (SELECT number FROM target WHERE id = ?)"
                " AND other.target = (SELECT number FROM target WHERE id = ?)"
                " AND (one.scheme <> other.scheme OR one.code <> other.code)",
                [storable(target_id), storable(into_id)],
            )
        )

    def merge(self, target_id: str, into_id: str, what: str, *, keep: str, at: str | None = None) -> int:
        """Turn every stance toward one target toward another, as one change that can be undone.

        Args:
            target_id: the target that no stance is toward afterwards.
            into_id: the target that takes its stances.
            what: the change in words, forward.
            keep: the id of that of the two whose stance stays where an annotation has one toward each.
            at: the id of an article in which it is undone too, beside those of the annotations.

        Returns:
            How many annotations changed.

        Raises:
            NotFoundError: one of the two is not there.
        """
        connection, journal = self._connection, self._journal
        with connection.transaction():
            keys = target_state.keys_of(connection, target_state.number_of(connection, target_id))
            target_state.number_of(connection, into_id)
            now = journal.clock()
            # Nothing of the target itself changes: this is where the change is found again.
            journal.record(what, table="target", row_id=target_id, article_id=at, before={}, after={})
            for annotation_id, article_id in self._annotations(keys):
                found = annotation_state.find(connection, annotation_id)
                if found is None:
                    continue
                before = annotation_state.image(connection, found.annotation)["stances"]
                after = _merged(before, target_id, into_id, keep)
                number = found.key >> SHIFT
                annotation_state.write(journal, number, found.key, annotation_id, {"stances": after}, now)
                journal.record_annotation(
                    what,
                    article_id=article_id,
                    annotation_id=annotation_id,
                    before={"stances": before},
                    after={"stances": after},
                )
        return len(keys)

    def _annotations(self, keys: list[int]) -> Iterable[tuple[str, str]]:
        for key in keys:
            yield from self._connection.rows(
                "SELECT annotation.id, article.id FROM annotation JOIN article ON number = article"
                " WHERE key = ?",
                [key],
            )


def _merged(stances: list[list[str]], target_id: str, into_id: str, keep: str) -> list[list[str]]:
    """An annotation's stances with the one toward a target turned toward another."""
    by_target = {target: stance for target, *stance in stances}
    moved = by_target.pop(target_id)
    if into_id not in by_target or keep == target_id:
        by_target[into_id] = moved
    return sorted([target, *stance] for target, stance in by_target.items())
