"""Which words of a sentence are the subject of a verb of saying.

Without a parser: the words before the verb are read backwards, over adverbs, auxiliaries and what is set off
by commas, up to where the clause begins. Where the verb closes a remark, the subject may follow it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from reader.claims.grammar import (
    ADVERBS,
    ASIDES,
    BE,
    BEFORE_DAYS,
    CLAUSE,
    CONTRACTED,
    DAYS,
    DETERMINERS,
    DO,
    FINITE,
    HAVE,
    LEADS,
    MODALS,
    NEGATIONS,
    PHRASE_ENDS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    STOPS,
    SUPPOSES,
    is_adverb,
    is_finite,
    is_past,
)
from reader.claims.people import named_in
from reader.claims.rules import rules
from reader.claims.tokens import Token

_LONGEST = 22
"""Words that are read backwards over for a subject."""
_ANTECEDENT = 8
"""Words that *who* or *which* may stand for; more are a clause."""
_FAR = 60
"""Words from a sentence's beginning to a verb that shares its subject."""
_JOINED = 4
"""Phrases that may be joined in one subject."""


class Subject(NamedTuple):
    """The words of a subject."""

    words: tuple[Token, ...]
    apposition: tuple[Token, ...] = ()
    """What stands between commas beside it: ``the mayor`` of ``Ada Quill, the mayor, said``."""
    first: int = 0
    """The number of its first token."""
    last: int = 0
    """The number of its last token."""


def is_relative(tokens: Sequence[Token], subject: Subject) -> bool:
    """Whether subject and verb only tell which thing is meant: ``a phenomenon they called “drift”``."""
    if len(subject.words) > 1 or subject.words[0].lower not in PRONOUNS or not subject.first:
        return False
    token = tokens[subject.first - 1]
    plain = token.is_word and token.text.islower() and token.lower not in CLAUSE | ADVERBS | DAYS
    return plain and token.lower not in rules().verbs and not is_adverb(token)


def is_negated(tokens: Sequence[Token], verb: int) -> bool:
    """Whether it is not said: ``did not say``, ``would not say``, ``declined to say``."""
    for at in range(verb - 1, max(-1, verb - 4), -1):
        word = tokens[at].lower
        if word in NEGATIONS or word in MODALS or word in DO:
            return True
        if not (word in ADVERBS or word in HAVE or word.endswith("ly")):
            return False
    return False


def is_passive(tokens: Sequence[Token], verb: int) -> bool:
    """Whether the verb is a participle after a form of *to be*: ``was told``."""
    at = verb - 1
    while at >= 0 and (tokens[at].lower in ADVERBS or is_adverb(tokens[at])):
        at -= 1
    if at < 0:
        return False
    word = tokens[at].lower
    return word in BE or word in {"get", "gets", "got"} or word.replace("’", "'") in CONTRACTED


def agent(tokens: Sequence[Token], verb: int) -> Subject | None:
    """Who stands behind a passive verb: ``was accused by an aid group``."""
    for at in range(verb + 1, min(len(tokens) - 1, verb + 9)):
        if tokens[at].lower == "by" and not tokens[at].quoted:
            return following(tokens, at + 1)
        if tokens[at].text in STOPS:
            return None
    return None


def before(tokens: Sequence[Token], verb: int) -> Subject | None:
    """The subject that stands before a verb, or None."""
    at = verb - 1
    while at >= 0 and _may_stand_between(tokens, at):
        at -= 1
    if at < 0 or tokens[at].quoted or tokens[at].is_quote_mark:
        return None
    if tokens[at].text in {",", ")", "—", "–"}:
        return _before_aside(tokens, at)
    if tokens[at].lower in RELATIVE:
        # “Leo Fenn, who said …”
        at -= 1
        if at >= 0 and tokens[at].text == ",":
            at -= 1
        antecedent = _phrase_before(tokens, at)
        return antecedent if antecedent and len(antecedent.words) <= _ANTECEDENT else None
    return _phrase_before(tokens, at)


def coordinated(tokens: Sequence[Token], verb: int) -> Subject | None:
    """The subject of a verb that *and* joins to another one: ``Janet Yellen confronted them and said``.

    It is who is named first in the sentence, else what the sentence begins with.
    """
    at = verb - 1
    while at >= 0 and (is_adverb(tokens[at]) or tokens[at].lower in ADVERBS):
        at -= 1
    if not 2 <= at <= _FAR or tokens[at].lower not in {"and", "but"} or tokens[at].quoted:
        return None
    end = next((n for n, token in enumerate(tokens[:at]) if is_finite(token) or is_past(token)), at)
    lead = tokens[:end]
    if end == at or any(token.quoted or token.is_quote_mark or token.lower in CLAUSE for token in lead):
        return None
    named = named_in(lead)
    if len(named) == 1:
        return Subject(tuple(named[0]), (), 0, end - 1)
    first = _without_lead(tokens, 0, end - 1)
    if first >= end or any(token.text in STOPS for token in tokens[first:end]):
        return None
    return Subject(tuple(tokens[first:end]), (), first, end - 1)


