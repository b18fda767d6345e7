"""What a plain or Markdown text says of itself: title, author, date, source, address. Nothing is invented."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reader.clean.shapes import is_title
from reader.dates import date_of_line, iso_date
from reader.model import Metadata

FIELDS = ("title", "url", "source", "author", "published", "language")
_FIELDS = {
    "title": "title",
    "headline": "title",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "canonical_url": "url",
    "source": "source",
    "site": "source",
    "publisher": "source",
    "outlet": "source",
    "publication": "source",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "by": "author",
    "date": "published",
    "published": "published",
    "published_at": "published",
    "publish_date": "published",
    "pubdate": "published",
    "language": "language",
    "lang": "language",
}
_HEADER = re.compile(r"([A-Za-z_]{2,14})[ \t]*:[ \t]+(\S[^\n]{0,399})")
_HEADER_WITHIN = 12
_LOOK_WITHIN = 6
"""How many kept lines from the top a byline or a date line is looked for."""

_NAME = r"[A-ZÀ-ÞĀ-Ž][\w.'’-]*"
_NAMES = rf"{_NAME}(?: (?:{_NAME}|de|der|den|van|von|da|di|la|le|el|al|bin|ter|ten|y|e)){{1,4}}"
_BYLINE = re.compile(
    rf"(?:By|BY|Von|Par|Por)\s+({_NAMES}(?:(?:, | and | & |, and | und | et | y | e ){_NAMES}){{0,4}})"
    rf"(?:\s*[,|–—-]\s*[^\n.]{{2,60}})?"
)
_LONGEST_BYLINE = 120
_URL = re.compile(r"https?://[^\s<>\"']{3,}", re.IGNORECASE)
_LONGEST_TITLE = 160


class Header(NamedTuple):
    """One line at the top of a text that says something of the article."""

    start: int
    end: int
    field: str
    value: str


def header_lines(text: str) -> list[Header]:
    """The lines at the very top that say ``Title: …``, ``URL: …``, ``Date: …`` and the like.

    One such line alone may be the article's first sentence, so two are wanted, or one that holds an address.
    """
    headers: list[Header] = []
    if ":" not in text[:200]:
        return headers
    at = len(text) - len(text.lstrip("\n \t"))
    while len(headers) < _HEADER_WITHIN:
        match = _HEADER.match(text, at)
        if not match or (match.end() < len(text) and text[match.end()] != "\n"):
            break
        field, value = _FIELDS.get(match[1].lower(), ""), match[2].strip()
        if not field or (field == "published" and not iso_date(value)):
            break
        headers.append(Header(at, match.end(), field, value))
        at = match.end() + 1
    known = {header.field for header in headers}
    if len(known) < 2 and not any(
        header.field == "url" and _URL.fullmatch(header.value) for header in headers
    ):
        return []
    return headers


def read_headers(stretches: Sequence[str]) -> dict[str, str]:
    """What lines that `header_lines` found say, by field; the first line that says a thing counts."""
    found: dict[str, str] = {}
    for match in _HEADER.finditer("\n".join(stretches)):
        found.setdefault(_FIELDS.get(match[1].lower(), match[1]), match[2].strip())
    return found


def from_fields(fields: Mapping[str, str]) -> Metadata:
    """The metadata that named values give; names as people write them, unknown ones are ignored."""
    found: dict[str, str] = {}
    for name, value in fields.items():
        field = _FIELDS.get(name.strip().lower().replace("-", "_").replace(" ", "_"), "")
        said = " ".join(value.split())
        if field and said and field not in found:
            found[field] = said
    source = found.get("source", "")
    if _URL.fullmatch(source):
        # "Source" names a newspaper in one file and gives the address in the next.
        found.pop("source")
        found.setdefault("url", source)
    return normalised(Metadata(**found))


def from_lines(lines: Sequence[str]) -> Metadata:
    """What the first kept lines say: the title, and a byline or date line where it is unmistakable."""
    shown = [line for line in lines[:40] if line]
    author = published = ""
    for line in shown[:_LOOK_WITHIN]:
        author = author or byline_of(line)
        published = published or date_of_line(line)
    return Metadata(title=_title(shown), author=author, published=published)


def says_who_or_when(line: str) -> bool:
    """Whether a line is a byline or a date: the article's own, however short."""
    return bool(_BYLINE.fullmatch(line) or date_of_line(line))


def normalised(metadata: Metadata) -> Metadata:
    """The metadata with each value as the rest of the program may rely on it."""
    url = metadata.url.strip()
    return Metadata(
        title=" ".join(metadata.title.split()),
        url=url if _URL.fullmatch(url) else "",
        source=" ".join(metadata.source.split()),
        author=" ".join(metadata.author.split()),
        published=iso_date(metadata.published),
        language=metadata.language.strip()[:35],
    )


def combined(*said: tuple[str, Metadata]) -> tuple[Metadata, tuple[tuple[str, str], ...]]:
    """What several sources say, each field from the first that says it, and which source that was.

    Args:
        said: a source's name, in words a reader understands (``json-ld``), and what it says.

    Returns:
        The metadata, and pairs of a field's name and its source's.
    """
    values: dict[str, str] = {}
    sources: dict[str, str] = {}
    for source, metadata in said:
        right = normalised(metadata)
        for name in FIELDS:
            if (value := getattr(right, name)) and name not in values:
                values[name], sources[name] = value, source
    return Metadata(**values), tuple(sources.items())


def byline_of(line: str) -> str:
    """The names in a line that is nothing but a byline (``By Ana Holm, staff writer``), else empty."""
    match = _BYLINE.fullmatch(line) if len(line) <= _LONGEST_BYLINE else None
    return match[1] if match else ""


def _title(shown: Sequence[str]) -> str:
    """The first line if it reads like a title, else its first sentence, shortened."""
    if not shown:
        return ""
    if is_title(shown[0]):
        return shown[0]
    first = re.split(r"(?<=[.!?])\s", shown[0], maxsplit=1)[0]
    if len(first) <= _LONGEST_TITLE:
        return first
    return first[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip(",;:–—- ") + "…"
