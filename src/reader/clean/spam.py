"""Runs of advertising inside a line of prose, found by weighing its tokens.

Comment spam is glued to sentences without a space, in any language, so no phrase finds it. Each token has
a weight (`reader.clean.weights`), less where the rest of the document uses the word too. A run is a stretch
with a great sum (Kadane's algorithm, which ends a run once the sum has fallen far below its peak), trimmed
to tokens that are evidence by themselves, and it must be dense in them. So one brand name or one domain in
a sentence is never enough.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reader.clean.weights import (
    CLAIMED,
    EDGES,
    NEUTRAL,
    PUNCTUATED,
    STRONG,
    Weight,
    first_evidence,
    is_advertising,
    lexicon_parts,
    score,
    starts_with_tld,
    weigh,
)

_ACCEPT = 8.0
"""The least sum of a run that is dropped; six of the lexicon's everyday words do not reach it."""

_DOUBT = 5.5
"""The least sum of a run that is doubted."""

_DENSITY = 0.25
"""The least share of evidence among a run's tokens."""

_FALL = 4.0
"""How far the sum may fall below its peak within a run: two function words, or eleven unknown ones."""

_KNOWN_WORD = -1.2
"""What it counts that the rest of the document uses a word too."""

_REACH = 8
"""How many unknown words beside a run are doubted with it, where no sentence claims them."""

_TOKEN = re.compile(r"\S+")
_GLUE = re.compile(r"[.!?…。！？]+[”\"’')\]]*(?=[^\W\d_])|[”)\]][.!?…]*(?=[^\W\d_])")
_PLAIN_WORD = re.compile(r"[\"“‘'(\[]*(?:[^\W\d_]?[a-zà-öø-ÿ’'-]*|[A-ZÀ-Þ]+)[”\"’')\]]*")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.)+(?:[A-ZÀ-Þ](?=[a-zß-ÿ]))?|(?:[a-z]\.){2,}")
_FIGURE = re.compile(
    r"[\"“‘'(\[]*(?:[a-z]{2,5}-)?[’'$€£¥]?(?=[A-ZÀ-Þ]{2}|[A-ZÀ-Þ-]*[0-9])[A-ZÀ-Þ0-9]+(?:[.,:/–-][A-ZÀ-Þ0-9]+)*"
    r"(?:(?:(?<=[12][0-9][0-9]0)|(?<=[’'][0-9]0))s|[’']s|[%€])?[.,;:!?…]*[”\"’')\]]*|[€%]"
)
"""A number or a word in capitals, with the stop after it."""
_SENTENCE_END = re.compile(r"[.!?…。！？؟][”\"’')\]]*$")


class SpamRun(NamedTuple):
    """A stretch of a text that looks like advertising."""

    start: int
    end: int
    rule: str
    """The id of the rule whose words weighed most, or ``spam.shape`` where it was the shape alone."""
    certain: bool


class _Token(NamedTuple):
    start: int
    end: int
    weight: Weight
    score: float


def spam_runs(text: str, spans: Iterable[tuple[int, int]]) -> list[SpamRun]:
    """The runs of advertising within each of the spans (lines), in order.

    Args:
        text: the page text.
        spans: the lines to look at, as offsets into `text`, in order.
    """
    evidence = {word for word in set(text.split()) if score(word) >= STRONG}
    if not evidence:
        return []
    spans = list(spans)
    suspects = [(start, end) for start, end in spans if _is_suspicious(text[start:end], evidence)]
    if not suspects:
        return []
    known = _known_words(text, spans, evidence)
    return [run for start, end in suspects for run in _runs_within(text, _tokens(text, start, end, known))]


def _is_suspicious(line: str, evidence: set[str]) -> bool:
    """Whether the line holds enough evidence to be worth weighing."""
    return sum(score(word) for word in line.split() if word in evidence) >= _DOUBT


