"""Keeps what takes long to make (libraries, newsboat's caches) in ``bench/data`` from one run to the next."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import reader
from bench.report import progress

ROOT = Path(__file__).parent
DATA = ROOT / "data"


def prepared(name: str, build: Callable[[Path], None], made_by: Iterable[str]) -> Path:
    """The folder with this name, made by `build` if it is not there or was made by other code.

    Args:
        name: The folder's name.
        build: Fills an empty folder.
        made_by: Patterns, below the project's packages ``bench`` and ``reader``, of the files of code
            whose change makes the folder out of date: ``reader/store/**/*.py``.
    """
    folder = DATA / f"{name}-{_fingerprint(made_by)}"
    if folder.is_dir():
        return folder
    DATA.mkdir(exist_ok=True)
    for outdated in DATA.glob(f"{name}-" + "[0-9a-f]" * 12):
        shutil.rmtree(outdated)
    progress(f"making {name} (kept in {DATA.name}/ for the next run)")
    with tempfile.TemporaryDirectory(dir=DATA) as unfinished:
        made = Path(unfinished) / name
        made.mkdir()
        build(made)
        made.rename(folder)
    return folder


def _fingerprint(patterns: Iterable[str]) -> str:
    packages = {"bench": ROOT, "reader": Path(reader.__path__[0])}
    content = hashlib.sha256()
    for pattern in patterns:
        package, _, below = pattern.partition("/")
        for path in sorted(packages[package].glob(below)):
            content.update(path.read_bytes())
    return content.hexdigest()[:12]
