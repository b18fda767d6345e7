"""What holds for all tests."""

import signal


def pytest_configure() -> None:
    """Let the programs that tests start be interrupted.

    A suite that is started in the background ignores Ctrl-C, and so would every program that it starts.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
