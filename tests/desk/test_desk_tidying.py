"""What tidying removes, and what it never does."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from desks import add_text

from reader.desk import Desk, finding, marking, open_desk, reading, tidying
from reader.desk.cleaning import prepare
from reader.errors import InputError
from reader.ids import new_id
from reader.model import Annotator, Incoming, Metadata, Span
from reader.sources import Seen

NOW = "2026-06-01T00:00:00.000Z"
OLD = "2026-01-01T00:00:00.000Z"


def desk_at(path: Path, clock: Callable[[], str]) -> Desk:
    return open_desk(path, annotator=Annotator("a", "Ada"), clock=clock, new_id=new_id)


def feed_with(desk: Desk, names: list[str]) -> None:
    """Articles that came with a feed, the first of them with a category."""
    number, _ = desk.store.feeds.add("https://tide.example/feed", name="", title="", home="", folder="")
    seen = []
    for name in names:
        url = f"https://tide.example/{name}"
        draft = prepare(
            Incoming(
                raw=f"<p>The {name} opened on Monday.</p>".encode(),
                media="html",
                origin=url,
                metadata=Metadata(title=name, url=url),
                fragment=True,
            )
        )
        tags = ("category",) if name == names[0] else ()
        seen.append(Seen(name, url, name.encode(), tags, draft, True))
    desk.store.feeds.take(number, seen, names)


def test_only_what_nobody_has_touched_is_removed_and_all_of_it_comes_back(tmp_path: Path) -> None:
    names = ["plain", "marked", "unmarked", "starred", "tagged", "corrected", "read"]
    with desk_at(tmp_path / "l.db", lambda: OLD) as desk:
        feed_with(desk, names)
        by_name = {
            reading.article(desk, n).metadata.title: reading.opened(desk, n) for n in finding.numbers(desk)
        }
        marking.annotate(desk, by_name["marked"].revision, Span(0, 3), "support")
        mark = marking.annotate(desk, by_name["unmarked"].revision, Span(0, 3), "support")
        marking.delete(desk, mark)
        reading.set_starred(desk, by_name["starred"].article.id, True)
        reading.set_tags(desk, by_name["tagged"].article.id, ["mine"])
        reading.correct(desk, by_name["corrected"].article.id, Metadata(title="Better"))
        reading.set_read(desk, by_name["read"].article.id, True, asked=True)
        add_text(desk, tmp_path)
    with desk_at(tmp_path / "l.db", lambda: NOW) as desk:
        before = list(finding.numbers(desk))
        assert [row.title for row in tidying.untouched(desk, "90d")] == ["plain", "read"]
        assert list(finding.numbers(desk)) == before
        assert [row.title for row in tidying.tidy(desk, "90d")] == ["plain", "read"]
        assert len(finding.numbers(desk)) == len(before) - 2
        assert tidying.tidy(desk, "90d") == []
        assert marking.undo(desk).what == "brought the article back"
        assert list(finding.numbers(desk)) == before
        assert desk.store.check() == []


def test_a_feed_does_not_bring_back_what_was_tidied(tmp_path: Path) -> None:
    with desk_at(tmp_path / "l.db", lambda: OLD) as desk:
        feed_with(desk, ["plain"])
    with desk_at(tmp_path / "l.db", lambda: NOW) as desk:
        tidying.tidy(desk, "1d")
        feed_with(desk, ["plain", "new"])
        assert [row.title for row in finding.first_rows(desk, 9)] == ["new"]


def test_what_is_younger_stays(tmp_path: Path) -> None:
    days = itertools.chain([NOW], itertools.repeat(NOW))
    with desk_at(tmp_path / "l.db", lambda: next(days)) as desk:
        feed_with(desk, ["plain"])
        assert tidying.tidy(desk, "1d") == []


@pytest.mark.parametrize(
    ("age", "since"),
    [
        ("0d", "2026-06-01"),
        ("90d", "2026-03-03"),
        (" 2w ", "2026-05-18"),
        ("6m", "2025-12-03"),
        ("1Y", "2025-06-01"),
    ],
)
def test_ages(age: str, since: str) -> None:
    assert tidying.cut_off(age, NOW)[:10] == since


@pytest.mark.parametrize("age", ["", "d", "90", "90 days", "-1d", "1.5d", "٣d", "999999d", "9999y"])
def test_what_is_no_age(age: str) -> None:
    with pytest.raises(InputError, match="write 90d, 12w, 6m or 2y"):
        tidying.cut_off(age, NOW)
