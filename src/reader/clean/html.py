"""The HTML cleaner: which blocks of a page are its article, and why the others are not.

trafilatura finds the article's text; each block of the page is kept where its words made it into that text,
in the same order. So the segments, the Markdown and the reasons all come from the page itself, and a block
that the extractor left out is still there, one verdict away.
"""

import logging
import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, TypeAlias

from lxml import etree
from lxml.html import HtmlElement

from reader.clean.html_markdown import page_markdown
from reader.clean.html_match import matched
from reader.clean.html_metadata import page_metadata
from reader.clean.html_page import Block, Page, read_page
from reader.clean.html_reasons import Reasons
from reader.clean.html_tree import parse
from reader.clean.marks import Mark, cover
from reader.clean.metadata import normalised, preferred
from reader.clean.plain import is_prose, judge
from reader.clean.rules import Rule, ruleset
from reader.clean.writing import kept_lines, plain_markdown
from reader.errors import InputError
from reader.model import Cleaned, Metadata, Verdict

CLEANER = "html/1"

_Verdict: TypeAlias = tuple[Verdict, str, str]
"""The verdict on a block, its reason and its rule."""

_LABEL_CLASSES = frozenset(
    {"form", "share", "ad", "newsletter", "cookie", "shortcode", "footer", "paywall", "related"}
)
"""Classes of line rules that are certain enough to take a whole block out of what the extractor kept."""

_LONGEST_LABEL = 240

_MOST_ELEMENTS = 30_000
"""More elements than this keep the extractor busy for many seconds; such a page is shown whole, in doubt."""

_TAG = re.compile(
    r"<(script|style|template|noscript)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.DOTALL | re.IGNORECASE
)

_quiet = logging.getLogger("trafilatura")


def clean_html(text: str, encoding: str, given: Metadata) -> Cleaned:
    """Divide a page into blocks and judge each.

    Args:
        text: the decoded page.
        encoding: the encoding it was read in.
        given: what the container says of it; it wins over what the page says.

    Raises:
        InputError: when the page is too large, or holds no text.
    """
    tree = parse(text)
    page = read_page(tree)
    if page is None:
        return _as_text(text, encoding, page_metadata(tree, given))
    if not page.text.strip():
        raise InputError("there is no text in it: the page is empty, or a script would have to fill it")
    metadata, article, images = _extracted(text, page_metadata(tree, given))
    verdicts = _verdicts(page, article, metadata.title)
    marks = [
        Mark(block.start, block.end, *verdict)
        for block, verdict in zip(page.blocks, verdicts, strict=True)
        if verdict[0] != "keep" and block.end > block.start
    ]
    segments = cover(page.text, marks)
    shown = [
        block
        for block, verdict in zip(page.blocks, verdicts, strict=True)
        if verdict[0] != "drop" and (not block.is_image or block.pieces[0].image in images)
    ]
    return Cleaned(
        page_text=page.text,
        segments=segments,
        markdown=page_markdown(shown, metadata.url or given.url),
        metadata=metadata,
        cleaner=CLEANER,
        encoding=encoding,
    )


