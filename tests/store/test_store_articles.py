from collections.abc import Callable
from pathlib import Path

import pytest
from libraries import BEN, add, draft, library, mark, marks_in, sql

from reader.errors import NotFoundError
from reader.model import ArticleRow, Metadata
from reader.query import parse
from reader.store import Store


def filled(path: Path, count: int = 5) -> Store:
    store = library(path)
    published = ["2024", "2026-01-02", "", "2025-12-31T10:00:00Z", "2026-01-02"]
    store.articles.add(
        [
            draft(f"Text {n}.", title=f"Title {n}", published=published[n % 5], source="S")
            for n in range(count)
        ]
    )
    return store


def test_the_list_is_newest_first(tmp_path: Path) -> None:
    with filled(tmp_path / "l.db") as store:
        assert store.articles.count() == 5
        assert store.articles.numbers().typecode == "q"
        assert list(store.articles.numbers()) == [5, 4, 3, 2, 1]
        assert list(store.articles.numbers("rank")) == [5, 4, 3, 2, 1]
        assert list(store.articles.numbers("published")) == [5, 2, 4, 1, 3]
        rows = store.articles.first(3)
        assert [row.number for row in rows] == [5, 4, 3]
        assert rows[0] == ArticleRow(
            number=5,
            id=store.articles.get(5).id,
            title="Title 4",
            source="S",
            published="2026-01-02",
            added_at=store.articles.get(5).added_at,
            read=False,
            starred=False,
            claims=0,
        )


def test_rows_come_in_the_order_asked_for(tmp_path: Path) -> None:
    with filled(tmp_path / "l.db") as store:
        assert [row.number for row in store.articles.rows([2, 5, 99, 1, 2])] == [2, 5, 1, 2]
        assert store.articles.rows([]) == []
        assert store.articles.rows(store.articles.numbers())[0] == store.articles.first(1)[0]


def test_claims_are_those_not_deleted_of_that_article(tmp_path: Path) -> None:
    with filled(tmp_path / "l.db") as store:
        for number in (1, 2, 2, 2, 3):
            mark(store, store.articles.get(number), 0, 4)
        store.annotations.delete(store.annotations.of(store.articles.get(2).id)[0].id, "deleted a mark")
        assert {row.number: row.claims for row in store.articles.first(9)} == {1: 1, 2: 2, 3: 1, 4: 0, 5: 0}


@pytest.mark.parametrize(
    "reference", [0, -1, 99, 1 << 70, "", "99", "no-such-id", "1" * 5000, "²", "a\ud800"]
)
def test_what_is_not_there(tmp_path: Path, reference: int | str) -> None:
    with filled(tmp_path / "l.db") as store, pytest.raises(NotFoundError):
        store.articles.get(reference)


def test_an_article_by_number_digits_and_id(tmp_path: Path) -> None:
    with filled(tmp_path / "l.db") as store:
        article = store.articles.get(2)
        assert store.articles.get("2") == store.articles.get(article.id) == article
        with pytest.raises(NotFoundError):
            store.articles.markdown("no-such-revision")


def test_removing_hides_it_everywhere_and_undo_brings_it_back(tmp_path: Path) -> None:
    with filled(tmp_path / "l.db") as store:
        article = store.articles.get(4)
        annotation = mark(store, article, 0, 4, target="topic")
        store.articles.remove(article.id)
        assert store.articles.count() == 4
        for numbers in (store.articles.numbers(), store.articles.numbers("published")):
            assert sorted(numbers) == [1, 2, 3, 5]
        assert 4 not in [row.number for row in store.articles.first(9)]
        assert store.articles.rows([4]) == []
        assert store.articles.lead(4, 9) == ""
        assert list(store.search.numbers(parse("text"))) == [5, 3, 2, 1]
        assert list(store.search.numbers(parse("topic"))) == []
        assert marks_in(store) == 0
        assert store.targets.in_use() == []
        assert list(store.annotations.export_rows()) == []
        with pytest.raises(NotFoundError, match="removed"):
            store.articles.get(4)
        with pytest.raises(NotFoundError, match="removed"):
            store.annotations.save(annotation, "marked")
        assert store.history.undo().article_id == article.id
        assert store.articles.get(4) == article
        assert list(store.search.numbers(parse("topic"))) == [4]
        assert store.annotations.of(article.id) == (annotation,)
        assert store.check() == []


