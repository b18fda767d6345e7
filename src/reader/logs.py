"""The log: where what was not foreseen is written, for whoever mends it."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

_MAX_BYTES = 500_000
_OLDER = 2
_QUOTING = (ValueError, LookupError, SyntaxError)
"""Errors whose messages may quote the text that was worked on; it must not reach the log."""

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
        error: BaseException | None = ei[1]
        lines: list[str] = []
        while error is not None:
            said = "" if isinstance(error, _QUOTING) else f": {error}"
            lines += [*traceback.format_tb(error.__traceback__), f"{type(error).__name__}{said}\n"]
            error = error.__cause__ or error.__context__
        return "".join(lines).rstrip()
