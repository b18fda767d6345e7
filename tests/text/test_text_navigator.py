import time
from collections.abc import Callable

import pytest
import regex
from alphabets import canonical_of, canonicals
from hypothesis import given

from reader.model import Block, Canonical, Span
from reader.text.navigator import Navigator

MOTIONS = [Navigator.grapheme, Navigator.word, Navigator.sentence, Navigator.paragraph]
UNITS = [Navigator.cluster, Navigator.word_at, Navigator.paragraph_at]


@given(canonicals)
def test_a_motion_comes_to_a_cluster_and_moves_or_is_at_an_end(canonical: Canonical) -> None:
    navigator = Navigator(canonical)
    starts = {match.start() for match in regex.finditer(r"\X", canonical.text)}
    first, last = navigator.snap(0), navigator.last
    assert last == max(navigator.snap(offset) for offset in range(len(canonical.text)))
    for offset in range(len(canonical.text)):
        here = navigator.snap(offset)
        assert here in starts
        assert navigator.snap(here) == here
        for motion in MOTIONS:
            there = motion(navigator, offset, 1)
            assert navigator.snap(there) == there
            assert there > here or here == there == last
            back = motion(navigator, offset, -1)
            assert navigator.snap(back) == back
            assert back < here or here == back == first


@given(canonicals)
def test_a_unit_holds_its_offset_and_cuts_no_cluster(canonical: Canonical) -> None:
    navigator = Navigator(canonical)
    text = canonical.text
    edges = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    for offset in range(len(text)):
        here = navigator.snap(offset)
        units = [unit(navigator, here) for unit in UNITS]
        sentence = navigator.sentence_at(here)
        assert sentence.start in edges
        assert sentence.end in edges
        if not text[here].isspace():
            units.append(sentence)
        for start, end in units:
            assert start <= here < end
            assert {start, end} <= edges


@given(canonicals)
def test_graphemes_go_there_and_back_over_everything(canonical: Canonical) -> None:
    navigator = Navigator(canonical)
    way = [navigator.snap(0)]
    while (there := navigator.grapheme(way[-1], 1)) != way[-1]:
        assert navigator.grapheme(there, -1) == way[-1]
        way.append(there)
    assert way[-1] == navigator.last
    assert set(way) == {navigator.snap(offset) for offset in range(len(canonical.text))}


def stops(navigator: Navigator, motion: Callable[[Navigator, int, int], int], direction: int) -> list[int]:
    """Where a motion comes to, again and again, from one end of the text to the other."""
    offset = navigator.snap(0) if direction > 0 else navigator.last
    found: list[int] = []
    while (there := motion(navigator, offset, direction)) != offset:
        found.append(there)
        offset = there
    return found


def test_each_motion_goes_by_its_unit() -> None:
    canonical = canonical_of("Mr. Lee’s here. “Why?” he asked.", "───", "No.")
    text, navigator = canonical.text, Navigator(canonical)
    word_starts = [text.index(word) for word in ("Lee", "here", "Why", "he asked", "asked", "No")]
    assert stops(navigator, Navigator.word, 1) == [*word_starts, len(text) - 1]
    assert stops(navigator, Navigator.word, -1) == [*reversed(word_starts), 0]
    sentence_starts = [text.index(part) for part in ("“", "───", "No")]
    assert stops(navigator, Navigator.sentence, 1) == [*sentence_starts, len(text) - 1]
    assert stops(navigator, Navigator.sentence, -1) == [*reversed(sentence_starts), 0]
    block_starts = [text.index(part) for part in ("───", "No")]
    assert stops(navigator, Navigator.paragraph, 1) == [*block_starts, len(text) - 1]
    assert stops(navigator, Navigator.paragraph, -1) == [*reversed(block_starts), 0]


def test_a_caret_rests_on_no_gap_but_on_an_empty_line() -> None:
    text = "ab\n\ncd\nef\n\n\ngh"
    navigator = Navigator(Canonical(text, (Block(0, 2, "paragraph"), Block(4, len(text), "code")), ()))
    assert [navigator.snap(offset) for offset in range(len(text))] == [
        0, 1, 1, 4, 4, 5, 5, 7, 8, 8, 10, 11, 12, 13,
    ]  # fmt: skip
    assert stops(navigator, Navigator.grapheme, 1) == [1, 4, 5, 7, 8, 10, 11, 12, 13]


def test_a_sentence_takes_the_space_after_it() -> None:
    navigator = Navigator(canonical_of("One is. Two is."))
    assert navigator.sentence_at(7) == Span(0, 7)
    assert navigator.sentence_at(8) == Span(8, 15)
    assert navigator.word_at(4) == Span(4, 6)
    assert navigator.word_at(6) == Span(6, 7)


def test_an_empty_text_has_one_place() -> None:
    navigator = Navigator(Canonical("", (), ()))
    assert navigator.last == 0
    for motion in MOTIONS:
        assert motion(navigator, 5, 1) == motion(navigator, 5, -1) == 0
    for unit in (*UNITS, Navigator.sentence_at):
        assert unit(navigator, 3) == Span(0, 0)


def test_offsets_beyond_the_text_are_its_ends() -> None:
    navigator = Navigator(canonical_of("ab"))
    assert navigator.snap(-5) == 0
    assert navigator.snap(99) == navigator.last == 1


@pytest.mark.parametrize("motion", MOTIONS)
def test_a_key_is_answered_at_once_in_a_long_text(motion: Callable[[Navigator, int, int], int]) -> None:
    paragraph = "The minister said on Wednesday that “it” would cost $1.5 billion. Nobody asked why. " * 8
    canonical = canonical_of(*[paragraph.strip()] * 1_500)
    navigator = Navigator(canonical)
    motion(navigator, 0, 1)
    offset, taken = len(canonical.text) // 2, []
    for _ in range(40):
        began = time.process_time()
        offset = motion(navigator, offset, 1)
        taken.append(time.process_time() - began)
    assert sorted(taken)[20] < 0.001
