"""When feeds are asked again: decisions, by a clock that is told."""

import pytest

from reader.feeds import is_due, is_gone, next_try, wants_page
from reader.sources import Feed, Missed

NOW = "2026-03-02T09:00:00.000Z"
LATER = "2026-03-02T10:00:00.000Z"
FEED = Feed(1, "id", "u", "t", "", "", "short", "", "", b"", "", "", "", 0, "", (), False, 0, 0)


@pytest.mark.parametrize(
    ("failures", "next_at"),
    [
        (0, "2026-03-02T09:15"),
        (1, "2026-03-02T09:30"),
        (2, "2026-03-02T10:00"),
        (9, "2026-03-03T09:00"),
        (10**6, "2026-03-03T09:00"),
    ],
)
def test_the_pause_doubles_with_each_failure_up_to_a_day(failures: int, next_at: str) -> None:
    assert next_try(Missed("x", 500), failures, NOW) == (f"{next_at}:00.000Z", failures + 1)


@pytest.mark.parametrize(
    ("retry_after", "next_at"),
    [
        ("120", "2026-03-02T09:02"),
        ("0", "2026-03-02T09:00"),
        ("999999999", "2026-03-09T09:00"),
        ("Mon, 02 Mar 2026 10:30:00 GMT", "2026-03-02T10:30"),
        ("Mon, 02 Mar 2026 08:00:00 GMT", "2026-03-02T09:00"),
        ("Mon, 02 Mar 2026 10:30:00 -0000", "2026-03-02T10:30"),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_names_a_time_is_left_alone_until_then(
    status: int, retry_after: str, next_at: str
) -> None:
    assert next_try(Missed("x", status, retry_after), 3, NOW) == (f"{next_at}:00.000Z", 0)


def test_without_a_time_that_makes_sense_it_is_a_failure_like_others() -> None:
    for retry_after in ("", "soon", "-1", "1e3"):
        assert next_try(Missed("x", 429, retry_after), 0, NOW) == ("2026-03-02T09:15:00.000Z", 1)
    assert next_try(Missed("x", 404, "120"), 0, NOW)[1] == 1


@pytest.mark.parametrize(
    ("changes", "named", "due"),
    [
        ({}, False, True),
        ({"next_at": LATER, "failures": 1}, False, False),
        ({"next_at": NOW, "failures": 1}, False, True),
        ({"next_at": LATER, "failures": 1}, True, True),
        ({"next_at": LATER, "failures": 0}, True, False),
        ({"retired": True}, False, False),
        ({"retired": True, "next_at": LATER, "failures": 1}, True, True),
    ],
)
def test_which_feeds_are_asked(changes: dict[str, object], named: bool, due: bool) -> None:
    assert is_due(FEED._replace(**changes), NOW, named=named) is due  # type: ignore[arg-type]


def test_only_410_is_for_good() -> None:
    assert [is_gone(Missed("x", status)) for status in (404, 410, 0)] == [False, True, False]


WHOLE = "<p>" + "The gate opened on Monday, and the council was there. " * 10 + "</p>"


@pytest.mark.parametrize(
    ("html", "cut"),
    [
        (WHOLE, False),
        ("<p>The gate opened.</p>", True),
        ("", True),
        (WHOLE + "<p>The rest …</p>", True),
        (WHOLE + "<p>The rest [&#8230;]</p>", True),
        (WHOLE + "<a href='x'>Read more »</a>", True),
        (WHOLE + "<p>Continue reading the article</p>", True),
        (WHOLE + "<p>He paused … and went on.</p>", False),
        ("<img alt='" + "x" * 900 + "'>", True),
    ],
)
def test_which_texts_are_cut(html: str, cut: bool) -> None:
    assert wants_page("short", html) is cut
    assert wants_page("always", html)
    assert not wants_page("never", html)
