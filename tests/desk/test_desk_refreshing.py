"""Feeds from a real server on loopback into a real library."""

import gzip
import http.server
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desks import PROSE, desk_at

from reader.desk import Desk, entries, finding, marking, overriding, reading, subscribing, versions
from reader.desk.adding import add
from reader.desk.cleaning import prepare
from reader.desk.recleaning import Recleaned, clean_again
from reader.desk.refreshing import refresh
from reader.errors import InputError, NotFoundError
from reader.fetch import Policy
from reader.model import Added, Article, Draft, Incoming, Recurring, Span
from reader.sources import Feed, Refreshed
from served import Answer, Server, serving

HERE = Policy(allow_private=True)
LONG = "The council met in the old hall and heard three engineers. " * 12


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "library.db") as desk:
        yield desk


def entry(name: str, text: str = LONG, **fields: str) -> str:
    known = {
        "title": f"The {name} opened",
        "link": f"https://tide.example/{name}",
        "guid": f"urn:{name}",
        "pubDate": "Mon, 02 Mar 2026 09:14:05 GMT",
        "author": "ada@tide.example (Ada Quill)",
    } | fields
    inner = "".join(f"<{tag}>{value}</{tag}>" for tag, value in known.items() if value)
    return f"<item>{inner}<description><![CDATA[<p>{name}: {text}</p>]]></description></item>"


def rss(*entries: str, title: str = "Tide News") -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://tide.example/</link>{''.join(entries)}</channel></rss>"
    )


def subscribed(desk: Desk, *urls: str) -> list[Feed]:
    """Feeds that were never asked; their pages are not fetched."""
    found = []
    for url in urls:
        number, _ = desk.store.feeds.add(url, name="", title="", home="", folder="")
        found.append(subscribing.edit(desk, desk.store.feeds.get(number), full_text="never"))
    return found


def refreshed(desk: Desk, *feeds: Feed, policy: Policy = HERE) -> list[Refreshed]:
    return list(refresh(desk, policy, list(feeds) or None))


def one(desk: Desk, *feeds: Feed) -> Refreshed:
    (result,) = refreshed(desk, *feeds)
    return result


def articles(desk: Desk) -> list[Article]:
    return [reading.article(desk, number) for number in finding.numbers(desk)]


def text(desk: Desk, number: int) -> str:
    return reading.opened(desk, number).revision.canonical.text


def test_entries_become_articles_with_what_the_feed_says_of_them(desk: Desk, server: Server) -> None:
    url = server.serve("/feed", rss(entry("gate", category="flood"), entry("lock")))
    subscribed(desk, url)
    result = one(desk)
    assert (result.outcome, result.added, result.updated) == ("updated", 2, 0)
    assert (result.feed.title, result.feed.articles, result.feed.unread) == ("Tide News", 2, 2)
    gate, lock = articles(desk)
    known = gate.metadata
    assert (known.title, known.url) == ("The gate opened", "https://tide.example/gate")
    assert (known.source, known.author, known.published) == ("Tide News", "Ada Quill", "2026-03-02T09:14:05Z")
    assert (gate.tags, lock.tags) == (("flood",), ())
    assert text(desk, gate.number) == f"The gate opened\n\ngate: {LONG.strip()}"


FOOT = "</p><p>You read the Tide because it is by the water"


def test_what_recurs_across_a_feed_is_no_article_s_words_from_the_first_look_on(
    desk: Desk, server: Server
) -> None:
    url = server.serve("/feed", rss(*(entry(name, LONG + FOOT) for name in ("gate", "lock", "pier"))))
    subscribed(desk, url)
    one(desk)
    assert [text(desk, article.number)[-30:] for article in articles(desk)] == [LONG.strip()[-30:]] * 3


def test_a_feed_s_entries_profit_from_those_that_it_gave_before(desk: Desk, server: Server) -> None:
    (feed,) = subscribed(
        desk, server.serve("/feed", rss(entry("gate", LONG + FOOT), entry("lock", LONG + FOOT)))
    )
    one(desk, feed)
    server.serve("/feed", rss(entry("pier", LONG + FOOT)))
    one(desk, desk.store.feeds.get(feed.number))
    (pier,) = [article for article in articles(desk) if article.metadata.title == "The pier opened"]
    assert text(desk, pier.number).endswith(LONG.strip())


