"""R5: two programs read and then write the same row, again and again."""

import tempfile
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from bench.faults.libraries import make, mark
from bench.faults.report import Outcome
from bench.library import desk_on
from bench.report import progress
from reader.errors import ReaderError


def two(times: int = 2000) -> Outcome:
    """Each of two processes reads a count out of a mark's note, adds one and stores it."""
    progress(f"R5 two writers, {times} times each")
    context = get_context("spawn")
    with tempfile.TemporaryDirectory() as name:
        path = make(Path(name) / "library.db", articles=1, marks=0)
        with desk_on(path) as desk:
            annotation = mark(desk, 1, 0)
            annotation = desk.store.annotations.save(replace(annotation, note="0"), "counted")
        errors = context.Queue()
        workers = [
            context.Process(target=_count, args=(path, annotation.id, times, errors)) for _ in range(2)
        ]
        for worker in workers:
            worker.start()
        told = [line for _ in workers for line in errors.get()]
        for worker in workers:
            worker.join()
        with desk_on(path) as desk:
            counted = int(desk.store.annotations.get(annotation.id).note)
            problems = desk.store.check()
    broken = [*told, *problems]
    if counted != 2 * times:
        broken.append(f"{2 * times - counted} of {2 * times} changes lost")
    return Outcome(
        "R5 two instances", f"2 × {times:,} changes", f"{counted:,} kept, {len(told)} errors", broken
    )


def _count(path: Path, annotation_id: str, times: int, errors: "object") -> None:
    told: list[str] = []
    with desk_on(path) as desk:
        for _ in range(times):
            try:
                with desk.store.transaction():
                    annotation = desk.store.annotations.get(annotation_id)
                    counted = replace(annotation, note=str(int(annotation.note) + 1))
                    desk.store.annotations.save(counted, "counted")
            except ReaderError as error:
                told.append(str(error))
    errors.put(told)  # type: ignore[attr-defined]
