"""Titles, bylines and dates: what a text says of itself, and nothing more."""

import pytest

from reader.clean import clean
from reader.model import Incoming, Metadata


def metadata_of(text: str, **said: str) -> Metadata:
    return clean(Incoming(raw=text.encode(), media="text", origin="-", metadata=Metadata(**said))).metadata


STORY = "The council of Lindhaven voted on Tuesday to close the harbour road for the whole winter."


def test_the_title_is_the_first_line_that_reads_like_one() -> None:
    assert metadata_of(f"The harbour road closes\n\n{STORY}").title == "The harbour road closes"
    assert (
        metadata_of(f"ADVERTISEMENT\n\nThe harbour road closes\n\n{STORY}").title == "The harbour road closes"
    )


def test_without_a_title_line_it_is_the_first_sentence() -> None:
    assert metadata_of(f"{STORY} Nobody was asked.\n\n{STORY}").title == STORY
    title = metadata_of("word " * 100).title
    assert title.endswith("word…")
    assert 100 < len(title) <= 160


def test_byline_and_date_line_under_the_title_are_read_and_kept() -> None:
    text = f"The harbour road closes\nBy Ana Holm and Per van der Lund\nMay 4, 2021\n\n{STORY}"
    metadata = metadata_of(text)
    assert (metadata.author, metadata.published) == ("Ana Holm and Per van der Lund", "2021-05-04")


@pytest.mark.parametrize("line", ["By the harbour stands a house.", "By Tuesday", "By and large", "By 2021"])
def test_a_sentence_is_no_byline(line: str) -> None:
    assert metadata_of(f"The harbour road closes\n{line}\n\n{STORY}").author == ""


def test_the_container_wins_and_its_values_are_put_right() -> None:
    metadata = metadata_of(
        f"The harbour road closes\n\n{STORY}", title=" A \n title ", published="May 4, 2021", url="not one"
    )
    assert metadata == Metadata(title="A title", published="2021-05-04", language="en")
