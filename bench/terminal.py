"""Runs a program in a pseudo-terminal, as a person at a terminal would, and times what it draws.

The terminal answers the queries that full-screen programs ask on start-up as xterm does, so that none of
them waits for an answer that never comes. Output is stamped as it is read and drawn on a `pyte` screen only
when the screen is asked for: drawing takes longer than the program takes, and would spoil the times.

A program's text is never looked for in its bytes: a caret or a highlight splits words with control
sequences, and only the screen says what is to be seen.
"""

import errno
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pyte

from bench.process import Memory, memory_of, plain_environment

COLUMNS, ROWS = 120, 40
"""The size of the terminal, in cells, in which all figures are taken."""

QUIET = 0.06
"""Seconds without output after which a program is taken to have drawn all that a key made it draw.

More than three of Textual's frames (16.7 ms), within which everything that follows from a key is drawn."""

_ANSWERS: tuple[tuple[bytes, bytes], ...] = (
    (rb"\x1b\[0?c", b"\x1b[?62;22c"),  # primary device attributes
    (rb"\x1b\[>0?c", b"\x1b[>41;380;0c"),  # secondary device attributes
    (rb"\x1b\[>0?q", b"\x1bP>|XTerm(380)\x1b\\"),  # name and version
    (rb"\x1b\[5n", b"\x1b[0n"),  # status: ready
    (rb"\x1b\[6n", b"\x1b[1;1R"),  # cursor position
    (rb"\x1b\[\?2026\$p", b"\x1b[?2026;2$y"),  # synchronised output: known, not set
    (rb"\x1b\[\?2048\$p", b"\x1b[?2048;0$y"),  # in-band resize reports: unknown
    (rb"\x1b\[\?u", b"\x1b[?0u"),  # kitty's keyboard protocol: known, nothing set
    (rb"\x1b\]10;\?(?:\x07|\x1b\\)", b"\x1b]10;rgb:e5e5/e5e5/e5e5\x1b\\"),  # foreground
    (rb"\x1b\]11;\?(?:\x07|\x1b\\)", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),  # background
    (rb"\x1b\[14t", b"\x1b[4;800;1200t"),  # size of the text area, in pixels
    (rb"\x1b\[16t", b"\x1b[6;20;10t"),  # size of a cell, in pixels
)
_QUERY = re.compile(b"|".join(b"(" + query + b")" for query, _ in _ANSWERS))
_LONGEST_QUERY = 16

# What pyte would draw as text or take for something else: private CSI sequences other than "?", mode
# queries, and operating system and device control strings.
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=][0-9;:]*[ -/]*[@-~]|\x1b\[\?[0-9;]*\$p|\x1b[\]P][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:<=>?]*[ -/]*|[\]P][^\x07\x1b]*\x1b?)?\Z")


class Reaction(NamedTuple):
    """When a program drew after a key, in milliseconds since the key was written."""

    first: float
    last: float


