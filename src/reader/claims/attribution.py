"""Who is said to say what in one sentence."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from reader.claims.grammar import (
    ASIDE,
    CIRCUMSTANCES,
    CLAIMS,
    DETERMINERS,
    PRONOUNS,
    REFLEXIVE,
    is_finite,
)
from reader.claims.people import Party, can_speak, party, persons, title_gender
from reader.claims.rules import Verb, rules
from reader.claims.subjects import (
    Subject,
    agent,
    before,
    coordinated,
    following,
    is_clause,
    is_negated,
    is_passive,
    is_relative,
)
from reader.claims.tokens import Token
from reader.model import Span

_SUBJECTS = DETERMINERS | PRONOUNS | {"there", "you"}
_start = attrgetter("start")
_REMARK_ENDS = frozenset(",.;:!?—–")


class Attribution(NamedTuple):
    """That somebody is said to say something."""

    who: Party | None
    """None where nobody is named."""
    cue: Span
    """The words that say so: the verb, or ``according to``."""
    clause: Span
    """From the subject to the verb: what is no part of what is said."""
    denies: bool = False
    foresees: bool = False
    source: bool = False
    """Whether it only names where something is from: ``according to Interfax``."""
    outlet: bool = False
    """Whether it is a medium or a document, which passes on what others say."""

    @property
    def own(self) -> bool:
        """Whether who says it is who speaks or writes the sentence: ``I think``."""
        return self.who is not None and self.who.name in {"i", "we"}


def attributions(
    text: str, sentence: Span, tokens: Sequence[Token], *, heading: bool = False
) -> list[Attribution]:
    """All of a sentence, in the order of their cues.

    Args:
        text: The text.
        sentence: The sentence.
        tokens: Its tokens.
        heading: Whether it is a heading, in which all words may begin with capitals.
    """
    if tokens and tokens[-1].text == "?" and not tokens[-1].quoted:
        return []  # “What do people there say?”
    starts = {token.start: number for number, token in enumerate(tokens)}
    found = [
        *_verbs(tokens, heading=heading),
        *_phrases(text, sentence, tokens, starts),
        *_sources(text, sentence, tokens, starts),
        *_said_as_quoted(tokens),
    ]
    if not any(one.who for one in found):
        found += _introduced(tokens)
    found.sort(key=lambda one: one.cue)
    named = [one for one in found if one.who is not None]
    return _apart(named) or found[:1] or _unnamed(text, sentence, tokens)


def _apart(found: list[Attribution]) -> list[Attribution]:
    """Without those whose cue lies in another's: the longer one counts."""
    kept: list[Attribution] = []
    for one in found:
        if kept and one.cue.start < kept[-1].cue.end:
            if one.cue.end - one.cue.start > kept[-1].cue.end - kept[-1].cue.start:
                kept[-1] = one
        else:
            kept.append(one)
    return kept


# By a verb


def _verbs(tokens: Sequence[Token], *, heading: bool) -> list[Attribution]:
    verbs = rules().verbs
    found = []
    for number, token in enumerate(tokens):
        if token.quoted or not token.text[0].isalpha():
            continue
        # “States” is no verb; in a heading all words may begin with a capital.
        verb = verbs.get(token.text.lower() if heading else token.text)
        if verb is not None and (one := _by_verb(tokens, number, number, verb)):
            found.append(one)
    return found


def _by_verb(tokens: Sequence[Token], first: int, last: int, verb: Verb) -> Attribution | None:
    """The attribution by the verb whose words are these, or None where it makes none."""
    cue = Span(tokens[first].start, tokens[last].end)
    if is_passive(tokens, first):
        subject = agent(tokens, last)
        if subject is None or (who := _who(subject)) is None:
            return None
        return _made(who, cue, Span(cue.start, tokens[subject.last].end), verb)
    if is_negated(tokens, first):
        return None
    subject = None
    follows = False
    if verb.inverts and _closes_a_remark(tokens, first):
        subject = following(tokens, last + 1)
        follows = subject is not None and can_speak(subject.words) and _may_follow(tokens, subject)
    if subject is None or not follows or _who(subject) is None:
        follows = False
        subject = before(tokens, first)
        if subject is None and ((verb.needs == "" and not verb.foresees) or verb.denies):
            subject = coordinated(tokens, first)
    if subject is None or (who := _who(subject)) is None:
        return None
    if not follows and not _needs_met(tokens, subject, first, last, verb):
        return None
    clause = Span(min(cue.start, subject.words[0].start), max(cue.end, tokens[subject.last].end))
    return _made(who, cue, clause, verb)


