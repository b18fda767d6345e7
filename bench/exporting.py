"""How long 100,000 annotations take to become a file, and one file of them to become a library."""

import csv
import tempfile
import time
from pathlib import Path

from bench.library import marked_library, settings_beside
from bench.process import READER, run
from bench.report import Goal, Row, Sample, print_table
from bench.sqlite import connect

_RUNS = 5


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        library = marked_library(Path(folder))
        target = Path(folder) / "annotations.csv"
        command = [READER, "--library", str(library), "export", "-o", str(target)]
        ended = [run(command, settings_beside(library)) for _ in range(_RUNS + 1)][1:]
        peak = run(command, settings_beside(library), watch=True).peak
        floor = _floor(target)
        lines = Path(folder) / "annotations.jsonl"
        whole = [READER, "--library", str(library), "export", "--format", "jsonl", "-o", str(lines)]
        written = run(whole, settings_beside(library), watch=True)
        empty = [READER, "--library", str(Path(folder) / "new.db"), "import", str(lines)]
        taken = run(empty, settings_beside(library), watch=True)
    rows = [
        Row(
            what="export of 100,000 annotations to CSV",
            floor=floor,
            ours=Sample(tuple(end.seconds for end in ended)),
            unit="s",
            goal=Goal(2),
        ),
        Row(what="memory meanwhile, peak", ours=Sample((peak,)), unit="MB"),
        Row(
            what="the same to JSON Lines, with the articles",
            ours=Sample((written.seconds,)),
            unit="s",
        ),
        Row(what="memory meanwhile, peak", ours=Sample((written.peak,)), unit="MB"),
        Row(what="import of those into an empty library", ours=Sample((taken.seconds,)), unit="s"),
        Row(what="memory meanwhile, peak", ours=Sample((taken.peak,)), unit="MB"),
    ]
    print_table("Export (floor: the same rows from one bare SQLite table through Python's csv)", rows)


def _floor(exported: Path) -> Sample:
    with exported.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if len(rows) != 100_000:
        raise RuntimeError(f"{len(rows)} rows were exported, not 100,000")
    connection = connect(exported.with_suffix(".db"))
    connection.execute(f"create table annotation ({', '.join(header)})")
    marks = ", ".join("?" * len(header))
    connection.executemany(f"insert into annotation values ({marks})", rows)
    connection.commit()
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        with exported.with_suffix(".floor.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(connection.execute("select * from annotation"))
        times.append(time.perf_counter() - start)
    connection.close()
    return Sample(tuple(times))


if __name__ == "__main__":
    main()
