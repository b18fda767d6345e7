"""The markup inside a Markdown file that nobody reads: HTML tags, and all of a link but its text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from reader.clean.marks import Mark, merged

_CODE_BLOCK = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|^[ ]{0,3}\[[^\[\]\n]+\]:[ \t][^\n]*",
    re.MULTILINE | re.DOTALL,
)
_TICKS = re.compile(r"`+")
_IMAGE = re.compile(r"!\[(?P<text>[^\[\]\n]*)\](?:\([^\n()]*\)|\[[^\[\]\n]*\])")
_LINK = re.compile(
    r"(?<![!\\])\[(?P<text>(?:[^\[\]\n]|!\[[^\[\]\n]*\]\([^\n()]*\))*)\]"
    r"(?:\([^\n()]*(?:\([^\n()]*\)[^\n()]*)*\)|\[[^\[\]\n]*\])"
)

_INLINE = (
    "abbr|acronym|a|bdi|bdo|big|b|cite|code|del|dfn|em|font|img|ins|i|kbd|label|mark|nobr|picture|q|rp|rt|ruby"
    "|samp|small|source|span|strike|strong|sub|sup|s|time|tt|u|var|wbr"
)
_BLOCK = (
    "address|article|aside|audio|blockquote|body|button|center|dd|details|div|dl|dt|embed|fieldset|figcaption"
    "|figure|footer|form|h[1-6]|header|head|hr|html|iframe|input|li|link|main|meta|nav|noscript|object|ol"
    "|param|p|section|summary|table|tbody|tfoot|thead|tr|ul|video"
)
_REST = (
    r"(?:\s+(?:[\w:.@-]+\s*=|(?:allowfullscreen|async|controls|disabled|hidden|itemscope|open)\b)"
    r"""(?:[^<>"']++|"[^"]{0,1000}"|'[^']{0,1000}')*+)?\s*/?>"""
)
_HTML = re.compile(
    rf"(?:^[ \t]+)?</?(?:(?P<inline>{_INLINE})|(?P<cell>t[dh])|(?P<break>br)|(?P<block>{_BLOCK})){_REST}"
    r"(?(block)(?:[ \t]*\n[ \t]+(?=[^\s<]))?)",
    re.MULTILINE | re.IGNORECASE,
)
_UNSEEN = re.compile(r"<!--|<(?P<name>script|style)\b[^<>]*>", re.IGNORECASE)
_UNSEEN_END = {
    name: re.compile(end, re.IGNORECASE)
    for name, end in (("", "-->"), ("script", r"</script\s*>"), ("style", r"</style\s*>"))
}
_BREAKS = re.compile(r"\s*<br\b[^<>]*>\s*<br\b", re.IGNORECASE)
_NO_BREAK = re.compile(r"[ ]{0,3}(?:#{1,6}\s|\|)")
_OPENING = re.compile(r"\s*(?:(?:[-*+>]|\d{1,9}[.)])\s*)*")

TAG_RULE = "markup."
"""What the rules that drop HTML tags begin with; the kind of the tag follows."""


class Link(NamedTuple):
    """A link or an image, and the part of it that is read."""

    start: int
    text_start: int
    text_end: int
    end: int


class Source(NamedTuple):
    """A Markdown text and what is markup in it."""

    code: tuple[tuple[int, int], ...]
    """Code, and definitions of references: nothing in them is a leftover."""
    links: tuple[Link, ...]
    tags: tuple[Mark, ...]
    visible: str
    """The text without tags, and of each link its text alone."""
    offsets: tuple[tuple[int, int], ...]
    """Where the pieces of `visible` stand: offset in it, offset in the text."""

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of `visible` as a stretch of the text that holds links whole or not at all.

        Returns:
            Two offsets into the text; the second is not greater than the first where nothing is left.
        """
        begin, finish = self._at(start), self._at(end - 1) + 1
        for link in self.links:
            if link.end <= begin or link.start >= finish:
                continue
            if begin <= link.text_start and link.text_end <= finish:
                begin, finish = min(begin, link.start), max(finish, link.end)
            elif begin <= link.text_start:
                finish = link.start
            else:
                begin = link.end
        return begin, finish

    def _at(self, offset: int) -> int:
        piece, origin = self.offsets[bisect_right(self.offsets, offset, key=lambda pair: pair[0]) - 1]
        return origin + offset - piece


def read_source(text: str) -> Source:
    """Find the markup of a Markdown text."""
    code = tuple(_code(text))
    inside = _Ranges(code)
    links = tuple(
        Link(match.start(), *match.span("text"), match.end())
        for pattern in (_IMAGE, _LINK)
        for match in pattern.finditer(text)
        if not inside.hold(match.start())
    )
    tags = tuple(merged([mark for mark in _tags(text) if not inside.hold(mark.start)]))
    hidden = sorted(
        [(tag.start, tag.end) for tag in tags]
        + [(link.start, link.text_start) for link in links]
        + [(link.text_end, link.end) for link in links]
    )
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    at = length = 0
    for start, end in [*hidden, (len(text), len(text))]:
        if at < start:
            pieces.append(text[at:start])
            offsets.append((length, at))
            length += start - at
        at = max(at, end)
    return Source(code, links, tags, "".join(pieces), tuple(offsets))


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Code, and definitions of references, in their order."""
    at = 0
    for block in _CODE_BLOCK.finditer(text):
        yield from _code_spans(text, at, block.start())
        yield block.span()
        at = block.end()
    yield from _code_spans(text, at, len(text))


def _code_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Code within lines: from each run of ticks to the next one of the same line that is as long."""
    runs: list[tuple[int, int]] = []
    alike: dict[tuple[int, int], list[int]] = {}
    keys: list[tuple[int, int]] = []
    line, at = 0, start
    for run in _TICKS.finditer(text, start, end):
        line, at = line + text.count("\n", at, run.start()), run.end()
        keys.append((line, run.end() - run.start()))
        alike.setdefault(keys[-1], []).append(len(runs))
        runs.append(run.span())
    place = 0
    while place < len(runs):
        same = alike[keys[place]]
        following = bisect_right(same, place)
        if following == len(same):
            place += 1
        else:
            yield runs[place][0], runs[same[following]][1]
            place = same[following] + 1


def instead(dropped: str, rule: str, before: str, after: str) -> str:
    """What stands in Markdown where tags stood.

    Args:
        dropped: the tags, with the white space among them.
        rule: the rule that dropped them.
        before: the Markdown so far.
        after: the text that follows.
    """
    kind = rule.removeprefix(TAG_RULE)
    space = _HTML.sub("", dropped) if kind != "unseen" else ""
    line = before[before.rfind("\n") + 1 :]
    if kind in ("inline", "unseen"):
        return space
    if kind == "cell" or _NO_BREAK.match(line):
        return " "
    if kind == "block" or _BREAKS.match(dropped):
        if line.strip() and _OPENING.fullmatch(line):
            # After the mark of a list's item or of a quote a paragraph begins by itself.
            return ""
        blank = len(before[-2:]) - len(before[-2:].rstrip("\n"))
        return "\n\n"[blank:] if before else ""
    if not line.strip() or not after.removeprefix("\n").partition("\n")[0].strip():
        return space
    return "\\" if after.startswith("\n") else "\\\n"


class _Ranges:
    """Ranges in order, to be asked whether one of them holds an offset."""

    def __init__(self, ranges: tuple[tuple[int, int], ...]) -> None:
        self._ranges = ranges

    def hold(self, offset: int) -> bool:
        at = bisect_right(self._ranges, offset, key=lambda pair: pair[0])
        return at > 0 and offset < self._ranges[at - 1][1]


def _tags(text: str) -> Iterator[Mark]:
    """Comments, scripts and styles, and known tags; some of the tags may stand in one of the others."""
    if "<" not in text:
        return
    at = 0
    never: set[str] = set()
    for opening in _UNSEEN.finditer(text):
        name = (opening["name"] or "").lower()
        if opening.start() < at or name in never:
            continue
        if closing := _UNSEEN_END[name].search(text, opening.end()):
            at = closing.end()
            yield Mark(opening.start(), at, "drop", "HTML that is not shown", f"{TAG_RULE}unseen")
        else:
            never.add(name)
    for match in _HTML.finditer(text):
        kind = next(kind for kind in ("inline", "cell", "break", "block") if match[kind])
        yield Mark(match.start(), match.end(), "drop", "HTML tag", f"{TAG_RULE}{kind}")
