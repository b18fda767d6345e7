"""Which tests go through which commands: every row of the table has a journey that presses its keys."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import ParamSpec

from reader.tui.commands import BY_ID
from reader.tui.keys import key_name

P = ParamSpec("P")

JOURNEYS: set[tuple[str, str]] = set()
"""The screen and the id of every command that a test with `journey` goes through."""
PRESSED: set[tuple[str, str]] = set()
"""The screen and the name of every key that was pressed in the test that runs."""


def journey(
    scope: str, *ids: str
) -> Callable[[Callable[P, Coroutine[None, None, None]]], Callable[P, Coroutine[None, None, None]]]:
    """Say which commands of a screen a test goes through; it fails unless it presses every key of each."""
    JOURNEYS.update((scope, command_id) for command_id in ids)
    keys = {(scope, key_name(key) or key) for command_id in ids for key in BY_ID[command_id].keys}

    def decorated(test: Callable[P, Coroutine[None, None, None]]) -> Callable[P, Coroutine[None, None, None]]:
        @wraps(test)
        async def travelled(*args: P.args, **kwargs: P.kwargs) -> None:
            PRESSED.clear()
            await test(*args, **kwargs)
            assert not keys - PRESSED, "keys of the journey that were not pressed"

        return travelled

    return decorated
