"""What the feeds' importers have in common: an entry out of its fields, whatever is wrong with them."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import urljoin, urlsplit

from reader.dates import iso_date
from reader.sources import Document, Entry

MAX_ENTRIES = 1000
"""Entries of one document that are taken in, the first ones. Feeds hold some tens; what holds a hundred
thousand is an archive or a mistake."""

PLAIN_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9/._~!$'()*+,:@%=-]*)?(?:\?[A-Za-z0-9_./~:@%=&+-]+)?"
)
"""An address that stays what it is, whatever it stands in."""

_MAX_TAGS = 20
_LONGEST_TAG = 60
_LONGEST_LINE = 1000
_TAG = re.compile(r"<[^<>]*>")
_PARTING = re.compile(r"[|,]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_EARLIEST = "1990-01-01"
"""There was no web before; what claims it has a clock that was never set."""


def one_line(text: str) -> str:
    """A title, a name or a tag as it is read: without markup, in one line."""
    if "<" in text or "&" in text:
        text = unescape(_TAG.sub("", text))
    return storable(" ".join(text.split()))[:_LONGEST_LINE]


def storable(text: str) -> str:
    """The text without halves of surrogate pairs, which no file can hold."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def address(base: str, url: str) -> str:
    """The web address that a link means, or nothing where it is of another scheme."""
    if PLAIN_ADDRESS.fullmatch(url):
        return url
    try:
        whole = storable(urljoin(base, url.strip()))
        parts = urlsplit(whole)
        return whole if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


class Gathering:
    """Gathers the entries of one document and notes what is wrong with it."""

    def __init__(self, base: str, now: str) -> None:
        """`base` completes relative links; `now` is the time, ISO 8601 in UTC."""
        self._base = base
        self._latest = (datetime.fromisoformat(now) + timedelta(days=2)).date().isoformat()
        self._entries: dict[str, Entry] = {}
        self._misdated = 0
        self._empty = 0
        self._left_out = 0
        self.notes: list[str] = []

    def add(
        self,
        *,
        id_: str,
        url: str,
        title: str,
        author: str,
        written: str,
        published: str,
        tags: Iterable[str],
        texts: Sequence[str],
    ) -> None:
        """Take an entry.

        Args:
            id_: what the feed calls it, or empty.
            url: its link, perhaps relative.
            title: its title, perhaps with markup.
            author: who wrote it.
            written: its date as the feed writes it.
            published: its date as a parser has read it, ISO 8601 in UTC; empty where it could not.
            tags: its categories.
            texts: its texts as markup; the longest counts.
        """
        html = storable(max(texts, key=len, default="")).strip()
        title, url = one_line(title), address(self._base, url)
        if not title and not html:
            self._empty += 1
            return
        id_ = storable(id_.strip()) or url or _hash(title + "\0" + html)
        if id_ in self._entries:
            return
        if len(self._entries) >= MAX_ENTRIES:
            self._left_out += 1
            return
        self._entries[id_] = Entry(
            id=id_,
            url=url,
            title=title,
            author=one_line(author),
            published=self._date(written, published),
            tags=_tags(tags),
            html=html,
        )

    def _date(self, written: str, published: str) -> str:
        date = published or iso_date(written)
        if (written.strip() and not date) or (date and not _EARLIEST <= date[:10] <= self._latest):
            self._misdated += 1
            return ""
        return date

    def leave_out(self, entries: int) -> None:
        """Note that the document holds so many entries more."""
        self._left_out += entries

    def document(self, title: str, home: str) -> Document:
        """The document, with what was noted."""
        notes = list(self.notes)
        if self._left_out:
            notes.append(
                f"it holds {self._left_out + len(self._entries):,} entries: "
                f"the first {len(self._entries):,} were taken in"
            )
        if self._misdated:
            notes.append(f"{_count(self._misdated)} a date that cannot be right: it was left empty")
        if self._empty:
            notes.append(f"{_count(self._empty)} neither a title nor a text: passed over")
        if not self._entries and not notes:
            notes.append("it holds no entries")
        return Document(
            one_line(title), address(self._base, home), tuple(self._entries.values()), tuple(notes)
        )


def _count(entries: int) -> str:
    return "1 entry has" if entries == 1 else f"{entries:,} entries have"


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Categories as tags: without the characters that part tags elsewhere."""
    tidy = (" ".join(_PARTING.sub(" ", one_line(tag)).split())[:_LONGEST_TAG].strip() for tag in tags)
    return tuple(dict.fromkeys(tag for tag in tidy if tag))[:_MAX_TAGS]


def _hash(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
