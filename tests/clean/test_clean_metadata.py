"""Dates, titles and bylines: what a text says, at the precision it says it, and nothing more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.clean import clean
from reader.clean.dates import date_of_line, parse_date
from reader.model import Incoming, Metadata


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023", "2023"),
        ("2023-03", "2023-03"),
        ("2023-03-02", "2023-03-02"),
        ("20230302", "2023-03-02"),
        ("2023-03-02T09:14:05Z", "2023-03-02T09:14:05Z"),
        ("2023-03-02T09:14:05.123+05:30", "2023-03-02T03:44:05Z"),
        ("2023-03-02 09:14 UTC", "2023-03-02T09:14:00Z"),
        ("2023-03-02T09:14:05", "2023-03-02"),
        ("Thu, 02 Mar 2023 09:14:05 +0100", "2023-03-02T08:14:05Z"),
        ("March 2, 2023", "2023-03-02"),
        ("Sept. 4th, 2023", "2023-09-04"),
        ("2 March 2023", "2023-03-02"),
        ("2. März 2023", "2023-03-02"),
        ("le 2 février 2023", "2023-02-02"),
        ("2 de marzo de 2023", "2023-03-02"),
        ("2023年3月2日", "2023-03-02"),
        ("March 2023", "2023-03"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("2.2.2023", "2023-02-02"),
        ("03/02/2023", "2023"),
        ("2023/3/2", "2023-03-02"),
        ("2023-02-30", ""),
        ("31/31/2023", ""),
        ("yesterday", ""),
        ("", ""),
        ("the 40th day of 2023", ""),
    ],
)
def test_a_date_is_read_at_the_precision_that_is_known(text: str, date: str) -> None:
    assert parse_date(text) == date


@given(st.text(max_size=90))
def test_no_text_makes_a_date_that_is_none(text: str) -> None:
    found = parse_date(text)
    assert found == "" or parse_date(found) == found


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("March 2, 2023", "2023-03-02"),
        ("Published: Thursday, 2 March 2023, 9:14 a.m. EST", "2023-03-02"),
        ("Updated on March 2, 2023", "2023-03-02"),
        ("2023-03-02", "2023-03-02"),
        ("On March 2, 2023 the road was closed.", ""),
        ("March 2, 2023 was a cold day", ""),
        ("2023", ""),
    ],
)
def test_a_date_line_is_a_date_and_nothing_else(line: str, date: str) -> None:
    assert date_of_line(line) == date


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
    assert metadata == Metadata(title="A title", published="2021-05-04")
