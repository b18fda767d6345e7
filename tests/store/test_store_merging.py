"""Two people's libraries joined, by real files."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from libraries import ANN, BEN, TEXT, add, draft, library, mark, restance, sql
from test_store_migrations import first_release

from reader.errors import (
    CorruptLibraryError,
    ForeignLibraryError,
    NewerLibraryError,
    NotFoundError,
    StoreError,
)
from reader.ids import new_id
from reader.model import Annotation, Label, Merged, Relation, Scheme, Settlement
from reader.query import parse
from reader.store import Store, schema
from reader.store.merging import CONFLICT_TAG

OTHER = "Another text of words."


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "ann" / "mine.db"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    return tmp_path / "ben" / "theirs.db"


def merged(path: Path, other: Path) -> Merged:
    with library(path) as store:
        return store.merge(other)


def content(path: Path) -> list[str]:
    """All rows of a library, but for what only says when it was looked at."""
    tables = [
        name
        for (name,) in sql(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")
        if "fts" not in name and "sqlite" not in name
    ]
    return [f"{table}: {row}" for table in sorted(tables) for row in sql(path, f"SELECT * FROM {table}")]


def told(store: Store) -> list[tuple[str, str, str]]:
    """Every mark: who made it, what it quotes, its stances."""
    return sorted(
        (
            row.annotation.annotator.name,
            row.annotation.anchor.exact,
            ", ".join(f"{stance.code} → {stance.target}" for stance in row.annotation.stances),
        )
        for row in store.annotations.export_rows()
    )


def the_mark(store: Store, annotation_id: str) -> Annotation:
    return store.annotations.get(annotation_id)


def test_everything_of_the_other_library_is_there_with_new_numbers(mine: Path, theirs: Path) -> None:
    with library(theirs, BEN) as store:
        for text in ("One.", "Two."):
            store.articles.remove(add(store, text).id)
        article = add(store, title="Ben's", url="https://news.example/ben")
        one = mark(store, article, 0, 9, target="tax", note="why", tags=("a", "b"), holder="Mayor")
        other = mark(store, add(store, OTHER), code="oppose", target="tax")
        link = Relation(new_id(), "contradicts", one.id, other.id, BEN, "see both")
        link = store.relations.add(link, "linked", at=other.id)
        settlement = Settlement(new_id(), one.id, "", "one", (one.id,), BEN, "2026-03-02T09:00:00.000Z")
        store.settlements.add(settlement, "settled")
        store.targets.change(store.targets.in_use()[0].id, "kind", kind="policy")
        store.schemes.record(Scheme("own", 2, (Label("x", "1", "x", "x", "mixed", "says x"),)))
        unseen = store.annotations.get(one.id)
    with library(mine) as store:
        mark(store, add(store, "Ann's own text of words."))
        assert store.merge(theirs) == Merged(articles=2, marks=2, links=1)
        assert [row.number for row in store.articles.first(9)] == [3, 2, 1]
        assert store.articles.get(article.id).metadata == article.metadata
        assert store.annotations.get(one.id) == unseen
        assert store.relations.all() == [link]
        assert store.settlements.of(article.id) == [settlement]
        assert store.settlements.results() == {one.id}
        assert [(target.text, target.kind) for target in store.targets.in_use()] == [("tax", "policy")]
        assert store.schemes.all()[0].label("x") is not None
        assert list(store.search.numbers(parse("mayor"))) == [2]
        assert store.check() == []


def test_merging_again_changes_nothing_and_the_other_file_never_changes(mine: Path, theirs: Path) -> None:
    with library(theirs, BEN) as store:
        article = add(store)
        gone = mark(store, article, 10, 14)
        mark(store, article, 0, 9, target="tax")
        store.annotations.delete(gone.id, "deleted")
    before, files = theirs.read_bytes(), sorted(theirs.parent.iterdir())
    assert merged(mine, theirs) == Merged(articles=1, marks=1)
    rows = content(mine)
    assert merged(mine, theirs).nothing
    assert content(mine) == rows
    assert (theirs.read_bytes(), sorted(theirs.parent.iterdir())) == (before, files)


def test_a_library_merged_with_itself_or_a_copy_of_it_changes_nothing(mine: Path, tmp_path: Path) -> None:
    with library(mine) as store:
        article = add(store)
        restance(store, mark(store, article, target="tax"), "oppose", "war")
        store.annotations.delete(mark(store, article, 10, 14).id, "deleted")
        store.articles.remove(add(store, OTHER).id)
        store.history.undo()
        store.history.undo()
    rows = content(mine)
    copy = Path(shutil.copy(mine, tmp_path / "copy.db"))
    for other in (mine, copy):
        assert merged(mine, other).nothing
        assert content(mine) == rows


def test_a_library_that_is_in_use_is_merged_as_it_is_at_that_moment(mine: Path, theirs: Path) -> None:
    with library(theirs, BEN) as open_store:
        mark(open_store, add(open_store))
        assert merged(mine, theirs) == Merged(articles=1, marks=1)
        mark(open_store, open_store.articles.get(1), 10, 14)
        assert merged(mine, theirs) == Merged(marks=1)


def test_the_same_bytes_are_the_same_article(mine: Path, theirs: Path) -> None:
    with library(theirs, BEN) as store:
        mark(store, add(store), 0, 9, code="oppose", target="tax")
    with library(mine) as store:
        mark(store, add(store), 0, 9, target="tax")
        assert store.merge(theirs) == Merged(marks=1)
        assert store.articles.count() == 1
        assert told(store) == [("Ann", "The mayor", "support → tax"), ("Ben", "The mayor", "oppose → tax")]
        assert len(store.targets.uses()) == 1
        assert store.merge(theirs).nothing


def test_what_one_side_changed_is_taken_over_whichever_side_that_is(mine: Path, theirs: Path) -> None:
    with library(theirs, BEN) as store:
        annotation = mark(store, add(store), target="tax")
    merged(mine, theirs)
    with library(theirs, BEN) as store:
        restance(store, the_mark(store, annotation.id), "oppose", "tax")
        store.annotations.save(replace(the_mark(store, annotation.id), note="seen"), "note")
    with library(mine) as store:
        assert store.merge(theirs) == Merged(changed=1)
        now = the_mark(store, annotation.id)
        assert (now.note, now.stances[0].code, now.annotator) == ("seen", "oppose", BEN)
        store.annotations.save(replace(now, note="seen by both"), "note")
        # What is older there does not come back.
        assert store.merge(theirs).nothing
        assert the_mark(store, annotation.id).note == "seen by both"
    with library(theirs, BEN) as store:
        assert store.merge(mine) == Merged(changed=1)
        assert the_mark(store, annotation.id).note == "seen by both"


def test_what_both_sides_changed_is_kept_as_both_and_once(mine: Path, theirs: Path) -> None:
    with library(theirs, BEN) as store:
        annotation = mark(store, add(store), target="tax")
    merged(mine, theirs)
    with library(theirs, BEN) as store:
        store.annotations.save(replace(the_mark(store, annotation.id), note="theirs", tags=("a",)), "note")
    with library(mine) as store:
        store.annotations.save(replace(the_mark(store, annotation.id), note="mine"), "note")
        assert store.merge(theirs) == Merged(conflicts=1)
        kept, version = sorted(store.annotations.of(store.articles.get(1).id), key=lambda one: one.note)
        assert (kept.id, kept.note, kept.tags) == (annotation.id, "mine", ())
        assert (version.note, version.tags) == ("theirs", ("a", CONFLICT_TAG))
        assert (version.annotator, version.span) == (BEN, annotation.span)
        assert store.merge(theirs).nothing
        # What became of the version is left as it is.
        store.annotations.delete(version.id, "settled")
        assert store.merge(theirs).nothing
    # The other library gets the same version of it, by the same id.
    with library(theirs, BEN) as store:
        assert store.merge(mine).conflicts == 1


def test_each_library_has_all_of_the_other_in_the_end(mine: Path, theirs: Path) -> None:
    for path, who, code in ((mine, ANN, "support"), (theirs, BEN, "oppose")):
        with library(path, who) as store:
            mark(store, add(store), 0, 9, code=code, target="tax")
            mark(store, add(store, f"{who.name} has a text of words."), code=code)
    merged(mine, theirs)
    with library(theirs, BEN) as store:
        assert store.merge(mine) == Merged(articles=1, marks=2)
        ben_has = told(store)
    with library(mine) as store:
        assert store.merge(theirs).nothing
        assert told(store) == ben_has
        assert len(ben_has) == 4


def test_a_deletion_is_followed_but_for_ones_own_marks(mine: Path, theirs: Path) -> None:
    with library(theirs, BEN) as store:
        bens = mark(store, add(store), 0, 9)
    with library(mine) as store:
        store.merge(theirs)
        anns = mark(store, store.articles.get(1), 10, 14)
    with library(theirs, BEN) as store:
        store.merge(mine)
        for annotation in (bens, anns):
            store.annotations.delete(annotation.id, "deleted")
    with library(mine) as store:
        assert store.merge(theirs) == Merged(deleted=1)
        assert [one.id for one in store.annotations.of(store.articles.get(1).id)] == [anns.id]
        # What was deleted here stays deleted.
        store.annotations.delete(anns.id, "deleted")
    with library(theirs, BEN) as store:
        store.history.undo()
    assert merged(mine, theirs).nothing


def test_what_one_deleted_oneself_in_another_library_is_deleted_here_too(mine: Path, theirs: Path) -> None:
    with library(mine) as store:
        annotation = mark(store, add(store))
    theirs.parent.mkdir()
    shutil.copy(mine, theirs)
    with library(theirs, ANN) as store:
        store.annotations.delete(annotation.id, "deleted")
    assert merged(mine, theirs) == Merged(deleted=1)


def test_a_merge_is_one_change_that_is_undone_and_done_again_also_by_merging(
    mine: Path, theirs: Path
) -> None:
    with library(theirs, BEN) as store:
        article = add(store)
        one, other = mark(store, article, 0, 9, target="tax"), mark(store, article, 10, 14)
        store.relations.add(Relation(new_id(), "supports", one.id, other.id, BEN), "linked", at=other.id)
    with library(mine) as store:
        own = mark(store, add(store, OTHER))
        store.merge(theirs)
        everything = told(store)
    with library(mine) as store:
        assert store.history.undo().what == "merged theirs.db"
        assert told(store) == [("Ann", "Another t", "support → ")]
        assert store.articles.count() == 1
        assert store.relations.all() == []
        assert store.history.redo().what == "merged theirs.db"
        assert told(store) == everything
        store.history.undo()
        restance(store, own, "oppose")
        assert store.merge(theirs) == Merged(articles=1, marks=2, links=1)
        assert len(told(store)) == 3
        assert store.check() == []


def test_a_renamed_target_is_the_same_target(mine: Path, theirs: Path) -> None:
    with library(theirs, BEN) as store:
        mark(store, add(store), target="tax")
    with library(mine) as store:
        store.merge(theirs)
        (target,) = store.targets.in_use()
        store.targets.change(target.id, "renamed", text="the tax")
    with library(theirs, BEN) as store:
        mark(store, store.articles.get(1), 10, 14, target="tax")
    with library(mine) as store:
        assert store.merge(theirs) == Merged(marks=1)
        assert [use.target.text for use in store.targets.uses()] == ["the tax"]


def cleaned_otherwise(store: Store, text: str) -> None:
    """Add the article of `TEXT`'s bytes as another cleaner would have made it."""
    made = draft(text, raw=b"the same bytes")
    store.articles.add([made])


