"""How far two annotators agree, over real marks in a library."""

from pathlib import Path

import pytest
from desks import PROSE, add_text, desk_at

from reader.agreement import SpanCount
from reader.desk import Desk, schemes
from reader.desk.marking import annotate
from reader.desk.people import agreement, merge
from reader.desk.reading import Opened
from reader.model import Merged, Span

GATE = "the new tide gate"
DRY = "She said the gate would keep the harbour dry for a century."
SURE = "Engineers were less sure"


def mark(desk: Desk, opened: Opened, quote: str, code: str | None, target: str = "", more: int = 0) -> None:
    start = PROSE.index(quote)
    annotate(desk, opened.revision, Span(start, start + len(quote) + more), code, target)


def test_labels_are_compared_toward_the_same_target_on_spans_that_overlap(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db", "Ada") as ada, desk_at(tmp_path / "l.db", "Ben") as ben:
        opened = add_text(ada, tmp_path)
        mark(ada, opened, GATE, "support", "gate")
        mark(ben, opened, GATE, "support", "gate")
        mark(ada, opened, DRY, "support")
        mark(ben, opened, DRY, "oppose", more=4)
        # Not toward the same target: a pair of spans, and none of labels.
        mark(ada, opened, SURE, "oppose", "gate")
        mark(ben, opened, SURE, "oppose", "engineers")
        # Without a stance, and in an article that Ben did not mark.
        mark(ada, opened, "council", None)
        mark(ada, add_text(ada, tmp_path, PROSE[:60] + "More.", "more.txt"), GATE, "support")
        ((found,), together) = agreement(ada)
        assert together == []
    assert (found.scheme, found.one.name, found.other.name) == ("stance", "Ada", "Ben")
    assert (found.articles, found.pairs, found.labels) == (1, 2, 2)
    assert found.kappa == 0
    assert found.alpha == pytest.approx(0)
    assert found.exact == SpanCount(2, 3, 3)
    assert found.half == SpanCount(3, 3, 3)


def test_each_scheme_and_each_two_annotators_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with desk_at(path, "Ada") as ada, desk_at(path, "Ben") as ben, desk_at(path, "Cy") as cy:
        opened = add_text(ada, tmp_path)
        for desk in (ada, ben, cy):
            mark(desk, opened, GATE, "support")
            mark(schemes.with_scheme(desk, "fnc"), opened, DRY, "agree")
        found = agreement(ada).pairs
        assert [(one.scheme, one.one.name, one.other.name) for one in found] == [
            (scheme, *pair)
            for scheme in ("fnc", "stance")
            for pair in (("Ada", "Ben"), ("Ada", "Cy"), ("Ben", "Cy"))
        ]
        assert all(one.kappa is None and one.alpha is None and one.labels == 1 for one in found)
        assert {one.scheme for one in agreement(ada, scheme="fnc").pairs} == {"fnc"}
        assert agreement(ada, [opened.article.number + 1]) == ([], [])


def test_three_annotators_are_compared_all_at_once_where_two_of_them_marked(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with desk_at(path, "Ada") as ada, desk_at(path, "Ben") as ben, desk_at(path, "Cy") as cy:
        opened = add_text(ada, tmp_path)
        for desk, code in ((ada, "support"), (ben, "support"), (cy, "oppose")):
            mark(desk, opened, GATE, code, "gate")
        # Two who agree, and what does not count: one alone, and another target.
        mark(ada, opened, DRY, "oppose")
        mark(cy, opened, DRY, "oppose", more=4)
        mark(ben, opened, SURE, "question")
        mark(ben, opened, DRY, "support", "the harbour")
        # Cy alone was there.
        mark(cy, add_text(ada, tmp_path, PROSE[:60] + "More.", "more.txt"), GATE, "support")
        (found,) = agreement(ada).together
    assert [who.name for who in found.annotators] == ["Ada", "Ben", "Cy"]
    assert (found.articles, found.units, found.given, found.labels) == (1, 2, 5, 2)
    # By hand: of 5 labels 2 are support and 3 oppose; in the unit of three, 4 of 6 pairs differ.
    assert found.alpha == pytest.approx(1 - (5 - 1) * (4 / 2) / (2 * 3 * 2))


def test_a_library_is_not_merged_with_itself(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        mark(desk, add_text(desk, tmp_path), GATE, "support")
        (tmp_path / "link.db").symlink_to(tmp_path / "l.db")
        for name in ("l.db", "link.db"):
            assert merge(desk, tmp_path / name) == Merged()
