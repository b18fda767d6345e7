"""The program's door: hands over to the screens or the command line, and turns every error into one line."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from reader.errors import ReaderError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        arguments: what follows the program's name; None for the process's own.

    Returns:
        The exit status: 0 where everything asked for was done, 1 where something failed, 2 for wrong usage,
        130 where Ctrl-C ended it.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    return guarded(lambda: _commands(given) if given else _screens())


def _screens() -> int:
    # Nothing made while the modules load is garbage: collecting it would only delay the first paint.
    gc.disable()
    from reader.settings import library_path
    from reader.tui.app import run

    return run(library_path(), [])


def _commands(arguments: Sequence[str]) -> int:
    from reader.cli import run

    return run(arguments)


def guarded(work: Callable[[], int]) -> int:
    """Do the work; what goes wrong becomes one line on standard error and an exit status."""
    try:
        status = work()
        sys.stdout.flush()
    except ReaderError as error:
        status = _failed(str(error))
    except BrokenPipeError:
        status = _unheard()
    except OSError as error:
        # Standard output, mostly: a full disk. What concerns the library or an export is a ReaderError.
        where = f"{error.filename}: " if error.filename else ""
        status = _failed(f"{where}not written or read: {error.strerror or error}")
    except KeyboardInterrupt:
        status = _failed("interrupted: what was done before is kept", 130)
    except Exception as error:
        status = _failed(_logged(error))
    return status


def _failed(line: str, status: int = 1) -> int:
    from reader.text.visible import visible_line

    with suppress(OSError):
        # The settings may have several things wrong with them, a line for each.
        sys.stderr.writelines(f"reader: {visible_line(part)}\n" for part in line.split("\n"))
    return status


def _unheard() -> int:
    """Whoever read the output has gone, as `head` does; Python's own flush at exit must not say so."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _logged(error: Exception) -> str:
    import logging

    from reader.logs import log_to
    from reader.settings import log_path

    log_to(log_path())
    logging.getLogger("reader").error("unexpected", exc_info=error)
    return (
        f"something unforeseen happened ({type(error).__name__}): {log_path()} says where, please report it"
    )


if __name__ == "__main__":
    sys.exit(main())
