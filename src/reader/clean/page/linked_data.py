"""What a page's JSON-LD says of its article (schema.org)."""

import json
from collections.abc import Iterator, Mapping
from html import unescape

from lxml.html import HtmlElement

from reader.model import Metadata

_ARTICLES = frozenset(
    {"Article", "AdvertiserContentArticle", "AnalysisNewsArticle", "AskPublicNewsArticle",
     "BackgroundNewsArticle", "BlogPosting", "LiveBlogPosting", "MedicalScholarlyArticle", "NewsArticle",
     "OpinionNewsArticle", "Report", "ReportageNewsArticle", "Review", "ReviewNewsArticle",
     "SatiricalArticle", "ScholarlyArticle", "SocialMediaPosting", "TechArticle"}
)  # fmt: skip
"""schema.org's Article and the types below it, and Review."""
_PAGES = frozenset({"WebPage", "ItemPage", "FAQPage", "MedicalWebPage", "HowTo", "Recipe", "CreativeWork"})
"""What says the date and the author where no article does."""
_LARGEST = 300_000
_MOST_NODES = 500
_MOST_NAMES = 20
LONGEST_NAME = 200


def linked_data(tree: HtmlElement) -> Metadata:
    """Title, author, date and publisher of the page's JSON-LD article, as they stand there."""
    nodes = [node for script in tree.iter("script") for node in _nodes_of(script)]
    named = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    for kinds in (_ARTICLES, _PAGES):
        for node in nodes:
            if kinds.isdisjoint(_kinds(node)):
                continue
            found = Metadata(
                title=_text(node.get("headline")) if kinds is _ARTICLES else "",
                author=_names(node.get("author"), named),
                published=_text(node.get("datePublished")),
                source=_names(node.get("publisher"), named),
            )
            if found.published or found.author:
                return found
    return Metadata()


def person(name: str) -> str:
    """A name; not an address or an account's number, which many pages give instead."""
    name = name.removeprefix("By ").removeprefix("by ").strip()
    unfit = "://" in name or name.startswith(("@", "/")) or name.isdigit() or len(name) > LONGEST_NAME
    return "" if unfit else name


def _nodes_of(script: HtmlElement) -> list[dict[str, object]]:
    content = script.text or ""
    if "ld+json" not in (script.get("type") or "") or len(content) > _LARGEST:
        return []
    try:
        return list(_nodes(json.loads(content, strict=False)))
    except (ValueError, RecursionError):
        return []


def _nodes(data: object) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD document: itself, the members of a list or of ``@graph``."""
    pending: list[object] = [data]
    seen = 0
    while pending and seen < _MOST_NODES:
        seen += 1
        node = pending.pop(0)
        if isinstance(node, list):
            pending += node
        elif isinstance(node, dict):
            yield node
            pending += [node[key] for key in ("@graph", "mainEntity", "author") if key in node]


def _kinds(node: Mapping[str, object]) -> set[str]:
    kinds = node.get("@type")
    return {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}


def _text(value: object) -> str:
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _names(value: object, named: Mapping[str, Mapping[str, object]]) -> str:
    """The names of one or more people or organisations, also where the page only points at them."""
    names = []
    for each in (value if isinstance(value, list) else [value])[:_MOST_NAMES]:
        name = each
        if isinstance(each, dict):
            name = each.get("name") or named.get(str(each.get("@id")), {}).get("name")
        for one in name if isinstance(name, list) else [name]:
            names.append(person(_text(one)))
    return ", ".join(dict.fromkeys(name for name in names if name))
