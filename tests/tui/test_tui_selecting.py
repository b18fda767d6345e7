"""The keys that select."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import at_article, drawn
from shelf import (
    ACCENT,
    FAILED,
    FAMILY,
    FERRY,
    GATE,
    HANGUL,
    LONG,
    MAY,
    OPENED,
    OPENING,
    REPORT,
    SAFE,
    SCRIPTS,
    TESTED,
    UNSURE,
)
from textual import events


@journey("reading", "select")
async def test_motions_extend_a_selection_forwards_and_backwards(library: Path) -> None:
    async with at_article(library) as person:
        start = person.put("tide gate")
        await person.press("v")
        assert person.selected == "t"
        await person.press("l", "l", "l")
        assert person.selected == "tide"
        await person.press("h", "h", "h", "h")
        assert person.selected == " t"
        await person.press("0")
        assert person.selected == "The t"
        await person.press(")", "b")
        assert person.selected == "tide gate opened on M"
        await person.press("v")
        assert person.selected == ""
        assert person.text[person.caret] == "M"
        await person.press("v", "1")
        assert person.stances() == [("M", {"": "support"})]
        assert person.text[start] == "t"


@pytest.mark.parametrize(
    ("start", "key", "reached"),
    [
        ("tide gate", "w", ["tide", "tide gate", "tide gate opened", "tide gate opened on"]),
        ("ide gate", "w", ["ide", "ide gate"]),
        (" on Monday", "w", [" on", " on Monday", " on Monday. Mayor"]),
        ("in May", "w", ["in", "in May", "in May."]),
        (
            "called it",
            ")",
            ["called it safe.", f"called it safe. {UNSURE}", f"called it safe. {UNSURE}\n\n{FAILED}"],
        ),
        ("called it", "}", [f"called it safe. {UNSURE}", f"called it safe. {UNSURE}\n\n{TESTED}"]),
    ],
)
async def test_a_growing_selection_reaches_to_the_end(
    library: Path, start: str, key: str, reached: list[str]
) -> None:
    """And never onto the first letter of what comes next."""
    async with at_article(library) as person:
        person.put(start)
        await person.press("v")
        for selected in reached:
            await person.press(key)
            assert person.selected == selected
        await person.press("1")
        assert person.stances() == [(reached[-1].strip(), {"": "support"})]


async def test_clusters_are_whole_at_the_end_that_is_reached(library: Path) -> None:
    async with at_article(library, SCRIPTS) as person:
        person.put("an ")
        await person.press("v", "w", "w")
        assert person.selected == f"an {ACCENT}"
        await person.press("escape")
        person.put("門開了")
        await person.press("v", ")")
        assert person.selected == "門開了。"
        await person.press(")")
        assert person.selected == "門開了。工程師不相信。"


@pytest.mark.parametrize("key", ["w", ")", "}"])
async def test_at_the_end_of_the_text_the_selection_stays(library: Path, key: str) -> None:
    async with at_article(library) as person:
        start = person.put("May.")
        await person.press("v", key, key, key, key)
        assert person.selected == "May."
        await person.press("escape")
        assert person.caret == start + len("May.") - 1


@pytest.mark.parametrize(
    ("end", "backwards", "key", "left"),
    [
        ("gate opened", "0", "w", ["tide g", "g", "gate"]),
        ("safe.", "{", ")", ["Mayor Ada Quill called it s", "safe."]),
        (REPORT, "g", "}", [f"{FAILED} N"]),
    ],
)
async def test_a_selection_that_shrinks_goes_by_starts(
    library: Path, end: str, backwards: str, key: str, left: list[str]
) -> None:
    """The caret is the selection's beginning there, and the end that was chosen stays."""
    async with at_article(library) as person:
        person.put(end)
        await person.press("v", backwards)
        for selected in left:
            await person.press(key)
            assert person.selected == selected


async def test_a_word_of_one_letter_is_passed_like_any_other(library: Path) -> None:
    """Shrinking towards the end that was chosen, the caret never leaps over it."""
    async with at_article(library, FERRY) as person:
        person.put("etition against")
        await person.press("v", "b", "b")
        assert person.selected == "A pe"
        await person.press("w")
        assert person.selected == "pe"
        await person.press("w")
        assert person.selected == "etition"


async def test_over_the_end_that_was_chosen_it_grows_again(library: Path) -> None:
    async with at_article(library) as person:
        person.put(" on Monday")
        await person.press("v", "b")
        assert person.selected == "opened "
        await person.press("w")
        assert person.selected == " on"


async def test_without_a_selection_the_same_keys_go_to_the_next_one(library: Path) -> None:
    async with at_article(library) as person:
        for key, ahead in (("w", "tide"), (")", SAFE), ("}", FAILED)):
            await person.press("g", "v", key, "v", "g", key)
            assert person.selected == ""
            assert person.ahead.startswith(ahead)


