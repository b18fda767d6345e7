"""Markdown of plain text: the same characters, in the paragraphs and lines that the text has."""

import textwrap
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.clean import clean
from reader.clean.escape import escape_inline, escape_line, heading
from reader.clean.plain.writing import plain_markdown
from reader.clean.repairs import repaired
from reader.model import Incoming
from reader.text.canonical import canonicalise

STORY = (
    "The council of Lindhaven voted on Tuesday to close the harbour road for the whole of the winter, which "
    "nobody had expected. Shopkeepers said that they had not been asked, and that the vote would cost them a "
    "third of their trade before the spring. The mayor will speak about it on the radio on Friday evening."
)
REST = (
    "The ferry will run every hour instead, the council said, and later every two. Nobody has been found yet "
    "who would steer it. The last ferryman left for Oslo when the road was opened, and has not written since."
)
LINES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], exclude_characters="\u00ad\ufeff"),
    min_size=1,
)
PIECES = "* ** _ ` `` [ ]( ) < b> & amp; # ## > - + 1. 2) ~~ ~~~ | --- === \\ ! http://a.b a word : “ é 中"
MARKUP = st.lists(
    st.sampled_from([*PIECES.split(), " ", "  ", "\t", "[x]: y"]), min_size=1, max_size=12
).map("".join)  # fmt: skip


def markdown_of(text: str) -> str:
    return clean(Incoming(raw=text.encode(), media="text", origin="-")).markdown


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=400, deadline=None)
@given(st.lists(MARKUP, min_size=1, max_size=5), st.booleans())
@example(["a", "---"], False)
@example(["a | b", "--- | ---"], False)
@example(["- a", "===", "- b"], False)
@example(["> a", ">", "> > b"], False)
def test_the_text_of_the_markdown_is_the_text(lines: list[str], spaced: bool) -> None:
    kept = [line.strip() for line in lines]
    markdown = plain_markdown([part for line in kept for part in ([line, ""] if spaced else [line])], kept[0])
    # The mark of a quoted line becomes Markdown's.
    text = canonicalise(markdown).text
    assert squeezed(text).replace(">", "") == squeezed("".join(kept)).replace(">", "")


@given(MARKUP)
def test_a_paragraph_and_a_heading_keep_their_characters(text: str) -> None:
    line = " ".join(text.split())
    if line:
        assert canonicalise(escape_line(line)).text == line
        assert canonicalise(heading(line, 2)).text == line


def test_what_needs_no_escape_gets_none() -> None:
    plain = "A snake_case name, 3 < 4 & 5 > 2, a ~ b, C# (so it is) - and “more” at 5.30 p.m.! 2023: a year"
    assert escape_inline(plain) == plain
    assert escape_line(plain) == plain


def test_a_title_is_a_heading_only_at_the_top() -> None:
    assert markdown_of(f"The harbour road closes\n\n{STORY}") == f"# The harbour road closes\n\n{STORY}\n"
    assert markdown_of(f"{STORY}\n\nThe harbour road closes") == f"{STORY}\n\nThe harbour road closes\n"
    assert markdown_of(STORY) == f"{STORY}\n"


def test_each_line_of_an_unspaced_text_is_a_paragraph() -> None:
    assert markdown_of(f"{STORY}\nHOLM: Yeah.\nLUND: Thanks.") == f"{STORY}\n\nHOLM: Yeah.\n\nLUND: Thanks.\n"


@pytest.mark.parametrize("width", [48, 64, 72, 80])
def test_a_hard_wrapped_text_is_unwrapped(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(STORY, width) for _ in range(3))
    assert markdown_of(wrapped) == f"{STORY}\n\n{STORY}\n\n{STORY}\n"


def test_a_wrapped_text_of_many_kinds_is_unwrapped_each_in_its_way() -> None:
    first, second, third = STORY.removesuffix(".").split(". ")
    quote = textwrap.fill(f"“{first}.” He said it twice.", 64, initial_indent="> ", subsequent_indent="> ")
    items = "\n".join(
        textwrap.fill(f"{mark} {line}.", 66, subsequent_indent="  ")
        for mark, line in zip("-•*", (first, second, third), strict=True)
    )
    turn = textwrap.fill(f"HOLM: {second}.", 66)
    scores = "    Lindhaven   3 - 2   Oslo\n    Bergen      1 - 0   Moss"
    text = "\n\n".join((textwrap.fill(STORY, 66), items, quote, f"{turn}\nLUND: Yeah.", scores))
    canonical = canonicalise(markdown_of(text))
    assert [canonical.text[block.start : block.end] for block in canonical.blocks] == [
        STORY,
        f"- {first}.\n• {second}.\n* {third}.",
        f"“{first}.” He said it twice.",
        f"HOLM: {second}.",
        "LUND: Yeah.",
        "Lindhaven 3 - 2 Oslo\nBergen 1 - 0 Moss",
    ]
    assert [block.quotes for block in canonical.blocks] == [0, 0, 1, 0, 0, 0]


def test_quoted_lines_are_a_quote_and_their_marks_are_not_text() -> None:
    canonical = canonicalise(markdown_of(f"{STORY}\n\n> Never.\n> Not once.\n>\n> > Who?\n\n{REST}"))
    shown = [(canonical.text[block.start : block.end], block.quotes) for block in canonical.blocks]
    assert shown == [(STORY, 0), ("Never.\nNot once.", 1), ("Who?", 2), (REST, 0)]
    assert canonicalise(markdown_of(f"{STORY}\n\n>50 % of them\n\n{STORY}")).text.count(">50 %") == 1


def test_quotes_in_quotes_without_end_keep_their_text() -> None:
    assert "the end" in canonicalise(markdown_of(f"{STORY}\n\n{'> ' * 5000}the end\n\n{STORY}")).text


def test_a_poem_keeps_its_lines() -> None:
    poem = (
        "The road goes down to the sea,\nthe sea comes up to the door,\n"
        "and who will open to me\nis not at home any more."
    )
    text = f"{STORY}\n\n{poem}\n\n{REST}"
    assert canonicalise(markdown_of(text)).text == text


def test_lists_and_scores_keep_their_lines_also_in_an_unspaced_text() -> None:
    text = f"{STORY}\n- a loaf of bread\n- a pound of salt\nLindhaven 3, Oslo 2\nBergen 1, Moss 1\n{REST}"
    assert canonicalise(markdown_of(text)).text == (
        f"{STORY}\n\n- a loaf of bread\n- a pound of salt\nLindhaven 3, Oslo 2\nBergen 1, Moss 1\n\n{REST}"
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4))
def test_any_plain_text_keeps_every_character(lines: list[str]) -> None:
    text = "\n\n".join(f"{STORY} {line} {STORY}" for line in lines)
    result = clean(Incoming(raw=text.encode(), media="text", origin="-"))
    kept = "".join(
        repaired(result.page_text, s.start, s.end, [r for r in result.repairs if s.start <= r.start < s.end])
        for s in result.segments
        if s.verdict != "drop"
    )
    assert squeezed(canonicalise(result.markdown).text) == squeezed(unicodedata.normalize("NFC", kept))
