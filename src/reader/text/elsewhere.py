"""Looking for words of one text in another one, wherever they stand."""

from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property

from reader.text.difference import Difference

NEIGHBOURS = 8
"""Words on either side of a span that are looked at to tell whether it is the same place."""
MANY = 8
"""So many words hardly ever stand together twice."""
SURE = 0.85
"""The share of words that says it is the same passage, in its place."""
_MOVED = 0.92
"""And where it is not in its place."""
_PROPOSED = 0.6
"""How alike the words of a quote and of a place have to be for the place to be proposed."""
_CANDIDATES = 5
_VOTES = 0.4
"""How many places are compared word by word, and the share of the words that has to point to such a place."""


class Elsewhere:
    """Finds ranges of the old text's words among the new one's; the indexes of a pair are made once."""

    def __init__(self, difference: Difference) -> None:
        """Take the pair."""
        self._difference = difference

    def moved(self, first: int, last: int) -> tuple[int, int] | None:
        """The new words of a passage that was moved whole: it and its neighbours stand together elsewhere."""
        old, new = self._difference.old, self._difference.new
        start, end = old.near(first, -1, NEIGHBOURS), old.near(last, 1, NEIGHBOURS)
        if end - start < MANY:
            return None
        passage = old.keys[start:end]
        starts: Counter[int] = Counter()
        for offset, run in enumerate(zip(passage, passage[1:], passage[2:], strict=False)):
            for place in self._runs.get(run, ()):
                starts[place - offset] += 1
        found: list[tuple[float, int, int]] = []
        for at, count in starts.most_common(_CANDIDATES):
            if count < _VOTES * len(passage):
                break
            begin = max(0, at - 2)
            window = new.keys[begin : at + len(passage) + 2]
            blocks = SequenceMatcher(None, passage, window, autojunk=False).get_matching_blocks()
            there = {b.a + n: begin + b.b + n for b in blocks for n in range(b.size)}
            own = [there[index] for index in range(first - start, last - start) if index in there]
            share = len(there) / len(passage)
            if len(own) >= SURE * (last - first) and share >= _MOVED:
                found.append((share, own[0], own[-1] + 1))
        found = list(dict.fromkeys(sorted(found, reverse=True)))
        if len({low for _, low, _ in found}) != 1:
            return None
        _, low, high = found[0]
        if old.keys[first] != new.keys[low] or old.keys[last - 1] != new.keys[high - 1]:
            return None
        return low, high

    def likest(self, first: int, last: int) -> tuple[int, int] | None:
        """The new words that are most like the old ones; among equals, those with their neighbours."""
        difference = self._difference
        wanted = difference.old.keys[first:last]
        starts: Counter[int] = Counter()
        for offset, word in enumerate(wanted):
            places = self._places.get(word, ())
            # A word that stands everywhere says nothing of where the quote is.
            for place in places if len(places) <= 200 else ():
                starts[place - offset] += 1
        size = len(wanted)
        votes: Counter[int] = Counter()
        for start, count in starts.items():
            for shift in (-1, 0, 1):
                votes[start + shift] += count
        best: tuple[float, float, int, int] | None = None
        for start, count in votes.most_common(_CANDIDATES):
            if count < _VOTES * size:
                break
            low, high = max(0, start), min(len(difference.new), start + size)
            if low >= high:
                continue
            low, high, score = self._tightened(wanted, low, high)
            if score >= _PROPOSED:
                around = self._around(first, last, low, high)
                best = max(best, (score, around, low, high)) if best else (score, around, low, high)
        return best[2:] if best is not None else None

    def _tightened(self, wanted: list[str], low: int, high: int) -> tuple[int, int, float]:
        """A window of the new words with those that are not the quote's taken off its edges."""
        keys = self._difference.new.keys
        low, high = max(0, low - 2), min(len(keys), high + 2)
        matcher = SequenceMatcher(None, wanted, keys[low:high], autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks:
            return low, high, 0.0
        start = low + max(0, blocks[0].b - blocks[0].a)
        end = low + blocks[-1].b + blocks[-1].size + (len(wanted) - blocks[-1].a - blocks[-1].size)
        end = max(start + 1, min(len(keys), end))
        ratio = SequenceMatcher(None, wanted, keys[start:end], autojunk=False).ratio()
        return start, end, ratio

    def _around(self, first: int, last: int, low: int, high: int) -> float:
        old, new = self._difference.old.keys, self._difference.new.keys
        before = zip(
            reversed(old[max(0, first - 4) : first]), reversed(new[max(0, low - 4) : low]), strict=False
        )
        after = zip(old[last : last + 4], new[high : high + 4], strict=False)
        return sum(a == b for a, b in [*before, *after]) / 8

    @cached_property
    def _runs(self) -> dict[tuple[str, str, str], list[int]]:
        """Where each run of three words of the new text stands."""
        keys = self._difference.new.keys
        places: dict[tuple[str, str, str], list[int]] = {}
        for index, run in enumerate(zip(keys, keys[1:], keys[2:], strict=False)):
            places.setdefault(run, []).append(index)
        return places

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each word of the new text stands."""
        places: dict[str, list[int]] = {}
        for index, word in enumerate(self._difference.new.keys):
            places.setdefault(word, []).append(index)
        return places
