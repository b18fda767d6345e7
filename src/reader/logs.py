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
    """Send this program's log to a file, which is kept small; a file that cannot be written to gives no log."""
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
    logger.handlers[:] = [handler]
    logger.propagate = False
    logging.raiseExceptions = False  # a full disk must not print tracebacks over the screen


class _Formatter(logging.Formatter):
    """Writes the frames of an error, but not a message that may quote an article."""

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - the standard library's name
        kind, error, trace = ei
        if kind is None or not isinstance(error, _QUOTING):
            return super().formatException(ei)
        return "".join([*traceback.format_tb(trace), kind.__name__])
