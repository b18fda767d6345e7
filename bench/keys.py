"""How long it takes from a key to what it draws: in the list, in articles of every size, while importing."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path

from bench import newsboat
from bench.adding import SIZE, TEXTS, written
from bench.articles import Piece, piece
from bench.cache import ROOT
from bench.library import (
    BIG,
    LISTED,
    MANY,
    OPENED,
    big_title,
    desk_on,
    library_of,
    list_marker,
    reader_in_terminal,
    settings_beside,
)
from bench.process import READER, plain_environment
from bench.report import NONE, Goal, Row, Sample, print_table, progress
from bench.terminal import COLUMNS, ROWS, Reaction, Terminal
from reader.desk.finding import count, search
from reader.desk.reading import opened

_DOWN, _UP = b"\x1bOB", b"\x1bOA"
_HALF_DOWN, _HALF_UP, _WHEEL_DOWN, _WHEEL_UP = b"\x04", b"\x15", b"\x1b[<65;60;20M", b"\x1b[<64;60;20M"

_MOVES = [b"j"] * 60 + [b"k"] * 60
_PAGES = [b" "] * 20 + [b"\x1b[5~"] * 20
_JUMPS = [b"G", b"g"] * 10
_CARET = [b"l", b"l", b"w", b"j", b")", b"h", b"b", b"k", b"}", b"("] * 12
_SELECTION = [b"w", b"l", b")", b"j", b"h", b"w", b"b", b"k", b"l", b"l"] * 6
_SCROLLS = ([_HALF_DOWN] * 3 + [_HALF_UP] * 3 + [_WHEEL_DOWN] * 5 + [_WHEEL_UP] * 5) * 4
_CLAIMS = [b"."] * 30 + [b","] * 30
_MARKS = 30
_WHILE_IMPORTING = [b"l", b"w", b")", b"1", b"j", _HALF_DOWN, b"k", b"b", b"(", _HALF_UP]

_OPEN_GOALS = {"10 KB": 20.0, "1 MB": 50.0, "1 MB of CJK and emoji": 130.0}
_NARROW = 60
"""Columns of the other width in the resizes: narrower than the measure, so that the text is wrapped anew."""

Floors = Mapping[str, Sample]
Peers = Mapping[str, Sample | str]


def main() -> None:
    """Measure and print."""
    floors = _floors()
    peers = _newsboat() if newsboat.installed() else {}
    with tempfile.TemporaryDirectory() as name:
        library = library_of(MANY, Path(name))
        rows: list[Row] = []
        with reader_in_terminal(library) as terminal:
            terminal.wait_text(list_marker(MANY))
            rows += _in_the_list(terminal, floors, peers)
            rows += _opening(terminal, floors, peers)
            for size in BIG:
                rows += _in_an_article(terminal, size, floors, peers)
            rows += _resizing(terminal, floors)
            rows += _while_importing(terminal, library, floors)
        _check_marks(library)
    print_table(
        "Keys, from the key to the last output "
        "(floor: a Textual app that draws one line, or the whole page, again)",
        rows,
    )


def typed(terminal: Terminal, keys: Iterable[bytes]) -> Sample:
    """Type keys one after another, each of which must draw something."""
    return Sample(tuple(_last(terminal, terminal.key(key, timeout=5), key) for key in keys))


def _last(terminal: Terminal, reaction: Reaction | None, key: bytes) -> float:
    if reaction is None:
        raise RuntimeError(f"{key!r} drew nothing; on the screen:\n{terminal.screen()}")
    return reaction.last


def _in_the_list(terminal: Terminal, floors: Floors, peers: Peers) -> list[Row]:
    progress("keys in the list")
    return [
        Row(
            what="list of 100,000: down, up",
            floor=floors["line"],
            peer=peers.get("list", NONE),
            ours=typed(terminal, _MOVES),
            goal=Goal(8, "p95"),
        ),
        Row(what="list: a page", floor=floors["page"], ours=typed(terminal, _PAGES), goal=Goal(8, "p95")),
        Row(what="list: bottom, top", floor=floors["page"], ours=typed(terminal, _JUMPS)),
    ]


def _opening(terminal: Terminal, floors: Floors, peers: Peers) -> list[Row]:
    rows = []
    for size in BIG:
        progress(f"opening {size}")
        _go_to(terminal, size)
        times = []
        for _ in range(11):
            times.append(_last(terminal, terminal.key(b"\r", quiet=0.2), b"Enter"))
            terminal.wait_text(OPENED)
            terminal.key_shows(b"q", LISTED)
            terminal.settle(0.1)
        goal = Goal(_OPEN_GOALS[size]) if size in _OPEN_GOALS else None
        rows.append(
            Row(
                what=f"open {size}",
                floor=floors["page"],
                peer=peers.get(f"open {size}", NONE),
                ours=Sample(tuple(times[1:])),
                goal=goal,
            )
        )
    return rows


def _in_an_article(terminal: Terminal, size: str, floors: Floors, peers: Peers) -> list[Row]:
    progress(f"keys in {size}")
    _go_to(terminal, size)
    terminal.key_shows(b"\r", OPENED)
    terminal.key(b"g", timeout=1)
    caret = typed(terminal, _CARET)
    terminal.key(b"v")
    selection = typed(terminal, _SELECTION)
    terminal.key(b"v")
    marking = []
    for _ in range(_MARKS):
        terminal.key(b")")
        marking.append(_last(terminal, terminal.key(b"1"), b"1"))
    terminal.key(b"g", timeout=1)
    rows = []
    if "CJK" not in size:  # The rules know no word of it: there is no claim to go to.
        claims = typed(terminal, _CLAIMS)
        rows = [Row(what=f"{size}: to a claim", floor=floors["page"], ours=claims, goal=Goal(15, "p95"))]
        terminal.key(b"g", timeout=1)
    scrolling = typed(terminal, _SCROLLS)
    terminal.key_shows(b"q", LISTED)
    return [
        *rows,
        Row(what=f"{size}: caret", floor=floors["line"], ours=caret, goal=Goal(8, "p95")),
        Row(what=f"{size}: selection", floor=floors["line"], ours=selection, goal=Goal(8, "p95")),
        Row(
            what=f"{size}: marking, with its commit",
            floor=floors["line"],
            ours=Sample(tuple(marking)),
            goal=Goal(8, "p95"),
        ),
        Row(
            what=f"{size}: scrolling",
            floor=floors["page"],
            peer=peers.get(f"scroll {size}", NONE),
            ours=scrolling,
            goal=Goal(10, "p95"),
        ),
    ]


def _resizing(terminal: Terminal, floors: Floors) -> list[Row]:
    progress("resizing")
    _go_to(terminal, "1 MB")
    terminal.key_shows(b"\r", OPENED)
    resized = _resized(terminal)
    terminal.key_shows(b"q", LISTED)
    return [Row(what="resize with 1 MB open", floor=floors["resize"], ours=resized, goal=Goal(120))]


def _resized(terminal: Terminal) -> Sample:
    times = []
    for columns in islice(cycle((_NARROW, COLUMNS)), 12):
        reaction = terminal.resize(columns, ROWS, quiet=0.2)
        times.append(_last(terminal, reaction, b"resizing"))
    return Sample(tuple(times[1:]))


def _while_importing(terminal: Terminal, library: Path, floors: Floors) -> list[Row]:
    progress("keys while importing")
    texts = written(library.parent / "texts", [piece(MANY + number, SIZE) for number in range(TEXTS)])
    command = [READER, "--library", str(library), "add", str(texts)]
    environment = plain_environment(settings_beside(library))
    _go_to(terminal, "100 KB")
    terminal.key_shows(b"\r", OPENED)
    in_article: list[float] = []
    in_list: list[float] = []
    with (
        desk_on(library) as desk,
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as importing,
    ):
        before = count(desk)
        while count(desk) == before:
            time.sleep(0.01)
        for key in _WHILE_IMPORTING * 8:
            in_article.append(_last(terminal, terminal.key(key), key))
        terminal.key_shows(b"q", LISTED)
        for key in _MOVES[::2]:
            in_list.append(_last(terminal, terminal.key(key), key))
        if importing.poll() is not None:
            raise RuntimeError("the import ended before the keys did: import more texts")
        importing.terminate()
    rows = []
    for where, times in (("an article, marking too", in_article), ("the list", in_list)):
        what = f"while {TEXTS:,} texts are imported: {where}"
        rows.append(Row(what=what, floor=floors["line"], ours=Sample(tuple(times)), goal=Goal(15, "p95")))
    return rows


def _go_to(terminal: Terminal, size: str) -> None:
    """Put the list's cursor on a big article."""
    terminal.send(b"g")
    terminal.settle()
    for _ in range(1 + list(BIG).index(size)):
        terminal.key(b"j")


