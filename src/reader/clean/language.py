"""Which language an article is written in, where nothing says so: by its function words, or its script.

Function words (articles, prepositions, pronouns) make up a third of any prose and are known for each language
in ``rules/function.toml``; so a few sentences tell languages apart that share an alphabet. Languages that are
not in that file, and texts too short to tell, stay unknown: nothing is invented.
"""

import re
from collections import Counter
from dataclasses import replace

from reader.clean.rules import ruleset
from reader.model import Metadata

_LOOKED_AT = 3_000
"""So many code points from the top are looked at."""
_LEAST_WORDS = 20
_LEAST_SHARE = 0.2
"""The least share of a language's function words among all words."""
_LEAD = 1.15
"""The first language has so many times the hits of the second, or it is not told."""

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
)
"""Scripts that are one language's; Chinese after those that use its characters too."""
_OF_A_SCRIPT = re.compile("[\u0e01-\u0e5b\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_LEAST_SIGNS = 40
_OF_ALL = 0.3
"""The least share of such a script among letters."""


def language_of(text: str) -> str:
    """The code of the language (ISO 639-1) that a text is written in; empty where it cannot be told."""
    top = text[:_LOOKED_AT]
    if _OF_A_SCRIPT.search(top):
        found = [(code, len(script.findall(top))) for code, script in _SCRIPTS]
        together = sum(count for _, count in found)
        if together >= max(_LEAST_SIGNS, _OF_ALL * sum(map(str.isalpha, top))):
            # A tenth of Japanese at least is in its own syllables, and none of Chinese is.
            return next(code for code, count in found if count >= 0.1 * together)
    words = Counter(_WORD.findall(top.lower()))
    total = words.total()
    if total < _LEAST_WORDS:
        return ""
    function = ruleset().function
    hits: Counter[str] = Counter()
    for word, count in words.items():
        for language in function.get(word, ()):
            hits[language] += count
    (first, most), (_, second) = [*hits.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= _LEAST_SHARE * total and most >= _LEAD * second else ""


def with_language(
    metadata: Metadata, sources: tuple[tuple[str, str], ...], text: str
) -> tuple[Metadata, tuple[tuple[str, str], ...]]:
    """The metadata and its sources, with the language of the article's text where none is known."""
    code = "" if metadata.language else language_of(text)
    if not code:
        return metadata, sources
    return replace(metadata, language=code), (*sources, ("language", "its words"))