def test_an_entry_that_is_cleaned_again_is_read_as_an_entry_again(desk: Desk, server: Server) -> None:
    links = '<p><a href="https://tide.example/more">More of this</a></p>'
    subscribed(desk, server.serve("/feed", rss(entry("gate", f"{LONG}</p>{links}<p>End."))))
    one(desk)
    (gate,) = articles(desk)
    assert [again.changed for again in clean_again(desk, [gate.number]) if isinstance(again, Recleaned)] == [
        False
    ]
    start = reading.page_text(desk, gate).index("More of this")
    kept = overriding.drop(desk, gate, Span(start, start + 4))
    assert "More of this" not in text(desk, kept.number)
    assert text(desk, kept.number).endswith("End.")


def test_nothing_is_fetched_or_stored_twice(desk: Desk, server: Server) -> None:
    feeds = subscribed(
        desk,
        server.serve("/tagged", rss(entry("gate")), etag='"1"'),
        server.serve("/dated", rss(entry("lock")), modified="Mon, 02 Mar 2026 09:00:00 GMT"),
        server.serve("/neither", rss(entry("pier"))),
    )
    assert [result.added for result in refreshed(desk, *feeds)] == [1, 1, 1]
    again = refreshed(desk)
    assert [result.outcome for result in again] == ["unchanged"] * 3
    assert [asked.headers.get("if-none-match") for asked in server.asked if asked.path == "/tagged"] == [
        None,
        '"1"',
    ]
    server.serve("/tagged", rss(entry("gate"), entry("quay")), etag='"2"')
    assert sum(result.added for result in refreshed(desk)) == 1
    assert finding.count(desk) == 4


def test_a_changed_text_is_a_newer_revision_and_other_markup_is_not(desk: Desk, server: Server) -> None:
    (feed,) = subscribed(desk, server.serve("/feed", rss(entry("gate"))))
    one(desk)
    server.serve("/feed", rss(entry("gate", f"{LONG}<img src='https://count.example/7.gif'>")))
    assert one(desk).outcome == "unchanged"
    server.serve("/feed", rss(entry("gate", LONG + "It failed.")))
    result = one(desk)
    assert (result.outcome, result.added, result.updated) == ("updated", 0, 1)
    assert text(desk, 1).endswith("It failed.")
    start = text(desk, 1).index("It failed")
    marking.annotate(desk, reading.opened(desk, 1).revision, Span(start, start + 9), "support")
    server.serve("/feed", rss(entry("gate", "Nothing of it is left.")))
    assert one(desk, feed).updated == 1
    assert text(desk, 1).endswith("Nothing of it is left.")
    (waiting,) = versions.waiting(desk)
    assert (waiting.annotation.anchor.status, waiting.origin.exact) == ("orphan", "It failed")
    assert marking.undo(desk, articles(desk)[0].id).what == "went back to the older text"
    assert text(desk, 1).endswith("It failed.")
    assert one(desk, feed).outcome == "unchanged", "what a person went back to stays"
    assert versions.waiting(desk) == ()


def test_ids_that_change_at_every_look_make_no_second_article(desk: Desk, server: Server) -> None:
    looks = iter(range(10))

    def churned() -> Answer:
        look = next(looks)
        names = ["gate", "lock", "pier", "quay"]
        return Answer(rss(*(entry(name, guid=f"urn:{name}:{look}") for name in names)).encode())

    server.answers["/feed"] = churned
    subscribed(desk, server.url("/feed"))
    assert one(desk).feed.notes == ()
    for _ in range(2):
        result = one(desk)
        assert (result.added, result.updated) == (0, 0)
        assert result.feed.notes == (
            "its entries bear other ids at every look: they are told apart by their addresses",
        )
    assert finding.count(desk) == result.feed.articles == 4


