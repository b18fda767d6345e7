"""Runs of advertising inside a line of prose, found by weighing its tokens.

Comment spam is glued to sentences without a space, in any language, so no phrase finds it. Each token has
a weight (`reader.clean.plain.weights`), less where the rest of the document uses the word too. A run is a
stretch with a great sum (Kadane's algorithm, which ends a run once the sum has fallen far below its peak),
trimmed to tokens that are evidence by themselves, and dense in them. So one brand name or one domain in
a sentence is never enough.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from reader.clean.plain.ground import Ground, bare, ground_of, with_vocabulary
from reader.clean.plain.tokens import Readings, Token, tokens_of
from reader.clean.plain.weights import CLAIMED, NEUTRAL, PUNCTUATED, STRONG, score
from reader.clean.plain.wordlists import may_hold_list, word_lists

_ACCEPT = 8.0
"""The least sum of a run that is dropped; six of the lexicon's everyday words do not reach it."""

_DOUBT = 5.5
"""The least sum of a run that is doubted."""

_DENSITY = 0.25
"""The least share of evidence among a run's tokens."""

_FALL = 4.0
"""How far the sum may fall below its peak within a run: two function words, or eleven unknown ones."""

_REACH = 8
"""How many unknown words beside a run are doubted with it, where no sentence claims them."""

_STEM = 4
"""So many letters at a word's beginning show that a run is made of it too."""

_INFLECTED = 2
"""By so many letters at its end a word may differ from the one that stands in a run."""

_BRIDGED = 2
"""So many other words in a row may stand between those that a run is made of."""

_FARTHEST = 40
"""So many words beside a run are doubted with it at most."""

_FOREIGN = 6
"""So many letters of another script in a line make it worth weighing."""


class SpamRun(NamedTuple):
    """A stretch of a text that looks like advertising."""

    start: int
    end: int
    rule: str
    """The id of the rule whose words weighed most, or ``spam.shape`` where it was the shape alone."""
    certain: bool


def spam_runs(text: str, spans: Iterable[tuple[int, int]]) -> list[SpamRun]:
    """The runs of advertising within each of the spans (lines), in order.

    Args:
        text: the page text.
        spans: the lines to look at, as offsets into `text`, in order.
    """
    spans = list(spans)
    lines = [text[start:end].split() for start, end in spans]
    counts = Counter(chain.from_iterable(lines))
    words: dict[str, str] = {}
    evidence: dict[str, float] = {}
    breaks: set[str] = set()
    for token in counts:
        words[token], stops = bare(token)
        if stops:
            breaks.add(token)
        if (value := score(token)) > 0:
            evidence[token] = value
    ground = ground_of(text, counts, words)
    if not ground.knows:
        breaks = set(words)
    else:
        breaks.update([token for token, word in words.items() if word in ground.function])
    strong = {token: value for token, value in evidence.items() if value >= STRONG}
    suspects = [
        (start, end)
        for (start, end), line in zip(spans, lines, strict=True)
        if sum([strong[token] for token in line if token in strong]) >= _DOUBT
        or may_hold_list(line, breaks, evidence)
        or (ground.foreign and len(ground.foreign.findall(text, start, end)) >= _FOREIGN)
    ]
    if not suspects:
        return []
    ground = with_vocabulary(ground, lines, words, evidence)
    readings = Readings(ground)
    return [
        run
        for start, end in suspects
        for run in _of_line(text, tokens_of(text, start, end, readings), ground)
    ]


def _of_line(text: str, tokens: list[Token], ground: Ground) -> list[SpamRun]:
    runs = list(_runs_within(text, tokens))
    if ground.knows:
        runs += [
            SpamRun(*found, "spam.word-list", certain=False) for found in word_lists(text, tokens, ground)
        ]
    return runs + list(_leftovers(text, tokens, runs, ground)) if runs else []


