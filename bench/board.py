"""The claims board over 100,000 annotations: its first page, filters, and keys on it."""

import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.library import LISTED, claims_library, desk_on, reader_in_terminal
from bench.report import Goal, Row, Sample, print_table
from bench.sqlite import connect
from bench.terminal import Terminal
from reader.desk import Desk
from reader.desk.board import GROUPINGS, board, claims
from reader.model import Grouping

_RUNS = 7
_BOARD = "100,000 stances"
"""A text that shows that the board is there."""
_FIRST = 40
"""Marks that a first page shows at most."""

_FILTERS = (
    "stance:oppose",
    'stance:oppose target:"claim 3"',
    'source:"outlet 7"',
    "tag:budget",
    "minister -stance:support",
    "has:note OR holder:7",
    "NOT tag:budget",
    "before:2016 is:unread",
    "nothinglikethis",
)
_MOVES = [b"j"] * 60 + [b"k"] * 60
_PAGES = [b" "] * 20 + [b"\x1b[5~"] * 20
_FEW_PAGES = ([b" "] * 3 + [b"\x1b[5~"] * 3) * 7
_ACROSS = [b"l"] * 30 + [b"h"] * 30


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        library = claims_library(Path(name))
        rows = _in_the_desk(library)
        with reader_in_terminal(library) as terminal:
            rows += _on_the_screen(terminal)
    print_table(
        "The board over 100,000 annotations on 10,000 articles "
        "(floor: one bare SQLite query that reads all stances, grouped by nothing)",
        rows,
    )


def _in_the_desk(library: Path) -> list[Row]:
    connection = connect(library)
    floor = _timed(
        lambda: connection.execute("select annotation, target, scheme, code from stance").fetchall()
    )
    connection.close()
    rows = []
    with desk_on(library) as desk:
        for grouping in GROUPINGS:
            first = _timed(lambda grouping=grouping: _page(desk, "", grouping))  # type: ignore[misc]
            goal = Goal(100) if grouping == "target" else None
            rows.append(Row(what=f"first page by {grouping}", floor=floor, ours=first, goal=goal))
        for query in _FILTERS:
            rows.append(
                Row(
                    what=f"filter {query}",
                    floor=floor,
                    ours=_timed(lambda query=query: _page(desk, query, "target")),  # type: ignore[misc]
                    goal=Goal(200),
                )
            )
        rows.append(
            Row(
                what="matrix of 120 sources by 401 targets",
                floor=floor,
                ours=_timed(lambda: board(desk, "", by={"source"}).matrix()),
            )
        )
    return rows


def _page(desk: Desk, query: str, grouping: Grouping) -> None:
    """All that the first page shows: the groups, and the marks of the first one."""
    found = board(desk, query, by={grouping})
    groups = found.groups(grouping)
    if groups:
        claims(desk, found, found.places(grouping, groups[0].name)[:_FIRST])


def _timed(act: Callable[[], object]) -> Sample:
    act()
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1e3)
    return Sample(tuple(times))


def _on_the_screen(terminal: Terminal) -> list[Row]:
    terminal.wait_text(LISTED)
    terminal.settle(0.5)
    shown = []
    for _ in range(4):
        shown.append(terminal.key_shows(b"B", _BOARD))
        terminal.key_shows(b"q", LISTED)
        terminal.settle(0.2)
    rows = [
        Row(what="from B to the board on the screen, the first time", ours=Sample(tuple(shown[:1]))),
        Row(what="from B to the board, as it was left", ours=Sample(tuple(shown[1:]))),
    ]
    terminal.key_shows(b"B", _BOARD)
    terminal.settle(0.5)
    terminal.key(b"j")
    terminal.key(b"\r", timeout=5)
    rows.append(Row(what="list: down, up", ours=_typed(terminal, _MOVES), goal=Goal(15, "p95")))
    rows.append(Row(what="list: a page", ours=_typed(terminal, _PAGES), goal=Goal(15, "p95")))
    terminal.key_shows(b"m", "120 × 401")
    terminal.settle(0.5)
    rows.append(Row(what="matrix: down, up", ours=_typed(terminal, _MOVES), goal=Goal(15, "p95")))
    rows.append(Row(what="matrix: right, left", ours=_typed(terminal, _ACROSS), goal=Goal(15, "p95")))
    rows.append(Row(what="matrix: a page", ours=_typed(terminal, _FEW_PAGES), goal=Goal(15, "p95")))
    return rows


def _typed(terminal: Terminal, keys: Iterable[bytes]) -> Sample:
    """Type keys one after another; those that find nothing to move draw nothing and do not count."""
    reactions = [terminal.key(key, timeout=1) for key in keys]
    return Sample(tuple(reaction.last for reaction in reactions if reaction is not None))


if __name__ == "__main__":
    main()