def test_a_copy_by_another_outlet_is_another_source_of_the_article(desk: Desk, server: Server) -> None:
    story = PROSE.replace("\n", " ")
    (ours, theirs) = subscribed(
        desk,
        server.serve("/tide", rss(entry("gate", story))),
        server.serve("/wire", rss(entry("gate", story, link="https://wire.example/gate"), title="Wire")),
    )
    one(desk, ours)
    assert one(desk, theirs).added == 0
    (article,) = articles(desk)
    assert article.metadata.source == "Tide News"
    assert [(place.source, place.url) for place in desk.store.sources.of(article.id)] == [
        ("Tide News", "https://tide.example/gate"),
        ("Wire", "https://wire.example/gate"),
    ]
    assert [desk.store.feeds.get(feed.number).articles for feed in (ours, theirs)] == [1, 1]
    # The copy's own changes do not take the text's place.
    server.serve("/wire", rss(entry("gate", LONG, link="https://wire.example/gate"), title="Wire"))
    assert one(desk, theirs).updated == 0
    assert text(desk, article.number).startswith("The gate opened\n\ngate: Mayor Ada Quill")


def test_one_story_in_two_feeds_is_one_article_and_keeps_its_text(desk: Desk, server: Server) -> None:
    whole, brief = subscribed(
        desk,
        server.serve("/whole", rss(entry("gate"))),
        server.serve("/brief", rss(entry("gate", "In brief.", guid="other"), title="Tide in brief")),
    )
    one(desk, whole)
    assert one(desk, brief).added == 0
    server.serve("/brief", rss(entry("gate", "In brief again.", guid="other")))
    assert one(desk, brief).updated == 0
    assert text(desk, 1).endswith(LONG.strip())
    assert [feed.articles for feed in subscribing.feeds(desk)] == [1, 1]


def test_entries_that_share_an_address_are_different_articles(desk: Desk, server: Server) -> None:
    home = "https://tide.example/live"
    url = server.serve(
        "/feed", rss(entry("gate", link=home), entry("lock", link=home), entry("pier", link=""))
    )
    subscribed(desk, url)
    assert one(desk).added == 3
    assert one(desk).outcome == "unchanged"


def test_what_was_removed_does_not_come_back(desk: Desk, server: Server) -> None:
    subscribed(desk, server.serve("/feed", rss(entry("gate"))))
    one(desk)
    reading.remove(desk, articles(desk)[0].id)
    server.serve("/feed", rss(entry("gate", "Another text.")))
    assert (one(desk).added, finding.count(desk)) == (0, 0)


def test_the_page_that_a_person_added_keeps_its_text(desk: Desk, server: Server) -> None:
    page = server.serve("/gate", full(PROSE), media="text/html")
    (feed,) = subscribed(desk, server.serve("/feed", rss(entry("gate", link=page))))
    one(desk)
    (added,) = add(desk, [page], policy=HERE)
    assert isinstance(added, Added)
    assert (added.outcome, added.number) == ("updated", 1)
    server.serve("/feed", rss(entry("gate", "A new summary.", link=page)))
    assert one(desk, feed).updated == 0
    assert "Ada Quill opened" in text(desk, 1)


# Trouble


def test_each_feed_in_trouble_says_so_and_harms_no_other(desk: Desk, server: Server) -> None:
    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        while not server.ended.wait(0.05):
            handler.wfile.write(b"x")

    pages = {
        "/none": Answer(status=404),
        "/page": Answer(b"<!doctype html><html><body>Please log in", media="text/html"),
        "/bomb": Answer(gzip.compress(bytes(20 << 20)), headers={"Content-Encoding": "gzip"}),
        "/deep": Answer(b'<?xml version="1.0"?><rss version="2.0"><channel>' + b"<a>" * 200_000),
        "/drip": Answer(stall=drip),
        "/empty": Answer(rss().encode()),
        "/trap": Answer(rss(entry("trap", "<p>" * 5000), entry("whole")).encode()),
    }
    server.answers.update(pages)
    names = [*pages, "/good"]
    server.serve("/good", rss(entry("gate")))
    hosts = {path: f"127.0.0.{place + 1}" for place, path in enumerate(names)}
    subscribed(desk, *(server.url(path, hosts[path]) for path in names))
    results = {
        result.feed.url.rpartition("/")[2]: result
        for result in refreshed(desk, policy=replace(HERE, seconds=3.0))
    }
    assert {name: result.outcome for name, result in results.items()} == {
        "none": "failed",
        "page": "failed",
        "bomb": "failed",
        "deep": "failed",
        "drip": "failed",
        "empty": "unchanged",
        "trap": "updated",
        "good": "updated",
    }
    assert "there is nothing at this address" in results["none"].feed.error
    assert "it is a web page and no feed" in results["page"].feed.error
    assert "larger than 15 MB" in results["bomb"].feed.error
    assert results["empty"].feed.notes == ("it holds no entries",)
    assert results["trap"].added == 2
    assert (results["good"].added, results["good"].feed.error) == (1, "")


