"""Runs of advertising inside a line of prose, found by weighing its tokens.

Comment spam is glued to sentences without a space, in any language, so no phrase finds it. Each token
gets a score: glued domain names, camel humps, words of the lexicon and great length count for it; a
function word, a word that the rest of the document uses and a sentence's punctuation count against it.
The run is the stretch of the greatest sum (Kadane's algorithm), trimmed to tokens that are evidence by
themselves, and it must be dense in them. So one brand name or one domain in a sentence is never enough.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from reader.clean.rules import Rule, ruleset

_STRONG = 1.5
"""A token that scores this much is evidence by itself."""

_ACCEPT = 8.0
"""The least sum of a run that is dropped; six of the lexicon's everyday words do not reach it."""

_DOUBT = 5.5
"""The least sum of a run that is doubted."""

_DENSITY = 0.25
"""The least share of evidence among a run's tokens."""

_NEUTRAL = -0.35
"""An unknown word: a run bridges a few of them, and not a sentence."""

_KNOWN_WORD, _PUNCTUATED = -1.2, -0.9
_CLAIMED = -1.5
"""A token that scores this little by itself is a function word, and belongs to a sentence."""

_TLD = (
    "com|net|org|info|biz|xyz|site|online|club|shop|store|vip|bet|casino|live|life|pro|top|icu|cc|ru|co|io|me|tv|in"
    "|us|uk|de|fr|es|it|pl|br|tr|cn|id|vn|th|app|link|win|fun|space|website|today|world|agency|blog|click|mobi|name"
    "|asia|eu"
)
_LONG_TLD = "com|net|org|info|biz|xyz|site|online|club|shop|store|casino|website|space|click|mobi|agency"
_DOMAIN = re.compile(rf"(?:www\.)?[\w-]{{2,60}}\.(?:{_TLD})(?![\w-])", re.IGNORECASE)
_GLUED_DOMAIN = re.compile(
    rf"[\w-]{{2,60}}\.(?:{_LONG_TLD})(?=[^\W\d_])(?!m(?:on|un|e|p|b|a|i)|l(?:in|y)|iz)|(?<=[^\W\d_])www\."
)
_HUMP = re.compile(r"[^\W\d_A-ZÀ-Þİ]{2}(?=[A-ZÀ-ÞİĞŞ][^\W\d_A-Z])")
_LETTERS_DIGIT = re.compile(r"^[^\W\d_]{2,}\d{1,4}[a-z]{0,4}$|^\d{1,3}x?[a-z]{3,}$", re.IGNORECASE)
_URL = re.compile(r"https?://|^[\w.+-]+@[\w-]+\.\w+|^[@#/]|^[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)
_EDGES = "\"'“”‘’«»()[]{}<>.,;:!?…*|–—-•·"
_TOKEN = re.compile(r"\S+")
_GLUE = re.compile(r"[.!?…][”\"’')\]]*(?=[^\W\d_])|[”)\]](?=[^\W\d_])")
_STARTS_WITH_TLD = re.compile(
    rf"(?:{_TLD})(?![a-zçğıöşü])|(?:{_LONG_TLD})(?!m(?:on|un|e|p|b|a|i)|l(?:in|y)|iz)"
)
_PLAIN_WORD = re.compile(r"[\"“‘'(\[]?[^\W\d_]?[a-zà-öø-ÿ’'-]*")
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*$")


class SpamRun(NamedTuple):
    """A stretch of a text that looks like advertising."""

    start: int
    end: int
    rule: str
    """The id of the rule whose words weighed most, or ``spam.glued`` where it was the shape alone."""
    certain: bool


class _Weight(NamedTuple):
    score: float
    rule: str
    structural: bool
    """Whether the token's shape is evidence: glued names, a domain of the lexicon, several humps."""


class _Token(NamedTuple):
    start: int
    end: int
    weight: _Weight
    score: float


@lru_cache(maxsize=65_536)
def _weigh(word: str) -> _Weight:
    """What a token counts by itself, whatever document it stands in."""
    core = word.strip(_EDGES)
    folded = core.lower()
    exact = ruleset().words.get(folded)
    if exact and exact.weight < 0:
        return _Weight(exact.weight, "", structural=False)
    if len(core) < 2 or _URL.search(word):
        return _Weight(0.0, "", structural=False)
    score, structural, rule = 0.0, False, ""
    if exact:
        score, rule = exact.weight, exact.id
    elif len(core) >= 6 and (found := _lexicon_parts(folded)):
        score, rule = sum(part.weight for part in found), max(found, key=lambda part: part.weight).id
    glued = len(_GLUED_DOMAIN.findall(core))
    humps = len(_HUMP.findall(core))
    domain = bool(_DOMAIN.search(core))
    if glued:
        score, structural = score + 4.0 * glued, True
    elif domain:
        structural = score > 0
        score += 2.0
    if humps:
        score += 1.5 * humps - (0.3 if humps == 1 else 0.0)
        structural = structural or humps > 1 or (score > 2.5 and bool(rule))
    if len(core) > 18 and "-" not in core and "/" not in core and "_" not in core:
        score += 2.0
    if rule and not exact:
        structural = True
    if score and not exact and _LETTERS_DIGIT.match(core):
        score += 0.5
    if not score:
        score = _NEUTRAL
    if word[-1:] in ".,;:!?…" and not structural:
        score += _PUNCTUATED
    return _Weight(score, rule, structural)


@lru_cache(maxsize=1)
def _lexicon() -> re.Pattern[str]:
    """The lexicon's words that are long enough to be recognised inside a longer token."""
    words = sorted(
        (word for word in ruleset().words if len(word) >= 5 or not word.isascii()), key=len, reverse=True
    )
    return re.compile("|".join(map(re.escape, words)))


def _lexicon_parts(folded: str) -> list[Rule]:
    words = ruleset().words
    return [words[part] for part in _lexicon().findall(folded)]


def spam_runs(text: str, spans: Iterable[tuple[int, int]]) -> list[SpamRun]:
    """The runs of advertising within each of the spans (lines), in order.

    Args:
        text: the page text.
        spans: the lines to look at, as offsets into `text`, in order.
    """
    evidence = {word for word in set(text.split()) if _score(word) >= _STRONG}
    if not evidence:
        return []
    spans = list(spans)
    suspects = [(start, end) for start, end in spans if _is_suspicious(text[start:end], evidence)]
    if not suspects:
        return []
    known = _known_words(text, spans)
    return [run for start, end in suspects for run in _runs_within(text, start, end, known)]


@lru_cache(maxsize=65_536)
def _score(word: str) -> float:
    return _weigh(word).score


def _is_suspicious(line: str, evidence: set[str]) -> bool:
    """Whether the line holds enough evidence to be worth weighing."""
    return sum(_score(word) for word in line.split() if word in evidence) >= _DOUBT


def _known_words(text: str, spans: list[tuple[int, int]]) -> frozenset[str]:
    """The words of the sentences that hold no evidence: the document's own vocabulary."""
    words: set[str] = set()
    for start, end in spans:
        sentence: list[str] = []
        evidence = False
        for token in text[start:end].split():
            evidence = evidence or _score(token) >= _STRONG
            sentence.append(token)
            if _SENTENCE_END.search(token):
                if not evidence:
                    words.update(word.strip(_EDGES).lower() for word in sentence)
                sentence, evidence = [], False
        if not evidence:
            words.update(word.strip(_EDGES).lower() for word in sentence)
    return frozenset(words)


def _tokens(text: str, start: int, end: int, known: frozenset[str]) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text, start, end):
        left, right = match.span()
        while (cut := _sentence_glue(text[left:right])) and cut < right - left:
            tokens.append(_token(text, left, left + cut, known))
            left += cut
        tokens.append(_token(text, left, right, known))
    return tokens