def _check_marks(library: Path) -> None:
    """That every mark that was timed is in the library: a mark drawn and not stored would be fast."""
    with desk_on(library) as desk:
        for size in BIG:
            number = search(desk, f'"{big_title(size)}"', limit=1)[0]
            found = len(opened(desk, number).annotations)
            if found < _MARKS:
                raise RuntimeError(f"{found} marks are stored on {big_title(size)}, not {_MARKS}")


def _floors() -> dict[str, Sample]:
    progress("the floor of keys")
    with Terminal([sys.executable, str(ROOT / "drawing_app.py")]) as terminal:
        terminal.wait_text("drawing")
        terminal.settle()
        return {
            "line": typed(terminal, [b"l"] * 100),
            "page": typed(terminal, [b"p"] * 100),
            "resize": _resized(terminal),
        }


def _newsboat() -> dict[str, Sample | str]:
    progress("keys in newsboat")
    figures: dict[str, Sample | str] = {}
    cache = newsboat.cached(str(MANY), (piece(number) for number in range(MANY)))
    with newsboat.terminal(cache) as terminal:
        terminal.wait_text("Your feeds")
        terminal.key_shows(b"\r", "Articles in feed")
        figures["list"] = typed(terminal, [_DOWN] * 60 + [_UP] * 60)
    with newsboat.terminal(newsboat.cached("big", _big_pieces())) as terminal:
        terminal.wait_text("Your feeds")
        terminal.key_shows(b"\r", "Articles in feed")
        for size in BIG:
            times = []
            for _ in range(11):
                times.append(_last(terminal, terminal.key(b"\r", quiet=0.2), b"Enter"))
                terminal.wait_text(f"Article '{big_title(size)}'")
                terminal.key_shows(b"q", "Articles in feed")
            figures[f"open {size}"] = Sample(tuple(times[1:]))
            terminal.key_shows(b"\r", f"Article '{big_title(size)}'")
            figures[f"scroll {size}"] = typed(terminal, [b" ", *[_DOWN] * 3, *[_UP] * 3, b"b"] * 8)
            terminal.key_shows(b"q", "Articles in feed")
            terminal.key(_DOWN, timeout=1)
    return figures


def _big_pieces() -> Iterator[Piece]:
    """The big articles for newsboat, which lists the newest first."""
    for day, (size, text) in enumerate(reversed(BIG.items()), 1):
        yield Piece(
            title=big_title(size),
            url=f"https://news.example/big/{day}",
            source="",
            author="",
            published=f"2026-03-{day:02}T00:00:00Z",
            paragraphs=tuple(text().split("\n\n")),
        )


if __name__ == "__main__":
    main()
