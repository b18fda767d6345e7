"""Texts that a program rewrote, told by its slips."""

import pytest

from reader.clean.spun import Group, Slip, groups, places, slips_in, warnings

HONEST = (
    "The minister told the council on Monday that the ferry would run again before the summer. "
    "Nobody in the room believed her, and the harbour master laughed. "
)
SPUN = (
    "The Overseas Minister told the council on Monday, as the State Division has it, that the ferry had run "
    "for the primary time greater than a yr in the past. Nobody in the room believed her. "
)


def stands(slip: Slip, text: str) -> bool:
    """Whether a slip is in a text, also where another one that means the same hides it."""
    text = text.replace("’", "'")
    return next(places(text.lower() if slip.says.islower() else text, slip), None) is not None


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.id)
def test_every_slip_is_found_in_an_example_of_its_group(group: Group) -> None:
    for slip in group.slips:
        assert any(stands(slip, example) for example in group.finds), slip.says


@pytest.mark.parametrize("group", groups(), ids=lambda group: group.id)
def test_no_slip_is_found_in_what_a_person_writes(group: Group) -> None:
    for example in group.keeps:
        assert [slip.says for _, slip in slips_in(example)] == []


def test_a_slip_is_listed_once() -> None:
    says = [slip.says.casefold() for group in groups() for slip in group.slips if group.id != "words"]
    assert len(says) == len(set(says))


def test_several_slips_in_a_short_text_are_a_warning_with_the_evidence() -> None:
    (warning,) = warnings(SPUN + HONEST * 20)
    assert warning.kind == "machine-spun"
    assert ("Overseas Minister", "Foreign Minister") in warning.evidence
    assert ("yr in the past", "year ago") in warning.evidence
    assert warning.told().startswith(f"{warning.message}: “Overseas Minister” for “Foreign Minister”, ")
    assert warning.told().endswith(" more")


@pytest.mark.parametrize(
    "text",
    ["", HONEST, SPUN.split(",")[0], "State Division " * 50, HONEST * 600 + SPUN],
    ids=["nothing", "honest", "one slip", "the same slip often", "a few in a very long text"],
)
def test_less_than_that_is_none(text: str) -> None:
    assert warnings(text) == ()


def test_line_breaks_case_and_apostrophes_do_not_hide_a_slip() -> None:
    for text in (
        "the State\nDivision; it shouldn't be the primary",
        "State Division: Shouldn’t be the  primary",
    ):
        assert [slip.means for _, slip in slips_in(text)] == ["State Department", "is not the first"]


def test_the_same_slip_in_other_words_counts_once() -> None:
    assert len(slips_in("The Overseas Minister, an overseas minister, and the Overseas Minister")) == 1