def _token(text: str, start: int, end: int, known: frozenset[str]) -> _Token:
    word = text[start:end]
    weight = _weigh(word)
    score = weight.score
    if not weight.structural and score > _CLAIMED and word.strip(_EDGES).lower() in known:
        score += _KNOWN_WORD
    return _Token(start, end, weight, score)


def _sentence_glue(word: str) -> int:
    """Where a sentence ends inside a token and something else is glued on, or 0.

    ``night.betvol.comslot`` is cut after ``night.``; ``betvol.com`` is a name and is not cut.
    """
    for match in _GLUE.finditer(word):
        left, right = word[: match.start()], word[match.end() :]
        if len(left) < 2 and match[0][0] == ".":
            return 0
        if not _PLAIN_WORD.fullmatch(left) and match[0][0] == ".":
            return 0
        if left.lower().endswith("www") or _lexicon_parts(left.lower()):
            return 0
        if match[0] == "." and _STARTS_WITH_TLD.match(right):
            return 0
        return (
            match.end()
            if _weigh(right).score >= _STRONG or len(right) >= 80 or _weigh(right).structural
            else 0
        )
    return 0


def _runs_within(text: str, start: int, end: int, known: frozenset[str]) -> list[SpamRun]:
    tokens = _tokens(text, start, end, known)
    runs: list[SpamRun] = []
    pending = [(0, len(tokens))]
    while pending:
        low, high = pending.pop()
        best = _best(tokens, low, high)
        if best is None:
            continue
        first, last, total = best
        run = tokens[first:last]
        strong = [token for token in run if token.score >= _STRONG]
        if total < _DOUBT or (len(strong) < max(2, _DENSITY * len(run)) and total < 1.5 * _ACCEPT):
            continue
        first, last = _widened(tokens, first, last, low, high)
        runs.append(
            SpamRun(
                tokens[first].start,
                tokens[last - 1].end,
                _named(run),
                certain=_is_certain(run, strong, total),
            )
        )
        pending += [(low, first), (last, high)]
    return sorted(runs)


