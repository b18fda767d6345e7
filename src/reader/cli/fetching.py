"""What commands that fetch have in common."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reader.settings import load_settings

if TYPE_CHECKING:
    from reader.fetch import Policy

F = TypeVar("F", bound=Callable[..., Any])


def allow_private(command: F) -> F:
    """The option that lets a command fetch from addresses that are none of the public internet."""
    return click.option(
        "--allow-private",
        is_flag=True,
        help="Also fetch from this machine and from local networks.",
    )(command)


def policy(*, private: bool) -> "Policy":
    """What may be fetched: the option's word or the settings'."""
    from reader.fetch import Policy

    return Policy(allow_private=private or load_settings().allow_private)
