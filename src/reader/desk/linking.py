"""Relations between marked claims: making, listing, taking away."""

from collections.abc import Sequence

from reader.desk import Desk
from reader.errors import InputError
from reader.model import Annotation, RelatedMark, Relation, RelationType

NAMES: dict[RelationType, str] = {
    "supports": "supports",
    "contradicts": "contradicts",
    "same_claim": "same claim",
    "evidence_for": "evidence for",
}
"""What a type of relation is called, read from the annotation that it starts at."""


def arrow(related: RelatedMark) -> str:
    """A relation's direction seen from one of its ends: ``→``, ``←``, or ``↔`` for a symmetric one."""
    if related.relation.symmetric:
        return "↔"
    return "→" if related.outgoing else "←"


def link(
    desk: Desk, source: Annotation, destination: Annotation, kind: RelationType, note: str = ""
) -> tuple[Relation, bool]:
    """Relate two annotations; the event is undone in the article of the second one.

    Returns:
        The relation, and whether it is new: the same one is not made twice, nor a symmetric one from its
        other end.

    Raises:
        InputError: the two are one annotation.
        NotFoundError: one of the two is deleted.
    """
    if source.id == destination.id:
        raise InputError("a mark cannot be linked to itself: go to another one")
    wanted = Relation(
        id=desk.store.new_id(),
        type=kind,
        from_id=source.id,
        to_id=destination.id,
        annotator=desk.store.annotator,
        note=note.strip(),
    )
    with desk.store.transaction():
        known = desk.store.relations.find(wanted)
        if known is not None:
            return known, False
        return desk.store.relations.add(wanted, f"linked: {NAMES[kind]}", at=destination.id), True


def unlink(desk: Desk, relation: Relation, at: Annotation) -> None:
    """Take a relation away; the event is undone in the article of the annotation `at`.

    Raises:
        NotFoundError: it was taken away already.
    """
    desk.store.relations.delete(relation.id, f"unlinked: {NAMES[relation.type]}", at=at.id)


def links(desk: Desk, annotation: Annotation) -> list[RelatedMark]:
    """An annotation's relations, the first made first, each with the mark at its other end."""
    return desk.store.relations.of(annotation.id)


def counts(desk: Desk, article_id: str) -> dict[str, int]:
    """How many relations each annotation of an article has; those without any are left out."""
    return desk.store.relations.counts(article_id)


def relations(desk: Desk, numbers: Sequence[int] | None = None) -> list[Relation]:
    """All relations by id; with numbers of articles, those that have both ends in them."""
    return desk.store.relations.all(numbers)
