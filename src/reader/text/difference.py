"""The word-level difference of two texts.

Words are compared without case and without the shape of what stands between them, so that a change of
typography is no difference. The way is that of patience diff (https://bramcohen.livejournal.com/73318.html):
runs of words that stand once in either text are lined up first, what lies between two of them is compared
in the same way, and only what is then left, if it is short, by its longest common runs. So a megabyte takes
about a second however much of it was changed, where the quadratic way of `difflib` alone takes hours.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

Sort: TypeAlias = Literal["same", "removed", "added"]

_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts that write no space between words: each of their characters is compared by itself."""
_word = re.compile(rf"[{_ALONE}]|[^\W{_ALONE}]+")
_words, _words_alone = _word.finditer, _word.findall

_RUNS = (12, 4, 1)
"""Runs of so many words are lined up where they stand once in both texts, the longest first: in a long text a
word or a phrase hardly ever does."""
_SMALL = 40_000
"""So many pairs of words are compared each with each at most."""
_ISOLATED = 2
_FAR = 6
"""Up to `_ISOLATED` equal words with more than `_FAR` unequal ones on both sides are equal by chance."""


class Match(NamedTuple):
    """A run of equal words: its first word's index in the old and in the new text, and how many they are."""

    old: int
    new: int
    length: int


class Piece(NamedTuple):
    """A stretch of the difference; the pieces' texts, one after the other, are what is to be shown."""

    sort: Sort
    start: int
    """In code points of the old text where it was removed, of the new text else."""
    end: int


class Words:
    """The words of a text: where each begins and ends, and what it is compared by."""

    __slots__ = ("ends", "keys", "starts", "text")

    def __init__(self, text: str) -> None:
        """Find them."""
        self.text = text
        self.starts = array("l")
        self.ends = array("l")
        self.keys: list[str] = []
        for found in _words(text):
            start, end = found.span()
            self.starts.append(start)
            self.ends.append(end)
            self.keys.append(folded_word(found.group()))

    def __len__(self) -> int:
        return len(self.keys)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the words that share a code point with ``[start, end)``."""
        first = bisect_left(self.ends, start + 1)
        return first, max(first, bisect_left(self.starts, end))

    def begin(self, index: int) -> int:
        """Where a word begins with the signs that open it; the signs that close it are its own too.

        So a text is its words one after the other: the first begins at 0, behind the last is the text's end.
        """
        if index >= len(self.keys):
            return len(self.text)
        if index <= 0:
            return 0
        between = self.text[self.ends[index - 1] : self.starts[index]]
        signs = between.split()
        opening = (
            len(signs[-1]) if signs and not between[-1].isspace() and len(signs[-1]) < len(between) else 0
        )
        return self.starts[index] - opening

    def near(self, at: int, direction: int, most: int) -> int:
        """Up to so many words before or after a place, none beyond its paragraph."""
        end = at
        while abs(end - at) < most and self.pause(end) < 2:
            end += direction
        return end

    def pause(self, index: int) -> int:
        """How strong a pause there is before a word: 2 between paragraphs, 1 between sentences, else 0."""
        if index <= 0 or index >= len(self.keys):
            return 2
        between = self.text[self.ends[index - 1] : self.starts[index]]
        if "\n" in between:
            return 2
        return 1 if any(sign in between for sign in ".!?。！？…") else 0


def word_keys(text: str) -> list[str]:
    """What the words of a text are compared by, where nobody asks where they stand."""
    if text.isascii():
        return _words_alone(text.lower())
    return [word.lower() if word.isascii() else folded_word(word) for word in _words_alone(text)]


@lru_cache(maxsize=65_536)
def folded_word(word: str) -> str:
    """A word in NFC and without its case."""
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word.casefold())


class Difference:
    """What two texts have in common and what not; computed once for a pair and asked as often as wanted."""

    def __init__(self, old: str, new: str) -> None:
        """Compare two canonical texts."""
        self.old = Words(old)
        self.new = Words(new)

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """The runs of equal words, in order, none touching the next on both sides."""
        pairs = _common(self.old.keys, self.new.keys)
        return tuple(_joined(_slid(_without_chance(_joined(pairs)), self.old, self.new)))

    @cached_property
    def counterpart(self) -> "array[int]":
        """For each word of the old text the index of its equal in the new one, or -1."""
        there = array("l", [-1]) * len(self.old)
        for old, new, length in self.matches:
            there[old : old + length] = array("l", range(new, new + length))
        return there

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The whole difference as text to be read: what was removed stands before what took its place."""
        if not self.matches:
            whole = Piece("removed", 0, len(self.old.text) if self.old.keys else 0)
            other = Piece("added" if self.new.keys else "same", 0, len(self.new.text))
            return tuple(piece for piece in (whole, other) if piece.end)
        pieces: list[Piece] = []
        old_at = new_at = 0
        for old, new, length in [*self.matches, Match(len(self.old), len(self.new), 0)]:
            pieces += [
                Piece("removed", self.old.begin(old_at), self.old.begin(old)),
                Piece("added", self.new.begin(new_at), self.new.begin(new)),
                Piece("same", self.new.begin(new), self.new.begin(new + length)),
            ]
            old_at, new_at = old + length, new + length
        return _without_seams(piece for piece in pieces if piece.start < piece.end)


