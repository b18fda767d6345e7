"""Texts that change: what is told, the difference, and going back."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article, drawn
from shelf import FAILED, GATE, GATE_TEXT, LONG, MAY, OPENED, SAFE, UNSURE, Story, fill

CHANGED = "The gate failed its last test, three engineers said."
NEWER = GATE_TEXT.replace(FAILED, CHANGED).replace(f" {SAFE}", "")
NEWEST = NEWER + "\nNobody was there.\n"


def change(library: Path, text: str = NEWER) -> None:
    """The first article's address gives another text."""
    fill(library, [Story(text, "The tide gate opens", url="https://news.example/tide-gate")])


async def marked(person: Person, *quotes: str) -> None:
    """Mark sentences as support."""
    for quote in quotes:
        person.put(quote)
        await person.press("1")


async def test_an_article_says_that_its_text_has_changed_and_what_became_of_its_marks(library: Path) -> None:
    async with at_article(library) as person:
        await marked(person, SAFE, UNSURE, FAILED)
        await person.press("q")
        change(library)
        await person.open(GATE)
        assert "The text changed on " in person.told
        assert "2 marks moved with it" in person.told
        assert "1 without a place" in person.told
        assert "1 to review: A" in person.bar("status")
        assert sorted(mark.anchor.status for mark in person.marks()) == ["ok", "ok", "orphan"]
        # The mark whose words have changed has a sign in the margin, and says it.
        row = next(row for row in drawn(person.page_strips()).splitlines() if "The gate failed" in row)
        assert row.split("The gate")[0].strip() == "≠+"
        assert "≠ its words have changed" in row
        person.put(CHANGED)
        await person.press("]")
        assert "≠ its words have changed" in person.told


async def test_an_article_whose_text_never_changed_says_nothing(library: Path) -> None:
    async with at_article(library, LONG) as person:
        assert person.told == ""


@journey("reading", "difference", "next-found", "previous-found")
async def test_the_difference_word_by_word(library: Path) -> None:
    change(library)
    async with at_article(library) as person:
        person.put(MAY)
        await person.press("D")
        await person.until(lambda: "−" in person.text)
        assert "The gate failed its −first +last test, −two +three engineers said." in person.text
        assert f"{OPENED} −{SAFE} {UNSURE}" in person.text
        assert person.bar("head").startswith(" Text 1 → 2 · The tide gate opens")
        assert person.told == "5 changes from text 1 to text 2: n goes to the next"
        assert person.ahead.startswith(f"−{SAFE}")
        await person.press("n")
        assert person.ahead.startswith("−first")
        await person.press("N", "N")
        assert person.ahead.startswith("+three")
        # No marks are made in it, and it is left by the key it came with, at the same place.
        await person.press("1")
        assert "Marks are made in the article: D goes back" in person.told
        person.put("read in May")
        await person.press("D")
        assert person.ahead.startswith("read in May")
        assert person.text == NEWER.strip()


@journey("reading", "older-texts", "newer-texts")
async def test_any_two_texts_that_follow_each_other(library: Path) -> None:
    change(library)
    change(library, NEWEST)
    async with at_article(library) as person:
        await person.press("<")
        await person.until(lambda: "+Nobody was there." in person.text)
        assert person.bar("head").startswith(" Text 2 → 3")
        await person.press("<")
        await person.until(lambda: "−first" in person.text)
        assert person.bar("head").startswith(" Text 1 → 2")
        await person.press("<")
        assert person.told == "There is no older text"
        await person.press(">")
        await person.until(lambda: "+Nobody was there." in person.text)
        await person.press(">")
        assert person.told == "There is no newer text"
        await person.press("q")
        assert person.place == "reading"
        assert person.text == NEWEST.strip()


@journey("reading", "show-text")
async def test_going_back_to_an_older_text_and_to_the_newest(library: Path) -> None:
    change(library)
    change(library, NEWEST)
    async with at_article(library) as person:
        await marked(person, UNSURE)
        await person.press("=")
        assert person.told == "This is the newest text"
        await person.press("<", "<")
        await person.until(lambda: "−first" in person.text)
        await person.press("=")
        await person.until(lambda: person.told.startswith("Text 2 of 3 is shown now"))
        assert person.text == NEWER.strip()
        assert person.stances() == [(UNSURE, {"": "support"})]
        await person.press("u")
        assert "showed another text" in person.told
        assert person.text == NEWEST.strip()
        await person.press("ctrl+r")
        assert person.text == NEWER.strip()
        await person.press("q")
        await person.open(GATE)
        await person.press("=")
        assert person.text == NEWEST.strip()


async def test_a_text_that_somebody_went_back_to_says_that_a_newer_one_is_there(library: Path) -> None:
    change(library)
    async with at_article(library) as person:
        await person.press("D")
        await person.until(lambda: "−" in person.text)
        older = person.witness.store.versions.of(person.witness.store.articles.get(GATE).id)[0]
        await person.press("D", "q")
        person.witness.store.versions.show(person.witness.store.articles.get(GATE).id, older.revision_id)
        await person.open(GATE)
        assert person.told == "A newer text of this article is there: = shows it, D what changed"
        await person.press("D")
        await person.until(lambda: "−" in person.text)
        assert person.bar("head").startswith(" Text 1 → 2")
        await person.press("=")
        await person.until(lambda: person.text == NEWER.strip())


async def test_there_is_no_difference_where_there_was_one_text(library: Path) -> None:
    async with at_article(library, LONG) as person:
        await person.press("D")
        await person.until(lambda: "has had one text so far" in person.told)
        assert person.bar("head").startswith(" Sixty days")


async def test_a_difference_is_left_by_the_way_out_and_by_the_original(library: Path) -> None:
    change(library)
    async with at_article(library) as person:
        for leave in ("q", "escape"):
            await person.press("D")
            await person.until(lambda: "−" in person.text)
            await person.press(leave)
            assert (person.place, "−" in person.text) == ("reading", False)
        await person.press("D")
        await person.until(lambda: "−" in person.text)
        await person.press("r")
        assert person.bar("head").startswith(" Original")
        await person.press("r")
        assert person.text == NEWER.strip()


@pytest.mark.parametrize("plain", [True, False])
async def test_what_was_taken_out_and_put_in_is_told_without_colour(
    library: Path, monkeypatch: pytest.MonkeyPatch, plain: bool
) -> None:
    if plain:
        monkeypatch.setenv("NO_COLOR", "1")
    change(library)
    async with at_article(library) as person:
        await person.press("D")
        await person.until(lambda: "−" in person.text)
        await person.press("G")
        segments = [segment for strip in person.page_strips() for segment in strip]
        removed = [segment for segment in segments if SAFE in segment.text]
        added = [segment for segment in segments if "three" in segment.text]
        assert removed
        assert added
        for segment in removed:
            assert segment.style is not None
            assert segment.style.strike
            assert not segment.style.underline
        for segment in added:
            assert segment.style is not None
            assert segment.style.underline
            assert segment.style.bold
            assert not segment.style.strike
