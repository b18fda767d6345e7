"""R2, R6: the power goes, or the disk fails, at any write or sync of the library.

Runs in a process of its own (``python -m bench.faults.power NAME TIMES LIBRARY``), which puts `dbapi` in the
place of SQLite's driver before anything of the store is loaded.
"""

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.faults.report import Outcome
from bench.report import progress


def power(times: int = 1000) -> Outcome:
    """Look at what a power loss would leave, at so many moments while marks are made and articles added."""
    return _apart("power", "R2 power loss", f"{times:,} crash points", times)


def failing(times: int = 400) -> Outcome:
    """Let so many writes and syncs fail, one at a time, while marks are made and articles added."""
    return _apart("failing", "R6 a failing disk (EIO)", f"{times:,} failures", times)


def _apart(name: str, promise: str, tried: str, times: int) -> Outcome:
    try:
        import apsw  # noqa: F401
    except ImportError:
        return Outcome(promise, "", "", skipped="needs apsw")
    # Not at the top: what runs apart must put its driver in place before the store is loaded.
    from bench.faults.libraries import make

    progress(f"{promise}: {tried}")
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder) / "library.db", articles=3, marks=0)
        command = [sys.executable, "-m", "bench.faults.power", name, str(times), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    figure, *broken = done.stdout.splitlines() or ["it ended without a word"]
    if done.returncode:
        broken.append(done.stderr[-2000:])
    return Outcome(promise, tried, figure, broken)


def _main(name: str, times: int, path: Path) -> None:
    from bench.faults import dbapi

    if "reader.store" in sys.modules:
        raise RuntimeError("the store was loaded with its own driver")
    sys.modules["pysqlite3"] = dbapi
    figure, broken = (_power if name == "power" else _failing)(times, path)
    print(figure, *broken, sep="\n")


def _power(times: int, path: Path) -> tuple[str, list[str]]:
    from bench.faults import dbapi
    from bench.faults.disk import Disk
    from bench.faults.libraries import draft, mark
    from bench.library import desk_on

    chance = random.Random(3)
    images: list[dict[str, bytes]] = []
    broken: list[str] = []
    acknowledged: set[str] = set()
    looked = 0

    def before(what: str) -> None:
        del what
        if chance.random() < 0.3:
            images.append(disk.after_power_loss(chance))

    disk = Disk("forgetful", before)
    dbapi.VFS = "forgetful"
    with desk_on(path) as desk, tempfile.TemporaryDirectory() as folder:
        count = 0
        while looked < times:
            known = set(acknowledged)
            if count % 25 == 24:
                desk.store.articles.add([draft(100 + count)])
            else:
                acknowledged.add(mark(desk, 1 + count % 3, count).id)
            count += 1
            for image in images[: times - looked]:
                looked += 1
                broken += _seen_after(Path(folder), path, image, known, looked)
            images.clear()
    lost = sum("lost" in line for line in broken)
    return f"{lost} with losses, {len(broken) - lost} damaged, of {len(acknowledged):,} marks", broken


def _seen_after(folder: Path, path: Path, image: dict[str, bytes], known: set[str], number: int) -> list[str]:
    """What is wrong with a library that was found after the power loss."""
    from bench.faults import dbapi
    from bench.faults.libraries import mark_ids
    from bench.library import desk_on
    from reader.errors import ReaderError

    for name, content in image.items():
        (folder / Path(name).name).write_bytes(content)
    before, dbapi.VFS = dbapi.VFS, None
    try:
        with desk_on(folder / path.name) as desk:
            broken = [f"crash {number}: {line}" for line in desk.store.check()]
            if lost := known - mark_ids(desk):
                broken.append(f"crash {number}: {len(lost)} marks lost")
    except ReaderError as error:
        broken = [f"crash {number}: {error}"]
    finally:
        dbapi.VFS = before
        for file in folder.iterdir():
            file.unlink()
    return broken


def _failing(times: int, path: Path) -> tuple[str, list[str]]:
    import apsw

    from bench.faults import dbapi
    from bench.faults.disk import Disk
    from bench.faults.libraries import draft, mark, mark_ids
    from bench.library import desk_on
    from reader.errors import ReaderError

    chance = random.Random(4)
    broken: list[str] = []
    acknowledged: set[str] = set()
    countdown, failed, refused, count = 0, 0, 0, 0

    def before(what: str) -> None:
        nonlocal countdown, failed
        countdown -= 1
        if countdown == 0:
            failed += 1
            raise apsw.IOError(what)

    disk = Disk("failing", before)
    assert disk
    dbapi.VFS = "failing"
    while failed < times:
        with desk_on(path) as desk:
            for _ in range(20):
                countdown, count = chance.randrange(1, 60), count + 1
                try:
                    if count % 10 == 9:
                        desk.store.articles.add([draft(1000 + count)])
                    else:
                        acknowledged.add(mark(desk, 1 + count % 3, count).id)
                except ReaderError as error:
                    refused += 1
                    if "\n" in str(error):
                        broken.append(f"failure {failed}: not one line: {error}")
                except Exception as error:
                    broken.append(f"failure {failed}: {type(error).__name__}: {error}")
                finally:
                    countdown = 0
        with desk_on(path) as desk:
            if lost := acknowledged - mark_ids(desk):
                broken.append(f"failure {failed}: {len(lost)} marks lost")
                acknowledged -= lost
            broken += desk.store.check()
    return f"{len(broken)} broken, {refused} refused in one line, {len(acknowledged):,} marks kept", broken


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