def _known_words(text: str, spans: list[tuple[int, int]], evidence: set[str]) -> frozenset[str]:
    """The words of the sentences that hold no evidence: the document's own vocabulary."""
    words: set[str] = set()
    for start, end in spans:
        sentence: list[str] = []
        for token in text[start:end].split():
            sentence.append(token)
            if _SENTENCE_END.search(token):
                if evidence.isdisjoint(sentence):
                    words.update(sentence)
                sentence = []
        if evidence.isdisjoint(sentence):
            words.update(sentence)
    return frozenset(word.strip(EDGES).lower() for word in words)


def _tokens(text: str, start: int, end: int, known: frozenset[str]) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text, start, end):
        left, right = match.span()
        if weigh(text[left:right]).structural or _GLUE.search(text, left, right):
            before = text[tokens[-1].end - 1] if tokens and tokens[-1].score < STRONG else "."
            mid_sentence = before not in '.!?…。！？؟”"*'
            for cut in _cuts(text[left:right], known, mid_sentence=mid_sentence):
                tokens.append(_token(text, left, match.start() + cut, known))
                left = match.start() + cut
        tokens.append(_token(text, left, right, known))
    return tokens


def _token(text: str, start: int, end: int, known: frozenset[str]) -> _Token:
    word = text[start:end]
    weight = weigh(word)
    value = weight.score
    if not weight.structural and value > CLAIMED and word.strip(EDGES).lower() in known:
        value += _KNOWN_WORD
    return _Token(start, end, weight, value)


def _cuts(word: str, known: frozenset[str], *, mid_sentence: bool) -> Iterator[int]:
    """Where a token of prose ends inside a token and something else is glued on.

    ``night.betvol.comslot`` is cut after ``night.``; ``betvol.com`` is a name and is not cut. Amid a sentence
    the token's beginning is a word of that sentence, though no stop parts it from what follows.
    """
    at = _own_beginning(word, mid_sentence=mid_sentence)
    if at:
        yield at
    for match in _GLUE.finditer(word, at):
        left, right = word[at : match.start()], word[match.end() :]
        if match[0] == ".":
            if len(left) < 2 or not _PLAIN_WORD.fullmatch(left) or starts_with_tld(right):
                break
            if left.lower().endswith("www") or lexicon_parts(left.lower()):
                break
        at = match.end()
        yield at
    if not at and mid_sentence:
        cut = _known_beginning(word, known) or first_evidence(word)
        if 2 <= cut < len(word) and _PLAIN_WORD.fullmatch(word[:cut]) and not is_advertising(word[:cut]):
            yield cut


def _own_beginning(word: str, *, mid_sentence: bool) -> int:
    """The length of the initials, the number or the capitals that a token begins with and goes on after."""
    initials = _INITIALS.match(word)
    found = initials or _FIGURE.match(word)
    if not found or not word[found.end() :][:1].isalpha():
        return 0
    stopped = found[0][-1] in ".,;:!?…”\"’')]"
    if stopped and starts_with_tld(word[found.end() :]):
        return 0
    is_own = initials or stopped or mid_sentence
    return found.end() if is_own and not lexicon_parts(found[0].lower()) else 0


def _known_beginning(word: str, known: frozenset[str]) -> int:
    """The length of the longest word of the document that a token begins with, or 0."""
    folded = word.lower()
    return next((cut for cut in range(min(len(word) - 1, 20), 2, -1) if folded[:cut] in known), 0)


def _runs_within(text: str, tokens: list[_Token]) -> Iterator[SpamRun]:
    free = 0
    for begin, end, total in _stretches(tokens):
        run = tokens[begin:end]
        strong = sum(token.score >= STRONG for token in run)
        if total < _DOUBT or (strong < max(2, _DENSITY * len(run)) and total < 1.5 * _ACCEPT):
            continue
        if _is_claimed(run):
            continue
        rule, certain = _named(run), _is_certain(run, strong, total)
        first, last = _with_relatives(tokens, begin, end, free, text)
        before, after = _unclaimed(tokens, first, last, free)
        if before < first:
            yield SpamRun(tokens[before].start, tokens[first].start, rule, certain=False)
        yield SpamRun(tokens[first].start, tokens[last - 1].end, rule, certain)
        if after > last:
            yield SpamRun(tokens[last - 1].end, tokens[after - 1].end, rule, certain=False)
        free = after


