"""What speaks for and against each block of a page being its article's: named numbers, mostly 0 or 1.

The names are those of the weights in ``weights.toml``, which `reader.clean.page.votes` adds up.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from math import log1p
from typing import NamedTuple, TypeAlias

from reader.clean.metadata import says_who_or_when
from reader.clean.page.blocks import Block
from reader.clean.page.reasons import Reasons
from reader.clean.page.surroundings import LEVELS, Surroundings, Weighed
from reader.clean.plain.cleaner import is_prose
from reader.clean.rules import Rule, ruleset

Features: TypeAlias = dict[str, float]

_DIGIT = re.compile(r"\d")
_MINUTES = re.compile(r"\b\d+\s*-?\s*min(?:ute)?s?\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STOP = re.compile(r"[.!?…。！？][\"”’')\]]*$")
_LONGEST_LABEL = 240
_LONG = 8
"""From this many words on a block that stands on the page twice is no label."""
_TAGS = frozenset(
    {"p", "div", "li", "td", "th", "figcaption", "a", "button", "label", "dt", "dd", "summary", "pre",
     "blockquote", "section", "article", "header", "span", "form"}
)  # fmt: skip
_NEAR = {reach: (f"core-near-{reach}", f"second-near-{reach}") for reach in (1, 3)}
_SIZES = ((3, "size-1"), (8, "size-3"), (20, "size-8"), (60, "size-20"))


class Opinions(NamedTuple):
    """What others say of a page's blocks."""

    core: Sequence[bool]
    """Whether trafilatura's article has the block."""
    second: Sequence[bool]
    """Whether readability's has it."""
    title: str
    description: str


class Judged(NamedTuple):
    """A block with all that its verdict is made of."""

    block: Block
    shown: str
    """Its text; empty for an image."""
    words: int
    kind: str
    """``heading``, ``row``, ``prose``, ``item`` or ``short``."""
    core: bool
    second: bool
    again: bool
    """Whether the page says the same, at some length, further up."""
    features: Features


def weigh(blocks: Sequence[Block], texts: Sequence[str], opinions: Opinions) -> list[Judged]:
    """The blocks of a page with their features; none for images.

    Args:
        blocks: the blocks, in document order.
        texts: their texts.
        opinions: what others say of them.
    """
    kinds = [_kind(block, shown) for block, shown in zip(blocks, texts, strict=True)]
    weighed = [
        _weighed(block, shown, kind, core, second)
        for block, shown, kind, core, second in zip(
            blocks, texts, kinds, opinions.core, opinions.second, strict=True
        )
    ]
    around = Surroundings(blocks, weighed)
    reasons = Reasons(around.heavy)
    opinions = opinions._replace(title=opinions.title.casefold(), description=opinions.description.casefold())
    folded = [" ".join(shown.split()).casefold() for shown in texts]
    often = Counter(folded)
    seen: set[str] = set()
    judged: list[Judged] = []
    section, done = "", 0
    total = sum(mine.words for mine in weighed) or 1
    places = _Places(blocks, weighed, kinds, around)
    for at, (block, shown, kind, mine) in enumerate(zip(blocks, texts, kinds, weighed, strict=True)):
        features: Features = {}
        again = mine.words > _LONG and folded[at] in seen
        if shown:
            label = _label_class(shown)
            features = {
                "bias": 1.0,
                f"kind:{kind}": 1.0,
                f"tag:{block.element.tag if block.element.tag in _TAGS else 'other'}": 1.0,
                "where": done / total,
            }
            _of_text(features, shown, mine)
            _of_opinions(features, kind, core=bool(mine.core), second=bool(mine.second))
            places.add(features, at)
            if why := reasons.of(block.element):
                features[f"in:{why.id}"] = 1.0
            if label:
                features[f"is:{label}"] = 1.0
            if block.level:
                section = label
                features[f"h{block.level}"] = 1.0
            elif section:
                features[f"under:{section}"] = 1.0
            if often[folded[at]] > 1:
                features["repeated"] = 1.0
                if folded[at] in seen:
                    features["again-long" if again else "again"] = 1.0
                seen.add(folded[at])
            _of_metadata(features, folded[at], mine.words, opinions)
            for name in around.names(block.element):
                features[name] = 1.0
            if any(not container.list_id for container in block.containers):
                features["quoted"] = 1.0
        done += mine.words
        judged.append(
            Judged(block, shown, mine.words, kind, bool(mine.core), bool(mine.second), again, features)
        )
    return judged