def test_what_is_known_of_an_article_can_be_corrected(tmp_path: Path) -> None:
    with filled(tmp_path / "l.db") as store:
        before = store.articles.get(1)
        wanted = Metadata(title="Corrected", url="https://example.org/x", source="S", published="2024")
        after = store.articles.edit(before.id, wanted)
        assert after.metadata == wanted
        assert list(store.search.numbers(parse("corrected"))) == [1]
        assert 1 not in store.search.numbers(parse('"Title 0"'))
        assert store.articles.edit(before.id, wanted) == after
        assert store.history.undo().what == "changed the title and url"
        assert store.articles.get(1).metadata == before.metadata
        assert list(store.search.numbers(parse('"Title 0"'))) == [1]
        with pytest.raises(NotFoundError):
            store.history.undo()
        assert store.history.redo(before.id).what == "changed the title and url"
        assert store.articles.get(1).metadata == wanted
        assert store.check() == []


def test_an_address_given_by_hand_is_an_identity(tmp_path: Path) -> None:
    with filled(tmp_path / "l.db") as store:
        store.articles.edit(store.articles.get(1).id, Metadata(title="T", url="https://example.org/x"))
        assert store.articles.add([draft("Newer.", url="https://example.org/x")])[0].number == 1


def flag(name: str) -> Callable[[Store, str, bool], None]:
    if name == "read":
        return lambda store, article_id, value: store.articles.set_read(article_id, value, asked=True)
    return lambda store, article_id, value: store.articles.set_starred(article_id, value)


@pytest.mark.parametrize(
    ("name", "done", "undone"),
    [("read", "marked as read", "marked as unread"), ("starred", "starred", "unstarred")],
)
def test_flags_can_be_undone(tmp_path: Path, name: str, done: str, undone: str) -> None:
    with filled(tmp_path / "l.db") as store:
        article = store.articles.get(1)
        flag(name)(store, article.id, True)
        flag(name)(store, article.id, True)
        assert getattr(store.articles.get(1), name) is True
        assert getattr(store.articles.rows([1])[0], name) is True
        assert store.history.undo(article.id).what == undone
        assert store.articles.get(1) == article
        assert store.history.redo(article.id).what == done
        assert getattr(store.articles.get(1), name) is True


def test_a_read_mark_that_came_by_itself_is_undone_from_the_list_only(tmp_path: Path) -> None:
    with filled(tmp_path / "l.db") as store:
        article = store.articles.get(1)
        store.articles.set_read(article.id, True, asked=False)
        store.articles.set_position(article.id, 5)
        assert (store.articles.get(1).read, store.articles.get(1).position) == (True, 5)
        with pytest.raises(NotFoundError):
            store.history.undo(article.id)
        assert store.history.undo().what == "unread"
        assert not store.articles.get(1).read
        assert store.history.redo().what == "read"


def test_reading_ends_nothing_that_could_be_redone(tmp_path: Path) -> None:
    with filled(tmp_path / "l.db") as store:
        article = store.articles.get(1)
        store.articles.set_starred(article.id, True)
        store.history.undo(article.id)
        store.articles.set_read(article.id, True, asked=False)
        assert store.articles.get(1).read
        assert store.history.redo(article.id).what == "starred"
        assert store.history.undo().what == "unstarred"


@pytest.mark.parametrize("length", [0, 1, 3, 4, 1000])
def test_the_lead_counts_code_points(tmp_path: Path, length: int) -> None:
    text = "a\0é漢👩‍👧\n\nb"
    with library(tmp_path / "l.db") as store:
        add(store, text)
        assert store.articles.lead(1, length) == text[:length]


def test_another_store_on_the_same_file_sees_changes(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with library(path) as one, library(path, BEN) as other:
        before, of_the_other = one.version(), other.version()
        add(other)
        assert (after := one.version()) != before
        assert one.version() == after, "asking changes nothing"
        assert other.version() == of_the_other, "its own change is none from elsewhere"
        assert one.articles.count() == 1
        add(one, "My own.")
        assert one.version() == after
        assert other.version() != of_the_other


def test_several_changes_in_one_transaction_are_one(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with filled(path) as store:
        with store.transaction():
            store.articles.remove(store.articles.get(1).id)
            store.articles.remove(store.articles.get(2).id)
        assert store.articles.count() == 3
        assert store.history.undo().what == "brought the article back"
        assert store.articles.count() == 5
        store.history.redo()
        assert store.articles.count() == 3
    assert sql(path, "SELECT count(DISTINCT group_id) FROM event") == [(1,)]


def add_and_fail(store: Store, text: str) -> None:
    with store.transaction():
        add(store, text)
        raise RuntimeError


def test_a_failure_undoes_the_inner_part_or_all(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        with store.transaction():
            add(store, "Outer.")
            with pytest.raises(RuntimeError):
                add_and_fail(store, "Inner.")
            add(store, "After.")
        assert store.articles.count() == 2
        with pytest.raises(RuntimeError):
            add_and_fail(store, "Lost.")
        assert store.articles.count() == 2
        assert store.check() == []
