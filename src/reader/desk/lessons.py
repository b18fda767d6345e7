"""What recurs across sources: articles that come in are cleaned with it, and it is learned from them."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reader.clean.recurring import page_lines
from reader.clean.sources import source_of
from reader.desk import Desk
from reader.desk.recleaning import clean_again
from reader.model import Added, Draft, Incoming, Known, Problem, Recurring

_log = logging.getLogger(__name__)


class Lesson(NamedTuple):
    """A piece of news with what is known of its source when it comes in."""

    incoming: Incoming
    recurring: Recurring | None

    @property
    def origin(self) -> str:
        """Where it came from."""
        return self.incoming.origin


def learn(desk: Desk, draft: Draft) -> None:
    """Count the lines of an article that comes in, inside a transaction; the same again does not count."""
    source = source_of(draft.incoming, place=True)
    desk.store.recurring.learn(source, page_lines(draft.cleaned.page_text))


def clean_once_more(
    desk: Desk, early: Sequence[int | str], cancelled: Callable[[], bool], workers: int | None
) -> None:
    """Clean articles that came before anything was known of their source; what fails stays as it is."""
    if not early or cancelled():
        return
    for outcome in clean_again(desk, early, undoable=False, workers=workers):
        if isinstance(outcome, Problem):
            _log.warning("%s: not cleaned once more: %s", outcome.origin, outcome.message)
        if cancelled():
            return


class Lessons:
    """What the articles of one run learn from those before them, and the first from those after them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, Recurring | None] = {}
        """What recurs across sources, as the library has known it since the last batch."""
        self._untaught: dict[str, str] = {}
        """Origin and source of what is given out while nothing is known of its source."""
        self._early: dict[str, list[int]] = {}
        """The articles that have come of it, by source."""

    def recognised(self, item: Incoming | Problem) -> Lesson | Known | Problem:
        """What was added before as `Known`, so that it is not cleaned again; else with what is known."""
        if isinstance(item, Problem):
            return item
        known = self._desk.store.articles.known(item)
        if known:
            return known
        source = source_of(item, place=True)
        if source not in self._known:
            self._known[source] = self._desk.store.recurring.of(source)
        if source and self._known[source] is None:
            self._untaught[item.origin] = source
        return Lesson(item, self._known[source])

    def stored(
        self, batch: Sequence[Draft | Known | Problem], outcomes: Iterator[Added | Problem]
    ) -> Iterator[Added | Problem]:
        """The outcomes of a batch, noted."""
        for item, outcome in zip(batch, outcomes, strict=True):
            source = self._untaught.pop(origin_of(item), "")
            if source and isinstance(outcome, Added) and outcome.outcome == "added":
                self._early.setdefault(source, []).append(outcome.number)
            yield outcome
        self._known.clear()

    def revise(self, cancelled: Callable[[], bool], workers: int | None) -> None:
        """Clean once more what came before anything was known of its source, where something is by now."""
        known = self._desk.store.recurring.of
        early = [number for source, numbers in self._early.items() if known(source) for number in numbers]
        clean_once_more(self._desk, early, cancelled, workers)


def origin_of(item: Draft | Known | Problem) -> str:
    """Where it came from."""
    return item.incoming.origin if isinstance(item, Draft) else item.origin