def unweighed(blocks: Sequence[Block], texts: Sequence[str]) -> list[Judged]:
    """The blocks of a page that is too large for any of this, without features."""
    return [
        Judged(block, shown, shown.count(" ") + 1, _kind(block, shown), False, False, False, {})
        for block, shown in zip(blocks, texts, strict=True)
    ]


def _kind(block: Block, shown: str) -> str:
    if block.level:
        return "heading"
    if block.table:
        return "row"
    if is_prose(shown):
        return "prose"
    return "item" if any(container.list_id for container in block.containers) else "short"


def _weighed(block: Block, shown: str, kind: str, core: bool, second: bool) -> Weighed:
    if not shown:
        return Weighed(0, 0, 0, 0, 0)
    words = shown.count(" ") + 1
    linked = min(words, sum(len(piece.text.split()) for piece in block.pieces if piece.href))
    return Weighed(
        words, words if core else 0, words if second else 0, linked, words if kind == "prose" else 0
    )


def _of_text(features: Features, shown: str, mine: Weighed) -> None:
    """What the block's own words say."""
    features["words"] = log1p(mine.words)
    features[next((name for least, name in _SIZES if mine.words < least), "size-60")] = 1.0
    if mine.linked:
        features["linked"] = mine.linked / mine.words
        if mine.linked >= 0.9 * mine.words:
            features["all-linked"] = 1.0
    if _STOP.search(shown[-4:]):
        features["stop"] = 1.0
    elif shown.endswith(":"):
        features["colon"] = 1.0
    if shown.endswith("?"):
        features["question"] = 1.0
    if shown.isupper():
        features["capitals"] = 1.0
    if mine.words < 12:
        if _DIGIT.search(shown):
            if len(_DIGIT.findall(shown)) > 0.2 * len(shown):
                features["digits"] = 1.0
            if _MINUTES.search(shown):
                features["minutes"] = 1.0
            if _YEAR.search(shown):
                features["year"] = 1.0
        if says_who_or_when(shown):
            features["byline"] = 1.0


def _of_opinions(features: Features, kind: str, *, core: bool, second: bool) -> None:
    if core:
        features["core"] = features[f"core:{kind}"] = 1.0
    if second:
        features["second"] = features[f"second:{kind}"] = 1.0
    if core and second:
        features["both"] = 1.0


def _of_metadata(features: Features, folded: str, words: int, opinions: Opinions) -> None:
    title, description = opinions.title, opinions.description
    if title and folded == title:
        features["title"] = 1.0
    elif words > 2 and folded in title:
        features["in-title"] = 1.0
    if description and words > 4 and (folded in description or description.rstrip(".… ") in folded):
        features["description"] = 1.0


