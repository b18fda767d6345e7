"""What the library remembers of each source's lines."""

from pathlib import Path

from libraries import library

from reader.clean.recurring import line_key, page_lines
from reader.model import PageLines
from reader.store import Store
from reader.store.recurring import RecurringLines, passing_memory

SLOGAN = "Marl Courier, since 1880"


def page(number: int, *more: str) -> PageLines:
    """An article with four long lines of its own, and a slogan."""
    own = [
        f"Line {letter * 3} of the article numbered {'x' * (number + 1)} is one that no other article has."
        for letter in "abcd"
    ]
    return page_lines("\n".join([*own, *more, SLOGAN]))


def learn(store: Store, *pages: PageLines, source: str = "site marl.example") -> list[bool]:
    with store.transaction():
        return [store.recurring.learn(source, each) for each in pages]


def seen(memory: RecurringLines, line: str = SLOGAN, source: str = "site marl.example") -> int:
    found = memory.of(source)
    return found.articles.get(line_key(line), 0) if found else 0


def test_a_line_recurs_once_two_distinct_articles_hold_it(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        learn(store, page(1))
        assert store.recurring.of("site marl.example") is None
        learn(store, page(2), page(3))
        assert seen(store.recurring) == 3
    with library(tmp_path / "l.db") as again:
        assert seen(again.recurring) == 3


def test_the_same_article_again_does_not_count_however_damaged(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        assert learn(store, page(1), page(1, "Leave a Reply"), page(1), page(2)) == [True, False, False, True]
        assert seen(store.recurring) == 2
        assert seen(store.recurring, "Leave a Reply") == 0


def test_sources_are_apart_and_an_unknown_one_is_not_counted(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        learn(store, page(1), page(2))
        learn(store, page(3), source="site other.example")
        assert learn(store, page(4), source="") == [False]
        assert store.recurring.of("site other.example") is None


def test_what_is_not_seen_again_is_forgotten_and_what_recurs_is_not(tmp_path: Path) -> None:
    with library(tmp_path / "l.db") as store:
        learn(store, page(0, "Once and never again"), *(page(number) for number in range(1, 260)))
        learn(store, page(300, "Once and never again"))
        assert seen(store.recurring, "Once and never again") == 0
        assert seen(store.recurring) == 261


def test_counts_told_to_a_counted_article_leave_itself_out() -> None:
    with passing_memory() as memory:
        memory.learn("site marl.example", page(1))
        memory.learn("site marl.example", page(2))
        recurring = memory.of("site marl.example", counted=True)
    assert recurring is not None
    assert recurring.others(line_key(SLOGAN)) == 1
    assert recurring.others(line_key("never seen")) == 0
