"""How far annotators agree: pure arithmetic over labels and spans.

A measure that is not defined for what was counted is None, never a number that looks like one: a
coefficient corrected for chance says nothing where only one label was used, since agreeing could not be
told from chance.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from reader.model import Span

HALF = 0.5
"""The share of text in common from which two spans are taken to mark the same claim."""


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two annotators who labelled the same items.

    κ = (p_o - p_e) / (1 - p_e), p_e from each annotator's own distribution (Cohen 1960, A coefficient of
    agreement for nominal scales).

    Args:
        pairs: for each item, the label that each of the two gave.

    Returns:
        -1 to 1; None without items, or where both used one and the same label only.
    """
    if not pairs:
        return None
    n = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    # In whole numbers, so that equality is exact: p_e = by_chance / n².
    by_chance = sum(count * others[label] for label, count in ones.items())
    return None if by_chance == n * n else (agreed * n - by_chance) / (n * n - by_chance)


def krippendorff_alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal data, any number of annotators, with labels missing.

    α = 1 - D_o / D_e from the matrix of coincidences (Krippendorff 2004, Content analysis, chapter 11).

    Args:
        units: for each unit, the labels given to it, one for each annotator who labelled it. A unit that
            one annotator labelled does not count.

    Returns:
        At most 1; None without such units, or where only one label was used.
    """
    counted = [Counter(unit) for unit in units if len(unit) > 1]
    total = sum(count.total() for count in counted)
    labels = sum(counted, Counter[Hashable]())
    apart = sum(
        sum(n * (count.total() - n) for n in count.values()) / (count.total() - 1) for count in counted
    )
    by_chance = sum(n * (total - n) for n in labels.values())
    return None if by_chance == 0 else 1 - (total - 1) * apart / by_chance


def overlap(one: Span, other: Span) -> float:
    """The text that two spans have in common, as a share of the text that either covers (Jaccard), 0 to 1."""
    common = min(one.end, other.end) - max(one.start, other.start)
    covered = max(one.end, other.end) - min(one.start, other.start)
    return common / covered if common > 0 else float(one == other)


def united(spans: Sequence[Sequence[Span]], least: float) -> list[dict[int, int]]:
    """Which spans of several annotators mark the same.

    The greatest overlaps are taken first; a span joins others where it overlaps enough with each of them.

    Args:
        spans: each annotator's spans, in any order.
        least: the overlap from which two spans can mark the same; 1 for equal spans only.

    Returns:
        The units: for each the annotators who marked it, with which of their spans (positions in `spans`).
    """
    units = {(who, at): {who: at} for who, theirs in enumerate(spans) for at in range(len(theirs))}
    near = sorted(
        (-share, who, other, at, there)
        for (who, ones), (other, others) in combinations(enumerate(spans), 2)
        for share, at, there in _overlapping(ones, others, least)
    )
    for _, who, other, at, there in near:
        one, joined = units[who, at], units[other, there]
        if one.keys().isdisjoint(joined) and all(
            overlap(spans[a][i], spans[b][j]) >= least for a, i in one.items() for b, j in joined.items()
        ):
            one |= joined
            units.update(dict.fromkeys(joined.items(), one))
    return list({id(unit): unit for unit in units.values()}.values())


def paired(ones: Sequence[Span], others: Sequence[Span], least: float) -> list[tuple[int, int]]:
    """Which spans of two annotators mark the same: each in one pair at most; see `united`.

    Returns:
        Positions in `ones` and `others`, in the order of `ones`.
    """
    return [(unit[0], unit[1]) for unit in united((ones, others), least) if len(unit) == 2]


def _overlapping(
    ones: Sequence[Span], others: Sequence[Span], least: float
) -> Iterator[tuple[float, int, int]]:
    """The overlaps that are enough, with the spans' positions."""
    by_start = sorted(range(len(others)), key=lambda at: others[at])
    for at, span in enumerate(ones):
        for there in by_start:
            if others[there].start > span.end:
                break
            share = overlap(span, others[there])
            if share >= least:
                yield share, at, there


class SpanCount(NamedTuple):
    """How many spans two annotators marked, and how many of them are pairs."""

    paired: int
    ones: int
    others: int

    @property
    def f1(self) -> float | None:
        """Twice the pairs as a share of all spans: the F1 of either against the other; None without spans."""
        spans = self.ones + self.others
        return 2 * self.paired / spans if spans else None


def count_spans(ones: Sequence[Span], others: Sequence[Span], least: float) -> SpanCount:
    """Count two annotators' spans in one text, and their pairs; see `paired`."""
    return SpanCount(len(paired(ones, others, least)), len(ones), len(others))
