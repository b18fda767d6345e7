import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Span
from reader.text.placing import NOWHERE, placed
from reader.text.spans import quote_of

TEXT = (
    "The gate holds, she said. The gate holds, he said.\n\n"
    "Nobody in the town of Askelford believed either of them."
)


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "start", "status"),
    [
        # Once, with nothing said of what stands around.
        ("Nobody", "", "", 52, "ok"),
        # Twice: what stands around tells.
        ("gate holds", "The ", ", he said", 30, "ok"),
        ("gate holds", "she said. The ", ", he", 30, "ok"),
        # Twice, and nothing tells.
        ("gate holds", "", "", 4, "review"),
        ("gate holds", "The ", ", ", 4, "review"),
        # Once and short, among quite other words.
        ("Nobody", "Somebody. ", " asked", 52, "review"),
        # Once and short: one side is enough.
        ("Nobody", "Share this page. ", " in the town", 52, "ok"),
        # Once and long: there can be no other.
        ("Nobody in the town of Askelford believed", "Share this page. ", " (more)", 52, "ok"),
        # White space is any white space.
        ("he said. Nobody", "", "", 42, "ok"),
        ("Nobody\n in  the", "", "", 52, "ok"),
        # Only typography or case differ.
        ("nobody in the town", "", "", 52, "review"),
        ("Nobody was there", "he said.", "", 0, "orphan"),
    ],
)
def test_a_quote_is_placed_where_it_is_beyond_doubt(
    exact: str, prefix: str, suffix: str, start: int, status: str
) -> None:
    place = placed(TEXT, exact, prefix, suffix)
    assert (place.span.start, place.status) == (start, status)


def test_a_quote_with_other_marks_is_for_review() -> None:
    place = placed("He said “no” — twice.", '"no" - twice')
    assert place == (Span(8, 20), "review")


@given(text=st.text(st.sampled_from("ab c.“”\n"), min_size=1, max_size=40), data=st.data())
def test_what_is_quoted_with_its_surroundings_is_found_again_or_left_for_review(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    exact, prefix, suffix = quote_of(text, Span(start, end))
    if not exact.strip():
        return
    place = placed(text, exact, prefix, suffix)
    assert place != NOWHERE
    if place.status == "ok":
        found = text[place.span.start : place.span.end]
        assert found.split() == exact.split()
