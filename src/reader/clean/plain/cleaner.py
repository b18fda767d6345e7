"""The plain-text cleaner: verdicts on the lines of a page text and on the runs inside them.

It never edits. Lines that are labels, forms or footers are found by rules, advertising inside a line by
`reader.clean.plain.spam`, and what stands outside the article by where its prose begins and ends. Whatever is
not certain is doubted, not dropped: a doubted line stays in the article, dimmed.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from reader.clean.marks import Mark, cover, merged, moved, overlaid, without
from reader.clean.metadata import header_lines
from reader.clean.plain.flattened import flattened_head
from reader.clean.plain.outside import Line, head_of, tail_of
from reader.clean.plain.repeats import repeats_of
from reader.clean.plain.spam import SpamRun, spam_runs
from reader.clean.plain.threads import thread_of
from reader.clean.rules import Found, Rule, Ruleset, ruleset
from reader.clean.shapes import text_width
from reader.model import Segment

CLEANER = "plain/3"

_LINE = re.compile(r"[^\n]+")
_LONGEST_LABEL = 640
"""No line longer than this, in code points, is taken for a label, a form or a footer as a whole."""

_SENTENCE_START = re.compile(r"[.!?…:)”\"’\]][”\"’')\]]*\s+(?=\S)")
"""What a sentence begins after; by its end alone, so that it is looked for by its first character."""
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।][\s”\"’'»)\]]*$")
_ROUNDS = 6
"""How often a text is judged again after something was dropped; two rounds are the rule."""

HEADER_RULE = "header.line"
"""The rule that drops the lines which `reader.clean.metadata.header_lines` reads."""

_SHOWN = {"published": "date", "url": "address"}


class _Line(NamedTuple):
    start: int
    end: int


def judge(text: str, known: Sequence[Mark] = ()) -> tuple[Segment, ...]:
    r"""The segments of a plain page text.

    Args:
        text: the page text, with ``\n`` as its line end, not only white space.
        known: what is dropped or doubted before any rule is asked, without overlap and in order.

    Returns:
        Segments that cover `text` exactly, in order, none of them empty. Judging the text of the kept and
        doubted ones again drops nothing more.
    """
    drops = [mark for mark in known if mark.verdict == "drop"]
    doubts = [mark for mark in known if mark.verdict == "doubt"]
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
    seen = _seen(text, lines, marks, labels, kept, {header.start for header in headers})
    prose = [index for index, line in enumerate(seen) if line.prose]
    first, last = (prose[0], prose[-1]) if prose else (-1, len(seen))
    marks += [
        _from_label(text, line, line.label, among_prose=first < index < last)
        for index, line in enumerate(seen)
        if line.label
    ]
    if prose:
        found = [*repeats_of(seen), *thread_of(seen, rules), *flattened_head(text, seen, rules)]
        out = {mark.start for mark in found}
        seen = [line._replace(settled=True, prose=False) if line.start in out else line for line in seen]
        marks += [*found, *head_of(seen, rules), *tail_of(seen, rules)]
    drops = merged([mark for mark in marks if mark.verdict == "drop"])
    return overlaid(drops, merged([mark for mark in marks if mark.verdict != "drop"]))


def _seen(
    text: str,
    lines: list[_Line],
    marks: list[Mark],
    labels: dict[_Line, Rule],
    kept: set[int],
    headers: set[int],
) -> list[Line]:
    """The lines that hold anything, each with what was found of it so far."""
    width = text_width(text)
    seen: list[Line] = []
    for line, words in zip(lines, _left(text, lines, marks), strict=True):
        if text[line.start : line.end].isspace():
            continue
        shown, label, header = words.strip(), labels.get(line), line.start in headers
        own = line.start in kept
        prose = not label and not header and (own or is_prose(shown, width))
        seen.append(Line(*line, shown, label, own or header, prose, settled=header or not shown))
    return seen


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


def _from_found(found: Found) -> Mark:
    return Mark(found.start, found.end, found.rule.verdict, found.rule.reason, found.rule.id)


def _from_label(text: str, line: Line, rule: Rule, *, among_prose: bool) -> Mark:
    verdict = rule.verdict
    if among_prose and not rule.sure and " " not in text[line.start : line.end].strip():
        verdict = "doubt"
    return Mark(line.start, line.end, verdict, rule.reason, rule.id)


def _from_run(run: SpamRun, rules: Ruleset) -> Mark:
    return Mark(run.start, run.end, "drop" if run.certain else "doubt", "spam", run.rule)
