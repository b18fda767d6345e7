"""The driver that the journeys and the benchmarks rest on."""

import sys

import pytest

from bench.terminal import Terminal


def running(program: str) -> Terminal:
    return Terminal([sys.executable, "-c", f"import os, sys, time, tty\ntty.setraw(0)\n{program}"])


def test_a_text_is_found_though_styles_split_it() -> None:
    with running(
        r"os.write(1, b'\x1b[2J\x1b[Hone \x1b[1mw\x1b[7mo\x1b[0mrd\x1b[>1u'); time.sleep(60)"
    ) as terminal:
        assert terminal.wait_text("one word") > 0
        assert terminal.screen().splitlines()[0] == "one word"


def test_queries_are_answered_even_when_output_splits_them() -> None:
    program = r"""
os.write(1, b"\x1b[")
time.sleep(0.05)
os.write(1, b"c\x1b[?2026$p")
answers = b""
while not answers.endswith(b"$y"):
    answers += os.read(0, 100)
os.write(1, repr(answers).encode())
"""
    with running(program) as terminal:
        terminal.wait_text(r"b'\x1b[?62;22c\x1b[?2026;2$y'")
        assert terminal.wait_end() == 0


def test_a_key_is_timed_to_its_last_output() -> None:
    program = r"""
os.write(1, b"ready")
os.read(0, 1)
os.write(1, b"first ")
time.sleep(1)
os.write(1, b"last")
time.sleep(60)
"""
    with running(program) as terminal:
        terminal.wait_text("ready")
        reaction = terminal.key(b"x", quiet=3)
        assert reaction is not None
        assert reaction.last - reaction.first >= 200
        assert "first last" in terminal.screen()


def test_what_does_not_appear_is_told_with_the_screen() -> None:
    with (
        running("os.write(1, b'something else')") as terminal,
        pytest.raises(TimeoutError, match=r"(?s)the program ended.*something else"),
    ):
        terminal.wait_text("what was expected")


def test_the_program_hears_of_a_resize() -> None:
    program = r"""
import signal
signal.signal(signal.SIGWINCH, lambda *_: os.write(1, str(os.get_terminal_size()).encode()))
os.write(1, b"ready")
while True:
    time.sleep(60)
"""
    with running(program) as terminal:
        terminal.wait_text("ready")
        terminal.resize(70, 20)
        terminal.wait_text("columns=70, lines=20")
