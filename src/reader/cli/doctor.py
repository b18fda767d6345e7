"""``reader doctor``: what a report of a defect should say, with nothing of what was read in it."""

import os
import platform
import stat
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from reader.cli.opening import open_library
from reader.cli.output import say
from reader.errors import ReaderError
from reader.settings import load_settings, log_path
from reader.store import backups
from reader.store.filesystem import file_system

_PACKAGES = (
    "textual", "rich", "sqlite-utils", "pysqlite3", "markdown-it-py", "click", "platformdirs", "regex",
    "trafilatura", "lxml", "charset-normalizer",
)  # fmt: skip
_TERMINAL = (
    "TERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "COLORTERM",
    "NO_COLOR",
    "TMUX",
    "LANG",
    "LC_ALL",
)
_SHOWN_AS_SET = frozenset({"TMUX"})


@click.command()
@click.pass_obj
def doctor(library: Path) -> int:
    """Tell what a report of a defect should say.

    Versions, the system, the library's state and whether it is whole; nothing of any article, and the home
    folder is written ~.
    """
    status = 0
    for name, value in [*_program(), *_system(), *_files(library)]:
        say(name, _homeless(value))
    try:
        for name, value in _library(library):
            say(name, _homeless(value))
            status = 1 if name == "problem" else status
    except ReaderError as error:
        say("problem", _homeless(str(error)))
        status = 1
    return status


def _program() -> Iterator[tuple[str, str]]:
    yield "reader", _version("stance-reader")
    yield "python", f"{platform.python_implementation()} {platform.python_version()}"
    for name in _PACKAGES:
        yield name, _version(name)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _system() -> Iterator[tuple[str, str]]:
    yield "system", platform.platform()
    yield "encoding", f"{sys.getfilesystemencoding()}, {sys.stdout.encoding}"
    for name in _TERMINAL:
        if name in os.environ:
            yield name, "set" if name in _SHOWN_AS_SET else os.environ[name]


def _files(library: Path) -> Iterator[tuple[str, str]]:
    try:
        settings = load_settings()
    except ReaderError as error:
        yield "settings", str(error)
    else:
        yield "settings", f"{settings.path}{'' if settings.path.exists() else ' (not there: the defaults)'}"
    log = log_path()
    yield "log", f"{log} ({log.stat().st_size} bytes)" if log.exists() else f"{log} (empty)"
    yield "library", str(library)
    yield "file system", file_system(library) or "unknown"
    for path in (library.parent, library):
        if path.exists():
            status = path.stat()
            owner = "own" if not hasattr(os, "getuid") or status.st_uid == os.getuid() else "another's"
            yield "rights", f"{stat.filemode(status.st_mode)} {owner} {path}"


def _library(library: Path) -> Iterator[tuple[str, str]]:
    found = backups.listed(library)
    yield "backups", f"{len(found)}, last {found[0].taken_at}" if found else "none yet"
    if not library.exists():
        yield "library", "not there yet"
        return
    yield "size", f"{library.stat().st_size} bytes"
    with open_library(library) as desk:
        store = desk.store
        yield "sqlite", f"{store.sqlite_version}{'' if store.wal_is_safe else ' (with the WAL-reset defect)'}"
        yield "journal", store.journal_mode
        if store.read_only:
            yield "read only", store.read_only
        for name, count in store.counts():
            yield name, str(count)
        problems = store.check()
    yield "check", "whole" if not problems else f"{len(problems)} problems: `reader check` tells them"
    if problems:
        yield "problem", "the library is not whole"


def _homeless(text: str) -> str:
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text
