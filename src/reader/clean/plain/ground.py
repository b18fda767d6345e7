"""What a document's own prose is made of: its languages, its words, its script.

Advertising is foreign to the text that it was put into. Whatever family it is of, it has none of the function
words that the document's sentences have, its words stand nowhere else in the document, and often it is in
another script. So what counts as foreign is asked of each document, not of a list.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from reader.clean.plain.weights import EDGES, LATIN, SCRIPTS, STOPS
from reader.clean.rules import ruleset

_LEAST_TOKENS = 25
_LEAST_SHARE = 0.15
"""The least share of function words of one language by which a text is known to be written in it."""

_BESIDE = 0.4
"""Languages with this share of the hits of the first one are the document's too: they share many words."""

_PROSE_SHARE = 0.15
"""The least share of function words in a sentence whose words are the document's vocabulary."""

_NATIVE = 0.2
"""A script in which at least this share of a document's characters is, and a whole line, is its own."""

_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟")
_CLOSING = "”\"’')]"
_NOT_LATIN = re.compile("[\u0370-\u1dff\u2c00-\ud7ff]")


class Ground(NamedTuple):
    """What a document's own prose is made of."""

    function: frozenset[str]
    """The function words of the document's languages, in lower case."""
    knows: bool
    """Whether the document's language is known, so that prose without function words is foreign to it."""
    known: frozenset[str]
    """The other words of its sentences, in lower case; empty before `with_vocabulary`."""
    foreign: re.Pattern[str] | None
    """A letter of a script that is not the document's; None where there is no such letter in it."""

    def breaks(self, token: str) -> bool:
        """Whether a token ends a stretch without sentences: a function word, a stop, a list's mark."""
        word, stops = bare(token)
        return stops or word in self.function


@lru_cache(maxsize=65_536)
def bare(token: str) -> tuple[str, bool]:
    """A token in lower case, without what stands around it, and whether a part of a sentence ends there."""
    word = token.strip(EDGES).lower()
    return word, token[-1] in STOPS or token[0] in "([" or not any(map(str.isalnum, word))


def ground_of(text: str, counts: Mapping[str, int], words: Mapping[str, str]) -> Ground:
    """Read a document's languages and scripts.

    Args:
        text: the page text.
        counts: how often each token stands in it.
        words: what each token is when it is `bare`.
    """
    languages = ruleset().function
    hits: Counter[str] = Counter()
    total = sum(counts.values())
    for token, count in counts.items():
        if (word := words[token]) in languages:
            for language in languages[word]:
                hits[language] += count
    top = max(hits.values(), default=0)
    knows = total >= _LEAST_TOKENS and top >= _LEAST_SHARE * total
    if knows:
        spoken = tuple(sorted(language for language, count in hits.items() if count >= _BESIDE * top))
        function = _function_words(spoken)
    else:
        function = frozenset(languages)
    return Ground(function, knows, frozenset(), _foreign(text))


@lru_cache(maxsize=64)
def _function_words(languages: tuple[str, ...]) -> frozenset[str]:
    spoken = set(languages)
    return frozenset(word for word, where in ruleset().function.items() if not spoken.isdisjoint(where))


def with_vocabulary(
    ground: Ground, lines: Sequence[Sequence[str]], words: Mapping[str, str], evidence: Mapping[str, float]
) -> Ground:
    """The ground with the words of those sentences that are prose and hold no evidence of advertising.

    Args:
        ground: the document's languages.
        lines: the tokens of each line.
        words: what each token is when it is `bare`.
        evidence: the tokens that count for advertising.
    """
    own = {token for token, word in words.items() if word in ground.function} if ground.knows else set()
    suspect = evidence.keys() - own
    ends = {token for token in words if token.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)}
    known: set[str] = set()
    for line in lines:
        begin = 0
        for end in [index for index, token in enumerate(line, 1) if token in ends] + [len(line)]:
            sentence = line[begin:end]
            begin = end
            if suspect.isdisjoint(sentence) and (
                not ground.knows or sum(map(own.__contains__, sentence)) >= _PROSE_SHARE * len(sentence)
            ):
                known.update(sentence)
    return ground._replace(known=frozenset(words[token] for token in known))


def _foreign(text: str) -> re.Pattern[str] | None:
    if text.isascii() or not _NOT_LATIN.search(text):
        return None
    counts = {letters: len(pattern.findall(text)) for letters, pattern in SCRIPTS.items()}
    latin = max(0, int(0.8 * len(text)) - sum(counts.values()))
    rare = [
        letters
        for letters, count in counts.items()
        if count and not (count >= _NATIVE * len(text) and _has_line_in(SCRIPTS[letters], text))
    ]
    if 0 < latin < _NATIVE * len(text):
        rare.append(LATIN)
    return re.compile(f"[{''.join(rare)}]") if rare else None


def _has_line_in(script: re.Pattern[str], text: str) -> bool:
    """Whether a line is mostly in a script: one that stands amid others alone is put there."""
    return any(3 * len(script.findall(line)) >= 2 * len(line) > 0 for line in text.split("\n"))
