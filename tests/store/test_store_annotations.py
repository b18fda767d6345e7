from dataclasses import replace
from pathlib import Path

import pytest
from libraries import ANN, BEN, TEXT, add, draft, library, mark, marks_in, restance, sql

from reader.errors import NotFoundError
from reader.ids import new_id
from reader.model import Anchor, Annotation, Span, Stance
from reader.query import parse


def everything(article_id: str, revision_id: str) -> Annotation:
    """An annotation with all its fields filled."""
    return Annotation(
        id=new_id(),
        article_id=article_id,
        annotator=ANN,
        anchor=Anchor(
            revision_id=revision_id,
            span=Span(4, 9),
            exact="mayor",
            prefix="The ",
            suffix=" said",
            status="review",
        ),
        stances=(
            Stance(target="", scheme="stance", code="discuss"),
            Stance(target="a b", scheme="stance", code="oppose"),
            Stance(target="漢字", scheme="other", code="support"),
        ),
        note="A note\nof two lines, with | and \0 and “quotes”.",
        tags=("zeta", "alpha", 'with "quotes"', "nul\0"),
        holder="the mayor",
        voice="reported",
        confidence=2,
    )


def test_every_field_comes_back_also_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
        wanted = everything(article.id, article.revision_id)
        saved = store.annotations.save(wanted, "marked")
        assert saved == replace(wanted, created_at=saved.created_at, updated_at=saved.created_at)
        assert saved.created_at.endswith("Z")
    with library(path, BEN) as store:
        assert store.annotations.of(article.id) == (saved,)
        assert store.annotations.get(saved.id) == saved
        assert store.check() == []


def test_the_order_of_an_articles_annotations(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store)
        spans = [(4, 9), (0, 9), (0, 34), (36, 45), (0, 9)]
        marks = [mark(store, article, start, end) for start, end in spans]
        found = store.annotations.of(article.id)
        assert [tuple(one.span) for one in found] == [(0, 34), (0, 9), (0, 9), (4, 9), (36, 45)]
        assert found[1:3] == (marks[1], marks[4])
        assert marks_in(store) == 5


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
        annotation = mark(store, article, tags=("one",), target="t")
        assert store.annotations.save(annotation, "nothing") == annotation
        same = replace(annotation, stances=(Stance(target=" t ", scheme="stance", code="support"),))
        assert store.annotations.save(same, "nothing") == annotation
        store.annotations.save(replace(annotation, note="new"), "changed the note")
    assert sql(path, "SELECT what, before_json, after_json FROM event WHERE id > 1") == [
        ("changed the note", '{"note":""}', '{"note":"new"}')
    ]


