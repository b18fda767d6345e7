from pathlib import Path

import pytest
from desks import add_text, desk_at

from reader.desk import Desk, open_desk, schemes
from reader.desk.marking import annotate, change, restance
from reader.errors import SchemeError
from reader.ids import new_id, utc_now
from reader.model import Annotator, Span, Stance

MINE = """name = "mine"
version = 1
"""
LABEL = """
[[label]]
key = "{key}"
code = "{code}"
name = "{code}"
symbol = "{symbol}"
colour = "support"
definition = "says {code}"
"""


def own_scheme(folder: Path, *codes: str, version: int = 1) -> Path:
    folder.mkdir(exist_ok=True)
    labels = (LABEL.format(key=key, code=code, symbol=code[0]) for key, code in enumerate(codes, 1))
    (folder / "mine.toml").write_text(MINE.replace("1", str(version)) + "".join(labels), encoding="utf-8")
    return folder


def desk_with(path: Path, own: Path, scheme: str = "") -> Desk:
    who = Annotator(id="annotator-Ada", name="Ada")
    return open_desk(path, annotator=who, clock=utc_now, new_id=new_id, scheme=scheme, own_schemes=own)


def test_a_choice_is_kept_for_the_annotator_in_the_library(tmp_path: Path) -> None:
    path, own = tmp_path / "l.db", own_scheme(tmp_path / "schemes", "yes", "no")
    with desk_with(path, own, scheme="fnc") as desk:
        assert desk.scheme.name == "fnc"
        assert schemes.choose(desk, "mine").scheme.name == "mine"
    with desk_with(path, own, scheme="fnc") as desk:
        assert desk.scheme.name == "mine"
    with desk_at(path, "Ben") as desk:
        assert desk.scheme.name == "stance"


def test_a_scheme_of_this_moment_is_not_kept(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        assert schemes.with_scheme(desk, "fnc").scheme.name == "fnc"
    with desk_at(tmp_path / "l.db") as desk:
        assert desk.scheme.name == "stance"


def test_changing_schemes_and_labels_leaves_every_mark_as_it_was(tmp_path: Path) -> None:
    path, own = tmp_path / "l.db", own_scheme(tmp_path / "schemes", "yes", "no")
    with desk_with(path, own, scheme="mine") as desk:
        opened = add_text(desk, tmp_path)
        mark = annotate(desk, opened.revision, Span(0, 5), "no")
        assert schemes.choose(desk, "rumour").scheme.name == "rumour"
        assert desk.store.annotations.get(mark.id) == mark
    # The label is gone from the file, then the file too.
    own_scheme(own, "yes", version=2)
    with desk_with(path, own) as desk:
        meanings = [scheme.label("no") for scheme in schemes.known(desk) if scheme.name == "mine"]
        assert [label.definition for label in meanings if label] == ["says no"]
        assert desk.store.annotations.get(mark.id) == mark
    (own / "mine.toml").unlink()
    with desk_with(path, own) as desk:
        available, problems = schemes.available(desk)
        assert [label.code for label in available[-1].labels] == ["yes", "no"]
        assert problems == ()
        changed = restance(schemes.choose(desk, "mine"), mark, "yes")
        assert changed.stances == (Stance("", "mine", "yes"),)


def test_a_chosen_scheme_that_cannot_be_used_gives_way_to_the_default_with_a_notice(tmp_path: Path) -> None:
    path, own = tmp_path / "l.db", own_scheme(tmp_path / "schemes", "yes")
    with desk_with(path, own) as desk:
        schemes.choose(desk, "mine")
        assert desk.notice == ""
    own_scheme(own, "none")
    with desk_with(path, own) as desk:
        assert desk.scheme.name == "stance"
        assert f"{own / 'mine.toml'}:6: the code 'none'" in desk.notice
        assert schemes.available(desk)[1] == (desk.notice,)


def test_a_retired_label_is_not_given_any_more_and_stays_where_it_was_given(tmp_path: Path) -> None:
    path, own = tmp_path / "l.db", own_scheme(tmp_path / "schemes", "yes", "no")
    with desk_with(path, own, scheme="mine") as desk:
        opened = add_text(desk, tmp_path)
        mark = annotate(desk, opened.revision, Span(0, 5), "no", "gate")
    file = own / "mine.toml"
    file.write_text(file.read_text() + "retired = true\n")
    with desk_with(path, own, scheme="mine") as desk:
        with pytest.raises(SchemeError, match="has retired the stance 'no': it has yes"):
            annotate(desk, opened.revision, Span(0, 5), "no")
        # Its target may change all the same.
        changed = change(desk, mark, stances=[Stance("bridge", "mine", "no")])
        assert changed.stances == (Stance("bridge", "mine", "no"),)
        with pytest.raises(SchemeError, match="the scheme mine has no stance 'deny'"):
            change(desk, changed, stances=[Stance("bridge", "rumour", "deny")])


def test_what_a_mark_was_made_with_is_recorded_with_it_and_once(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db") as desk:
        opened = add_text(desk, tmp_path)
        annotate(desk, opened.revision, Span(0, 5), None)
        assert desk.store.schemes.all() == ()
        annotate(desk, opened.revision, Span(0, 5), "support")
        annotate(desk, opened.revision, Span(0, 6), "oppose")
        assert desk.store.schemes.all() == (desk.scheme,)
