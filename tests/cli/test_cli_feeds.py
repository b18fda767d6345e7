"""``reader feeds``, ``refresh``, ``tidy``, and addresses given to ``add`` and ``clean``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import PROSE, CommandLine

from served import Server, serving

WORDS = "The council met in the old hall and heard three engineers. " * 12
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Tide News</title>'
    "<item><title>The gate\x85opened</title>"
    f"<guid>urn:gate</guid><description><![CDATA[<p>{WORDS}</p>]]></description></item></channel></rss>"
)
PAGE = (
    "<html><head><title>The gate</title></head><body><article>"
    f"<h1>The gate</h1><p>{PROSE}</p></article></body></html>"
)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        server.serve("/feed", RSS)
        server.serve("/gate", PAGE, media="text/html; charset=utf-8")
        yield server


def test_a_feed_from_its_address_to_its_removal(reader: CommandLine, server: Server) -> None:
    url = server.url("/feed")
    added = reader("feeds", "add", url, "--folder", "News", "--allow-private")
    assert added.lines == [["added", "1", "Tide News", url]]
    assert reader("feeds", "add", url, "--allow-private").lines[0][0] == "unchanged"
    (line,) = reader("feeds", "list").lines
    assert [*line[:2], *line[3:]] == ["1", "1", "News", "Tide News", url, ""]
    assert reader("list").lines[0][2] == "Tide News"
    refreshed = reader("refresh", "tide news", "--allow-private")
    assert refreshed.lines == [["unchanged", "1", "0", "0", "Tide News"]]
    assert reader("feeds", "set", "1", "--name", "Tides", "--full-text", "never").lines == [
        ["set", "1", "Tides", "News", "never"]
    ]
    (described,) = reader("feeds", "list", "--json").objects
    assert (described["title"], described["full_text"], described["unread"]) == ("Tides", "never", 1)
    assert reader("feeds", "remove", "Tides").lines == [["removed", "1", "Tides", url]]
    assert reader("feeds", "list").out == ""
    assert len(reader("list").lines) == 1


def test_what_is_refused_is_told_on_one_line(reader: CommandLine, server: Server) -> None:
    result = reader("feeds", "add", server.url("/feed"))
    assert (result.status, result.out) == (1, "")
    assert "127.0.0.1 is a loopback address" in result.err
    assert reader("feeds", "add", server.url("/none"), "--allow-private").status == 1
    assert reader("feeds", "remove", "nothing").status == 1
    assert reader("feeds", "set", "1").status == 2
    assert reader("refresh", "7").status == 1


def test_a_feed_in_trouble_fails_a_refresh_and_says_why_in_the_list(
    reader: CommandLine, server: Server
) -> None:
    reader("feeds", "add", server.url("/feed"), "--allow-private")
    server.serve("/feed", "", status=404)
    result = reader("refresh", "--allow-private")
    assert (result.status, result.lines) == (1, [["failed", "1", "0", "0", "Tide News"]])
    assert "Tide News: there is nothing at this address: check it (404)" in result.err
    assert "there is nothing at this address" in reader("feeds", "list").out
    shown = reader("feeds", "list", terminal=True).out
    assert "Tide News" in shown.splitlines()[0]
    assert "there is nothing at this address" in shown.splitlines()[1]


def test_the_settings_allow_private_addresses_too(reader: CommandLine, server: Server) -> None:
    reader.write("config.txt")
    (reader.folder / "config").mkdir()
    (reader.folder / "config" / "settings.toml").write_text("[fetch]\nallow_private = true\n")
    assert reader("feeds", "add", server.url("/feed")).status == 0
    (reader.folder / "config" / "settings.toml").write_text("[fetch]\nallow_private = 1\n")
    result = reader("refresh")
    assert result.status == 1
    assert "fetch.allow_private must be true or false, not 1" in result.err


def test_lists_of_feeds_round(reader: CommandLine, server: Server) -> None:
    raw = (
        '<opml version="2.0"><body><outline text="News"><outline text="Tides" xmlUrl="https://tide.example/f"/>'
        '</outline><outline text="Trap" xmlUrl="exec:id"/></body></opml>'
    )
    result = reader("feeds", "import", reader.write("list.opml", raw))
    assert result.lines == [["added", "1", "Tides", "https://tide.example/f"]]
    assert result.status == 1
    assert "“Trap” (exec:id): only http and https are asked, passed over" in result.err
    assert reader("feeds", "export", "-o", "out.opml").out == ""
    written = (reader.folder / "out.opml").read_text()
    assert reader("feeds", "export").out == written
    assert reader("feeds", "import", "-", stdin=written.encode()).lines[0][0] == "unchanged"
    bad = reader("feeds", "import", reader.write("bad.opml", "words"))
    assert bad.status == 1
    assert "bad.opml: it cannot be read as OPML" in bad.err
    assert reader("feeds", "export", "-o", reader.library).status == 1


def test_a_page_by_its_address(reader: CommandLine, server: Server) -> None:
    url = server.url("/gate")
    result = reader("add", url, "--allow-private")
    assert result.lines == [["added", "1", "The gate"]]
    assert reader("add", url, "--allow-private").lines[0][0] == "unchanged"
    assert "Ada Quill opened" in reader("show", "1").out
    assert reader("add", url).status == 1
    missing = reader(
        "add", server.url("/none"), reader.write("story.txt", "Boats came in."), "--allow-private"
    )
    assert missing.status == 1
    assert f"{server.url('/none')}: there is nothing at this address" in missing.err
    assert [line[0] for line in missing.lines] == ["added"]
    feed = reader("add", server.url("/feed"), "--allow-private")
    assert "it is a feed: reader feeds add subscribes to it" in feed.err
    ftp = reader("add", "ftp://tide.example/x")
    assert "must begin with http:// or https://" in ftp.err


def test_the_words_of_a_page_in_another_encoding(reader: CommandLine, server: Server) -> None:
    words = "Die Flut kam früh, sagte die Müllerin. " * 10
    raw = f"<html><head><title>x</title></head><body><article><p>{words}</p></article></body></html>".encode(
        "cp1252"
    )
    server.serve("/flut", raw, media="text/html; charset=windows-1252")
    reader("add", server.url("/flut"), "--allow-private")
    assert "früh, sagte die Müllerin" in reader("show", "1").out


@pytest.mark.parametrize(
    ("body", "media", "why"),
    [
        (b"%PDF-1.7 x", "application/pdf", "it is a PDF, which cannot be read"),
        (b"\x89PNG", "image/png", "it is of the kind image/png"),
        (b"", "text/html", "it is empty"),
        (
            b"<html><body><form><input type=password></form><p>Please log in.</p></body></html>",
            "text/html",
            "it is behind a login",
        ),
    ],
)
def test_what_is_no_article_is_told(
    reader: CommandLine, server: Server, body: bytes, media: str, why: str
) -> None:
    result = reader("add", server.serve("/x", body, media=media), "--allow-private")
    assert result.status == 1
    assert why in result.err


def test_the_address_a_page_calls_its_own_counts_if_it_is_of_the_same_site(
    reader: CommandLine, server: Server
) -> None:
    own = server.url("/own?utm_source=x")
    for path, canonical in (("/one", own), ("/two", own), ("/three", "https://other.example/own")):
        link = f'<link rel="canonical" href="{canonical}">'
        server.serve(path, PAGE.replace("<head>", f"<head>{link}").replace("crowns", path), media="text/html")
    outcomes = [
        reader("add", server.url(path), "--allow-private").lines[0][:2] for path in ("/one", "/two", "/three")
    ]
    assert outcomes == [["added", "1"], ["updated", "1"], ["added", "2"]]


def test_cleaning_a_page_stores_nothing(reader: CommandLine, server: Server) -> None:
    result = reader("clean", server.url("/gate"), "--allow-private")
    assert "Ada Quill opened" in result.out
    assert not reader.library.exists()


def test_tidying(reader: CommandLine, server: Server) -> None:
    reader("feeds", "add", server.url("/feed"), "--allow-private")
    dry = reader("tidy", "--older-than", "0d", "--dry-run")
    assert dry.lines[0][:2] == ["would remove", "1"]
    assert "1 article would be removed: nothing was changed" in dry.err
    assert len(reader("list").lines) == 1
    assert reader("tidy", "--older-than", "90d").lines == []
    assert reader("tidy", "--older-than", "0d").lines[0][:2] == ["removed", "1"]
    assert reader("list").out == ""
    assert reader("tidy").status == 2
    assert reader("tidy", "--older-than", "soon").status == 1


def test_tags_of_an_article(reader: CommandLine) -> None:
    number = reader.added()
    assert reader("edit", number, "--tags", "flood, town budget").status == 0
    assert reader("list", "--json").objects[0]["tags"] == ["flood", "town budget"]
    assert len(reader("list", "budget").lines) == 1
    assert reader("edit", number, "--tags", "a|b").status == 1
    assert reader("edit", number, "--tags", "").status == 0
    assert reader("list", "--json").objects[0]["tags"] == []
