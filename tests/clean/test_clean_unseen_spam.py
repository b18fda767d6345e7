"""Advertising of families that the rules do not know: all their words are taken out of the rules before."""

from collections.abc import Iterator
from itertools import product

import pytest
from spamming import FAMILIES, PARTS, spam

from bench.labelled import OWN, read_labelled
from reader.clean import rules
from reader.clean.plain import weights
from reader.clean.plain.cleaner import judge

HOSTS = [
    document.content
    for document in read_labelled(OWN)
    if document.id in ("trap-cookies", "trap-casino", "trap-copyright", "trap-newsletter-story")
]
SEEDS = range(4)

PLACES = ("glued to the end", "after the end", "inside a paragraph")

LEFT = 0.05
"""The share of unseen advertising that may be kept, over all families, for each way and place to put it."""
LEFT_OF_ONE = 0.2
"""The same of one family."""


@pytest.fixture(scope="module", autouse=True)
def _no_words_of_any_family() -> Iterator[None]:
    """The rules without a lexicon; what is remembered of tokens is forgotten before and after."""
    words = rules.ruleset().words
    saved = dict(words)
    caches = (weights.weigh, weights.score, weights._lexicon, weights._compounds)
    words.clear()
    words["☒"] = next(iter(saved.values()))
    for cache in caches:
        cache.cache_clear()
    yield
    words.clear()
    words.update(saved)
    for cache in caches:
        cache.cache_clear()


def kept_and_all(family: str, style: str, place: str) -> tuple[int, int]:
    """How much advertising is kept, and how much there was."""
    kept = total = 0
    for seed in SEEDS:
        host = HOSTS[seed % len(HOSTS)]
        run = spam(seed, family, PARTS[style])
        inside = host.index(". ", len(host) // 2) + 2
        at, text = {
            "glued to the end": (len(host), host + run),
            "after the end": (len(host) + 1, f"{host} {run}"),
            "inside a paragraph": (inside, f"{host[:inside]}{run} {host[inside:]}"),
        }[place]
        total += len(run)
        kept += sum(
            max(0, min(segment.end, at + len(run)) - max(segment.start, at))
            for segment in judge(text)
            if segment.verdict == "keep"
        )
    return kept, total


@pytest.fixture(scope="module")
def left(_no_words_of_any_family: None) -> dict[tuple[str, str, str], tuple[int, int]]:
    return {which: kept_and_all(*which) for which in product(FAMILIES, PARTS, PLACES)}


def share(counts: list[tuple[int, int]]) -> float:
    return sum(kept for kept, _ in counts) / sum(total for _, total in counts)


@pytest.mark.parametrize("how", [*PARTS, *PLACES])
def test_unseen_advertising_goes_however_and_wherever_it_is_put(
    left: dict[tuple[str, str, str], tuple[int, int]], how: str
) -> None:
    assert share([counts for which, counts in left.items() if how in which[1:]]) <= LEFT


@pytest.mark.parametrize("family", FAMILIES)
def test_no_unseen_family_stays(left: dict[tuple[str, str], tuple[int, int]], family: str) -> None:
    assert share([counts for (known, *_), counts in left.items() if known == family]) <= LEFT_OF_ONE


@pytest.mark.parametrize("host", HOSTS, ids=range(len(HOSTS)))
def test_what_it_was_put_into_stays(host: str) -> None:
    for family in FAMILIES:
        run = spam(1, family, PARTS["mixed"])
        assert [s.verdict for s in judge(f"{host} {run}") if s.start < len(host)] == ["keep"], family
