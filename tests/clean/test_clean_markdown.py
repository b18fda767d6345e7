"""Markdown files: front matter is read, leftovers go, everything else stays as it is."""

import pytest

from reader.clean import clean
from reader.clean.markdown import read_front_matter
from reader.model import Cleaned, Incoming, Metadata

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
