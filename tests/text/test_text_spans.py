import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import pytest
import regex
from alphabets import lines, paragraphs
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Span
from reader.text.spans import CONTEXT, levels, occurrences, quote_of, stack, trim


def covering(spans: Sequence[Span], offset: int) -> list[int]:
    """The indices of the spans that hold this code point."""
    return [index for index, span in enumerate(spans) if span.start <= offset < span.end]


spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda pair: Span(pair[0], sum(pair))), max_size=12
)
nfc = paragraphs.map(lambda text: unicodedata.normalize("NFC", text))


def edges_of(text: str) -> list[int]:
    return [match.start() for match in regex.finditer(r"\X", text)] + [len(text)]


@given(nfc, st.data())
def test_a_quote_is_found_where_it_was_taken_from(text: str, data: st.DataObject) -> None:
    edges = edges_of(text)
    start, end = sorted(data.draw(st.tuples(st.sampled_from(edges), st.sampled_from(edges))))
    exact, prefix, suffix = quote_of(text, Span(start, end))
    assert exact == text[start:end]
    assert text[:start].endswith(prefix)
    assert text[end:].startswith(suffix)
    assert start - len(prefix) in edges
    assert end + len(suffix) in edges
    assert len(prefix) <= CONTEXT >= len(suffix)
    span = trim(text, Span(start, end))
    exact = text[slice(*span)]
    found = occurrences(text, exact)
    if exact.strip():
        assert span in found
    assert found == sorted(set(found))
    for one in found:
        assert text[slice(*one)].split() == exact.split()
        assert set(one) <= set(edges)


def test_context_is_as_long_as_clusters_allow() -> None:
    text = "x" * 40 + "quote" + "👨‍👩‍👧‍👦" * 10
    exact, prefix, suffix = quote_of(text, Span(40, 45))
    assert (exact, prefix, suffix) == ("quote", "x" * 32, "👨‍👩‍👧‍👦" * 4)
    assert quote_of("ab", Span(0, 2)) == ("ab", "", "")


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("a b a\n\nb a  b", "a b", [(0, 3), (4, 8), (9, 13)]),
        ("aaaa", "aa", [(0, 2), (1, 3), (2, 4)]),
        ("café cafe", "cafe\u0301", [(0, 4)]),
        ("👨‍👩‍👧 👨", "👨", [(6, 7)]),
        ("a.b axb", "a.b", [(0, 3)]),
        ("a b", "c", []),
        ("a b", "", []),
        ("", "a", []),
    ],
)
def test_occurrences(text: str, quote: str, expected: list[tuple[int, int]]) -> None:
    assert occurrences(text, quote) == expected


@given(lines, st.data())
def test_trimming_takes_only_white_space(text: str, data: st.DataObject) -> None:
    edges = edges_of(text)
    span = Span(*sorted(data.draw(st.tuples(st.sampled_from(edges), st.sampled_from(edges)))))
    trimmed = trim(text, span)
    assert span.start <= trimmed.start <= trimmed.end <= span.end
    exact = text[slice(*span)]
    if not exact.strip():
        assert trimmed == span
        return
    assert text[slice(*trimmed)].strip() == exact.strip()
    assert set(trimmed) <= set(edges)
    assert trim(text, trimmed) == trimmed


def test_trim() -> None:
    assert trim("  a b \n", Span(0, 7)) == Span(2, 5)
    assert trim("   ", Span(0, 3)) == Span(0, 3)
    assert trim(" \u0301a", Span(0, 3)) == Span(0, 3)


@given(spans)
def test_overlapping_spans_stand_in_different_columns_and_no_more_of_them_than_needed(
    spans: list[Span],
) -> None:
    columns = levels(spans)
    assert len(columns) == len(spans)
    for one in range(len(spans)):
        for other in range(one):
            if spans[one].start < spans[other].end and spans[other].start < spans[one].end:
                assert columns[one] != columns[other]
    shown = [Span(start, max(end, start + 1)) for start, end in spans]
    deepest = max((len(covering(shown, offset)) for offset in range(40)), default=0)
    assert set(columns) == set(range(deepest))


@given(spans)
def test_the_stack_holds_each_code_point_once_with_the_spans_that_cover_it(spans: list[Span]) -> None:
    pieces = stack(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(pieces))
    over = {offset: indices for start, end, indices in pieces for offset in range(start, end)}
    for offset in range(45):
        assert list(over.get(offset, ())) == covering(spans, offset)
    assert all(start < end and indices for start, end, indices in pieces)
    assert all(one[1] < other[0] or one[2] != other[2] for one, other in pairwise(pieces))


def test_nested_and_crossing_spans() -> None:
    nested = [Span(0, 9), Span(2, 4), Span(3, 6), Span(9, 9)]
    assert levels(nested) == [0, 1, 2, 0]
    assert stack(nested) == [(0, 2, (0,)), (2, 3, (0, 1)), (3, 4, (0, 1, 2)), (4, 6, (0, 2)), (6, 9, (0,))]
    assert levels([]) == []
    assert stack([]) == []
