"""The keys of the library's list."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_reader, drawn
from shelf import FERRY, GATE, LONG, SCRIPTS, desk_of

from reader.desk import marking, reading
from reader.model import Span
from reader.settings import load_settings
from reader.tui.app import ReaderApp


@journey("library", "down", "up", "top", "bottom")
async def test_moving_in_the_list(many: Path) -> None:
    async with at_reader(many, size=(80, 24)) as person:
        assert person.number == 70
        await person.press("j", "down")
        assert person.number == 68
        await person.press("k")
        assert person.number == 69
        await person.press("up", "up", "k")
        assert person.number == 70
        for bottom, top in (("G", "g"), ("ctrl+end", "ctrl+home")):
            await person.press(bottom)
            assert person.number == 1
            assert "Boat 1 " in drawn(person.strips())
            assert person.bar("status").endswith("70/70 ")
            await person.press("j")
            assert person.number == 1
            await person.press(top)
            assert person.number == 70


@journey("library", "half-down", "half-up", "page-down", "page-up")
async def test_pages_of_the_list(many: Path) -> None:
    async with at_reader(many, size=(80, 24)) as person:
        height = person.library.articles.size.height
        await person.press("ctrl+d")
        assert person.number == 70 - height // 2
        await person.press("ctrl+u")
        assert person.number == 70
        for key in ("space", "pagedown"):
            await person.press(key)
            assert person.number == 70 - (height - 1)
            assert f"Boat {person.number} " in drawn(person.strips())
            await person.press("pageup")
            assert person.number == 70


@journey("library", "open")
async def test_opening(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("j", "enter")
        await person.until(lambda: person.place == "reading")
        assert person.shown == SCRIPTS
        assert person.witness.store.articles.get(SCRIPTS).read
        await person.press("q")
        assert person.number == SCRIPTS


async def test_opening_in_an_empty_library_does_nothing(tmp_path: Path) -> None:
    desk_of(tmp_path / "empty.db").close()
    async with at_reader(tmp_path / "empty.db") as person:
        await person.press("enter", "x", "m", "*", "E", "o", "j", "G", "u", "ctrl+d", "n")
        assert person.place == "library"
        await person.press("k")
        assert "No articles yet" in person.told


async def test_keys_typed_ahead_of_the_first_paint_are_done_in_order(library: Path) -> None:
    async with at_reader(library, typed=["j", "enter"]) as person:
        await person.until(lambda: person.place == "reading" and person.reading.opened, "the article")
        assert person.shown == SCRIPTS


async def test_keys_that_come_in_one_burst_are_done_in_order(library: Path) -> None:
    """As over a slow line, or pasted: what follows `/` or `c` is text, not commands."""
    async with at_reader(library) as person:
        await person.open(GATE)
        person.post("1", "c", "h", "i", "enter")
        await person.until(lambda: [mark.note for mark in person.marks()] == ["hi"])
        person.post(")", "2", "/", "t", "h", "e", "enter")
        await person.until(lambda: "“the”" in person.bar("status"))
        assert [stances[""] for _, stances in person.stances()] == ["support", "oppose"]
        person.post("q", "/", "t", "i", "d", "e")
        await person.until(lambda: person.numbers == [FERRY, GATE])


@journey("library", "toggle-read", "toggle-star")
async def test_read_and_star(library: Path) -> None:
    async with at_reader(library) as person:
        articles = person.witness.store.articles
        await person.press("m")
        assert articles.get(LONG).read
        assert person.told == "Read"
        await person.press("m")
        assert not articles.get(LONG).read
        await person.press("*")
        assert articles.get(LONG).starred
        assert "* " in drawn(person.strips())
        await person.press("*")
        assert not articles.get(LONG).starred
        await person.press("u")
        assert articles.get(LONG).starred
        await person.press("ctrl+r")
        assert not articles.get(LONG).starred


@journey("library", "correct")
async def test_correcting(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("E")
        await person.write("Sixty-one days")
        await person.go_to_field("url")
        await person.type("javascript:alert(1)")
        await person.press("enter")
        assert "not a web address" in " ".join(drawn(person.strips()).split())
        await person.write("https://news.example/61")
        await person.press("enter")
        known = person.witness.store.articles.get(LONG).metadata
        assert (known.title, known.url) == ("Sixty-one days", "https://news.example/61")
        assert "Sixty-one days" in drawn(person.strips())
        await person.press("u")
        assert person.witness.store.articles.get(LONG).metadata.title == "Sixty days"
        assert "Sixty days" in drawn(person.strips())


@journey("library", "open-url")
async def test_opening_the_address(library: Path, addresses: list[str]) -> None:
    async with at_reader(library) as person:
        await person.press("o")
        await person.until(lambda: "no address" in person.told)
        await person.press("G", "o")
        await person.until_told("Opened https://news.example/tide-gate")
        assert addresses == ["https://news.example/tide-gate"]


@journey("library", "remove", "undo", "redo")
async def test_removing(library: Path) -> None:
    with desk_of(library) as desk:
        revision = reading.opened(desk, FERRY).revision
        marking.annotate(desk, revision, Span(0, 9), "support")
    async with at_reader(library) as person:
        await person.press("j", "x")
        assert person.numbers == [LONG, FERRY, GATE]
        assert person.number == FERRY
        assert person.told == "Removed: Ten scripts (u brings it back)"
        # One that bears marks is asked about.
        await person.press("x")
        assert person.dialog == "Confirm"
        assert "1 mark" in drawn(person.strips())
        await person.press("n")
        assert (person.told, person.numbers) == ("Kept", [LONG, FERRY, GATE])
        await person.press("x", "y")
        assert person.numbers == [LONG, GATE]
        assert person.number == GATE
        await person.press("u")
        assert person.numbers == [LONG, FERRY, GATE]
        assert person.number == FERRY
        assert len(person.marks(FERRY)) == 1
        await person.press("u")
        assert person.numbers == [LONG, SCRIPTS, FERRY, GATE]
        await person.press("ctrl+r", "ctrl+r")
        assert person.numbers == [LONG, GATE]
        await person.press("ctrl+r")
        assert person.told == "Nothing to redo"


@journey("library", "search", "cancel")
async def test_searching(library: Path) -> None:
    async with at_reader(library) as person:
        for leave in ("escape", "ctrl+c"):
            await person.press("/")
            await person.type("tide gate")
            await person.until(lambda: '2 articles with "tide gate"' in person.bar("head"))
            assert person.numbers == [FERRY, GATE]
            await person.press("enter", "j")
            assert person.number == GATE
            await person.press("/")
            assert person.focus == "Line"
            await person.type(" petition")
            await person.until(lambda: person.numbers == [FERRY])
            await person.write("nowhere")
            await person.until(lambda: person.numbers == [])
            assert person.told == "Nothing found"
            await person.press(leave)
            assert person.numbers == [LONG, SCRIPTS, FERRY, GATE]
            assert person.focus == "ArticleList"


async def test_a_query_chooses_what_is_listed(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("/")
        await person.type('(source:tide OR source:river) -"sixty')
        await person.until(lambda: person.numbers == [FERRY])
        await person.write("after:2026-02 source:harb")
        await person.until(lambda: person.numbers == [GATE])


async def test_a_wrong_query_is_told_and_leaves_what_was_found(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("/")
        await person.type("gate ")
        await person.until(lambda: person.numbers == [FERRY, GATE])
        await person.type(")")
        assert person.told == "column 6: there is no ( that this ) would close"
        assert person.numbers == [FERRY, GATE]
        assert '2 articles with "gate "' in person.bar("head")
        await person.press("enter")
        assert person.focus == "Line"
        await person.press("backspace")
        assert not person.told
        await person.type("ferry OR")
        await person.until(lambda: person.numbers == [FERRY])
        assert not person.told
        await person.press("enter")
        assert person.focus == "ArticleList"


@journey("library", "queries")
async def test_saved_queries(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("f")
        assert person.complaint == "None yet: search for something, then a saves it"
        await person.press("a")
        await person.type("Nothing")
        await person.press("enter")
        await person.until(lambda: "no query to save" in person.complaint)
        assert person.dialog == "Prompt"
        await person.press("escape")
        await person.until(lambda: person.dialog == "Queries")
        await person.press("escape", "/")
        await person.type("gate ")
        await person.until(lambda: person.numbers == [FERRY, GATE])
        await person.press("enter", "f", "a")
        await person.type("The gate")
        await person.press("enter")
        await person.until(lambda: person.dialog == "Queries" and person.complaint == "Saved as The gate")
        await person.press("r")
        await person.write("Gates")
        await person.press("enter")
        await person.until(lambda: person.dialog == "Queries" and "→ Gates" in person.complaint)
        await person.press("x")
        await person.until(lambda: "Removed: Gates" in person.complaint)
        await person.press("u")
        await person.until(lambda: "brought back the query" in person.complaint)
        await person.press("ctrl+r", "u")
        await person.until(lambda: "brought back the query" in person.complaint)
        await person.press("j", "k", "q")
        assert person.place == "library"
        assert "2 articles in “Gates”: gate" in person.bar("head")
        await person.press("escape")
        assert len(person.numbers) == 4
        await person.press("f", "enter")
        await person.until(lambda: person.numbers == [FERRY, GATE])
        assert person.told == "Query: Gates"


async def test_a_search_finds_notes_and_goes_over_to_the_article(library: Path) -> None:
    with desk_of(library) as desk:
        revision = reading.opened(desk, FERRY).revision
        marking.annotate(desk, revision, Span(0, 9), "support", note="ask the harbourmaster")
    async with at_reader(library) as person:
        await person.press("/")
        await person.type("harbourmaster")
        await person.until(lambda: person.numbers == [FERRY])
        await person.press("enter", "enter")
        await person.until(lambda: person.place == "reading")
        assert person.shown == FERRY
        await person.press("J")
        assert person.told == "This is the last article"
        await person.press("q")
        assert person.numbers == [FERRY]
        await person.press("escape")
        assert len(person.numbers) == 4


@pytest.mark.parametrize(
    "query", ['"', '"tide gate', "AND", "a OR", "titel:x", "*", "-", "(", "\\", "  ", "'", "on:20"]
)
async def test_no_query_ends_the_program(library: Path, query: str) -> None:
    async with at_reader(library) as person:
        await person.press("/")
        await person.type(query)
        await person.press("enter", "j")
        assert "rror" not in person.told
        assert person.app.is_running


@journey("library", "order")
async def test_the_order(library: Path) -> None:
    async with at_reader(library) as person:
        assert "newest added first" in person.bar("head")
        await person.press("O")
        await person.until(lambda: "newest published first" in person.bar("head"))
        assert person.numbers[:3] == [FERRY, GATE, LONG]
        await person.press("O")
        await person.until(lambda: "newest added first" in person.bar("head"))
        assert person.numbers == [LONG, SCRIPTS, FERRY, GATE]
        await person.press("/")
        await person.type("tide gate")
        await person.until(lambda: len(person.numbers) == 2)
        await person.press("enter", "O", "O")
        await person.until(lambda: "best match first" in person.bar("head"))
        assert person.numbers == [GATE, FERRY]
        await person.press("escape")
        assert len(person.numbers) == 4
        assert "newest added first" in person.bar("head")


async def test_the_preview_shows_the_article_where_there_is_room(library: Path) -> None:
    async with at_reader(library, size=(120, 40)) as person:
        await person.press("G")
        assert "The tide gate opened on Monday" in drawn(person.strips())
        await person.resize(80, 24)
        assert "The tide gate opened on Monday" not in drawn(person.strips())


async def test_the_mouse_in_the_list(library: Path) -> None:
    async with at_reader(library) as person:
        await person.pilot.click("#articles", offset=(20, 2))
        await person.until(lambda: person.number == FERRY)
        await person.pilot.click("#articles", offset=(20, 3), times=2)
        await person.until(lambda: person.place == "reading")
        assert person.shown == GATE


@pytest.mark.parametrize("keys", [["q"], ["ctrl+q"], ["j", "enter", "ctrl+q"]])
async def test_leaving_at_once_is_quiet(library: Path, keys: list[str]) -> None:
    app = ReaderApp(library, load_settings())
    async with app.run_test(size=(80, 24)) as pilot:
        person = Person(app, pilot, app.session.desk)
        person.post(*keys)
        await person.until_left()


@journey("library", "quit")
async def test_quitting(library: Path) -> None:
    for key in ("q", "ctrl+q"):
        async with at_reader(library) as person:
            await person.press_and_leave(key)
