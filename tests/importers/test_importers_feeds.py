"""Feeds as they are found: of every kind, and broken in every way."""

import json
from pathlib import Path

import pytest

from reader.errors import InputError
from reader.importers.discovery import feeds_of
from reader.importers.entries import MAX_ENTRIES
from reader.importers.feed import read_feed
from reader.sources import Document, Entry, Fetched, Wish

NOW = "2026-03-10T12:00:00.000Z"


def given(body: bytes | str, media: str = "application/xml", charset: str = "") -> Fetched:
    raw = body.encode() if isinstance(body, str) else body
    return Fetched("https://tide.example/feed", "", False, raw, media, charset, "", "")


def read(body: bytes | str, media: str = "application/xml", charset: str = "") -> Document:
    return read_feed(given(body, media, charset), NOW)


def rss(items: str, head: str = '<?xml version="1.0"?>') -> str:
    return (
        f'{head}<rss version="2.0"><channel><title>Tide News</title>'
        f"<link>https://tide.example/</link><description>d</description>{items}</channel></rss>"
    )


def item(name: str = "gate", **fields: str) -> str:
    known = {
        "title": f"The {name} opened",
        "link": f"https://tide.example/{name}",
        "guid": f"urn:{name}",
        "pubDate": "Mon, 02 Mar 2026 09:14:05 GMT",
        "description": "&lt;p&gt;It opened on Monday.&lt;/p&gt;",
    } | fields
    return "<item>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in known.items() if text) + "</item>"


GATE = Entry(
    id="urn:gate",
    url="https://tide.example/gate",
    title="The gate opened",
    author="",
    published="2026-03-02T09:14:05Z",
    tags=(),
    html="<p>It opened on Monday.</p>",
)


def test_rss_2() -> None:
    document = read(rss(item(category="flood") + item("lock", author="ada@tide.example (Ada Quill)")))
    assert (document.title, document.home, document.notes) == ("Tide News", "https://tide.example/", ())
    gate, lock = document.entries
    assert gate == GATE._replace(tags=("flood",))
    assert lock.author == "Ada Quill"


def test_rss_091_and_1() -> None:
    old = rss("<item><title>The gate opened</title><link>/gate</link></item>").replace('"2.0"', '"0.91"')
    (entry,) = read(old).entries
    assert (entry.id, entry.url, entry.html) == ("https://tide.example/gate", "https://tide.example/gate", "")
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tide News</title></channel>'
        "<item><title>The gate opened</title><link>https://tide.example/gate</link>"
        "<dc:creator>Ada Quill</dc:creator><dc:date>2026-03-02T10:14:05+01:00</dc:date></item></rdf:RDF>"
    )
    (entry,) = read(rdf).entries
    assert (entry.author, entry.published) == ("Ada Quill", "2026-03-02T09:14:05Z")


