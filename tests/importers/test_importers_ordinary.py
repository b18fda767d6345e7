"""What the quick reader of ordinary feeds reads is what feedparser reads."""

import random
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.importers import ordinary, syndication
from reader.sources import Fetched

NOW = "2026-03-10T12:00:00.000Z"
_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
}
_DECLARED = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _PREFIXES.items())

_WORDS = [
    "The gate opened", "Die Flut kam früh", "ça et là", "One & two", "<b>bold</b> words", "&lt;i&gt;", "",
    " ", "a\n b", "\u0093quoted\u0094", "cafÃ©", "漢字", "😀", "<p>It opened.</p><p>Nobody came.</p>",
    "AT&amp;T", "&copy; 2026", "]]", "ada@tide.example (Ada Quill)", "Ada Quill", "Ada, Bo", "\xa0",
    "x\x85y",
]  # fmt: skip
_ADDRESSES = [
    "https://tide.example/gate", "http://tide.example", "https://tide.example/a?b=1&c=2", "/gate", "gate",
    "#x", "https://tide.example/a;b", "urn:gate", "tag:tide.example,2026:1", "12345", "",
    "javascript:alert(1)", "https://tide.example/früh", " https://tide.example/gate\n",
    "HTTPS://Tide.example/Gate", "https://", "https://tide.example/a?", "https://tide.example/../b",
]  # fmt: skip
_DATES = [
    "Mon, 02 Mar 2026 09:14:05 GMT", "Tue, 3 Mar 2026 09:14:05 +0130", "02 Mar 2026 09:14:05 -0800",
    "yesterday", "2026-03-02T09:14:05Z", "2026-03-02T09:14:05.123+01:00", "2026-03-02",
    "Mon, 02 Mar 2099 09:14:05 GMT", "Mon, 31 Feb 2026 09:14:05 GMT", "Thu, 01 Jan 1970 00:00:00 GMT",
    "0001-01-01T00:00:00Z", "", "Mon, 02 Mar 26", "2026-03-02T24:00:00Z", "Mon, 02 Mar 2026 09:14:60 GMT",
    "0001-01-01T00:00:00+23:00", "Sat, 07 Mar 2026 09:14:05 EST",
]  # fmt: skip
_RSS_TEXTS = ["author", "dc:creator", "category", "category", "comments", "slash:comments", "media:credit"]
_ATOM_TEXTS = ["rights"]
_ODD = [
    "title", "description", "content:encoded", "media:title", "summary", "dc:subject", "itunes:author",
    "language", "source", "copyright", "content", "subtitle", "category", "dc:creator", "icon",
]  # fmt: skip


