"""Runs the README's launch line in a pseudo-terminal and waits for the library to be seen: launch.py LINE."""

import sys

from bench.terminal import Terminal

MINUTES = 5


def main() -> None:
    """Start the line, wait for the offer that a new library makes, leave, and pass on how it ended."""
    with Terminal(["bash", "-c", sys.argv[1]]) as terminal:
        terminal.wait_text("This library is new and empty", timeout=MINUTES * 60)
        terminal.send(b"n")
        terminal.wait(lambda screen: "This library is new" not in screen, "the offer to be gone")
        terminal.send(b"q")
        sys.exit(terminal.wait_end())


if __name__ == "__main__":
    main()