def test_atom() -> None:
    document = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Tide News</title>'
        "<author><name>Desk</name></author>"
        '<link href="https://tide.example/"/><entry><id>tag:gate</id>'
        '<title type="html">The &amp;lt;gate&amp;gt;'
        ' &lt;b&gt;opened&lt;/b&gt;</title><link rel="enclosure" href="/a.mp3"/><link href="gate"/>'
        "<updated>2026-03-02T09:14:05Z</updated><category term='flood, town'/><summary>Short.</summary>"
        "<content type='html'>&lt;p&gt;It opened on Monday.&lt;/p&gt;</content></entry></feed>"
    )
    (entry,) = document.entries
    assert entry == GATE._replace(
        id="tag:gate", title="The <gate> opened", author="Desk", tags=("flood town",)
    )


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Tide News",
        "home_page_url": "https://tide.example/",
        "authors": [{"name": "Desk"}],
        "items": [
            {
                "id": "gate",
                "url": "https://tide.example/gate",
                "title": "The gate opened",
                "content_html": "<p>It opened on Monday.</p>",
                "date_published": "2026-03-02T10:14:05+01:00",
                "authors": [{"name": "Ada"}, {"name": "Bo"}],
                "tags": ["flood", 3],
            },
            {"id": 7, "content_text": "One & two.\n\nThree."},
            "no item",
        ],
    }
    document = read(json.dumps(feed), "application/feed+json")
    gate, seven = document.entries
    assert gate == GATE._replace(id="gate", author="Ada, Bo", tags=("flood",))
    assert (seven.id, seven.html, seven.author) == ("7", "<p>One &amp; two.</p><p>Three.</p>", "Desk")
    assert document.notes == ("1 of its items are none: passed over",)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "it is empty"),
        (b" \n ", "it is empty"),
        (b"<!doctype html><title>Log in</title><form><input type=password></form>", "web page and no feed"),
        (b"just words", "no feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no feed"),
        (b"{", "damaged"),
        (b"{" + b'"a":{' * 100_000, "damaged"),
        (b'{"items": []}', "no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 3}', "no JSON Feed"),
    ],
)
def test_what_is_no_feed_is_told(body: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(body)


def test_an_empty_feed_is_told() -> None:
    assert read(rss("")).notes == ("it holds no entries",)


def test_dates_that_cannot_be_right_are_left_out() -> None:
    dates = ["Mon, 02 Mar 2099 09:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "0000-00-00", ""]
    document = read(rss("".join(item(str(place), pubDate=date) for place, date in enumerate(dates))))
    assert [entry.published for entry in document.entries] == [""] * 5
    assert document.notes == ("4 entries have a date that cannot be right: it was left empty",)


def test_a_wrong_encoding_is_told_and_read() -> None:
    body = rss(item(title="Die Flut kam früh"), '<?xml version="1.0" encoding="utf-8"?>').encode("cp1252")
    document = read(body, "text/xml")
    assert document.entries[0].title == "Die Flut kam früh"
    assert "its encoding is not the one it names" in document.notes[0]
    assert read(body, "text/xml", "windows-1252").entries[0].title == "Die Flut kam früh"


def test_text_xml_is_utf_8_unless_it_says_otherwise() -> None:
    document = read(rss(item(title="Die Flut kam früh"), "<?xml version='1.0'?><!DOCTYPE rss>"), "text/xml")
    assert (document.entries[0].title, document.notes) == ("Die Flut kam früh", ())


def test_what_is_broken_in_the_middle_is_read_as_far_as_can_be() -> None:
    document = read(
        rss(item() + "<item><title>Half & half</title><link>https://tide.example/half</link></item>")
    )
    assert [entry.url for entry in document.entries] == [
        "https://tide.example/gate",
        "https://tide.example/half",
    ]
    assert "not well-formed" in document.notes[0]


def test_entries_without_words_or_twice_are_passed_over() -> None:
    document = read(rss(item() + item() + item("none", title="", description="")))
    assert [entry.id for entry in document.entries] == ["urn:gate"]
    assert document.notes == ("1 entry has neither a title nor a text: passed over",)


@pytest.mark.parametrize("kind", ["rss", "json"])
def test_more_entries_than_can_be_are_counted_and_the_first_taken(kind: str) -> None:
    count = 100_000
    if kind == "rss":
        body = rss("".join(f"<item><title>t{n}</title><guid>{n}</guid></item>" for n in range(count)))
    else:
        items = [{"id": str(n), "title": f"t{n}"} for n in range(count)]
        body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})
    document = read(body)
    assert len(document.entries) == MAX_ENTRIES
    assert document.entries[-1].title == f"t{MAX_ENTRIES - 1}"
    assert document.notes == (f"it holds {count:,} entries: the first {MAX_ENTRIES:,} were taken in",)


def test_links_of_other_schemes_are_no_addresses() -> None:
    document = read(
        rss(item(link="javascript:alert(1)", guid="a") + item(link="file:///etc/passwd", guid="b"))
    )
    assert [entry.url for entry in document.entries] == ["", ""]


def test_entities_from_outside_are_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    laughs = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)]
    entities = f'<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY a0 "aaaaaaaaaa">{"".join(laughs)}'
    head = f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]>'
    document = read(rss(item(title="&x;&a8;"), head))
    assert "the secret" not in repr(document)
    assert len(repr(document)) < 10_000


def test_the_feeds_that_a_page_names() -> None:
    page = given(
        '<html><head><base href="/news/"><link rel="alternate stylesheet" href="x.css">'
        '<link rel=alternate type="application/rss+xml; charset=utf-8" title="All" href="all.xml">'
        '<link rel="ALTERNATE" type="application/atom+xml" href="https://other.example/atom">'
        '<link rel=alternate type="application/rss+xml" href="javascript:x">'
        '<link rel=alternate hreflang=de href="/de"></head><body>words',
        "text/html",
    )
    assert feeds_of(page) == [
        Wish("https://tide.example/news/all.xml", "All"),
        Wish("https://other.example/atom"),
    ]
    assert feeds_of(given(b"", "text/html")) == []
