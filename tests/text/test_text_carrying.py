"""Marks carried from one text of an original to another: exactly, or said not to be."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from reader.model import Anchor, Link, Segment, Span, Verdict
from reader.text.align import align
from reader.text.carrying import carried_offset, carry, page_ranges
from reader.text.spans import quote_of

PAGE = "The sea rose. BUY PILLS And it fell.\nNobody saw it."


def text_of(page: str, dropped: list[Span]) -> tuple[str, tuple[Link, ...]]:
    """The text that is left of a page, and the map, as cleaning makes them."""
    segments: list[Segment] = []
    at = 0
    for start, end in dropped:
        segments += [Segment(at, start, "keep", "", ""), Segment(start, end, "drop", "spam", "spam")]
        at = end
    segments.append(Segment(at, len(page), "keep", "", ""))
    text = "".join(page[s.start : s.end] for s in segments if s.verdict == "keep")
    return text, align(text, page, segments)


def anchor(text: str, span: Span) -> Anchor:
    return Anchor("one", span, *quote_of(text, span))


def carried(quote: str, before: list[Span], after: list[Span]) -> Anchor:
    (text, links), (other, other_links) = text_of(PAGE, before), text_of(PAGE, after)
    start = text.index(quote)
    return carry(anchor(text, Span(start, start + len(quote))), links, "two", other, other_links)


SPAM = Span(14, 24)
FIRST = Span(0, 14)


def test_a_mark_behind_a_run_that_comes_back_moves_and_quotes_the_same() -> None:
    found = carried("And it fell.", [SPAM], [])
    assert (found.exact, found.status, found.revision_id) == ("And it fell.", "ok", "two")
    assert found.span == Span(24, 36)
    assert found.prefix.endswith("PILLS ")


def test_a_mark_that_loses_words_waits_for_review_with_those_that_are_left() -> None:
    found = carried("rose. BUY PILLS And", [], [SPAM])
    assert (found.exact, found.status) == ("rose. And", "review")


def test_a_mark_around_a_run_that_comes_back_waits_for_review() -> None:
    found = carried("rose. And", [SPAM], [])
    assert (found.exact, found.status) == ("rose. BUY PILLS And", "review")


def test_a_mark_whose_words_are_gone_is_an_orphan_that_keeps_its_quote() -> None:
    found = carried("The sea", [], [FIRST])
    assert (found.exact, found.status, found.span) == ("The sea", "orphan", Span(0, 0))


def test_the_place_last_read_comes_along() -> None:
    (_, links), (other, other_links) = text_of(PAGE, [SPAM]), text_of(PAGE, [])
    assert other[carried_offset(14, links, other_links) :].startswith("And it")


def test_without_a_map_nothing_is_carried() -> None:
    assert carry(anchor("abc", Span(0, 2)), (), "two", "abc", ()).status == "orphan"
    assert carried_offset(2, (), ()) == 0


VERDICTS: list[Verdict] = ["keep", "drop"]


@given(st.data())
def test_what_both_texts_have_is_quoted_the_same_in_both(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.integers(0, 99).map("w{:02}".format), min_size=2, max_size=30, unique=True))
    page = " ".join(words)
    cuts = [0, *itertools.accumulate(len(word) + 1 for word in words)]

    def drops() -> list[Span]:
        kept = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
        return [Span(cuts[n], min(cuts[n + 1], len(page))) for n, keep in enumerate(kept) if not keep]

    (text, links), (other, other_links) = text_of(page, drops()), text_of(page, drops())
    if not text.strip():
        return
    left = text.split()
    first = data.draw(st.integers(0, len(left) - 1))
    last = data.draw(st.integers(first, len(left) - 1))
    span = Span(text.index(left[first]), text.index(left[last]) + 3)
    found = carry(anchor(text, span), links, "two", other, other_links)
    there = set(other.split())
    if not there & set(left[first : last + 1]):
        assert found.status == "orphan"
        assert found.exact == text[span.start : span.end]
    else:
        assert other[found.span.start : found.span.end] == found.exact
        same = found.exact.split() == text[span.start : span.end].split()
        assert found.status == ("ok" if same else "review")


@given(st.lists(st.integers(0, 3), max_size=6))
def test_the_ranges_of_a_span_are_those_of_its_links(lengths: list[int]) -> None:
    links = [
        Link(start, 2 * start, length)
        for start, length in zip(itertools.accumulate([0, *lengths]), lengths, strict=False)
        if length
    ]
    whole = Span(0, sum(lengths))
    assert sum(end - start for start, end in page_ranges(whole, links)) == whole.end
