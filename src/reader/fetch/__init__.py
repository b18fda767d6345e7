"""The network: the only room of the house that opens sockets.

Only http and https; no address that is none of the public internet unless a person allows it, checked on the
address that is connected to, at every hop; no cookies; a limit on size while it is unpacked, and on time.
Proxies of the environment are not used: behind one, the address that is connected to could not be checked.

httpcore is what httpx itself stands on. It is used bare because what httpx adds, redirects, unpacking,
cookies and proxies, is what has to be done here under limits or not at all.
"""

from collections.abc import Sequence

from reader.fetch.addresses import web_address
from reader.fetch.fetcher import Done, Fetcher, Policy
from reader.fetch.network import Network
from reader.sources import Fetched, Missed, Request

__all__ = ["Done", "Fetcher", "Network", "Policy", "fetch", "web_address"]


def fetch(
    requests: Sequence[Request], policy: Policy, network: Network | None = None
) -> list[Fetched | Missed]:
    """Fetch some addresses and wait for all of them; the answers are in the order of the requests."""
    answers: dict[int, Fetched | Missed] = {}
    with Fetcher[int](policy, network) as fetcher:
        for place, request in enumerate(requests):
            fetcher.submit(place, request)
        while fetcher.outstanding:
            if done := fetcher.take(None):
                answers[done.key] = done.result
    return [answers[place] for place in range(len(requests))]
