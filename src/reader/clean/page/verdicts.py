"""The verdict on each block of a page, with a reason and the rule that says so."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import TypeAlias

from lxml.html import HtmlElement

from reader.clean.page.features import Judged, label_of
from reader.clean.page.reasons import Reasons
from reader.clean.plain.cleaner import is_prose
from reader.clean.rules import Rule, ruleset
from reader.model import Verdict

BlockVerdict: TypeAlias = tuple[Verdict, str, str]
"""The verdict on a block, its reason and its rule."""

_KEPT = 0.36
"""From this probability on a block is the article's: where the mean F1 of documents is highest."""
_DOUBTED = 0.02
"""From this one on it may be; below, nobody who marked pages by hand called one in fifty the article's."""
_DOUBTED_AGAINST = 0.05
"""And from this one on where the page itself calls it something else."""
_DOUBTED_BEFORE, _DOUBTED_AFTER = 0.25, 0.12
"""And for what is short, stands before or after all of the article, and is called the article's by nobody."""
_LITTLE = 0.4
"""An article that is less than this share of the page's prose may be the wrong part of it."""

_SHORT, _MOST_PROSE = 120, 250
"""An article of more words, or a page with more words of prose, is no notice whatever it says."""
_BARE = 20
"""Beside an article of more words than this, what a banner says is not heard."""
_LONGEST_NOTICE = 400
_SENTENCE = re.compile(r"\n|(?<=[.!?])\s+")

_LABEL_CLASSES = frozenset(
    {"form", "share", "ad", "newsletter", "cookie", "shortcode", "footer", "paywall", "related"}
)
"""Classes of line rules that are certain enough to take a whole block out of an article."""

KEEP: BlockVerdict = ("keep", "", "")
_NO_ARTICLE: BlockVerdict = ("doubt", "no article was found on the page", "page.no-article")


def verdicts(blocks: Sequence[Judged], likely: Sequence[float], title: str) -> list[BlockVerdict]:
    """A verdict, a reason and a rule for each block.

    Args:
        blocks: the blocks, in document order.
        likely: how likely each is the article's.
        title: the page's.
    """
    kept = [p >= _KEPT and not _certain_label(each) for each, p in zip(blocks, likely, strict=True)]
    if not any(kept):
        return _without_article(blocks, _notice(blocks, kept, title))
    if notice := _notice(blocks, kept, title):
        return [
            ("doubt", notice.reason, notice.id) if each.shown and verdict[0] != "drop" else verdict
            for each, verdict in zip(blocks, _divided(blocks, likely, kept), strict=True)
        ]
    return _divided(blocks, likely, kept)


def _divided(blocks: Sequence[Judged], likely: Sequence[float], kept: Sequence[bool]) -> list[BlockVerdict]:
    """The verdicts on the blocks of a page, given which of them are the article's."""
    reasons = Reasons(each.block.element for each, keep in zip(blocks, kept, strict=True) if keep)
    first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
    holders = _holders(blocks, kept)
    headline = next((at for at in range(first) if _is_headline(blocks[at])), None)
    little = _is_little(blocks, kept)
    found: list[BlockVerdict] = []
    for at, (each, p, keep) in enumerate(zip(blocks, likely, kept, strict=True)):
        if each.block.is_image:
            amid = first < at < last and each.block.element.getparent() in holders
            found.append(KEEP if amid and not reasons.of(each.block.element) else ("drop", "", ""))
        elif keep or at == headline:
            found.append(KEEP)
        else:
            found.append(
                _outside(
                    each,
                    p,
                    reasons.of(each.block.element),
                    before=at < first,
                    amid=first < at < last,
                    little=little,
                )
            )
    return found


def _outside(
    each: Judged, p: float, why: Rule | None, *, before: bool, amid: bool, little: bool
) -> BlockVerdict:
    """The verdict on a block that is not kept, and stands before, amid or after what is."""
    if label := _certain_label(each):
        # One word among others may be a heading after all; more of them say what they are.
        sure = label.sure or " " in each.shown or not (each.core or each.second)
        return "drop" if sure else "doubt", label.reason, label.id
    if each.again and not (each.core and each.second and p >= _DOUBTED):
        return "drop", "said before on the page", "page.again"
    least = _DOUBTED_AGAINST if why else _DOUBTED
    if not amid and each.kind != "prose" and not (each.core or each.second):
        least = _DOUBTED_BEFORE if before else _DOUBTED_AFTER
    if each.core != each.second and (each.kind == "prose" or p >= least):
        return "doubt", "only one of two extractors takes it for the article", "page.one-of-two"
    if (each.core and each.second) or p >= least:
        return ("doubt", why.reason, why.id) if why else ("doubt", "beside the article", "page.beside")
    if little and each.kind == "prose" and not (why and why.id == "page.comments"):
        return "doubt", "the article is only a small part of the page", "page.little"
    return ("drop", why.reason, why.id) if why else ("drop", "outside the article", "page.outside")


def _certain_label(each: Judged) -> Rule | None:
    """The rule that calls a whole block a label or a form, if its class is certain wherever it stands."""
    if not any(f"is:{name}" in each.features for name in _LABEL_CLASSES):
        return None
    rule = label_of(each.shown)
    return rule if rule and rule.where == "line" else None


def _holders(blocks: Sequence[Judged], kept: Sequence[bool]) -> set[HtmlElement]:
    """The elements around the article's paragraphs: what stands beside those is not from a menu."""
    holders: set[HtmlElement] = set()
    for each, keep in zip(blocks, kept, strict=True):
        if keep and each.kind == "prose":
            holders |= {each.block.element, *islice(each.block.element.iterancestors(), 2)}
    return holders


def _is_headline(each: Judged) -> bool:
    return each.block.level == 1 and "title" in each.features


def _is_little(blocks: Sequence[Judged], kept: Sequence[bool]) -> bool:
    prose = [(each.words, keep) for each, keep in zip(blocks, kept, strict=True) if each.kind == "prose"]
    return sum(words for words, keep in prose if keep) < _LITTLE * sum(words for words, _ in prose)


def _notice(blocks: Sequence[Judged], kept: Sequence[bool], title: str) -> Rule | None:
    """The rule that says what a page is that is no article: a login form, an error; None for an article."""
    held = sum(each.words for each, keep in zip(blocks, kept, strict=True) if keep)
    if held > _SHORT or sum(each.words for each in blocks if each.kind == "prose") > _MOST_PROSE:
        return None
    matcher = ruleset().notice
    if rule := matcher.whole(title):
        return rule
    for each, keep in zip(blocks, kept, strict=True):
        if keep or held <= _BARE:
            for sentence in _SENTENCE.split(each.shown[:_LONGEST_NOTICE]):
                if rule := matcher.whole(sentence):
                    return rule
    return None


def _without_article(blocks: Sequence[Judged], notice: Rule | None) -> list[BlockVerdict]:
    """Where no article was found: everything is doubted but what the page itself calls something else."""
    doubt: BlockVerdict = ("doubt", notice.reason, notice.id) if notice else _NO_ARTICLE
    reasons = Reasons(())
    found: list[BlockVerdict] = []
    for each in blocks:
        why = reasons.of(each.block.element)
        if why is not None and not is_prose(each.shown):
            found.append(("drop", why.reason, why.id))
        else:
            found.append(doubt)
    if all(verdict[0] == "drop" for verdict, each in zip(found, blocks, strict=True) if each.shown):
        return [doubt] * len(blocks)
    return found
