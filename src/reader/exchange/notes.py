"""Markdown notes: article by article, each quote with its stances and the note on it."""

from collections.abc import Iterator
from typing import BinaryIO

from reader.clean.escape import escape_inline, escape_line, heading
from reader.exchange.atomic import text_on
from reader.exchange.base import Export, Losses, Written, by_article
from reader.model import Annotation, ExportRow, Metadata

_STATUSES = {"review": "place to be reviewed", "orphan": "no longer in the text"}


def write(export: Export, stream: BinaryIO) -> Written:
    """Write the notes."""
    losses = Losses(always="ids, offsets and when each was marked")
    losses.count("link", len(export.relations))
    count = 0
    with text_on(stream) as text:
        for article, rows in by_article(export.rows):
            text.write("\n".join(_head(article.metadata, first=not count)) + "\n")
            for row in rows:
                losses.look(row.annotation)
                count += 1
                text.write("\n" + "\n\n".join(_mark(row)) + "\n")
    return Written(count, "mark", losses.line("Markdown"))


def _head(metadata: Metadata, *, first: bool) -> Iterator[str]:
    if not first:
        yield ""
    yield heading(metadata.title or "Without a title")
    known = [
        escape_inline(value) for value in (metadata.source, metadata.author, metadata.published) if value
    ]
    if metadata.url:
        known.append(f"<{metadata.url}>" if _is_plain(metadata.url) else escape_inline(metadata.url))
    if known:
        yield ""
        yield " · ".join(known)


def _is_plain(url: str) -> bool:
    """Whether an address can stand between angle brackets."""
    return url.startswith(("http://", "https://")) and not any(char in url for char in "<> \t\n\\")


def _mark(row: ExportRow) -> Iterator[str]:
    annotation = row.annotation
    yield "\n".join(f"> {escape_line(line)}".rstrip() for line in annotation.anchor.exact.split("\n"))
    if told := " · ".join(_details(annotation)):
        yield told
    if annotation.note:
        yield "\n".join(_paragraphs(annotation.note))


def _details(annotation: Annotation) -> Iterator[str]:
    for stance in annotation.stances:
        toward = f" → {escape_inline(stance.target)}" if stance.target else ""
        scheme = "" if stance.scheme == "stance" else f" ({escape_inline(stance.scheme)})"
        yield f"**{escape_inline(stance.code)}**{scheme}{toward}"
    if annotation.holder or annotation.voice:
        yield ", ".join(filter(None, (escape_inline(annotation.holder), annotation.voice)))
    if annotation.confidence is not None:
        yield f"confidence {annotation.confidence}"
    if annotation.tags:
        yield ", ".join(f"#{escape_inline(tag)}" for tag in annotation.tags)
    if annotation.anchor.status != "ok":
        yield _STATUSES[annotation.anchor.status]
    if annotation.annotator.name:
        yield escape_inline(annotation.annotator.name)


def _paragraphs(note: str) -> Iterator[str]:
    """A note with the line breaks it has: a backslash ends each line that another follows."""
    lines = [escape_line(line) for line in note.split("\n")]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        yield f"{line}\\" if line and following else line
