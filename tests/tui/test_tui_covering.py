"""Other accounts of the same event."""

from pathlib import Path

from journeys import journey
from pilots import at_article, drawn
from shelf import FERRY, GATE, LONG, Story, fill

STORIES = [
    Story(
        "Mayor Ada Quill opened the tide gate while engineers looked at the report on its failed test.",
        "Quill opens the gate",
        "Northern Wire",
        published="2026-03-03",
    ),
    *(Story(f"Boat {n} came in. It carried {n} crates of fish.", f"Boat {n}") for n in range(30)),
]


@journey("reading", "also-covered")
async def test_the_other_accounts_are_told_listed_and_opened(library: Path) -> None:
    fill(library, STORIES)
    async with at_article(library, GATE) as person:
        await person.until(lambda: "also covered by" in person.bar("head"), "the other accounts")
        assert person.bar("head").endswith("also covered by 2: &   1 ")
        await person.press("&")
        await person.until(lambda: person.dialog == "Choice", "the list")
        assert "Northern Wire  Quill opens the gate" in drawn(person.strips())
        await person.press("down", "up", "enter")
        assert (person.place, person.shown) == ("reading", 5)
        await person.press("&")
        await person.until(lambda: person.dialog == "Choice", "the list")
        await person.press("q")
        assert (person.place, person.shown) == ("reading", 5)


async def test_an_article_that_nobody_else_covers(library: Path) -> None:
    async with at_article(library, LONG) as person:
        await person.press("&")
        await person.until_told("No other account of this is in the library")
        await person.press("J")
        assert "also covered" not in person.bar("head")
        assert person.shown != FERRY or person.told == ""
