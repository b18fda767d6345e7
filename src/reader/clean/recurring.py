"""Lines that recur across a source's articles: what its pages all say is not what this article says.

No rule finds a site's own menu, slogan or advice to subscribe; that the same line stands in its other
articles does. It is evidence, not proof: a series has the same title, a reporter the same byline, a recipe
the same ingredient. So a line is dropped for it only at the very edge of a text, after nothing but such
lines, and is doubted elsewhere: a doubted line stays in the article, dimmed.

What recurs is an argument: this module counts nothing.
"""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from hashlib import blake2b

from reader.clean.marks import Mark
from reader.clean.metadata import says_who_or_when
from reader.clean.plain.cleaner import is_prose
from reader.clean.rules import ruleset
from reader.clean.shapes import is_item, is_score, is_speaker_turn, is_title, text_width
from reader.model import PageLines, Recurring, Verdict

RECURS = "recurs across this source"
"""The reason that a reader is told."""

_DROPPED_LABEL = 2
"""In so many other articles a label at a text's edge is dropped."""
_DROPPED_SENTENCE = 4
"""In so many others a sentence at a text's edge is dropped, and what was doubted anyway."""
_DOUBTED_INSIDE = 3
"""In so many others a line amid the article is doubted."""

_LONGEST = 400
"""Longer lines, in code points, are paragraphs: they are not counted."""
_EDGE = 300
"""So many lines from the top and from the end are counted."""
_TOLD_BY = 8
"""An article is recognised by so many of its longest lines."""
_LONG = 60
"""From this length, in code points, a line is more likely the article's than its page's."""
_SHORT_LABEL = 4
"""In a line of so many words at most numbers make no difference; a series numbers its titles."""
_FEW_WORDS = 3
"""A line of so few words, between lines that recur before the title, is a label too."""

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_ENDED = re.compile(r"[.!?…。！？][\s”\"’'»)\]]*$")
_DIGITS = re.compile(r"\d+")


def page_lines(page_text: str) -> PageLines:
    """The lines of a page text, to be counted with those of the source's other articles."""
    lines = [match.group().strip() for match in _LINE.finditer(page_text)]
    counted = lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]
    long = [line for line in set(lines) if len(line) >= _LONG] or list(set(lines))
    return PageLines(
        lines=tuple(dict.fromkeys(line_key(line) for line in counted if len(line) <= _LONGEST)),
        longest=tuple(line_key(line) for line in heapq.nlargest(_TOLD_BY, long, key=_by_length)),
    )


def _by_length(line: str) -> tuple[int, str]:
    return len(line), line


def line_key(line: str) -> int:
    """A number of 64 bits, signed, that stands for a line.

    Case, white space and, in a short label, numbers make no difference: ``5 min read`` is ``7 min read``.
    """
    folded = " ".join(line.casefold().split())
    if folded.count(" ") < _SHORT_LABEL and not _ENDED.search(folded):
        folded = _DIGITS.sub("0", folded)
    return int.from_bytes(blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), signed=True)


def among(pages: Sequence[PageLines], known: Recurring | None) -> Recurring:
    """What recurs across articles that come in together and across those of their source before them.

    Args:
        pages: the lines of each of them; the same article again does not count.
        known: what recurs across their source, none of them counted.
    """
    counts: Counter[int] = Counter()
    of_line: defaultdict[int, list[int]] = defaultdict(list)
    for at, page in enumerate(pages):
        shared = Counter(other for line in page.longest for other in of_line[line])
        if not any(
            2 * lines >= len(page.longest) + len(pages[other].longest) - lines
            for other, lines in shared.items()
        ):
            counts.update(page.lines)
            for line in page.longest:
                of_line[line].append(at)
    before = known.articles if known else {}
    totals = {line: times + before.get(line, 0) for line, times in counts.items()}
    return Recurring({line: times for line, times in totals.items() if times > 1}, counted=True)


