"""How fast plain texts become articles that can be read and searched."""

import tempfile
import time
from pathlib import Path

from bench import newsboat, sqlite
from bench.articles import Piece, piece
from bench.library import desk_on, settings_beside
from bench.process import READER, run
from bench.report import NOT_INSTALLED, Goal, Row, Sample, print_table
from reader.desk.finding import count

TEXTS, SIZE = 10_000, 3_000
"""How many texts are added, and of how many characters each at least."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pieces = [piece(number, SIZE) for number in range(TEXTS)]
        texts = written(folder / "texts", pieces)
        library = folder / "library.db"
        command = [READER, "--library", str(library), "add"]
        ended = run([*command, str(texts)], settings_beside(library), watch=True)
        with desk_on(library) as desk:
            if count(desk) != TEXTS:
                raise RuntimeError(f"{count(desk)} articles were added, not {TEXTS}")
        again = run([*command, str(texts)], settings_beside(library))
        start = time.perf_counter()
        sqlite.fill(folder / "bare.db", pieces)
        floor = time.perf_counter() - start
        peer_speed, peer_memory = _newsboat(folder / "newsboat", pieces)
    table = [
        Row(
            what=f"{TEXTS:,} texts of 3 KB added",
            floor=_speed(floor),
            peer=peer_speed,
            ours=_speed(ended.seconds),
            unit="a second",
            goal=Goal(400, at_least=True),
        ),
        Row(
            what="memory of all processes, what they share counted once, peak",
            peer=peer_memory,
            ours=Sample((ended.shared_once,)),
            unit="MB",
            goal=Goal(150),
        ),
        Row(what="memory, the sum of each process's peak", ours=Sample((ended.peak,)), unit="MB"),
        Row(what="the same again, unchanged", ours=_speed(again.seconds), unit="a second"),
    ]
    print_table(
        "Adding (floor: bare SQLite, table and full-text index, nothing cleaned; "
        "peer: newsboat's reload, neither cleaned nor indexed)",
        table,
    )


def written(folder: Path, pieces: list[Piece]) -> Path:
    """A folder with one text file a piece, its title on the first line."""
    folder.mkdir()
    for number, made in enumerate(pieces):
        (folder / f"{number:05}.txt").write_text(f"{made.title}\n\n{made.text}\n", encoding="utf-8")
    return folder


def _speed(seconds: float) -> Sample:
    return Sample((TEXTS / seconds,))


def _newsboat(folder: Path, pieces: list[Piece]) -> tuple[Sample | str, Sample | str]:
    if not newsboat.installed():
        return NOT_INSTALLED, NOT_INSTALLED
    folder.mkdir()
    ended = newsboat.fill(folder, pieces)
    return _speed(ended.seconds), Sample((ended.shared_once,))


if __name__ == "__main__":
    main()
