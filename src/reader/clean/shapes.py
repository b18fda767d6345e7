"""What a line of plain text looks like: a title, a list item, a score, a wrapped line."""

import itertools
import re
from collections.abc import Sequence

_LONGEST_TITLE = 200
_TITLE_END = re.compile(r"[.,;:]$")
_NO_TITLE = re.compile(r"^(?:[-•*+·–—>]|\d+[.)]\s|https?://|www\.)|^by\s+[A-Z]|^\(|\w+@\w+\.", re.IGNORECASE)
_SPEAKER = re.compile(
    r"^[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,4}(?:, [A-Z][A-Z '’-]{2,30})?(?: \([^)\n]{1,40}\))?:"
)
_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][A-ZÀ-Þ .,'’-]{2,40}(?:, [A-Z][\w. ]{2,20})?(?: \([A-Za-z ]{2,20}\))?\s+[-–—]{1,2}\s"
)
_ITEM = re.compile(r"^\s*(?:[-•*+·▪◦–—‣]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z][.)]\s+)\S")
_QUOTE = re.compile(r">(?:[ \t]|$)")
_SCORE = re.compile(r"^(?=.{3,80}$)[^.!?]*?\d[^.!?]*?\s[^.!?]*?\d[^.!?]*$")
_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]]*$")

_WIDEST_WRAP, _NARROWEST_WRAP = 110, 40
"""Between these, in code points, a text's longest line may be the width somebody wrapped it at."""


def is_title(line: str) -> bool:
    """Whether a text's first line reads like its title rather than like its first sentence."""
    line = line.strip()
    words = line.count(" ") + 1
    return (
        0 < len(line) <= _LONGEST_TITLE
        and (words >= 2 or not line.isascii())
        and words <= 30
        and not line[0].islower()
        and not _TITLE_END.search(line)
        and not _NO_TITLE.search(line)
        and not _SPEAKER.match(line)
        and not _DATELINE.match(line)
        and any(character.isalpha() for character in line)
    )


def is_speaker_turn(line: str) -> bool:
    """Whether a line begins with a speaker's name in capitals and a colon, as broadcast transcripts do."""
    return bool(_SPEAKER.match(line))


def is_item(line: str) -> bool:
    """Whether a line begins with a list's mark."""
    return bool(_ITEM.match(line))


def is_score(line: str) -> bool:
    """Whether a short line holds two numbers and no sentence: a result, a row of a table."""
    return bool(_SCORE.match(line))


def unquoted(line: str) -> str | None:
    """What follows the ``>`` of a quoted line; None for a line that is not quoted."""
    return line[1:].strip() if _QUOTE.match(line) else None


def wrap_width(groups: Sequence[Sequence[str]]) -> int:
    """The width at which a text was wrapped by hand or by a mail program, or 0 if it was not.

    A line was wrapped there if the next line's first word would not have fitted on it. Where nearly all
    breaks inside paragraphs are such, and few of them stand at a sentence's end, the breaks mean nothing.

    Args:
        groups: the lines between blank lines.
    """
    lines = [line for group in groups for line in group]
    width = max(map(len, lines), default=0)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    breaks = [
        (line, after)
        for group in groups
        for line, after in itertools.pairwise(group)
        if not (is_item(after) or is_speaker_turn(after) or is_score(after))
    ]
    if len(breaks) < 3:
        return 0
    full = [line for line, after in breaks if is_full(line, after, width)]
    ended = sum(bool(_SENTENCE_END.search(line)) for line in full)
    return width if len(full) >= 0.6 * len(breaks) and ended <= 0.4 * len(full) else 0


def text_width(text: str) -> int:
    """The `wrap_width` of a whole text."""
    if max(map(len, text.split("\n"))) > _WIDEST_WRAP:
        return 0
    groups = ([line.strip() for line in group.split("\n") if line.strip()] for group in text.split("\n\n"))
    return wrap_width([group for group in groups if group])


def is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the line after would not have fitted on this one."""
    if is_item(after) or is_speaker_turn(after) or (unquoted(line) is None) != (unquoted(after) is None):
        return False
    first = (unquoted(after) or after).split(maxsplit=1)[0]
    return len(line) + 1 + len(first) > width - 2