class Terminal:
    """A program running in a pseudo-terminal; a context manager that kills what is still running."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        columns: int = COLUMNS,
        rows: int = ROWS,
    ) -> None:
        """Start a program.

        Args:
            command: The program and its arguments; no shell is between.
            environment: Added to `terminal_environment`.
            folder: Where it is started.
            columns: The terminal's width in cells.
            rows: The terminal's height in cells.
        """
        self.columns, self.rows = columns, rows
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unfinished = b""
        self._unanswered = b""
        self._undrawn: list[tuple[float, bytes]] = []
        self._drawn_at = 0.0
        self._ended = False
        self.output: bytearray | None = None
        """All that the program sends from now on, where it is set to something to put it into."""
        self._master, slave = os.openpty()
        self._set_size()
        self._start = time.perf_counter()
        # A new session whose controlling terminal is the pseudo-terminal: without it the program would
        # hear of no resize. Only a system call is made between fork and exec, so threads do no harm.
        self._process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=terminal_environment(environment),
            cwd=folder,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._master)

    # What the program draws ------------------------------------------------------------------------

    def screen(self) -> str:
        """What is to be seen after all output so far, one line a row, without trailing blanks."""
        self._read_available()
        while self._undrawn:
            self._draw_next()
        return self._seen()

    def wait(self, fact: Callable[[str], bool], what: str, timeout: float = 30) -> float:
        """Wait until something is true of what is to be seen.

        Args:
            fact: Is given what `screen` gives.
            what: Says in an error what was waited for.
            timeout: For how many seconds at most.

        Returns:
            When the output that made it true was read, in milliseconds since the program was started; when
            the last output before was read, if it was true by then. Output is drawn no further than that, so
            that after `settle` the time is exact.

        Raises:
            TimeoutError: it did not become true in time, or the program ended before; tells what was there.
        """
        deadline = time.perf_counter() + timeout
        while not fact(self._seen()):
            if not self._undrawn:
                remaining = deadline - time.perf_counter()
                if remaining <= 0 or not self._read(remaining):
                    ended = "the program ended" if self._ended else f"{timeout} s went by"
                    raise TimeoutError(f"waited for {what}: {ended}; on the screen:\n{self.screen()}")
                self._read_available()
            self._draw_next()
        return self._drawn_at * 1e3

    def wait_text(self, text: str, timeout: float = 30) -> float:
        """Wait until a text stands on the screen, within one row; otherwise as `wait`."""
        return self.wait(lambda seen: text in seen, f"{text!r} to appear", timeout)

    def settle(self, quiet: float = 0.3, timeout: float = 60) -> None:
        """Read until the program has drawn nothing for `quiet` seconds, or has ended."""
        deadline = time.perf_counter() + timeout
        while time.perf_counter() < deadline and self._read(quiet):
            pass

    # What a person does ----------------------------------------------------------------------------

    def send(self, keys: bytes) -> None:
        """Type, without waiting for anything."""
        os.write(self._master, keys)

    def key(self, keys: bytes, *, quiet: float = QUIET, timeout: float = 30) -> Reaction | None:
        """Type, and wait until the program has drawn what it draws.

        Returns:
            When the first and the last output was read before `quiet` seconds without output; None if
            nothing was drawn within `timeout` seconds.
        """
        return self._reaction(lambda: self.send(keys), quiet, timeout)

    def key_shows(self, keys: bytes, text: str, *, timeout: float = 30) -> float:
        """Type, and wait until a text stands on the screen that did not before.

        Returns:
            When the output that showed it was read, in milliseconds since the keys were written.

        Raises:
            ValueError: it stands there already.
            TimeoutError: it did not appear in time, or the program ended before.
        """
        if text in self.screen():
            raise ValueError(f"{text!r} is on the screen already")
        before = time.perf_counter() - self._start
        self.send(keys)
        self.settle(QUIET, timeout)  # drawing while output comes would delay the reading of it
        return self.wait_text(text, timeout) - before * 1e3

    def resize(
        self, columns: int, rows: int, *, quiet: float = QUIET, timeout: float = 30
    ) -> Reaction | None:
        """Change the terminal's size in cells, and wait as `key` does."""
        self.screen()
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        return self._reaction(self._set_size, quiet, timeout)

    # The process -----------------------------------------------------------------------------------

    @property
    def pid(self) -> int:
        """The process id of the program."""
        return self._process.pid

    def memory(self) -> Memory:
        """What the program and its descendants hold now, and held at most."""
        return memory_of(self.pid)

    def wait_end(self, timeout: float = 30) -> int:
        """Wait until the program ends by itself; returns its exit status, negative for a signal.

        Raises:
            TimeoutError: it still runs.
        """
        deadline = time.perf_counter() + timeout
        while self._process.poll() is None:
            if time.perf_counter() > deadline:
                raise TimeoutError(
                    f"the program still runs after {timeout} s; on its screen:\n{self.screen()}"
                )
            if not self._read(0.02):
                time.sleep(0.001)
        return self._process.returncode

    def kill(self) -> None:
        """End the program and its process group at once (SIGKILL), as a power cut would."""
        if self._process.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()

    # -----------------------------------------------------------------------------------------------

    def _set_size(self) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))

    def _reaction(self, act: Callable[[], None], quiet: float, timeout: float) -> Reaction | None:
        self._read_available()
        known = len(self._undrawn)
        before = time.perf_counter() - self._start
        act()
        if not self._read(timeout):
            return None
        self.settle(quiet, timeout)
        times = [at for at, _ in self._undrawn[known:]]
        return Reaction((times[0] - before) * 1e3, (times[-1] - before) * 1e3)

    def _read_available(self) -> None:
        while self._read(0):
            pass

    def _read(self, timeout: float) -> bool:
        """Read one chunk of output; False if there was none within `timeout` seconds, or the end."""
        if self._ended or not select.select([self._master], [], [], max(timeout, 0))[0]:
            return False
        try:
            chunk = os.read(self._master, 1 << 16)
        except OSError as error:
            if error.errno != errno.EIO:  # Linux says so when the last program has closed the terminal
                raise
            chunk = b""
        if not chunk:
            self._ended = True
            return False
        self._undrawn.append((time.perf_counter() - self._start, chunk))
        if self.output is not None:
            self.output += chunk
        self._answer(chunk)
        return True

    def _answer(self, chunk: bytes) -> None:
        text, answered = self._unanswered + chunk, 0
        for query in _QUERY.finditer(text):
            answered = query.end()
            assert query.lastindex is not None
            os.write(self._master, _ANSWERS[query.lastindex - 1][1])
        self._unanswered = text[answered:][-_LONGEST_QUERY:]

    def _draw_next(self) -> None:
        self._drawn_at, chunk = self._undrawn.pop(0)
        text = self._unfinished + chunk
        cut = _UNFINISHED.search(text)
        text, self._unfinished = (text[: cut.start()], text[cut.start() :]) if cut else (text, b"")
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", text))

    def _seen(self) -> str:
        # Not `Screen.display`, which fails where the right half of a wide character lost its left one.
        lines = (self._screen.buffer[row] for row in range(self.rows))
        return "\n".join("".join(line[x].data for x in range(self.columns)).rstrip() for line in lines)


def terminal_environment(additions: Mapping[str, str] | None = None) -> dict[str, str]:
    """`plain_environment` with the variables of an xterm in true colour and UTF-8, and additions."""
    xterm = {"TERM": "xterm-256color", "TERM_PROGRAM": "xterm", "COLORTERM": "truecolor"}
    return plain_environment(xterm | dict(additions or {}))


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
