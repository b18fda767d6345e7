"""Opening an article, keeping its place, correcting what is known about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from reader.desk import Desk
from reader.desk.tags import checked_tags
from reader.errors import InputError
from reader.model import Annotation, Article, Fact, Metadata, Revision, Segment, TextWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An article with what the reading screen needs to draw it."""

    article: Article
    revision: Revision
    annotations: tuple[Annotation, ...]
    """On the shown revision, ordered by start, then the longer first, then id."""


def opened(desk: Desk, reference: int | str) -> Opened:
    """Open an article by its number or id: its text and its marks as they were at one moment.

    Raises:
        NotFoundError: there is no such article.
    """
    with desk.store.snapshot():
        article = desk.store.articles.get(reference)
        return Opened(
            article=article,
            revision=desk.store.articles.revision(article),
            annotations=desk.store.annotations.of(article.id),
        )


def article(desk: Desk, reference: int | str) -> Article:
    """What is known about an article, by its number or id.

    Raises:
        NotFoundError: there is no such article.
    """
    return desk.store.articles.get(reference)


def annotations(desk: Desk, article: Article) -> tuple[Annotation, ...]:
    """The annotations on an article's shown revision, as they are now."""
    return desk.store.annotations.of(article.id)


def set_read(desk: Desk, article_id: str, read: bool, *, asked: bool) -> None:
    """Set whether an article was read; undoable.

    Args:
        desk: the desk.
        article_id: the article's id.
        read: what it shall be.
        asked: True where a person asked for it, False where opening it did: that is undone from the list
            only, and ends nothing that could be redone.
    """
    desk.store.articles.set_read(article_id, read, asked=asked)


def set_starred(desk: Desk, article_id: str, starred: bool) -> None:
    """Set or take an article's star; undoable."""
    desk.store.articles.set_starred(article_id, starred)


def set_tags(desk: Desk, article_id: str, tags: Sequence[str]) -> None:
    """Set the tags of an article; undoable.

    Raises:
        InputError: one of them holds a character that parts tags.
    """
    desk.store.articles.set_tags(article_id, checked_tags(tags))


def remove(desk: Desk, article_id: str) -> None:
    """Take an article and its marks out of lists, search and export; undoable."""
    desk.store.articles.remove(article_id)


def remember_position(desk: Desk, article_id: str, offset: int) -> None:
    """Keep the code point at which reading stopped."""
    desk.store.articles.set_position(article_id, offset)


def facts(desk: Desk, article: Article) -> tuple[Fact, ...]:
    """What is known of an article, field by field, each with what said so."""
    return desk.store.articles.facts(article)


def correct(desk: Desk, article_id: str, metadata: Metadata) -> Article:
    """Correct what is known about an article; undoable.

    Raises:
        InputError: the date cannot be told, or the url is neither empty nor http(s).
        NotFoundError: there is no such article.
    """
    return desk.store.articles.edit(article_id, checked_metadata(metadata))


def checked_metadata(metadata: Metadata) -> Metadata:
    """The same with white space tidied, the date in ISO 8601 and the url checked.

    Raises:
        InputError: the date cannot be told, or the url is neither empty nor http(s).
    """
    return replace(
        metadata,
        title=_one_line(metadata.title),
        source=_one_line(metadata.source),
        author=_one_line(metadata.author),
        published=_date(metadata.published),
        url=_web_address(metadata.url),
    )


def _date(text: str) -> str:
    from reader.dates import iso_date

    date = iso_date(text)
    if text.strip() and not date:
        raise InputError(f"{text!r} is not a date: write 2023, 2023-03, 2023-03-02 or 2023-03-02T09:14:05Z")
    return date


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _web_address(text: str) -> str:
    url = text.strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InputError(f"{url!r} is not a web address ({error})") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"\s", url):
        raise InputError(f"{url!r} is not a web address: it must begin with http:// or https://")
    return url


def markdown(desk: Desk, article: Article) -> str:
    """The cleaned Markdown of an article's shown revision."""
    return desk.store.articles.markdown(article.revision_id)


def page_text(desk: Desk, article: Article) -> str:
    """The decoded text of the original that an article's shown revision was made of."""
    return desk.store.articles.page_text(article.revision_id)


def raw(desk: Desk, article: Article) -> bytes:
    """The original's bytes as they came in."""
    return desk.store.articles.raw(article.revision_id)


def segments(desk: Desk, article: Article) -> tuple[Segment, ...]:
    """The verdicts on the page text of an article's shown revision; they cover it in order."""
    return desk.store.articles.segments(article.revision_id)


def warnings(text: str) -> tuple[TextWarning, ...]:
    """What whoever quotes a text must know: that it looks machine-spun. Ten milliseconds at most."""
    from reader.clean.spun import warnings

    return warnings(text)


def hidden(segments: tuple[Segment, ...]) -> str:
    """What cleaning hid, in one line: ``3 runs hidden: comment form, spam``; empty where nothing is hidden.

    Neighbouring dropped segments with the same reason count as one run.
    """
    runs = 0
    reasons: dict[str, None] = {}
    last = ""
    for segment in segments:
        if segment.verdict != "drop":
            last = ""
        elif segment.reason != last:
            runs += 1
            last = segment.reason
            reasons[segment.reason] = None
    if not runs:
        return ""
    return f"{runs} {'run' if runs == 1 else 'runs'} hidden: {', '.join(reasons)}"
