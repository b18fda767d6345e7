"""The tokens of a line, weighed as evidence of advertising in the document that they stand in.

Advertising is glued to sentences and to itself without a space: what stands between two spaces is cut where a
token of prose ends inside it and something else begins.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from reader.clean.plain.ground import Ground
from reader.clean.plain.weights import (
    CLAIMED,
    EDGES,
    NEUTRAL,
    PUNCTUATED,
    STOPS,
    STRONG,
    UNSPACED,
    Weight,
    first_evidence,
    is_advertising,
    lexicon_parts,
    starts_with_tld,
    weigh,
)

_KNOWN_WORD = -1.2
"""What it counts that the rest of the document uses a word too."""

_FOREIGN, _FOREIGN_LETTER = 1.6, 0.1
"""What a token counts in letters that the document is not written in, and each of them."""

_UNSPACED = 0.25
"""The same in a script that does not part words: such a token is a clause."""

_LONGEST = 400
"""How much of a token is looked at for them."""

_STEM, _NEAR = 4, 14
"""By how many letters the word before a function word is told, and within how many tokens it comes again."""

_SENTENCE, _LONGEST_END = 4, 14
"""Within so many tokens a sentence has a function word; no longer word ends one that is glued to more."""

_UNKNOWN = Weight(NEUTRAL, "", structural=False)

_OPENING = "\"'“‘«(["
"""What stands before a foreign word that is quoted or explained rather than advertised."""

_TOKEN = re.compile(r"\S+")
_GLUE = re.compile(r"[.!?…。！？]+[”\"’')\]]*(?=[^\W\d_])|[”)\]][.!?…]*(?=[^\W\d_])")
_HUMP = re.compile(r"[a-zß-öø-ÿ](?=[A-ZÀ-ÞİĞŞ])")
_SENTENCE_END = re.compile(r"[.!?…。！？؟][”\"’')\]]*$")
_ENGLISH_TLD = re.compile(
    r"(?:link|live|life|win|fun|today|world|space|top|pro|club|shop|store|site|online|click|blog)"
)
_PLAIN_WORD = re.compile(r"[\"“‘'(\[]*(?:[^\W\d_]?[a-zà-öø-ÿ’'-]*|[A-ZÀ-Þ]+)[”\"’')\]]*")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.)+(?:[A-ZÀ-Þ](?=[a-zß-ÿ]))?|(?:[a-z]\.){2,}")
_FIGURE = re.compile(
    r"[\"“‘'(\[]*(?:[a-z]{2,5}-)?[’'$€£¥]?(?=[A-ZÀ-Þ]{2}|[A-ZÀ-Þ-]*[0-9])[A-ZÀ-Þ0-9]+(?:[.,:/–-][A-ZÀ-Þ0-9]+)*"
    r"(?:(?:(?<=[12][0-9][0-9]0)|(?<=[’'][0-9]0))s|[’']s|[%€])?[.,;:!?…]*[”\"’')\]]*|[€%]"
)
"""A number or a word in capitals, with the stop after it."""


class Token(NamedTuple):
    """A stretch without white space, or a part of one, and what it counts here."""

    start: int
    end: int
    weight: Weight
    score: float
    word: str
    """In lower case, without what stands around it."""
    claimed: bool
    """Whether it is a function word of the document's languages."""
    ends: bool
    """Whether a sentence ends with it."""
    breaks: bool
    """Whether it ends a stretch without sentences (`Ground.breaks`)."""


class Reading(NamedTuple):
    """What a token is wherever it stands in its document."""

    glued: bool
    """Whether it may have to be cut."""
    weight: Weight
    score: float
    word: str
    claimed: bool
    ends: bool
    breaks: bool


class Readings(dict[str, Reading]):
    """The readings of a document's tokens, each made when it is first asked for."""

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self.ground = ground

    def __missing__(self, written: str) -> Reading:
        reading = self[written] = _read(written, self.ground)
        return reading


