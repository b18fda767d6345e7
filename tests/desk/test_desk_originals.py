import itertools

from hypothesis import given
from hypothesis import strategies as st

from reader.desk.originals import original_view
from reader.desk.reading import hidden
from reader.model import Link, Segment, Style, Verdict

REASONS: dict[Verdict, tuple[str, str]] = {
    "keep": ("", ""),
    "doubt": ("may be a caption", "shape.caption"),
    "drop": ("comment form", "form.leave-a-reply"),
}


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, tuple[Segment, ...]]:
    text = draw(st.text(alphabet="ab \n\t\r🌊", max_size=60))
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=5))) if len(text) > 1 else []
    edges = [0, *cuts, len(text)]
    verdicts = st.sampled_from(list(REASONS))
    return text, tuple(
        Segment(start, end, verdict, *REASONS[verdict])
        for start, end in itertools.pairwise(edges)
        for verdict in [draw(verdicts)]
    )


@given(pages())
def test_every_word_of_the_page_is_shown_once_in_order_with_its_verdict(
    page: tuple[str, tuple[Segment, ...]],
) -> None:
    text, segments = page
    view = original_view(text, segments, ())
    canonical = view.canonical
    lines = [block for block in canonical.blocks if block.kind != "label"]
    shown = "".join(canonical.text[block.start : block.end] for block in lines)
    assert "".join(shown.split()) == "".join(text.split())
    for verdict, style in (("drop", Style.DROPPED), ("doubt", Style.DOUBT)):
        wanted = "".join(text[s.start : s.end] for s in segments if s.verdict == verdict)
        styled = "".join(canonical.text[run.start : run.end] for run in canonical.runs if run.style == style)
        assert "".join(styled.split()) == "".join(wanted.split())


@given(pages())
def test_the_view_is_set_like_any_canonical_text(page: tuple[str, tuple[Segment, ...]]) -> None:
    view = original_view(*page, ())
    text, blocks = view.canonical.text, view.canonical.blocks
    assert "\n\n".join(text[block.start : block.end] for block in blocks) == text
    assert all(one.end + 2 == other.start for one, other in itertools.pairwise(blocks))
    for link in view.view_links:
        there = text[link.text_start : link.text_start + link.length]
        assert there == page[0][link.page_start : link.page_start + link.length]


PAGE = "The sea rose.\n\nLeave a reply\nName\nAnd it fell. BUY PILLS"
SEGMENTS = (
    Segment(0, 15, "keep", "", ""),
    Segment(15, 29, "drop", "comment form", "form.leave-a-reply"),
    Segment(29, 34, "drop", "comment form", "form.leave-a-reply"),
    Segment(34, 47, "keep", "", ""),
    Segment(47, 56, "drop", "spam", "spam.pills"),
)
LINKS = (Link(0, 0, 13), Link(15, 34, 12))


def test_each_hidden_run_is_named_before_it_and_a_run_over_two_segments_once() -> None:
    canonical = original_view(PAGE, SEGMENTS, LINKS).canonical
    assert canonical.text.split("\n\n") == [
        "The sea rose.",
        "hidden · comment form · rule form.leave-a-reply",
        "Leave a reply",
        "Name",
        "And it fell.",
        "hidden · spam · rule spam.pills",
        "BUY PILLS",
    ]
    assert [block.kind == "label" for block in canonical.blocks] == [0, 1, 0, 0, 0, 1, 0]


def test_an_offset_is_carried_to_the_view_and_back() -> None:
    view = original_view(PAGE, SEGMENTS, LINKS)
    text = "The sea rose.\n\nAnd it fell."
    for word in ("The", "sea", "And", "fell"):
        there = view.to_view(text.index(word))
        assert view.canonical.text[there:].startswith(word)
        assert view.to_text(there) == text.index(word)


def test_an_offset_in_what_was_dropped_goes_to_text_nearby() -> None:
    view = original_view(PAGE, SEGMENTS, LINKS)
    offset = view.to_text(view.canonical.text.index("Name"))
    assert 0 <= offset <= len("The sea rose.\n\nAnd it fell.")


def test_a_page_without_text_is_an_empty_view() -> None:
    view = original_view(" \n ", (Segment(0, 3, "drop", "white space", "blank"),), ())
    assert view.canonical.text == ""
    assert view.to_text(0) == view.to_view(0) == 0


def test_what_is_hidden_is_counted_by_run_and_named_once() -> None:
    assert hidden(SEGMENTS) == "2 runs hidden: comment form, spam"
    assert hidden(SEGMENTS[:3]) == "1 run hidden: comment form"
    assert hidden(SEGMENTS[:1]) == ""