def _leftovers(text: str, tokens: list[Token], runs: list[SpamRun], ground: Ground) -> Iterator[SpamRun]:
    """What stands between two runs, or beside one, and is no sentence: it is doubted with them."""
    made_of = " ".join(text[run.start : run.end] for run in runs).lower()
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    inside = bytearray(len(tokens))
    for run in runs:
        first, last = bisect_right(ends, run.start), bisect_left(starts, run.end)
        inside[first:last] = b"\1" * (last - first)

    def found(gap: list[Token], *, after: bool, before: bool) -> Iterator[SpamRun]:
        """What is left of the run that the gap stands after, and of the one that it stands before."""
        whole = (after and before and len(gap) <= _FARTHEST) or _is_related(gap, made_of)
        head = len(gap) if whole else _reach(text, gap, made_of, ground) if after else 0
        tail = _reach(text, gap[head:][::-1], made_of, ground) if before else 0
        while tail and len(gap) > tail and gap[-tail - 1].claimed:
            # An article or a preposition before it: the sentence has the word.
            tail -= 1
        for piece in (gap[:head], gap[len(gap) - tail :]):
            if piece:
                yield SpamRun(piece[0].start, piece[-1].end, "spam.leftover", certain=False)

    gap: list[Token] = []
    after = False
    for token, within in zip(tokens, inside, strict=True):
        if within:
            yield from found(gap, after=after, before=True)
            gap, after = [], True
            continue
        gap.append(token)
        if token.ends:
            if after:
                yield from found(gap, after=True, before=False)
            gap, after = [], False
    if after:
        yield from found(gap, after=True, before=False)


def _reach(text: str, beside: Sequence[Token], made_of: str, ground: Ground) -> int:
    """How many of the tokens beside a run, the nearest first, are more of the same.

    They end with a word that the run is made of and the document is not, few others between them, and before
    the function word in capitals that a sentence begins with.
    """
    reach = 0
    for index, token in enumerate(beside[:_FARTHEST]):
        if index - reach > (_BRIDGED if reach else 0) or (token.claimed and text[token.start].isupper()):
            break
        word = token.word[: max(_STEM, len(token.word) - _INFLECTED)]
        if not token.claimed and token.word not in ground.known and _is_stem(word, made_of, len(word)):
            reach = index + 1
    return reach


def _is_stem(word: str, made_of: str, length: int = _STEM) -> bool:
    return len(word) >= _STEM and word[:length] in made_of


def _is_related(gap: list[Token], made_of: str) -> bool:
    """Whether most of the words beside a run, function words aside, are what the run is made of."""
    words = [token.word for token in gap if not token.claimed]
    related = sum(_is_stem(word, made_of) for word in words)
    is_sentence = len(words) < 0.6 * len(gap)
    return len(gap) <= _FARTHEST and not is_sentence and 2 * related >= len(words)


def _runs_within(text: str, tokens: list[Token]) -> Iterator[SpamRun]:
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


def _stretches(tokens: list[Token]) -> Iterator[tuple[int, int, float]]:
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


def _with_relatives(tokens: list[Token], first: int, last: int, free: int, text: str) -> tuple[int, int]:
    """The run with the words beside it that are the lexicon's, or that the run itself is made of."""
    made_of = text[tokens[first].start : tokens[last - 1].end]
    folded = made_of.lower()

    def is_relative(token: Token) -> bool:
        word = text[token.start : token.end].lower()
        return bool(token.weight.rule) or (len(word) >= 4 and token.weight.score > CLAIMED and word in folded)

    def begins_sentence(token: Token) -> bool:
        """Whether it has a capital that the run does not write it with."""
        return text[token.start].isupper() and text[token.start : token.end] not in made_of

    def is_claimed(at: int) -> bool:
        """Whether a sentence has the token: an article or preposition before it, or a stop in it."""
        before = tokens[at - 1] if at else None
        return tokens[at].ends or (before is not None and before.claimed and not before.ends)

    while first > free and is_relative(tokens[first - 1]) and not is_claimed(first - 1):
        first -= 1
    while last < len(tokens) and is_relative(tokens[last]) and not begins_sentence(tokens[last]):
        last += 1
    return first, last


def _unclaimed(tokens: list[Token], first: int, last: int, free: int) -> tuple[int, int]:
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


def _is_claimed(run: list[Token]) -> bool:
    """Whether it is a sentence about what is advertised elsewhere: its words are, and its shape is not."""
    return not any(token.weight.structural for token in run) and any(token.claimed for token in run)


def _is_certain(run: list[Token], strong: int, total: float) -> bool:
    """Whether the run may be dropped: it is heavy, and its shape, not its subject alone, is advertising."""
    if total < _ACCEPT:
        return False
    structural = sum(token.weight.structural for token in run)
    if structural >= 2 or (structural and total >= 1.5 * _ACCEPT):
        return True
    return strong >= 6 and not any(token.claimed for token in run)


def _named(run: list[Token]) -> str:
    weights: dict[str, float] = {}
    for token in run:
        if token.weight.rule:
            weights[token.weight.rule] = weights.get(token.weight.rule, 0.0) + token.score
    return max(weights, key=lambda rule: weights[rule]) if weights else "spam.shape"