def _without_seams(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbouring pieces of one sort as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].sort == piece.sort and joined[-1].end == piece.start:
            joined[-1] = joined[-1]._replace(end=piece.end)
        else:
            joined.append(piece)
    return tuple(joined)


def _common(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Equal runs, in no order, that do not cross each other."""
    found: list[Match] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        low, high, new_low, new_high = waiting.pop()
        head = _head(old, low, high, new, new_low, new_high)
        if head:
            found.append(Match(low, new_low, head))
            low, new_low = low + head, new_low + head
        tail = _tail(old, low, high, new, new_low, new_high)
        if tail:
            found.append(Match(high - tail, new_high - tail, tail))
            high, new_high = high - tail, new_high - tail
        if low == high or new_low == new_high:
            continue
        here, there = old[low:high], new[new_low:new_high]
        steady: list[tuple[int, int]] = []
        for run in _RUNS:
            steady = _once_in_both(_runs(here, run), _runs(there, run))
            if steady:
                break
        if steady:
            edges = [(low, new_low), *((low + i, new_low + j) for i, j in steady), (high, new_high)]
            waiting += [(a, c, b, d) for (a, b), (c, d) in pairwise(edges)]
        elif len(here) * len(there) <= _SMALL:
            blocks = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()
            found += [Match(low + i, new_low + j, length) for i, j, length in blocks if length]
    return found


def _head(old: Sequence[str], low: int, high: int, new: Sequence[str], new_low: int, new_high: int) -> int:
    most = min(high - low, new_high - new_low)
    length = 0
    while length < most and old[low + length] == new[new_low + length]:
        length += 1
    return length


def _tail(old: Sequence[str], low: int, high: int, new: Sequence[str], new_low: int, new_high: int) -> int:
    most = min(high - low, new_high - new_low)
    length = 0
    while length < most and old[high - 1 - length] == new[new_high - 1 - length]:
        length += 1
    return length


def _runs(words: Sequence[str], length: int) -> Sequence[Hashable]:
    """Every run of so many words."""
    return words if length == 1 else list(zip(*(words[start:] for start in range(length)), strict=False))


def _once_in_both(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The places of items that stand once in either sequence, the longest rising row of them."""
    places = _once(new)
    pairs = [(here, places[item]) for item, here in _once(old).items() if item in places]
    return _longest_rise(pairs)


def _once(items: Sequence[Hashable]) -> dict[Hashable, int]:
    """The items that stand once in a sequence, and where, in order."""
    first: dict[Hashable, int] = {}
    again: set[Hashable] = set()
    for place, item in enumerate(items):
        if first.setdefault(item, place) != place:
            again.add(item)
    return {item: place for item, place in first.items() if item not in again}


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs, sorted by their first, whose second rises too."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, there) in enumerate(pairs):
        pile = bisect_left(tops, there)
        if pile == len(tops):
            tops.append(there)
            ends.append(index)
        else:
            tops[pile], ends[pile] = there, index
        before.append(ends[pile - 1] if pile else -1)
    rise: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        rise.append(pairs[index])
        index = before[index]
    return rise[::-1]


def _joined(matches: Sequence[Match]) -> list[Match]:
    """The same in order, those that touch on both sides as one."""
    joined: list[Match] = []
    for match in sorted(matches):
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == (match.old, match.new):
            joined[-1] = last._replace(length=last.length + match.length)
        else:
            joined.append(match)
    return joined


def _without_chance(matches: Sequence[Match]) -> list[Match]:
    """Those that are not a word or two in the middle of much that was exchanged."""
    kept: list[Match] = []
    for index, match in enumerate(matches):
        if match.length <= _ISOLATED and 0 < index < len(matches) - 1:
            before, after = matches[index - 1], matches[index + 1]
            gap_before = _gap(before, match)
            gap_after = _gap(match, after)
            if min(gap_before) > 0 and min(gap_after) > 0 and min(max(gap_before), max(gap_after)) > _FAR:
                continue
        kept.append(match)
    return kept


def _gap(before: Match, after: Match) -> tuple[int, int]:
    return after.old - before.old - before.length, after.new - before.new - before.length


def _slid(matches: Sequence[Match], old: Words, new: Words) -> list[Match]:
    """Where words were only taken out or only put in, the gap moved to a pause if it can be.

    ``She said yes. She said no.`` without its first sentence can be told as ``She said [yes. She said] no``
    or as ``[She said yes.] She said no``: what a person took out begins and ends with a pause.
    """
    slid = list(matches)
    for index in range(len(slid) - 1):
        before, after = slid[index], slid[index + 1]
        old_gap, new_gap = _gap(before, after)
        if (old_gap == 0) == (new_gap == 0):
            continue
        side, start, gap = (old, before.old, old_gap) if old_gap else (new, before.new, new_gap)
        at = start + before.length
        keys = side.keys
        low = 0
        while low < before.length and keys[at - low - 1] == keys[at + gap - low - 1]:
            low += 1
        high = 0
        while high < after.length and keys[at + high] == keys[at + gap + high]:
            high += 1
        best = max(range(-low, high + 1), key=lambda by: (side.pause(at + by), -abs(by)))
        if best and side.pause(at + best) > side.pause(at):
            slid[index] = before._replace(length=before.length + best)
            slid[index + 1] = Match(after.old + best, after.new + best, after.length - best)
    return [match for match in slid if match.length]
