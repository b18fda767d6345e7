"""What an HTML page says of itself, and where: JSON-LD, meta elements, its headings, bylines and address."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from reader.clean.metadata import byline_of, combined
from reader.clean.page.linked_data import LONGEST_NAME, linked_data, person
from reader.dates import date_of_line, iso_date
from reader.model import Metadata

_TITLE = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "headline",
    "parsely-title",
    "sailthru.title",
)
_AUTHOR = (
    "author",
    "article:author_name",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
)
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
)
_SITE = ("og:site_name", "application-name", "dc.publisher", "twitter:site_name")
_DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
_AUTHOR_CLASS = re.compile(
    r"(?<![\w-])(?:author|author-?_*name|byline|byline-?_*name|post-author|entry-author)(?![\w-])"
)
_SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " • ")
_LONGEST_AUTHOR = 60
_HEAD_BEFORE, _HEAD_AFTER = 4, 14
"""How many of a page's blocks before and after its headline are looked at for a byline and a date."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a page, and which part of it said so."""

    metadata: Metadata
    sources: tuple[tuple[str, str], ...]


def page_metadata(tree: HtmlElement, given: Metadata, shown: Sequence[str] = ()) -> Said:
    """The page's own metadata; `given` wins, and serves as the page's address where it has one.

    Args:
        tree: the page.
        given: what the container says of it.
        shown: the texts of the page's blocks, in order, where a byline is looked for.
    """
    named = _named(tree)
    linked = linked_data(tree)
    canonical, og_url = _linked_address(tree, given.url), _joined(given.url, named.get("og:url", ""))
    address = canonical or og_url or given.url
    element = tree.find(".//title")
    whole = " ".join(element.text_content().split()) if element is not None else ""
    site = _first(named, _SITE) or linked.source or _host(address)
    og = _without_site(_first(named, _TITLE), site, address)
    plain = _without_site(whole, site, address)
    heading = _headline(tree, og or linked.title or plain, site)
    title = heading or og or linked.title or plain
    author, published = _beside_headline(shown, title)
    metadata, sources = combined(
        ("given", given),
        ("canonical link", Metadata(url=canonical)),
        ("heading", Metadata(title=_without_site(heading, site, address))),
        ("json-ld", Metadata(author=linked.author, published=linked.published)),
        ("meta", _from_meta(named, og)),
        ("og:url", Metadata(url=og_url)),
        ("json-ld", Metadata(title=linked.title, source=linked.source)),
        ("author element", Metadata(author=_author_element(tree))),
        ("byline", Metadata(author=author, published=published)),
        ("time element", Metadata(published=_time_element(tree))),
        ("address", Metadata(published=_date_in(address), source=_host(address))),
        ("title element", Metadata(title=plain)),
        (
            "html lang",
            Metadata(
                language=_code(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
            ),
        ),
        ("meta", Metadata(language=_code(named.get("og:locale") or named.get("content-language")))),
    )
    return Said(metadata, sources)


def page_description(tree: HtmlElement) -> str:
    """What the page says it is about, for search engines and previews; often the article's first lines."""
    named = _named(tree)
    return named.get("og:description") or named.get("description") or ""


def _from_meta(named: Mapping[str, str], title: str) -> Metadata:
    return Metadata(
        title=title,
        source=_first(named, _SITE),
        author=person(_first(named, _AUTHOR)),
        published=next((found for name in _PUBLISHED if (found := iso_date(named.get(name, "")))), ""),
    )


def _headline(tree: HtmlElement, said: str, site: str) -> str:
    """The headline that readers see, where it is plain which heading that is; else empty.

    Not the site's name, which many pages set as their first heading.
    """
    shown = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    shown = [
        heading
        for heading in dict.fromkeys(shown)
        if len(heading) <= LONGEST_NAME and heading.casefold() != site.casefold()
    ]
    for heading in shown:
        if heading.casefold() in said.casefold() and len(heading) >= 0.4 * len(said):
            return heading
    if len(shown) == 1 and (not said or _shared(shown[0], said) >= _RELATED):
        return shown[0]
    return ""


_RELATED = 0.3
"""A heading shares at least this many of the words of the title for machines, if it is the headline."""


def _shared(one: str, other: str) -> float:
    """The share of the shorter text's words that the other has too."""
    mine, theirs = set(re.findall(r"\w+", one.casefold())), set(re.findall(r"\w+", other.casefold()))
    return len(mine & theirs) / (min(len(mine), len(theirs)) or 1)


def _beside_headline(shown: Sequence[str], title: str) -> tuple[str, str]:
    """The names in a byline, and the date in a line of its own, around the headline."""
    folded = title.casefold()
    at = next((at for at, text in enumerate(shown) if text.casefold() == folded), None)
    if at is None:
        return "", ""
    author = published = ""
    for text in (*shown[at + 1 : at + 1 + _HEAD_AFTER], *shown[max(0, at - _HEAD_BEFORE) : at]):
        for line in text.split("\n") if len(text) <= LONGEST_NAME else ():
            author = author or byline_of(line)
            published = published or date_of_line(line)
    return author, published


def _author_element(tree: HtmlElement) -> str:
    """The name in the first element that is marked as the author's."""
    for element in tree.iter("a", "span", "div", "p", "address", "strong", "h4", "h5"):
        marked = element.get("rel") == "author" or "author" in (element.get("itemprop") or "").split()
        if marked or _AUTHOR_CLASS.search(element.get("class") or ""):
            text = " ".join(element.text_content().split())
            if not 3 <= len(text) <= _LONGEST_AUTHOR:
                continue
            name = person(byline_of(text) or text.removeprefix("Written by ").removeprefix("Posted by "))
            if name and name[0].isupper() and not any(map(str.isdigit, name)) and name.count(" ") <= 6:
                return name
    return ""


def _time_element(tree: HtmlElement) -> str:
    """The date of a ``<time>`` that says it is the publication's, else that of the first on the page."""
    first = ""
    for element in tree.iter("time"):
        found = iso_date(element.get("datetime") or " ".join(element.text_content().split()))
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        if found and ("publish" in marks or "entry-date" in marks or element.get("pubdate") is not None):
            return found
        first = first or found
    return first


def _date_in(address: str) -> str:
    match = _DATE_IN_URL.search(address)
    return iso_date(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}") if match else ""


def _code(language: str | None) -> str:
    code = (language or "").strip().replace("_", "-")
    return code if code[:2].isalpha() and len(code) <= 12 else ""


def _named(tree: HtmlElement) -> dict[str, str]:
    """Each ``<meta>``'s name or property in lower case, and its first content."""
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        for key in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if key and content:
                named.setdefault(key.strip().lower(), content)
    return named


def _first(named: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((named[name] for name in names if named.get(name)), "")


def _linked_address(tree: HtmlElement, given: str) -> str:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return _joined(given, link.get("href"))
    return ""


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _without_site(title: str, site: str, address: str) -> str:
    """A page title without the site's name before or after it."""
    names = {_letters(name) for name in (site, _host(address), _host(address).rpartition(".")[0]) if name}
    for mark in _SEPARATORS:
        head, _, tail = title.rpartition(mark)
        if head and _letters(tail) in names:
            return _without_site(head, site, address)
        head, _, tail = title.partition(mark)
        if tail and _letters(head) in names:
            return tail
    return title


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
