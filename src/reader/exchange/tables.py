"""The tables beside the annotations: links between claims, and the codebook."""

from collections.abc import Iterable, Iterator

from reader.model import Relation, Scheme

RELATION_COLUMNS = ("relation_id", "type", "from_id", "to_id", "note", "annotator", "created_at")
"""The columns of ``relations.csv``; a promise as those of the annotations are."""

CODEBOOK_COLUMNS = ("scheme", "version", "code", "key", "name", "symbol", "colour", "definition")
"""The columns of ``codebook.csv``, likewise."""


def relation_rows(relations: Iterable[Relation]) -> Iterator[tuple[str, ...]]:
    """A row for each link."""
    for relation in relations:
        yield (
            relation.id,
            relation.type,
            relation.from_id,
            relation.to_id,
            relation.note,
            relation.annotator.name,
            relation.created_at,
        )


def codebook_rows(schemes: Iterable[Scheme]) -> Iterator[tuple[str, ...]]:
    """A row for each label of each scheme."""
    for scheme in schemes:
        for label in scheme.labels:
            yield (
                scheme.name,
                str(scheme.version),
                label.code,
                label.key,
                label.name,
                label.symbol,
                label.colour,
                label.definition,
            )
