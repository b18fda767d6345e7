"""How much of an article's markup its Markdown keeps: ``python -m bench.page_markup PAGES.jsonl.gz``.

The file holds one page a line, ``{"url", "html", "text"}``, where ``text`` is the article as a person marked
it. Counted are the headings, block quotes, links, list items and stretches of emphasis and code of the
page's own elements whose text, and whose block's text, stands in the marked article; one is kept if the
Markdown, read by a CommonMark parser, has one of its kind with the same words.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reader.clean import clean
from reader.clean.page.tree import parse
from reader.errors import InputError
from reader.model import Incoming, Metadata

KINDS = {
    "heading": ("h2", "h3", "h4", "h5", "h6"),
    "block quote": ("blockquote",),
    "emphasis": ("em", "i", "strong", "b"),
    "link": ("a",),
    "item": ("li",),
    "code": ("pre", "code"),
    "row": ("tr",),
}
FEWEST = 4
"""A block with fewer spaces than this may stand in a menu as well, and is not counted."""
_OPENS = {
    "heading_open": "heading",
    "blockquote_open": "block quote",
    "list_item_open": "item",
    "tr_open": "row",
}
_INLINE = {"strong_open": "emphasis", "em_open": "emphasis", "link_open": "link"}
_BLOCK_TAGS = (
    "p",
    "li",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "dd",
    "dt",
    "figcaption",
)
_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """The words of a text, one space between them."""
    return " ".join(_WORD.findall(text.lower()))


def of_page(tree: HtmlElement, article: str) -> Iterator[tuple[str, str]]:
    """The kind and the words of each element of markup that is the article's."""
    for kind, tags in KINDS.items():
        for element in tree.iter(*tags):
            shown = folded(element.text_content())
            if not shown or (kind == "link" and not (element.get("href") or "").startswith(("http", "/"))):
                continue
            if any(outer.tag in tags for outer in element.iterancestors()):
                continue
            block = next(
                (each for each in (element, *element.iterancestors()) if each.tag in _BLOCK_TAGS), element
            )
            around = folded(block.text_content())
            if kind != "heading" and around.count(" ") < FEWEST:
                continue
            if f" {around} " in article and f" {shown} " in article:
                yield kind, shown


def of_markdown(markdown: str) -> Counter[tuple[str, str]]:
    """The kind and the words of each element that a Markdown text has."""
    found: Counter[tuple[str, str]] = Counter()
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    opened: list[tuple[str, list[str]]] = []
    for token in tokens:
        if token.type in _OPENS:
            opened.append((_OPENS[token.type], []))
        elif token.type in {name.replace("_open", "_close") for name in _OPENS}:
            kind, words = opened.pop()
            found[kind, folded(" ".join(words))] += 1
        elif token.type in ("fence", "code_block"):
            found["code", folded(token.content)] += 1
        if token.type in ("inline", "fence", "code_block"):
            for _, words in opened:
                words.append(_plain(token))
            found.update(_inline(token.children or []))
    return found


def _plain(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children
    )


def _inline(children: list[Token]) -> Iterator[tuple[str, str]]:
    opened: list[tuple[str, list[str]]] = []
    for child in children:
        if child.type.endswith("_open"):
            opened.append((_INLINE.get(child.type, ""), []))
        elif child.type.endswith("_close"):
            kind, words = opened.pop()
            if kind:
                yield kind, folded("".join(words))
        else:
            if child.type == "code_inline":
                yield "code", folded(child.content)
            for _, words in opened:
                words.append(" " if "break" in child.type else child.content)


def main() -> None:
    """Print the share that is kept of each kind, and with ``--show KIND`` what is not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("pages")
    parser.add_argument("--show", choices=KINDS, help="print the elements of this kind that are lost")
    arguments = parser.parse_args()
    kept: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with gzip.open(arguments.pages, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            metadata = Metadata(url=record["url"])
            incoming = Incoming(
                raw=record["html"].encode(), media="html", origin="-", metadata=metadata, encoding="utf-8"
            )
            try:
                written = of_markdown(clean(incoming).markdown)
            except InputError as error:
                print(f"{record['url']}: {error}")
                continue
            for element in of_page(parse(record["html"]), f" {folded(record['text'])} "):
                total[element[0]] += 1
                if written[element]:
                    written[element] -= 1
                    kept[element[0]] += 1
                elif arguments.show == element[0]:
                    print(f"{record['url'][:60]}: {element[1][:120]}")
    for kind in KINDS:
        if total[kind]:
            print(f"{kind:12} {kept[kind] / total[kind]:.1%} of {total[kind]}")


if __name__ == "__main__":
    main()
