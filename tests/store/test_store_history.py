from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from libraries import BEN, add, draft, library, mark, restance

from reader.errors import ConflictError, NotFoundError
from reader.model import Change
from reader.store.history import inverse


def test_a_chain_of_changes_back_and_forth(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
        states = [store.annotations.of(article.id)]
        annotation = mark(store, article)
        states.append((annotation,))
        annotation = restance(store, annotation, "oppose")
        states.append((annotation,))
        annotation = store.annotations.save(
            replace(annotation, note="n", tags=("a", "b")), "changed the note"
        )
        states.append((annotation,))
        store.annotations.delete(annotation.id, "deleted a mark")
        states.append(())
    undone = ["restored a mark", "changed the note", "oppose → support", "unmarked (support)"]
    with library(path) as store:
        for told, state in zip(undone, reversed(states[:-1]), strict=True):
            assert store.history.undo(article.id) == Change(
                what=told, article_id=article.id, annotation_id=annotation.id
            )
            found = store.annotations.of(article.id)
            assert [replace(one, updated_at="") for one in found] == [
                replace(one, updated_at="") for one in state
            ]
        with pytest.raises(NotFoundError, match="nothing to undo in this article"):
            store.history.undo(article.id)
    done = ["marked as support", "support → oppose", "changed the note", "deleted a mark"]
    with library(path) as store:
        for told, state in zip(done, states[1:], strict=True):
            assert store.history.redo().what == told
            found = store.annotations.of(article.id)
            assert [replace(one, updated_at="") for one in found] == [
                replace(one, updated_at="") for one in state
            ]
        with pytest.raises(NotFoundError, match="nothing to redo"):
            store.history.redo()
        assert store.check() == []


def test_a_new_change_ends_what_can_be_redone_in_its_article_only(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        one, two = add(store, "One text."), add(store, "Two text.")
        for article in (one, two):
            mark(store, article, 0, 3)
        store.history.undo()
        store.history.undo()
        mark(store, one, 4, 8)
        with pytest.raises(NotFoundError):
            store.history.redo(one.id)
        assert store.history.redo().article_id == two.id
        with pytest.raises(NotFoundError):
            store.history.redo()


def test_a_change_after_one_that_failed_ends_what_can_be_redone_too(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, "One text.")
        mark(store, article, 0, 3)
        store.history.undo()
        with store.transaction():
            with suppress(ZeroDivisionError), store.transaction():
                mark(store, article, 2, 4)
                raise ZeroDivisionError
            mark(store, article, 4, 8)
        with pytest.raises(NotFoundError):
            store.history.redo(article.id)


def test_undo_by_article_and_anywhere(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        one, two = add(store, "One text."), add(store, "Two text.")
        mark(store, one, 0, 3)
        mark(store, two, 0, 3)
        assert store.history.undo(one.id).article_id == one.id
        assert store.history.undo().article_id == two.id
        assert store.history.redo().article_id == two.id, "what was undone last is redone first"
        assert store.history.redo().article_id == one.id


def test_only_ones_own_changes_are_undone(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store, library(path, BEN) as other:
        article = add(store)
        mine = mark(store, article)
        theirs = mark(other, article, 4, 9)
        store.history.undo()
        assert store.annotations.of(article.id) == (theirs,)
        with pytest.raises(NotFoundError):
            store.history.undo()
        other.history.undo()
        assert store.annotations.of(article.id) == ()
        store.history.redo()
        assert [one.id for one in store.annotations.of(article.id)] == [mine.id]


def test_what_another_changed_since_is_not_undone(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store, library(path, BEN) as other:
        article = add(store)
        annotation = restance(store, mark(store, article), "oppose")
        theirs = restance(other, annotation, "mixed")
        with pytest.raises(ConflictError, match="support → oppose"):
            store.history.undo(article.id)
        assert store.annotations.of(article.id) == (theirs,)
        other.history.undo(article.id)
        assert store.history.undo(article.id).what == "oppose → support"
        other.annotations.save(
            replace(store.annotations.get(annotation.id), note="Ben's"), "changed the note"
        )
        with pytest.raises(ConflictError, match="marked as support"):
            store.history.undo(article.id)
        assert store.annotations.get(annotation.id).note == "Ben's"


def test_another_field_changed_by_another_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store, library(path, BEN) as other:
        annotation = restance(store, mark(store, add(store)), "oppose")
        other.annotations.save(replace(annotation, note="Ben's"), "changed the note")
        store.history.undo()
        now = store.annotations.get(annotation.id)
        assert (now.note, now.stances[0].code) == ("Ben's", "support")


def test_a_conflict_in_a_group_undoes_none_of_it(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store, library(path, BEN) as other:
        article = add(store)
        with store.transaction():
            first = mark(store, article)
            second = mark(store, article, 4, 9)
        other.annotations.save(replace(first, note="Ben's"), "changed the note")
        with pytest.raises(ConflictError):
            store.history.undo()
        assert {one.id for one in store.annotations.of(article.id)} == {first.id, second.id}


def test_redo_of_what_another_changed_since(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store, library(path, BEN) as other:
        annotation = restance(store, mark(store, add(store)), "oppose")
        store.history.undo()
        restance(other, store.annotations.get(annotation.id), "mixed")
        with pytest.raises(ConflictError):
            store.history.redo()
        assert store.annotations.get(annotation.id).stances[0].code == "mixed"


def test_a_mark_that_comes_back_comes_to_the_text_that_is_shown(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store, origin="/a.txt")
        annotation = mark(store, article)
        store.annotations.delete(annotation.id, "deleted a mark")
        store.articles.add([draft("Wholly other words.", origin="/a.txt")])
        store.history.undo(article.id)
        (back,) = store.annotations.of(article.id)
        assert (back.id, back.anchor.status) == (annotation.id, "orphan")
        assert back.anchor.exact == annotation.anchor.exact
        assert not store.articles.get(1).newer_revision
        assert store.check() == []


def test_changes_of_an_article_and_of_its_marks_are_one_line(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store)
        mark(store, article)
        store.articles.set_starred(article.id, True)
        store.articles.remove(article.id)
        told = [store.history.undo().what for _ in range(3)]
        assert told == ["brought the article back", "unstarred", "unmarked (support)"]
        told = [store.history.redo().what for _ in range(3)]
        assert told == ["marked as support", "starred", "removed the article"]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("support → oppose", "oppose → support"),
        ("target: tax → war", "target: war → tax"),
        ("marked as support", "unmarked (support)"),
        ("marked", "unmarked"),
        ("marked as read", "marked as unread"),
        ("deleted a mark", "restored a mark"),
        ("starred", "unstarred"),
        ("changed the note", "changed the note"),
        ("", ""),
    ],
)
def test_a_change_told_backwards(what: str, told: str) -> None:
    assert inverse(what) == told
