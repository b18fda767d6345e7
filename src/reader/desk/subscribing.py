"""The feeds that are subscribed to: the list, adding and removing them, lists from and for other readers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from reader.desk import Desk
from reader.desk.refreshing import refresh
from reader.errors import ExportError, InputError, NotFoundError
from reader.exchange.atomic import atomic_text
from reader.exchange.opml import opml
from reader.fetch import Network, Policy, fetch, web_address
from reader.importers import opml as opml_importer
from reader.importers.base import open_file, reason
from reader.importers.discovery import feeds_of
from reader.importers.feed import may_be_feed
from reader.model import Problem
from reader.sources import FULL_TEXTS, Feed, FullText, Missed, Refreshed, Request, Wish

_LONGEST = 200


class Subscribed(NamedTuple):
    """A feed that was asked for."""

    feed: Feed
    new: bool
    """Whether it was not subscribed to before."""
    added: int = 0
    """How many articles came with it."""
    others: tuple[Wish, ...] = ()
    """Other feeds that the page names, where a page's address was given."""


def feeds(desk: Desk) -> list[Feed]:
    """All feeds by folder and title, with how many articles each has and how many of them are unread."""
    return desk.store.feeds.all()


def feed(desk: Desk, reference: str) -> Feed:
    """The feed of a number, an address or a title.

    Raises:
        NotFoundError: there is none, or several bear this title.
    """
    if reference.isascii() and reference.isdigit() and len(reference) < 10:
        return desk.store.feeds.get(int(reference))
    everyone = feeds(desk)
    wanted = reference.strip().casefold()
    found = [feed for feed in everyone if feed.url == reference.strip()]
    found = found or [feed for feed in everyone if feed.title.casefold() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(feed.number) for feed in found)
        raise NotFoundError(f"several feeds are called {reference!r}: name one by its number ({numbers})")
    raise NotFoundError(f"there is no feed {reference!r}: reader feeds list shows what there is")


def subscribe(
    desk: Desk,
    url: str,
    policy: Policy,
    *,
    folder: str = "",
    name: str = "",
    network: Network | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Subscribed:
    """Subscribe to a feed by its address or by that of a page that names it, and take in what it holds.

    Where a page names several feeds, the first is taken, which is what its maker puts first.

    Raises:
        InputError: nothing came from the address, or neither is it a feed nor does it name one.
    """
    address = _address(url)
    (answer,) = fetch([Request(address)], policy, network)
    if isinstance(answer, Missed):
        raise InputError(f"{url}: {answer.message}")
    named = [] if may_be_feed(answer) else feeds_of(answer)
    wish = named[0] if named else Wish(answer.moved or address)
    number, new = desk.store.feeds.add(
        _address(wish.url), name=tidy(name), title=wish.title, home="", folder=tidy_folder(folder)
    )
    outcomes = refresh(
        desk, policy, [desk.store.feeds.get(number)], network=network, cancelled=cancelled, workers=1
    )
    refreshed = next(iter(list(outcomes)), Refreshed(desk.store.feeds.get(number), "waiting"))
    if new and refreshed.outcome in ("failed", "retired"):
        desk.store.feeds.forget(number)
        why = refreshed.feed.error if named or may_be_feed(answer) else "it is no feed, nor does it name one"
        raise InputError(f"{wish.url}: {why}")
    return Subscribed(refreshed.feed, new, refreshed.added, tuple(named[1:]))


def _address(url: str) -> str:
    try:
        return web_address(url)
    except InputError as error:
        raise InputError(f"{url[:_LONGEST]}: {error}") from error


def edit(
    desk: Desk,
    feed: Feed,
    *,
    name: str | None = None,
    folder: str | None = None,
    full_text: str | None = None,
) -> Feed:
    """Set a feed's name (empty: the one it gives itself), its folder, and when its pages are fetched.

    Raises:
        InputError: `full_text` is none of never, short, always.
    """
    wanted: FullText = feed.full_text
    if full_text is not None:
        known = {str(choice): choice for choice in FULL_TEXTS}
        if full_text not in known:
            raise InputError(f"{full_text!r} is none of {', '.join(FULL_TEXTS)}")
        wanted = known[full_text]
    return desk.store.feeds.edit(
        feed.number,
        name=desk.store.feeds.name(feed.number) if name is None else tidy(name),
        folder=feed.folder if folder is None else tidy_folder(folder),
        full_text=wanted,
    )


def remove(desk: Desk, feed: Feed) -> None:
    """End a subscription. Its articles stay; adding it again brings it back as it was."""
    desk.store.feeds.remove(feed.number)


def tidy(text: str) -> str:
    """A name in one line."""
    return " ".join(text.split())[:_LONGEST]


def tidy_folder(text: str) -> str:
    """A folder's path, ``News/Europe``, without empty parts."""
    return "/".join(part for part in map(tidy, text.split("/")) if part)


def read_list(path: Path) -> bytes:
    """The content of a file that should be an OPML list.

    Raises:
        InputError: it cannot be read; the message names it.
    """
    try:
        with open_file(path) as stream:
            return stream.read(opml_importer.MAX_BYTES + 1)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: {reason(error)}") from error


def take_list(desk: Desk, raw: bytes, origin: str) -> Iterator[tuple[Feed, bool] | Problem]:
    """Subscribe to all feeds of an OPML list; what they hold comes with the next refresh.

    Yields:
        Each feed and whether it is new, and a `Problem` for what is none that can be asked.

    Raises:
        InputError: it is no OPML; nothing was taken in. The message names the origin.
    """
    try:
        wishes = opml_importer.read(raw, origin)
    except InputError as error:
        raise InputError(f"{origin}: {error}") from error
    with desk.store.transaction():
        outcomes = [_taken(desk, wish, origin) if isinstance(wish, Wish) else wish for wish in wishes]
    yield from outcomes


def _taken(desk: Desk, wish: Wish, origin: str) -> tuple[Feed, bool] | Problem:
    try:
        url = web_address(wish.url)
    except InputError as error:
        return Problem(origin=origin, message=f"{wish.url[:_LONGEST]}: {error}")
    number, new = desk.store.feeds.add(
        url, name=tidy(wish.title), title="", home="", folder=tidy_folder(wish.folder)
    )
    return desk.store.feeds.get(number), new


def give_list(desk: Desk, path: Path | None = None) -> str:
    """All feeds as OPML; to a file too, whole or not at all, where one is named.

    Raises:
        ExportError: the file cannot be written or is the library itself.
    """
    content = opml(feeds(desk))
    if path is not None:
        if desk.store.owns(path):
            raise ExportError(f"{path}: belongs to the library itself: name another file")
        with atomic_text(path) as stream:
            stream.write(content)
    return content