def recurring_marks(text: str, recurring: Recurring | None) -> list[Mark]:
    """The lines of a plain page text that are dropped or doubted because they recur, in order."""
    if recurring is None or not recurring.articles:
        return []
    lines = list(_LINE.finditer(text))
    verdicts = recurring_verdicts([line.group().strip() for line in lines], recurring, text_width(text))
    return [
        Mark(line.start(), line.end(), verdict[0], RECURS, verdict[1])
        for line, verdict in zip(lines, verdicts, strict=True)
        if verdict
    ]


def recurring_verdicts(
    rows: Sequence[str], recurring: Recurring, width: int = 0
) -> list[tuple[Verdict, str] | None]:
    """What recurrence says of each row of a text: a verdict and the rule's id, or None.

    Args:
        rows: lines or blocks, without blank ones, each without white space at its edges.
        recurring: what recurs across the source.
        width: what the text was wrapped at, 0 if it was not.
    """
    seen = [recurring.others(line_key(row)) for row in rows]
    seen = [0 if times and _typed(row) else times for row, times in zip(rows, seen, strict=True)]
    own = [index for index, row in enumerate(rows) if not seen[index] and is_prose(row, width)]
    if not own or not any(seen):
        return [None] * len(rows)
    first, last = own[0], own[-1]
    found: list[tuple[Verdict, str] | None] = [None] * len(rows)
    for index in range(first, last):
        if seen[index] >= _DOUBTED_INSIDE:
            found[index] = ("doubt", "recurring.inside")
    _judge_head(rows[:first], seen[:first], found)
    _judge_tail(rows, seen, last + 1, found)
    return found


def recurs(row: str, recurring: Recurring) -> bool:
    """Whether a row that is doubted for another reason recurs often enough to be dropped."""
    return recurring.others(line_key(row)) >= _DROPPED_SENTENCE and not _typed(row)


def _typed(row: str) -> bool:
    """Whether a row is a byline, a date, a credit or a speaker's turn: an article's own, however often."""
    return says_who_or_when(row) or is_speaker_turn(row) or ruleset().kept.whole(row) is not None


def _enough(row: str, seen: int) -> bool:
    return seen >= (_DROPPED_SENTENCE if _ENDED.search(row) else _DROPPED_LABEL)


def _judge_head(rows: Sequence[str], seen: Sequence[int], found: list[tuple[Verdict, str] | None]) -> None:
    """Rows before the first paragraph that does not recur: the page's head, then a title, then the rest."""
    unique = [index for index, row in enumerate(rows) if not seen[index] and not _typed(row)]
    repeated = [index for index, times in enumerate(seen) if times]
    # Without a title of its own the article may have that of its series, the last line that recurs.
    edge = unique[0] if unique else repeated[-1] if repeated else 0
    for index in repeated:
        sure = index < edge and _enough(rows[index], seen[index])
        found[index] = ("drop" if sure else "doubt", "recurring.head")
    titles = [index for index in unique if is_title(rows[index])]
    for index in unique:
        among = repeated and repeated[0] < index < repeated[-1]
        if among and titles and index != titles[-1] and rows[index].count(" ") < _FEW_WORDS:
            found[index] = ("doubt", "recurring.among")


def _judge_tail(
    rows: Sequence[str], seen: Sequence[int], start: int, found: list[tuple[Verdict, str] | None]
) -> None:
    """Rows after the last paragraph that does not recur: dropped as far as nothing else follows."""
    repeated = [index for index in range(start, len(rows)) if seen[index]]
    unbroken = True
    for index in range(len(rows) - 1, start - 1, -1):
        row = rows[index]
        if seen[index]:
            sure = unbroken and not is_item(row) and _enough(row, seen[index])
            found[index] = ("drop" if sure else "doubt", "recurring.tail")
        elif not _typed(row):
            unbroken = False
            among = len(repeated) > 1 and repeated[0] < index < repeated[-1]
            if among and not (_ENDED.search(row) or is_item(row) or is_score(row)):
                found[index] = ("doubt", "recurring.among")
