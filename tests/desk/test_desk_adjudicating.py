"""What two annotators marked, settled by one of them or by a third."""

from pathlib import Path

import pytest
from desks import PROSE, add_text, desk_at

from reader.desk import Desk
from reader.desk.adjudicating import Unit, pairings, settle, units
from reader.desk.marking import annotate, undo
from reader.desk.people import agreement
from reader.desk.reading import Opened
from reader.errors import InputError
from reader.model import Annotation, Span

GATE = "the new tide gate"
DRY = "She said the gate would keep the harbour dry for a century."
SURE = "Engineers were less sure"


def mark(desk: Desk, opened: Opened, quote: str, code: str, more: int = 0) -> Annotation:
    start = PROSE.index(quote)
    return annotate(desk, opened.revision, Span(start, start + len(quote) + more), code)


def shown(units: list[Unit]) -> list[tuple[str, str, str, bool]]:
    """Each unit: the codes of its two marks, the ruling, whether the two agree."""
    return [
        (
            unit.one.stances[0].code if unit.one else "",
            unit.other.stances[0].code if unit.other else "",
            unit.settlement.ruling if unit.settlement else "",
            unit.agreed,
        )
        for unit in units
    ]


class Three:
    """Ada's and Ben's marks of one article, and Cy who settles."""

    def __init__(self, folder: Path) -> None:
        self.ada, self.ben, self.cy = (desk_at(folder / "l.db", name) for name in ("Ada", "Ben", "Cy"))
        self.opened = add_text(self.ada, folder)
        mark(self.ada, self.opened, GATE, "support")
        mark(self.ben, self.opened, GATE, "support")
        mark(self.ada, self.opened, DRY, "support")
        mark(self.ben, self.opened, DRY, "oppose", more=4)
        mark(self.ben, self.opened, SURE, "question")

    def units(self, desk: Desk) -> list[Unit]:
        return units(desk, self.opened.article.id, self.ada.store.annotator, self.ben.store.annotator)

    def made_by(self, desk: Desk) -> list[tuple[str, str]]:
        """The quotes and codes of an annotator's marks."""
        return [
            (one.anchor.exact, one.stances[0].code)
            for one in desk.store.annotations.of(self.opened.article.id)
            if one.annotator == desk.store.annotator
        ]


@pytest.fixture
def three(tmp_path: Path) -> Three:
    return Three(tmp_path)


def test_marks_stand_side_by_side_by_their_place(three: Three) -> None:
    assert shown(three.units(three.cy)) == [
        ("support", "support", "", True),
        ("support", "oppose", "", False),
        ("", "question", "", False),
    ]
    (two,) = pairings(three.cy, three.opened.article.id)
    assert (two.one.name, two.other.name, two.ones, two.others) == ("Ada", "Ben", 2, 3)
    # One's own marks stand first.
    assert pairings(three.ben, three.opened.article.id)[0].one.name == "Ben"


def test_what_a_third_settles_on_is_marked_by_them_and_undone_as_one(three: Three) -> None:
    _, second, third = three.units(three.cy)
    settle(three.cy, second, "other")
    settle(three.cy, third, "neither")
    assert [ruling for _, _, ruling, _ in shown(three.units(three.cy))] == ["", "other", "neither"]
    assert three.made_by(three.cy) == [(DRY + " Eng", "oppose")]
    # Others settle for themselves; what came of it is nobody's opinion in the comparison.
    assert [ruling for _, _, ruling, _ in shown(three.units(three.ada))] == ["", "", ""]
    assert len(pairings(three.ada, three.opened.article.id)) == 1
    assert [(one.one.name, one.other.name) for one in agreement(three.cy).pairs] == [("Ada", "Ben")]
    undo(three.cy)
    assert undo(three.cy).what == "settled: Ben"
    assert [ruling for _, _, ruling, _ in shown(three.units(three.cy))] == ["", "", ""]
    assert three.made_by(three.cy) == []


def test_settling_again_takes_the_first_back(three: Three) -> None:
    settle(three.cy, three.units(three.cy)[1], "both")
    assert len(three.made_by(three.cy)) == 2
    settle(three.cy, three.units(three.cy)[1], "one")
    assert three.made_by(three.cy) == [(DRY, "support")]
    undo(three.cy)
    assert len(three.made_by(three.cy)) == 2
    assert shown(three.units(three.cy))[1][2] == "both"


def test_ones_own_mark_that_stands_is_not_made_again(three: Three) -> None:
    before = three.made_by(three.ben)
    settle(three.ben, three.units(three.ben)[1], "other")
    assert three.made_by(three.ben) == before
    settle(three.ben, three.units(three.ben)[1], "one")
    assert len(three.made_by(three.ben)) == len(before) + 1
    assert len(three.units(three.ben)) == 3


def test_a_mark_that_is_not_there_cannot_be_taken(three: Three) -> None:
    with pytest.raises(InputError, match="only one of the two marked this"):
        settle(three.cy, three.units(three.cy)[2], "both")
    assert three.made_by(three.cy) == []