def _extracted(text: str, known: Metadata) -> tuple[Metadata, list[str], frozenset[str]]:
    """The metadata with what trafilatura adds, the article's paragraphs, and the addresses of its images.

    No paragraph where it finds no article, or fails at hostile markup: its failure is not the reader's.
    """
    tree = parse(text)
    if sum(1 for _ in islice(tree.iter(), _MOST_ELEMENTS + 1)) > _MOST_ELEMENTS:
        return known, [], frozenset()
    import trafilatura

    _quiet.setLevel(logging.CRITICAL)
    try:
        document: Any = trafilatura.bare_extraction(
            tree,
            url=known.url or None,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_images=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:
        # Any exception: a third party's code on hostile input, where the page can still be shown whole.
        return known, [], frozenset()
    if document is None or document.body is None:
        return known, [], frozenset()
    found = Metadata(
        title=document.title or "",
        source=document.sitename or "",
        author=(document.author or "").replace("; ", ", "),
        published=document.date or "",
    )
    return (
        preferred(known, normalised(found)),
        _paragraphs(document.body),
        frozenset(graphic.get("src") for graphic in document.body.iter("graphic")),
    )


_ENDS = frozenset(
    {"p", "head", "item", "quote", "row", "list", "table", "code", "lb", "div", "ab", "graphic", "body"}
)


def _paragraphs(body: HtmlElement) -> list[str]:
    """The texts of the extractor's block elements, in order."""
    paragraphs: list[str] = []
    current: list[str] = []

    def end() -> None:
        if joined := "".join(current).strip():
            paragraphs.append(joined)
        current.clear()

    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _ENDS:
            end()
        elif element.tag == "cell":
            current.append(" ")
        tail_or_text = element.text if event == "start" else element.tail
        if tail_or_text and not (event == "end" and element is body):
            current.append(tail_or_text)
    end()
    return paragraphs


_KEEP: _Verdict = ("keep", "", "")
_LITTLE = 0.4
"""An article that is less than this share of the page's prose may be the wrong part of it."""


def _verdicts(page: Page, article: Sequence[str], title: str) -> list[_Verdict]:
    """A verdict, a reason and a rule for each block."""
    blocks = page.blocks
    texts = [page.text[block.start : block.end] for block in blocks]
    hits = matched(texts, article)
    if not any(hits):
        return _without_article(blocks, texts, Reasons(()))
    reasons = Reasons(block.element for block, hit in zip(blocks, hits, strict=True) if hit)
    first, last = hits.index(True), len(hits) - 1 - hits[::-1].index(True)
    doubtful = _near_misses(blocks, texts, hits)
    verdicts: list[_Verdict] = []
    for index, (block, shown, hit) in enumerate(zip(blocks, texts, hits, strict=True)):
        rule = _label(shown) if hit else None
        if block.is_image:
            verdicts.append(_KEEP if first < index < last else ("drop", "", ""))
        elif rule:
            verdicts.append(("drop" if rule.sure or " " in shown else "doubt", rule.reason, rule.id))
        elif hit or (index < first and block.level == 1 and _same(shown, title)):
            verdicts.append(_KEEP)
        elif why := reasons.of(block.element):
            verdicts.append(("drop", why.reason, why.id))
        elif index in doubtful and not _label(shown):
            verdicts.append(("doubt", "beside the article's paragraphs", "page.beside"))
        else:
            verdicts.append(("drop", "outside the article", "page.outside"))
    return verdicts


def _near_misses(blocks: Sequence[Block], texts: Sequence[str], hits: Sequence[bool]) -> set[int]:
    """The blocks that may be the article's though the extractor left them out.

    Those that stand between its blocks, paragraphs that have their parent element in common with one of
    them, and all paragraphs of the page where the article is only a small part of its prose.
    """
    first, last = hits.index(True), len(hits) - 1 - hits[::-1].index(True)
    prose = {index for index, shown in enumerate(texts) if is_prose(shown)}
    parents = {blocks[index].element.getparent() for index, hit in enumerate(hits) if hit}
    found = sum(len(texts[index]) for index in prose if hits[index])
    if found < _LITTLE * sum(len(texts[index]) for index in prose):
        beside = prose
    else:
        beside = {index for index in prose if blocks[index].element.getparent() in parents}
    return beside | {index for index in range(first, last) if texts[index].strip()}


def _without_article(blocks: Sequence[Block], texts: Sequence[str], reasons: Reasons) -> list[_Verdict]:
    """Where no article was found: everything is doubted but what the page itself calls something else."""
    verdicts: list[_Verdict] = []
    for block, shown in zip(blocks, texts, strict=True):
        why = reasons.of(block.element)
        if why is not None and not is_prose(shown):
            verdicts.append(("drop", why.reason, why.id))
        else:
            verdicts.append(("doubt", "no article was found on the page", "page.no-article"))
    if all(
        verdict[0] == "drop" for verdict, block in zip(verdicts, blocks, strict=True) if not block.is_image
    ):
        return [("doubt", "no article was found on the page", "page.no-article")] * len(blocks)
    return verdicts


def _label(shown: str) -> Rule | None:
    """The rule that calls a whole block a label or a form, if its class is certain."""
    if not shown or len(shown) > _LONGEST_LABEL:
        return None
    rules = ruleset()
    if rules.kept.whole(shown):
        return None
    rule = rules.line.whole(shown)
    return rule if rule and rule.id.partition(".")[0] in _LABEL_CLASSES else None


def _same(one: str, other: str) -> bool:
    return bool(one) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _as_text(text: str, encoding: str, metadata: Metadata) -> Cleaned:
    """A page that nests too deeply for the parser, as plain text without its tags."""
    from html import unescape

    bare = unescape(_TAG.sub("\n", text))
    lines = (" ".join(line.split()) for line in bare.split("\n"))
    page_text = "\n".join(line for line in lines if line)
    if not page_text:
        raise InputError("there is no text in it: the page holds nothing but markup")
    segments = tuple(
        segment
        if segment.verdict == "drop"
        else segment._replace(
            verdict="doubt", reason="the page nests too deeply to tell its article", rule="page.too-deep"
        )
        for segment in judge(page_text)
    )
    return Cleaned(
        page_text=page_text,
        segments=segments,
        markdown=plain_markdown(kept_lines(page_text, segments), ""),
        metadata=metadata,
        cleaner=CLEANER,
        encoding=encoding,
    )
