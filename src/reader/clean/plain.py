"""The plain-text cleaner: verdicts on the lines of a page text and on the runs inside them.

It never edits. Lines that are labels, forms or footers are found by rules, advertising inside a line by
`reader.clean.spam`, and what stands outside the article by where its prose begins and ends. Whatever is
not certain is doubted, not dropped: a doubted line stays in the article, dimmed.
"""

import re
from typing import NamedTuple

from reader.clean.marks import Mark, cover, merged, moved, overlaid, without
from reader.clean.metadata import header_lines, says_who_or_when
from reader.clean.rules import Found, Rule, Ruleset, ruleset
from reader.clean.shapes import is_item, is_score, text_width
from reader.clean.spam import SpamRun, spam_runs
from reader.model import Segment

CLEANER = "plain/1"

_LINE = re.compile(r"[^\n]+")
_LONGEST_LABEL = 640
"""No line longer than this, in code points, is taken for a label, a form or a footer as a whole."""

_SENTENCE_START = re.compile(r"(?<=[.!?…:)”\"’\]])[”\"’')\]]*\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।][\s”\"’'»)\]]*$")
_ROUNDS = 6
"""How often a text is judged again after something was dropped; two rounds are the rule."""

_SPARSE = frozenset({"share", "ad", "newsletter", "shortcode", "media", "related", "paywall", "cookie"})
"""Classes whose labels stand amid articles too, so that one of them does not show where it ends."""

_HEADLINES = frozenset({"related.heading", "related.over-headlines"})
"""The rules that find what stands over other articles' headlines; these follow an article's end alone."""


HEADER_RULE = "header.line"
"""The rule that drops the lines which `reader.clean.metadata.header_lines` reads."""

_SHOWN = {"published": "date", "url": "address"}


class _Line(NamedTuple):
    start: int
    end: int


def judge(text: str) -> tuple[Segment, ...]:
    r"""The segments of a plain page text.

    Args:
        text: the page text, with ``\n`` as its line end, not only white space.

    Returns:
        Segments that cover `text` exactly, in order, none of them empty. Judging the text of the kept and
        doubted ones again drops nothing more.
    """
    drops: list[Mark] = []
    doubts: list[Mark] = []
    for _ in range(_ROUNDS):
        rest, offsets = without(text, drops)
        if not rest.strip():
            # An article that consists of nothing but leftovers is shown as it is: it may be one after all.
            return cover(text, [mark._replace(verdict="doubt") for mark in drops])
        dropped = False
        for mark in judge_once(rest):
            dropped = dropped or mark.verdict == "drop"
            (drops if mark.verdict == "drop" else doubts).extend(moved(mark, offsets))
        if not dropped:
            break
        drops = merged(drops)
    return cover(text, overlaid(drops, merged(doubts)))


def judge_once(text: str) -> list[Mark]:
    """The marks of one pass over a text, sorted and apart from each other."""
    rules = ruleset()
    lines = [_Line(match.start(), match.end()) for match in _LINE.finditer(text)]
    headers = header_lines(text)
    marks, labels, kept = _by_rules(text, lines, rules)
    marks += [
        Mark(*header[:2], "drop", f"read as the {_SHOWN.get(header.field, header.field)}", HEADER_RULE)
        for header in headers
    ]
    gone = {line.start for line in labels} | {header.start for header in headers}
    rest = [line for line in lines if line.start not in gone]
    inline = [_from_run(run, rules) for run in spam_runs(text, rest)]
    inline += [mark for line in rest for mark in _sentences(text, line, rules, inline)]
    marks += inline
    width = text_width(text)
    left = _left(text, lines, marks)
    prose = [
        index
        for index, line in enumerate(lines)
        if line.start not in gone and (line.start in kept or is_prose(left[index], width))
    ]
    first, last = (prose[0], prose[-1]) if prose else (-1, len(lines))
    for index, line in enumerate(lines):
        if rule := labels.get(line):
            marks.append(_from_label(text, line, rule, among_prose=first < index < last))
    if prose:
        settled = kept | {line.start for line, words in zip(lines, left, strict=True) if not words.strip()}
        marks += _after(text, lines[last + 1 :], labels, gone | settled, rules)
        marks += _before(text, lines[:first], labels, gone | settled, rules)
    drops = merged([mark for mark in marks if mark.verdict == "drop"])
    return overlaid(drops, merged([mark for mark in marks if mark.verdict != "drop"]))


def is_prose(line: str, width: int = 0) -> bool:
    """Whether a line reads like a paragraph of an article rather than like a label.

    Args:
        line: the line.
        width: what the text was wrapped at, so that a full line is part of a paragraph; 0 if it was not.
    """
    line = line.strip()
    if width and len(line) >= 0.75 * width:
        return True
    if len(line) < 25:
        return False
    if not _SENTENCE_END.search(line):
        return len(line) >= 140 and line.count(" ") >= 14
    return (len(line) >= 60 and line.count(" ") >= 7) or (
        not line.isascii() and line.count(" ") < len(line) / 20
    )


