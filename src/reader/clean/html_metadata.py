"""What an HTML page says of itself: meta elements, JSON-LD, and what trafilatura finds beyond them."""

import json
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from reader.clean.metadata import normalised, preferred
from reader.dates import iso_date
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
_ARTICLES = ("Article", "BlogPosting", "NewsArticle", "Report", "TechArticle", "ScholarlyArticle")
_LARGEST_JSON = 300_000
_LONGEST_NAME = 200


def page_metadata(tree: HtmlElement, given: Metadata) -> Metadata:
    """The page's own metadata; `given` wins, and serves as the page's address where it has one."""
    named = _named(tree)
    linked = _linked_data(tree)
    heading = tree.find(".//title")
    address = _canonical(tree, named, given.url)
    said = Metadata(
        title=_headline(tree, _first(named, _TITLE) or linked.get("title", "")),
        url=address,
        source=_first(named, _SITE) or linked.get("source", ""),
        author=linked.get("author", "") or _person(_first(named, _AUTHOR)),
        published=iso_date(linked.get("published", "")) or _date(named, tree),
        language=_language(tree, named),
    )
    last = Metadata(
        title=_without_site(
            " ".join(heading.text_content().split()) if heading is not None else "", said.source
        ),
        source=_host(address or given.url),
    )
    return preferred(normalised(given), normalised(said), normalised(last))


def page_description(tree: HtmlElement) -> str:
    """What the page says it is about, for search engines and previews; often the article's first lines."""
    named = _named(tree)
    return named.get("og:description") or named.get("description") or ""


def _headline(tree: HtmlElement, said: str) -> str:
    """The headline that readers see, where it is plain which heading that is; else the one for machines."""
    shown = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    shown = [heading for heading in dict.fromkeys(shown) if 10 <= len(heading) <= _LONGEST_NAME]
    if len(shown) == 1:
        return shown[0]
    return next((heading for heading in shown if heading.casefold() in said.casefold()), said)


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


def _linked_data(tree: HtmlElement) -> dict[str, str]:
    """Title, author, date and publisher of the page's JSON-LD article."""
    for script in tree.iter("script"):
        content = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(content) > _LARGEST_JSON:
            continue
        try:
            data = json.loads(content, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            if any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                found = {
                    "title": _text(node.get("headline")),
                    "author": _names(node.get("author")),
                    "published": _text(node.get("datePublished")),
                    "source": _names(node.get("publisher")),
                }
                if found["published"] or found["author"]:
                    return found
    return {}


def _nodes(data: object) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD document: itself, the members of a list or of ``@graph``."""
    pending: list[object] = [data]
    seen = 0
    while pending and seen < 500:
        seen += 1
        node = pending.pop(0)
        if isinstance(node, list):
            pending += node
        elif isinstance(node, dict):
            yield node
            pending += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _text(value: object) -> str:
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _names(value: object) -> str:
    people = value if isinstance(value, list) else [value]
    names = [_person(_text(each.get("name") if isinstance(each, dict) else each)) for each in people[:20]]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _person(name: str) -> str:
    """A name; not an address or an account's number, which many pages give instead."""
    name = name.removeprefix("By ").removeprefix("by ")
    return (
        ""
        if "://" in name or name.startswith(("@", "/")) or name.isdigit() or len(name) > _LONGEST_NAME
        else name
    )


def _date(named: Mapping[str, str], tree: HtmlElement) -> str:
    for name in _PUBLISHED:
        if found := iso_date(named.get(name, "")):
            return found
    for element in tree.iter("time"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        if "publish" in marks or "entry-date" in marks or element.get("pubdate") is not None:
            found = iso_date(element.get("datetime") or "")
            if found:
                return found
    return ""


def _language(tree: HtmlElement, named: Mapping[str, str]) -> str:
    language = tree.get("lang") or named.get("og:locale") or named.get("content-language") or ""
    language = language.strip().replace("_", "-")
    return language if language[:2].isalpha() and len(language) <= 12 else ""


def _canonical(tree: HtmlElement, named: Mapping[str, str], given: str) -> str:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return _joined(given, link.get("href"))
    return _joined(given, named.get("og:url", ""))


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


def _without_site(title: str, site: str) -> str:
    """A page title without the site's name after it."""
    for mark in (" | ", " - ", " – ", " — ", " · ", " :: "):
        head, _, tail = title.rpartition(mark)
        if head and tail and site and tail.casefold() == site.casefold():
            return head
    return title
