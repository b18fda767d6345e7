"""The vote on a page's blocks: how likely each is the article's, from its features and its neighbours'.

A score is a sum of weights, one a feature, and the logistic function makes a probability of it. There are
two rounds: the second hears, beside all that the first did, what the first made of the blocks around. Both
rounds' weights are data, fitted by ``python -m bench.page_weights`` on pages whose articles people marked.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from math import exp, log
from pathlib import Path
from typing import NamedTuple

from reader.clean.page.features import Features, Judged

_REACHES = (4, 12)
"""How many blocks before and after are looked at, near by and farther off."""
_NEAREST = 1e-3
"""No probability of the first round is taken to be nearer to 0 or 1 than this."""


class Weights(NamedTuple):
    """What each feature counts, in each of the rounds."""

    first: Mapping[str, float]
    second: Mapping[str, float]


@cache
def page_weights() -> Weights:
    """The weights of this package, read at the first call."""
    content = tomllib.loads(Path(__file__).with_name("weights.toml").read_text(encoding="utf-8"))
    return Weights(content["first"], content["second"])


def vote(blocks: Sequence[Judged], weights: Weights) -> list[float]:
    """How likely each block is the article's, 0 to 1; 0 for images."""
    both = {
        name: (weights.first.get(name, 0.0), weights.second.get(name, 0.0))
        for name in weights.first.keys() | weights.second.keys()
    }
    first: list[float] = []
    second: list[float] = []
    for block in blocks:
        now = later = 0.0
        for name, value in block.features.items():
            if name in both:
                one, other = both[name]
                now += one * value
                later += other * value
        first.append(_logistic(now) if block.features else 0.0)
        second.append(later)
    return [
        _logistic(score + _score(weights.second, heard)) if heard else 0.0
        for score, heard in zip(second, hearsay(blocks, first), strict=True)
    ]


def probability(weights: Mapping[str, float], features: Features) -> float:
    """How likely the logistic function makes what has these features."""
    return _logistic(_score(weights, features)) if features else 0.0


def _score(weights: Mapping[str, float], features: Features) -> float:
    return sum([weights.get(name, 0.0) * value for name, value in features.items()])


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def hearsay(blocks: Sequence[Judged], first: Sequence[float]) -> list[Features]:
    """What the first round made of each block and of those around it; nothing for images."""
    out: list[Features] = [{} for _ in blocks]
    live = [at for at, block in enumerate(blocks) if block.shown]
    words = [blocks[at].words for at in live]
    votes = [words[place] * first[at] for place, at in enumerate(live)]
    word_sums = list(accumulate(words, initial=0))
    vote_sums = list(accumulate(votes, initial=0.0))
    within = _within(blocks, live, votes)

    def mean(start: int, end: int) -> float:
        start, end = max(0, start), min(len(live), end)
        held = word_sums[end] - word_sums[start] if end > start else 0
        return (vote_sums[end] - vote_sums[start]) / held if held else 0.0

    headings = [place for place, at in enumerate(live) if blocks[at].kind == "heading"]
    ends = dict(pairwise([*headings, len(live)]))
    heading = 0.0
    for place, at in enumerate(live):
        known = min(1 - _NEAREST, max(_NEAREST, first[at]))
        heard = out[at]
        heard["vote"] = log(known / (1 - known))
        heard["vote-previous"] = first[live[place - 1]] if place else 0.0
        heard["vote-next"] = first[live[place + 1]] if place + 1 < len(live) else 0.0
        for reach in _REACHES:
            heard[f"vote-{reach}-before"] = mean(place - reach, place)
            heard[f"vote-{reach}-after"] = mean(place + 1, place + 1 + reach)
        heard["vote-done"] = vote_sums[place] / (vote_sums[-1] or 1)
        if place in ends:
            heading = first[at]
            heard["vote-section"] = mean(place + 1, ends[place])
        else:
            heard["vote-heading"] = heading
        for level, (held, voted) in enumerate(within[at]):
            if held > blocks[at].words:
                heard[f"vote-in-{level}"] = (voted - votes[place]) / (held - blocks[at].words)
    return out


def _within(
    blocks: Sequence[Judged], live: Sequence[int], votes: Sequence[float]
) -> dict[int, list[tuple[float, float]]]:
    """For each block the words of its element and of that one's parent, and their votes."""
    sums: dict[object, list[float]] = defaultdict(lambda: [0.0, 0.0])
    around = {}
    for place, at in enumerate(live):
        element = blocks[at].block.element
        around[at] = (0, element), (1, element.getparent())
        for each in around[at]:
            row = sums[each]
            row[0] += blocks[at].words
            row[1] += votes[place]
    return {at: [(sums[each][0], sums[each][1]) for each in pair] for at, pair in around.items()}
