from pathlib import Path

import pytest
from libraries import BEN, add, library, mark

from reader.errors import NotFoundError
from reader.ids import new_id
from reader.model import Annotation, Relation, RelationType
from reader.store import Store


def relation(store: Store, one: Annotation, other: Annotation, kind: RelationType = "supports") -> Relation:
    return Relation(id=new_id(), type=kind, from_id=one.id, to_id=other.id, annotator=store.annotator)


def link(store: Store, one: Annotation, other: Annotation, kind: RelationType = "supports") -> Relation:
    return store.relations.add(relation(store, one, other, kind), f"linked: {kind}", at=other.id)


def test_a_relation_is_listed_at_both_ends_across_articles(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        here, there = add(store), add(store, "Another text of words.", title="Another")
        one, other = mark(store, here), mark(store, there)
        made = link(store, one, other, "evidence_for")
        (from_one,) = store.relations.of(one.id)
        (from_other,) = store.relations.of(other.id)
        assert (from_one.relation, from_one.outgoing, from_one.other.id) == (made, True, other.id)
        assert (from_one.article, from_one.title) == (there.number, "Another")
        assert (from_other.relation, from_other.outgoing, from_other.other.id) == (made, False, one.id)
        assert store.relations.counts(here.id) == {one.id: 1}
        assert store.relations.counts(there.id) == {other.id: 1}
        assert store.relations.all() == [made]
        assert store.relations.all([here.number]) == []
        assert store.relations.all([here.number, there.number]) == [made]


def test_making_and_taking_away_are_undone_and_redone_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
        one, other = mark(store, article, 0, 9), mark(store, article, 10, 14)
        made = link(store, one, other)
    with library(path) as store:
        change = store.history.undo(article.id)
        assert (change.what, change.annotation_id) == ("unlinked: supports", other.id)
        assert store.relations.of(one.id) == []
    with library(path) as store:
        assert store.history.redo(article.id).what == "linked: supports"
        assert [related.relation for related in store.relations.of(one.id)] == [made]
        store.relations.delete(made.id, "unlinked: supports", at=one.id)
        assert store.relations.all() == []
        with pytest.raises(NotFoundError):
            store.relations.delete(made.id, "unlinked: supports", at=one.id)
    with library(path) as store:
        assert store.history.undo(article.id).annotation_id == one.id
        assert store.relations.all() == [made]


def test_a_relation_is_undone_in_the_article_where_it_was_made(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        here, there = add(store), add(store, "Another text of words.")
        one, other = mark(store, here), mark(store, there)
        link(store, one, other)
        assert store.history.undo(there.id).what == "unlinked: supports"


def test_a_relation_is_hidden_while_one_of_its_ends_is_gone(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        here, there = add(store), add(store, "Another text of words.")
        one, other = mark(store, here), mark(store, there)
        made = link(store, one, other)
        store.annotations.delete(other.id, "deleted a mark")
        assert store.relations.of(one.id) == []
        assert store.relations.all() == []
        assert store.relations.counts(here.id) == {}
        store.history.undo()
        assert store.relations.all() == [made]
        store.articles.remove(there.id)
        assert store.relations.of(one.id) == []
        assert store.relations.all() == []
        assert store.relations.counts(here.id) == {}


def test_the_same_relation_is_found_again_a_symmetric_one_from_either_end(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store)
        one, other = mark(store, article, 0, 9), mark(store, article, 10, 14)
        directed, symmetric = link(store, one, other), link(store, one, other, "contradicts")
        assert store.relations.find(relation(store, one, other)) == directed
        assert store.relations.find(relation(store, other, one)) is None
        assert store.relations.find(relation(store, other, one, "contradicts")) == symmetric
        assert store.relations.find(relation(store, one, other, "same_claim")) is None


def test_a_relation_to_a_deleted_mark_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store)
        one, other = mark(store, article, 0, 9), mark(store, article, 10, 14)
        store.annotations.delete(other.id, "deleted a mark")
        with pytest.raises(NotFoundError, match="not there any more"):
            link(store, one, other)
        assert store.history.undo().what == "restored a mark"
        assert store.relations.all() == []


def test_anothers_link_is_not_undone(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
        one, other = mark(store, article, 0, 9), mark(store, article, 10, 14)
        made = link(store, one, other)
    with library(path, BEN) as store:
        with pytest.raises(NotFoundError, match="nothing to undo"):
            store.history.undo()
        assert store.relations.all() == [made]
        assert store.relations.all()[0].annotator.name == "Ann"
