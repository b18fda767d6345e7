"""The order of the listed articles: known from the top down, as far as it has been looked at."""

from pathlib import Path

import pytest
from shelf import desk_of

from reader.desk import finding, reading
from reader.tui import listing
from reader.tui.listing import Listing


@pytest.fixture(autouse=True)
def _little_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read so few articles at once that a small library takes many reads."""
    monkeypatch.setattr(listing, "FIRST", 5)
    monkeypatch.setattr(listing, "_AHEAD", 7)


@pytest.mark.parametrize("step", [1, 3, 6, 11])
def test_walking_down_the_list_meets_every_article_once_and_in_order(many: Path, step: int) -> None:
    desk = desk_of(many)
    every = list(finding.numbers(desk))
    listed = Listing(desk)
    assert [listed.number(index) for index in range(0, len(every), step)] == every[::step]
    assert listed.number(len(every)) is None
    assert listed.all_numbers() == every


def test_no_more_of_the_order_is_read_than_is_looked_at(many: Path) -> None:
    listed = Listing(desk_of(many))
    listed.number(11)
    assert not listed.complete
    assert listed.number(len(listed) - 1) == 1
    assert listed.complete


def test_articles_that_another_session_removes_meanwhile_end_the_list_earlier(many: Path) -> None:
    desk, other = desk_of(many), desk_of(many, "Other")
    listed = Listing(desk)
    every = list(finding.numbers(desk))
    for number in every[8:12]:
        reading.remove(other, reading.opened(other, number).article.id)
    left = every[:8] + every[12:]
    assert [listed.number(index) for index in range(len(every))] == left + [None] * 4
