"""Queries saved under a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import add_text, desk_at

from reader.desk import Desk, finding, marking, queries
from reader.errors import ConflictError, InputError, NotFoundError, QueryError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "library.db") as desk:
        add_text(desk, tmp_path)
        yield desk


def names(desk: Desk) -> list[tuple[str, str]]:
    return [(query.name, query.query) for query in queries.saved(desk)]


def test_saving_changing_renaming_and_removing_is_undone_and_redone(desk: Desk) -> None:
    assert queries.save(desk, ' to "check" ', "gate  is:unread") == "to check"
    assert queries.save(desk, "Money", "crowns") == "Money"
    assert names(desk) == [("Money", "crowns"), ("to check", "gate is:unread")]
    queries.save(desk, "Money", "million")
    assert names(desk)[0] == ("Money", "million")
    assert marking.undo(desk, None).what == "query “Money”: million → crowns"
    assert names(desk)[0] == ("Money", "crowns")
    money = queries.saved(desk)[0]
    assert queries.rename(desk, money, "Cost") == "Cost"
    assert marking.undo(desk, None).what == "renamed the query: Cost → Money"
    assert marking.redo(desk, None).what == "renamed the query: Money → Cost"
    queries.delete(desk, money)
    assert names(desk) == [("to check", "gate is:unread")]
    assert marking.undo(desk, None).what == "brought back the query “Cost”"
    assert names(desk) == [("Cost", "crowns"), ("to check", "gate is:unread")]
    for _ in range(3):
        marking.undo(desk, None)
    assert names(desk) == []
    assert marking.redo(desk, None).what == "saved the query “to check”"
    assert names(desk) == [("to check", "gate is:unread")]


def test_a_name_is_given_once(desk: Desk) -> None:
    queries.save(desk, "a", "gate")
    queries.save(desk, "b", "harbour")
    first, second = queries.saved(desk)
    with pytest.raises(ConflictError, match="another query is saved as “a”"):
        queries.rename(desk, second, "a")
    queries.delete(desk, first)
    queries.rename(desk, second, "a")
    marking.undo(desk, None)
    marking.undo(desk, None)
    assert names(desk) == [("a", "gate"), ("b", "harbour")]
    queries.delete(desk, first)
    queries.save(desk, "a", "crowns")
    with pytest.raises(NotFoundError):
        queries.rename(desk, first._replace(id="nothing"), "x")


@pytest.mark.parametrize("name", ["", "  ", '""', "x" * 61])
def test_what_is_no_name(desk: Desk, name: str) -> None:
    with pytest.raises(InputError):
        queries.save(desk, name, "gate")


def test_only_what_means_something_is_saved(desk: Desk) -> None:
    with pytest.raises(InputError):
        queries.save(desk, "empty", " ")
    with pytest.raises(QueryError):
        queries.save(desk, "wrong", "foo:x")
    assert names(desk) == []


def test_a_saved_query_stands_for_what_it_says(desk: Desk, tmp_path: Path) -> None:
    add_text(desk, tmp_path, "The ferry stops at the harbour.\n", "ferry.txt")
    queries.save(desk, "water", "ferry OR harbour")
    queries.save(desk, "dry water", "saved:water NOT ferry")
    for query, numbers in (
        ("saved:water", [2, 1]),
        ("saved:water gate", [1]),
        ('NOT saved:"dry water"', [2]),
        ('saved:"dry water" OR stops', [2, 1]),
    ):
        assert list(finding.search(desk, query)) == numbers, query
    with pytest.raises(QueryError, match="column 7: there is no query saved as nothing"):
        finding.search(desk, "saved:nothing")


def test_a_saved_query_never_holds_itself(desk: Desk) -> None:
    queries.save(desk, "a", "gate")
    queries.save(desk, "b", "saved:a")
    queries.save(desk, "a", "gate OR saved:b")
    with pytest.raises(
        QueryError, match="in the saved query a: in the saved query b: the saved query a holds"
    ):
        finding.search(desk, "saved:a")
