"""The Markdown of a plain text's kept and doubtful segments."""

from collections import deque
from collections.abc import Iterable, Sequence

from reader.clean.escape import HARD_BREAK, escape_line, heading
from reader.clean.repairs import repaired
from reader.clean.shapes import is_full, is_item, is_score, is_speaker_turn, is_title, unquoted, wrap_width
from reader.model import Repair, Segment

_LONGEST_STANZA_LINE = 90
_DEEPEST_QUOTE = 4
"""Quotes within quotes beyond this many keep their marks as text."""


def kept_lines(text: str, segments: Iterable[Segment], repairs: Sequence[Repair] = ()) -> list[str]:
    """The lines that are left: stripped, empty for a blank line, absent where all of a line was dropped.

    Args:
        text: the page text.
        segments: the verdicts that cover it.
        repairs: what is mended in it, in order, none across a segment's edge.
    """
    pending = deque(repairs)
    lines: list[str] = []
    current: list[str] = []
    cut = False
    for segment in segments:
        if segment.verdict == "drop":
            # What is glued to both sides of a dropped run is not one word.
            cut = True
            if "\n" in text[segment.start : segment.end]:
                _close(lines, current)
                current = []
                if text.find("\n\n", segment.start, segment.end) >= 0 or _opens_gap(text, segment):
                    lines.append("")
            continue
        own: list[Repair] = []
        while pending and pending[0].start < segment.end:
            own.append(pending.popleft())
        first, *others = repaired(text, segment.start, segment.end, own).split("\n")
        if cut and current:
            current[-1] = current[-1].rstrip()
            first = f" {first.lstrip()}"
        cut = False
        current.append(first)
        for other in others:
            _close(lines, current, blank=True)
            current = [other]
    _close(lines, current)
    return lines


def _opens_gap(text: str, segment: Segment) -> bool:
    return text.startswith("\n\n", max(0, segment.start - 2)) or text.startswith("\n", segment.end)


def _close(lines: list[str], pieces: list[str], *, blank: bool = False) -> None:
    line = "".join(pieces).strip()
    if line or blank:
        lines.append(line)


def unwrapped(lines: Sequence[str]) -> Sequence[str]:
    """The lines, joined where somebody had wrapped them by hand or a mail program had."""
    groups = _groups(lines)
    width = wrap_width(groups)
    if not width:
        return lines
    joined = [_unwrapped(group, width) for group in groups]
    return [line for group in joined for line in (*group, "")]


def plain_markdown(lines: Sequence[str], title: str) -> str:
    """Markdown whose text is exactly these lines; the marks of a group of quoted lines become a quote.

    Args:
        lines: as `kept_lines` and `unwrapped` give them.
        title: the line that is the title if it stands first, or empty.
    """
    groups = _groups(lines)
    blocks: list[str] = []
    if groups and title and groups[0][0] == title and is_title(title) and sum(map(len, groups)) > 1:
        blocks.append(heading(title))
        groups[0] = groups[0][1:]
    spaced = len(groups) > 2
    for group in groups:
        blocks += _paragraphs(group, spaced=spaced)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _groups(lines: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return groups if groups[-1] else groups[:-1]


def _unwrapped(group: Sequence[str], width: int) -> list[str]:
    out: list[str] = []
    joined = False
    for index, line in enumerate(group):
        out[-1:] = [_joined(out[-1], unquoted(line) or line)] if joined else [*out[-1:], line]
        joined = index + 1 < len(group) and is_full(line, group[index + 1], width)
    return out


def _joined(line: str, after: str) -> str:
    """Two lines as one: a compound that was broken at its hyphen stays one word."""
    broken = line[-2:-1].isalpha() and line[-1:] == "-" and after[:1].islower()
    return f"{line}{after}" if broken else f"{line} {after}"


def _paragraphs(group: Sequence[str], *, spaced: bool, depth: int = 0) -> list[str]:
    """Each line a paragraph of its own, but for those of a quote, a stanza, a list or a table of scores."""
    quoted = [words for line in group if (words := unquoted(line)) is not None]
    if len(quoted) == len(group) and any(quoted) and depth < _DEEPEST_QUOTE:
        # The whole group is a quote, as mail and forums write one: their mark is Markdown's.
        inside = [_paragraphs(part, spaced=spaced, depth=depth + 1) for part in _groups(quoted)]
        lines = "\n\n".join(block for blocks in inside for block in blocks).split("\n")
        return ["\n".join(f"> {line}".rstrip() for line in lines)]
    blocks: list[str] = []
    stanza: list[str] = []
    for line in group:
        if _keeps_break(line, spaced=spaced and len(group) > 1):
            stanza.append(escape_line(line))
            continue
        if stanza:
            blocks.append(HARD_BREAK.join(stanza))
            stanza = []
        blocks.append(escape_line(line))
    if stanza:
        blocks.append(HARD_BREAK.join(stanza))
    return blocks


def _keeps_break(line: str, *, spaced: bool) -> bool:
    if is_item(line) or is_score(line):
        return True
    # Only where blank lines part the paragraphs does a single line break mean a verse.
    return spaced and len(line) <= _LONGEST_STANZA_LINE and not is_speaker_turn(line)
