"""One question and one answer: HTTP, from the address to a `Fetched`, hop by hop."""

from urllib.parse import urljoin, urlsplit

import httpcore

from reader.errors import InputError
from reader.fetch.addresses import web_address
from reader.fetch.inflating import GarbledError, Inflating, TooLargeError
from reader.fetch.network import Guarded, Network, RefusedError, UnresolvedError
from reader.sources import Fetched, Missed, Request

_FOR_GOOD = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, text/html;q=0.9, "
    "application/xhtml+xml;q=0.9, application/xml;q=0.8, */*;q=0.5"
)
_BROKEN = "the connection broke before everything had come: try again later"
_WORDS = {
    400: "the server does not understand the address",
    401: "it wants a login: save the page in your browser and add the file",
    403: "the server does not let programs read it: save the page in your browser and add the file",
    404: "there is nothing at this address: check it",
    410: "it is gone for good, says the server",
    429: "the server was asked too often: it is left alone for a while",
}


class Exchange:
    """Connections that are kept open for the next question to the same host."""

    def __init__(self, network: Network, *, allow_private: bool, limit: int, agent: str) -> None:
        self.network = network
        self.backend = Guarded(network, allow_private=allow_private)
        self.limit = limit
        self.agent = agent
        self._plain: httpcore.AsyncConnectionPool | None = None
        self._secure: httpcore.AsyncConnectionPool | None = None

    def course(self, request: Request) -> "Course":
        """The way of one request."""
        return Course(self, request)

    def pool(self, scheme: str) -> httpcore.AsyncConnectionPool:
        """The connections of a scheme; certificates are loaded only where one is needed."""
        if scheme == "http":
            self._plain = self._plain or self._made(None)
            return self._plain
        self._secure = self._secure or self._made(self.network)
        return self._secure

    def _made(self, network: Network | None) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=network.tls() if network else None,
            max_connections=None,
            max_keepalive_connections=24,
            keepalive_expiry=5.0,
            network_backend=self.backend,
        )

    async def close(self) -> None:
        """Close all connections."""
        for pool in (self._plain, self._secure):
            if pool:
                await pool.aclose()


class Course:
    """One request on its way through redirects; `step` asks the next host, until there is a `result`."""

    def __init__(self, exchange: Exchange, request: Request) -> None:
        self._exchange = exchange
        self._request = request
        self._moving = True
        self._moved = ""
        self.result: Fetched | Missed | None = None
        self._go(request.url)

    @property
    def host(self) -> str:
        """The host that is asked next."""
        return urlsplit(self._url).hostname or ""

    def _go(self, url: str) -> None:
        self._url = url
        try:
            self._url = web_address(url)
        except InputError as error:
            self.result = Missed(str(error) if url == self._request.url else f"it redirects to {error}")

    async def step(self) -> None:
        """Ask one host."""
        try:
            await self._ask()
        except RefusedError as error:
            self.result = Missed(
                f"{error}, which is not asked unless private addresses are allowed (--allow-private)"
            )
        except UnresolvedError:
            self.result = Missed(f"there is no host named {self.host}: check the address and the connection")
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            distrusted = "CERTIFICATE" in str(error)
            self.result = Missed(
                f"its certificate cannot be trusted ({str(error).rpartition(': ')[2].partition(' (_ssl')[0]})"
                if distrusted
                else f"the server cannot be reached ({error}): try again later"
            )
        except httpcore.NetworkError:
            self.result = Missed(_BROKEN)
        except httpcore.ProtocolError as error:
            # h11 tells only in words which of the two it was.
            ended = "closed" in str(error) or "disconnected" in str(error)
            self.result = Missed(_BROKEN if ended else "the server's answer makes no sense")
        except TooLargeError:
            self.result = Missed(f"it is larger than {self._exchange.limit >> 20} MB, which is not taken in")
        except GarbledError as error:
            self.result = Missed(str(error))

    async def _ask(self) -> None:
        parts = urlsplit(self._url)
        headers = [
            (b"Host", parts.netloc.encode()),
            (b"User-Agent", self._exchange.agent.encode()),
            (b"Accept", _ACCEPT.encode()),
            (b"Accept-Encoding", b"gzip, deflate"),
        ]
        if self._request.etag:
            headers.append((b"If-None-Match", self._request.etag.encode("latin-1", "replace")))
        if self._request.modified:
            headers.append((b"If-Modified-Since", self._request.modified.encode("latin-1", "replace")))
        async with self._exchange.pool(parts.scheme).stream("GET", self._url, headers=headers) as response:
            given = {
                name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers
            }
            status = int(response.status)
            if status in _REDIRECTS and given.get("location"):
                self._redirected(status, given["location"])
            elif status == 304:
                async for _ in response.aiter_stream():
                    """There is none, but only a whole answer leaves the connection open for the next."""
                self.result = self._answer(given, b"", unchanged=True)
            elif status == 200:
                body = Inflating(given.get("content-encoding", ""), self._exchange.limit)
                async for piece in response.aiter_stream():
                    body.add(piece)
                self.result = self._answer(given, body.end(), unchanged=False)
            else:
                self.result = Missed(_told(status), status, given.get("retry-after", ""))

    def _redirected(self, status: int, location: str) -> None:
        secure = self._url.startswith("https:")
        try:
            url = urljoin(self._url, location.strip())
        except ValueError:
            self.result = Missed("it redirects to something that is no address")
            return
        self._go(url)
        # What moved for good behind something that moved for now is not for good, nor is the loss of TLS.
        self._moving = self._moving and status in _FOR_GOOD and not (secure and url.startswith("http:"))
        if self._moving:
            self._moved = self._url

    def _answer(self, given: dict[str, str], body: bytes, *, unchanged: bool) -> Fetched:
        media, _, parameters = given.get("content-type", "").partition(";")
        charset = next(
            (
                value.strip().strip("\"'")
                for name, _, value in (part.partition("=") for part in parameters.split(";"))
                if name.strip().lower() == "charset"
            ),
            "",
        )
        return Fetched(
            url=self._url,
            moved=self._moved,
            unchanged=unchanged,
            body=body,
            media=media.strip().lower(),
            charset=charset,
            etag=given.get("etag", ""),
            modified=given.get("last-modified", ""),
        )


def _told(status: int) -> str:
    if status in _WORDS:
        return f"{_WORDS[status]} ({status})"
    if status >= 500:
        return f"the server is in trouble ({status}): try again later"
    return f"the server answers with {status}, which gives nothing to read"
