"""The HTML cleaner: which blocks of a page are its article, and why the others are not.

Two extractors say what they take for the article; a vote weighs that with what each block is and where it
stands. So the segments, the Markdown and the reasons all come from the page itself, and a block that was
left out is still there, one verdict away.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from reader.clean.language import with_language
from reader.clean.marks import Mark, cover
from reader.clean.overrides import overruled, ruling
from reader.clean.page.blocks import Page, read_page
from reader.clean.page.features import Judged, Opinions, unweighed, weigh
from reader.clean.page.markdown import page_markdown
from reader.clean.page.match import matched, words_of
from reader.clean.page.metadata import Said, page_description, page_metadata
from reader.clean.page.opinions import core_opinion, is_too_large, second_opinion
from reader.clean.page.recurring import with_recurring
from reader.clean.page.tree import parse
from reader.clean.page.verdicts import KEEP, verdicts
from reader.clean.page.votes import page_weights, vote
from reader.clean.plain.cleaner import judge
from reader.clean.plain.writing import kept_lines, plain_markdown
from reader.clean.recurring import recurring_marks
from reader.errors import InputError
from reader.model import Cleaned, Metadata, Recurring, Segment

CLEANER = "html/3"

_TAG = re.compile(
    r"<(script|style|template|noscript)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.DOTALL | re.IGNORECASE
)


class Found(NamedTuple):
    """A page with what is known of its blocks before any verdict."""

    page: Page
    blocks: list[Judged]
    said: Said


def clean_html(
    text: str,
    encoding: str,
    given: Metadata,
    recurring: Recurring | None = None,
    overrides: Sequence[Segment] = (),
) -> Cleaned:
    """Divide a page into blocks and judge each.

    Args:
        text: the decoded page.
        encoding: the encoding it was read in.
        given: what the container says of it; it wins over what the page says.
        recurring: the lines that recur across its source, where they are known.
        overrides: verdicts that stand whatever the rules say, each of whole blocks.

    Raises:
        InputError: when the page is too large, or holds no text.
    """
    tree = parse(text)
    found = judged_blocks(tree, given)
    if found is None:
        return _as_text(text, encoding, page_metadata(tree, given), recurring, overrides)
    page, blocks, said = found
    judged = verdicts(blocks, vote(blocks, page_weights()), said.metadata.title)
    judged = with_recurring(page, judged, recurring)
    judged = [
        ruling(overrides, each.block.start, each.block.end) or verdict
        for each, verdict in zip(blocks, judged, strict=True)
    ]
    marks = [
        Mark(each.block.start, each.block.end, *verdict)
        for each, verdict in zip(blocks, judged, strict=True)
        if verdict != KEEP and each.shown
    ]
    shown = [each.block for each, verdict in zip(blocks, judged, strict=True) if verdict[0] != "drop"]
    kept = "\n".join(each.shown for each, verdict in zip(blocks, judged, strict=True) if verdict[0] == "keep")
    metadata, sources = with_language(said.metadata, said.sources, kept)
    return Cleaned(
        page_text=page.text,
        segments=cover(page.text, marks),
        markdown=page_markdown(shown, metadata.url or given.url),
        metadata=metadata,
        cleaner=CLEANER,
        encoding=encoding,
        sources=sources,
    )


def judged_blocks(tree: HtmlElement, given: Metadata) -> Found | None:
    """The blocks of a page, with all that the vote on them is made of; None where it nests too deeply.

    Args:
        tree: the page.
        given: what the container says of it.

    Raises:
        InputError: when the page holds no text.
    """
    page = read_page(tree)
    if page is None:
        return None
    if not page.text.strip():
        if tree.find(".//frameset") is not None:
            raise InputError(
                "there is no text in it: it only sets up frames: save the frame with the article"
            )
        raise InputError("there is no text in it: the page is empty, or a script would have to fill it")
    texts = [page.text[block.start : block.end] for block in page.blocks]
    known = page_metadata(tree, given, texts)
    if is_too_large(tree):
        return Found(page, unweighed(page.blocks, texts), known)
    words = [words_of(shown) for shown in texts]
    second = second_opinion(tree)
    opinions = Opinions(
        matched(words, core_opinion(tree, known.metadata.url, second)),
        matched(words, second),
        known.metadata.title,
        page_description(tree),
    )
    return Found(page, weigh(page.blocks, texts, opinions), known)


def _as_text(
    text: str, encoding: str, said: Said, recurring: Recurring | None, overrides: Sequence[Segment]
) -> Cleaned:
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
        for segment in judge(page_text, recurring_marks(page_text, recurring))
    )
    segments = overruled(segments, overrides)
    kept = kept_lines(page_text, segments)
    metadata, sources = with_language(said.metadata, said.sources, "\n".join(kept))
    return Cleaned(
        page_text=page_text,
        segments=segments,
        markdown=plain_markdown(kept, ""),
        metadata=metadata,
        cleaner=CLEANER,
        encoding=encoding,
        sources=sources,
    )
