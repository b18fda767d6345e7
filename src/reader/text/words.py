"""Whether words stand in a field, as the full-text index would say: case and accents do not count."""

import re
import unicodedata
from functools import lru_cache

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
"""Scripts that put no space between words (Thai, Lao, Tibetan, Burmese, Khmer, Han, kana), and Hangul,
which writes particles onto its words. A full-text index takes a whole run of these for one word."""

_KEPT = 8192


def is_scanned(text: str) -> bool:
    """Whether a text is looked for sign by sign: it holds no word, or a script that does not part words."""
    return bool(_UNSPACED.search(text)) or not any(map(str.isalnum, text))


def holds(field: str, text: str, *, prefix: bool = False) -> bool:
    """Whether the words of a text stand in a field, one right after the other.

    Args:
        field: where to look: a name, a title.
        text: what to look for.
        prefix: whether the last word may go on.
    """
    if is_scanned(text):
        return text in field
    return (_folded(text) + ("" if prefix else " ")) in _folded(field) + " "


@lru_cache(_KEPT)
def _folded(text: str) -> str:
    """The words of a text, each with a blank before it."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).casefold()
    return "".join(f" {word}" for word in re.findall(r"[^\W_]+", plain))
