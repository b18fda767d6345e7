"""Going from claim to claim, and taking the holder and the voice that the text gives."""

from pathlib import Path

from journeys import journey
from pilots import at_article
from shelf import FAILED, FERRY, GATE, LONG, OPENED, SAFE, Story, fill

from reader.desk import marking

OFFERED = "a takes: two engineers, reported"


@journey("reading", "claim-next", "claim-previous")
async def test_going_from_claim_to_claim(library: Path) -> None:
    async with at_article(library, GATE) as person:
        await person.press(".")
        assert person.ahead.startswith(SAFE[:10])
        assert person.told == "statement “called it” · Ada Quill, reported"
        await person.press(".")
        assert person.ahead.startswith(FAILED)
        assert person.told == "statement “said” · two engineers, reported"
        assert person.aim == "sentence"
        # One key marks it.
        await person.press("1")
        assert person.stances() == [(FAILED, {"": "support"})]
        await person.press(".", ".", ".")
        last = person.caret
        assert person.told == "No claim below: , goes the other way"
        await person.press(",", ",", ",")
        assert person.caret < last
        await person.press(",", ",")
        assert person.told == "No claim above: . goes the other way"


async def test_a_selection_reaches_to_the_claim(library: Path) -> None:
    async with at_article(library, GATE) as person:
        await person.press("v", ".")
        assert person.selected is not None
        assert person.selected.startswith(OPENED)


async def test_a_picked_mark_is_left_for_the_claim(library: Path) -> None:
    async with at_article(library, GATE) as person:
        await person.press("V", "V", "1", "g", "]")
        assert person.picked.startswith(OPENED)
        await person.press(".")
        assert person.picked == ""
        assert person.aim == "sentence"


async def test_keys_are_not_held_up_where_there_is_no_claim_for_long(library: Path) -> None:
    quiet = "\n\n".join(
        "The boats came in and went out again, and the gulls sat on the wall." for _ in range(900)
    )
    fill(library, [Story(f"{quiet}\n\nThe mayor said it was enough.\n", "Quiet")])
    async with at_article(library, LONG + 1) as person:
        person.post(".")
        await person.until(lambda: "said" in person.told, "the claim to be found")
        assert person.ahead.startswith("The mayor said")
        # A key that comes meanwhile is what counts.
        await person.press("g")
        person.post(".", "j")
        await person.settle()
        assert "said" not in person.told
        assert person.caret < 200


@journey("reading", "attribute")
async def test_holder_and_voice_are_shown_dimmed_and_taken_by_one_key(library: Path) -> None:
    async with at_article(library, GATE) as person:
        await person.press("a")
        assert "No mark here" in person.told
        person.put(FAILED)
        await person.press("1")
        await person.until(lambda: OFFERED in person.told, "the proposal to be shown")
        # It is not stored unasked.
        (mark,) = person.marks()
        assert (mark.holder, mark.voice) == ("", "")
        await person.press("a")
        assert person.told == "Taken: two engineers, reported"
        (mark,) = person.marks()
        assert (mark.holder, mark.voice) == ("two engineers", "reported")
        await person.press("a")
        assert person.told == "Holder and voice are said already: Enter shows them"
        await person.press("u")
        (mark,) = person.marks()
        assert (mark.holder, mark.voice) == ("", "")


async def test_what_is_said_already_stays(library: Path) -> None:
    async with at_article(library, GATE) as person:
        person.put(FAILED)
        await person.press("1")
        marking.change(person.witness, person.marks()[0], holder="the engineers' union")
        await person.press("l", "a")
        assert person.told == "Taken: reported"
        (mark,) = person.marks()
        assert (mark.holder, mark.voice) == ("the engineers' union", "reported")


async def test_where_nobody_speaks_the_voice_is_the_articles(library: Path) -> None:
    async with at_article(library, FERRY) as person:
        await person.press("1", "a")
        assert person.told == "Taken: article"
        assert person.marks()[0].voice == "article"


async def test_the_form_offers_the_same(library: Path) -> None:
    async with at_article(library, GATE) as person:
        person.put(FAILED)
        await person.press("1", "enter")
        assert person.offer == "The text says: two engineers, reported · Ctrl-y takes it"
        await person.press("enter")
        assert person.marks()[0].holder == ""
        await person.press("enter", "ctrl+y", "enter")
        (mark,) = person.marks()
        assert (mark.holder, mark.voice) == ("two engineers", "reported")
        # Where all is said nothing is offered, and the key does nothing.
        await person.press("enter")
        assert person.offer == ""
        await person.press("ctrl+y", "enter")
        assert person.marks() == (mark,)


async def test_the_form_fills_only_what_is_empty(library: Path) -> None:
    async with at_article(library, GATE) as person:
        person.put(FAILED)
        await person.press("1", "enter")
        await person.go_to_field("holder")
        await person.type("someone else")
        await person.press("ctrl+y", "enter")
        (mark,) = person.marks()
        assert (mark.holder, mark.voice) == ("someone else", "reported")


async def test_a_selection_of_a_part_has_its_own_voice(library: Path) -> None:
    fill(library, [Story("The mayor called it “a gift to the town” on Monday.\n", "Gift")])
    async with at_article(library, LONG + 1) as person:
        person.put("a gift")
        await person.press("v", *"www", "1", "a")
        assert person.told == "Taken: the mayor, quoted"
