"""Undo and redo of every change of a mark, in one run and over a restart."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article, at_reader
from shelf import FAILED, FERRY, GATE, LONG, OPENED, SAFE, SCRIPTS

CHANGES: dict[str, tuple[str, ...]] = {
    "a mark": ("}", "1"),
    "a mark of a selection": ("}", "v", "w", "w", "3"),
    "a stance": ("2",),
    "a comment": ("c", "h", "i", "enter"),
    "a target": ("T", "g", "a", "t", "e", "enter"),
    "edges": ("s", "w", "w", "enter"),
    "details": ("enter", "h", "i", "tab", "ctrl+s"),
    "a deletion": ("x",),
}
"""What is done to the first sentence, which bears a mark."""


def state(person: Person) -> list[object]:
    """The marks on disk, but for the times at which they were changed."""
    return [
        (mark.id, mark.span, mark.stances, mark.note, mark.tags, mark.holder, mark.voice, mark.confidence)
        for mark in person.marks(GATE)
    ]


@pytest.mark.parametrize("change", CHANGES)
async def test_every_change_is_undone_and_redone(library: Path, change: str) -> None:
    async with at_article(library) as person:
        await person.press("1")
        before = state(person)
        await person.press(*CHANGES[change])
        after = state(person)
        assert after != before
        for _ in range(2):
            await person.press("u")
            assert state(person) == before
            assert person.told.startswith("Undone: ")
            await person.press("ctrl+r")
            assert state(person) == after
            assert person.told.startswith("Redone: ")
        await person.press("ctrl+r")
        assert person.told == "Nothing to redo in this article"
        await person.press_and_leave("ctrl+q")
    # After a restart it goes on.
    async with at_article(library) as person:
        await person.press("u")
        assert state(person) == before
        await person.press("u")
        assert state(person) == []
        await person.press("ctrl+r", "ctrl+r")
        assert state(person) == after


@journey("reading", "undo", "redo")
async def test_undo_tells_what_and_goes_there(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "2")
        await person.press("G", "u")
        assert person.told == "Undone: oppose → support"
        assert person.picked == OPENED
        assert person.caret == 0
        await person.press("escape", "G", "ctrl+r")
        assert person.told == "Redone: support → oppose"
        assert person.caret == 0
        await person.press("escape", "G", "u", "u")
        assert person.told == "Undone: unmarked (support)"
        await person.press("u")
        assert person.told == "Nothing to undo in this article"


async def test_undoing_the_first_stance_of_a_mark_tells_that_none_is_left(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("c", "h", "i", "enter", "]", "5")
        assert person.stances() == [(OPENED, {"": "mixed"})]
        await person.press("u")
        assert person.told == "Undone: mixed → no stance"
        assert person.stances() == [(OPENED, {})]
        await person.press("ctrl+r")
        assert person.told == "Redone: no stance → mixed"
        assert person.stances() == [(OPENED, {"": "mixed"})]


async def test_redoing_the_removal_of_the_open_article_goes_back_to_the_library(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("j", "j")
        assert person.number == FERRY
        await person.press("x", "u", "enter")
        await person.until(lambda: person.place == "reading", "the article to be open")
        assert person.shown == FERRY
        await person.press("ctrl+r")
        assert person.place == "library"
        assert person.witness.store.articles.count() == 3
        assert person.numbers == [LONG, SCRIPTS, GATE]
        await person.press("u")
        assert person.numbers == [LONG, SCRIPTS, FERRY, GATE]
        assert person.number == FERRY


async def test_undoing_what_brought_the_open_article_back_goes_back_to_the_library(
    library: Path, tmp_path: Path
) -> None:
    story = tmp_path / "boat.txt"
    story.write_text("The boat is late\n\nIt came an hour after noon.\n", encoding="utf-8")
    async with at_reader(library) as person:
        person.library.add_paths([str(story)])
        await person.until_told("1 added")
        await person.press("g", "x")
        assert person.numbers == [LONG, SCRIPTS, FERRY, GATE]
        person.library.add_paths([str(story)])
        await person.until(lambda: "1 updated" in person.told, "the article to be back")
        await person.press("g", "enter")
        await person.until(lambda: person.place == "reading", "the article to be open")
        assert "an hour after noon" in person.text
        await person.press("u")
        assert person.place == "library"
        assert person.witness.store.articles.count() == 4
        assert person.numbers == [LONG, SCRIPTS, FERRY, GATE]


async def test_a_new_change_ends_what_could_be_redone(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "u", ")", "2", "ctrl+r")
        assert person.told == "Nothing to redo in this article"
        assert person.stances() == [(SAFE, {"": "oppose"})]


async def test_the_article_undoes_its_own_changes_and_the_library_any(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "q")
        await person.open(FERRY)
        await person.press("2")
        first = [quote for quote, _ in person.stances()]
        await person.press("q")
        await person.open(GATE)
        await person.press("u")
        assert person.marks(GATE) == ()
        assert [mark.anchor.exact for mark in person.marks(FERRY)] == first
        await person.press("q", "u")
        assert person.marks(FERRY) == ()
        assert person.number == FERRY
        await person.press("ctrl+r", "ctrl+r")
        assert len(person.marks(FERRY)) == len(person.marks(GATE)) == 1


async def test_undo_in_the_library_brings_a_deleted_mark_back(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("}", "1", "x", "q")
        await person.press("u")
        assert [mark.anchor.exact for mark in person.marks(GATE)] == [FAILED]
        assert person.told == "Undone: restored a mark"


async def test_marks_and_the_place_are_there_after_a_restart(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("}", "w", "1")
        place = person.caret
        await person.press_and_leave("ctrl+q")
    async with at_reader(library) as person:
        await person.open(GATE)
        assert person.stances() == [(FAILED, {"": "support"})]
        assert person.caret == place
        assert "1 mark " in person.bar("status")
