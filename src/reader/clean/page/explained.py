"""What the vote on a page was made of, block by block: for those who ask why."""

from typing import NamedTuple

from reader.clean.decode import decode
from reader.clean.page.cleaner import judged_blocks
from reader.clean.page.tree import parse
from reader.clean.page.votes import hearsay, page_weights, probability
from reader.model import Incoming

_TOLD = 4
"""So many features of a block are told, those that weigh most."""


class BlockVote(NamedTuple):
    """One block of a page, and what speaks for and against its being the article's."""

    start: int
    end: int
    """In the page text."""
    likely: float
    """How likely the vote finds it the article's, 0 to 1."""
    extractors: tuple[str, ...]
    """Those that take it for the article."""
    features: tuple[tuple[str, float], ...]
    """The names and weights of what counted most, the weightiest first; positive speaks for the article."""


def block_votes(incoming: Incoming) -> tuple[BlockVote, ...]:
    """The votes on the blocks of a page that hold text; none where it is too large or nests too deeply.

    Raises:
        InputError: the page holds no text.
    """
    text, _ = decode(incoming.raw, incoming.encoding)
    found = judged_blocks(parse(text), incoming.metadata)
    if found is None or not any(block.features for block in found.blocks):
        return ()
    first, second = page_weights()
    heard = hearsay(found.blocks, [probability(first, block.features) for block in found.blocks])
    votes = []
    for block, said in zip(found.blocks, heard, strict=True):
        if not block.shown:
            continue
        features = {**block.features, **said}
        counted = [(name, second.get(name, 0.0) * value) for name, value in features.items()]
        counted.sort(key=lambda pair: -abs(pair[1]))
        extractors = ("trafilatura",) * block.core + ("readability",) * block.second
        votes.append(
            BlockVote(
                block.block.start,
                block.block.end,
                probability(second, features),
                extractors,
                tuple(counted[:_TOLD]),
            )
        )
    return tuple(votes)
