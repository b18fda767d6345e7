"""The peer: newsboat, with caches of the same articles, filled over HTTP from this machine itself."""

import functools
import html
import http.server
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from bench.articles import Piece
from bench.cache import prepared
from bench.process import Ended, run
from bench.terminal import Terminal

_CONFIG = "auto-reload no\nmax-items 0\ncleanup-on-quit no\ngoto-first-unread no\n"


def installed() -> bool:
    """Whether there is a newsboat to measure."""
    return shutil.which("newsboat") is not None


def cached(name: str, pieces: Iterable[Piece]) -> Path:
    """A folder with a cache of one feed of these articles, made by newsboat itself or kept from before."""

    def build(folder: Path) -> None:
        fill(folder, pieces)
        (folder / "feed.xml").unlink()

    return prepared(f"newsboat-{name}", build, ["bench/articles.py", "bench/newsboat.py"])


def fill(folder: Path, pieces: Iterable[Piece]) -> Ended:
    """Let newsboat load one feed of these articles into a new cache."""
    _write_feed(folder / "feed.xml", pieces)
    (folder / "config").write_text(_CONFIG, encoding="utf-8")
    with _served(folder) as address:
        (folder / "urls").write_text(f"{address}/feed.xml\n", encoding="utf-8")
        return run([*command(folder), "-x", "reload"], {"HOME": str(folder)}, watch=True)


def terminal(folder: Path) -> Terminal:
    """Newsboat in a terminal, on a cache that `cached` gave."""
    return Terminal(command(folder), environment={"HOME": str(folder)})


def command(folder: Path) -> list[str]:
    """Newsboat on the addresses, the cache and the settings in a folder."""
    return [
        "newsboat", "-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config")
    ]  # fmt: skip


def _write_feed(path: Path, pieces: Iterable[Piece]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>')
        file.write("<title>News</title><link>https://news.example/</link><description>News</description>\n")
        file.writelines(_item(piece) for piece in pieces)
        file.write("</channel></rss>\n")


def _item(piece: Piece) -> str:
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in piece.paragraphs)
    date = format_datetime(datetime.fromisoformat(piece.published))
    return (
        f"<item><title>{html.escape(piece.title)}</title><link>{piece.url}</link><guid>{piece.url}</guid>"
        f"<pubDate>{date}</pubDate><description>{html.escape(body)}</description></item>\n"
    )


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it overrides
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