def test_a_feed_in_trouble_is_left_alone_for_a_while_unless_it_is_named(desk: Desk, server: Server) -> None:
    (feed,) = subscribed(desk, server.serve("/feed", "", status=500))
    assert one(desk).feed.failures == 1
    assert refreshed(desk) == []
    assert one(desk, desk.store.feeds.get(feed.number)).feed.failures == 2
    server.serve("/feed", rss(entry("gate")))
    result = one(desk, desk.store.feeds.get(feed.number))
    assert (result.outcome, result.feed.failures, result.feed.error) == ("updated", 0, "")


def test_a_server_that_asks_to_be_left_alone_is(desk: Desk, server: Server) -> None:
    subscribed(desk, server.serve("/feed", "", status=429, headers={"Retry-After": "3600"}))
    assert one(desk).outcome == "failed"
    (feed,) = subscribing.feeds(desk)
    assert one(desk, feed).outcome == "waiting"
    assert len(server.asked) == 1


def test_a_feed_that_is_gone_is_retired(desk: Desk, server: Server) -> None:
    subscribed(desk, server.serve("/feed", "", status=410))
    result = one(desk)
    assert (result.outcome, result.feed.retired) == ("retired", True)
    assert "gone for good" in result.feed.error
    assert refreshed(desk) == []
    server.serve("/feed", rss(entry("gate")))
    assert not one(desk, *subscribing.feeds(desk)).feed.retired


def test_a_move_for_good_is_remembered_and_one_for_now_is_not(desk: Desk, server: Server) -> None:
    server.serve("/new", rss(entry("gate")))
    for status, url in ((302, server.url("/old")), (301, server.url("/new"))):
        server.redirect("/old", "/new", status)
        subscribed(desk, server.url("/old"))
        assert one(desk).feed.url == url


def test_two_feeds_that_move_to_one_address_stay_two(desk: Desk, server: Server) -> None:
    server.serve("/new", rss(entry("gate")))
    server.redirect("/old", "/new", 301)
    subscribed(desk, server.url("/new"), server.url("/old"))
    assert sorted(result.feed.url for result in refreshed(desk)) == [server.url("/new"), server.url("/old")]


def test_an_answer_that_is_no_feed_moves_nothing(desk: Desk, server: Server) -> None:
    server.serve("/login", "<!doctype html><title>Log in</title>", media="text/html")
    subscribed(desk, server.redirect("/old", "/login", 301))
    assert one(desk).feed.url == server.url("/old")


def test_the_whole_can_be_stopped(desk: Desk, server: Server) -> None:
    def hold(handler: http.server.BaseHTTPRequestHandler) -> None:
        server.ended.wait(30)

    server.answers["/slow"] = Answer(stall=hold)
    server.serve("/feed", rss(entry("gate")))
    subscribed(desk, server.url("/feed"), *(server.url("/slow", f"127.0.0.{n}") for n in range(2, 9)))
    done: list[Refreshed] = []
    begun = time.monotonic()
    for result in refresh(desk, HERE, cancelled=lambda: bool(done)):
        done.append(result)
    assert [result.outcome for result in done] == ["updated"]
    assert time.monotonic() - begun < 20
    assert desk.store.check() == []


