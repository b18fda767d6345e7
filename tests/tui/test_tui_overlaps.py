"""Marks that overlap, nest and share a span: each is told apart, reached and changed."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article, drawn
from shelf import FERRY, GATE, OPENED, OPENING, SAFE

NESTED = "tide gate"
ACROSS = "Monday. Mayor"


async def make(person: Person) -> list[tuple[str, str]]:
    """Marks over one another; gives their quotes and codes in the order of the article."""
    person.put(OPENED)
    await person.press("1", "V", "2")  # twice the same span
    await person.press("g", "V", "V", "3")  # the whole paragraph around them
    person.put(NESTED)
    await person.press("v", *"llllllll", "4")
    person.put(ACROSS)
    await person.press("v", "w", "w", "5", "g")
    quotes = [(quote, stances[""]) for quote, stances in person.stances()]
    assert sorted(quotes) == sorted(
        [
            (OPENING, "question"),
            (OPENED, "support"),
            (OPENED, "oppose"),
            (NESTED, "discuss"),
            (ACROSS, "mixed"),
        ]
    )
    return quotes


def picked(person: Person) -> tuple[str, str]:
    index = person.page.picked
    assert index is not None
    mark = person.page.marks.annotations[index]
    return mark.anchor.exact, mark.stances[0].code


@journey("reading", "next-mark", "previous-mark")
@pytest.mark.parametrize(("onwards", "back"), [("]", "["), ("tab", "shift+tab")])
async def test_each_is_reached_one_after_the_other(library: Path, onwards: str, back: str) -> None:
    async with at_article(library) as person:
        await person.press(*"][", "tab", "shift+tab")
        assert "No marks yet" in person.told
        quotes = await make(person)
        seen = []
        for _ in quotes:
            await person.press(onwards)
            seen.append(picked(person))
        assert seen == quotes
        await person.press(onwards)
        assert picked(person) == quotes[0]
        backwards = []
        for _ in quotes:
            await person.press(back)
            backwards.append(picked(person))
        assert backwards == quotes[::-1]


async def test_each_is_restanced_and_deleted_alone(library: Path) -> None:
    async with at_article(library) as person:
        quotes = await make(person)
        for index, (quote, _) in enumerate(quotes):
            await person.press("]")
            assert picked(person)[0] == quote
            await person.press("6")
            assert [stances[""] for _, stances in person.stances()] == ["unclear"] * (index + 1) + [
                code for _, code in quotes[index + 1 :]
            ]
        left = [quote for quote, _ in quotes]
        person.put(SAFE)
        await person.press("escape", "g")
        while left:
            await person.press("]")
            left.remove(picked(person)[0])
            await person.press("x", "escape")
            assert sorted(quote for quote, _ in person.stances()) == sorted(left)
            if person.place == "library":
                await person.open(GATE)
        for _ in quotes:
            await person.press("u")
        assert len(person.stances()) == len(quotes)


async def test_each_has_its_symbol_in_a_column_of_its_own(library: Path) -> None:
    async with at_article(library) as person:
        await make(person)
        row = next(line for line in drawn(person.strips()).split("\n") if OPENED in line)
        signs = row[: row.index(OPENED)]
        # Five marks lie over the first row: four columns, the last of which says that there are more.
        assert len(signs.split()) >= 1
        shown = [sign for sign in signs if not sign.isspace()]
        assert len(shown) == 4
        assert shown[0] == "…"
        status = person.bar("status")
        assert "marks here" in status
        assert "5 marks " in status


async def test_the_innermost_mark_is_the_one_at_hand(library: Path) -> None:
    async with at_article(library) as person:
        await make(person)
        person.put("gate opened")
        await person.press("l")
        await person.press("c")
        await person.type("inner")
        await person.press("enter")
        assert [mark.note for mark in person.marks() if mark.anchor.exact == NESTED] == ["inner"]
        assert sum(bool(mark.note) for mark in person.marks()) == 1


async def test_picking_goes_to_the_next_mark_from_the_caret(library: Path) -> None:
    async with at_article(library) as person:
        person.put(SAFE)
        await person.press("1", "}", "2", "}", "3")
        person.put("called it")
        await person.press("]")
        assert picked(person)[1] == "oppose"
        await person.press("escape")
        await person.press("k", "[")
        assert picked(person)[1] == "support"
        assert person.caret == person.text.index(SAFE)


async def test_tabs_of_another_article_have_nothing_to_do_with_this_one(library: Path) -> None:
    async with at_article(library) as person:
        await make(person)
        await person.press("q")
        await person.open(FERRY)
        await person.press("]")
        assert "No marks yet" in person.told
