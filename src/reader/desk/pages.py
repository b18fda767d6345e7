"""Pages by their addresses, fetched all at once and handed over one by one in the order asked for."""

from collections.abc import Callable, Iterator, Sequence

from reader.errors import InputError
from reader.fetch import Fetcher, Network, Policy
from reader.importers.page import page
from reader.model import Incoming, Problem
from reader.sources import Fetched, Missed, Request

_LOOK_EVERY = 0.2
"""Seconds between two looks at whether the work is to end."""


def pages(
    urls: Sequence[str],
    policy: Policy,
    network: Network | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Incoming | Problem]:
    """Fetch pages; each becomes an `Incoming`, or a `Problem` that bears its address."""
    came: dict[int, Fetched | Missed] = {}
    with Fetcher[int](policy, network) as fetcher:
        for place, url in enumerate(urls):
            fetcher.submit(place, Request(url))
        for place, url in enumerate(urls):
            while place not in came:
                if cancelled and cancelled():
                    return
                if done := fetcher.take(_LOOK_EVERY):
                    came[done.key] = done.result
            yield _page(url, came.pop(place))


def _page(url: str, result: Fetched | Missed) -> Incoming | Problem:
    if isinstance(result, Missed):
        return Problem(origin=url, message=result.message)
    try:
        return page(result)
    except InputError as error:
        return Problem(origin=url, message=str(error))
