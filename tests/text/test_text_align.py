import string
import textwrap
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Link, Run, Segment, Style, Verdict
from reader.text.align import align, doubt_runs, to_page, to_text
from reader.text.canonical import canonicalise

NEWS = (
    "The council said on Tuesday that the ferry would sail again.",
    "“Nobody asked us,” said Mara Voss, who has fished here for 40 years.",
    "It cost $1.5 million — twice what was planned — and sank in Jan. 2019.",
    "政府は水曜日に新たな対策を発表した。首相は「必要だ」と述べた。",
    "Über den Fluß führt keine Brücke; l’été, c’est différent.",
)


def segment(start: int, end: int, verdict: Verdict = "keep") -> Segment:
    return Segment(start, end, verdict, "", "")


def whole(page: str) -> list[Segment]:
    return [segment(0, len(page))]


def linked(text: str, links: tuple[Link, ...]) -> str:
    """What of a text is linked, without white space."""
    return "".join("".join(text[start : start + length].split()) for start, _, length in links)


def check(text: str, page: str, segments: list[Segment], links: tuple[Link, ...]) -> None:
    """Links are exact, in order and nowhere in what was dropped."""
    for start, there, length in links:
        assert length > 0
        assert text[start : start + length] == page[there : there + length]
        assert all(
            there + length <= dropped.start or dropped.end <= there
            for dropped in segments
            if dropped.verdict == "drop" and dropped.start < dropped.end
        )
    for one, other in pairwise(links):
        assert one.text_start + one.length <= other.text_start
        assert one.page_start + one.length <= other.page_start


def escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in string.punctuation else character for character in text)


@pytest.mark.parametrize("width", [9, 40, 1000])
def test_wrapped_text_is_linked_to_the_last_character(width: int) -> None:
    page = "\n\n".join(textwrap.fill(line, width) for line in NEWS)
    text = canonicalise("\n\n".join(map(escaped, NEWS))).text
    links = align(text, page, whole(page))
    check(text, page, whole(page), links)
    assert linked(text, links) == "".join(text.split())
    for offset, character in enumerate(text):
        there = to_page(links, offset)
        assert there is not None
        if not character.isspace():
            assert page[there] == character
            assert to_text(links, there) == offset


def test_markup_is_stepped_over() -> None:
    page = (
        "# The *council*\n\nSaid **on** Tuesday that [the ferry](https://example.invalid/a?b=c&d=e) would "
        "sa*il* \\#1."
        "\n\n> Nobody &amp; nothing, said Voss.\n\n| a | b |\n|---|---|\n| one | two |\n\n---\n\n1. the end"
    )
    text = canonicalise(page).text
    links = align(text, page, whole(page))
    check(text, page, whole(page), links)
    added = "───||"
    assert sorted(linked(text, links)) >= sorted(set("".join(text.split())) - set(added))
    for word in ("council", "Tuesday", "ferry", "would sa", "il", "nothing", "two", "the end"):
        offset = to_page(links, text.index(word))
        assert offset is not None
        assert page[offset : offset + len(word)] == word


def test_a_text_in_another_normal_form_is_linked_but_for_what_was_composed() -> None:
    page = unicodedata.normalize("NFD", NEWS[4])
    links = align(NEWS[4], page, whole(page))
    check(NEWS[4], page, whole(page), links)
    composed = {character for character in NEWS[4] if unicodedata.normalize("NFD", character) != character}
    assert linked(NEWS[4], links) == "".join(c for c in NEWS[4] if c not in composed and c != " ")


def test_what_was_dropped_is_linked_to_nothing_even_where_it_says_the_same() -> None:
    page = f"{NEWS[0]}\n{NEWS[0]}\n{NEWS[1]}"
    cut = len(NEWS[0]) + 1
    segments = [segment(0, cut, "drop"), segment(cut, len(page))]
    text = f"{NEWS[0]}\n\n{NEWS[1]}"
    links = align(text, page, segments)
    check(text, page, segments, links)
    assert links[0] == Link(0, cut, len(NEWS[0]) + 1)


