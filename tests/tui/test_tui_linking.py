"""Links between marks, made, followed and taken away by keyboard, also across articles."""

from pathlib import Path

from journeys import journey
from pilots import Person, at_article, drawn
from shelf import FERRY, GATE, OPENED, SAFE, UNSURE, desk_of

from reader.desk import linking
from reader.model import Relation

CROSSING = "The ferry makes its last crossing in March."


def relations(person: Person) -> list[Relation]:
    return linking.relations(person.witness)


def ends(person: Person) -> list[tuple[str, str, str]]:
    """Each link on disk: its type, and what its two marks quote."""
    return [
        (one.type, quote_of(person, one.from_id), quote_of(person, one.to_id)) for one in relations(person)
    ]


def quote_of(person: Person, annotation_id: str) -> str:
    return person.witness.store.annotations.get(annotation_id).anchor.exact


async def link_across(person: Person) -> None:
    """Link a mark of the open article to one in the ferry's article: evidence for."""
    await person.press("1", "L", "q")
    await person.open(FERRY)
    await person.press("2", "L", "4")


@journey("reading", "link", "follow", "return")
async def test_a_link_across_articles_is_followed_and_back(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("L", "f", "backspace")
        assert person.told.startswith("No link was followed to here")
        await person.press("1", "f")
        assert person.told.startswith("The mark has no links: L begins one")
        await person.press("L")
        assert person.told.startswith(f"Link from “{OPENED}”: go to another mark")
        await person.press("q")
        await person.open(FERRY)
        await person.press("2")
        assert "L ends the link" in person.bar("status")
        await person.press("L")
        assert person.dialog == "Choice"
        asked = drawn(person.strips())
        assert f"“{OPENED}” … “{CROSSING[:31]}…”" in asked
        assert "4  evidence for …" in asked
        await person.press("4")
        assert ends(person) == [("evidence_for", OPENED, CROSSING)]
        assert person.told.startswith("Linked: evidence for")
        await person.press("j", "k")
        assert "⇄ 1" in person.told
        await person.press("f")
        assert (person.shown, person.picked) == (GATE, OPENED)
        assert person.told.startswith(f"evidence for ← “{OPENED}”")
        await person.press("backspace")
        assert person.shown == FERRY
        assert person.ahead.startswith(CROSSING)


async def test_a_link_is_undone_where_it_was_made(library: Path) -> None:
    async with at_article(library) as person:
        await link_across(person)
        await person.press("u")
        assert person.told.startswith("Undone: unlinked: evidence for")
        assert relations(person) == []
        await person.press("ctrl+r")
        assert ends(person) == [("evidence_for", OPENED, CROSSING)]
        await person.press("j", "k")
        assert "⇄ 1" in person.told


async def test_both_ends_list_it_in_their_details_and_either_can_take_it_away(library: Path) -> None:
    async with at_article(library) as person:
        await link_across(person)
        await person.press("enter")
        assert "evidence for" in drawn(person.strips())
        assert f"← {GATE}: {OPENED}" in drawn(person.strips())
        await person.press("escape", "f", "enter")
        assert f"→ {FERRY}: {CROSSING}" in drawn(person.strips())
        await person.choose("link0", "down")
        await person.press("ctrl+s")
        assert relations(person) == []
        await person.press("u")
        assert len(relations(person)) == 1


async def test_several_links_are_chosen_from(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", ")", "2", ")", "3")
        for quote, kind in ((SAFE, "1"), (UNSURE, "2")):
            person.put(OPENED)
            await person.press("L")
            person.put(quote)
            await person.press("L", kind)
            await person.press("escape")
        assert ends(person) == [("supports", OPENED, SAFE), ("contradicts", OPENED, UNSURE)]
        person.put(OPENED)
        await person.press("f", "2")
        assert person.picked == UNSURE
        await person.press("backspace", "f", "1")
        assert person.picked == SAFE
        await person.press("f")
        assert person.picked == OPENED


async def test_the_same_link_is_not_made_twice_and_none_to_itself(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "L", "L")
        assert person.told.startswith("No link is begun any more")
        await person.press("L", ")", "2", "L", "2", "L", "g", "L", "2")
        assert person.told.startswith("Linked already: contradicts")
        assert ends(person) == [("contradicts", OPENED, SAFE)]
        # Leaving the question keeps the link begun.
        await person.press("L", ")", "L", "escape")
        assert "is still begun" in person.told
        await person.press("L", "1")
        assert len(relations(person)) == 2


async def test_a_link_from_a_mark_that_is_gone_is_refused(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "L")
        (mark,) = person.marks()
        with desk_of(library, "Other") as other:
            other.store.annotations.delete(mark.id, "deleted a mark")
        await person.press(")", "2", "L", "1")
        assert person.told.startswith("one of the two marks is not there any more")
        assert relations(person) == []