class _Writer:
    """Writes feeds that are ordinary for the most part."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def feed(self) -> str:
        return self._rss() if self._random.random() < 0.5 else self._atom()

    def _rss(self) -> str:
        parts = [self._title(), self._link(), self._text("description"), *self._odd(), self._text("category")]
        if self._rarely():
            parts.append(f"<image>{self._title()}<url>https://tide.example/a.png</url>{self._link()}</image>")
        if self._often():
            parts.append(
                '<atom:link href="https://tide.example/feed" rel="self" type="application/rss+xml"/>'
            )
        self._shuffle(parts)
        items = [self._item() for _ in range(1 + self._few() // 2)]
        return f'<rss version="2.0"{_DECLARED}><channel>{"".join(parts + items)}</channel></rss>'

    def _item(self) -> str:
        parts = [self._title(), self._link(), self._date("pubDate")]
        permanent = self._pick(["", ' isPermaLink="false"', ' isPermaLink="true"'])
        parts.append(f"<guid{permanent}>{escape(self._address())}</guid>")
        parts += [self._text(self._pick(_RSS_TEXTS)) for _ in range(self._few())]
        parts += [
            self._text(tag) for tag in ("description", "content:encoded") if self._random.random() < 0.7
        ]
        parts += self._odd()
        parts.append(self._pick(["", "", self._date("dc:date"), self._text("category", ' domain="d"')]))
        parts.append(
            self._pick(["", '<enclosure url="/a.mp3"/>', '<media:content url="/a.png" medium="image"/>'])
        )
        self._shuffle(parts)
        return f"<item>{''.join(parts)}</item>"

    def _atom(self) -> str:
        entries = [
            "".join(self._about(["published", "updated"], entry=True)) for _ in range(1 + self._few() // 2)
        ]
        parts = [*self._about(["updated"]), *(f"<entry>{entry}</entry>" for entry in entries)]
        self._shuffle(parts)
        return f'<feed xmlns="{_PREFIXES["atom"]}"{_DECLARED}>{"".join(parts)}</feed>'

    def _about(self, dates: list[str], *, entry: bool = False) -> list[str]:
        parts = [self._text("title", self._type()), f"<id>{escape(self._address())}</id>"]
        parts += [self._date(date) for date in dates]
        for _ in range(self._few()):
            rel = self._pick(["", "", ' rel="alternate"', ' rel="self"', ' rel="enclosure"', ' rel=""'])
            kind = self._pick(["", "", ' type="text/html"', ' type="application/json"'])
            parts.append(f'<link href="{escape(self._address())}"{rel}{kind}/>')
        for _ in range(self._few() // 2):
            mail = self._pick(["", "", "<email>ada@tide.example</email>"])
            parts.append(f"<author><name>{escape(self._pick(_WORDS[:6]))}</name>{mail}</author>")
        if entry:
            parts += [self._text(tag, self._type()) for tag in ("summary", "content") if not self._rarely()]
            parts += [self._text(self._pick(_ATOM_TEXTS), self._type()) for _ in range(self._few() // 3)]
            parts.append(f'<category term="{escape(self._pick(_WORDS))}"/>')
        parts += self._odd()
        self._shuffle(parts)
        return parts

    def _title(self) -> str:
        return self._text("title")

    def _link(self) -> str:
        return f"<link>{escape(self._address())}</link>"

    def _date(self, tag: str) -> str:
        return f"<{tag}>{self._pick(_DATES[:3]) if self._often() else self._pick(_DATES)}</{tag}>"

    def _text(self, tag: str, attributes: str = "") -> str:
        text = self._pick(_WORDS)
        written = f"<![CDATA[{text}]]>" if self._rarely() and "]]" not in text else escape(text)
        note = "<!-- a note -->" if self._rarely() else ""
        return f"<{tag}{attributes}>{written}{note}</{tag}>"

    def _type(self) -> str:
        kinds = ["", ' type="html"', ' type="text"', ' xml:lang="de"']
        return self._pick(kinds) if self._often() else ' type="xhtml"'

    def _odd(self) -> list[str]:
        return [] if self._often() else [self._text(self._pick(_ODD))]

    def _address(self) -> str:
        return self._pick(_ADDRESSES[:3]) if self._often() else self._pick(_ADDRESSES)

    def _pick(self, of: list[str]) -> str:
        return self._random.choice(of)

    def _shuffle(self, parts: list[str]) -> None:
        if self._rarely():
            self._random.shuffle(parts)

    def _few(self) -> int:
        return self._random.randrange(4)

    def _often(self) -> bool:
        return self._random.random() < 0.97

    def _rarely(self) -> bool:
        return self._random.random() < 0.3


def fetched(body: str) -> Fetched:
    return Fetched("https://tide.example/feed", "", False, body.encode(), "application/xml", "", "", "")


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_read_is_what_feedparser_reads(seed: int) -> None:
    body = fetched(_Writer(seed).feed())
    quick = ordinary.read(body, NOW)
    assert quick is None or quick == syndication.read(body, NOW)


def test_many_such_feeds_are_ordinary() -> None:
    """Else the test above would prove nothing."""
    read = [ordinary.read(fetched(_Writer(seed).feed()), NOW) for seed in range(300)]
    assert sum(document is not None for document in read) > 100
