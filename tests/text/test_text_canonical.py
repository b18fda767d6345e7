import hashlib
import string
import time
import unicodedata
from itertools import pairwise

import pytest
from alphabets import CHARACTERS
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Block, Canonical, Run, Style
from reader.text.canonical import canonicalise, text_sha256

MARKUP = [
    "*", "**", "_", "`", "~~", "[a](b)", "![", "](u)", "<http://a.bc>", "\n", "\n\n", "  \n", "\\\n",
    "> ", "- ", "7. ", "    ", "| a | *b* |\n|--|--|\n| c | |\n", "# ", "\n===\n", "<b>", "<!-- x -->",
    "&amp;", "&#x301;", "&#13;", "&#13;", "```\n", "---\n", "\t", "\r\n", "\\", "\ud800", "\x00",
]  # fmt: skip
sources = st.lists(st.sampled_from(MARKUP + CHARACTERS) | st.characters(exclude_categories=[])).map("".join)


def texts_of(canonical: Canonical) -> list[str]:
    return [canonical.text[block.start : block.end] for block in canonical.blocks]


def marked(canonical: Canonical) -> list[tuple[str, int]]:
    return [(canonical.text[run.start : run.end], run.style) for run in canonical.runs]


@given(sources)
def test_any_markdown_gives_a_sound_text(markdown: str) -> None:
    canonical = canonicalise(markdown)
    text = canonical.text
    assert unicodedata.is_normalized("NFC", text)
    assert len(text.encode()) >= len(text)
    assert "\n\n".join(texts_of(canonical)) == text
    assert "\r" not in text
    assert "\t" not in text
    end = -2
    for block in canonical.blocks:
        assert block.start == end + 2
        assert block.start < block.end
        end = block.end
        if block.kind != "code":
            body = text[block.start : block.end]
            assert body == body.strip(" \n")
            assert not {"  ", " \n", "\n ", "\n\n"} & {one + two for one, two in pairwise(body)}
    assert all(one.end <= other.start for one, other in pairwise(canonical.runs))
    assert all(one.end < other.start or one.style != other.style for one, other in pairwise(canonical.runs))
    for run in canonical.runs:
        assert run.start < run.end
        assert run.style > 0
        assert type(run.style) is int
        assert any(block.start <= run.start and run.end <= block.end for block in canonical.blocks)
    assert canonicalise(markdown) == canonical


@given(sources)
def test_parts_set_one_by_one_are_the_whole(markdown: str) -> None:
    markdown = markdown.replace("```", "").replace("~~~", "")
    # A definition is no text, and has all of it parsed as one.
    assert canonicalise(markdown) == canonicalise(markdown + "\n\n[unused]: https://tide.example")


def escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in string.punctuation else character for character in text)


@given(
    st.text(
        st.sampled_from([*CHARACTERS, *string.punctuation, " "])
        | st.characters(exclude_categories=["Cs", "Cc"])
    )
)
def test_escaped_plain_text_gives_its_characters_back(text: str) -> None:
    shown = canonicalise(escaped(text)).text
    assert "".join(shown.split()) == "".join(unicodedata.normalize("NFC", text).split())


def test_blocks_of_every_kind() -> None:
    canonical = canonicalise(
        "# Title\n\nTwo\nlines and  a\\\nbreak.\n\n> quoted\n>\n> > deeper\n\n"
        "- one\n\n  more\n- two\n\n  3. three\n  4. four\n\n---\n\n```\nx = 1\n\n\ty\n```\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n| | |\n\nSetext\n------\n"
    )
    assert [
        (text, *block[2:]) for text, block in zip(texts_of(canonical), canonical.blocks, strict=True)
    ] == [
        ("Title", "heading", 1, 0, 0, ""),
        ("Two lines and a\nbreak.", "paragraph", 0, 0, 0, ""),
        ("quoted", "paragraph", 0, 1, 0, ""),
        ("deeper", "paragraph", 0, 2, 0, ""),
        ("one", "item", 0, 0, 1, "• "),
        ("more", "paragraph", 0, 0, 1, ""),
        ("two", "item", 0, 0, 1, "• "),
        ("three", "item", 0, 0, 2, "3. "),
        ("four", "item", 0, 0, 2, "4. "),
        ("───", "rule", 0, 0, 0, ""),
        ("x = 1\n\n    y", "code", 0, 0, 0, ""),
        ("a | b", "table", 0, 0, 0, ""),
        ("1 | 2", "table", 0, 0, 0, ""),
        ("Setext", "heading", 2, 0, 0, ""),
    ]
    assert (
        Run(canonical.text.index("x = 1"), canonical.text.index("y\n\na |") + 1, Style.CODE) in canonical.runs
    )


