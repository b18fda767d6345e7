"""The claims board: what is grouped, counted and set against each other."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desks import add_text, desk_at

from reader.desk import Desk, marking, reading
from reader.desk.board import Board, Counts, Matrix, board, claims
from reader.errors import QueryError
from reader.model import Span

LEVEE, DAM = "the levee", "the dam"


def add(desk: Desk, folder: Path, name: str, source: str, *marks: tuple[str | None, str, str]) -> None:
    """An article with marks: code, target and holder, on its first words in turn."""
    opened = add_text(desk, folder, f"{name} of the stories that were told in town.\n", f"{name}.txt")
    article = opened.article
    reading.correct(desk, article.id, replace(article.metadata, source=source))
    for place, (code, target, holder) in enumerate(marks):
        marking.annotate(desk, opened.revision, Span(place, place + 4), code, target, holder=holder)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "library.db") as desk:
        add(desk, tmp_path, "First", "Post", ("support", LEVEE, "Ada"), ("oppose", DAM, ""))
        add(desk, tmp_path, "Second", "Wire", ("oppose", LEVEE, "Ben"), ("oppose", LEVEE, "Ada"))
        add(desk, tmp_path, "Third", "Post", ("discuss", "", ""), (None, "", ""))
        yield desk


def counted(board: Board, counts: tuple[int, ...]) -> dict[str, int]:
    """Counts by the labels' codes."""
    return {
        label.code if label else "": count for label, count in zip(board.labels, counts, strict=True) if count
    }


def cells(matrix: Matrix) -> dict[tuple[int, int], Counts]:
    """The cells in which there is something."""
    found = {
        (row, column): matrix.cell(row, column)
        for row in range(len(matrix.sources))
        for column in range(len(matrix.targets))
    }
    return {place: counts for place, counts in found.items() if counts is not None}


def test_groups_count_and_tell_where_stances_clash(desk: Desk) -> None:
    found = board(desk, "", by={"source", "holder"})
    assert len(found) == 6
    by_target = found.groups("target")
    assert [(group.name, group.counts.total, group.counts.clash) for group in by_target] == [
        (LEVEE, 3, True),
        ("", 2, False),
        (DAM, 1, False),
    ]
    assert counted(found, by_target[0].counts.labels) == {"support": 1, "oppose": 2}
    assert counted(found, by_target[1].counts.labels) == {"discuss": 1, "": 1}
    assert [(group.name, group.counts.total) for group in found.groups("source")] == [
        ("Post", 4),
        ("Wire", 2),
    ]
    assert {group.name: group.counts.clash for group in found.groups("holder")} == {
        "Ada": True,
        "Ben": False,
        "": False,
    }
    assert [(group.name, group.counts.total) for group in found.groups("stance")] == [
        ("oppose", 3),
        ("", 1),
        ("discuss", 1),
        ("support", 1),
    ]


def test_the_matrix_sets_sources_against_targets(desk: Desk) -> None:
    found = board(desk, "", by={"source"})
    matrix = found.matrix()
    assert (matrix.sources, matrix.targets) == (("Post", "Wire"), (LEVEE, "", DAM))
    assert {place: counted(found, cell.labels) for place, cell in cells(matrix).items()} == {
        (0, 0): {"support": 1},
        (0, 1): {"discuss": 1, "": 1},
        (0, 2): {"oppose": 1},
        (1, 0): {"oppose": 2},
    }
    assert [counts.clash for counts in matrix.by_target] == [True, False, False]
    assert [counts.clash for counts in matrix.by_source] == [True, False]
    assert not any(cell.clash for cell in cells(matrix).values())
    assert [counts.total for counts in matrix.by_source] == [4, 2]


def test_a_query_is_judged_of_each_stance(desk: Desk) -> None:
    (mark,) = [mark for mark in reading.opened(desk, 1).annotations if mark.holder == "Ada"]
    marking.restance(desk, mark, "oppose", DAM)
    for query, stances in (
        ("target:levee", 3),
        ("stance:oppose target:dam", 2),
        ("holder:ada target:levee", 2),
        ("-stance:oppose", 3),
        ("-has:stance", 1),
        ("source:wire", 2),
        ("first", 3),
        ("stance:support OR source:wire", 3),
        ("tag:nothing", 0),
    ):
        assert len(board(desk, query)) == stances, query
    with pytest.raises(QueryError):
        board(desk, "foo:x")


def test_marks_are_listed_as_they_are_now_newest_article_first(desk: Desk) -> None:
    found = board(desk, "")
    shown = claims(desk, found, range(len(found)))
    assert [(claim.article, claim.code, claim.target) for claim in shown if claim] == [
        (3, "", ""),
        (3, "discuss", ""),
        (2, "oppose", LEVEE),
        (2, "oppose", LEVEE),
        (1, "oppose", DAM),
        (1, "support", LEVEE),
    ]
    assert shown[-1] is not None
    assert (shown[-1].quote, shown[-1].holder, shown[-1].source) == ("Firs", "Ada", "Post")
    marking.delete(desk, reading.opened(desk, 2).annotations[0])
    reading.remove(desk, reading.article(desk, 3).id)
    again = claims(desk, found, range(len(found)))
    assert [claim and claim.article for claim in again] == [None, None, 2, None, 1, 1]
    assert len(board(desk, "")) == 3


def test_a_cell_holds_what_the_matrix_counts(desk: Desk) -> None:
    found = board(desk, "", by={"source"})
    matrix = found.matrix()
    for (row, column), counts in cells(matrix).items():
        within = found.within(matrix.sources[row], matrix.targets[column])
        (group,) = within.groups("target")
        assert (group.name, group.counts) == (matrix.targets[column], counts)
        assert len(within.places("target", group.name)) == len(within) == counts.total
        for claim in claims(desk, within, range(len(within))):
            assert claim is not None
            assert (claim.source, claim.target) == (matrix.sources[row], matrix.targets[column])


def test_a_stance_of_a_scheme_that_is_gone_is_counted_under_its_code(desk: Desk, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "library.db") as connection:
        connection.execute("UPDATE stance SET scheme = 'gone', code = 'wavers' WHERE code = 'discuss'")
    connection.close()
    found = board(desk, "")
    group = next(group for group in found.groups("stance") if group.name == "wavers")
    assert group.counts.total == 1
    label = next(label for label in found.labels if label and label.code == "wavers")
    assert label.symbol == "w"


def test_one_code_of_two_schemes_is_two_stances(desk: Desk, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "library.db") as connection:
        connection.execute("UPDATE stance SET scheme = 'rumour', code = 'support' WHERE code = 'discuss'")
    connection.close()
    found = board(desk, "")
    assert sorted(found.rows.codes) == [
        ("", ""),
        ("rumour", "support"),
        ("stance", "oppose"),
        ("stance", "support"),
    ]
    counts = dict(zip(found.rows.codes, found.groups("target")[1].counts.labels, strict=True))
    assert counts[("rumour", "support")] == 1


def test_an_empty_library_has_an_empty_board(tmp_path: Path) -> None:
    with desk_at(tmp_path / "empty.db") as desk:
        found = board(desk, "")
        assert (len(found), found.groups("target"), cells(found.matrix())) == (0, [], {})
