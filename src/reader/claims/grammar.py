"""The small words of English by which a sentence's parts are told, and what can be seen of a word's form.

The words are data, in ``grammar.toml``.
"""

import tomllib
from pathlib import Path

from reader.claims.tokens import Token

_WORDS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).items()
}

BE = _WORDS["be"]
HAVE = _WORDS["have"]
DO = _WORDS["do"]
MODALS = _WORDS["modals"]
NEGATIONS = _WORDS["negations"]
FINITE = _WORDS["finite"]
CONTRACTED = _WORDS["contracted"]
ADVERBS = _WORDS["adverbs"]
DAYS = _WORDS["days"]
CLAUSE = _WORDS["clause"]
RELATIVE = _WORDS["relative"]
PREPOSITIONS = _WORDS["prepositions"]
SUPPOSES = _WORDS["supposes"]
DEMONSTRATIVES = _WORDS["demonstratives"]
DETERMINERS = _WORDS["determiners"]
PRONOUNS = _WORDS["pronouns"]
PARTICLES = _WORDS["particles"]
NEVER_NAMES = _WORDS["never_names"]
LINKS = _WORDS["links"]
NOBODY = _WORDS["nobody"]
REFLEXIVE = _WORDS["reflexive"]
CIRCUMSTANCES = _WORDS["circumstances"]
ASIDE = _WORDS["aside"]
CLAIMS = _WORDS["claims"]
LEADS = _WORDS["leads"]
ARTICLES = _WORDS["articles"]
BEFORE_ARTICLES = _WORDS["before_articles"]
ASIDES = _WORDS["asides"]
PHRASE_ENDS = _WORDS["phrase_ends"]
BEFORE_DAYS = _WORDS["before_days"]
STOPS = frozenset(",;:—–()[]….!?-")
"""Marks that no noun phrase reaches over."""


def is_finite(token: Token) -> bool:
    """Whether a word is, or ends in, a form that only a clause has: *is*, *won’t*, *you’ll*, *there’s*."""
    word = token.lower
    if word in FINITE:
        return True
    if "’" not in word and "'" not in word:
        return False
    word = word.replace("’", "'")
    return word.endswith(("n't", "'ll", "'d", "'ve", "'re", "'m")) or word in CONTRACTED


def is_adverb(token: Token) -> bool:
    """Whether a word looks like an adverb: *repeatedly*."""
    return token.text.endswith("ly") and token.text.islower() and len(token.text) > 4


def is_past(token: Token) -> bool:
    """Whether a word looks like a past tense or a participle: *confronted*."""
    return token.text.islower() and token.text.endswith("ed")
