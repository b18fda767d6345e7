"""Texts that changed: which there were, how they differ, and the marks that lost their place."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from reader.desk import Desk
from reader.errors import InputError, NotFoundError
from reader.model import (
    Anchor,
    Annotation,
    Article,
    Block,
    Canonical,
    Link,
    Revision,
    Run,
    Span,
    Style,
    Version,
    Waiting,
)
from reader.text.align import to_page, to_text
from reader.text.spans import quote_of

_SIGNS = {"removed": "−", "added": "+", "same": ""}
_STYLES = {"removed": Style.REMOVED, "added": Style.ADDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The difference of two texts of an article, laid out to be read.

    What was removed begins with the sign −, what was added with +, so that it can be told without colour.
    """

    canonical: Canonical
    changes: tuple[Span, ...]
    """Where something was removed or added, in the view."""
    older: Version
    newer: Version
    links: tuple[Link, ...]
    """View text to the newer text."""

    def to_view(self, offset: int) -> int:
        """The view's offset of an offset in the newer text, or the nearest one."""
        return to_text(self.links, offset) or 0

    def to_text(self, offset: int) -> int:
        """The newer text's offset of an offset in the view, or the nearest one."""
        return to_page(self.links, offset) or 0


def versions(desk: Desk, article: Article) -> tuple[Version, ...]:
    """The texts that an article has had, the oldest first."""
    return desk.store.versions.of(article.id)


def show(desk: Desk, article: Article, version: Version) -> None:
    """Show another of an article's texts, with its marks; undoable.

    Raises:
        NotFoundError: the article was removed.
    """
    desk.store.versions.show(article.id, version.revision_id)


def compared(desk: Desk, article: Article, older: int | None = None, newer: int | None = None) -> Compared:
    """Compare two of an article's texts.

    Args:
        desk: the desk.
        article: the article.
        older: the number of the one, from 1; None for the one before the newer.
        newer: the number of the other; None for the one that is shown.

    Raises:
        NotFoundError: there is no such text, or only one.
    """
    texts = versions(desk, article)
    if len(texts) == 1:
        raise NotFoundError(f"article {article.number} has had one text so far: there is nothing to compare")
    shown = next(version.number for version in texts if version.shown)
    if newer is None:
        newer = max(shown, 2) if older is None else shown
    older = newer - 1 if older is None else older
    for wanted in (older, newer):
        if not 1 <= wanted <= len(texts):
            raise NotFoundError(f"article {article.number} has no text {wanted}: it has {len(texts)}, from 1")
    one, other = texts[older - 1], texts[newer - 1]
    store = desk.store.versions
    return compare(
        store.revision(one.revision_id).canonical.text,
        store.revision(other.revision_id).canonical.text,
        one,
        other,
    )


def compare(old: str, new: str, older: Version, newer: Version) -> Compared:
    """Lay out the difference of two canonical texts."""
    from reader.text.difference import Difference

    parts: list[str] = []
    length = 0
    last = ""
    changes: list[Span] = []
    links: list[Link] = []
    runs: list[Run] = []
    pieces = Difference(old, new).pieces
    for (sort, start, end), following in zip_longest(pieces, pieces[1:]):
        own = old if sort == "removed" else new
        gap = _blank_before(own, start) if last and not last[-1].isspace() else ""
        body = own[start:end]
        if sort == "removed" and following is not None and following.sort == "added":
            # What took its place stands beside it, also where both end a paragraph.
            body = body.rstrip() + " "
        sign = _SIGNS[sort]
        parts += [gap, sign, body]
        at = length + len(gap)
        if sort == "same":
            links.append(Link(at, start, len(body)))
        else:
            change = Span(at, at + len(sign) + len(body.rstrip()))
            changes.append(change)
            runs += _runs(body, change.start, len(sign), int(_STYLES[sort]))
            if sort == "added":
                links.append(Link(at + len(sign), start, len(body)))
        length = at + len(sign) + len(body)
        last = body
    text = "".join(parts)
    blocks = tuple(Block(*found.span(), "paragraph") for found in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text))
    return Compared(
        canonical=Canonical(text, blocks, tuple(runs)),
        changes=tuple(changes),
        older=older,
        newer=newer,
        links=tuple(links),
    )


def _blank_before(text: str, offset: int) -> str:
    start = offset
    while start > 0 and text[start - 1].isspace():
        start -= 1
    return text[start:offset]


def _runs(body: str, start: int, sign: int, style: int) -> list[Run]:
    """The runs of a piece with its sign, one for each of its paragraphs."""
    runs = []
    for index, found in enumerate(re.finditer(r"\S(?:[^\n]*\S)?", body)):
        lead = 0 if index == 0 else sign
        runs.append(Run(start + lead + found.start(), start + sign + found.end(), style))
    return runs


def change_line(desk: Desk, article: Article) -> str:
    """That an article's text has changed, when, and what became of its marks; empty where it has not."""
    changed_at = desk.store.versions.changed_at(article.id)
    if not changed_at:
        return ""
    when = datetime.fromisoformat(changed_at).astimezone()
    year = "" if when.year == datetime.fromisoformat(desk.store.clock()).year else f" {when.year}"
    marks = desk.store.versions.marks_line(article.id)
    return f"The text changed on {when.day} {when:%B}{year}" + (f": {marks}" if marks else "")


def waiting(desk: Desk, article_id: str | None = None) -> tuple[Waiting, ...]:
    """The marks whose place a person has to confirm or give: by article, the newest first, and by place."""
    return desk.store.versions.waiting(article_id)


def accept(desk: Desk, annotation: Annotation) -> Annotation:
    """Confirm the place that is proposed for a mark, or the words that changed in it; undoable.

    Raises:
        InputError: no place is proposed.
        NotFoundError: the mark was deleted.
    """
    with desk.store.transaction():
        now = desk.store.annotations.get(annotation.id)
        if now.anchor.status == "orphan":
            raise InputError("no place is proposed for this mark: select one")
        text = desk.store.versions.revision(now.anchor.revision_id).canonical.text
        # An imported mark that waits quotes what the file says; from now on it quotes the text.
        anchor = Anchor(now.anchor.revision_id, now.span, *quote_of(text, now.span))
        return desk.store.annotations.save(replace(now, anchor=anchor), "confirmed a mark's place")


def refuse(desk: Desk, annotation: Annotation) -> Annotation:
    """Say that a mark does not belong where it is proposed: it is kept without a place; undoable.

    Raises:
        NotFoundError: the mark was deleted.
    """
    with desk.store.transaction():
        now = desk.store.annotations.get(annotation.id)
        found = next((one for one in waiting(desk, now.article_id) if one.annotation.id == now.id), None)
        if found is None or now.anchor.status == "orphan":
            return now
        origin, at = found.origin, now.span.start
        anchor = origin._replace(
            revision_id=now.anchor.revision_id, span=Span(at, at), status="orphan", score=0.0, changed=False
        )
        return desk.store.annotations.save(replace(now, anchor=anchor), "took a mark's place away")


def attach(desk: Desk, annotation: Annotation, revision: Revision, span: Span) -> Annotation:
    """Give a mark a place by hand; undoable.

    Raises:
        InputError: the span is empty or outside the text.
        NotFoundError: the mark was deleted.
    """
    from reader.desk.marking import reshape

    return reshape(desk, annotation, revision, span)
