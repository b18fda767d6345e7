"""Why a sentence is likely to hold a claim."""

import re
from collections.abc import Iterator, Sequence

from reader.claims.attribution import Attribution
from reader.claims.found import KINDS, Reason
from reader.claims.quotations import within
from reader.claims.rules import rules
from reader.claims.tokens import Token
from reader.claims.turns import Turn
from reader.model import Span

_SPOKEN = 5
"""Words in quotation marks that are taken for speech where nobody is said to speak."""
_TURN = 7
"""Words of a sentence in a speaker's turn that is more than a courtesy."""

_PLURALS = frozenset({"people", "men", "women", "children"})

_addressed = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE).search
_word = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*").findall


def reasons(
    text: str,
    sentence: Span,
    tokens: Sequence[Token],
    quotes: Sequence[Span],
    found: Sequence[Attribution],
    *,
    turn: Turn | None = None,
    english: bool = True,
) -> tuple[Reason, ...]:
    """The reasons, the first of each kind, in the order of `KINDS`; none where there is none.

    Args:
        text: The text.
        sentence: The sentence.
        tokens: Its tokens.
        quotes: What is quoted in the text around.
        found: Its attributions.
        turn: The speaker's turn it stands in: it is speech without quotation marks then.
        english: Whether the rules about words apply; the others look at marks and digits only.
    """
    every = list(_all(text, sentence, tokens, quotes, found, turn=turn, english=english))
    return tuple(
        next(one for one in every if one.kind == kind) for kind in KINDS if kind in {r.kind for r in every}
    )


def _all(
    text: str,
    sentence: Span,
    tokens: Sequence[Token],
    quotes: Sequence[Span],
    found: Sequence[Attribution],
    *,
    turn: Turn | None,
    english: bool,
) -> Iterator[Reason]:
    known = rules()
    start, end = sentence
    asks = text[start:end].rstrip('”"’»)').endswith("?")
    quoted = _speech(text, sentence, quotes, attributed=any(not one.own for one in found))
    if stated := next((one for one in found if not one.own), None):
        yield Reason("statement", stated.cue)
    if quoted:
        yield Reason("quote", quoted)
    elif turn and not asks and sum(token.is_word for token in tokens) > _TURN:
        yield Reason("quote", Span(turn.start, turn.body))
    if asks and not found and not quoted:
        return
    if number := _figure(text, sentence, tokens):
        yield Reason("figure", number)
    if not english:
        return
    if denial := next((one.cue for one in found if one.denies), None):
        yield Reason("denial", denial)
    elif (match := known.denial(text, start, end)) or (
        (found or quoted or turn) and (match := known.reported_denial(text, start, end))
    ):
        yield Reason("denial", Span(*match.span()))
    if foreseen := next((one.cue for one in found if one.foresees and not one.own), None):
        yield Reason("forecast", foreseen)
    elif found or not _addressed(text, start, end):  # Advice foresees nothing.
        match = known.forecast(text, start, end)
        if match or (found and (match := known.reported_forecast(text, start, end))):
            yield Reason("forecast", Span(*match.span()))


def _speech(text: str, sentence: Span, quotes: Sequence[Span], *, attributed: bool) -> Span | None:
    """What a sentence quotes that somebody said, not the title of a work or a word set apart."""
    for part in within(quotes, sentence.start, sentence.end):
        words = _word(text[part.start : part.end])
        if not words or _is_title(words):
            continue
        if attributed or len(words) >= _SPOKEN or 2 * (part.end - part.start) > sentence.end - sentence.start:
            return part
    return None


def _is_title(words: Sequence[str]) -> bool:
    """Whether all longer words begin with a capital, as in the title of a work."""
    longer = [word for word in words if len(word) > 3]
    capital = sum(word[0].isupper() for word in words)
    return len(words) > 1 and 2 * capital >= len(words) and all(word[0].isupper() for word in longer)


def _figure(text: str, sentence: Span, tokens: Sequence[Token]) -> Span | None:
    """The first quantity of a sentence: not a date, a time, an age or the number of something."""
    match = rules().figures(text, *sentence)
    if match:
        return Span(*match.span())
    for number, token in enumerate(tokens):
        if token.text[0].isdigit() and _counts(tokens, number):
            return Span(token.start, token.end)
    return None


def _counts(tokens: Sequence[Token], number: int) -> bool:
    """Whether a number in digits counts what follows it."""
    known = rules()
    token = tokens[number]
    if not token.text.replace(",", "").replace(".", "").isdigit() or ":" in token.text:
        return False
    before = tokens[number - 1].lower if number else ""
    if before in known.numbered or before in {"-", "/", "#", "."} or before in known.durations:
        return False
    if number > 1 and f"{tokens[number - 2].lower} {before}" in known.numbered:
        return False
    after = tokens[number + 1] if number + 1 < len(tokens) else None
    if after is None:
        return False
    value = token.text.replace(",", "")
    if len(value) == 4 and value.isdigit() and 1700 <= int(value) <= 2099 and after.lower not in {"people"}:
        return False
    if after.text in {",", ".", ";", ")", "-", "/", ":"} or not after.is_word:
        return False
    if after.lower in known.durations or after.text[0].isdigit():
        return False
    if before in {"the", "those", "these"} and not _is_plural(after):
        return False
    if float(value.rstrip(".")) < 3 and "." not in value:
        return False
    return after.text[0].islower() and (
        _is_plural(after)
        or (number + 2 < len(tokens) and (_is_plural(tokens[number + 2]) or after.lower == "of"))
    )


def _is_plural(token: Token) -> bool:
    return (token.text.endswith("s") and len(token.text) > 3) or token.lower in _PLURALS
