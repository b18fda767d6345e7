"""What stands before an article's start and after its end: the head and the tail of the page that it was on.

No rule knows every menu, teaser and author's box. But they stand together: so each line near the top and near
the end counts for or against being outside, labels most, prose against it, and the stretch from the edge with
the greatest sum is the head or the tail. Its labels are dropped by their rules, its other lines doubted.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reader.clean.marks import Mark
from reader.clean.metadata import says_who_or_when
from reader.clean.rules import Rule, Ruleset
from reader.clean.shapes import is_item, is_score

_TAIL_LINES, _HEAD_LINES = 120, 60
"""How many lines from an edge are looked at."""

_OPENING = 16
"""How many lines of an article's beginning are looked at for the words of its title."""

_BY_LABEL, _BY_SHAPE = 2.0, 2.5
"""The least sum of a head or tail with a label in it, and of one in which only the lines' shape tells."""

_MOST_BY_SHAPE = 4.0
"""What all lines together count at most that only their shape speaks against."""

_LEAST_LINES, _MOST_LINES = 2, 8
"""So many lines are a tail without any label: one may be a signature, and many a list."""

_SPARSE = frozenset({"share", "ad", "newsletter", "shortcode", "media", "related", "paywall", "cookie"})
"""Classes whose labels stand amid articles too, so that one of them does not show where it ends."""

_OVER_HEADLINES = frozenset({"related.heading", "related.over-headlines"})
"""The rules that find what stands over other articles' headlines; these follow an article's end alone."""

_SURE, _LIKELY, _MAYBE = 2.5, 1.6, 1.4
"""What a line counts that a rule drops, that one of a sparse class does, that a rule doubts."""

_BESIDE_PROSE = 0.5
"""What a label of a sparse class counts where prose follows."""

_CARRIED = 4.0
"""What the labels after a line of prose count at most for the lines before it."""

_LOWEST = -16.0
"""Where the lines looked at count so much against it, no tail is looked for any further."""

_PROSE, _LONG_PROSE, _OWN, _OFFERED = -2.0, -4.0, -3.0, -1.3
_LONG = 300

_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।:,;][\s”\"’'»)\]]*$")
_MARKS = re.compile(r"[→←›»|❯#@©®✕×▼▾☰↩]| [·•/] |\w@\w|\d{3}[-. ]\d{3}[-. ]\d{4}")
_FIGURES = re.compile(r"[\d.,:/()\s+-]{1,24}[kKmM]?")
_LETTERS = re.compile(r"[^\W\d_]{4,}")


class Line(NamedTuple):
    """One line of a text, and what the rules have found of it."""

    start: int
    end: int
    shown: str
    """Its text without what is marked in it and without white space at its edges."""
    label: Rule | None
    own: bool
    """Whether it is the article's own whatever else says: a credit, a speaker's turn, a header."""
    prose: bool
    settled: bool
    """Whether there is nothing left of it to judge."""


def tail_of(lines: Sequence[Line], rules: Ruleset) -> list[Mark]:
    """Verdicts on the lines after the article's end.

    Args:
        lines: all lines of the text that hold anything.
        rules: the rules.
    """
    near = lines[-_TAIL_LINES:]
    last = max((index for index, line in enumerate(near) if line.prose), default=-1)
    if last < 0 and not any(line.prose for line in lines):
        return []
    at, found = _tail_start(near, Counter(line.shown for line in lines), rules)
    # A rule for the tail alone also says of the lines after the last prose what they are.
    return [
        Mark(line.start, line.end, rule.verdict, rule.reason, rule.id)
        if (rule := found.get(index))
        else Mark(line.start, line.end, "doubt", "after the end of the article", "outside.tail")
        for index, line in enumerate(near)
        if not (line.settled or line.own or line.label)
        and (index >= at or (index > last and (rule := found.get(index)) and rule.verdict == "drop"))
    ]


def _tail_start(
    near: Sequence[Line], counts: Counter[str], rules: Ruleset
) -> tuple[int, dict[int, Rule | None]]:
    """The first line of the stretch at the end with the greatest sum, one past the last for none.

    Returns:
        Its index, and what the rules found of those lines that were looked at.
    """
    best, at = 0.0, len(near)
    said = shape = against = 0.0
    crossed = False
    found: dict[int, Rule | None] = {}
    for index in range(len(near) - 1, -1, -1):
        line = near[index]
        if (line.prose and not said) or against < _LOWEST:
            break
        if line.prose:
            # What stands after prose says little of what stands before it.
            crossed, said = True, min(said, _CARRIED)
        rule = found[index] = _found(line, rules.tail.whole)
        score = _by_rule(rule) if rule else _by_shape(line, rules, repeated=counts[line.shown] > 1)
        if rule:
            # What may stand amid an article, too, is no end of it where prose follows.
            sparse = rule.id.partition(".")[0] in _SPARSE
            said += _BESIDE_PROSE if crossed and sparse else score
        elif score > 0:
            shape += score
        else:
            against += score
        total = said + min(shape, _MOST_BY_SHAPE) + against
        if score > 0 and total >= best and total >= (_BY_LABEL if said else _BY_SHAPE):
            best, at = total, index
    few = _LEAST_LINES <= len(near) - at <= _MOST_LINES
    labelled = any(rule for index, rule in found.items() if index >= at)
    return (at if few or labelled else len(near)), found


