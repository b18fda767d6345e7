"""How long the first page of a search takes among 100,000 articles."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import newsboat
from bench.articles import COMMON_WORD, RARE_WORD, piece
from bench.cache import prepared
from bench.library import MANY, desk_on, library_of
from bench.report import NOT_INSTALLED, Goal, Row, Sample, print_table
from bench.sqlite import connect, fill
from reader.desk import Desk
from reader.desk.finding import rows, search
from reader.model import Order

PAGE = 50
"""How many articles a first page holds: a screenful and some."""

_RUNS = 20
_WORDS = {"rare": RARE_WORD, "common": COMMON_WORD}
_QUERIES = (
    f"{COMMON_WORD} is:unread",
    f"{RARE_WORD} OR {COMMON_WORD}",
    f"source:post -{COMMON_WORD}",
)
"""Queries that are more than words."""
_ORDERS: dict[Order, tuple[str, float, str]] = {
    "added": ("newest added first", 20, "select rowid from found where found match ? order by rowid desc"),
    "published": (
        "newest published first",
        100,
        "select number from found join article on number = found.rowid where found match ? "
        "order by published desc",
    ),
    "rank": ("best match first", 100, "select rowid from found where found match ? order by rank"),
}


def main() -> None:
    """Measure and print."""
    floor = connect(_bare_library())
    peers = _newsboat()
    table = []
    with tempfile.TemporaryDirectory() as folder, desk_on(library_of(MANY, Path(folder))) as desk:
        for order, (title, limit, query) in _ORDERS.items():
            for kind, word in _WORDS.items():
                bare = partial(_fetch, floor, f"{query} limit {PAGE}", word)
                table.append(
                    Row(
                        what=f"{kind} word, {title}",
                        floor=_timed(bare),
                        peer=peers[kind],
                        ours=_timed(partial(_first_page, desk, word, order)),
                        goal=Goal(limit),
                    )
                )
        for query in _QUERIES:
            for order, (title, limit, _) in _ORDERS.items():
                ours = _timed(partial(_first_page, desk, query, order))
                table.append(Row(what=f"{query}, {title}", ours=ours, goal=Goal(limit)))
    floor.close()
    print_table(
        f"Search of 100,000 articles, first page of {PAGE} "
        "(floor: bare SQLite, numbers only; peer: newsboat, whose results have one order)",
        table,
    )


def _first_page(desk: Desk, word: str, order: Order) -> None:
    found = rows(desk, search(desk, word, order, PAGE))
    if not found:
        raise RuntimeError(f"nothing was found for {word!r}")


def _fetch(connection: sqlite3.Connection, query: str, word: str) -> None:
    connection.execute(query, (word,)).fetchall()


def _timed(act: Callable[[], None]) -> Sample:
    act()
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1e3)
    return Sample(tuple(times))


def _bare_library() -> Path:
    def build(folder: Path) -> None:
        fill(folder / "bare.db", (piece(number) for number in range(MANY)))

    return prepared("bare", build, ["bench/articles.py", "bench/sqlite.py"]) / "bare.db"


def _newsboat() -> dict[str, Sample | str]:
    """Words typed into newsboat's search: from Enter to the last output."""
    if not newsboat.installed():
        return dict.fromkeys(_WORDS, NOT_INSTALLED)
    cache = newsboat.cached(str(MANY), (piece(number) for number in range(MANY)))
    found: dict[str, Sample | str] = {}
    for kind, word in _WORDS.items():
        times = []
        with newsboat.terminal(cache) as terminal:
            for _ in range(4):
                terminal.wait_text("Your feeds")
                terminal.key(b"/")
                terminal.key(word.encode())
                times.append(terminal.key_shows(b"\r", "Search results"))
                terminal.send(b"q")
        found[kind] = Sample(tuple(times[1:]))
    return found


if __name__ == "__main__":
    main()