def _by_rules(
    text: str, lines: list[_Line], rules: Ruleset
) -> tuple[list[Mark], dict[_Line, Rule], set[int]]:
    """Shortcodes, the lines that are labels, and the starts of the lines that are kept whatever else says."""
    lowered = text.lower()
    found: list[Found] = []
    for needs, matcher in rules.anywhere:
        if needs in lowered:
            found += matcher.anywhere(text, 0, len(text))
    marks = merged([_from_found(each) for each in found])
    labels: dict[_Line, Rule] = {}
    kept: set[int] = set()
    for line in lines:
        if line.end - line.start > _LONGEST_LABEL:
            continue
        shown = text[line.start : line.end].strip()
        if not shown:
            continue
        if rules.kept.whole(shown):
            kept.add(line.start)
        elif rule := rules.line.whole(shown):
            labels[line] = rule
    return marks, labels, kept


def _sentences(text: str, line: _Line, rules: Ruleset, runs: list[Mark]) -> list[Mark]:
    """What the sentence rules find in a line: at its start, after a sentence, and after another find."""
    marks: list[Mark] = []
    starts = [line.start + len(text[line.start : line.end]) - len(text[line.start : line.end].lstrip())]
    starts += [match.end() for match in _SENTENCE_START.finditer(text, line.start, line.end)]
    starts += [run.end for run in runs if line.start <= run.start < line.end]
    at = line.start
    for start in sorted(starts):
        position = max(start, at)
        while found := rules.sentence.at(text, position, line.end):
            marks.append(_from_found(found))
            at = position = _after_space(text, found.end, line.end)
    return marks


def _after_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _left(text: str, lines: list[_Line], marks: list[Mark]) -> list[str]:
    """The lines without what is marked in them."""
    left: list[str] = []
    pending = merged(marks)[::-1]
    for line in lines:
        at, pieces = line.start, []
        while pending and pending[-1].start < line.end:
            mark = pending.pop()
            pieces.append(text[at : mark.start])
            at = mark.end
        left.append("".join(pieces) + text[at : line.end])
    return left


def _after(
    text: str, lines: list[_Line], labels: dict[_Line, Rule], settled: set[int], rules: Ruleset
) -> list[Mark]:
    """Verdicts on the lines after the last line of prose: short ones, once something shows the end."""
    marks: list[Mark] = []
    evidence = 0
    for line in lines:
        shown = text[line.start : line.end].strip()
        rule = labels.get(line) or (None if line.start in settled or not shown else rules.tail.whole(shown))
        if rule:
            sparse = rule.id not in _HEADLINES and rule.id.partition(".")[0] in _SPARSE
            evidence += 0 if rule.verdict == "doubt" else 1 if sparse else 2
            if line not in labels:
                marks.append(Mark(line.start, line.end, rule.verdict, rule.reason, rule.id))
        elif shown and line.start not in settled and (evidence >= 2 or (evidence and _is_loose(shown))):
            marks.append(Mark(line.start, line.end, "doubt", "after the end of the article", "outside.tail"))
    return marks


def _is_loose(shown: str) -> bool:
    """Whether a short line is neither a sentence nor an item, a score or a row of a table."""
    return not (_SENTENCE_END.search(shown) or is_item(shown) or is_score(shown))


def _before(
    text: str, lines: list[_Line], labels: dict[_Line, Rule], settled: set[int], rules: Ruleset
) -> list[Mark]:
    """Verdicts on the lines before the first line of prose: labels, and the shortest ones among them."""
    free = [line for line in lines if line in labels or line.start not in settled]
    shown = {line: text[line.start : line.end].strip() for line in free}
    found = {line: rule for line in free if (rule := labels.get(line) or rules.head.whole(shown[line]))}
    if len(found) < 2:
        return []
    marks = [
        Mark(line.start, line.end, rule.verdict, rule.reason, rule.id)
        for line, rule in found.items()
        if line not in labels
    ]
    typed = [bool(shown[line]) and says_who_or_when(shown[line]) for line in free]
    until = max(found)
    for line, own, followed in zip(free, typed, [*typed[1:], False], strict=True):
        # What stands over a byline or a date is the title.
        if line < until and line not in found and shown[line].count(" ") < 3 and not own and not followed:
            marks.append(
                Mark(line.start, line.end, "doubt", "before the start of the article", "outside.head")
            )
    return marks


def _from_found(found: Found) -> Mark:
    return Mark(found.start, found.end, found.rule.verdict, found.rule.reason, found.rule.id)


def _from_label(text: str, line: _Line, rule: Rule, *, among_prose: bool) -> Mark:
    verdict = rule.verdict
    if among_prose and not rule.sure and " " not in text[line.start : line.end].strip():
        verdict = "doubt"
    return Mark(line.start, line.end, verdict, rule.reason, rule.id)


def _from_run(run: SpamRun, rules: Ruleset) -> Mark:
    return Mark(run.start, run.end, "drop" if run.certain else "doubt", "spam", run.rule)