def tokens_of(text: str, start: int, end: int, readings: Readings) -> list[Token]:
    """The tokens of a line, glued ones cut.

    Args:
        text: the page text.
        start: where the line begins in it.
        end: where it ends.
        readings: those of the document that the line stands in.
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        left, right = match.span()
        if readings[match[0]].glued:
            before = text[tokens[-1].end - 1] if tokens and tokens[-1].score < STRONG else "."
            mid_sentence = before not in '.!?…。！？؟”"*'
            for cut in _cuts(match[0], readings.ground, mid_sentence=mid_sentence, first=not tokens):
                tokens.append(_token(text, left, match.start() + cut, readings, tokens))
                left = match.start() + cut
        tokens.append(_token(text, left, right, readings, tokens))
    return _without_refrains(tokens)


def _without_refrains(tokens: list[Token]) -> list[Token]:
    """The tokens, with no claim for function words that key words are repeated with: ``for sale``."""
    last: dict[tuple[str, str], int] = {}
    refrains: set[int] = set()
    for index, (before, token) in enumerate(pairwise(tokens), 1):
        if token.claimed and not before.claimed and len(before.word) >= _STEM:
            pair = before.word[-_STEM:], token.word
            if index - last.get(pair, -_NEAR) < _NEAR:
                refrains |= {last[pair], index}
            last[pair] = index
    return [
        token._replace(weight=_UNKNOWN, score=NEUTRAL, claimed=False) if index in refrains else token
        for index, token in enumerate(tokens)
    ]


def _token(text: str, start: int, end: int, readings: Readings, before: list[Token]) -> Token:
    _, weight, value, word, claimed, ends, breaks = readings[text[start:end]]
    if ends and text[end : end + 1].islower():
        # A stop amid a glued host name ends no sentence; where there was none, there is none to end.
        ends = (
            len(word) <= _LONGEST_END
            and any(token.claimed for token in before[-_SENTENCE:])
            and not any(token.score >= STRONG for token in before[-2 * _SENTENCE :])
        )
    return Token(start, end, weight, value, word, claimed, ends, breaks)


def _read(written: str, ground: Ground) -> Reading:
    word = written.strip(EDGES).lower()
    ends, breaks = bool(_SENTENCE_END.search(written)), ground.breaks(written)
    weight = weigh(written)
    glued = bool(
        weight.structural or _GLUE.search(written) or (ground.foreign and ground.foreign.search(written))
    )
    if word in ground.function:
        value = CLAIMED + (PUNCTUATED if written[-1] in STOPS else 0.0)
        return Reading(glued, Weight(CLAIMED, "", structural=False), value, word, True, ends, breaks)
    value = weight.score
    if not weight.structural and word in ground.known:
        value += _KNOWN_WORD
    elif ground.foreign and written[0] not in _OPENING and ground.foreign.search(word):
        letters = len(ground.foreign.findall(word[:_LONGEST]))
        clause = _UNSPACED if UNSPACED.search(word) else _FOREIGN_LETTER
        value = max(value, NEUTRAL) + _FOREIGN + clause * letters
    return Reading(glued, weight, value, word, False, ends, breaks)


def _cuts(word: str, ground: Ground, *, mid_sentence: bool, first: bool) -> Iterator[int]:
    """Where a token of prose ends inside a token and something else is glued on.

    ``night.betvol.comslot`` is cut after ``night.``; ``betvol.com`` is a name and is not cut. Amid a
    sentence, and at a line's start, a token's beginning is a word of the sentence, though no stop ends it.
    """
    at = _own_beginning(word, mid_sentence=mid_sentence)
    if at:
        yield at
    for match in _GLUE.finditer(word, at):
        left, right = word[at : match.start()], word[match.end() :]
        if match[0] == ".":
            if len(left) < 2 or not _PLAIN_WORD.fullmatch(left):
                break
            if starts_with_tld(right) and not (
                _ENGLISH_TLD.fullmatch(right) and left.lower() in ground.known
            ):
                break
            if left.lower().endswith("www") or lexicon_parts(left.lower()):
                break
        at = match.end()
        yield at
    if not at and (mid_sentence or first):
        cut = _known_beginning(word, ground.known) or min(
            first_evidence(word), _first_hump(word), _first_foreign(word, ground)
        )
        if 2 <= cut < len(word) and _PLAIN_WORD.fullmatch(word[:cut]) and not is_advertising(word[:cut]):
            yield cut


def _own_beginning(word: str, *, mid_sentence: bool) -> int:
    """The length of the initials, the number or the capitals that a token begins with and goes on after."""
    initials = _INITIALS.match(word)
    found = initials or _FIGURE.match(word)
    if not found or not word[found.end() :][:1].isalpha():
        return 0
    stopped = found[0][-1] in ".,;:!?…”\"’')]"
    if stopped and starts_with_tld(word[found.end() :]):
        return 0
    is_own = initials or stopped or mid_sentence
    return found.end() if is_own and not lexicon_parts(found[0].lower()) else 0


def _first_hump(word: str) -> int:
    """Where the first camel hump begins in a token; the token's length if none does."""
    match = _HUMP.search(word)
    return match.end() if match else len(word)


def _first_foreign(word: str, ground: Ground) -> int:
    """Where the first letter of a foreign script begins in a token; the token's length if none does."""
    match = ground.foreign.search(word) if ground.foreign else None
    return match.start() if match else len(word)


def _known_beginning(word: str, known: frozenset[str]) -> int:
    """The length of the longest word of the document that a token begins with, or 0."""
    folded = word.lower()
    return next((cut for cut in range(min(len(word) - 1, 20), 2, -1) if folded[:cut] in known), 0)
