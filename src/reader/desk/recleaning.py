"""Cleaning articles of the library again, with what is known by now."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from reader.clean.overrides import overrides_of
from reader.clean.recurring import RECURS, page_lines
from reader.clean.sources import source_of
from reader.desk import Desk
from reader.desk.cleaning import prepare
from reader.desk.workers import Failed, ordered_map
from reader.errors import InputError, ReaderError
from reader.model import Article, Draft, Incoming, Problem, Recurring, Segment

_AT_ONCE = 50

_log = logging.getLogger(__name__)


class Recleaned(NamedTuple):
    """An article that was cleaned again."""

    article: Article
    changed: bool
    """Whether that made a new text; without it everything is as it was."""


class _Task(NamedTuple):
    article: Article
    incoming: Incoming
    recurring: Recurring | None
    overrides: tuple[Segment, ...]


def clean_again(
    desk: Desk, references: Sequence[int | str], *, undoable: bool = True, workers: int | None = None
) -> Iterator[Recleaned | Problem]:
    """Clean articles again; what a person decided of them stands, and their marks come along.

    Args:
        desk: the desk.
        references: the articles, by number or id.
        undoable: True where a person asked for it. Then what recurs across their sources is counted first,
            since articles may be older than the counting.
        workers: how many processes clean; None for one a core.

    Raises:
        StoreError: the library cannot be written; what was yielded before stays.
    """
    if undoable:
        _learn(desk, references)
    what = "cleaned the article again" if undoable else ""
    waiting: list[tuple[Article, Draft] | Problem] = []
    for result in ordered_map(_again, _tasks(desk, references), weight=_weight, workers=workers):
        if isinstance(result, Failed):
            _log.error("cleaning again failed\n%s", result.details)
            waiting.append(Problem(_origin(result.item), f"could not be processed ({result.error})"))
        else:
            waiting.append(result)
        # What is one transaction is undone as one.
        if undoable or len(waiting) >= _AT_ONCE:
            yield from _stored(desk, waiting, what)
            waiting.clear()
    if waiting:
        yield from _stored(desk, waiting, what)


def prepare_again(incoming: Incoming, recurring: Recurring | None, overrides: Sequence[Segment]) -> Draft:
    """`prepare`, but that a line which recurs across the source, and is dropped for it, is no title.

    Raises:
        InputError: it holds no text.
    """
    draft = prepare(incoming, recurring, overrides)
    hidden = {
        " ".join(line.split())
        for segment in draft.cleaned.segments
        if segment.verdict == "drop" and segment.reason == RECURS
        for line in draft.cleaned.page_text[segment.start : segment.end].split("\n")
    }
    if incoming.metadata.title in hidden - {""}:
        untitled = replace(incoming, metadata=replace(incoming.metadata, title=""))
        return prepare(untitled, recurring, overrides)
    return draft


def fits(desk: Desk, article: Article, draft: Draft) -> None:
    """See to it that a draft can stand in the place of an article's shown text.

    Raises:
        InputError: it was made of another page text, or nothing is left in it.
    """
    if draft.cleaned.page_text != desk.store.articles.page_text(article.revision_id):
        raise InputError(
            "this version reads the original differently, so verdicts and marks cannot be carried over: "
            "add the file again under another name"
        )
    if not draft.canonical.text:
        raise InputError("nothing of the article would be left")


def _learn(desk: Desk, references: Sequence[int | str]) -> None:
    articles = desk.store.articles
    for first in range(0, len(references), _AT_ONCE):
        with desk.store.transaction():
            for reference in references[first : first + _AT_ONCE]:
                try:
                    revision = articles.get(reference).revision_id
                except ReaderError:
                    continue  # told when its turn comes
                source = source_of(articles.incoming(revision), place=True)
                desk.store.recurring.learn(source, page_lines(articles.page_text(revision)))


def _tasks(desk: Desk, references: Sequence[int | str]) -> Iterator[_Task | Problem]:
    articles = desk.store.articles
    for reference in references:
        try:
            article = articles.get(reference)
            incoming = articles.incoming(article.revision_id)
            recurring = desk.store.recurring.of(source_of(incoming, place=True), counted=True)
            yield _Task(article, incoming, recurring, overrides_of(articles.segments(article.revision_id)))
        except ReaderError as error:
            yield Problem(f"article {reference}", str(error))


def _again(task: _Task | Problem) -> tuple[Article, Draft] | Problem:
    if isinstance(task, Problem):
        return task
    try:
        return task.article, prepare_again(task.incoming, task.recurring, task.overrides)
    except InputError as error:
        return Problem(_origin(task), str(error))


def _stored(
    desk: Desk, results: Sequence[tuple[Article, Draft] | Problem], what: str
) -> list[Recleaned | Problem]:
    """Store what differs from what is shown, in one transaction; returns what became of each."""
    outcomes: list[Recleaned | Problem] = []
    with desk.store.transaction():
        for result in results:
            if isinstance(result, Problem):
                outcomes.append(result)
                continue
            try:
                outcomes.append(_put(desk, *result, what))
            except ReaderError as error:
                outcomes.append(Problem(f"article {result[0].number}", str(error)))
    return outcomes


def _put(desk: Desk, article: Article, draft: Draft, what: str) -> Recleaned:
    fits(desk, article, draft)
    articles = desk.store.articles
    before = articles.segments(article.revision_id)
    if draft.cleaned.segments == before and draft.sha256 == articles.revision(article).sha256:
        return Recleaned(article, changed=False)
    return Recleaned(articles.revise(article, draft, what), changed=True)


def _weight(task: _Task | Problem) -> int:
    return len(task.incoming.raw) if isinstance(task, _Task) else 0


def _origin(task: _Task | Problem) -> str:
    return f"article {task.article.number}" if isinstance(task, _Task) else task.origin