def _stretches(tokens: list[_Token]) -> Iterator[tuple[int, int, float]]:
    """The stretches with a great sum, each from one token that is evidence to another, in order."""
    total = peak = 0.0
    first = last = 0
    for index, token in enumerate(tokens):
        if last and (total <= 0 or total < peak - _FALL):
            yield first, last, peak
            total, last = 0.0, 0
        if not last and token.score < STRONG:
            continue
        if not last:
            first, total, peak = index, 0.0, 0.0
        total += token.score
        if token.score >= STRONG and (total >= peak or not last):
            last, peak = index + 1, total
    if last:
        yield first, last, peak


def _with_relatives(tokens: list[_Token], first: int, last: int, free: int, text: str) -> tuple[int, int]:
    """The run with the words beside it that are the lexicon's, or that the run itself is made of."""
    made_of = text[tokens[first].start : tokens[last - 1].end].lower()

    def is_relative(token: _Token) -> bool:
        word = text[token.start : token.end].lower()
        return bool(token.weight.rule) or (
            len(word) >= 4 and token.weight.score > CLAIMED and word in made_of
        )

    def is_claimed(at: int) -> bool:
        """Whether a sentence has the token: an article or preposition before it, or a stop in it."""
        before = tokens[at - 1] if at else None
        return _ends_sentence(text, tokens[at]) or (
            before is not None and before.weight.score <= CLAIMED and not _ends_sentence(text, before)
        )

    while first > free and is_relative(tokens[first - 1]) and not is_claimed(first - 1):
        first -= 1
    while last < len(tokens) and is_relative(tokens[last]):
        last += 1
    return first, last


def _ends_sentence(text: str, token: _Token) -> bool:
    return bool(_SENTENCE_END.search(text[token.start : token.end]))


def _unclaimed(tokens: list[_Token], first: int, last: int, free: int) -> tuple[int, int]:
    """The run with the unknown words beside it, to a sentence's end or the line's, if none has them."""
    before = first
    while before > free and tokens[before - 1].score >= NEUTRAL and first - before < _REACH:
        before -= 1
    ends_sentence = before > 0 and CLAIMED < tokens[before - 1].weight.score <= NEUTRAL + PUNCTUATED / 2
    if before > 0 and not ends_sentence:
        before = first
    after = last
    while after < len(tokens) and tokens[after].score >= NEUTRAL and after - last < _REACH:
        after += 1
    if after < len(tokens):
        after = last
    return before, after


def _is_claimed(run: list[_Token]) -> bool:
    """Whether it is a sentence about what is advertised elsewhere: its words are, and its shape is not."""
    return not any(token.weight.structural for token in run) and any(
        token.weight.score <= CLAIMED for token in run
    )


def _is_certain(run: list[_Token], strong: int, total: float) -> bool:
    """Whether the run may be dropped: it is heavy, and its shape, not its subject alone, is advertising."""
    if total < _ACCEPT:
        return False
    structural = sum(token.weight.structural for token in run)
    if structural >= 2 or (structural and total >= 1.5 * _ACCEPT):
        return True
    return strong >= 6 and not any(token.weight.score <= CLAIMED for token in run)


def _named(run: list[_Token]) -> str:
    weights: dict[str, float] = {}
    for token in run:
        if token.weight.rule:
            weights[token.weight.rule] = weights.get(token.weight.rule, 0.0) + token.score
    return max(weights, key=lambda rule: weights[rule]) if weights else "spam.shape"
