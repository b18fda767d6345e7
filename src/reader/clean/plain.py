"""The plain-text cleaner: verdicts on the lines of a page text and on the runs inside them.

It never edits. Lines that are labels, forms or footers are found by rules, advertising inside a line by
`reader.clean.spam`, and what stands outside the article by where its prose begins and ends. Whatever is
not certain is doubted, not dropped: a doubted line stays in the article, dimmed.
"""

import re
from typing import NamedTuple

from reader.clean.metadata import header_lines
from reader.clean.rules import Found, Rule, Ruleset, ruleset
from reader.clean.shapes import text_width
from reader.clean.spam import SpamRun, spam_runs
from reader.model import Segment, Verdict

CLEANER = "plain/1"

_LINE = re.compile(r"[^\n]+")
_LONGEST_LABEL = 640
"""No line longer than this, in code points, is taken for a label, a form or a footer as a whole."""

_SENTENCE_START = re.compile(r"(?<=[.!?…:)”\"’\]])[”\"’')\]]*\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…。！？][\s”\"’'»)\]]*$")
_ROUNDS = 6
"""How often a text is judged again after something was dropped; two rounds are the rule."""

_SPARSE = frozenset({"share", "ad", "newsletter", "shortcode", "media", "related", "paywall", "cookie"})
"""Classes whose labels stand amid articles too, so that one of them does not show where it ends."""


HEADER_RULE = "header.line"
"""The rule that drops the lines which `reader.clean.metadata.header_lines` reads."""

_SHOWN = {"published": "date", "url": "address"}


class Mark(NamedTuple):
    """A stretch of the page text that is not simply kept."""

    start: int
    end: int
    verdict: Verdict
    reason: str
    rule: str


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
        rest, offsets = _without(text, drops)
        if not rest.strip():
            # An article that consists of nothing but leftovers is shown as it is: it may be one after all.
            return cover(text, [mark._replace(verdict="doubt") for mark in drops])
        dropped = False
        for mark in judge_once(rest):
            dropped = dropped or mark.verdict == "drop"
            (drops if mark.verdict == "drop" else doubts).extend(_moved(mark, offsets))
        if not dropped:
            break
        drops = _merged(drops)
    return cover(text, _overlaid(drops, _merged(doubts)))


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
    used = (
        {line.start for line in rest if any(m.start <= line.start and line.end <= m.end for m in inline)}
        if inline
        else set()
    )
    width = text_width(text)
    prose = [
        index
        for index, line in enumerate(lines)
        if line.start not in gone
        and line.start not in used
        and (line.start in kept or is_prose(text[line.start : line.end], width))
    ]
    first, last = (prose[0], prose[-1]) if prose else (-1, len(lines))
    for index, line in enumerate(lines):
        if rule := labels.get(line):
            marks.append(_from_label(text, line, rule, among_prose=first < index < last))
    if prose:
        marks += _outside(text, lines, labels, gone | used | kept, first, last, rules)
    return _merged(marks)


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


def cover(text: str, marks: list[Mark]) -> tuple[Segment, ...]:
    """Segments that cover `text` exactly: the marks, and kept text between them.

    White space between two marks belongs to the first of them, so that no segment is white space alone.
    """
    pieces: list[Segment] = []
    at = 0
    for mark in marks:
        if mark.start > at:
            between = text[at : mark.start]
            if pieces and between.isspace() and pieces[-1].verdict != "keep":
                pieces[-1] = pieces[-1]._replace(end=mark.start)
            elif between.isspace() and not pieces:
                mark = mark._replace(start=at)  # noqa: PLW2901 - white space at the very start has no other home
            else:
                pieces.append(Segment(at, mark.start, "keep", "", ""))
        same = pieces and pieces[-1][2:] == mark[2:]
        if same:
            pieces[-1] = pieces[-1]._replace(end=mark.end)
        else:
            pieces.append(Segment(*mark))
        at = mark.end
    if at < len(text):
        if pieces and text[at:].isspace():
            pieces[-1] = pieces[-1]._replace(end=len(text))
        else:
            pieces.append(Segment(at, len(text), "keep", "", ""))
    return tuple(pieces)


