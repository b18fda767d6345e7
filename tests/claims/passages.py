"""Makes texts for the tests of this room."""

from reader.claims.finder import Finder
from reader.claims.found import Proposal
from reader.model import Block, BlockKind, Canonical, Span


def canonical(text: str) -> Canonical:
    """A text whose blocks are parted by empty lines; ``#`` before one makes a heading of it."""
    blocks, parts, at = [], [], 0
    for paragraph in text.split("\n\n"):
        kind: BlockKind = "heading" if paragraph.startswith("#") else "paragraph"
        part = paragraph.removeprefix("#").strip()
        blocks.append(Block(at, at + len(part), kind))
        parts.append(part)
        at += len(part) + 2
    return Canonical("\n\n".join(parts), tuple(blocks), ())


def proposed(text: str, quote: str = "") -> Proposal:
    """Whose words a quote of a text is proposed to be; without one, the words of its first block."""
    made = canonical(text)
    block = made.blocks[0]
    span = Span(block.start, block.end)
    if quote:
        start = made.text.index(quote)
        span = Span(start, start + len(quote))
    return Finder(made).proposal(span)


def kinds(text: str) -> list[tuple[str, ...]]:
    """The kinds of the claims in a text, one after the other."""
    return [tuple(reason.kind for reason in claim.reasons) for claim in Finder(canonical(text)).claims()]
