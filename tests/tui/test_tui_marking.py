"""The keys that make, change and delete marks."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import at_article
from shelf import FAILED, FERRY, MAY, OPENED, REPORT, SAFE, TESTED, UNSURE

CODES = ("support", "oppose", "question", "discuss", "mixed", "unclear")


@journey("reading", *(f"stance-{n}" for n in range(1, 10)))
async def test_one_key_marks_the_sentence_and_the_next_restances_it(library: Path) -> None:
    async with at_article(library) as person:
        person.put("called it")
        for key, code in zip("123456", CODES, strict=True):
            await person.press(key)
            assert person.stances() == [(SAFE, {"": code})]
            assert code in person.told.lower()
        for key in "789":
            await person.press(key)
            assert f"no stance {key}" in person.told
            assert person.stances() == [(SAFE, {"": "unclear"})]


async def test_the_stance_bar_says_beforehand_what_a_key_is_about(library: Path) -> None:
    async with at_article(library) as person:
        for label in person.app.session.desk.scheme.labels:
            assert f"{label.key}{label.symbol} {label.name}" in person.bar("stances")
        assert person.aim == "sentence"
        await person.press("1")
        assert person.aim == "this mark"
        await person.press("v")
        assert person.aim == "selection"
        await person.press("escape", ")")
        assert person.aim == "sentence"
        await person.press("]")
        assert (person.picked, person.aim) == (OPENED, "this mark")


async def test_a_mark_around_the_caret_is_not_restanced_unless_it_was_picked(library: Path) -> None:
    async with at_article(library) as person:
        person.put("Mayor Ada")
        await person.press("v", "w", "w", "1")
        assert person.stances() == [("Mayor Ada", {"": "support"})]
        await person.press("home", "w")
        person.put("Ada")
        assert person.aim == "sentence"
        await person.press("2")
        assert person.stances() == [(SAFE, {"": "oppose"}), ("Mayor Ada", {"": "support"})]
        person.put(OPENED)
        await person.press("]", "]")
        assert person.picked == "Mayor Ada"
        await person.press("3")
        assert person.stances() == [(SAFE, {"": "oppose"}), ("Mayor Ada", {"": "question"})]
        assert person.picked == "Mayor Ada"


async def test_a_selection_makes_a_new_mark_even_over_a_mark(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "V", "2")
        assert person.stances() == [(OPENED, {"": "support"}), (OPENED, {"": "oppose"})]


async def test_the_same_stance_again_changes_nothing(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1")
        before = person.marks()
        await person.press("1")
        assert person.marks() == before
        await person.press("u")
        assert person.marks() == ()


@journey("reading", "target")
async def test_stances_are_toward_the_current_target(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "t")
        await person.type("the tide gate")
        await person.press("enter")
        assert person.told == "Stances are now toward: the tide gate"
        assert "→ the tide gate" in person.bar("stances")
        await person.press("2")
        assert person.stances() == [(OPENED, {"": "support", "the tide gate": "oppose"})]
        await person.press("t")
        await person.write("the  mayor ")
        await person.press("enter", "3")
        everything = {"": "support", "the tide gate": "oppose", "the mayor": "question"}
        assert person.stances() == [(OPENED, everything)]
        # The others are left alone, and the one toward this target is changed.
        await person.press("4")
        assert person.stances() == [(OPENED, {**everything, "the mayor": "discuss"})]
        # What was used before is there to be chosen; an empty line is the claim as a whole.
        await person.press("t")
        await person.write("gate")
        await person.press("down", "enter")
        assert person.told == "Stances are now toward: the tide gate"
        await person.press("t")
        await person.write("")
        await person.press("enter", "5")
        assert person.stances() == [(OPENED, {**everything, "the mayor": "discuss", "": "mixed"})]


async def test_the_current_target_goes_along_to_the_next_article(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("t")
        await person.type("the gate")
        await person.press("enter", "q")
        await person.open(FERRY)
        await person.press("2")
        assert [targets for _, targets in person.stances()] == [{"the gate": "oppose"}]


async def test_leaving_the_target_prompt_changes_nothing(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("t")
        await person.type("the gate")
        await person.press("escape", "1")
        assert person.stances() == [(OPENED, {"": "support"})]


@journey("reading", "mark-target")
async def test_a_mark_is_given_its_own_target(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "T")
        await person.write("the mayor")
        await person.press("enter")
        assert person.stances() == [(OPENED, {"the mayor": "support"})]
        assert person.app.session.target == ""
        # A second stance cannot be moved onto the first one's target.
        await person.press("2", "T")
        await person.write("the mayor")
        await person.press("enter")
        assert "already" in person.complaint
        await person.press("escape")
        assert person.stances() == [(OPENED, {"": "oppose", "the mayor": "support"})]
        await person.press("}", "T")
        assert person.told == "No mark here"


@journey("reading", "comment")
async def test_comments(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "c")
        await person.type("Which Monday?")
        await person.press("enter")
        (mark,) = person.marks()
        assert (mark.note, [stance.code for stance in mark.stances]) == ("Which Monday?", ["support"])
        await person.press("c")
        await person.write("The 2nd")
        await person.press("escape")
        assert person.marks() == (mark,)
        await person.press("c")
        await person.write("The 2nd")
        await person.press("enter")
        assert [mark.note for mark in person.marks()] == ["The 2nd"]
        # Without a mark it makes one without a stance, of the sentence or of the selection.
        await person.press("}", "c")
        await person.type("Who?")
        await person.press("enter")
        person.put("late")
        await person.press("v", "l", "l", "l", "c")
        await person.type("Since when?")
        await person.press("enter")
        assert [(mark.anchor.exact, mark.note, mark.stances) for mark in person.marks()[1:]] == [
            (FAILED, "Who?", ()),
            ("late", "Since when?", ()),
        ]


@journey("reading", "delete-mark")
async def test_a_mark_is_deleted(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("x")
        assert person.told == "No mark here to delete"
        await person.press("1", ")", "2", "x")
        assert person.stances() == [(OPENED, {"": "support"})]
        assert "u brings it back" in person.told
        await person.press("[", "x")
        assert person.stances() == []
        await person.press("u", "u")
        assert person.stances() == [(OPENED, {"": "support"}), (SAFE, {"": "oppose"})]


@journey("reading", "edges")
async def test_edges_are_moved(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("s")
        assert "No mark" in person.told
        await person.press("1", "s")
        assert person.selected == OPENED
        await person.press(")")
        assert person.selected == f"{OPENED} {SAFE}"
        assert person.stances() == [(OPENED, {"": "support"})]
        await person.press("enter")
        assert person.stances() == [(f"{OPENED} {SAFE}", {"": "support"})]
        assert person.selected == ""
        assert person.told == "Edges moved"
        # The other end, backwards.
        await person.press("s", "o", "w", "enter")
        assert person.stances() == [(f"{OPENED} {SAFE}".removeprefix("The "), {"": "support"})]
        # And not at all.
        before = person.marks()
        await person.press("s", "$", "escape")
        assert (person.selected, person.marks()) == ("", before)


async def test_a_stance_key_while_moving_edges_makes_a_new_mark(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1", "s", "w", "2")
        assert (OPENED, {"": "support"}) in person.stances()
        assert (f"{OPENED} Mayor", {"": "oppose"}) in person.stances()
        await person.press("enter")
        assert person.dialog == "Form"


async def test_a_mark_over_two_paragraphs(library: Path) -> None:
    async with at_article(library) as person:
        person.put(UNSURE)
        await person.press("v", ")", ")", "4")
        assert [quote for quote, _ in person.stances()] == [f"{UNSURE}\n\n{FAILED}"]
        (mark,) = person.marks()
        assert person.text[mark.span.start : mark.span.end] == mark.anchor.exact
        for row in (UNSURE, FAILED):
            person.put(row)
            assert person.reading._at_hand() == 0


@pytest.mark.parametrize("key", ["1", "c", "T", "s"])
async def test_the_view_of_the_original_takes_no_marks(library: Path, key: str) -> None:
    async with at_article(library) as person:
        await person.press("1", "r", key)
        assert person.dialog == ""
        assert "Marks are made in the article" in person.told
        assert person.stances() == [(OPENED, {"": "support"})]


async def test_a_mark_keeps_its_context(library: Path) -> None:
    async with at_article(library) as person:
        person.put(REPORT)
        await person.press("1")
        (mark,) = person.marks()
        start = person.text.index(REPORT)
        assert person.text[:start].endswith(mark.anchor.prefix)
        assert mark.anchor.prefix
        assert person.text[start + len(REPORT) :].startswith(mark.anchor.suffix)
        assert mark.anchor.suffix.startswith(f"\n\n{MAY[:9]}")
        assert TESTED in person.text