class _Places:
    """What a block's neighbours, its relatives and the elements around it say."""

    def __init__(
        self, blocks: Sequence[Block], weighed: Sequence[Weighed], kinds: Sequence[str], around: Surroundings
    ) -> None:
        self._blocks, self._weighed, self._kinds, self._around = blocks, weighed, kinds, around
        self._prose = sum(mine.prose for mine in weighed) or 1
        self._sums = [
            list(accumulate(column, initial=0))
            for column in zip(*(mine[:3] for mine in weighed), strict=True)
        ]
        """Of the words, those of the first and those of the second opinion: how many stand before a block."""
        self._edges = {
            "core": _edges([bool(mine.core) for mine in weighed], kinds),
            "second": _edges([bool(mine.second) for mine in weighed], kinds),
        }
        self._shapes = [_shape(block, around) for block in blocks]
        self._alike: dict[object, list[int]] = defaultdict(lambda: [0, 0, 0])
        for shape, mine in zip(self._shapes, weighed, strict=True):
            row = self._alike[shape]
            row[0] += 1
            row[1] += bool(mine.core)
            row[2] += bool(mine.second)

    def add(self, features: Features, at: int) -> None:
        """The features of one block."""
        kind = self._kinds[at]
        for name, (first, last) in self._edges.items():
            if first < 0:
                features[f"no-{name}"] = 1.0
            elif at < first:
                features[f"before-{name}"] = 1.0
                features[f"far-before-{name}"] = log1p(first - at)
            elif at > last:
                features[f"after-{name}"] = 1.0
                features[f"far-after-{name}"] = log1p(at - last)
        first, last = self._edges["core"]
        if first >= 0 and at >= first:
            features[f"{'after' if at > last else 'amid'}-core:{kind}"] = 1.0
        self._add_around(features, at)
        self._add_alike(features, at)
        self._add_near(features, at)

    def _add_near(self, features: Features, at: int) -> None:
        """What share of the words right before and after is the article's."""
        mine = self._weighed[at]
        words, core, second = self._sums
        for reach, (in_core, in_second) in _NEAR.items():
            start, end = max(0, at - reach), min(len(self._weighed), at + 1 + reach)
            near = words[end] - words[start] - mine.words
            if hits := core[end] - core[start] - mine.core:
                features[in_core] = hits / near
            if hits := second[end] - second[start] - mine.second:
                features[in_second] = hits / near

    def _add_around(self, features: Features, at: int) -> None:
        mine = self._weighed[at]
        names = zip(self._around.chains[self._blocks[at].element], *_AROUND, strict=False)
        for element, mass, linked_in, core_in, second_in, prose_in in names:
            words, core, second, linked, prose = self._around.sums[element]
            if prose:
                features[mass] = prose / self._prose
            if linked:
                features[linked_in] = linked / words
            words -= mine.words
            if core > mine.core:
                features[core_in] = (core - mine.core) / words
            if second > mine.second:
                features[second_in] = (second - mine.second) / words
            if prose > mine.prose:
                features[prose_in] = (prose - mine.prose) / words

    def _add_alike(self, features: Features, at: int) -> None:
        """What became of the other blocks of the same shape."""
        number, core, second = self._alike[self._shapes[at]]
        if number == 1:
            features["single"] = 1.0
            return
        mine = self._weighed[at]
        features["alike"] = log1p(number - 1)
        if core > bool(mine.core):
            features["core-alike"] = (core - bool(mine.core)) / (number - 1)
        if second > bool(mine.second):
            features["second-alike"] = (second - bool(mine.second)) / (number - 1)


_AROUND = tuple(
    tuple(f"{name}-{level}" for level in range(LEVELS))
    for name in ("mass", "linked-in", "core-in", "second-in", "prose-in")
)


def _edges(hits: Sequence[bool], kinds: Sequence[str]) -> tuple[int, int]:
    """The first and the last paragraph that an opinion calls the article's; of any kind if there is none."""
    found = [at for at, hit in enumerate(hits) if hit]
    places = [at for at in found if kinds[at] == "prose"] or found
    return (places[0], places[-1]) if places else (-1, -1)


def _shape(block: Block, around: Surroundings) -> tuple[tuple[str, str], ...]:
    """What blocks of one sort have in common: the tags and classes of the two elements around them."""
    return tuple((each.tag, each.get("class") or "") for each in around.chains[block.element][:2])


def _label_class(shown: str) -> str:
    """The class of the rule that calls the whole block a label, wherever on a page it may stand."""
    if len(shown) > _LONGEST_LABEL:
        return ""
    rule = label_of(shown)
    return rule.id.partition(".")[0] if rule else ""


@lru_cache(maxsize=4096)
def label_of(shown: str) -> Rule | None:
    """The rule for whole lines that matches a block, those that keep before the others."""
    rules = ruleset()
    return (
        rules.kept.whole(shown)
        or rules.line.whole(shown)
        or rules.tail.whole(shown)
        or rules.head.whole(shown)
    )
