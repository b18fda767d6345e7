"""The map between an article's text and the page text it was made from.

The text is the page's kept words in their order, with white space, markup and line ends changed. So the map
is found by walking both: line by line where a line stands in the page as it is, word by word elsewhere.
Only exact equal stretches become links; what has no counterpart is left out, never guessed.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from reader.model import Link, Run, Segment, Style

_WORD = re.compile(r"\S+")
_FAR = 80
"""Words of the page that are looked through for the text's next word."""
_NEAR = 3
"""Words within which one equal word is proof enough; farther on, the next word must follow too."""


def align(text: str, page_text: str, segments: Sequence[Segment]) -> tuple[Link, ...]:
    """The links between a text and its page text, sorted, over the segments that were kept or doubted."""
    walk = _Walk(text, page_text, segments)
    at = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            walk.line(at, line)
        at += len(line) + 1
    return _joined(walk.links, text, page_text)


def to_page(links: Sequence[Link], offset: int) -> int | None:
    """The page text's offset of an offset in the text, or the nearest one; None without links."""
    return _across(
        [(link.text_start, link.page_start, link.length) for link in _around(links, offset, 0)], offset
    )


def to_text(links: Sequence[Link], offset: int) -> int | None:
    """The text's offset of an offset in the page text, or the nearest one; None without links."""
    return _across(
        [(link.page_start, link.text_start, link.length) for link in _around(links, offset, 1)], offset
    )


def _around(links: Sequence[Link], offset: int, side: int) -> Sequence[Link]:
    """The link at or before an offset, and the one after it."""
    index = bisect_right(links, offset, key=lambda link: link[side])
    return links[max(0, index - 1) : index + 1]


def _across(links: Sequence[tuple[int, int, int]], offset: int) -> int | None:
    nearest: tuple[int, int] | None = None
    for here, there, length in links:
        inside = max(0, min(offset - here, length - 1))
        distance = abs(here + inside - offset)
        if nearest is None or distance < nearest[0]:
            nearest = (distance, there + inside)
    return nearest[1] if nearest else None


def doubt_runs(links: Sequence[Link], segments: Sequence[Segment]) -> tuple[Run, ...]:
    """The stretches of the text that come from doubtful segments, as `Style.DOUBT` runs."""
    runs: list[Run] = []
    for segment in segments:
        if segment.verdict != "doubt":
            continue
        first = max(0, bisect_right(links, segment.start, key=lambda link: link.page_start) - 1)
        fresh = True
        for position in range(first, len(links)):
            text_start, page_start, length = links[position]
            if page_start >= segment.end:
                break
            start = text_start + max(0, segment.start - page_start)
            end = text_start + min(length, segment.end - page_start)
            if end <= start:
                continue
            # The white space between two words of one segment is as doubtful as they are.
            if not fresh and start - runs[-1].end <= 2:
                runs[-1] = Run(runs[-1].start, end, int(Style.DOUBT))
            else:
                runs.append(Run(start, end, int(Style.DOUBT)))
            fresh = False
    return tuple(sorted(runs))


class _Walk:
    """Goes through the text and the page side by side."""

    def __init__(self, text: str, page_text: str, segments: Sequence[Segment]) -> None:
        self.links: list[Link] = []
        self._text = text
        self._page = page_text
        self._kept = [(s.start, s.end) for s in segments if s.verdict != "drop" and s.end > s.start]
        self._starts = [start for start, _ in self._kept]
        self._at = 0
        """Up to where the page is used up."""
        self._words: list[tuple[int, int]] | None = None

    def line(self, at: int, line: str) -> None:
        """Link one line of the text, which begins at `at`."""
        found = self._page.find(line, self._at)
        if found >= 0 and self._is_next(found, len(line)):
            self.links.append(Link(at, found, len(line)))
            self._at = found + len(line)
        else:
            self._line_by_words(at, line)

    def _is_next(self, found: int, length: int) -> bool:
        """Whether what stands there is kept, and only white space and a little markup are kept before it."""
        index = bisect_right(self._starts, found) - 1
        if index < 0 or found + length > self._kept[index][1]:
            return False
        passed = 0
        position = bisect_right(self._starts, self._at) - 1
        for start, end in self._kept[max(0, position) : index + 1]:
            between = self._page[max(start, self._at) : min(end, found)]
            passed += sum(len(word) for word in between.split())
            if passed > 8:
                return False
        return True

    def _line_by_words(self, at: int, line: str) -> None:
        if self._words is None:
            self._words = [
                match.span() for start, end in self._kept for match in _WORD.finditer(self._page, start, end)
            ]
        index = bisect_right(self._words, (self._at, -1))
        if index and self._words[index - 1][1] > self._at:
            index -= 1
        words = [(match.start(), match.group()) for match in _WORD.finditer(line)]
        for position, (offset, word) in enumerate(words):
            following = words[position + 1][1] if position + 1 < len(words) else ""
            hit = self._look(index, word, following)
            if hit is None:
                continue
            index, found = hit
            self.links.append(Link(at + offset, found, len(word)))
            self._at = found + len(word)
            if self._at >= self._words[index][1]:
                index += 1

    def _look(self, index: int, word: str, following: str) -> tuple[int, int] | None:
        """The page's next word that holds this one, and where; a far one only if the next word follows."""
        assert self._words is not None
        for step in range(min(_FAR, len(self._words) - index)):
            start, end = self._words[index + step]
            found = self._page.find(word, max(start, self._at), end)
            if found < 0:
                continue
            if step < _NEAR and (len(word) > 1 or found + 1 == end or step == 0):
                return index + step, found
            if following and following in self._page[found + len(word) : end + len(following) + 40]:
                return index + step, found
        return None


def _joined(links: list[Link], text: str, page_text: str) -> tuple[Link, ...]:
    """Neighbouring links as one where what lies between them is the same on both sides."""
    joined: list[Link] = []
    for link in links:
        if joined:
            last = joined[-1]
            gap = link.text_start - last.text_start - last.length
            same = gap == link.page_start - last.page_start - last.length
            text_end, page_end = last.text_start + last.length, last.page_start + last.length
            if same and text[text_end : link.text_start] == page_text[page_end : link.page_start]:
                joined[-1] = Link(last.text_start, last.page_start, last.length + gap + link.length)
                continue
        joined.append(link)
    assert all(one.text_start + one.length <= other.text_start for one, other in pairwise(joined))
    return tuple(joined)
