"""A thread of readers' comments after an article: names, dates and buttons around what somebody wrote.

What a comment says reads like prose. It is told by what stands around it, again and again.
"""

from collections.abc import Sequence

from reader.clean.marks import Mark
from reader.clean.plain.outside import Line
from reader.clean.rules import Ruleset

_LEAST_PROSE = 2
"""So many lines of prose are an article, after which comments may stand."""
_LEAST_SIGNS, _LEAST_KINDS = 3, 2
"""So many lines of so many kinds are a thread, headings aside."""
_APART = 12
"""So many lines one of them stands from the next at most."""
_REST = 3
"""So many lines after the last of them are the last comment's."""


def thread_of(lines: Sequence[Line], rules: Ruleset) -> list[Mark]:
    """The lines of a comment thread.

    Args:
        lines: all lines of the text that hold anything.
        rules: the rules; those for ``thread`` say what a line of one looks like.
    """
    prose = [index for index, line in enumerate(lines) if line.prose]
    if len(prose) < _LEAST_PROSE:
        return []
    after = prose[_LEAST_PROSE - 1] + 1
    signs: list[int] = []
    kinds: set[str] = set()
    start = last = -1
    for index in range(after, len(lines)):
        line = lines[index]
        rule = None if line.own or line.prose else rules.thread.whole(line.shown)
        if not rule:
            continue
        if start >= 0 and index - last > _APART:
            if len(signs) >= _LEAST_SIGNS and len(kinds) >= _LEAST_KINDS:
                break
            start, signs, kinds = -1, [], set()
        kind = rule.id.partition(".")[2]
        if start < 0:
            # The name above a date is the first comment's, where no heading says that comments begin.
            start = index - (kind == "stamp" and index > after and not lines[index - 1].prose)
        last = index
        if kind != "heading":
            signs.append(index)
            kinds.add(kind)
    if len(signs) < _LEAST_SIGNS or len(kinds) < _LEAST_KINDS:
        return []
    end = len(lines) if len(lines) - last - 1 <= _REST else last + 1
    return [
        Mark(line.start, line.end, "drop", "comments of readers", "thread.comment")
        for line in lines[start:end]
        if not line.settled and not line.label
    ]
