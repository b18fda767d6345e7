"""Markdown files: front matter is read, leftovers go, everything else stays as it is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import clean
from reader.clean.markdown import read_front_matter
from reader.clean.markdown_source import read_source
from reader.model import Cleaned, Incoming, Metadata
from reader.text.canonical import canonicalise

BODY = """# The harbour road closes

The council of Lindhaven voted on **Tuesday** to close the [harbour road](https://lindpost.example/map).

> “We do not like it,” said the mayor, who had spoken against the plan twice since the spring.

- one ferry
- two buses

```sh
echo [ad_1] Leave a Reply
```
"""


def cleaned(text: str, **said: str) -> Cleaned:
    return clean(Incoming(raw=text.encode(), media="markdown", origin="-", metadata=Metadata(**said)))


def test_markdown_without_leftovers_is_kept_as_it_is() -> None:
    result = cleaned(BODY)
    assert result.markdown == BODY
    assert [segment.verdict for segment in result.segments] == ["keep"]
    assert result.metadata.title == "The harbour road closes"


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: "The road: a vote"\nurl: https://lindpost.example/a\nauthor: [Ana Holm, Per Lund]\n'
        "date: 2021-05-04\n---\n",
        "---\ntitle: 'The road: a vote'\nlink: https://lindpost.example/a\n"
        "authors:\n  - Ana Holm\n  - Per Lund\ndate: 4 May 2021\n---\n",
        '+++\ntitle = "The road: a vote"\nurl = "https://lindpost.example/a"\n'
        'author = ["Ana Holm", "Per Lund"]\ndate = 2021-05-04\n+++\n',
    ],
    ids=["yaml", "yaml lists", "toml"],
)  # fmt: skip
def test_front_matter_is_read_and_dropped(front: str) -> None:
    result = cleaned(front + "\n" + BODY)
    assert result.metadata == Metadata(
        title="The road: a vote",
        url="https://lindpost.example/a",
        author="Ana Holm, Per Lund",
        published="2021-05-04",
        language="en",
    )
    assert result.markdown == BODY
    assert [(segment.verdict, segment.reason) for segment in result.segments] == [
        ("drop", "front matter"),
        ("keep", ""),
    ]


def test_the_container_wins_over_the_front_matter() -> None:
    result = cleaned(f"---\ntitle: Inside\nauthor: Ana Holm\n---\n{BODY}", title="Outside")
    assert (result.metadata.title, result.metadata.author) == ("Outside", "Ana Holm")


def test_a_rule_between_paragraphs_is_no_front_matter() -> None:
    text = (
        "---\n\nThe council of Lindhaven voted on Tuesday to close the road.\n\n---\n\nIt was nine to four.\n"
    )
    assert cleaned(text).markdown == text


def test_leftovers_are_dropped_but_code_and_links_are_not() -> None:
    tail = "See [my_map][1] and `[ad_2]`.\n\n[1]: https://lindpost.example/m\n\n## Leave a Reply\n"
    text = f"[ad_1]\n\n{BODY}\n{tail}"
    result = cleaned(text)
    assert "[ad_1]\n\n#" not in result.markdown
    assert "## Leave a Reply" not in result.markdown
    assert "echo [ad_1] Leave a Reply" in result.markdown
    assert "See [my_map][1] and `[ad_2]`." in result.markdown
    assert "".join(result.page_text[s.start : s.end] for s in result.segments) == text


def test_front_matter_that_is_odd_is_read_as_far_as_it_goes() -> None:
    content = "title: a\n  longer title\n%%%\nempty:\nquoted: 'it''s'  \ndate: 2021 # when\nlist: []\n"
    assert read_front_matter(content) == {
        "title": "a longer title",
        "empty": "",
        "quoted": "it's",
        "date": "2021",
        "list": "",
    }


@pytest.mark.parametrize(
    "footer",
    [
        "[Privacy policy](https://lindpost.example/p) · [Terms of use](https://lindpost.example/t)",
        "[![Share on Facebook](f.png)](https://lindpost.example/share)",
        "[Leave a Reply](#respond)",
        "- [Privacy Policy](/p)",
        "**[Sign up for our newsletter](/n)**",
        "<p>© 2021 Lind Radio. All rights reserved.</p>",
        "[Copyright](/c) © 2021 Lind Radio. All rights reserved.",
    ],
)
def test_a_line_is_judged_by_what_is_read_of_it_and_goes_with_its_links(footer: str) -> None:
    assert cleaned(f"{BODY}\n{footer}\n").markdown.rstrip() == BODY.rstrip()


def test_a_link_of_which_only_a_part_is_a_leftover_stays_whole() -> None:
    link = "[The map {{ page.title }} of the road](https://lindpost.example/map)"
    assert link in cleaned(f"{BODY}\nSee this: {link} and [sic].\n").markdown


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<div class="a">\n    <p>One.</p>\n    <p>Two.</p>\n</div>', "One.\n\nTwo."),
        ("<div>\n      One line\n      and its rest\n</div>", "One line and its rest"),
        ("One.</p><p>Two.", "One.\n\nTwo."),
        ("One.\n<p>Two.</p>\nThree.", "One.\n\nTwo.\n\nThree."),
        ("One<br>two<br/>\nthree<br>\n\nFour<br><br>five", "One\ntwo\nthree\n\nFour\n\nfive"),
        ("A <b>bold</b> <i>word</i>, H<sub>2</sub>O", "A bold word, H2O"),
        (
            'A <a href="https://a.example/?a=1&b" title="x > y">link</a> <img src="a.png">!',
            "A link !",
        ),
        ("- <p>One.</p>\n- <b>Two.</b>", "One.\nTwo."),
        ("> <p>Quoted.</p>", "Quoted."),
        ("## One<br>two", "One two"),
        ("| a<br>b | <b>c</b> |\n| --- | --- |\n| <p>d</p> | e |", "a b | c\nd | e"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\n\nc"),
        ("One <!-- no\n<b> --> two<script>x < 1</script><style>p {}</style>.", "One two."),
        ("3 < 4, <more> <laughs>, a <b and c> d, <https://a.example/>", None),
        ("`<div>` is code, <!-- is not closed", "<div> is code, <!-- is not closed"),
        ("```\n<div>code</div>\n```", "<div>code</div>"),
    ],
)
def test_tags_inside_markdown_are_not_read(html: str, text: str | None) -> None:
    result = cleaned(f"{BODY}\n{html}\n")
    shown = canonicalise(result.markdown)
    lines = shown.text.partition("Leave a Reply")[2].strip()
    wanted = text if text is not None else html.replace("<https://a.example/>", "https://a.example/")
    assert lines.split() == wanted.split()
    assert [line for line in lines.split("\n") if line] == [line for line in wanted.split("\n") if line]
    assert "".join(result.page_text[s.start : s.end] for s in result.segments) == f"{BODY}\n{html}\n"


PIECES = (
    "<p>", "</p>", "<br>", "<b>", "</b>", "<!--", "-->", "<script>", "</script>", "[", "](/a)", "`", "![",
    "\n", "\n\n", "    ", "word", "Leave a Reply", "- ", "> ", "< 3", "&lt;", "[ad_1]", "| a | b |",
)  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@settings(max_examples=200, deadline=None)
@given(MARKUP)
def test_any_markup_is_covered_and_what_is_not_dropped_is_read(text: str) -> None:
    if not text.strip():
        return
    result = cleaned(text)
    assert "".join(result.page_text[s.start : s.end] for s in result.segments) == text
    kept = "".join(result.page_text[s.start : s.end] for s in result.segments if s.verdict != "drop")
    assert "".join(result.markdown.replace("\\", "").split()) == "".join(kept.split())


@pytest.mark.parametrize("piece", ["<!--", "<a ", '<a b="', "[a](", "[", "![", "<p>", "`a", "<script>"])
def test_hostile_markup_takes_time_in_proportion(piece: str) -> None:
    started = time.process_time()
    cleaned(piece * (200_000 // len(piece)))
    assert time.process_time() - started < 10


def test_code_is_from_a_run_of_ticks_to_the_next_as_long_on_its_line() -> None:
    text = "a `b` ``c ` d`` ```e`` `f\ng` ``h``\n```\ni `j\n```\n"
    assert [text[slice(*found)] for found in read_source(text).code] == [
        "`b`",
        "``c ` d``",
        "``h``",
        "```\ni `j\n```",
    ]
    # Each run unlike all others: 500,000 ticks that are looked at once.
    assert read_source(" ".join("`" * length for length in range(1, 1_000))).code == ()