@pytest.mark.parametrize("marked_here", [True, False])
def test_marks_on_another_text_of_an_article_find_their_place_or_wait(
    mine: Path, theirs: Path, marked_here: bool
) -> None:
    shared = "and it was said that the mayor called it safe, which it is"
    with library(theirs, BEN) as store:
        cleaned_otherwise(store, f"Only there. Here {shared}.")
        article = store.articles.get(1)
        text = store.articles.revision(article).canonical.text
        found = mark(store, article, start := text.index("the mayor"), start + 9)
        lost = mark(store, article, 0, 10)
    with library(mine) as store:
        cleaned_otherwise(store, f"Quite another beginning, {shared}.")
        if marked_here:
            mark(store, store.articles.get(1), 0, 5)
        assert store.merge(theirs) == Merged(marks=2, waiting=1)
        quotes = [quote for _, quote, _ in told(store)]
        assert quotes == [*(["Quite"] if marked_here else []), "Only there", "the mayor"]
        shown = store.articles.revision(store.articles.get(1)).canonical.text
        assert shown.startswith("Quite another"), "the text shown here stays"
        span = the_mark(store, found.id).span
        assert shown[span.start : span.end] == "the mayor"
        (waiting,) = store.versions.waiting()
        assert (waiting.annotation.id, waiting.origin.exact) == (lost.id, "Only there")
        assert store.merge(theirs).nothing
        assert store.check() == []


