"""Which articles the library shows, in which order: numbers for all of them, rows for those in view."""

from array import array
from typing import NamedTuple

from reader.desk import Desk, finding
from reader.model import ArticleRow, Order

FIRST = 120
"""Rows read for the first paint, before the numbers of all articles are known."""
WINDOW = 100
"""Rows read at once when one is missing."""
_AHEAD = 2000
"""Numbers read at once while the list is walked through before all of them are known."""
_KEPT = 3000
_CHUNK = 500
"""Articles that are asked at once whether they were read."""


class View(NamedTuple):
    """Whose articles are listed."""

    title: str = ""
    feeds: tuple[int, ...] = ()
    """The numbers of the feeds; none for the whole library."""


class Listing:
    """An ordered list of articles, read in windows; 8 bytes for each article that is not in view."""

    def __init__(self, desk: Desk) -> None:
        """Read the first rows of the whole library, newest added first."""
        self._desk = desk
        self.query = ""
        self.view = View()
        self.order: Order = "added"
        self._rows: dict[int, ArticleRow] = {}
        first = finding.first_rows(desk, FIRST)
        self._numbers = array("q", [row.number for row in first])
        self._rows = {row.number: row for row in first}
        self._total = finding.count(desk)
        self._gone = finding.gone(desk)

    def __len__(self) -> int:
        """How many articles are listed."""
        return max(self._total, len(self._numbers))

    @property
    def complete(self) -> bool:
        """Whether every article's number is known."""
        return len(self._numbers) >= self._total

    def take(self, numbers: "array[int]", query: str, order: Order) -> None:
        """List these articles: the answer to a query, in an order."""
        self._numbers, self._total = numbers, len(numbers)
        self.query, self.order = query, order

    def reload(self) -> None:
        """Ask the library for everything again."""
        self._rows.clear()
        self._gone = finding.gone(self._desk)
        if self.query or self.order != "added" or self.view.feeds:
            found = finding.search(self._desk, self.query, self.order, typing=True, feeds=self.view.feeds)
        else:
            found = finding.numbers(self._desk)
        self._numbers, self._total = found, len(found)

    def catch_up(self) -> None:
        """Take in what another session or an import has changed, as cheaply as can be.

        While an import runs this happens at every key. So articles that were added are put on top of the
        list of all of them, which is read anew only if some are gone; and the answer to a query stays as it
        is, with what its rows say now, until the query is asked again.
        """
        self._rows.clear()
        if self.query or self.order != "added":
            return
        if self.view.feeds or finding.gone(self._desk) != self._gone:
            self.reload()
            return
        newest = self._numbers[0] if self._numbers else 0
        added = finding.numbers(self._desk, after=newest)
        if added:
            self._numbers = added + array("q", self._numbers)
            self._total += len(added)

    def _complete(self) -> None:
        if not self.complete:
            found = finding.numbers(self._desk)
            self._numbers, self._total = found, len(found)

    def _reach(self, index: int) -> None:
        """Know the numbers down to a position: reading all 100,000 of a library takes several frames."""
        if not self.complete and len(self._numbers) <= index < len(self._numbers) + _AHEAD:
            self._numbers += finding.older(self._desk, self._numbers[-1], _AHEAD)
        if index >= len(self._numbers):
            self._complete()

    def number(self, index: int) -> int | None:
        """The number of the article at a position, or None past the end."""
        self._reach(index)
        return self._numbers[index] if 0 <= index < len(self._numbers) else None

    def all_numbers(self) -> list[int]:
        """The numbers of all listed articles, in order."""
        self._complete()
        return list(self._numbers)

    def index(self, number: int) -> int | None:
        """The position of an article, or None where it is not listed."""
        # Those known so far are looked through first: reading all numbers can take several frames.
        while True:
            try:
                return self._numbers.index(number)
            except ValueError:
                if self.complete:
                    return None
                self._complete()

    def next_unread(self, index: int) -> int | None:
        """The first unread article from a position on, else from the top; None where there is none."""
        self._complete()
        places = [*range(index, len(self._numbers), _CHUNK), *range(0, index, _CHUNK)]
        for start in places:
            end = min(start + _CHUNK, len(self._numbers) if start >= index else index)
            found = finding.unread_of(self._desk, self._numbers[start:end])
            if found:
                return found[0]
        return None

    def unread(self) -> int:
        """How many articles of the feeds shown, or of the library, are unread, whatever is searched for."""
        return finding.unread(self._desk, self.view.feeds)

    def row(self, index: int) -> ArticleRow | None:
        """The row at a position, or None past the end."""
        number = self.number(index)
        if number is None:
            return None
        row = self._rows.get(number)
        if row is None:
            if len(self._rows) > _KEPT:
                self._rows.clear()
            start = max(0, index - WINDOW // 2)
            wanted = list(self._numbers[start : start + WINDOW])
            self._rows.update((row.number, row) for row in finding.rows(self._desk, wanted))
            row = self._rows.get(number)
        return row

    def forget_rows(self) -> None:
        """Read all rows anew when they are shown next."""
        self._rows.clear()

    def forget(self, number: int) -> None:
        """Read an article's row anew when it is shown next."""
        self._rows.pop(number, None)