@journey("reading", "swap-or-open-url")
async def test_o_swaps_the_ends_and_without_a_selection_opens_the_address(
    library: Path, addresses: list[str]
) -> None:
    async with at_article(library) as person:
        start = person.put("gate opened")
        await person.press("v", "w", "o")
        assert person.selected == "gate"
        assert person.caret == start
        await person.press("b")
        assert person.selected == "tide gate"
        await person.press("o", "w")
        assert person.selected == "tide gate opened"
        assert addresses == []
        await person.press("escape", "o")
        await person.until_told("Opened https://news.example/tide-gate")
        assert addresses == ["https://news.example/tide-gate"]


@journey("reading", "expand")
async def test_expand_takes_the_sentence_then_the_paragraph_then_nothing(library: Path) -> None:
    async with at_article(library) as person:
        place = person.put("called it")
        await person.press("V")
        assert person.selected == SAFE
        await person.press("V")
        assert person.selected == OPENING
        await person.press("V")
        assert person.selected == ""
        assert abs(person.caret - place) <= len(OPENING)
        await person.press("V", "V", "1")
        assert person.stances() == [(OPENING, {"": "support"})]
        # A paragraph of one sentence has nothing between the sentence and nothing.
        person.put("read in")
        await person.press("V")
        assert person.selected == MAY
        await person.press("V")
        assert person.selected == ""


async def test_a_motion_after_expanding_goes_on_from_the_sentence(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("V", ")")
        assert person.selected == f"{OPENED} {SAFE}"
        await person.press("V")
        assert person.selected == OPENING


async def test_a_selection_over_paragraphs(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("v", "G", "4")
        everything = f"{OPENING}\n\n{TESTED}\n\n{MAY}"
        assert person.stances() == [(everything, {"": "discuss"})]
        person.put(FAILED)
        await person.press("v", "{", "5")
        assert (f"{OPENING}\n\nT", {"": "mixed"}) in person.stances()


async def test_white_space_at_the_edges_is_not_marked(library: Path) -> None:
    async with at_article(library) as person:
        person.put(" on Monday")
        await person.press("v", "w", "l")
        assert person.selected == " on "
        await person.press("1")
        assert person.stances() == [("on", {"": "support"})]


@pytest.mark.parametrize("cluster", [FAMILY, ACCENT, HANGUL, "潮", "용"])
async def test_one_character_is_one_cluster(library: Path, cluster: str) -> None:
    async with at_article(library, SCRIPTS) as person:
        person.put(cluster)
        await person.press("v")
        assert person.selected == cluster
        await person.press("1")
        assert person.stances() == [(cluster, {"": "support"})]
        (mark,) = person.marks()
        await person.press("]", "s", "l", "h", "enter")
        assert person.marks()[0].span == mark.span


@journey("reading", "cancel", "back")
async def test_cancel_leaves_one_thing_after_the_other(library: Path) -> None:
    for key in ("escape", "ctrl+c"):
        async with at_article(library) as person:
            await person.press("1", "/", *"gate", "enter", "v", "l")
            assert person.selected
            await person.press(key)
            assert person.selected == ""
            assert person.place == "reading"
            await person.press("g", "]")
            assert person.picked
            await person.press(key)
            assert person.picked == ""
            assert person.place == "reading"
            await person.press(key)  # the places found
            await person.press(key)
            assert person.place == "library"
            await person.open(GATE)
            await person.press("q")
            assert person.place == "library"
            await person.press_and_leave("q")


async def test_the_mouse_places_drags_and_marks(library: Path) -> None:
    async with at_article(library) as person:
        page = person.page
        left = page._geometry.text_left
        await person.pilot.click("#page", offset=(left + 4, 1))
        await person.until(lambda: person.ahead.startswith("tide gate"))
        await person.pilot.mouse_down("#page", offset=(left + 4, 1))
        await person.pilot.hover("#page", offset=(left + 12, 1))
        await person.pilot.mouse_up("#page", offset=(left + 12, 1))
        await person.until(lambda: person.selected == "tide gate")
        assert person.aim == "selection"
        # A click on a stance is its key; a click on a mark picks it.
        await person.pilot.click("#stances", offset=(2, 0))
        await person.until(lambda: person.stances() == [("tide gate", {"": "support"})])
        await person.pilot.click("#page", offset=(left + 30, 1))
        await person.until(lambda: person.ahead.startswith("."))
        assert person.picked == ""
        await person.pilot.click("#page", offset=(left + 6, 1))
        await person.until(lambda: person.picked == "tide gate")
        await person.press("2")
        assert person.stances() == [("tide gate", {"": "oppose"})]


async def test_the_wheel_scrolls_and_takes_the_caret_along(library: Path) -> None:
    async with at_article(library, LONG, size=(80, 24)) as person:
        page = person.page
        for kind, way in ((events.MouseScrollDown, 1), (events.MouseScrollUp, -1)):
            top = page.top
            for _ in range(5):
                page.post_message(kind(page, 10, 10, 0, way, 0, False, False, False))
            await person.settle()
            assert (page.top - top) * way == 15
            assert person.caret > 0
            day = person.text[: person.caret].count("\n\n") + 1
            assert f"On day {day} " in drawn(person.strips())
