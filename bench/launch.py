"""How long it takes from starting the program to seeing the articles, and how much memory it holds."""

import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench import newsboat
from bench.articles import COMMON_WORD, RARE_WORD, piece
from bench.cache import ROOT
from bench.library import BIG, FEW, LISTED, MANY, OPENED, library_of, list_marker, reader_in_terminal
from bench.report import NONE, NOT_INSTALLED, Goal, Row, Sample, print_table, progress
from bench.terminal import Terminal

_RUNS = 20
_OPENED = 30
"""How many articles are opened in the simulated hour: one every two minutes."""
_READ = b"jj)w)l}w))j\x04"
"""What is typed in each of them before each of two marks."""


class Program(NamedTuple):
    """What is started, and the text that shows that it is there."""

    start: Callable[[], Terminal]
    marker: str


class Started(NamedTuple):
    """When a program was there, in milliseconds, and the MB it then held."""

    shown: Sample
    memory: Sample


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        libraries = {count: library_of(count, Path(name) / str(count)) for count in (FEW, MANY)}
        empty = [sys.executable, str(ROOT / "empty_app.py")]
        programs = {"empty": Program(partial(Terminal, empty), "empty")}
        for count, library in libraries.items():
            programs[f"reader {count}"] = Program(partial(reader_in_terminal, library), list_marker(count))
            if newsboat.installed():
                programs[f"newsboat {count}"] = Program(partial(newsboat.terminal, _cache(count)), "News")
        started = _started(programs)
        worked = _an_hours_work(libraries[MANY])
    few, many = started[f"reader {FEW}"], started[f"reader {MANY}"]
    peer_few, peer_many = started.get(f"newsboat {FEW}"), started.get(f"newsboat {MANY}")
    listed = _newsboat_list() if peer_many else None
    apart = abs(many.shown.median / few.shown.median - 1) * 100
    floor = started["empty"]
    rows = [
        Row(
            what="launch, 100,000 articles",
            floor=floor.shown,
            peer=peer_many.shown if peer_many else NOT_INSTALLED,
            ours=many.shown,
            goal=Goal(1.35, "× floor"),
        ),
        Row(
            what="the same, newsboat's list of articles opened",
            peer=Sample((peer_many.shown.median + listed.shown.median,)) if peer_many and listed else NONE,
            ours=many.shown,
        ),
        Row(
            what="launch, 1,000 articles",
            floor=floor.shown,
            peer=peer_few.shown if peer_few else NOT_INSTALLED,
            ours=few.shown,
        ),
        Row(what="these two apart by", ours=Sample((apart,)), unit="%", goal=Goal(10)),
        Row(
            what="memory at the list, 100,000 articles",
            floor=floor.memory,
            peer=listed.memory if listed else NOT_INSTALLED,
            ours=many.memory,
            unit="MB",
            goal=Goal(60),
        ),
        Row(what="memory after an hour's work", ours=worked, unit="MB", goal=Goal(90)),
    ]
    print_table("Launch (floor: an empty Textual app; peer: newsboat to its list of feeds)", rows)


def _started(programs: Mapping[str, Program]) -> dict[str, Started]:
    """Start them in turn, again and again, so that what slows the machine down slows all of them."""
    shown: dict[str, list[float]] = {name: [] for name in programs}
    memory: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(_RUNS + 1):
        progress(f"starting {', '.join(programs)}: {turn} of {_RUNS}")
        for name, program in programs.items():
            with program.start() as terminal:
                terminal.settle()
                time = terminal.wait_text(program.marker)
                if turn:  # the first start warms the caches
                    shown[name].append(time)
                    memory[name].append(terminal.memory().now)
    return {name: Started(Sample(tuple(shown[name])), Sample(tuple(memory[name]))) for name in programs}


def _an_hours_work(library: Path) -> Sample:
    """The MB held after a person has searched, and opened, read and marked an article every two minutes."""
    progress("an hour's work")
    with reader_in_terminal(library) as terminal:
        terminal.wait_text(list_marker(MANY))
        for opened in range(_OPENED):
            terminal.key_shows(b"\r", OPENED)
            _hurry(terminal, _READ + b"1" + _READ + b"2")
            terminal.key_shows(b"q", LISTED)
            _hurry(terminal, b"j" if opened > len(BIG) else b" ")
            if opened % 10 == 5:
                _hurry(terminal, b"/")
                _hurry(terminal, (COMMON_WORD, RARE_WORD)[opened // 10 % 2].encode())
                terminal.settle()
                terminal.key(b"\x1b", quiet=0.3)
        return Sample((terminal.memory().now,))


def _hurry(terminal: Terminal, keys: bytes) -> None:
    """Type as fast as the program draws; a key at an end may draw nothing."""
    for key in keys:
        terminal.key(bytes([key]), quiet=0.02, timeout=0.2)


def _newsboat_list() -> Started:
    """How long newsboat needs to open its list of 100,000 articles, and the MB it then holds."""
    times, held = [], []
    for _ in range(4):
        with newsboat.terminal(_cache(MANY)) as terminal:
            terminal.wait_text("Your feeds")
            times.append(terminal.key_shows(b"\r", "Articles in feed"))
            held.append(terminal.memory().now)
    return Started(Sample(tuple(times[1:])), Sample(tuple(held[1:])))


def _cache(count: int) -> Path:
    return newsboat.cached(str(count), (piece(number) for number in range(count)))


if __name__ == "__main__":
    main()