def test_at_most_one_stance_toward_each_target(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        article = add(store)
        stances = [("t", "support"), ("", "oppose"), (" t ", "discuss"), ("  ", "mixed")]
        annotation = mark(store, article, code="")
        annotation = store.annotations.save(
            replace(
                annotation,
                stances=tuple(Stance(target=target, scheme="stance", code=code) for target, code in stances),
            ),
            "changed",
        )
        assert [(stance.target, stance.code) for stance in annotation.stances] == [
            ("", "mixed"),
            ("t", "discuss"),
        ]


def test_targets_are_shared_and_the_last_used_comes_first(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        one, two = add(store, "One text."), add(store, "Two text.")
        first = mark(store, one, 0, 3, target="tax")
        mark(store, two, 0, 3, target=" war ")
        mark(store, two, 0, 3)
        assert [target.text for target in store.targets.in_use()] == ["war", "tax"]
        again = mark(store, two, 0, 3, target="tax")
        targets = store.targets.in_use()
        assert [target.text for target in targets] == ["tax", "war"]
        store.annotations.delete(again.id, "deleted a mark")
        assert store.targets.in_use() == targets
        store.annotations.save(replace(first, stances=()), "removed the stance")
        assert [target.text for target in store.targets.in_use()] == ["war"]
        restance(store, first, "oppose", "tax")
        assert store.targets.in_use() == targets


def test_deleting_hides_and_keeps(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        article = add(store)
        annotation = mark(store, article, note="findme")
        assert list(store.search.numbers(parse("findme"))) == [1]
        store.annotations.delete(annotation.id, "deleted a mark")
        assert store.annotations.of(article.id) == ()
        assert marks_in(store) == 0
        assert list(store.search.numbers(parse("findme"))) == []
        for action in (
            lambda: store.annotations.get(annotation.id),
            lambda: store.annotations.delete(annotation.id, "deleted a mark"),
            lambda: store.annotations.save(replace(annotation, note="x"), "changed the note"),
        ):
            with pytest.raises(NotFoundError, match="deleted"):
                action()
        with pytest.raises(NotFoundError, match="no such annotation"):
            store.annotations.get("no-such-id")
    assert sql(path, "SELECT count(*) FROM annotation JOIN stance ON annotation = key") == [(1,)]


def test_who_made_it_and_when_never_changes(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        annotation = mark(store, add(store))
    with library(path, BEN) as store:
        changed = replace(annotation, annotator=BEN, created_at="1999-01-01", note="Ben was here")
        saved = store.annotations.save(changed, "changed the note")
        assert (saved.annotator, saved.created_at) == (ANN, annotation.created_at)
        assert saved.note == "Ben was here"


def test_an_annotators_new_name_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store:
        annotation = mark(store, add(store))
    with library(path, ANN._replace(name="Ann Other")) as store:
        mark(store, store.articles.get(1), 4, 9)
        assert store.annotations.get(annotation.id).annotator.name == "Ann Other"


def test_a_text_of_another_article_cannot_be_marked(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        one, two = add(store, "One text."), add(store, "Two text.")
        for revision_id in (two.revision_id, "no-such-revision"):
            with pytest.raises(NotFoundError, match="not one of this article"):
                mark(
                    store, replace(two, id=one.id, revision_id=revision_id)
                ) if revision_id == two.revision_id else (
                    store.annotations.save(everything(one.id, revision_id), "marked")
                )
        assert marks_in(store) == 0


def test_a_mark_on_a_text_that_is_not_shown_any_more_is_carried_to_the_one_that_is(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        opened = add(store, origin="/a.txt")
        store.articles.add([draft(f"A first sentence. {TEXT}", origin="/a.txt")])
        annotation = mark(store, opened)
        now = store.articles.get(1)
        assert now.revision_id != opened.revision_id
        assert (annotation.anchor.revision_id, annotation.span) == (now.revision_id, Span(18, 27))
        assert annotation.anchor.exact == TEXT[:9]
        assert store.annotations.of(opened.id) == (annotation,)
        assert store.check() == []


def test_the_rows_of_an_export(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        articles = [add(store, f"{n} " + TEXT, title=f"T{n}") for n in range(4)]
        for article in reversed(articles[:3]):
            mark(store, article, 6, 9, target="t")
            mark(store, article, 0, 9)
            mark(store, article, 0, 3)
        store.annotations.delete(store.annotations.of(articles[1].id)[0].id, "deleted a mark")
        store.articles.remove(articles[2].id)
        rows = list(store.annotations.export_rows())
        assert [(row.metadata.title, tuple(row.annotation.span)) for row in rows] == [
            ("T0", (0, 3)),
            ("T0", (0, 9)),
            ("T0", (6, 9)),
            ("T1", (0, 3)),
            ("T1", (6, 9)),
        ]
        assert {row.annotation for row in rows} == {
            *store.annotations.of(articles[0].id),
            *store.annotations.of(articles[1].id),
        }
        first = rows[0]
        assert first.article_id == articles[0].id
        assert first.text == store.articles.revision(articles[0]).canonical.text
        assert all(row.text is first.text for row in rows[:3])
        assert first.text_sha256 == store.articles.revision(articles[0]).sha256
        assert first.metadata == articles[0].metadata
        assert list(store.annotations.export_rows([2, 4])) == rows[3:]
        assert list(store.annotations.export_rows([])) == []


def test_an_export_shows_the_library_as_it_was_when_it_began(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as store, library(path, BEN) as other:
        if store.journal_mode != "wal":
            pytest.skip("with a rollback journal, writers wait for readers")
        article = add(store)
        annotations = [mark(store, article, n, n + 1) for n in range(30)]
        rows = store.annotations.export_rows()
        seen = [next(rows).annotation]
        other.annotations.delete(annotations[20].id, "deleted a mark")
        mark(store, article, 3, 5)
        seen += [row.annotation for row in rows]
        assert seen == annotations
