from pathlib import Path

import pytest
from libraries import add, library, mark, restance

from reader.errors import ConflictError
from reader.model import Stance
from reader.query import parse
from reader.store import Store


def stances(store: Store) -> list[dict[str, str]]:
    return [
        {stance.target: stance.code for stance in row.annotation.stances}
        for row in store.annotations.export_rows()
    ]


def target_id(store: Store, text: str) -> str:
    target = store.targets.find(text)
    assert target is not None
    return target.id


def test_renaming_keeps_the_id_and_everything_toward_it(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        mark(store, add(store), target="tax")
        mark(store, add(store, "Another text of words."), target="tax")
        known = target_id(store, "tax")
        changed = store.targets.change(known, "renamed the target: tax → the tax", text="the tax")
        assert (changed.id, changed.text) == (known, "the tax")
        assert stances(store) == [{"the tax": "support"}] * 2
        assert len(store.search.numbers(parse("the tax"))) == 2
    with library(path) as store:
        assert store.history.undo().what == "renamed the target: the tax → tax"
        assert stances(store) == [{"tax": "support"}] * 2
        assert store.history.redo().what == "renamed the target: tax → the tax"
        assert [use.target.text for use in store.targets.uses()] == ["the tax"]
        assert store.check() == []


def test_what_was_done_before_a_renaming_is_still_undone_in_its_article(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store)
        annotation = mark(store, article, target="tax")
        restance(store, annotation, "oppose", "tax")
        store.targets.change(target_id(store, "tax"), "renamed", text="the tax")
        assert store.history.undo(article.id).what == "oppose → support"
        assert stances(store) == [{"the tax": "support"}]


def test_a_kind_is_kept_and_undone(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        mark(store, add(store), target="tax")
        known = target_id(store, "tax")
        assert store.targets.change(known, "the target's kind: none → policy", kind="policy").kind == "policy"
        assert [target.kind for target in store.targets.in_use()] == ["policy"]
        store.history.undo()
        assert store.targets.get(known).kind == ""


def test_the_name_of_another_target_is_refused(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        mark(store, add(store), target="tax")
        mark(store, add(store, "Another text of words."), target="war")
        with pytest.raises(ConflictError, match="merge the two"):
            store.targets.change(target_id(store, "tax"), "renamed", text="war")
        assert stances(store) == [{"tax": "support"}, {"war": "support"}]


@pytest.mark.parametrize(("keep", "left"), [("tax", "support"), ("the tax", "oppose")])
def test_merging_takes_every_stance_along_and_keeps_the_chosen_one_of_two(
    tmp_path: Path, keep: str, left: str
) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        both = mark(store, add(store), target="tax")
        restance(store, both, "oppose", "the tax")
        mark(store, add(store, "Another text of words."), code="discuss", target="tax")
        deleted = mark(store, add(store, "A third text of words."), target="tax")
        store.annotations.delete(deleted.id, "deleted a mark")
        before = stances(store)
        one, other = target_id(store, "tax"), target_id(store, "the tax")
        assert store.targets.clashes(one, other) == store.targets.clashes(other, one) == 1
        assert store.targets.merge(one, other, "merged", keep=target_id(store, keep)) == 3
        assert stances(store) == [{"the tax": left}, {"the tax": "discuss"}]
        assert [use.target.text for use in store.targets.uses()] == ["the tax"]
        assert store.search.numbers(parse("the tax"))
    with library(path) as store:
        store.history.undo()
        assert stances(store) == before
        store.history.redo()
        assert stances(store) == [{"the tax": left}, {"the tax": "discuss"}]
        store.history.undo()
        store.history.undo()
        restored = store.annotations.get(deleted.id)
        assert restored.stances == (Stance("tax", "stance", "support"),)


def test_equal_stances_toward_both_are_no_clash(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        both = mark(store, add(store), target="tax")
        restance(store, both, "support", "the tax")
        assert store.targets.clashes(target_id(store, "tax"), target_id(store, "the tax")) == 0


def test_the_uses_are_counted_of_living_marks(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article, other = add(store), add(store, "Another text of words.")
        mark(store, article, 0, 9, target="tax")
        mark(store, article, 10, 14, target="tax")
        gone = mark(store, other, target="tax")
        assert [(use.marks, use.articles) for use in store.targets.uses()] == [(3, 2)]
        store.annotations.delete(gone.id, "deleted a mark")
        assert [(use.marks, use.articles) for use in store.targets.uses()] == [(2, 1)]