def is_clause(tokens: Sequence[Token]) -> bool:
    """Whether words are a clause that could be what is said, not what leads into a sentence: *In May*."""
    if not tokens or tokens[0].lower in PREPOSITIONS | CLAUSE:
        return False
    return any(
        is_finite(token) or (token.text.islower() and token.text.endswith(("ed", "ows", "ose", "ell")))
        for token in tokens
    )


def _may_stand_between(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word may stand between subject and verb: an adverb, an auxiliary, ``on Monday``."""
    token = tokens[at]
    word = token.lower
    if word in ADVERBS or word in HAVE or is_adverb(token):
        return True
    if word in DAYS and at and (tokens[at - 1].lower in BEFORE_DAYS or tokens[at - 1].lower in DAYS):
        return True
    return word in BEFORE_DAYS and at + 1 < len(tokens) and tokens[at + 1].lower in DAYS


def _before_aside(tokens: Sequence[Token], close: int) -> Subject | None:
    """The subject before something set off by commas, dashes or brackets that ends at `close`."""
    opens = {")": "("}.get(tokens[close].text, tokens[close].text)
    at = close - 1
    while at >= 0 and tokens[at].text != opens and close - at < _LONGEST:
        if tokens[at].text in ".;:!?" or (tokens[at].is_quote_mark and tokens[close].text == ","):
            return None
        at -= 1
    if at < 0 or tokens[at].text != opens:
        # One comma only: “In the end, said …” or “Then, said …”.
        return None
    aside = tuple(tokens[at + 1 : close])
    if not aside:
        return None
    if at and (tokens[at - 1].is_quote_mark or tokens[at - 1].quoted):
        return None
    subject = _phrase_before(tokens, at - 1)
    if subject is None:
        # “However, the ministry, said”: what is set off is itself the subject.
        return None
    if any(is_finite(token) for token in aside) and aside[0].lower not in RELATIVE | CLAUSE:
        return None
    if aside[0].lower in RELATIVE | ASIDES:
        aside = ()
    if subject.first and tokens[subject.first - 1].text == "," and aside:
        # “Amina Sale, 19, a nurse, said”
        further = _phrase_before(tokens, subject.first - 2)
        if further and (
            further.words[-1].is_capital
            and (subject.words[0].lower in DETERMINERS or subject.words[0].text.isdigit())
        ):
            return further._replace(apposition=subject.words)
    return subject._replace(apposition=aside)


def _phrase_before(tokens: Sequence[Token], last: int, deep: int = 0) -> Subject | None:
    """The noun phrase whose last word is at a position; None where too many phrases are joined in it."""
    if deep > _JOINED:
        return None
    first = last
    known = rules()
    while first >= 0 and last - first < _LONGEST:
        token = tokens[first]
        word = token.lower
        if token.quoted or token.is_quote_mark or token.text in STOPS or token.text[0] in "•*|/":
            break
        if word in RELATIVE and first < last:
            after = tokens[first + 1]
            if after.is_capital or after.lower in DETERMINERS or after.lower in PRONOUNS:
                break
            # “Two witnesses who fled the town said”: what stands before is the subject.
            inner = _phrase_before(
                tokens, first - 2 if tokens[first - 1].text == "," else first - 1, deep + 1
            )
            return inner and inner._replace(last=last)
        if word in {"and", "or"} and first < last:
            left = _phrase_before(tokens, first - 1, deep + 1)
            if left is None or not _joins(tokens, left, first):
                break
            first = left.first - 1
            break
        if word in CLAUSE and not (word in {"like", "than"} and first < last):
            break
        if word in PRONOUNS and first == last:
            if first and tokens[first - 1].lower in SUPPOSES:
                return None
            return Subject((token,), (), first, last)
        if (
            (word in PRONOUNS and word not in DETERMINERS)
            or is_finite(token)
            or (word in known.verbs and _is_verb_there(tokens, first))
        ):
            break
        first -= 1
    first += 1
    first = _without_lead(tokens, first, last)
    if first and tokens[first - 1].lower in SUPPOSES:
        return None
    if first > last or tokens[last].lower in PREPOSITIONS | {"not"} | (
        DETERMINERS - {"one", "some", "many", "several", "most", "all", "both", "few", "this", "that"}
    ):
        return None
    if first > 1 and tokens[first].lower in {"a", "an"} and tokens[first - 1].text == ",":
        # “As Stacy Ogbeide, a psychologist with the clinic explains”: the second comma is left out.
        beside = first - 2
        while beside > 0 and tokens[beside - 1].is_capital:
            beside -= 1
        if (
            tokens[beside].is_capital
            and beside < first - 2
            and (not beside or tokens[beside - 1].lower == "as")
        ):
            return Subject(tuple(tokens[beside : first - 1]), tuple(tokens[first : last + 1]), beside, last)
    return Subject(tuple(tokens[first : last + 1]), (), first, last)


def _is_verb_there(tokens: Sequence[Token], at: int) -> bool:
    """Whether a form that may be a noun too (``report``) is none: no article or adjective before it."""
    if tokens[at].text.endswith("ed") or tokens[at].lower in {"said", "says", "told", "wrote", "thought"}:
        return at == 0 or tokens[at - 1].lower not in DETERMINERS
    return False


def _joins(tokens: Sequence[Token], left: Subject, conjunction: int) -> bool:
    """Whether *and* joins two subjects rather than two clauses."""
    if len(left.words) > 10 or (
        left.first and tokens[left.first - 1].is_word and tokens[left.first - 1].lower not in CLAUSE
    ):
        return False
    before, after = tokens[conjunction - 1], tokens[conjunction + 1]
    if after.lower in PRONOUNS and after.lower not in DETERMINERS:
        return False
    if before.is_capital:
        return not any(
            word.text.islower() and (word.text.endswith("ed") or word.lower in FINITE) for word in left.words
        )
    return before.lower in rules().heads and not any(word.text.endswith("ed") for word in left.words)


def _without_lead(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the phrase begins without what leads into the sentence: *But*, *On Monday*, *In the morning*."""
    while first < last and (tokens[first].lower in LEADS or not tokens[first].is_word):
        first += 1
    if tokens[first].lower not in PREPOSITIONS or first == last:
        return first
    at = first + 1
    if tokens[at].lower in DETERMINERS and at < last:
        at += 1
    at += 1
    while at <= last:
        token = tokens[at]
        begins = (
            token.lower in DETERMINERS
            or token.lower in PRONOUNS
            or (token.is_capital and not tokens[at - 1].is_capital)
        )
        if begins and tokens[at - 1].lower not in PREPOSITIONS:
            return at
        if tokens[at - 1].lower in DAYS:
            return at
        at += 1
    return last + 1


def following(tokens: Sequence[Token], first: int) -> Subject | None:
    """The noun phrase that begins at a position, with what is in apposition to it; None where there is none.

    Nor is there one where a clause begins there: ``said the logs had been switched off``.
    """
    end = _phrase_end(tokens, first)
    if end == first:
        return None
    if end < len(tokens) and is_finite(tokens[end]):
        return None
    words = tuple(tokens[first:end])
    if (
        words[0].lower in PREPOSITIONS - {"one"}
        or words[0].lower in CLAUSE
        or words[0].lower in {"there", "not"}
    ):
        return None
    apposition: tuple[Token, ...] = ()
    last = end - 1
    if end < len(tokens) and tokens[end].text == ",":
        stop = _phrase_end(tokens, end + 1)
        apposition = tuple(tokens[end + 1 : stop])
        if apposition:
            last = stop - 1
    return Subject(words, apposition, first, last)


def _phrase_end(tokens: Sequence[Token], first: int) -> int:
    """Where the noun phrase that begins at a position ends."""
    at = first
    known = rules()
    while at < len(tokens) and at - first < _LONGEST:
        token = tokens[at]
        word = token.lower
        if token.quoted or token.is_quote_mark or token.text in STOPS:
            break
        if (
            word in RELATIVE
            or is_finite(token)
            or (
                word in known.verbs and at > first and not token.is_capital and not _is_noun_there(tokens, at)
            )
        ):
            break
        if word in {"and", "or"}:
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if after is None or not (
                after.is_capital or after.lower in DETERMINERS or after.lower in known.heads
            ):
                break
        elif word == "of" and at + 1 < len(tokens) and tokens[at + 1].text.endswith("ing"):
            break
        elif word in CLAUSE or word in PHRASE_ENDS:
            if word == "by" and at > first and tokens[first].lower in DETERMINERS:
                at += 1
                continue
            if word == "at" and tokens[at - 1].lower in known.roles:
                at += 1
                continue
            break
        elif word in {"from", "in"} and at > first and (tokens[at - 1].is_capital or word == "in"):
            break
        at += 1
    return at


def _is_noun_there(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at - 1].lower in DETERMINERS