def test_a_long_picture_is_stepped_over() -> None:
    page = f"{NEWS[0]} ![](data:image/png;base64,{'QUJD' * 5000}) {NEWS[1]} {NEWS[2]}"
    text = canonicalise(page).text
    links = align(text, page, whole(page))
    check(text, page, whole(page), links)
    assert linked(text, links) == "".join(text.split())


texts = st.lists(st.sampled_from([*"abc é\n*_", "ab ", "e\u0301", "漢"]), max_size=40).map("".join)


@given(
    texts,
    texts,
    st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["keep", "doubt", "drop"])), max_size=8),
)
def test_links_are_exact_and_in_order_whatever_the_texts(
    text: str, page: str, lengths: list[tuple[int, Verdict]]
) -> None:
    segments: list[Segment] = []
    start = 0
    for length, verdict in [*lengths, (len(page), "keep")]:
        end = min(len(page), start + length)
        segments.append(segment(start, end, verdict))
        start = end
    links = align(text, page, segments)
    check(text, page, segments, links)
    runs = doubt_runs(links, segments)
    assert all(one.end <= other.start for one, other in pairwise(runs))
    for run in runs:
        assert run.style == Style.DOUBT
        assert 0 <= run.start < run.end <= len(text)
    for offset in range(len(text)):
        there = to_page(links, offset)
        assert (there is None) == (not links)
        for link in links:
            if link.text_start <= offset < link.text_start + link.length:
                assert there == link.page_start + offset - link.text_start
                assert to_text(links, there) == offset


@given(texts)
def test_a_text_is_linked_to_itself(text: str) -> None:
    links = align(text, text, whole(text))
    assert linked(text, links) == "".join(text.split())
    assert len(links) <= 1


def test_what_lies_between_links_goes_to_the_nearest() -> None:
    links = (Link(0, 10, 3), Link(10, 30, 2))
    assert [to_page(links, offset) for offset in range(13)] == [
        10,
        11,
        12,
        12,
        12,
        12,
        12,
        30,
        30,
        30,
        30,
        31,
        31,
    ]
    assert [to_text(links, offset) for offset in (0, 10, 12, 20, 22, 30, 99)] == [0, 0, 2, 2, 10, 10, 11]
    assert to_page((), 3) is None
    assert to_text((), 3) is None


def test_doubtful_segments_are_runs_of_the_text() -> None:
    page = "Sure.\nPerhaps\nso.\nShare\nSure again. Hm."
    cuts = [0, 6, 18, 24, 36, 39]
    verdicts: list[Verdict] = ["keep", "doubt", "drop", "keep", "doubt"]
    segments = [
        segment(start, end, verdict) for (start, end), verdict in zip(pairwise(cuts), verdicts, strict=True)
    ]
    text = "Sure.\n\nPerhaps so.\n\nSure again. Hm."
    runs = doubt_runs(align(text, page, segments), segments)
    found = [(text[run.start : run.end].strip(), run.style) for run in runs]
    assert found == [("Perhaps so.", Style.DOUBT), ("Hm.", Style.DOUBT)]
    assert type(runs[0]) is Run
    assert doubt_runs((), segments) == ()


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("\n".join(f"x{n} y" for n in range(10_000)), "b a " * 50_000),
        ("a b\n" * 10_000, "b a " * 25_000),
        ("word " * 20_000, "other " * 20_000),
    ],
    ids=["nothing", "little", "unlike"],
)
def test_texts_that_have_nothing_to_do_with_each_other_are_given_up_soon(text: str, page: str) -> None:
    began = time.process_time()
    check(text, page, whole(page), align(text, page, whole(page)))
    assert time.process_time() - began < 3


def test_plain_text_is_linked_fast() -> None:
    """A millisecond for 10 KB; a busy machine may take five times as long."""
    page = "\n\n".join(textwrap.fill(" ".join(NEWS[:3]) * 4, 72) for _ in range(120))
    text = "\n\n".join(" ".join(NEWS[:3]) * 4 for _ in range(120))
    taken = []
    for _ in range(3):
        began = time.process_time()
        links = align(text, page, whole(page))
        taken.append(time.process_time() - began)
    assert linked(text, links) == "".join(text.split())
    assert min(taken) * 1000 / (len(page) / 10_240) < 5
