"""Refreshing feeds from this machine itself: the first time, when nothing has changed, and keys meanwhile."""

import functools
import html
import http.server
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from lxml import etree

from bench import newsboat, sqlite
from bench.articles import piece
from bench.keys import typed
from bench.library import desk_on, library_of, list_marker, reader_in_terminal, settings_beside
from bench.process import READER, Ended, plain_environment, run
from bench.report import NOT_INSTALLED, Goal, Row, Sample, print_table, progress
from reader.desk.finding import count

FEEDS, ENTRIES, SIZE = 200, 50, 1_500
"""How many feeds there are, how many entries each has, and of how many characters each is at least."""

_LISTED = 10_000
_KEYS = [b"j", b"j", b"j", b"k", b"k"] * 24


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "feeds")
        floor = _bare(folder / "feeds", folder / "bare.db")
        with _served(folder / "feeds") as port:
            urls = [f"http://127.0.{n // 200}.{n % 200 + 1}:{port}/{n}.xml" for n in range(FEEDS)]
            peers = _newsboat(folder / "newsboat", urls) if newsboat.installed() else None
            first, second = _reader(folder / "reader", urls)
            keys = _keys(folder / "keys", urls)
    table = [
        Row(
            what=f"{FEEDS} feeds of {ENTRIES} entries, the first time",
            floor=Sample((floor,)),
            peer=Sample((peers[0].seconds,)) if peers else NOT_INSTALLED,
            ours=Sample((first.seconds,)),
            unit="s",
            goal=Goal(peers[0].seconds) if peers else None,
        ),
        Row(
            what="again, when nothing has changed",
            peer=Sample((peers[1].seconds,)) if peers else NOT_INSTALLED,
            ours=Sample((second.seconds,)),
            unit="s",
            goal=Goal(peers[1].seconds / 2) if peers else None,
        ),
        Row(
            what="memory of all processes, what they share counted once, peak",
            peer=Sample((peers[0].shared_once,)) if peers else NOT_INSTALLED,
            ours=Sample((first.shared_once,)),
            unit="MB",
            goal=Goal(200),
        ),
        Row(what="keys in the list of 10,000 meanwhile", ours=keys, goal=Goal(15, "p95")),
    ]
    print_table(
        "Refreshing feeds (floor: bare lxml and SQLite; peer: newsboat's reload, not synced; neither cleans)",
        table,
    )


def _write(folder: Path) -> None:
    folder.mkdir()
    for number in range(FEEDS):
        items = []
        for place in range(ENTRIES):
            one = piece(number * ENTRIES + place, SIZE)
            body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in one.paragraphs)
            url = f"https://feed-{number}.example/{place}"
            items.append(
                f"<item><title>{html.escape(one.title)}</title><link>{url}</link><guid>{url}</guid>"
                f"<pubDate>Mon, 02 Mar 2026 09:{place:02}:00 GMT</pubDate>"
                f"<description>{html.escape(body)}</description></item>\n"
            )
        (folder / f"{number}.xml").write_text(
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
            f"<title>Feed {number}</title>"
            f"<link>https://feed-{number}.example/</link><description>News</description>\n{''.join(items)}"
            "</channel></rss>\n",
            encoding="utf-8",
        )


def _bare(feeds: Path, database: Path) -> float:
    """Seconds that one process takes to read the files with lxml and to put the entries into bare SQLite.

    Nothing is asked for, cleaned or indexed; each feed is a transaction as safe as the store's.
    """
    progress("bare lxml and SQLite")
    begun = time.perf_counter()
    connection = sqlite.connect(database)
    connection.execute("create table entry (url primary key, title, published, html)")
    for path in sorted(feeds.iterdir()):
        items = etree.fromstring(path.read_bytes()).iter("item")
        rows = [[item.findtext(tag) for tag in ("link", "title", "pubDate", "description")] for item in items]
        with connection:
            connection.executemany("insert into entry values (?, ?, ?, ?)", rows)
    connection.close()
    return time.perf_counter() - begun


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files; one that has not changed since the date that is asked with is 304."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it overrides
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    """The port at which the feeds are, on every address of this machine.

    From a process of its own: a thread of this one would hold up the clock that keys are timed with.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(folder, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(folder: Path, told: Connection) -> None:
    os.nice(10)
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("0.0.0.0", 0), handler) as server:
        told.send(server.server_address[1])
        server.serve_forever()


def _newsboat(folder: Path, urls: list[str]) -> tuple[Ended, Ended]:
    progress("newsboat")
    folder.mkdir()
    (folder / "urls").write_text("\n".join(urls) + "\n", encoding="utf-8")
    (folder / "config").write_text("reload-threads 8\nmax-items 0\n", encoding="utf-8")
    command = [*newsboat.command(folder), "-x", "reload"]
    ended = [run(command, {"HOME": str(folder)}, watch=True) for _ in range(2)]
    return ended[0], ended[1]


def _reader(folder: Path, urls: list[str]) -> tuple[Ended, Ended]:
    progress("reader")
    folder.mkdir()
    library = folder / "library.db"
    _subscribe(library, urls)
    command = [READER, "--library", str(library), "refresh", "--allow-private"]
    ended = [run(command, settings_beside(library), watch=True) for _ in range(2)]
    with desk_on(library) as desk:
        if count(desk) != FEEDS * ENTRIES:
            raise RuntimeError(f"{count(desk)} articles came, not {FEEDS * ENTRIES}")
    return ended[0], ended[1]


def _subscribe(library: Path, urls: list[str]) -> None:
    with desk_on(library) as desk, desk.store.transaction():
        for url in urls:
            desk.store.feeds.add(url, name="", title="", home="", folder="")


def _keys(folder: Path, urls: list[str]) -> Sample:
    """Keys while the child that `R` starts is at work; started from here, so that it draws no progress.

    What the status line draws of it ten times a second would be taken for what a key draws.
    """
    progress("keys while a refresh runs")
    library = library_of(_LISTED, folder)
    _subscribe(library, urls)
    settings = settings_beside(library)
    own = Path(settings["READER_CONFIG_DIR"])
    own.mkdir(parents=True, exist_ok=True)
    (own / "settings.toml").write_text("[fetch]\nallow_private = true\n", encoding="utf-8")
    command = [sys.executable, "-P", "-m", "reader.jobs", "refresh", str(library)]
    pipe = subprocess.PIPE
    with reader_in_terminal(library) as terminal, desk_on(library) as desk:
        terminal.wait_text(list_marker(_LISTED))
        before = count(desk)
        with subprocess.Popen(
            command, env=plain_environment(settings), stdin=pipe, stdout=subprocess.DEVNULL
        ) as job:
            while count(desk) == before:
                time.sleep(0.01)
            keys = typed(terminal, _KEYS)
            if job.poll() is not None:
                raise RuntimeError("the refresh ended before the keys did: take more feeds")
            job.communicate()  # closing its input ends it
        return keys


if __name__ == "__main__":
    main()
