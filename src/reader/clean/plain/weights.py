"""What one token counts as evidence of advertising, whatever document it stands in.

Glued domain names, camel humps, words of the lexicon and great length count for it; a function word and
a sentence's punctuation count against it.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from reader.clean.rules import Rule, ruleset

STRONG = 1.5
"""A token that scores this much is evidence by itself."""

CLAIMED = -2.0
"""A function word of the document's own languages: it belongs to a sentence."""

NEUTRAL = -0.35
"""An unknown word: a run of advertising bridges a few of them, and not a sentence."""

PUNCTUATED = -0.9
"""What a sentence's punctuation counts."""

STOPS = ".,;:!?…。，；：！？、؟،"
"""What ends a sentence or a part of one."""

EDGES = f"\"'“”‘’«»()[]{{}}<>*|–—-•·{STOPS}"
"""What stands around a word without being part of it."""

_TLD = (
    "com|net|org|info|biz|xyz|site|online|club|shop|store|vip|bet|casino|live|life|pro|top|icu|cc|ru|co|io|me|tv|in"
    "|us|uk|de|fr|es|it|pl|br|tr|cn|id|vn|th|app|link|win|fun|space|website|today|world|agency|blog|click|mobi|name"
    "|asia|eu|finance|exchange|network|loans|money|tech|digital|market|games|poker|bingo|sbs|cfd|cyou|guru|monster"
    "|quest|promo|bond|deals|reviews|health|email|to|ir|kr|jp|ar|mx|za|ng|ke|ph|my|th|gr|cz|ro|hu|at|ch|nl|be|se"
)
_LONG_TLD = (
    "biz|xyz|site|online|club|shop|store|casino|website|space|click|mobi|agency|finance|exchange|loans|poker|bingo"
    "|sbs|cfd|cyou|icu|guru|monster|quest|promo|bond|xxx|porn|bet|vip"
)
_DOMAIN = re.compile(rf"(?:www\.)?[\w-]{{2,60}}\.(?:{_TLD})(?![\w-])", re.IGNORECASE)
_NO_WORD = "com(?!m(?:on|un|e|p|b|a|i)|l(?:in|y)|iz)|net(?!work|ting)|org(?!an)|info(?!rm)"
"""Ends of host names that words begin with too: ``.common`` is a word after a stop, ``.comslot`` is not."""
_COUNTRY = "io|cc|tv|ru|br|jp|de|pl|fr|es|it|uk|tr|vn|to|in|id|kr|nl|me|co|us|ca|au"
_GLUED_DOMAIN = re.compile(
    rf"[\w-]{{2,60}}\.(?:{_NO_WORD}|{_LONG_TLD})(?=[^\W\d_])"
    rf"|[\w-]{{3,60}}\.(?-i:(?:{_COUNTRY})(?=[A-ZÀ-Þ]))|(?<=[^\W\d_])www\.",
    re.IGNORECASE,
)
_HUMP = re.compile(r"[^\W\d_A-ZÀ-Þİ]{2}(?=[A-ZÀ-ÞİĞŞ][^\W\d_A-Z])")
_CODE = re.compile(r"[<>{}$=();\\]|::|->")
"""Signs of program text, whose names have humps too."""
_LETTERS_DIGIT = re.compile(r"^[^\W\d_]{2,}\d{1,4}[a-z]{0,4}$|^\d{1,3}x?[a-z]{3,}$", re.IGNORECASE)
LATIN = "A-Za-zÀ-ɏḀ-ỿ"
SCRIPTS = {
    letters: re.compile(f"[{letters}]")
    for letters in (
        "\u0370-\u03ff",
        "\u0400-\u052f",
        "\u0590-\u05ff",
        "\u0600-\u06ff",
        "\u0900-\u0dff",
        "\u0e00-\u0eff",
        "\u3040-\u30ff\u3400-\u9fff",
        "\uac00-\ud7a3\u1100-\u11ff",
    )
}
"""Letters that are written together, and a pattern of one: Greek, Cyrillic and so on, all but `LATIN`."""

UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""A letter of a script that does not part words by spaces: a token of it is a clause or a paragraph."""
_JOINED = re.compile(rf"[/_-]|{UNSPACED.pattern}")
"""What makes a token long without making it advertising."""
_DENSE = 0.5
"""The least share of such a token that words of the lexicon make up where it is advertising."""
_ENDING = 4
"""The most letters by which an inflected form is longer than the word itself."""
_LONG_WORD = re.compile(r"[^\W_]{15}")
_SIGN = re.compile(r"[/@#]")
"""A sign without which nothing is an address."""
_URL = re.compile(r"https?://|^[\w.+-]+@[\w-]+\.\w+|^[@#/]|^[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)


_LONGEST = 2000
"""How much of a token is looked at, in code points."""


class Weight(NamedTuple):
    """A token's score, the rule of the lexicon that gave most of it, and whether its shape is evidence."""

    score: float
    rule: str
    structural: bool
    """Whether the token's shape is evidence: glued names, a domain of the lexicon, several humps."""


@lru_cache(maxsize=65_536)
def weigh(word: str) -> Weight:
    """What a token counts by itself, whatever document it stands in."""
    core = word[:_LONGEST].strip(EDGES)
    folded = core.lower()
    exact = ruleset().words.get(folded)
    if len(core) < 2 or (_SIGN.search(core) and _URL.search(core)):
        return Weight(0.0, "", structural=False)
    score, structural, rule = 0.0, False, ""
    if exact:
        score, rule = exact.weight, exact.id
    elif len(core) >= 6 and (found := _lexicon().findall(folded)) and _is_made_of(core, found):
        parts = [ruleset().words[word] for word in found]
        score, rule = sum(part.weight for part in parts), max(parts, key=lambda part: part.weight).id
        structural = len(found) > 1 or len(core) - len(found[0]) > _ENDING
    dotted, humped = "." in core, core[1:] != folded[1:]
    glued = len(_GLUED_DOMAIN.findall(core)) if dotted else 0
    humps = len(_HUMP.findall(core)) if humped and not _CODE.search(core) else 0
    domain = dotted and bool(_DOMAIN.search(core))
    if glued:
        score, structural = score + 4.0 * glued, True
    elif domain:
        structural = score > 0
        score += 2.0
    if humps:
        score += 1.5 * humps - (0.3 if humps == 1 else 0.0)
        structural = structural or humps > 1 or (score > 2.5 and bool(rule))
    if (
        len(core) > 18
        and _LONG_WORD.search(core)
        and not UNSPACED.search(core)
        and "-" not in core
        and "/" not in core
        and "_" not in core
    ):
        score += 2.0
    if score and not exact and _LETTERS_DIGIT.match(core):
        score += 0.5
    if not score:
        score = NEUTRAL
    if word[-1:] in STOPS and not structural:
        score += PUNCTUATED
    return Weight(score, rule, structural)


def _is_made_of(core: str, found: list[str]) -> bool:
    """Whether the words of the lexicon found in a token make it up; a clause may merely hold them."""
    return not UNSPACED.search(core) or sum(map(len, found)) >= _DENSE * len(core)


@lru_cache(maxsize=1)
def _lexicon() -> re.Pattern[str]:
    """The words of advertising that are long enough to be recognised inside a longer token."""
    found = sorted(
        (word for word in ruleset().words if len(word) >= 5 or not word.isascii()), key=len, reverse=True
    )
    return re.compile("|".join(map(re.escape, found)))


def lexicon_parts(folded: str) -> list[Rule]:
    """The rules whose words stand inside a longer token in lower case, once a find."""
    words = ruleset().words
    return [words[part] for part in _lexicon().findall(folded)]


_STARTS_WITH_TLD = re.compile(
    rf"(?:{_TLD})(?![^\W_])|{_NO_WORD}|biz|xyz|(?:com|net|org|info)(?-i:(?=[A-ZÀ-Þ]))", re.IGNORECASE
)


def starts_with_tld(text: str) -> bool:
    """Whether what follows a full stop is the end of a host name rather than the start of a sentence."""
    return bool(_STARTS_WITH_TLD.match(text))


def first_evidence(word: str) -> int:
    """Where the first word of the lexicon begins inside a token; the token's length if none does."""
    match = _lexicon().search(word.lower())
    return match.start() if match else len(word)


@lru_cache(maxsize=1)
def _compounds() -> re.Pattern[str]:
    words = (word for word in ruleset().words if len(word) >= 3)
    return re.compile(f"(?:{'|'.join(map(re.escape, words))}){{2,}}")


def is_advertising(word: str) -> bool:
    """Whether a word is nothing but words of the lexicon, two or more of them."""
    return bool(_compounds().fullmatch(word.lower()))


@lru_cache(maxsize=65_536)
def score(word: str) -> float:
    """The score of `weigh` alone."""
    return weigh(word).score
