"""Connecting: a name is resolved, its addresses are checked, and one that passed is itself connected to.

So a name that means another address a moment later (DNS rebinding) changes nothing. The name stays the one
that the certificate must bear and that the server is told.
"""

import asyncio
import os
import socket
import ssl
from collections.abc import Iterable

import httpcore

from reader.fetch.addresses import refusal

_CONNECT = 10.0
"""Seconds for one address of a host; then the next one is tried."""
_TRIED = 4
"""Addresses of one host that are tried."""


class RefusedError(Exception):
    """An address that may not be connected to; the message says why."""


class UnresolvedError(Exception):
    """A name that nobody knows."""


class Network:
    """The way out. Tests put their own resolver and wires in its place."""

    async def resolve(self, host: str, port: int) -> list[str]:
        """The addresses of a host, the preferred first.

        Raises:
            OSError: it cannot be told.
        """
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(address[0]) for *_, address in found))

    async def connect(self, address: str, port: int) -> httpcore.AsyncNetworkStream:
        """Connect to an address, which is never looked up again.

        Raises:
            httpcore.ConnectError: nobody answers there.
            httpcore.ConnectTimeout: nobody answers in time.
        """
        return await httpcore.AnyIOBackend().connect_tcp(address, port, timeout=_CONNECT)

    def tls(self) -> ssl.SSLContext:
        """What certificates are checked with: those the system trusts, and Mozilla's."""
        import certifi

        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return context


class Guarded(httpcore.AsyncNetworkBackend):
    """httpcore's way to the network, through the checks."""

    def __init__(self, network: Network, *, allow_private: bool) -> None:
        self._network = network
        self._allow_private = allow_private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: "Iterable[httpcore.SOCKET_OPTION] | None" = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of a host that may be connected to and answers.

        Raises:
            RefusedError: none of its addresses may be connected to.
            UnresolvedError: the host has no address.
            httpcore.ConnectError: none answers.
        """
        del timeout, local_address, socket_options
        try:
            addresses = await self._network.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise UnresolvedError(host) from error
        allowed = [address for address in addresses if self._allow_private or not refusal(address)]
        if addresses and not allowed:
            raise RefusedError(f"{addresses[0]} is a {refusal(addresses[0])} address")
        failed: Exception = OSError("it has no address")
        for address in allowed[:_TRIED]:
            try:
                return await self._network.connect(address, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise httpcore.ConnectError(_words(failed)) from failed

    async def sleep(self, seconds: float) -> None:
        """Wait, between the tries of httpcore, of which there are none."""
        await asyncio.sleep(seconds)


def _words(error: BaseException) -> str:
    """What the system says at the root of an error."""
    if isinstance(error, httpcore.ConnectTimeout):
        return "no answer"
    root = error
    while root.__cause__ is not None:
        root = root.__cause__
    return os.strerror(root.errno) if isinstance(root, OSError) and root.errno else str(root)
