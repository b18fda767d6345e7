"""Where a caret goes in a text: by cluster, word, sentence and paragraph.

A caret rests on the start of a grapheme cluster that is drawn: not on the gap between two blocks, nor on the
newline that ends a line of text (it does on an empty line's own).
"""

from bisect import bisect_right
from operator import attrgetter

from reader.model import Block, Canonical, Span
from reader.text.boundaries import grapheme_at, previous_grapheme, words
from reader.text.sentences import sentences

_start = attrgetter("start")


class Navigator:
    """Motions over one canonical text.

    Making one costs nothing; the sentences of a block are found when a motion first comes to it. Offsets that
    come in may be any; they are taken as `snap` takes them. A direction is +1 or -1.
    """

    def __init__(self, canonical: Canonical) -> None:
        self._text = canonical.text
        self._blocks = canonical.blocks or ((Block(0, len(self._text), "paragraph"),) if self._text else ())
        self._sentences: dict[int, list[Span]] = {}
        self._words: dict[Span, list[Span]] = {}

    @property
    def last(self) -> int:
        """The start of the last cluster; 0 for an empty text."""
        return self.snap(len(self._text) - 1)

    def snap(self, offset: int) -> int:
        """The start of the cluster at an offset, moved off a gap to the nearest text; 0 for an empty text."""
        if not self._text:
            return 0
        offset = min(max(offset, 0), len(self._text) - 1)
        if not self._is_gap(offset):
            return grapheme_at(self._text, offset).start
        back, on = self._off_gap(offset, -1), self._off_gap(offset, 1)
        if back is None or (on is not None and on - offset < offset - back):
            back = on
        return 0 if back is None else grapheme_at(self._text, back).start

    def cluster(self, offset: int) -> Span:
        """The cluster at an offset."""
        return grapheme_at(self._text, self.snap(offset))

    def grapheme(self, offset: int, direction: int) -> int:
        """The next or previous cluster's start; this one's at an end of the text."""
        start, end = self.cluster(offset)
        if direction < 0:
            target = self._off_gap(previous_grapheme(self._text, start), -1) if start else None
        else:
            target = self._off_gap(end, 1)
        return start if target is None else grapheme_at(self._text, target).start

    def word(self, offset: int, direction: int) -> int:
        """The next or previous word's start; at an end of the text its last or first cluster's."""
        offset = self.snap(offset)
        block = self._block_at(offset)
        while 0 <= block < len(self._blocks):
            found = self.sentences_of(block)
            here = max(0, bisect_right(found, offset, key=_start) - 1)
            for sentence in found[here:] if direction > 0 else found[here::-1]:
                starts = (self.snap(word.start) for word in self._words_of(sentence))
                ahead = [start for start in starts if (start - offset) * direction > 0]
                if ahead:
                    return min(ahead) if direction > 0 else max(ahead)
            block += direction
        return self.last if direction > 0 else self.snap(0)

    def sentence(self, offset: int, direction: int) -> int:
        """The next sentence's start, or this one's and then the previous one's; at an end as `word`."""
        offset = self.snap(offset)
        block = self._block_at(offset)
        while 0 <= block < len(self._blocks):
            starts = [self.snap(sentence.start) for sentence in self.sentences_of(block)]
            ahead = [start for start in starts if (start - offset) * direction > 0]
            if ahead:
                return ahead[0] if direction > 0 else ahead[-1]
            block += direction
        return self.last if direction > 0 else self.snap(0)

    def paragraph(self, offset: int, direction: int) -> int:
        """The next block's start, or this one's and then the previous one's; at an end as `word`."""
        offset = self.snap(offset)
        block = self._block_at(offset)
        while 0 <= block < len(self._blocks):
            start = self.snap(self._blocks[block].start)
            if (start - offset) * direction > 0:
                return start
            block += direction
        return self.last if direction > 0 else self.snap(0)

    def word_at(self, offset: int) -> Span:
        """The word at an offset; the cluster there where it is in none."""
        cluster = self.cluster(offset)
        for word in self._words_of(self.sentence_at(offset)):
            if word.start <= cluster.start < word.end:
                start, last = grapheme_at(self._text, word.start), grapheme_at(self._text, word.end - 1)
                return Span(start.start, last.end)
        return cluster

    def sentence_at(self, offset: int) -> Span:
        """The sentence at an offset; white space belongs to the one before it. Empty for an empty text."""
        offset = self.snap(offset)
        if not self._blocks:
            return Span(0, 0)
        found = self.sentences_of(self._block_at(offset))
        return found[max(0, bisect_right(found, offset, key=_start) - 1)] if found else self.cluster(offset)

    def sentences_of(self, block: int) -> list[Span]:
        """The sentences of a block, by its number, in order; found once and kept."""
        if block not in self._sentences:
            start, end = self._blocks[block][:2]
            self._sentences[block] = sentences(self._text, start, end)
        return self._sentences[block]

    def paragraph_at(self, offset: int) -> Span:
        """The block at an offset. Empty for an empty text."""
        offset = self.snap(offset)
        if not self._blocks:
            return Span(0, 0)
        block = self._blocks[self._block_at(offset)]
        return Span(block.start, block.end)

    def _block_at(self, offset: int) -> int:
        """The index of the block that holds an offset, or of the one before it."""
        return max(0, bisect_right(self._blocks, offset, key=_start) - 1)

    def _words_of(self, sentence: Span) -> list[Span]:
        if sentence not in self._words:
            self._words[sentence] = words(self._text, *sentence)
        return self._words[sentence]

    def _is_gap(self, offset: int) -> bool:
        """Whether a caret may not rest on a code point of the text."""
        block = self._blocks[self._block_at(offset)]
        if not block.start <= offset < block.end:
            return True
        return self._text[offset] == "\n" and offset > block.start and self._text[offset - 1] != "\n"

    def _off_gap(self, offset: int, direction: int) -> int | None:
        """The first offset from this one on at which a caret may rest, or None up to the text's end."""
        while 0 <= offset < len(self._text):
            if not self._is_gap(offset):
                return offset
            offset += direction
        return None