def test_styles_of_every_kind_and_one_in_another() -> None:
    canonical = canonicalise(
        "**bold *both*** `code` ~~gone~~ [a **link**](http://x.invalid) ![alt *text*](y) ![](z)"
    )
    assert canonical.text == "bold both code gone a link [alt text]"
    assert marked(canonical) == [
        ("bold ", Style.STRONG),
        ("both", Style.STRONG | Style.EMPHASIS),
        ("code", Style.CODE),
        ("gone", Style.STRIKE),
        ("a ", Style.LINK),
        ("link", Style.LINK | Style.STRONG),
    ]
    assert marked(canonicalise("| a |\n|---|\n| b |")) == [("a", Style.STRONG)]
    assert marked(canonicalise("*a* *b*")) == [("a", Style.EMPHASIS), ("b", Style.EMPHASIS)]
    assert marked(canonicalise("*a*&#42;")) == [("a", Style.EMPHASIS)]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("", ""),
        ("  \n\n", ""),
        ("<div>a</div> b <b>c</b>", "<div>a</div> b <b>c</b>"),
        ("<!-- a -->", "<!-- a -->"),
        ("a&nbsp;b &lt; &unknown;", "a\u00a0b < &unknown;"),
        ("a  \nb", "a\nb"),
        ("a *  b  * c", "a * b * c"),
        ("a\\\n![](x)\\\nb", "a\nb"),
        ("![](x)", ""),
        ("# \n\n- \n\n```\n```\n\na", "a"),
        ("\ud800 a", "\ufffd a"),
        ("e\u0301*\u0323* e*\u0301*x", "\u1eb9\u0301 éx"),
        ("&#x301; a\n\n\u0301b", "\u0301 a\n\n\u0301b"),
        ("\u1100*\u1161*\u11a8", "각"),
        ("\u212b", "Å"),
        ("a&#13;&#9;b&#10;c", "a b\nc"),
    ],
)
def test_only_markup_is_left_out(markdown: str, text: str) -> None:
    assert canonicalise(markdown).text == text


def test_a_mark_that_composes_takes_the_style_of_what_it_composes_with() -> None:
    assert marked(canonicalise("e*\u0301* *x*")) == [("x", Style.EMPHASIS)]
    assert marked(canonicalise("*e*\u0301 x")) == [("é", Style.EMPHASIS)]


def test_nothing_nested_was_left_out() -> None:
    assert canonicalise(">" * 300 + " deep").text.endswith("deep")
    assert canonicalise("- " * 300 + "deep").text.endswith("deep")
    assert canonicalise("> - " * 100 + "deep").text.endswith("deep")
    steps = "\n".join("  " * depth + f"- item{depth}" for depth in range(60))
    assert all(f"item{depth}" in canonicalise(steps).text for depth in range(60))
    assert canonicalise("*" * 300 + "deep").text.endswith("deep")
    assert canonicalise("[" * 300 + "deep").text.endswith("deep")


def test_the_empty_text_has_no_blocks() -> None:
    assert canonicalise("") == Canonical("", (), ())


def test_a_block_is_a_plain_tuple() -> None:
    assert canonicalise("a").blocks == (Block(0, 1, "paragraph"),)


def test_the_sum_is_of_the_text_in_utf8() -> None:
    assert text_sha256("Größe") == hashlib.sha256("Größe".encode()).hexdigest()


def test_long_texts_take_time_in_proportion() -> None:
    """Decomposed accents at the edges of many runs of one block were once quadratic."""
    canonicalise("a")
    unit = "*e\u0301*e*\u0301* "
    began = time.process_time()
    assert canonicalise(unit * 5_000).text == "éé " * 4_999 + "éé"
    assert time.process_time() - began < 5
