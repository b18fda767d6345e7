"""The word-level difference of two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.difference import Difference, Words

PROSE = st.lists(
    st.sampled_from(["gate", "harbour ", "said ", "The ", "dry. ", "town", "\n\n", "“", "” ", "港", "é "]),
    max_size=40,
).map("".join)


def told(old: str, new: str) -> str:
    """The difference as one line: what was removed in ``[-…-]``, what was added in ``{+…+}``."""
    said = []
    for sort, start, end in Difference(old, new).pieces:
        text = (old if sort == "removed" else new)[start:end]
        said.append({"same": text, "removed": f"[-{text}-]", "added": f"{{+{text}+}}"}[sort])
    return "".join(said)


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        (
            "The gate held for an hour.",
            "The gate failed within an hour.",
            "The gate [-held for -]{+failed within +}an hour.",
        ),
        # Not as the end of one sentence and the beginning of the next, which would be as short.
        (
            "It rained. She said yes. She said no. They left.",
            "It rained. She said no. They left.",
            "It rained. [-She said yes. -]She said no. They left.",
        ),
        (
            "It rained. She said no. They left.",
            "It rained. She said yes. She said no. They left.",
            "It rained. {+She said yes. +}She said no. They left.",
        ),
        ("One.\n\nTwo.", "One.\n\n“New,” they said.\n\nTwo.", "One.\n\n{+“New,” they said.\n\n+}Two."),
        ("港口很安全。", "港口不安全。", "港口[-很-]{+不+}安全。"),
        ("", "All of it.", "{+All of it.+}"),
        ("All of it.", "", "[-All of it.-]"),
        ("", "", ""),
    ],
)
def test_what_was_taken_out_and_put_in(old: str, new: str, difference: str) -> None:
    assert told(old, new) == difference


def test_typography_and_case_are_no_difference() -> None:
    old, new = "“It’s shut” – the Mayor said.", '"It\'s shut" - the\u00a0mayor said.'
    assert told(old, new) == new


@given(PROSE, PROSE)
def test_both_texts_can_be_read_out_of_the_difference(old: str, new: str) -> None:
    difference = Difference(old, new)
    parts = [((old if sort == "removed" else new)[start:end], sort) for sort, start, end in difference.pieces]
    assert "".join(text for text, sort in parts if sort != "removed") == new
    removed = sum(len(Words(text)) for text, sort in parts if sort == "removed")
    assert removed + sum(match.length for match in difference.matches) == len(difference.old)


@given(PROSE, PROSE)
def test_matches_are_equal_words_in_order(old: str, new: str) -> None:
    difference = Difference(old, new)
    at = (0, 0)
    for match in difference.matches:
        assert match.length > 0
        assert (match.old, match.new) >= at
        assert match.old >= at[0]
        assert match.new >= at[1]
        words = difference.old.keys[match.old : match.old + match.length]
        assert words == difference.new.keys[match.new : match.new + match.length]
        at = (match.old + match.length, match.new + match.length)


@given(PROSE)
def test_a_text_has_no_difference_from_itself(text: str) -> None:
    assert all(piece.sort == "same" for piece in Difference(text, text).pieces)
