"""The form of a mark's details."""

from collections.abc import Callable
from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article
from shelf import OPENED
from textual.widgets import Input, Select

from reader.desk import Desk, marking
from reader.model import Annotation


async def mark_of(person: Person) -> Annotation:
    (mark,) = person.marks()
    return mark


def field(person: Person, name: str) -> str:
    return person.app.screen.query_one(f"#field-{name}", Input).value


@journey("reading", "details")
async def test_the_form_changes_everything_of_a_mark(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("enter")
        assert person.dialog == ""
        assert "No mark here" in person.told
        await person.press("1", "enter")
        assert person.dialog == "Form"
        await person.type("See page 3")
        await person.go_to_field("tags")
        await person.type("gate, opening ,, gate")
        await person.go_to_field("holder")
        await person.type("the  Harbour Office")
        await person.choose("voice", "down", "down")
        await person.choose("confidence", "down", "down", "down")
        await person.choose("stance0", "down")
        await person.go_to_field("target0")
        await person.type("the gate")
        await person.press("enter")
        mark = await mark_of(person)
        assert mark.note == "See page 3"
        assert mark.tags == ("gate", "opening")
        assert mark.holder == "the Harbour Office"
        assert (mark.voice, mark.confidence) == ("quoted", 3)
        assert person.stances() == [(OPENED, {"the gate": "oppose"})]
        # All of it stands beside the mark.
        beside = person.page.marks.beside(0)
        for fact in ("oppose → the gate", "the Harbour Office", "See page 3", "#gate #opening"):
            assert fact in beside


async def test_a_second_stance_is_added_and_one_is_taken_away(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "enter")
        await person.choose("stance1", "down", "down")
        await person.go_to_field("target1")
        await person.type("the mayor")
        await person.press("ctrl+s")
        assert person.stances() == [(OPENED, {"": "support", "the mayor": "oppose"})]
        await person.press("enter")
        await person.choose("stance0", "home")
        await person.press("ctrl+s")
        assert person.stances() == [(OPENED, {"the mayor": "oppose"})]


async def test_storing_untouched_changes_nothing_and_escape_neither(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "enter")
        await person.type("one")
        await person.press("enter")
        before = await mark_of(person)
        await person.press("enter", "enter")
        assert await mark_of(person) == before
        await person.press("enter")
        await person.type("two")
        await person.press("escape")
        assert person.dialog == ""
        assert await mark_of(person) == before
        await person.press("enter")
        await person.type("three")
        await person.press("ctrl+c")
        assert await mark_of(person) == before
        await person.press("u")
        assert (await mark_of(person)).note == ""


async def test_what_means_nothing_is_told_in_the_form_and_nothing_typed_is_lost(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1")
        before = await mark_of(person)
        await person.press("enter")
        await person.type("a long note")
        await person.go_to_field("tags")
        await person.type("a|b")
        await person.press("enter")
        assert await mark_of(person) == before
        assert person.dialog == "Form"
        assert "a tag cannot hold the character |" in person.complaint
        assert field(person, "note") == "a long note"
        await person.write("a, b")
        await person.press("enter")
        mark = await mark_of(person)
        assert (mark.note, mark.tags) == ("a long note", ("a", "b"))


async def test_a_note_of_several_lines_survives_an_untouched_form(library: Path) -> None:
    """The command line can store one; the form shows it in one line and gives back what it was."""
    async with at_article(library) as person:
        await person.press("1")
        marking.change(person.witness, await mark_of(person), note="first\nsecond\tthird")
        await person.press("l", "enter")
        assert field(person, "note") == "first␊second␉third"
        await person.press("tab", "ctrl+s")
        assert (await mark_of(person)).note == "first\nsecond\tthird"


async def test_escape_in_an_open_list_closes_only_the_list(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1")
        before = await mark_of(person)
        for leave in ("escape", "ctrl+c"):
            await person.press("enter")
            await person.type("typed")
            await person.go_to_field("voice")
            voice = person.app.screen.query_one("#field-voice", Select)
            await person.press("enter", "down", "down")
            assert voice.expanded
            await person.press(leave)
            assert not voice.expanded
            assert voice.value == ""
            assert person.dialog == "Form"
            assert field(person, "note") == "typed"
            # The form goes on from there, and the next one leaves it.
            await person.choose("confidence", "down")
            await person.press(leave)
            assert person.dialog == ""
            assert await mark_of(person) == before


CHANGED_MEANWHILE: dict[str, tuple[Callable[[Desk, Annotation], object], tuple[str, ...]]] = {
    "note": (lambda desk, mark: marking.change(desk, mark, note="theirs"), ("holder", "me")),
    "holder": (lambda desk, mark: marking.change(desk, mark, holder="theirs"), ("note", "mine")),
    "tags": (lambda desk, mark: marking.change(desk, mark, tags=["theirs"]), ("note", "mine")),
    "voice": (lambda desk, mark: marking.change(desk, mark, voice="quoted"), ("note", "mine")),
    "confidence": (lambda desk, mark: marking.change(desk, mark, confidence=2), ("tags", "mine")),
    "stances": (lambda desk, mark: marking.restance(desk, mark, "oppose", "them"), ("note", "mine")),
}
"""How another session changes a mark while its form is open, and the field that is changed in the form."""


@pytest.mark.parametrize("name", CHANGED_MEANWHILE)
async def test_only_what_was_changed_in_the_form_is_stored(library: Path, name: str) -> None:
    change, (own, typed) = CHANGED_MEANWHILE[name]
    async with at_article(library) as person:
        await person.press("1", "enter")
        before = await mark_of(person)
        change(person.witness, before)
        theirs = getattr(await mark_of(person), name)
        assert theirs != getattr(before, name)
        await person.go_to_field(own)
        await person.type(typed)
        await person.press("ctrl+s")
        after = await mark_of(person)
        assert getattr(after, name) == theirs
        assert getattr(after, own) in (typed, (typed,))
        # Undoing the own change leaves theirs.
        await person.press("u")
        last = await mark_of(person)
        assert (getattr(last, own), getattr(last, name)) == (getattr(before, own), theirs)


async def test_the_form_takes_back_every_detail(library: Path) -> None:
    """What was emptied in the form is a change as well."""
    async with at_article(library) as person:
        await person.press("1")
        marking.change(
            person.witness,
            await mark_of(person),
            note="note",
            tags=["tag"],
            holder="holder",
            voice="quoted",
            confidence=2,
        )
        await person.press("enter")
        for name in ("note", "tags", "holder"):
            await person.go_to_field(name)
            await person.write("")
        for name in ("stance0", "voice", "confidence"):
            await person.choose(name, "home")
        await person.press("ctrl+s")
        mark = await mark_of(person)
        assert (mark.note, mark.tags, mark.holder, mark.voice, mark.confidence, mark.stances) == (
            "",
            (),
            "",
            "",
            None,
            (),
        )


async def test_the_details_are_those_of_the_picked_mark(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "v", "w", "2", "]")
        assert person.picked == OPENED
        await person.press("enter")
        await person.type("whole")
        await person.press("enter", "]")
        assert person.picked != OPENED
        await person.press("enter")
        await person.type("part")
        await person.press("enter")
        assert [mark.note for mark in person.marks()] == ["whole", "part"]
