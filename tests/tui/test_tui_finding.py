"""Finding in an article, and copying from it."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article
from shelf import FAILED, FERRY, LONG, OPENED, SAFE, SCRIPTS


@pytest.fixture
def _no_clipboard_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@journey("reading", "search", "next-found", "previous-found")
async def test_finding(library: Path) -> None:
    async with at_article(library, LONG) as person:
        await person.press("n", "N")
        assert "Nothing to go to" in person.told
        await person.press("/")
        assert person.focus == "Line"
        await person.type("the elm")
        assert person.ahead.startswith("the Elm")
        first = person.caret
        await person.press("enter")
        assert person.focus == "Page"
        assert "1/6 “the elm”" in person.bar("status")
        places = [first]
        for _ in range(5):
            await person.press("n")
            assert person.ahead.startswith("the Elm")
            places.append(person.caret)
        assert places == sorted(set(places))
        assert "6/6" in person.bar("status")
        await person.press("n")
        assert person.caret == first
        await person.press("N")
        assert person.caret == places[-1]
        await person.press("N")
        assert person.caret == places[-2]
        # The place found can be marked at once.
        await person.press("1")
        assert "the Elm" in person.stances()[0][0]


async def test_escape_goes_back_to_where_the_search_began(library: Path) -> None:
    async with at_article(library, LONG) as person:
        place = person.put("day 30 ")
        await person.press("/")
        await person.type("day 31")
        assert person.caret != place
        await person.press("escape")
        assert person.caret == place
        await person.press("n")
        assert "Nothing to go to" in person.told


async def test_a_search_begins_at_the_caret_and_may_find_nothing(library: Path) -> None:
    async with at_article(library, LONG) as person:
        place = person.put("day 30 ")
        await person.press("/")
        await person.type("the elm")
        assert person.caret > place
        await person.press("backspace", *"ms", "enter")
        assert person.told == "Not found: the elms"
        assert person.caret == place


async def test_a_needle_with_a_capital_minds_the_case(library: Path) -> None:
    async with at_article(library, LONG) as person:
        await person.press("/")
        await person.type("The Elm")
        await person.press("enter")
        assert person.told == "Not found: The Elm"


async def test_keys_are_letters_while_a_search_is_typed(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "/")
        await person.type("1x2ucvq")
        await person.press("enter")
        assert person.stances() == [(OPENED, {"": "support"})]
        assert person.place == "reading"


async def copied(person: Person, key: str) -> str:
    person.reading.hush()
    await person.press(key)
    await person.until(lambda: person.told.startswith("Copied"), "it to be copied")
    return person.app.clipboard


@journey("reading", "copy", "copy-cited")
@pytest.mark.usefixtures("_no_clipboard_program")
async def test_copying_the_selection_the_mark_or_the_sentence(library: Path) -> None:
    async with at_article(library) as person:
        assert await copied(person, "y") == OPENED
        assert person.told == f"Copied: {OPENED}"
        person.put("tide gate")
        await person.press("v", *"llllllll")
        assert await copied(person, "y") == "tide gate"
        await person.press("1", "g", "]")
        assert person.picked == "tide gate"
        await person.press("escape", ")")
        assert await copied(person, "y") == SAFE
        await person.press("[")
        assert await copied(person, "y") == "tide gate"
        assert await copied(person, "Y") == (
            "“tide gate”\nThe tide gate opens, Harbour Post, 2026-03-02, https://news.example/tide-gate"
        )
        assert person.told.startswith("Copied with its source")


@pytest.mark.usefixtures("_no_clipboard_program")
async def test_copying_leaves_out_what_is_not_known(library: Path) -> None:
    async with at_article(library, SCRIPTS) as person:
        person.put("潮")
        assert await copied(person, "Y") == "“潮門開了。”\nTen scripts"


async def test_copying_by_a_program_of_the_system(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "xclip"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\n/bin/cat > "$CLIPBOARD"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("CLIPBOARD", str(tmp_path / "clipboard"))
    async with at_article(library) as person:
        person.put(FAILED)
        await person.press("y")
        await person.until(lambda: person.told.startswith("Copied"), "it to be copied")
        assert (tmp_path / "clipboard").read_text() == FAILED
        assert person.app.clipboard == ""


@pytest.mark.usefixtures("_no_clipboard_program")
async def test_the_original_can_be_copied_from(library: Path) -> None:
    async with at_article(library, FERRY) as person:
        await person.press("r")
        assert await copied(person, "y") == "The ferry makes its last crossing in March."
