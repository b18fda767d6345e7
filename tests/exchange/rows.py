"""Rows to export, and exports of them, for the tests of this room."""

import io
from collections.abc import Sequence
from dataclasses import replace

from reader.exchange import BY_NAME, Export, Written
from reader.model import (
    Anchor,
    Annotation,
    Annotator,
    ExportRow,
    Metadata,
    Relation,
    Span,
    Stance,
)
from reader.schemes import installed
from reader.text.canonical import text_sha256
from reader.text.spans import quote_of

ADA = Annotator(id="01a21233-9d88-7a51-bfcb-4baea0d288d8", name="Ada")
ONE = "01a21233-a14a-7b8b-b07d-ef9f9efa14d6"
TWO = "01a21233-a14b-73c7-9d73-7cd2f84891c8"
TEXT = "=The gate holds, said “Ada” 🌊.\n\nNobody <b>believes</b> her & the *others*.\n\nThe end."
OTHER = "The gate was never shut."

SCHEMES, _ = installed()


def mark_id(number: int) -> str:
    return f"01a21233-a771-7b49-a37b-{number:012x}"


def row(
    words: str,
    number: int = 1,
    *,
    text: str = TEXT,
    article: str = ONE,
    metadata: Metadata | None = None,
    code: str = "support",
    scheme: str = "stance",
    target: str = "",
    **details: object,
) -> ExportRow:
    """A mark of these words of a text, with one stance unless `code` is empty."""
    start = text.index(words)
    exact, prefix, suffix = quote_of(text, Span(start, start + len(words)))
    annotation = Annotation(
        id=mark_id(number),
        article_id=article,
        annotator=ADA,
        anchor=Anchor("revision", Span(start, start + len(words)), exact, prefix, suffix),
        stances=(Stance(target, scheme, code),) if code else (),
        created_at="2026-03-02T09:14:05.123Z",
        updated_at="2026-03-02T09:14:06.000Z",
    )
    known = Metadata(
        title="The <gate> & the “tide”",
        url="https://example.org/a?b=c",
        source="Gazette",
        author="B. C.",
        published="2023-03",
    )
    return ExportRow(
        annotation=replace(annotation, **details),  # type: ignore[arg-type]
        article_id=article,
        metadata=metadata or known,
        text=text,
        text_sha256=text_sha256(text),
    )


def many() -> list[ExportRow]:
    """Marks of two articles: overlapping, over a paragraph's end, of several stances, of none, orphaned."""
    both = (Stance("", "stance", "oppose"), Stance("the gate", "verdict", "refuted"))
    elsewhere = Metadata(title="", source="Herald")
    orphan = row("The end", 6, code="discuss", note="gone")
    anchor = orphan.annotation.anchor._replace(span=Span(0, 0), exact="Never said", status="orphan")
    return [
        row("=The gate holds", 1, target="the gate", note="a\nb, “c” <i>", tags=("sea", "x y")),
        row("gate holds, said “Ada” 🌊.\n\nNobody <b>believes</b>", 2, holder="Ada", voice="quoted"),
        row("holds", 3, stances=both, confidence=2),
        row("Nobody", 4, code=""),
        orphan._replace(annotation=replace(orphan.annotation, anchor=anchor)),
        row("never shut", 5, text=OTHER, article=TWO, metadata=elsewhere, code="oppose", target="the gate"),
    ]


RELATIONS = (
    Relation(
        "01a21233-ffff-7b49-a37b-000000000001",
        "contradicts",
        mark_id(1),
        mark_id(5),
        ADA,
        "why",
        "2026-03-02T09:15:00.000Z",
    ),
    Relation(
        "01a21233-ffff-7b49-a37b-000000000002",
        "supports",
        mark_id(2),
        mark_id(3),
        ADA,
        "",
        "2026-03-02T09:15:01.000Z",
    ),
)


def export(rows: Sequence[ExportRow], relations: Sequence[Relation] = ()) -> Export:
    return Export(rows=iter(rows), relations=relations, schemes=SCHEMES)


def written(
    form: str, rows: Sequence[ExportRow], relations: Sequence[Relation] = ()
) -> tuple[bytes, Written]:
    """What a format makes of rows, and what it says of it."""
    stream = io.BytesIO()
    told = BY_NAME[form].write(export(rows, relations), stream)
    assert not stream.closed
    return stream.getvalue(), told