def _may_follow(tokens: Sequence[Token], subject: Subject) -> bool:
    """Whether the sentence or the remark ends behind a subject that follows its verb."""
    if subject.last + 1 >= len(tokens):
        return True
    after = tokens[subject.last + 1]
    return (
        not after.is_word
        or after.lower in CIRCUMSTANCES | {"who", "from", "with", "and", "for", "about", "by", "through"}
        or after.quoted
    )


def _made(who: Party, cue: Span, clause: Span, verb: Verb) -> Attribution:
    outlet = any(word.strip(".").lower() in rules().outlets for word in who.name.split())
    return Attribution(who, cue, clause, verb.denies, verb.foresees, outlet=outlet and not who.person)


def _closes_a_remark(tokens: Sequence[Token], verb: int) -> bool:
    """Whether the verb stands right behind a comma or a closing quotation mark."""
    if not verb:
        return False
    before_it = tokens[verb - 1]
    return before_it.text in {",", "—", "–"} or before_it.is_quote_mark


def _needs_met(tokens: Sequence[Token], subject: Subject, first: int, last: int, verb: Verb) -> bool:
    """Whether what the verb needs to be one of saying is there."""
    after = tokens[last + 1 : last + 14]
    if not verb.anyone and after and after[0].lower in REFLEXIVE:
        return False  # “The brand announces itself”
    if not verb.anyone and not can_speak(
        subject.words, anybody=verb.needs in {"", "something"} and not verb.foresees
    ):
        return False
    if verb.needs and is_relative(tokens, subject):
        return False
    if verb.needs == "":
        return True
    if verb.needs == "quote":
        near = after[:7] if not _remark_before(tokens, subject) else tokens
        return any(token.quoted for token in near)
    if verb.needs == "something":
        return (
            bool(after)
            and after[0].lower not in CIRCUMSTANCES | {"by", "for", "and", "or"}
            and (after[0].is_word or after[0].is_quote_mark or after[0].text == ",")
        )
    if not after:
        return _remark_before(tokens, subject)
    if _remark_before(tokens, subject) and (
        after[0].text in _REMARK_ENDS or after[0].is_quote_mark or after[0].lower in CIRCUMSTANCES
    ):
        return True
    if verb.needs in {"clause", "quote"} and any(
        token.is_quote_mark or token.text == ":" for token in after[:5]
    ):
        return True
    if after[0].lower == "to" and len(after) > 1 and after[1].lower in {"have", "be"}:
        return True
    if after[0].text.endswith("ing") and after[0].text.islower():
        return True
    if after[0].lower in {"that", "how", "why", "what", "whether"}:
        return True
    for number in range(1, min(7, len(after))):
        if after[number].lower == "that":
            # “said on Friday that”, “repeated his claim that”; not “found it so good that”.
            if (
                after[0].lower in CIRCUMSTANCES
                or after[0].lower.endswith("ly")
                or after[number - 1].lower in CLAIMS
            ):
                return True
            break
    if verb.needs == "object":
        return after[0].lower in _SUBJECTS or after[0].is_capital or after[0].text[0].isdigit()
    for token in after[1:]:
        if token.text in {",", ";", "."}:
            break
        if is_finite(token) or (token.text.islower() and token.text.endswith("ed")):
            return after[0].is_word and after[0].lower not in CIRCUMSTANCES | ASIDE
    return False


