"""Texts to try things on: the characters of many scripts, and of none, in any order."""

from hypothesis import strategies as st

from reader.model import Block, Canonical

CHARACTERS = [
    *"abAB1 2.,!?…-—'\"“”‘’«»()[]",
    *"éßİ",
    "\u0301",  # combining acute
    "\u0323",  # combining dot below
    "\u200d",  # zero width joiner
    "\u200c",  # zero width non-joiner
    "\ufe0f",  # emoji presentation
    "\u00ad",  # soft hyphen
    "\u200b",  # zero width space
    "\u202e",  # right-to-left override
    *"👍🏽👨👩👧❤😀",
    *"🇫🇷🇩",
    *"漢字かな「」。、！ー",
    "\u3099",  # combining voicing mark
    *"각힣",
    *"\u1100\u1161\u11a8",  # conjoining jamo
    *"क्षि।",
    *"\u0b95\u0bcd",  # Tamil ka and virama
    *"ກำกิ",
    "\u102c",  # a Burmese vowel that is a cluster of its own and takes no cell
    "\u0600",  # Arabic number sign, which prepends
    *"سلام",
    "\u00a0",
    "\u3000",
]

characters = st.sampled_from(CHARACTERS) | st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")
lines = st.lists(characters | st.just(" "), min_size=1, max_size=40).map("".join)
paragraphs = st.lists(lines, min_size=1, max_size=3).map("\n".join)


def canonical_of(*texts: str) -> Canonical:
    """A canonical text of these paragraphs."""
    blocks: list[Block] = []
    start = 0
    for text in texts:
        blocks.append(Block(start, start + len(text), "paragraph"))
        start += len(text) + 2
    return Canonical("\n\n".join(texts), tuple(blocks), ())


canonicals = st.lists(paragraphs, min_size=1, max_size=4).map(lambda texts: canonical_of(*texts))
