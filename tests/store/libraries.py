"""Real libraries in a temporary folder, and what to put into them."""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.ids import new_id, utc_now
from reader.model import (
    Anchor,
    Annotation,
    Annotator,
    Article,
    Block,
    Canonical,
    Cleaned,
    Draft,
    Incoming,
    Link,
    Media,
    Metadata,
    Run,
    Segment,
    Span,
    Stance,
)
from reader.store import PATIENCE, Store, open_store
from reader.store.driver import sqlite

ANN = Annotator(id="annotator-ann", name="Ann")
BEN = Annotator(id="annotator-ben", name="Ben")

TEXT = "The mayor said the bridge is safe.\n\nEngineers doubt it."


def library(
    path: Path, annotator: Annotator = ANN, *, create: bool = True, patience: float = PATIENCE
) -> Store:
    """Open the library at `path`."""
    return open_store(
        path, annotator=annotator, clock=utc_now, new_id=new_id, create=create, patience=patience
    )


def draft(
    text: str = TEXT,
    *,
    title: str = "A bridge",
    url: str = "",
    source: str = "",
    published: str = "",
    origin: str = "-",
    media: Media = "text",
    raw: bytes | None = None,
) -> Draft:
    """An article ready to be stored, of one block a paragraph."""
    blocks: list[Block] = []
    for paragraph in text.split("\n\n"):
        start = blocks[-1].end + 2 if blocks else 0
        blocks.append(Block(start, start + len(paragraph), "paragraph"))
    metadata = Metadata(title=title, url=url, source=source, published=published)
    content = text.encode("utf-8", "surrogatepass") if raw is None else raw
    return Draft(
        incoming=Incoming(raw=content, media=media, origin=origin, metadata=metadata),
        cleaned=Cleaned(
            page_text=text,
            segments=(Segment(0, len(text), "keep", "", "article"),),
            markdown=text,
            metadata=metadata,
            cleaner="plain/1",
            encoding="utf-8",
        ),
        canonical=Canonical(text=text, blocks=tuple(blocks), runs=(Run(0, 3, 2),)),
        links=(Link(0, 0, len(text)),),
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def add(store: Store, text: str = TEXT, **details: Any) -> Article:  # noqa: ANN401 - those of `draft`
    """Store one article and return it."""
    (added,) = store.articles.add([draft(text, **details)])
    return store.articles.get(added.number)


def mark(
    store: Store,
    article: Article,
    start: int = 0,
    end: int = 9,
    *,
    code: str = "support",
    target: str = "",
    annotator: Annotator | None = None,
    **details: Any,  # noqa: ANN401 - fields of `Annotation`
) -> Annotation:
    """Save a new annotation of the shown text, with one stance unless `code` is empty."""
    text = store.articles.revision(article).canonical.text
    annotation = Annotation(
        id=new_id(),
        article_id=article.id,
        annotator=annotator or store.annotator,
        anchor=Anchor(
            revision_id=article.revision_id,
            span=Span(start, end),
            exact=text[start:end],
            prefix=text[max(0, start - 32) : start],
            suffix=text[end : end + 32],
        ),
        stances=(Stance(target=target, scheme="stance", code=code),) if code else (),
        **details,
    )
    return store.annotations.save(annotation, f"marked as {code}" if code else "marked")


def marks_in(store: Store) -> int:
    """How many annotations there are in all articles."""
    return len(list(store.annotations.export_rows()))


def restance(store: Store, annotation: Annotation, code: str, target: str = "") -> Annotation:
    """Change an annotation's stance toward a target."""
    others = [stance for stance in annotation.stances if stance.target != target]
    before = annotation.stance_toward(target)
    stances = (*others, Stance(target=target, scheme="stance", code=code))
    what = f"{before.code if before else 'none'} → {code}"
    return store.annotations.save(replace(annotation, stances=stances), what)


def sql(path: Path, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Run a statement on the file behind the store's back."""
    connection: sqlite3.Connection = sqlite.connect(str(path), isolation_level=None)
    try:
        return connection.execute(statement, parameters).fetchall()
    finally:
        connection.close()