def _best(tokens: list[_Token], low: int, high: int) -> tuple[int, int, float] | None:
    """The stretch with the greatest sum, from one token that is evidence to another."""
    best: tuple[int, int, float] | None = None
    total, begin = 0.0, low
    for index in range(low, high):
        score = tokens[index].score
        if total <= 0:
            total, begin = 0.0, index
        total += score
        if score >= _STRONG and (best is None or total > best[2]):
            best = begin, index + 1, total
    if best is None:
        return None
    first, last, total = best
    while tokens[first].score < _STRONG:
        total -= tokens[first].score
        first += 1
    return first, last, total


def _widened(tokens: list[_Token], first: int, last: int, low: int, high: int) -> tuple[int, int]:
    """The run with the unknown words at its edges that no sentence claims."""
    reach = first
    while reach > low and tokens[reach - 1].score >= _NEUTRAL and first - reach < 6:
        reach -= 1
    if reach == low or _CLAIMED < tokens[reach - 1].weight.score <= _NEUTRAL + _PUNCTUATED / 2:
        first = reach
    reach = last
    while reach < high and tokens[reach].score >= _NEUTRAL and reach - last < 12:
        reach += 1
    if reach == high:
        last = reach
    return first, last


def _is_certain(run: list[_Token], strong: list[_Token], total: float) -> bool:
    """Whether the run may be dropped: it is heavy, and its shape, not its subject alone, is advertising."""
    if total < _ACCEPT:
        return False
    structural = sum(token.weight.structural for token in run)
    claimed = sum(token.weight.score <= _CLAIMED for token in run)
    return (
        structural >= 2 or (structural >= 1 and total >= 1.5 * _ACCEPT) or (len(strong) >= 6 and not claimed)
    )


def _named(run: list[_Token]) -> str:
    weights: dict[str, float] = {}
    for token in run:
        if token.weight.rule:
            weights[token.weight.rule] = weights.get(token.weight.rule, 0.0) + token.score
    return max(weights, key=lambda rule: weights[rule]) if weights else "spam.glued"
