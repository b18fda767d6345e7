"""The log: where what was not foreseen is written, for whoever mends it."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

_MAX_BYTES = 500_000
_OLDER = 2
_NAMING = (ImportError, NameError, AttributeError, TypeError, RecursionError)
"""Errors whose messages name parts of the program. Those of others may quote the text that was worked on,
which must not reach the log."""
_DRIVERS = ("sqlite3", "pysqlite3")
"""Modules of which the same is true: they name tables and columns."""

_ErrorInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def log_to(path: Path) -> None:
    """Send this program's log to a file, which is kept small; one that cannot be written to stays empty."""
    logger = logging.getLogger("reader")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path,
            maxBytes=_MAX_BYTES,
            backupCount=_OLDER,
            encoding="utf-8",
            errors="backslashreplace",
            delay=True,
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    for former in logger.handlers[:]:
        logger.removeHandler(former)
        former.close()
    logger.addHandler(handler)
    logger.propagate = False
    logging.raiseExceptions = False  # a full disk must not print tracebacks over the screen


class _Formatter(logging.Formatter):
    """Writes the frames of an error, but not a message that may quote an article."""

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - the standard library's name
        return "".join(_frames(ei[1])).rstrip()


def _frames(error: BaseException | None) -> list[str]:
    """The frames of an error, of those in it and of those before it."""
    lines: list[str] = []
    while error is not None:
        said = _said(error)
        lines += [
            *traceback.format_tb(error.__traceback__),
            f"{type(error).__name__}{': ' if said else ''}{said}\n",
        ]
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                lines += _frames(inner)
        error = error.__cause__ or error.__context__
    return lines


def _said(error: BaseException) -> str:
    if isinstance(error, OSError):
        return error.strerror or ""
    naming = isinstance(error, _NAMING) or type(error).__module__.partition(".")[0] in _DRIVERS
    return str(error) if naming else ""
