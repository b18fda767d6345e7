"""A small library to break, and what can be asked of it afterwards."""

from pathlib import Path

from bench.articles import piece
from bench.library import desk_on
from reader.desk import Desk, reading
from reader.desk.cleaning import prepare
from reader.desk.marking import annotate
from reader.model import Annotation, Draft, Incoming, Span

ARTICLES = 12


def draft(number: int) -> Draft:
    """The nth article, ready to be stored."""
    words = piece(number)
    raw = "\n\n".join([words.title, *words.paragraphs]).encode()
    return prepare(Incoming(raw=raw, media="text", origin=f"article-{number}"))


def make(path: Path, *, articles: int = ARTICLES, marks: int = 3) -> Path:
    """A library of some articles, each with some marks."""
    with desk_on(path) as desk:
        desk.store.articles.add([draft(number) for number in range(articles)])
        for number in range(1, articles + 1):
            for count in range(marks):
                mark(desk, number, count)
    return path


def mark(desk: Desk, number: int, count: int) -> Annotation:
    """Mark a few words of an article, others for each count, with a stance, a target, a tag and a note."""
    revision = reading.opened(desk, number).revision
    start = count * 7 % max(1, len(revision.canonical.text) - 12)
    codes = [label.code for label in desk.scheme.labels]
    return annotate(
        desk,
        revision,
        Span(start, start + 12),
        codes[count % len(codes)],
        f"target {count % 3}",
        note=f"note {count}",
        tags=("faults",),
    )


def mark_ids(desk: Desk) -> set[str]:
    """The ids of all annotations there are, read through the one connection there is."""
    rows = desk.store.articles.first(1000)
    return {annotation.id for row in rows for annotation in desk.store.annotations.of(row.id)}