def _remark_before(tokens: Sequence[Token], subject: Subject) -> bool:
    """Whether subject and verb follow what is said: ``…, she added``."""
    if not subject.first:
        return False
    mark = tokens[subject.first - 1]
    if mark.is_quote_mark:
        return True
    if mark.text == "," and subject.last + 2 < len(tokens) and tokens[subject.last + 2].text == ",":
        return True  # “The painting, the curator believes, is a copy.”
    return mark.text in {",", "—", "–"} and is_clause(tokens[: subject.first - 1])


def _phrases(text: str, sentence: Span, tokens: Sequence[Token], starts: dict[int, int]) -> list[Attribution]:
    found = []
    for match, verb in rules().phrases(text, sentence.start, sentence.end):
        first = starts.get(match.start())
        if first is None or tokens[first].quoted:
            continue
        last = bisect_left(tokens, match.end(), key=_start) - 1
        if one := _by_verb(tokens, first, last, verb):
            found.append(one)
    return found


def _said_as_quoted(tokens: Sequence[Token]) -> list[Attribution]:
    """``Lena Marchetti was quoted as saying``."""
    found = []
    for number, token in enumerate(tokens[:-2]):
        if (
            token.lower == "quoted"
            and tokens[number + 1].lower == "as"
            and tokens[number + 2].lower in {"saying", "telling"}
        ):
            at = number - 1
            while at > 0 and tokens[at].lower in {"was", "were", "is", "been", "has", "had", "also", "later"}:
                at -= 1
            subject = before(tokens, at + 1)
            who = subject and _who(subject)
            if subject and who:
                cue = Span(token.start, tokens[number + 2].end)
                found.append(Attribution(who, cue, Span(subject.words[0].start, cue.end)))
    return found


def _introduced(tokens: Sequence[Token]) -> list[Attribution]:
    """``Senator Ruth Amari opened the debate: “We were promised …”``: who is named first speaks."""
    for number in range(1, len(tokens) - 1):
        if tokens[number].text == ":" and tokens[number + 1].is_quote_mark and not tokens[number].quoted:
            named = persons(tokens[:number])
            if named:
                return [
                    Attribution(
                        named[0],
                        Span(tokens[number].start, tokens[number].end),
                        Span(tokens[0].start, tokens[number].end),
                    )
                ]
    return []


# By other words


def _sources(text: str, sentence: Span, tokens: Sequence[Token], starts: dict[int, int]) -> list[Attribution]:
    known = rules()
    found = []
    at = sentence.start
    while match := known.sources(text, at, sentence.end):
        at = match.end()
        first = starts.get(match.start())
        if first is None or tokens[first].quoted:
            continue
        subject = following(tokens, bisect_left(tokens, match.end(), key=_start))
        who = _who(subject) if subject else None
        if subject is None or who is None or who.name.lower().split()[-1] in known.no_sources:
            continue
        words = {word.lower().strip(".") for word in who.name.split()}
        capital = who.name[:1].isupper()
        if match.group().lower() in known.reworded and not (capital or words & known.heads):
            continue
        clause = Span(match.start(), tokens[subject.last].end)
        outlet = bool(words & known.outlets) and not who.person
        citing = match.group().lower() in {"citing", "quoting"}
        found.append(Attribution(who, Span(*match.span()), clause, source=not citing, outlet=outlet))
    return found


def _unnamed(text: str, sentence: Span, tokens: Sequence[Token]) -> list[Attribution]:
    at = sentence.start
    while match := rules().unnamed(text, at, sentence.end):
        if not any(token.quoted for token in tokens if match.start() <= token.start < match.end()):
            return [Attribution(None, Span(*match.span()), Span(*match.span()))]
        at = match.end()
    return []


# Who


def _who(subject: Subject) -> Party | None:
    """Who a subject is: of a description and a name beside each other, the name."""
    who = party(subject.words)
    if not subject.apposition:
        return who
    if who is not None and who.person:
        return who._replace(gender=who.gender or title_gender(subject.apposition))
    beside = party(subject.apposition)
    if beside is not None and beside.person and (who is None or not who.pronoun):
        return beside
    return who
