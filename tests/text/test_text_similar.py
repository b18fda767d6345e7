"""Copies of a text, and accounts of one event."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.similar import (
    FEWEST,
    about_the_same,
    are_copies,
    key_words,
    runs,
    shared,
    sketch,
    word_counts,
)

STORY = (
    "The tide gate opened on Monday with a short speech by Mayor Ada Quill, who called it safe. "
    "Engineers were less sure, since the gate failed its first test in 2019. "
    "Nobody has seen the report, and the council will not say why it is late. "
    "A petition against the gate has two thousand names, most of them from the harbour."
)
WORDS = STORY.split(" ")


def with_other_words(share: float, seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(f"other{n}" if chance.random() < share else word for n, word in enumerate(WORDS))


def test_a_text_shares_all_its_runs_with_itself_in_other_typography() -> None:
    other = STORY.replace(" ", "\u00a0").replace(",", " –").upper()
    assert shared(STORY, other) == 1.0
    assert sketch(STORY) == sketch(other)
    assert are_copies(STORY, other, one_site=True)


def test_copies_with_a_few_other_words_are_found_by_their_sketches() -> None:
    long = " ".join(f"{word}{n}" for n in range(6) for word in WORDS)
    words = long.split(" ")
    found = 0
    for seed in range(40):
        chance = random.Random(seed)
        copy = " ".join("other" if chance.random() < 0.02 else word for word in words)
        assert shared(long, copy) > 0.7
        found += bool(set(sketch(long)) & set(sketch(copy)))
    assert found == 40
    strangers = [sketch(" ".join(f"{word}{n}" for word in WORDS)) for n in range(40)]
    assert sum(bool(set(sketch(long)) & set(other)) for other in strangers[6:]) == 0


def test_a_text_that_was_rewritten_is_no_copy() -> None:
    assert not are_copies(STORY, with_other_words(0.2, 1), one_site=False)


def test_a_copy_has_the_same_numbers() -> None:
    assert are_copies(STORY, STORY.replace("short speech", "brief speech"), one_site=False)
    assert not are_copies(STORY, STORY.replace("2019", "2020"), one_site=False)


def test_another_address_of_the_same_site_means_another_article() -> None:
    assert not are_copies(STORY, STORY.replace("short speech", "brief speech"), one_site=True)


def test_a_short_text_has_no_sketch() -> None:
    words = WORDS[: FEWEST + 3]
    assert (len(runs(" ".join(words))), sketch(" ".join(words))) == (FEWEST - 1, ())
    assert len(sketch(" ".join(WORDS[: FEWEST + 4]))) == 16


def test_what_a_text_is_about_is_rare_elsewhere_and_not_only_here() -> None:
    spread = dict.fromkeys(word_counts(STORY), 90) | {"quill": 3, "gate": 5, "petition": 2, "monday": 1}
    weights = key_words(STORY, spread, 100)
    assert list(weights) == ["gate", "petition", "quill"]
    assert about_the_same(weights, "Ada Quill answers the petition against the gate") == 1.0
    assert 0 < about_the_same({**weights, "report": 9.0}, "Quill on the petition and the gate") < 0.9
    assert about_the_same(weights, "Quill was born at the gate") == 0.0, "two words are chance"
    assert about_the_same(weights, "A cat was found") == 0.0
    assert about_the_same({}, STORY) == 0.0


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= shared(one, other) <= 1
    assert shared(one, other) == shared(other, one)
    assert len(sketch(one)) in (0, 16)


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "港" * 60])
def test_any_text_can_be_sketched(text: str) -> None:
    assert sketch(text) == sketch(text)
