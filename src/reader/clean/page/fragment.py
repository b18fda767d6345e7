"""The cleaner of fragments: markup that is an article already, without a page around it, as feeds give it.

Nothing has to be searched for the article in it, so nothing of it can be lost: only what the rules are
certain of (buttons, share lines, “read more”) is taken out, and what its source's articles all end with.
"""

from collections.abc import Sequence

from reader.clean.language import with_language
from reader.clean.marks import Mark, cover
from reader.clean.metadata import combined
from reader.clean.overrides import ruling
from reader.clean.page.blocks import Page, read_page
from reader.clean.page.cleaner import clean_html
from reader.clean.page.markdown import page_markdown
from reader.clean.page.recurring import with_recurring
from reader.clean.page.tree import parse
from reader.clean.page.verdicts import KEEP, BlockVerdict
from reader.clean.rules import ruleset
from reader.errors import InputError
from reader.model import Cleaned, Metadata, Recurring, Segment

CLEANER = "fragment/1"

_CLASSES = frozenset({"form", "share", "ad", "newsletter", "shortcode", "footer", "related"})
"""Classes of line rules that are certain enough for a whole block."""
_LONGEST_LABEL = 240


def clean_fragment(
    text: str,
    encoding: str,
    given: Metadata,
    recurring: Recurring | None = None,
    overrides: Sequence[Segment] = (),
) -> Cleaned:
    """Keep every block but those that a rule names as no part of an article, or that recur at its edges.

    Args:
        text: the markup.
        encoding: the encoding it was read in.
        given: what is known of the article; a fragment says nothing of itself.
        recurring: the lines that recur across its source, where they are known.
        overrides: verdicts that stand whatever the rules say, each of whole blocks.

    Raises:
        InputError: when it is too large, or holds no text.
    """
    page = read_page(parse(text))
    if page is None:
        return clean_html(text, encoding, given, recurring, overrides)
    if not page.text.strip():
        raise InputError("there is no text in it")
    judged = with_recurring(page, _by_rules(page), recurring)
    if all(
        verdict[0] == "drop" for verdict, block in zip(judged, page.blocks, strict=True) if not block.is_image
    ):
        judged = [KEEP] * len(judged)
    judged = [
        ruling(overrides, block.start, block.end) or verdict
        for block, verdict in zip(page.blocks, judged, strict=True)
    ]
    marks = [
        Mark(block.start, block.end, *verdict)
        for block, verdict in zip(page.blocks, judged, strict=True)
        if verdict != KEEP and block.end > block.start
    ]
    shown = [block for block, verdict in zip(page.blocks, judged, strict=True) if verdict[0] != "drop"]
    texts = (page.text[block.start : block.end] for block in shown)
    metadata, sources = with_language(*combined(("given", given)), "\n".join(texts))
    return Cleaned(
        page_text=page.text,
        segments=cover(page.text, marks),
        markdown=page_markdown(shown, given.url),
        metadata=metadata,
        cleaner=CLEANER,
        encoding=encoding,
        sources=sources,
    )


def _by_rules(page: Page) -> list[BlockVerdict]:
    """What the rules say of each block."""
    rules = ruleset()
    judged: list[BlockVerdict] = []
    for block in page.blocks:
        words = page.text[block.start : block.end]
        rule = None
        if words and len(words) <= _LONGEST_LABEL and not block.level and not rules.kept.whole(words):
            rule = rules.line.whole(words)
        certain = rule is not None and rule.id.partition(".")[0] in _CLASSES
        judged.append(("drop", rule.reason, rule.id) if rule is not None and certain else KEEP)
    return judged
