"""Who a headline quotes without a verb."""

from collections.abc import Sequence

from reader.claims.attribution import Attribution
from reader.claims.people import party
from reader.claims.rules import rules
from reader.claims.tokens import Token
from reader.model import Span


def headline(text: str, tokens: Sequence[Token]) -> Attribution | None:
    """Who a headline quotes: ``Minister: dam is safe``, ``“It will not hold”: engineer``.

    Args:
        text: The text it heads.
        tokens: The tokens of a heading.
    """
    known = rules()
    for number, token in enumerate(tokens):
        if token.text not in {":", "–", "—"} or token.quoted:
            continue
        first, rest = tokens[:number], tokens[number + 1 :]
        if token.text == ":" and 0 < len(first) <= 5 and rest and _is_speaker(text, first):
            who = party(first)
        elif (
            0 < len(rest) <= 4
            and first
            and all(one.is_word for one in rest)
            and (first[-1].is_quote_mark or rest[-1].lower in known.heads)
        ):
            first, who = rest, party(rest)
        else:
            continue
        if who is not None:
            return Attribution(who, Span(token.start, token.end), Span(first[0].start, first[-1].end))
    return None


def _is_speaker(text: str, words: Sequence[Token]) -> bool:
    """Whether the words before a headline's colon name somebody rather than a subject or a rubric."""
    known = rules()
    if not all(word.is_word or word.text in ".," for word in words):
        return False
    last = words[-1].lower
    if last in known.heads:
        return True
    # A word that the text has in small letters too is no name.
    return (
        len(words) <= 2
        and all(word.is_capital and f" {word.lower}" not in text for word in words)
        and last not in known.rubrics
        and len(last) > 2
    )
