"""The cleaner of fragments: markup that is an article already, without a page around it, as feeds give it.

Nothing has to be searched for the article in it, so nothing of it can be lost: only what the rules are
certain of (buttons, share lines, “read more”) is taken out.
"""

from reader.clean.html import clean_html
from reader.clean.html_markdown import page_markdown
from reader.clean.html_page import read_page
from reader.clean.html_tree import parse
from reader.clean.marks import Mark, cover
from reader.clean.metadata import normalised
from reader.clean.rules import ruleset
from reader.errors import InputError
from reader.model import Cleaned, Metadata

CLEANER = "fragment/1"

_CLASSES = frozenset({"form", "share", "ad", "newsletter", "shortcode", "footer", "related"})
"""Classes of line rules that are certain enough for a whole block."""
_LONGEST_LABEL = 240


def clean_fragment(text: str, encoding: str, given: Metadata) -> Cleaned:
    """Keep every block but those that a rule names as no part of an article.

    Args:
        text: the markup.
        encoding: the encoding it was read in.
        given: what is known of the article; a fragment says nothing of itself.

    Raises:
        InputError: when it is too large, or holds no text.
    """
    page = read_page(parse(text))
    if page is None:
        return clean_html(text, encoding, given)
    if not page.text.strip():
        raise InputError("there is no text in it")
    rules = ruleset()
    marks, shown = [], []
    for block in page.blocks:
        words = page.text[block.start : block.end]
        rule = None
        if words and len(words) <= _LONGEST_LABEL and not block.level and not rules.kept.whole(words):
            rule = rules.line.whole(words)
        if rule is None or rule.id.partition(".")[0] not in _CLASSES:
            shown.append(block)
        else:
            marks.append(Mark(block.start, block.end, "drop", rule.reason, rule.id))
    if not any(not block.is_image for block in shown):
        marks, shown = [], list(page.blocks)
    return Cleaned(
        page_text=page.text,
        segments=cover(page.text, marks),
        markdown=page_markdown(shown, given.url),
        metadata=normalised(given),
        cleaner=CLEANER,
        encoding=encoding,
    )
