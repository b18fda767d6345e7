"""Lists of key words: stretches of a line that have no sentence in them, in a text that is made of sentences.

Key words that are parted by spaces look like words, whatever they advertise. What gives them away is what
they lack: a document's sentences have a function word or a stop at every few words. A stretch without any is
looked at if it is long, or if several of its words have the shape of advertising. It is only ever doubted,
since it may be a list after all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reader.clean.plain.ground import Ground
from reader.clean.plain.tokens import Token
from reader.clean.plain.weights import EDGES, STRONG

LEAST = 7
"""So many tokens in a row without a function word or a stop are looked at."""

_DOUBT = 5.5
_AGAIN, _NOVEL, _KNOWN, _FIGURE = 1.0, 0.4, -0.4, -0.5
"""What a word counts that stands in the stretch again, that stands nowhere else in the document, that does; a
number. Eleven new words without any sentence are less than the sum that is wanted."""
_STRONGEST = 2.5
_SHAPES = 4
"""So many tokens of a stretch with the shape of advertising, if none is beyond doubt by itself."""
_ALONE = 8.0
"""The least score of a token whose shape is the only one in its stretch: one host name that a sentence was
glued to is less."""

_VARIETY, _FIGURES = 5, 0.15
"""A table's row that was joined says few words again and again, or many numbers."""


def may_hold_list(words: Sequence[str], breaks: set[str], evidence: Mapping[str, float]) -> bool:
    """Whether a line holds a stretch that could be a list of key words if none of its words were known."""
    shaped = sum([evidence[word] for word in words if word in evidence]) >= _DOUBT
    begin = 0
    for index in [index for index, word in enumerate(words) if word in breaks] + [len(words)]:
        if (index - begin >= LEAST - 1 and _most(words[begin : index + 1], evidence) >= _DOUBT) or (
            shaped and sum([evidence.get(word, 0.0) for word in words[begin : index + 1]]) >= _DOUBT
        ):
            return True
        begin = index + 1
    return False


def _most(stretch: Sequence[str], evidence: Mapping[str, float]) -> float:
    counts = Counter(map(str.lower, stretch))
    return sum(
        (value if (value := evidence.get(word, 0.0)) >= STRONG else 0.0)
        + (_AGAIN if counts[word.lower()] > 1 else _NOVEL)
        for word in stretch
    )


def word_lists(text: str, tokens: Sequence[Token], ground: Ground) -> Iterator[tuple[int, int]]:
    """The stretches of a line that are lists of key words, as offsets into the text, in order."""
    begin = 0
    for index in range(len(tokens) + 1):
        if index < len(tokens) and not _breaks(text, tokens[index], ground):
            continue
        # A stop ends a stretch with its own token.
        end = index if index == len(tokens) or tokens[index].claimed or not tokens[index].word else index + 1
        stretch = tokens[begin:end]
        if len(stretch) >= LEAST or any(token.score > 0 for token in stretch):
            around = (
                begin > 0 and tokens[begin - 1].claimed,
                end < len(tokens) and tokens[end].claimed and not _has_capital(text, tokens[end]),
            )
            if found := _shaped(text, stretch, ground, around) or _weighed(stretch, ground, around):
                yield found
        begin = index + 1


def _has_capital(text: str, token: Token) -> bool:
    """Whether a sentence begins with a function word: what stands before it is none of that sentence's."""
    return text[token.start : token.end].lstrip(EDGES)[:1].isupper()


def _breaks(text: str, token: Token, ground: Ground) -> bool:
    if not token.breaks or (token.word in ground.function and not token.claimed):
        return False
    return token.ends or not text[token.end : token.end + 1].islower()


def _weighed(stretch: Sequence[Token], ground: Ground, claimed: tuple[bool, bool]) -> tuple[int, int] | None:
    """The part of a stretch from the first to the last token that counts for it, if its sum is great.

    What stands beside a function word is its sentence's, until something stands there that is more than new.

    Args:
        stretch: the tokens.
        ground: what the document's own prose is made of.
        claimed: whether a function word stands before the stretch, and after it.
    """
    if len(stretch) < LEAST:
        return None
    counts = Counter(token.word for token in stretch)
    weights = [_weight(token, counts, ground) for token in stretch]
    figures = sum(weight == _FIGURE for weight in weights)
    if len(counts) < _VARIETY or figures > _FIGURES * len(weights):
        return None
    firm = [index for index, weight in enumerate(weights) if weight >= _AGAIN]
    new = [index for index, weight in enumerate(weights) if weight > 0]
    starts, ends = (firm if beside else new for beside in claimed)
    if not starts or not ends:
        return None
    first, last = starts[0], ends[-1]
    if sum(weights[first : last + 1]) < _DOUBT:
        return None
    return stretch[first].start, stretch[last].end


def _shaped(
    text: str, stretch: Sequence[Token], ground: Ground, claimed: tuple[bool, bool]
) -> tuple[int, int] | None:
    """The part of a stretch that its shapes show to be advertising, however short it is.

    Args:
        text: the page text.
        stretch: the tokens.
        ground: what the document's own prose is made of.
        claimed: whether a function word stands before the stretch, and after it.
    """
    shapes = [
        index
        for index, token in enumerate(stretch)
        if token.score > 0 and (index or not claimed[0] or token.weight.structural)
    ]
    weights = [stretch[index].weight for index in shapes]
    if (
        not any(weight.structural for weight in weights)
        and sum(not weight.rule for weight in weights) < _SHAPES
    ):
        # Words of the lexicon alone may be an article's subject.
        return None
    if sum(stretch[index].score for index in shapes) < (_DOUBT if len(shapes) > 1 else _ALONE):
        return None
    first, last = shapes[0], shapes[-1]

    def is_beside(index: int) -> bool:
        """Whether a token beside the shapes is new to the document, and begins no sentence of it."""
        token = stretch[index]
        return token.word not in ground.known and (index < first or not text[token.start].isupper())

    while first and not claimed[0] and is_beside(first - 1):
        first -= 1
    while last + 1 < len(stretch) and not claimed[1] and is_beside(last + 1):
        last += 1
    return stretch[first].start, stretch[last].end


def _weight(token: Token, counts: Counter[str], ground: Ground) -> float:
    if token.score >= STRONG:
        return min(token.score, _STRONGEST)
    if not any(map(str.isalpha, token.word)):
        return _FIGURE
    if counts[token.word] > 1:
        return _AGAIN if token.word not in ground.known else 0.0
    return _KNOWN if token.word in ground.known else _NOVEL
