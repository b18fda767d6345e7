"""Who is named by a few words: a person, an organisation, or somebody described.

A person is called by the fullest name the text has for them, so that marks on one person's words have one
holder: ``Mr. Lavrov`` becomes ``Sergey V. Lavrov`` where the article has that name, and only that one.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from reader.claims.grammar import (
    ARTICLES,
    BEFORE_ARTICLES,
    DEMONSTRATIVES,
    DETERMINERS,
    LINKS,
    NEVER_NAMES,
    NOBODY,
    PARTICLES,
    PRONOUNS,
)
from reader.claims.rules import rules
from reader.claims.tokens import Token

_LONGEST = 14
"""Words of a description; what is longer is no holder but a whole clause."""
_OCCURRENCES = 40
"""So many places where a surname stands are looked at for the full name."""
_BEFORE = 60
"""Code points before a surname in which the rest of the name is looked for."""

_given = re.compile(
    r"(?:(?:[^\W\d_a-z][\w’'-]*|[^\W\d_a-z]\.)[ \u00a0]"
    r"(?:(?:de|da|dos|del|di|la|le|el|al|bin|van|von|der|den)[ \u00a0])*)+\Z"
).search

Gender = Literal["", "m", "f"]
_GENDERS: dict[str, Gender] = {"he": "m", "she": "f"}


class Party(NamedTuple):
    """Somebody whose words they may be."""

    name: str
    person: bool
    """Whether it is certainly one person."""
    gender: Gender = ""
    pronoun: bool = False


def party(words: Sequence[Token]) -> Party | None:
    """Who is meant by the words of one noun phrase, or None where they name nobody."""
    words = _bare(words)
    if not words or not any(token.is_word for token in words):
        return None
    if words[-1].lower in NOBODY or (len(words) == 1 and words[0].lower in DEMONSTRATIVES):
        return None
    if len(words) == 1 and words[0].lower in PRONOUNS:
        return Party(
            words[0].lower, words[0].lower in _GENDERS, _GENDERS.get(words[0].lower, ""), pronoun=True
        )
    if all(token.lower in DETERMINERS or not token.is_word for token in words) and len(words) < 2:
        return None if words[0].lower != "one" else Party("one", person=False)
    named = _name_within(words)
    if named is not None:
        return named
    if len(words) > _LONGEST:
        return None
    return Party(_described(words), person=False)


def can_speak(words: Sequence[Token], *, anybody: bool = False) -> bool:
    """Whether a phrase is likely to mean somebody who speaks: a name, a role, people.

    What names nobody, or is more than one phrase (``need a paid plan``), is the subject of other verbs.

    Args:
        words: The words of the phrase.
        anybody: Whether anything with an article will do: the verb is one of speech and of nothing else.
    """
    known = rules()
    for before, token in pairwise(words):
        if token.lower in ARTICLES and before.lower not in LINKS | BEFORE_ARTICLES:
            return False
    if words[0].lower in PRONOUNS or (anybody and words[0].lower in DETERMINERS):
        return True
    if not (
        words[0].lower in DETERMINERS
        or words[0].is_capital
        or words[0].lower.endswith("s")
        or _is_speaker(words[0])
    ):
        return False
    return (
        any((token.is_capital and token is not words[0]) or _is_speaker(token) for token in words)
        or (len(words) == 1 and words[0].is_capital and words[0].lower not in DETERMINERS)
        or (words[0].is_capital and words[0].lower not in known.function and words[-1].is_capital)
    )


def _is_speaker(token: Token) -> bool:
    endings = ("ers", "ors", "ists", "ians", "ants", "ees", "men", "women")
    return token.lower in rules().heads or token.lower.endswith(endings)


def _bare(words: Sequence[Token]) -> list[Token]:
    """Without marks and small words at the edges."""
    found = list(words)
    while found and (
        not found[-1].is_word or found[-1].lower in {"and", "or", "of", "the", "a", "also", "has", "had"}
    ):
        found.pop()
    while found and (
        not found[0].is_word or found[0].lower in {"and", "but", "or", "yet", "so", "nor", "that", "where"}
    ):
        del found[0]
    return found


def _name_within(words: Sequence[Token]) -> Party | None:
    """The person, or the organisation with a common noun before it, that a phrase names."""
    known = rules()
    at = _after_roles(words)
    if any(token.lower in {"and", "or"} for token in words[:at]) or (
        at and words[at - 1].text.endswith(("’s", "'s"))
    ):
        return None
    run = _run(words, at)
    if run == at:
        return None
    after = words[run:]
    if after and after[0].lower in {"and", "or", "’s"}:
        return None
    name = list(words[at:run])
    if name[-1].text.endswith(("’s", "'s", "s’")) and after:
        return None  # “Ms. Okoro’s office”
    organisation = any(token.lower in known.organisations for token in name)
    if organisation and after and after[0].lower in {"of", "for"}:
        return None
    before = words[:at]
    gender = title_gender(before)
    text = _joined(name)
    text = text.removesuffix("’s").removesuffix("'s")
    if before and before[-1].lower in known.organisations and not before[-1].is_capital:
        return Party(text, person=False)  # “the chat company Orbis”
    titled = bool(before) and before[-1].lower in known.ranks
    if organisation:
        return Party(text, person=False) if not titled else None
    if len(name) > 1:
        if after and after[0].lower in {"of", "for"} and not titled and len(after) > 6:
            return Party(text, person=True)
        return Party(text, person=True, gender=gender)
    if titled:
        first = at
        while (
            first > 0
            and words[first - 1].is_capital
            and words[first - 1].lower not in DETERMINERS
            and words[first - 1].lower in known.ranks
        ):
            first -= 1
        return Party(_joined(words[first:run]), person=True, gender=gender)
    if before and any(token.lower not in DETERMINERS for token in before):
        return None
    if (
        after
        and after[0].is_word
        and after[0].lower not in {"of", "from", "in", "at", "who", "for", "himself", "herself"}
    ):
        return None
    return Party(_described(words) if after else text, person=False)


def _after_roles(words: Sequence[Token]) -> int:
    """Where a name may begin: behind the last title or role that a word with a capital follows."""
    known = rules()
    at = 0
    for position, token in enumerate(words[:-1]):
        if token.lower in LINKS and position and at == 0:
            of_role = token.lower == "of" and words[position - 1].lower in known.roles
            if not of_role or words[position + 1].lower in DETERMINERS:
                break
        after = words[position + 1]
        if not after.is_capital or after.lower in known.ranks:
            continue
        if (
            token.lower in known.titles
            or (token.lower in known.roles and after.lower not in known.organisations)
            or (token.lower in known.organisations and not token.is_capital)
        ):
            at = position + 1
    if at:
        return at
    while at < len(words) - 1 and words[at].lower in DETERMINERS:
        at += 1
    return at


def _run(words: Sequence[Token], at: int) -> int:
    """Where the words with capitals that begin at a position end."""
    end = at
    while end < len(words):
        token = words[end]
        if (token.is_capital and token.is_word) or (
            token.lower in PARTICLES and end > at and end + 1 < len(words) and words[end + 1].is_capital
        ):
            end += 1
        else:
            break
    return end


def title_gender(before: Sequence[Token]) -> Gender:
    """What titles and roles tell of somebody: ``Mrs.``, ``spokesman``."""
    known = rules()
    for token in before:
        if token.lower in known.male:
            return "m"
        if token.lower in known.female or token.lower.endswith("woman"):
            return "f"
        if token.lower.endswith("man") and token.lower in known.roles:
            return "m"
    return ""


def _described(words: Sequence[Token]) -> str:
    """A description as it stands, its article small, or left out before a name."""
    first = words[0]
    if first.lower == "the" and len(words) > 1 and words[1].is_capital:
        return _joined(words[1:])
    text = _joined(words)
    small = first.lower in DETERMINERS or (
        first.lower in rules().heads and not (len(words) > 1 and words[1].is_capital)
    )
    return text[0].lower() + text[1:] if small else text


def _joined(words: Sequence[Token]) -> str:
    """Words with the spaces that they had, as one."""
    parts: list[str] = []
    for before, token in zip([None, *words], words, strict=False):
        if before is not None and token.start > before.end:
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)


def named_in(words: Sequence[Token]) -> list[Sequence[Token]]:
    """The words of each person who is named outside quotation marks: with a title, a role or two names."""
    known = rules()
    found: list[Sequence[Token]] = []
    at = 0
    while at < len(words):
        token = words[at]
        if token.quoted or not token.is_capital or token.lower in NEVER_NAMES or token.lower in DETERMINERS:
            at += 1
            continue
        end = _run(words, at)
        first = at
        while first < end and words[first].lower in known.ranks:
            first += 1
        titled = first > at or (at > 0 and words[at - 1].lower in known.roles)
        organised = any(word.lower in known.organisations for word in words[first:end])
        if first < end and not organised and (end - first > 1 or titled):
            found.append(words[at:end])
        at = max(end, at + 1)
    return found


def persons(words: Sequence[Token]) -> list[Party]:
    """The persons who are named outside quotation marks, in order."""
    found = (party(named) for named in named_in(words))
    return [who._replace(person=True) for who in found if who is not None]


def fullest(text: str, who: Party) -> Party:
    """The same under the fullest name that a text has for them; as they are where two share the name.

    Args:
        text: The whole text; only the first places where the name stands are looked at.
        who: As `party` found them.
    """
    words = who.name.split()
    if who.pronoun or not words or len(words) > 4:
        return who
    surname = words[-1]
    known = rules()
    untitled = [word for word in words if word.lower().rstrip(".") not in known.ranks]
    if len(untitled) != 1 or not surname[0].isupper() or (not surname.isalpha() and "-" not in surname):
        return who
    if surname.lower() in known.heads or surname.lower() in NEVER_NAMES:
        return who
    names = _full_names(text, surname)
    if not names and words[0].lower() in known.given_titles:
        found = re.search(rf"\b{re.escape(surname)} [A-Z][\w’'-]+", text)
        names = [found.group()] if found else []
    if len({name.split()[0] for name in names}) != 1:
        return who
    return Party(max(names, key=len), person=True, gender=who.gender)


def _full_names(text: str, surname: str) -> list[str]:
    known = rules()
    found: list[str] = []
    at = text.find(surname)
    for _ in range(_OCCURRENCES):
        if at < 0:
            break
        end = at + len(surname)
        if not text[end : end + 1].isalnum() and (before := _given(text[max(0, at - _BEFORE) : at])):
            given = before.group().split()
            # What stands before a title or a role, and words that merely begin the sentence, are no names.
            roles = [n for n, word in enumerate(given) if word.lower().rstrip(".") in known.ranks]
            given = given[roles[-1] + 1 :] if roles else given
            while given and (
                given[0].lower().rstrip(".") in known.ranks | known.organisations | NEVER_NAMES
                or given[0].lower() in DETERMINERS
                or given[0].lower() in known.verbs
                or (given[0].isupper() and len(given[0]) > 2 and not surname.isupper())
            ):
                del given[0]
            if given and not given[0].endswith(("’s", "'s")) and len(given) < 4 and not _organised(given):
                found.append(" ".join([*given, surname]))
        at = text.find(surname, end)
    return found


def _organised(given: Sequence[str]) -> bool:
    return any(word.lower() in rules().heads for word in given)
