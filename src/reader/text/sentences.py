"""Where sentences end: UAX #29's sentence rules, tailored to news.

The properties are Unicode's (Sentence_Break); the tailoring is told rule by rule below. What it adds is what
the default rules leave to it (UAX #29, section 5): abbreviations, initials, quoted speech that is
attributed, ellipses, marks of reference, and writing without spaces.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import islice
from typing import Any

from reader.model import Span
from reader.text.abbreviations import (
    AFTER_CLOCK,
    AFTER_ORDINAL,
    CLOCK,
    DOTTED,
    MONTHS,
    NAMED,
    NUMBERED,
    SPEECH,
    STARTERS,
    UNCERTAIN,
    WEEKDAYS,
)
from reader.text.boundaries import grapheme_at

_LONGEST_WORD = 64
"""Code points that are looked back over for the word before a full stop."""

_is_dotted = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}").fullmatch
_word_before = re.compile(r"[^\W_](?:[\w.’']*[^\W_])?\Z").search
_word_after = re.compile(r"[^\W_]+(?:['’][^\W_]+)?").match
_names_and_verb = re.compile(r"[^\W_][\w.’'\-]*").finditer


def sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of one block, in order.

    Args:
        text: Any text.
        start: Where the block begins, in code points.
        end: Where it ends.

    Returns:
        Their spans, without the white space between them and at the edges; they hold everything else.
        A newline ends a sentence: within a block it is a speaker's turn or a line of verse.
    """
    found: list[Span] = []
    begin = start
    for match in _candidates()(text, start, end):
        stop = match.end()
        if stop < end and match["newline"] is None and not _ends(text, begin, match):
            continue
        _append(found, text, begin, stop)
        begin = stop
    _append(found, text, begin, end)
    return found


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    """Adds a sentence without the white space at its edges, if anything is left of it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    # A space may carry a mark, and is then a cluster that is not white space.
    found.append(Span(grapheme_at(text, start).start, grapheme_at(text, end - 1).end))


def _ends(text: str, begin: int, match: "re.Match[str]") -> bool:
    """Whether a sentence ends at a candidate: a terminator with what closes after it and the spaces there.

    Args:
        text: The text.
        begin: Where the sentence begins.
        match: A match of `_candidates`.
    """
    following = match.end()
    terminator, closers = match["terminator"], match["closers"]
    last = terminator[-1]
    if last > "\u3000":  # 。！？ end where they stand, but for speech that goes on: 「はい。」と
        return not (closers and text.startswith(("と", "って"), following))
    if last in ".!?…" and not match["spaces"]:
        return False
    opening = _opening()(text, following)
    after = text[opening.end() : opening.end() + _LONGEST_WORD]
    if not after:
        return True
    if after[0] in ".!?…" and not opening.group():  # “word. … Next”: the ellipsis decides
        return False
    if _continues()(after):  # SB8, SB8a: a small letter or a comma goes on
        return False
    if terminator == ".":
        return _full_stop_ends(text, begin, match.start("terminator"), opening.group(), after)
    if closers and _is_attribution(after):
        return False
    if "…" in terminator or ".." in terminator:
        return _ellipsis_ends(text, match.start("terminator"), begin)
    return True


def _full_stop_ends(text: str, begin: int, dot: int, opening: str, after: str) -> bool:
    """Whether a single full stop ends a sentence.

    Args:
        text: The text.
        begin: Where the sentence begins.
        dot: Where the full stop is.
        opening: The quotation marks, brackets and dashes that follow, with their spaces.
        after: What follows these.
    """
    before = _word_before(text[max(begin, dot - _LONGEST_WORD) : dot].rpartition(" ")[2])
    if before is None:
        return True
    word: str = before.group()
    first = dot - len(word)
    found = _word_after(after)
    following = found.group() if found else ""
    numeric = _number()(after) is not None
    quoted = _quotes()(opening) is not None
    if word.isdigit():
        # “1. The plan” numbers a paragraph, “3. Oktober” is a day.
        numbers = len(word) < 3 and first == begin
        return not numbers and following not in AFTER_ORDINAL
    if word in NAMED or word.lower() in DOTTED:
        return False
    if word in NUMBERED:
        return not numeric
    if word in WEEKDAYS:
        return not numeric and following not in AFTER_CLOCK
    if word in CLOCK:
        return not numeric and following not in AFTER_CLOCK
    if word in MONTHS:
        return not numeric and (quoted or _starts(following, after))
    if len(word) == 1 and len(following) == 1 and after[1:2] == ".":  # J. K. Rowling, z. B.
        return False
    if len(word) == 1 and word.isupper():
        if word == "I" and text[max(begin, first - 2) : first].strip().islower():
            return True  # “and so did I. Nobody”
        return not opening and _starts(following, after)
    if word in UNCERTAIN or _is_dotted(word):
        return quoted or (not opening and _starts(following, after))
    return True


def _starts(word: str, after: str) -> bool:
    """Whether a word begins sentences; ``A.`` and ``I.`` are initials."""
    return word in STARTERS and not (len(word) == 1 and after[1:2] == ".")


def _ellipsis_ends(text: str, start: int, begin: int) -> bool:
    """Whether an ellipsis before a capital ends a sentence: one that trails off, not one that leaves out.

    ``He waited… Then`` is two; ``the … Council`` is one; ``It failed. … Then`` is two.
    """
    before = text[max(begin, start - 2) : start]
    return not before.endswith((" ", "[", "(")) or before[0] in ".!?”’\"'"


def _is_attribution(after: str) -> bool:
    """Whether a name and a verb of speech follow, as in ``“Why now?” Ms. Ruiz asked``."""
    for word in islice(_names_and_verb(after), 1, 5):
        if word.group().rstrip(".") in SPEECH:
            return True
        if not word.group()[0].isupper():
            return False
    return False


# `regex` is loaded by these: only it knows the properties that UAX #29 is written in.


@cache
def _candidates() -> Callable[..., Any]:
    import regex

    terminator = r"(?P<terminator>(?:[\p{SB=ATerm}\p{SB=STerm}…]\p{GCB=Extend}*)+)"
    # French sets its closing mark off by a space; German closes with what others open with. [12] is a note.
    closers = r"(?P<closers>(?:[\p{Pe}\p{Pf}\"'”’»]|[«“‘](?!\w)|[\u0020\u00a0\u202f]»(?!\w)|\[\d{1,3}\])*)"
    spaces = r"(?P<spaces>[^\S\n]*)"
    inside_cluster = r"[\p{GCB=Extend}\p{GCB=SpacingMark}\u200d]"
    return regex.compile(
        rf"(?P<newline>\n)|{terminator}{closers}(?:{terminator}{closers})*{spaces}(?!{inside_cluster})"
    ).finditer


@cache
def _opening() -> Callable[..., Any]:
    import regex

    return regex.compile(r"""(?:[\p{Ps}\p{Pi}\p{Pf}"'„‚«»¿¡—–-]\s*)*""").match


@cache
def _quotes() -> Callable[..., Any]:
    import regex

    return regex.compile(r"""[\p{Pi}\p{Pf}"'„‚«»]""").search


@cache
def _continues() -> Callable[..., Any]:
    import regex

    return regex.compile(r"[\p{Ll}\p{SB=SContinue}]").match


@cache
def _number() -> Callable[..., Any]:
    import regex

    return regex.compile(r"[\p{Sc}#]?\p{N}|[IVXLC]{2,}\b").match
