"""What stances are toward: completed while typing, kept over a restart, renamed and merged."""

from pathlib import Path

from journeys import journey
from pilots import Person, at_article, at_reader, drawn
from shelf import FERRY, OPENED, SAFE, UNSURE


async def set_target(person: Person, text: str) -> None:
    await person.press("t")
    await person.write(text)
    await person.press("enter")


async def mark_three(person: Person) -> None:
    """Marks toward the gate, the sea gate and the mayor."""
    for key, target in (("1", "the gate"), ("2", "the sea gate"), ("3", "the mayor")):
        await set_target(person, target)
        await person.press(key, ")")


async def test_the_current_target_stays_over_articles_and_a_restart(library: Path) -> None:
    async with at_article(library) as person:
        await set_target(person, "the  gate")
        await person.press("q")
        await person.open(FERRY)
        await person.press("2")
        assert [targets for _, targets in person.stances()] == [{"the gate": "oppose"}]
    async with at_article(library) as person:
        assert "→ the gate" in person.bar("stances")
        await person.press("1")
        assert person.stances() == [(OPENED, {"the gate": "support"})]
        await set_target(person, "")
    async with at_article(library) as person:
        assert "→" not in person.bar("stances")


async def test_typing_narrows_and_the_arrows_choose(library: Path) -> None:
    async with at_article(library) as person:
        await mark_three(person)
        await person.press("t")
        await person.write("gate the")
        listed = drawn(person.strips())
        assert "the sea gate" in listed
        # The one used last comes first.
        await person.press("down", "enter")
        assert person.told == "Stances are now toward: the sea gate"
        await person.press("t")
        await person.write("the g")
        await person.press("down", "down", "up", "enter")
        assert person.told == "Stances are now toward: the gate"
        # Going up above the list is going back to what was typed.
        await person.press("t")
        await person.write("the g")
        await person.press("down", "up", "enter")
        assert person.told == "Stances are now toward: the g"


@journey("reading", "targets")
async def test_renaming_follows_everywhere_and_is_undone(library: Path) -> None:
    async with at_article(library) as person:
        await mark_three(person)
        await set_target(person, "the gate")
        await person.press("M")
        assert person.dialog == "Targets"
        shown = drawn(person.strips())
        assert [line for line in ("the mayor", "the sea gate", "the gate") if line in shown]
        await person.press("end", "r")
        await person.write("the tide gate")
        await person.press("enter")
        assert person.complaint == "Renamed: the gate → the tide gate"
        assert person.stances()[0] == (OPENED, {"the tide gate": "support"})
        await person.press("escape")
        assert "→ the tide gate" in person.bar("stances")
        # The old name is not offered any more.
        assert person.app.session.known_targets() == ["the tide gate", "the mayor", "the sea gate"]
        await person.press("u")
        assert person.told == "Undone: renamed the target: the tide gate → the gate"
        assert "→ the gate" in person.bar("stances")
        assert person.stances()[0] == (OPENED, {"the gate": "support"})


@journey("library", "targets")
async def test_kinds_and_going_back_from_the_library(library: Path) -> None:
    async with at_reader(library) as person:
        await person.press("M")
        assert "no targets yet" in person.complaint
        await person.press("escape")
        await person.open(1)
        await mark_three(person)
        await person.press("q", "M", "j", "j", "k", "t", "3")
        assert person.complaint == "“the sea gate” is: policy"
        assert "policy" in drawn(person.strips())
        await person.press("u")
        assert person.complaint == "Undone: the kind of the sea gate: policy → none"
        await person.press("ctrl+r")
        assert person.complaint == "Redone: the kind of the sea gate: none → policy"
        await person.press("t", "escape", "r", "escape", "m", "escape")
        assert person.dialog == "Targets"
        await person.press("end", "enter")
        assert person.told == "Stances are now toward: the gate"


async def test_merging_asks_which_of_two_stances_stays_and_undo_brings_back_both(library: Path) -> None:
    async with at_article(library) as person:
        await mark_three(person)
        person.put(OPENED)
        await set_target(person, "the sea gate")
        await person.press("2")
        before = person.stances()
        assert before[0] == (OPENED, {"the gate": "support", "the sea gate": "oppose"})
        await set_target(person, "the gate")
        # The targets, the one used last first: the sea gate, the mayor, the gate.
        await person.press("M", "end", "m")
        await person.type("sea")
        await person.press("down", "enter")
        assert person.dialog == "Choice"
        assert "1 mark has different stances toward the two" in drawn(person.strips())
        await person.press("escape")
        assert (person.complaint, person.stances()) == ("Not merged", before)
        await person.press("end", "m")
        await person.type("the sea gate")
        await person.press("enter", "2")
        assert "of two different stances, those toward “the gate” were kept in 1" in person.complaint
        assert person.stances() == [
            (OPENED, {"the sea gate": "support"}),
            (SAFE, {"the sea gate": "oppose"}),
            (UNSURE, {"the mayor": "question"}),
        ]
        await person.press("escape")
        assert "→ the sea gate" in person.bar("stances")
        await person.press("u")
        assert person.stances() == before


async def test_renaming_to_the_name_of_another_target_merges_the_two(library: Path) -> None:
    async with at_article(library) as person:
        await mark_three(person)
        await person.press("M", "end", "r")
        await person.write("the mayor")
        await person.press("enter")
        assert person.complaint == "Merged with “the mayor”: 1 mark"
        assert person.stances()[0] == (OPENED, {"the mayor": "support"})
        await person.press("m")
        await person.type("nobody")
        await person.press("enter")
        assert "no target “nobody”" in person.complaint


async def test_the_stances_of_a_mark_toward_several_targets_are_edited_in_its_details(library: Path) -> None:
    async with at_article(library) as person:
        await set_target(person, "the gate")
        await person.press("1")
        await set_target(person, "the mayor")
        await person.press("2", "enter")
        await person.choose("stance2", "down", "down", "down")
        await person.go_to_field("target2")
        await person.write("the ferry")
        await person.go_to_field("target0")
        await person.write("the tide gate")
        await person.press("ctrl+s")
        assert person.stances() == [
            (OPENED, {"the tide gate": "support", "the mayor": "oppose", "the ferry": "question"})
        ]
