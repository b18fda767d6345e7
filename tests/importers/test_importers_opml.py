import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.exchange.opml import opml
from reader.importers.opml import read
from reader.model import Problem
from reader.sources import Feed, Wish


def outlines(inner: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body>{inner}</body></opml>'.encode()


def feed(url: str, title: str, folder: str) -> Feed:
    return Feed(1, "id", url, title, "", folder, "short", "", "", b"", "", "", "", 0, "", (), False, 0, 0)


def test_feeds_in_folders_within_folders() -> None:
    found = read(
        outlines(
            '<outline text="Top" xmlUrl="https://a.example/"/>'
            '<outline text="News"><outline title="Ours" text="x" xmlURL="http://b.example/f?a=1&amp;b=2"/>'
            '<outline text="Sea/Shore"><outline type="rss" url="https://c.example/"/></outline></outline>'
            '<outline text="Last" xmlUrl="https://d.example/"/>'
        ),
        "list.opml",
    )
    assert found == [
        Wish("https://a.example/", "Top", ""),
        Wish("http://b.example/f?a=1&b=2", "Ours", "News"),
        Wish("https://c.example/", "", "News/Sea-Shore"),
        Wish("https://d.example/", "Last", ""),
    ]


@pytest.mark.parametrize(
    "url", ["exec:id", "filter:x:https://a.example/", "file:///etc/passwd", "query:a:b", "|id"]
)
def test_anything_but_http_is_named_and_passed_over(url: str) -> None:
    (problem, wish) = read(
        outlines(f'<outline text="Trap" xmlUrl="{url}"/><outline xmlUrl="https://a.example/"/>'), "list.opml"
    )
    assert isinstance(problem, Problem)
    assert url in problem.message
    assert "Trap" in problem.message
    assert wish == Wish("https://a.example/")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "cannot be read as OPML"),
        (b"words", "cannot be read as OPML"),
        (b"<html></html>", "no OPML"),
        (outlines("<outline text='x'>" * 30 + "</outline>" * 30), "more than 20 deep"),
        (outlines("<a>" * 10_000 + "</a>" * 10_000), "cannot be read as OPML"),
        (b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml>&x;</opml>', "declares entities"),
        (b'<!DOCTYPE opml [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><opml><body/></opml>', "declares entities"),
        (b" " * (15 * 1024 * 1024 + 1), "larger than 15 MB"),
    ],
)
def test_what_is_no_list_of_feeds_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(raw, "list.opml")


_NAMES = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="/<&"), min_size=1, max_size=12
)


@given(st.dictionaries(st.integers(1, 99), st.tuples(_NAMES, st.lists(_NAMES, max_size=3)), max_size=8))
def test_a_list_that_was_written_is_read_again(feeds: dict[int, tuple[str, list[str]]]) -> None:
    written = [
        feed(f"https://a.example/{number}?a=1&b=<2>", title, "/".join(folder))
        for number, (title, folder) in feeds.items()
    ]
    found = read(opml(written).encode(), "list.opml")
    assert sorted(found, key=str) == sorted(
        (Wish(one.url, one.title, one.folder) for one in written), key=str
    )


def test_no_character_breaks_a_list() -> None:
    (wish,) = read(opml([feed("https://a.example/", 'a\x00\x1b[2J"<&>\ud800', "x\x07")]).encode(), "-")
    assert isinstance(wish, Wish)
    assert wish.url == "https://a.example/"