def test_an_entry_that_no_code_can_read_leaves_the_others_and_a_line(
    desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def trapped(incoming: Incoming, recurring: Recurring | None = None) -> Draft:
        if b"gate" in incoming.raw:
            raise RecursionError(incoming.raw.decode())
        return prepare(incoming, recurring)

    monkeypatch.setattr(entries, "prepare", trapped)
    subscribed(desk, server.serve("/feed", rss(entry("gate"), entry("lock"))))
    result = one(desk)
    assert (result.added, result.feed.notes) == (1, ("1 of its entries could not be read",))
    assert "RecursionError" in caplog.text
    assert "The council met" not in caplog.text


def test_a_feed_that_is_named_twice_is_asked_once(desk: Desk, server: Server) -> None:
    (feed,) = subscribed(desk, server.serve("/feed", rss(entry("gate"))))
    assert len(refreshed(desk, feed, feed)) == len(server.asked) == 1


def test_many_feeds_are_read_in_other_processes(desk: Desk, server: Server) -> None:
    paths = [f"/{n}" for n in range(30)]
    for path in paths:
        server.serve(path, rss(*(entry(f"gate{path}-{n}", LONG * 5) for n in range(6)), title=path))
    subscribed(desk, *map(server.url, paths))
    progress: list[tuple[int, int]] = []
    results = list(
        refresh(desk, HERE, progress=lambda done, total: progress.append((done, total)), workers=2)
    )
    assert sum(result.added for result in results) == 180
    assert progress == [(done, 30) for done in range(31)]
    assert desk.store.check() == []
    assert {article.metadata.source for article in articles(desk)} == set(paths)


# Pages of entries


def full(words: str) -> str:
    inner = f"<article><h1>Gate</h1><p>{words}</p></article>"
    return f"<html><head><title>x</title></head><body>{inner}</body></html>"


def test_entries_that_are_cut_are_completed_from_their_pages(desk: Desk, server: Server) -> None:
    body = rss(
        entry("gate", "It opened …", link=server.serve("/gate", full(LONG + PROSE), media="text/html")),
        entry("lock", link=server.serve("/lock", full("Never asked for."), media="text/html")),
        entry("pier", "It sank …", link=server.serve("/pier", full("Less."), media="text/html")),
        entry("quay", "It stands …", link=server.url("/quay")),
    )
    (feed,) = subscribed(desk, server.serve("/feed", body))
    subscribing.edit(desk, feed, full_text="short")
    result = one(desk)
    assert result.added == 4
    texts = {article.metadata.title: text(desk, article.number) for article in articles(desk)}
    assert "Ada Quill opened" in texts["The gate opened"]
    assert texts["The lock opened"].startswith("The lock opened\n\nlock: The council")
    assert texts["The pier opened"].endswith("pier: It sank …")
    assert texts["The quay opened"].endswith("quay: It stands …")
    assert [note for note in result.feed.notes if "1 of its pages could not be read" in note]
    assert "/lock" not in server.paths()
    assert one(desk).outcome == "unchanged"


def test_the_first_pages_of_a_site_profit_from_each_other_at_the_end_of_a_refresh(
    desk: Desk, server: Server
) -> None:
    names = ("gate", "lock", "pier", "quay")
    for name in names:
        words = f"{name}: {LONG}</p><p>Nobody had expected the {name} to open.{FOOT}"
        server.serve(f"/{name}", full(words), media="text/html")
    body = rss(*(entry(name, "It opened …", link=server.url(f"/{name}")) for name in names))
    (feed,) = subscribed(desk, server.serve("/feed", body))
    one(desk, subscribing.edit(desk, feed, full_text="always"))
    for article in articles(desk):
        assert "Nobody had expected" in text(desk, article.number)
        assert "You read the Tide" not in text(desk, article.number)
    assert "cleaned" not in marking.undo(desk).what


def test_pages_always_or_never(desk: Desk, server: Server) -> None:
    body = rss(entry("gate", link=server.serve("/gate", full(LONG * 2 + PROSE), media="text/html")))
    (feed,) = subscribed(desk, server.serve("/feed", body, etag='"1"'))
    one(desk)
    assert "/gate" not in server.paths()
    feed = subscribing.edit(desk, feed, full_text="always")
    one(desk)
    # What is there already is not fetched again; what comes from now on is.
    assert "/gate" not in server.paths()
    server.serve("/lock", full(LONG * 2 + "The lock held."), media="text/html")
    server.serve("/feed", rss(entry("lock", link=server.url("/lock"))), etag='"2"')
    one(desk)
    assert "The lock held." in text(desk, 2)


# Subscribing


def test_subscribing_by_a_page_takes_the_first_feed_it_names(desk: Desk, server: Server) -> None:
    server.serve("/feed", rss(entry("gate")))
    site = server.serve(
        "/",
        '<link rel=alternate type=application/rss+xml href=/feed title="All"><link rel=alternate'
        " type=application/atom+xml href=/other title=Comments>",
        media="text/html",
    )
    found = subscribing.subscribe(desk, site, HERE, folder=" News / Sea ")
    assert (found.new, found.added, found.feed.url, found.feed.folder) == (
        True,
        1,
        server.url("/feed"),
        "News/Sea",
    )
    assert [wish.title for wish in found.others] == ["Comments"]
    assert not subscribing.subscribe(desk, server.url("/feed"), HERE).new


def test_what_is_no_feed_is_not_subscribed_to(desk: Desk, server: Server) -> None:
    for url, why in (
        (server.serve("/page", "<!doctype html><p>words", media="text/html"), "nor does it name one"),
        (server.url("/none"), "there is nothing"),
        ("file:///etc/passwd", "must begin with http"),
        (server.serve("/bad", "<rss><chan"), "it is damaged"),
    ):
        with pytest.raises(InputError, match=why):
            subscribing.subscribe(desk, url, HERE)
    assert subscribing.feeds(desk) == []
    with pytest.raises(NotFoundError, match="nothing to undo"):
        marking.undo(desk)


def test_subscribing_setting_and_removing_are_undone(desk: Desk, server: Server) -> None:
    url = server.serve("/feed", rss(entry("gate")))
    feed = subscribing.subscribe(desk, url, HERE).feed
    subscribing.edit(desk, feed, name="Tides", full_text="never")
    subscribing.remove(desk, feed)
    told = [marking.undo(desk).what for _ in range(3)]
    assert told == [
        "brought back the feed Tides",
        "set the feed Tide News",
        f"removed the feed {url}",
    ]
    assert subscribing.feeds(desk) == []
    for _ in range(2):
        marking.redo(desk)
    (back,) = subscribing.feeds(desk)
    assert (back.title, back.full_text) == ("Tides", "never")


def test_a_removed_feed_comes_back_as_it_was_and_its_articles_stay(desk: Desk, server: Server) -> None:
    url = server.serve("/feed", rss(entry("gate")))
    feed = subscribing.subscribe(desk, url, HERE, folder="News").feed
    subscribing.remove(desk, feed)
    assert (subscribing.feeds(desk), finding.count(desk)) == ([], 1)
    with pytest.raises(NotFoundError):
        desk.store.feeds.get(feed.number)
    back = subscribing.subscribe(desk, url, HERE)
    assert (back.new, back.added, back.feed.number, back.feed.folder) == (True, 0, feed.number, "News")


def test_feeds_are_named_by_number_address_or_title(desk: Desk, server: Server) -> None:
    first = subscribing.subscribe(desk, server.serve("/1", rss(entry("gate"))), HERE).feed
    second = subscribing.subscribe(desk, server.serve("/2", rss(entry("lock"))), HERE).feed
    for reference in (str(first.number), first.url):
        assert subscribing.feed(desk, reference).number == first.number
    with pytest.raises(NotFoundError, match="several feeds"):
        subscribing.feed(desk, "tide news")
    subscribing.edit(desk, second, name="Other")
    assert subscribing.feed(desk, "TIDE NEWS").number == first.number
    with pytest.raises(NotFoundError, match="no feed"):
        subscribing.feed(desk, "nowhere")
    with pytest.raises(InputError, match="none of never, short, always"):
        subscribing.edit(desk, second, full_text="sometimes")
    assert subscribing.edit(desk, second, name="").title == "Tide News"


def test_lists_go_in_and_out(desk: Desk, tmp_path: Path) -> None:
    raw = (
        b'<opml version="2.0"><body><outline text="A"><outline text="One" xmlUrl="https://one.example/f"/></outline>'
        b'<outline text="Two" xmlUrl="https://two.example/f"/><outline xmlUrl="exec:id"/></body></opml>'
    )
    outcomes = list(subscribing.take_list(desk, raw, "list.opml"))
    assert len(outcomes) == 3
    content = subscribing.give_list(desk, tmp_path / "out.opml")
    assert (tmp_path / "out.opml").read_text() == content
    with desk_at(tmp_path / "other.db") as other:
        list(subscribing.take_list(other, content.encode(), "out.opml"))
        assert subscribing.give_list(other) == content
        assert [(feed.title, feed.folder) for feed in subscribing.feeds(other)] == [("Two", ""), ("One", "A")]
