"""The keys that move the caret through an article."""

from pathlib import Path

import pytest
from journeys import journey
from pilots import Person, at_article
from shelf import (
    ACCENT,
    FAILED,
    FAMILY,
    GATE_TEXT,
    HANGUL,
    LONG,
    MAY,
    OPENED,
    REPORT,
    SAFE,
    SCRIPTS,
    TESTED,
)


def day(person: Person) -> int:
    """The day that the caret's paragraph tells of, in the long article; each takes two rows."""
    before = person.text[: person.caret].rpartition("\n\n")[0]
    return before.count("\n\n") + (2 if before else 1)


@journey("reading", "left", "right")
async def test_left_and_right_go_by_characters(library: Path) -> None:
    async with at_article(library) as person:
        assert person.caret == 0
        await person.press("l", "right", "l")
        assert person.caret == 3
        await person.press("h", "left")
        assert person.caret == 1
        await person.press("h", "h")
        assert person.caret == 0


@journey("reading", "down", "up")
async def test_down_and_up_go_by_lines_and_keep_the_column(library: Path) -> None:
    async with at_article(library, LONG) as person:
        person.put("day 1 ")
        await person.press("j")
        assert person.ahead.startswith("day 2 ")
        await person.press("down")
        assert person.ahead.startswith("day 3 ")
        await person.press("k", "up")
        assert person.ahead.startswith("day 1 ")
        await person.press("k")
        assert day(person) == 1


async def test_a_short_line_between_does_not_lose_the_column(library: Path) -> None:
    async with at_article(library) as person:
        place = person.put("two engineers")  # further right than the last line is long
        await person.press("j", "j")
        assert MAY.endswith(person.ahead)
        await person.press("k", "k")
        assert person.caret == place


@journey("reading", "word-next", "word-previous")
async def test_words(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("w")
        assert person.ahead.startswith("tide gate")
        await person.press("w", "w", "w", "w", "w")
        assert person.ahead.startswith("Mayor Ada")
        await person.press("b")
        assert person.ahead.startswith("Monday.")


@journey("reading", "sentence-next", "sentence-previous")
async def test_sentences(library: Path) -> None:
    async with at_article(library) as person:
        await person.press(")")
        assert person.ahead.startswith(SAFE)
        await person.press(")", ")")
        assert person.ahead.startswith(FAILED)
        await person.press("(", "(")
        assert person.ahead.startswith(SAFE)
        person.put("called it")
        await person.press("(")
        assert person.ahead.startswith(SAFE)


@journey("reading", "paragraph-next", "paragraph-previous")
async def test_paragraphs(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("}")
        assert person.ahead.startswith(FAILED)
        await person.press("}")
        assert person.ahead == MAY
        await person.press("{", "{")
        assert person.caret == 0


@journey("reading", "line-start", "line-end")
async def test_line_start_and_end(library: Path) -> None:
    async with at_article(library) as person:
        start = person.put(TESTED)
        for end_key, start_key in (("$", "0"), ("end", "home")):
            await person.press(end_key)
            # The paragraph is longer than a line: the line ends before a blank, not at the paragraph's end.
            assert person.ahead[1] == " "
            assert start < person.caret < start + len(TESTED) - 1
            await person.press(start_key)
            assert person.caret == start
        person.put("be read")
        await person.press("$")
        assert person.ahead == "."
        await person.press("0")
        assert person.ahead == MAY


@journey("reading", "top", "bottom")
async def test_top_and_bottom(library: Path) -> None:
    async with at_article(library) as person:
        last = len(GATE_TEXT.strip()) - 1
        for bottom, top in (("G", "g"), ("ctrl+end", "ctrl+home")):
            await person.press(bottom)
            assert person.caret == last
            await person.press(top)
            assert person.caret == 0
        await person.press("G", "g", "g")
        assert person.caret == 0


@journey("reading", "half-down", "half-up", "page-down", "page-up")
async def test_half_and_whole_pages(library: Path) -> None:
    async with at_article(library, LONG, size=(80, 24)) as person:
        height = person.page.size.height
        await person.press("ctrl+d")
        half = day(person)
        assert abs((half - 1) * 2 - height // 2) <= 1
        await person.press("ctrl+u")
        assert day(person) == 1
        for key in ("space", "pagedown"):
            await person.press(key)
            page = day(person)
            assert half < page
            assert height - 4 <= (page - 1) * 2 <= height
            await person.press("pageup")
            assert day(person) == 1


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_caret_is_always_in_the_window(library: Path, size: tuple[int, int]) -> None:
    async with at_article(library, LONG, size=size) as person:
        for key in ("ctrl+d", "space", "G", "ctrl+u", "pageup", "}", "j", "g", "{", "k", "space"):
            await person.press(key)
            assert f"day {day(person)} " in "".join(strip.text for strip in person.strips())


async def test_a_cluster_is_one_step(library: Path) -> None:
    async with at_article(library, SCRIPTS) as person:
        for cluster in (FAMILY, ACCENT, HANGUL, "潮", "구"):
            start = person.put(cluster)
            await person.press("l")
            assert person.caret == start + len(cluster)
            await person.press("h")
            assert person.caret == start
            await person.press("v", "1")
            assert person.marks()[-1].anchor.exact in person.text
            assert cluster in [mark.anchor.exact for mark in person.marks()]


@pytest.mark.parametrize("wide", [FAMILY, "門", "용"])
async def test_lines_and_mouse_never_split_a_cluster(library: Path, wide: str) -> None:
    async with at_article(library, SCRIPTS, size=(40, 12)) as person:
        starts = set()
        person.put(wide)
        for key in ("j", "j", "k", "k", "$", "0", "w", "b", "G", "k"):
            await person.press(key)
            starts.add(person.caret)
        navigator = person.page.sheet.navigator
        assert all(navigator.cluster(start).start == start for start in starts)


async def test_cjk_sentences_end_at_their_own_full_stop(library: Path) -> None:
    async with at_article(library, SCRIPTS) as person:
        person.put("開了")
        await person.press("2")
        assert [quote for quote, _ in person.stances()] == ["潮門開了。"]


async def test_the_first_sentence_is_under_the_caret_of_a_fresh_article(library: Path) -> None:
    async with at_article(library) as person:
        await person.press("1")
        assert person.stances() == [(OPENED, {"": "support"})]
        assert REPORT in person.text
