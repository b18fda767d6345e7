"""What is mended in an article's text: mojibake, HTML entities in plain text, soft hyphens.

The page text is never edited. A repair says which stretch of it reads otherwise in the article's text, so
that `reader.text.align` can still tell the place of every character.
"""

import html
import re
from collections.abc import Iterator, Sequence
from html.entities import html5

from reader.model import Repair, Segment

_INVISIBLE = re.compile("[\\u00ad\\u2060\\ufeff]+")
"""Soft hyphens and the like: they say where a word may be broken, and are no part of it."""

_ENTITY = re.compile(
    r"&(?:amp;|#38;|#x26;)*(?:(?P<number>#\d{1,7}|#x[0-9a-f]{1,6})|(?P<name>[a-z][a-z0-9]{1,31}));",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

_GOING_ON = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2116\u2122"
    "\u0402-\u040f\u0452-\u045f"
)
_LIKELY_MOJIBAKE = re.compile(
    f"[\u00c2-\u00df\u0102\u010e\u0110\u0139\u0420\u0421\u039e\u039f][{_GOING_ON}]"
    f"|[\u00e0-\u00f4][{_GOING_ON}]{{2}}|[\u0080-\u009f]"
)
"""A byte that begins a character of UTF-8 and those that go on with it, read in a code page of one byte."""

_RUN = re.compile(r"[^\x00-\x7f]+")
_LONGEST = 1000
"""A longer line, in code points, is mended piece by piece."""
_ROUNDS = 4
"""How often it is mended again at most: some texts were misread twice."""

_PIECE = re.compile(rf".{{1,{_LONGEST}}}(?: |$)|.{{1,{_LONGEST}}}", re.DOTALL)


def repairs_of(text: str, segments: Sequence[Segment]) -> tuple[Repair, ...]:
    """What is to be mended in the segments that are not dropped.

    Args:
        text: the page text.
        segments: the verdicts that cover it.

    Returns:
        Repairs in order, apart from each other, none across a segment's edge or a line's end.
    """
    if text.isascii() and "&" not in text:
        return ()
    found: list[Repair] = []
    for segment in segments:
        if segment.verdict != "drop":
            found += _within(text, segment.start, segment.end)
    return tuple(found)


def repaired(text: str, start: int, end: int, repairs: Sequence[Repair]) -> str:
    """A stretch of the page text with its repairs made.

    Args:
        text: the page text.
        start: where the stretch begins.
        end: where it ends.
        repairs: those within it, in order.
    """
    pieces: list[str] = []
    for repair in repairs:
        pieces += text[start : repair.start], repair.text
        start = repair.end
    return "".join(pieces) + text[start:end]


def _within(text: str, start: int, end: int) -> Iterator[Repair]:
    at = start
    for broken in sorted(_mojibake(text, start, end)):
        yield from _written(text, at, broken.start)
        yield broken
        at = broken.end
    yield from _written(text, at, end)


def _written(text: str, start: int, end: int) -> Iterator[Repair]:
    """Entities and invisible characters between two offsets."""
    found = [(match.start(), match.end(), _character(match)) for match in _ENTITY.finditer(text, start, end)]
    found += [(match.start(), match.end(), "") for match in _INVISIBLE.finditer(text, start, end)]
    for begin, until, mended in sorted(found):
        if mended != text[begin:until]:
            yield Repair(begin, until, mended)


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for, however often it was escaped; itself if it is none."""
    if entity["name"] and f"{entity['name']};" not in html5:
        return entity[0]
    mended = html.unescape(f"&{entity['name'] or entity['number']};")
    return _INVISIBLE.sub("", _CONTROLS.sub(" ", mended))


def _mojibake(text: str, start: int, end: int) -> Iterator[Repair]:
    if not _LIKELY_MOJIBAKE.search(text, start, end):
        return
    at = start
    for line in text[start:end].split("\n"):
        if _LIKELY_MOJIBAKE.search(line):
            for piece in _PIECE.finditer(line):
                yield from _mended(piece[0], at + piece.start())
        at += len(line) + 1


def _mended(line: str, offset: int) -> Iterator[Repair]:
    """The stretches of a line that read otherwise once it is decoded as it should have been."""
    fixed = _fixed(line)
    if fixed == line:
        return
    words, others = line.split(" "), fixed.split(" ")
    if len(words) != len(others):
        words, others = [line], [fixed]
    for word, other in zip(words, others, strict=True):
        if word != other:
            yield from _differences(word, other, offset)
        offset += len(word) + 1


def _differences(before: str, after: str, offset: int) -> Iterator[Repair]:
    """The runs that are not ASCII, where what stands between them is the same; else all of it."""
    found: list[Repair] = []
    at = last = 0
    for run in _RUN.finditer(before):
        at += run.start() - last
        following = _RUN.search(before, run.end())
        last = following.start() if following else len(before)
        between = before[run.end() : last]
        until = after.find(between, at) if following else len(after) - len(between)
        if until < at or not after.startswith(between, until):
            found = []
            break
        if after[at:until] != run[0]:
            found.append(Repair(offset + run.start(), offset + run.end(), _plain(after[at:until])))
        at, last = until, run.end()
    yield from found or [Repair(offset, offset + len(before), _plain(after))]


def _plain(text: str) -> str:
    """A mended text with its entities and invisible characters mended too."""
    return _INVISIBLE.sub("", _ENTITY.sub(_character, text))


def _fixed(line: str) -> str:
    import ftfy  # late: most texts need none of it

    config = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    for _ in range(_ROUNDS):
        fixed = ftfy.fix_text(line, config).replace("\n", " ")
        # A word that is damaged otherwise than the line it stands in is seen by itself.
        fixed = " ".join(
            ftfy.fix_text(word, config) if _LIKELY_MOJIBAKE.search(word) else word
            for word in fixed.split(" ")
        )
        if fixed == line:
            break
        line = fixed
    return line