def _by_rules(
    text: str, lines: list[_Line], rules: Ruleset
) -> tuple[list[Mark], dict[_Line, Rule], set[int]]:
    """Shortcodes, the lines that are labels, and the starts of the lines that are kept whatever else says."""
    lowered = text.lower()
    found: list[Found] = []
    for needs, matcher in rules.anywhere:
        if needs in lowered:
            found += matcher.anywhere(text, 0, len(text))
    marks = _merged([_from_found(each) for each in found])
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


def _outside(
    text: str,
    lines: list[_Line],
    labels: dict[_Line, Rule],
    settled: set[int],
    first: int,
    last: int,
    rules: Ruleset,
) -> list[Mark]:
    """Verdicts on the short lines before the first and after the last line of prose."""
    marks: list[Mark] = []
    evidence = 0
    for line in lines[last + 1 :]:
        shown = text[line.start : line.end].strip()
        rule = labels.get(line) or (None if line.start in settled or not shown else rules.tail.whole(shown))
        if rule:
            evidence += 1 if rule.id.partition(".")[0] in _SPARSE else 2
            if line not in labels:
                marks.append(Mark(line.start, line.end, rule.verdict, rule.reason, rule.id))
        elif shown and line.start not in settled and evidence >= 2:
            marks.append(Mark(line.start, line.end, "doubt", "after the end of the article", "outside.tail"))
    found = {
        line: rule
        for line in lines[:first]
        if line in labels or line.start not in settled
        if (rule := labels.get(line) or rules.head.whole(text[line.start : line.end].strip()))
    }
    if len(found) >= 2:
        until = max(line.start for line in found)
        for line in lines[:first]:
            shown = text[line.start : line.end].strip()
            if line in found:
                rule = found[line]
                if line not in labels:
                    marks.append(Mark(line.start, line.end, rule.verdict, rule.reason, rule.id))
            elif shown and line.start < until and line.start not in settled and shown.count(" ") < 3:
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


def _merged(marks: list[Mark]) -> list[Mark]:
    """Sorted, without overlap: what starts first wins, then what is longer, then what is certain."""
    out: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.verdict != "drop")):
        start = max(mark.start, out[-1].end) if out else mark.start
        if start < mark.end:
            out.append(mark._replace(start=start))
    return out


def _overlaid(drops: list[Mark], doubts: list[Mark]) -> list[Mark]:
    """The drops, and the doubts as far as nothing of them is dropped; both without overlap and in order."""
    left: list[Mark] = []
    at = 0
    for doubt in doubts:
        start = doubt.start
        while at and drops[at - 1].end > start:
            at -= 1
        while at < len(drops) and drops[at].start < doubt.end:
            if start < drops[at].start:
                left.append(doubt._replace(start=start, end=drops[at].start))
            start = max(start, drops[at].end)
            at += 1
        if start < doubt.end:
            left.append(doubt._replace(start=start))
    return sorted(drops + left)


def _without(text: str, marks: list[Mark]) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and where its pieces stood: (offset in the rest, offset in the text)."""
    if not marks:
        return text, [(0, 0)]
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    length = 0
    for segment in cover(text, marks):
        if segment.verdict == "keep":
            pieces.append(text[segment.start : segment.end])
            offsets.append((length, segment.start))
            length += segment.end - segment.start
    return "".join(pieces), offsets or [(0, 0)]


def _moved(mark: Mark, offsets: list[tuple[int, int]]) -> list[Mark]:
    """A mark on the rest of a text as marks on the text; several where something was cut out between."""
    moved: list[Mark] = []
    for index, (begin, origin) in enumerate(offsets):
        end = offsets[index + 1][0] if index + 1 < len(offsets) else mark.end
        start, stop = max(mark.start, begin), min(mark.end, end)
        if start < stop:
            moved.append(mark._replace(start=start - begin + origin, end=stop - begin + origin))
    return moved
