"""The feeds' screen, refreshing, next unread and tags: with a real server on loopback."""

import http.server
from collections.abc import Iterator
from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article, at_reader, drawn
from shelf import GATE, LONG, desk_of

from reader.desk import subscribing
from reader.sources import Feed
from reader.tui.feeds import FeedsScreen
from served import Answer, Server, serving

WORDS = "The council met in the old hall and heard three engineers. " * 12


@pytest.fixture(autouse=True)
def _private(settings_folder: Path) -> None:
    (settings_folder / "settings.toml").write_text("[fetch]\nallow_private = true\n", encoding="utf-8")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def rss(*names: str, title: str = "Tide News") -> str:
    items = (
        f"<item><title>The {name} opened</title><link>https://tide.example/{name}</link>"
        f"<guid>urn:{name}</guid>"
        f"<description><![CDATA[<p>{name}: {WORDS}</p>]]></description></item>"
        for name in names
    )
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
    return f"{head}{''.join(items)}</channel></rss>"


def with_feeds(library: Path, *urls: str, folder: str = "") -> None:
    with desk_of(library) as desk:
        for url in urls:
            name = url.rpartition("/")[2].title()
            desk.store.feeds.add(url, name=name, title="", home="", folder=folder)


def feeds(person: Person) -> list[Feed]:
    return subscribing.feeds(person.witness)


def screen(person: Person) -> FeedsScreen:
    assert isinstance(person.front, FeedsScreen)
    return person.front


def here(person: Person) -> str:
    row = screen(person).feeds.current
    return row.title if row else ""


async def go_to(person: Person, title: str) -> None:
    await person.press("g")
    for _ in screen(person).feeds.rows:
        if here(person) == title:
            return
        await person.press("j")
    raise AssertionError(f"there is no line {title}")


@journey("library", "feeds")
@journey("feeds", "add-feed", "open-feed", "leave", "cancel")
async def test_a_feed_is_added_and_its_articles_are_listed(library: Path, server: Server) -> None:
    url = server.serve("/feed", rss("gate", "lock"))
    async with at_reader(library) as person:
        await person.press("F")
        assert person.place == "feeds"
        assert "No feeds yet: a adds one" in person.told
        await person.press("a")
        assert person.dialog == "Form"
        await person.press("enter")
        assert "name the address of a feed" in person.complaint
        await person.type(url)
        await person.go_to_field("folder")
        await person.type("News")
        await person.press("enter")
        await person.until(lambda: person.told == "2 new", "the feed to be read")
        (feed,) = feeds(person)
        assert (feed.title, feed.folder, feed.unread) == ("Tide News", "News", 2)
        assert "News/" in drawn(person.strips())
        await go_to(person, "Tide News")
        assert url in person.told
        await person.press("enter")
        assert person.place == "library"
        assert len(person.numbers) == 2
        assert person.bar("head").startswith(" Tide News   2 articles · 2 unread")
        await person.press("escape")
        assert person.bar("head").startswith(" Library   6 articles")
        assert len(person.numbers) == 6
        for key in ("q", "escape", "ctrl+c"):
            await person.press("F")
            assert person.place == "feeds"
            await person.press(key)
            assert person.place == "library"


@journey("feeds", "down", "up", "top", "bottom", "half-down", "half-up", "page-down", "page-up")
async def test_moving_over_the_feeds(library: Path) -> None:
    with_feeds(library, *(f"https://tide.example/{n:03}" for n in range(60)))
    async with at_reader(library, size=(80, 24)) as person:
        await person.press("F")
        for keys, title in (
            (("j", "down"), "001"),
            (("k", "up"), "All articles"),
            (("ctrl+d",), "009"),
            (("ctrl+u",), "All articles"),
            (("space", "pagedown"), "039"),
            (("pageup", "pageup"), "All articles"),
            (("G",), "059"),
            (("g",), "All articles"),
            (("ctrl+end",), "059"),
            (("ctrl+home",), "All articles"),
        ):
            await person.press(*keys)
            assert here(person) == title, keys
            assert title in drawn(person.strips())


@journey("library", "refresh")
async def test_a_refresh_moves_neither_the_cursor_nor_the_window(many: Path, server: Server) -> None:
    names = [f"gate{n}" for n in range(30)]
    with_feeds(many, server.serve("/feed", rss(*names)), server.url("/none"))
    async with at_reader(many, size=(80, 24)) as person:
        await person.press("ctrl+d", "ctrl+d", "ctrl+d", "j")
        number, top = person.number, person.library.articles.top
        row = person.library.articles.cursor - top
        assert top > 0
        await person.press("R")
        await person.until(lambda: person.told.startswith("30 new, 1 feed could not be read"), "the news")
        articles = person.library.articles
        assert person.number == number
        assert articles.cursor - articles.top == row
        assert "None: there is nothing at this address: check it (404)" in person.told
        await person.press("g")
        assert person.library.current is not None
        assert person.library.current.title == "The gate0 opened"


