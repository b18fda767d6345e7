"""``reader feeds`` and ``reader refresh``."""

import shutil
import sys
from collections import Counter
from pathlib import Path

import click

from reader.cli.fetching import allow_private, policy
from reader.cli.opening import open_library
from reader.cli.output import fit, json_line, on_terminal, say, warn, write_text
from reader.desk import subscribing
from reader.desk.refreshing import refresh as refresh_feeds
from reader.errors import ReaderError
from reader.importers import STDIN, read_stdin
from reader.logs import log_to
from reader.model import Problem
from reader.settings import log_path
from reader.sources import FULL_TEXTS, Feed, Refreshed

_NUMBER, _UNREAD, _DATE, _FOLDER = 5, 7, 10, 16
"""Cells of the columns on a terminal; the title has the rest."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def feeds() -> None:
    """List, add, set and remove feeds.

    FEED is the number that `feeds list` shows first on a line, or the feed's address or title.
    """


@feeds.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def list_(library: Path, as_json: bool) -> None:
    """List the feeds.

    On a line: number, unread articles, last answer, folder, title, address; then what is wrong with it.
    """
    with open_library(library) as desk:
        for feed in subscribing.feeds(desk):
            if as_json:
                click.echo(json_line(_described(feed)))
            elif on_terminal():
                click.echo(_columns(feed))
            else:
                trouble = _trouble(feed)
                say(feed.number, feed.unread, feed.fetched_at, feed.folder, feed.title, feed.url, trouble)


def _described(feed: Feed) -> dict[str, object]:
    return {
        "number": feed.number,
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "folder": feed.folder,
        "full_text": feed.full_text,
        "articles": feed.articles,
        "unread": feed.unread,
        "fetched_at": feed.fetched_at,
        "next_at": feed.next_at,
        "retired": feed.retired,
        "error": feed.error,
        "notes": list(feed.notes),
    }


def _trouble(feed: Feed) -> str:
    return "; ".join([feed.error] if feed.error else feed.notes)


def _columns(feed: Feed) -> str:
    room = shutil.get_terminal_size().columns - _NUMBER - _UNREAD - _DATE - _FOLDER - 8
    line = (
        f"{feed.number:>{_NUMBER}}  {feed.unread:>{_UNREAD}}  {feed.fetched_at[:10] or '–':{_DATE}}"
        f"  {fit(feed.folder, _FOLDER)}  {fit(feed.title, max(10, room))}".rstrip()
    )
    trouble = _trouble(feed)
    return f"{line}\n{' ' * (_NUMBER + 2)}{fit(trouble, room + 40).rstrip()}" if trouble else line


@feeds.command()
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@click.option("--folder", default="", help="The folder to put it in: News, or News/Europe.")
@click.option("--name", default="", help="What to call it, instead of what it calls itself.")
@allow_private
@click.pass_obj
def add(library: Path, urls: tuple[str, ...], folder: str, name: str, allow_private: bool) -> int:
    """Subscribe to feeds by their address, or by that of a page that names its feed.

    What a feed holds is taken in at once.
    """
    log_to(log_path())
    failed = 0
    allowed = policy(private=allow_private)
    with open_library(library, create=True) as desk:
        for url in urls:
            try:
                found = subscribing.subscribe(desk, url, allowed, folder=folder, name=name)
            except ReaderError as error:
                failed += 1
                warn(str(error))
                continue
            say("added" if found.new else "unchanged", found.feed.number, found.feed.title, found.feed.url)
            for line in [*found.feed.notes, *_others(found)]:
                warn(f"{found.feed.title}: {line}")
    return 1 if failed else 0


def _others(found: subscribing.Subscribed) -> list[str]:
    return [f"the page names another feed: {wish.title or 'untitled'} {wish.url}" for wish in found.others]


@feeds.command("import")
@click.argument("file", metavar="FILE|-")
@click.pass_obj
def import_(library: Path, file: str) -> int:
    """Subscribe to the feeds of an OPML file.

    Their articles come with the next `reader refresh`. Anything but http and https is named and passed over.
    """
    counts: Counter[str] = Counter()
    raw = read_stdin(sys.stdin.buffer) if file == STDIN else subscribing.read_list(Path(file))
    with open_library(library, create=True) as desk:
        for outcome in subscribing.take_list(desk, raw, file):
            if isinstance(outcome, Problem):
                counts["passed over"] += 1
                warn(f"{outcome.origin}: {outcome.message}")
                continue
            feed, new = outcome
            word = "added" if new else "unchanged"
            counts[word] += 1
            say(word, feed.number, feed.title, feed.url)
    warn(", ".join(f"{count} {name}" for name, count in counts.items()) or "it names no feeds")
    return 1 if counts["passed over"] else 0


@feeds.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.pass_obj
def export(library: Path, output: Path | None) -> None:
    """Write the feeds as OPML, for other readers.

    To standard output unless -o names a file.
    """
    with open_library(library) as desk:
        content = subscribing.give_list(desk, output)
    if output is None:
        write_text(content)


@feeds.command()
@click.argument("names", metavar="FEED…", nargs=-1, required=True)
@click.pass_obj
def remove(library: Path, names: tuple[str, ...]) -> int:
    """End subscriptions.

    The articles stay. Adding a feed again brings it back as it was.
    """
    failed = 0
    with open_library(library, changes=True) as desk:
        for name in names:
            try:
                feed = subscribing.feed(desk, name)
                subscribing.remove(desk, feed)
                say("removed", feed.number, feed.title, feed.url)
            except ReaderError as error:
                failed += 1
                warn(str(error))
    return 1 if failed else 0


@feeds.command("set")
@click.argument("name", metavar="FEED")
@click.option("--name", "title", help="What to call it; empty: what it calls itself.")
@click.option("--folder", help="The folder to put it in; empty: none.")
@click.option(
    "--full-text",
    type=click.Choice(FULL_TEXTS),
    help="When an entry's page is fetched: never, where the feed cuts the text, always.",
)
@click.pass_obj
def set_(library: Path, name: str, title: str | None, folder: str | None, full_text: str | None) -> None:
    """Set a feed's name, its folder, and whether its pages are fetched."""
    if title is None and folder is None and full_text is None:
        raise click.UsageError("Name what to set: --name, --folder or --full-text.")
    with open_library(library, changes=True) as desk:
        feed = subscribing.feed(desk, name)
        edited = subscribing.edit(desk, feed, name=title, folder=folder, full_text=full_text)
        say("set", edited.number, edited.title, edited.folder, edited.full_text)


@click.command()
@click.argument("names", metavar="[FEED…]", nargs=-1)
@allow_private
@click.pass_obj
def refresh(library: Path, names: tuple[str, ...], allow_private: bool) -> int:
    """Look for news in the feeds.

    In those that are named, else in all that are due: one that failed is left alone for a while. Prints a
    line per feed: updated, unchanged, failed, retired or waiting, its number, how many articles are new and
    how many have a newer text, and its title.
    """
    log_to(log_path())
    failed = 0
    allowed = policy(private=allow_private)
    with open_library(library, changes=True) as desk:
        named = [subscribing.feed(desk, name) for name in names] if names else None
        for result in refresh_feeds(desk, allowed, named):
            failed += result.outcome in ("failed", "retired")
            say(result.outcome, result.feed.number, result.added, result.updated, result.feed.title)
            for line in _told(result):
                warn(f"{result.feed.title}: {line}")
            sys.stdout.flush()
    return 1 if failed else 0


def _told(result: Refreshed) -> list[str]:
    if result.outcome == "waiting":
        return [f"the server asked to be left alone until {result.feed.next_at}"]
    if result.feed.error:
        return [result.feed.error]
    return list(result.feed.notes) if result.outcome == "updated" else []
