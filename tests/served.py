"""A real HTTP server on loopback for the tests: it answers as it is told, and remembers what it was asked."""

import contextlib
import gzip
import http.server
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpcore

from reader.fetch import Network

CERTIFICATE = Path(__file__).with_name("feeds.example.pem")
"""A key and a certificate of its own for ``feeds.example``, good for a hundred years."""


@dataclass(frozen=True)
class Answer:
    """What the server says at one path."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media: str = "application/rss+xml"
    etag: str = ""
    """Where the request names it, the answer is 304."""
    modified: str = ""
    """Likewise."""
    gzipped: bool = False
    stall: Callable[[http.server.BaseHTTPRequestHandler], None] | None = None
    """Takes over the connection instead of answering."""


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]


class Server:
    """Answers by path; what it has no answer for is 404."""

    def __init__(self, server: http.server.ThreadingHTTPServer) -> None:
        self._server = server
        self.port = server.server_address[1]
        self.answers: dict[str, Answer | Callable[[], Answer]] = {}
        self.asked: list[Asked] = []
        self.at_once = self.most_at_once = 0
        """How many requests are under way now, and how many there were at most."""
        self._lock = threading.Lock()
        self.ended = threading.Event()
        """Set when the test is over: for answers that wait."""

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, body: bytes | str = b"", **given: object) -> str:
        """Answer with this from now on; returns the address."""
        raw = body.encode() if isinstance(body, str) else body
        self.answers[path] = Answer(raw, **given)  # type: ignore[arg-type]
        return self.url(path)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        return self.serve(path, b"", status=status, headers={"Location": to})

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def _answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self._lock:
            self.asked.append(Asked(handler.path, headers))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            given = self.answers.get(handler.path, Answer(status=404))
            answer = given() if callable(given) else given
            if answer.stall:
                handler.close_connection = True
                answer.stall(handler)
            else:
                _write(handler, answer, headers)
        finally:
            with self._lock:
                self.at_once -= 1


def _write(handler: http.server.BaseHTTPRequestHandler, answer: Answer, headers: Mapping[str, str]) -> None:
    same = (answer.etag and headers.get("if-none-match") == answer.etag) or (
        answer.modified and headers.get("if-modified-since") == answer.modified
    )
    body = b"" if same else gzip.compress(answer.body) if answer.gzipped else answer.body
    handler.send_response(304 if same else answer.status)
    handler.send_header("Content-Type", answer.media)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if answer.etag:
        handler.send_header("ETag", answer.etag)
    if answer.modified:
        handler.send_header("Last-Modified", answer.modified)
    if answer.gzipped and not same:
        handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def serving(*, tls: bool = False) -> Iterator[Server]:
    """Run a server until the block ends."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with contextlib.suppress(OSError):  # whoever asked has gone
                found._answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    class Quiet(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing of those who hang up."""

    with Quiet(("0.0.0.0", 0), Handler) as server:
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        found = Server(server)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield found
        finally:
            found.ended.set()
            server.shutdown()
            thread.join()


class Elsewhere(Network):
    """A network of names and addresses that all end at loopback, so that no test leaves the machine."""

    def __init__(self, names: Mapping[str, list[list[str]]], ports: Mapping[str, int]) -> None:
        """Name things.

        Args:
            names: for each host the addresses it means, a list for each look at it; the last stays.
            ports: for each address the port on this machine that it leads to.
        """
        self._names = {host: list(answers) for host, answers in names.items()}
        self._ports = ports
        self.connected: list[str] = []
        self.resolved: list[str] = []

    async def resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append(host)
        answers = self._names.get(host)
        if answers is None:
            raise socket.gaierror(f"no host {host}")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async def connect(self, address: str, port: int) -> httpcore.AsyncNetworkStream:
        self.connected.append(address)
        return await super().connect("127.0.0.1", self._ports.get(address, 1))

    def tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(CERTIFICATE))