async def test_a_refresh_leaves_the_caret_and_the_selection_alone(library: Path, server: Server) -> None:
    with_feeds(library, server.serve("/feed", rss("gate", "lock")))
    async with at_article(library, LONG) as person:
        await person.press("ctrl+d", "v", "w", "w")
        selected, top = person.selected, person.page.scroll_offset
        assert selected
        person.library.start((), "refresh")
        await person.until(lambda: person.told == "2 new", "the refresh to be told in the article")
        assert (person.selected, person.page.scroll_offset) == (selected, top)
        await person.press("1")
        assert person.stances()[0][0] == selected.strip()


async def test_without_feeds_a_refresh_says_what_to_do(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("R")
        assert person.told == "There are no feeds yet: F adds them"


@journey("feeds", "refresh", "refresh-feed", "problems")
async def test_refreshing_from_the_feeds(library: Path, server: Server) -> None:
    with_feeds(
        library, server.serve("/first", rss("gate")), server.serve("/second", rss("lock")), folder="News"
    )
    with_feeds(library, server.serve("/third", "<!doctype html>words", media="text/html"))
    async with at_reader(library) as person:
        await person.press("F")
        await go_to(person, "First")
        await person.press("r")
        await person.until(lambda: person.told == "1 new")
        assert server.paths() == ["/first"]
        await go_to(person, "News")
        await person.press("r")
        await person.until(lambda: server.paths() == ["/first", "/first", "/second"])
        await person.until(lambda: person.told == "1 new")
        await person.press("R")
        await person.until(lambda: "1 feed could not be read" in person.told)
        await person.press("!")
        assert "it is a web page and no feed" in drawn(person.strips())
        await person.press("q")
        await go_to(person, "Third")
        assert person.told.startswith("Third: it is a web page and no feed")
        await person.press("enter")
        assert person.told.startswith("Third: it is a web page and no feed")


@journey("feeds", "stop-import")
async def test_a_refresh_is_stopped(library: Path, server: Server) -> None:
    def hold(handler: http.server.BaseHTTPRequestHandler) -> None:
        del handler
        server.ended.wait(30)

    server.answers["/slow"] = Answer(stall=hold)
    with_feeds(library, server.serve("/first", rss("gate")), server.url("/slow", "127.0.0.2"))
    async with at_reader(library) as person:
        await person.press("F", "ctrl+x")
        assert person.told == "No import and no refresh is running"
        await person.press("R")
        await person.until(lambda: sum(feed.articles for feed in feeds(person)) == 1)
        await person.press("R")
        assert person.told == "An import or a refresh is running: Ctrl-x stops it"
        await person.press("j", "ctrl+x")
        assert person.told == "Stopped; what was added stays"
        assert person.app.session.work == ""


@journey("feeds", "set-feed", "remove-feed", "undo", "redo")
async def test_setting_and_removing_a_feed(library: Path, server: Server) -> None:
    with_feeds(library, server.serve("/first", rss("gate")))
    async with at_reader(library) as person:
        await person.press("F", "E")
        assert person.told == "Go to a feed to set it"
        await person.press("x")
        assert person.told == "Go to a feed to remove it"
        await person.press("j", "E")
        await person.write("Tides [/b]")
        await person.go_to_field("folder")
        await person.type("Sea")
        await person.choose("full_text", "down")
        await person.press("ctrl+s")
        (feed,) = feeds(person)
        assert (feed.title, feed.folder, feed.full_text) == ("Tides [/b]", "Sea", "always")
        assert "Tides [/b]" in drawn(person.strips())
        await go_to(person, "Tides [/b]")
        await person.press("x")
        assert person.told == "Removed: Tides [/b]; its articles stay (u brings it back)"
        assert feeds(person) == []
        await person.press("u")
        assert person.told == "Undone: brought back the feed Tides [/b]"
        assert [feed.full_text for feed in feeds(person)] == ["always"]
        await person.press("u")
        assert [(feed.title, feed.folder) for feed in feeds(person)] == [("First", "")]
        await person.press("ctrl+r")
        assert [(feed.title, feed.folder) for feed in feeds(person)] == [("Tides [/b]", "Sea")]


@journey("feeds", "export-feeds")
async def test_lists_of_feeds_in_and_out(library: Path, tmp_path: Path) -> None:
    source = tmp_path / "list.opml"
    source.write_text(
        '<opml version="2.0"><body><outline text="One" xmlUrl="https://one.example/f"/>'
        '<outline text="Trap" xmlUrl="exec:id"/></body></opml>'
    )
    out = tmp_path / "out.opml"
    async with at_reader(library) as person:
        await person.press("F", "a")
        await person.type(str(source))
        await person.press("enter")
        assert person.told == "1 feed added, 1 passed over (! tells why): R looks for their news"
        await person.press("e")
        await person.write(str(out))
        await person.press("enter")
        assert person.told == f"The feeds are written to {out}"
        assert 'xmlUrl="https://one.example/f"' in out.read_text()
        await person.press("e")
        await person.write(str(out))
        await person.press("enter")
        assert "there is a file already" in person.complaint


@journey("feeds", "help", "palette", "theme", "suspend")
async def test_what_is_there_on_every_screen(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_reader(library) as person:
        await person.press("F")
        for keys, dialog in ((("?", "f1"), "Help"), ((":", "ctrl+p"), "CommandPalette")):
            for key in keys:
                await person.press(key)
                await person.until(lambda: person.dialog == dialog)  # noqa: B023 - waited for in the loop
                await person.press("escape")
                await person.until(lambda: person.dialog == "")
        await person.press("ctrl+t")
        assert person.dialog
        await person.press("escape")
        await person.until(lambda: person.dialog == "")
        suspended: list[bool] = []
        monkeypatch.setattr(person.app, "action_suspend_process", lambda: suspended.append(True))
        await person.press("ctrl+z")
        assert suspended == [True]


@journey("feeds", "quit-at-once")
async def test_quitting_from_the_feeds(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("F")
        await person.press_and_leave("ctrl+q")


async def test_feeds_are_clicked(library: Path, server: Server) -> None:
    with_feeds(library, server.serve("/first", rss("gate")), server.serve("/second", rss("lock")))
    async with at_reader(library) as person:
        await person.press("F")
        await person.pilot.click("#feeds", offset=(6, 2))
        assert here(person) == "Second"
        await person.pilot.click("#feeds", offset=(6, 1), times=2)
        await person.until(lambda: person.place == "library")
        assert person.bar("head").startswith(" First")


async def test_a_search_in_a_feed_finds_only_its_articles(library: Path, server: Server) -> None:
    with_feeds(library, server.serve("/first", rss("gate")), server.serve("/second", rss("lock")))
    async with at_reader(library) as person:
        await person.press("R")
        await person.until(lambda: person.told == "2 new")
        await person.press("F")
        await go_to(person, "Second")
        await person.press("enter", "/")
        await person.type("engineers")
        await person.until(lambda: len(person.numbers) == 1)
        await person.until(lambda: '1 article with "engineers"' in person.bar("head"))
        assert person.bar("head").startswith(" Second")
        await person.press("escape")
        assert person.bar("head").startswith(" Second   1 article · 1 unread")


@journey("library", "next-unread")
async def test_the_next_unread_article_from_the_list(library: Path) -> None:
    async with at_reader(library) as person:
        assert "4 unread" in person.bar("head")
        await person.press("m", "U")
        assert person.place == "reading"
        assert person.shown == 3
        await person.press("q")
        assert "2 unread" in person.bar("head")
        await person.press("G", "U")
        assert person.shown == GATE
        await person.press("q", "U")
        # After the last one the search begins at the top again.
        assert person.shown == 2
        await person.press("q", "U")
        assert person.told == "Everything here is read"
        # Read marks follow reading, and are taken back like every change.
        await person.press("u")
        assert person.told == "Undone: unread"
        assert "1 unread" in person.bar("head")


@journey("reading", "next-unread")
async def test_the_next_unread_article_from_an_article(library: Path) -> None:
    async with at_article(library, LONG) as person:
        await person.press("U")
        assert person.shown == 3
        await person.press("G", "space")
        assert person.told == "The end: Space opens the next unread article"
        await person.press("k", "G", "space")
        assert person.shown == 3
        await person.press("space")
        assert person.shown == 2
        await person.press("U", "U")
        assert person.shown == GATE
        assert person.told == "Everything here is read"


@journey("library", "tag")
async def test_tags_are_given_in_the_list_shown_and_found(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("#")
        assert person.dialog == "Prompt"
        await person.type("flood, [/b]")
        await person.press("enter")
        assert person.told == "Tagged"
        assert "#flood #[/b]" in drawn(person.strips())
        await person.press("/")
        await person.type("flood")
        await person.until(lambda: person.numbers == [LONG])
        await person.press("escape", "u")
        assert "#flood" not in drawn(person.strips())


@journey("reading", "tag")
async def test_tags_are_given_in_an_article(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("#")
        await person.type("flood|town")
        await person.press("enter")
        assert "a tag cannot hold" in person.complaint
        await person.write("flood")
        await person.press("enter")
        assert "#flood" in person.bar("head")
        await person.press("u")
        assert "#flood" not in person.bar("head")


async def test_a_page_is_added_by_its_address(library: Path, server: Server) -> None:
    body = f"<html><head><title>The gate</title></head><body><article><p>{WORDS}</p></article></body></html>"
    url = server.serve("/gate", body, media="text/html")
    async with at_reader(library) as person:
        await person.press("a")
        await person.type(url)
        await person.press("enter")
        await person.until(lambda: person.told == "1 added")
        assert person.witness.store.articles.get(5).metadata.url == url