def head_of(lines: Sequence[Line], rules: Ruleset) -> list[Mark]:
    """Verdicts on the lines before the article's start; its title, byline and date stay.

    Args:
        lines: all lines of the text that hold anything.
        rules: the rules.
    """
    first = next((index for index, line in enumerate(lines[:_HEAD_LINES]) if line.prose), 0)
    near = lines[:first]
    if not near:
        return []
    words = {
        word.lower() for line in lines[first : first + _OPENING] for word in _LETTERS.findall(line.shown)
    }
    title = _title(near, words)
    found = [_found(line, rules.head.whole) for line in near]
    shown = [line.shown for line in near]
    typed = [says_who_or_when(line.shown) for line in near]
    marks: list[Mark] = []
    best, until, total, labels = 0.0, 0, 0.0, 0
    for index, (line, rule) in enumerate(zip(near, found, strict=True)):
        again = line.shown in shown[:index] or line.shown in shown[index + 1 :]
        own = index == title or typed[index]
        total += _by_rule(rule) if rule else 0.0 if own else _by_shape(line, rules, repeated=again)
        labels += rule is not None
        if total > best and total >= (_BY_LABEL if labels >= 1 else _BY_SHAPE):
            best, until = total, index + 1
    for index, (line, rule) in enumerate(zip(near, found, strict=True)):
        if line.settled or line.own or line.label or index == title:
            continue
        if _repeats(line.shown, shown[:index], shown[title] if title >= 0 else "") and not typed[index]:
            marks.append(Mark(line.start, line.end, "drop", "repeated line", "outside.repeated"))
            continue
        if rule and (until or labels > 1):
            marks.append(Mark(line.start, line.end, rule.verdict, rule.reason, rule.id))
        elif index < min(until, len(near) - 1) and not typed[index] and not (title < 0 and typed[index + 1]):
            # What stands right over the prose may be its heading, and what stands over a byline is the title.
            marks.append(
                Mark(line.start, line.end, "doubt", "before the start of the article", "outside.head")
            )
    return marks


def _repeats(shown: str, before: Sequence[str], title: str) -> bool:
    """Whether a line of the head says again what another says: the title, or a path that ends in it."""
    if shown.count(" ") < 3 and shown != title:
        return False
    return shown in before or (title.count(" ") > 1 and shown.endswith(title))


def _title(near: Sequence[Line], words: set[str]) -> int:
    """The index of the line that says most with the words of the article's beginning; -1 for none."""
    best, at = 0, -1
    for index, line in enumerate(near):
        if line.settled or line.label or line.own:
            continue
        own = _LETTERS.findall(line.shown)
        shared = sum(word.lower() in words for word in own)
        if shared < 2 or 2 * shared < len(own) or _MARKS.search(line.shown):
            continue
        if at >= 0 and near[at].shown != line.shown and near[at].shown.endswith(line.shown):
            at = index
        elif shared > best and not (at >= 0 and line.shown.endswith(near[at].shown)):
            best, at = shared, index
    return at


def _found(line: Line, whole: Callable[[str], Rule | None]) -> Rule | None:
    if line.label:
        return line.label
    return None if line.settled or line.own or line.prose else whole(line.shown)


def _by_rule(rule: Rule) -> float:
    if rule.id in _OVER_HEADLINES:
        return _SURE + _MAYBE
    if rule.verdict == "doubt":
        return _MAYBE
    return _LIKELY if rule.id.partition(".")[0] in _SPARSE else _SURE


def _by_shape(line: Line, rules: Ruleset, *, repeated: bool) -> float:
    shown = line.shown
    if line.own:
        return _OWN
    if line.settled:
        return 0.0
    if line.prose and len(list(rules.cue.anywhere(shown, 0, len(shown)))) > 1:
        return _OFFERED
    if line.prose:
        return _LONG_PROSE if len(shown) > _LONG else _PROSE
    if is_item(shown) or (is_score(shown) and not _MARKS.search(shown)):
        return -1.0
    marked = 0.8 if _MARKS.search(shown) else 0.0
    repeats = 1.2 if repeated else 0.0
    if shown.endswith(("…", "...")):
        return 1.0 + repeats
    if _SENTENCE_END.search(shown):
        return marked + repeats - (0.0 if shown.endswith("?") else 0.8)
    words = shown.split()
    if _FIGURES.fullmatch(shown):
        return 0.6 + repeats
    value = marked + repeats
    if len(words) <= 3:
        value += 0.8
    if sum(word[0].isupper() for word in words) >= 0.6 * len(words):
        value += 0.5
    elif words[0][0].islower():
        value -= 0.5
    return value
