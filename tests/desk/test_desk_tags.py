"""Tags on articles: given, shown, found, taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import add_text, desk_at

from reader.desk import Desk, finding, marking, reading
from reader.errors import InputError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "library.db") as desk:
        yield desk


def test_tags_are_tidied_shown_and_undone(desk: Desk, tmp_path: Path) -> None:
    article = add_text(desk, tmp_path).article
    reading.set_tags(desk, article.id, ["  flood ", "", "town  budget", "flood"])
    assert reading.article(desk, 1).tags == ("flood", "town budget")
    assert finding.first_rows(desk, 1)[0].tags == ("flood", "town budget")
    reading.set_tags(desk, article.id, ["flood"])
    assert marking.undo(desk).what == "tags: flood → flood, town budget"
    assert reading.article(desk, 1).tags == ("flood", "town budget")
    marking.undo(desk)
    assert reading.article(desk, 1).tags == ()
    marking.redo(desk)
    assert reading.article(desk, 1).tags == ("flood", "town budget")


@pytest.mark.parametrize("tag", ["a|b", "a,b"])
def test_no_tag_holds_what_parts_tags(desk: Desk, tmp_path: Path, tag: str) -> None:
    article = add_text(desk, tmp_path).article
    with pytest.raises(InputError, match="make two of it"):
        reading.set_tags(desk, article.id, [tag])


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("flood", [1]),
        ("FLO", [1]),
        ("loo", []),
        ("budg", [1]),
        ("town budget", [1]),
        ('"town budget"', [1]),
        ("flood engineers", [1]),
        ("flood nothing", []),
        ("council", [2, 1]),
    ],
)
def test_articles_are_found_by_their_tags(desk: Desk, tmp_path: Path, query: str, numbers: list[int]) -> None:
    first = add_text(desk, tmp_path).article
    add_text(desk, tmp_path, "Another council met at noon, and said nothing at all.\n", "other.txt")
    reading.set_tags(desk, first.id, ["Flood", "town budget"])
    assert list(finding.search(desk, query, typing=True)) == numbers


def test_removed_articles_are_not_found_by_their_tags(desk: Desk, tmp_path: Path) -> None:
    article = add_text(desk, tmp_path).article
    reading.set_tags(desk, article.id, ["flood"])
    reading.remove(desk, article.id)
    assert list(finding.search(desk, "flood")) == []


def test_unread(desk: Desk, tmp_path: Path) -> None:
    for place in range(3):
        add_text(desk, tmp_path, f"Story {place} is told here, at some length.\n", f"{place}.txt")
    reading.set_read(desk, reading.article(desk, 2).id, True, asked=True)
    assert finding.unread(desk) == 2
    assert list(finding.unread_of(desk, [3, 2, 1])) == [3, 1]
    marking.undo(desk)
    assert finding.unread(desk) == 3