NEWER = f"Added in front. {TEXT}"


@pytest.fixture
def both(mine: Path, theirs: Path) -> Annotation:
    """One library at two desks; theirs has taken in a newer text of the article that bears a mark."""
    theirs.parent.mkdir()
    with library(mine) as store:
        annotation = mark(store, add(store, origin="/a.txt"), 4, 15)
    shutil.copy(mine, theirs)
    with library(theirs, BEN) as store:
        store.articles.add([draft(NEWER, origin="/a.txt")])
    return annotation


def test_a_mark_that_only_a_newer_text_has_moved_is_the_same(
    mine: Path, theirs: Path, both: Annotation
) -> None:
    assert merged(mine, theirs).nothing
    assert merged(theirs, mine).nothing


def test_what_was_changed_on_a_newer_text_is_followed_on_the_older_one(
    mine: Path, theirs: Path, both: Annotation
) -> None:
    with library(theirs, BEN) as store:
        now = store.annotations.get(both.id)
        store.annotations.save(replace(now, note="seen"), "changed the note")
        article = store.articles.get(1)
        text = store.articles.revision(article).canonical.text
        now = store.annotations.get(both.id)
        longer = now.anchor._replace(
            span=now.span._replace(end=now.span.end + 4), exact=text[now.span.start : now.span.end + 4]
        )
        store.annotations.save(replace(now, anchor=longer), "moved its edges")
        mark(store, article, 0, 5)
    with library(mine) as store:
        assert store.merge(theirs) == Merged(marks=1, changed=1, waiting=1)
        assert the_mark(store, both.id).note == "seen"
        assert the_mark(store, both.id).anchor == both.anchor, "its place in this text stays"
        assert [quote for _, quote, _ in told(store)] == ["mayor said ", "Added"]
        (waiting,) = store.versions.waiting()
        assert (waiting.origin.exact, waiting.annotation.anchor.status) == ("Added", "orphan")
        assert store.merge(theirs).nothing
        # Once the newer text comes in here too, what was said on it is followed.
        store.articles.add([draft(NEWER, origin="/a.txt")])
        assert store.merge(theirs) == Merged(changed=1)
        assert the_mark(store, both.id).anchor.exact == "mayor said the"
        assert store.versions.waiting() == ()
        assert store.check() == []


def test_an_older_library_is_brought_up_to_date_in_a_copy(mine: Path, theirs: Path) -> None:
    theirs.parent.mkdir()
    first_release(theirs)
    before = theirs.read_bytes()
    assert merged(mine, theirs).nothing
    assert theirs.read_bytes() == before
    assert list(theirs.parent.iterdir()) == [theirs]


def test_what_cannot_be_merged_is_refused_and_nothing_changes(mine: Path, theirs: Path) -> None:
    with library(mine) as store:
        mark(store, add(store))
    with library(theirs, BEN) as store:
        mark(store, add(store, OTHER))
    rows = content(mine)
    with pytest.raises(NotFoundError, match="there is no library"):
        merged(mine, theirs.with_name("nothing.db"))
    text = theirs.with_name("text.db")
    text.write_text("no library")
    empty = theirs.with_name("empty.db")
    empty.touch()
    for path in (text, empty):
        with pytest.raises(ForeignLibraryError):
            merged(mine, path)
    with pytest.raises(StoreError, match="is a folder"):
        merged(mine, theirs.parent)
    newer = Path(shutil.copy(theirs, theirs.with_name("newer.db")))
    sql(newer, f"PRAGMA user_version={schema.SCHEMA + 1}")
    with pytest.raises(NewerLibraryError, match="update this program, then merge"):
        merged(mine, newer)
    damaged = Path(shutil.copy(theirs, theirs.with_name("damaged.db")))
    sql(damaged, "UPDATE revision SET text = 'not that'")
    with pytest.raises(CorruptLibraryError, match="is damaged and was not merged"):
        merged(mine, damaged)
    assert content(mine) == rows


def test_a_failure_in_the_middle_leaves_nothing(mine: Path, theirs: Path) -> None:
    with library(theirs, BEN) as store:
        mark(store, add(store), 0, 9)
    with library(mine) as store:
        mark(store, add(store, OTHER))
        rows = content(mine)
        sql(
            mine,
            "CREATE TRIGGER refuse BEFORE INSERT ON annotation WHEN new.annotator = 'annotator-ben'"
            " BEGIN SELECT raise(ABORT, 'no'); END",
        )
        with pytest.raises(StoreError):
            store.merge(theirs)
    assert content(mine) == rows


def test_tags_of_articles_are_joined_and_stay_so_when_merged_again(mine: Path, theirs: Path) -> None:
    with library(theirs, BEN) as store:
        shared, own = add(store), add(store, OTHER)
        store.articles.set_tags(shared.id, ["flood", "town"])
        store.articles.set_tags(own.id, ["port"])
    with library(mine, ANN) as store:
        store.articles.set_tags(add(store).id, ["checked", "flood"])
    for _ in range(2):
        merged(mine, theirs)
        with library(mine, ANN) as store:
            assert [row.tags for row in store.articles.first(9)] == [("port",), ("checked", "flood", "town")]
            assert store.check() == []
