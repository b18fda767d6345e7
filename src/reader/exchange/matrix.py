"""The matrix of sources by targets as pictures: in each cell a bar of its stances, their signs and counts.

A scheme has pictures of its own, since a sign means one thing in each.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from reader.model import Label
from reader.text.visible import visible_line

_SOURCES = 10
_TARGETS = 24
"""So many of each stand in one picture, which a printed page can hold; more make more pictures."""
_LEFT = 250
_HEAD = 130
_CELL_WIDE = 84
_CELL_HIGH = 40
_LONGEST = 38
"""Characters of a name that the margin has room for; the whole name is the title that a pointer shows."""
_FITS = 11
"""Characters that a cell has room for; more are drawn narrower."""
_COLOURS = {
    "support": "#2c7a3f",
    "oppose": "#b3342c",
    "question": "#b8860b",
    "discuss": "#4a6fa5",
    "mixed": "#7d4f9e",
    "unclear": "#8a8a8a",
}
"""By the colour roles of labels."""
_OTHER = "#555555"


class Matrix(NamedTuple):
    """What is drawn."""

    sources: Sequence[str]
    """The columns."""
    targets: Sequence[str]
    """The rows."""
    counts: Mapping[tuple[str, str], Counter[str]]
    """By source and target: how many stances of each code."""
    labels: Mapping[str, Label]
    """Those of the scheme, by code."""
    unsaid: str
    """What stands for the empty target."""


def drawn(matrix: Matrix) -> Iterator[str]:
    """The pictures as inline SVG."""
    most = max(cell.total() for cell in matrix.counts.values())
    for top in range(0, len(matrix.targets), _TARGETS):
        for left in range(0, len(matrix.sources), _SOURCES):
            part = matrix._replace(
                sources=matrix.sources[left : left + _SOURCES], targets=matrix.targets[top : top + _TARGETS]
            )
            yield from _picture(part, most)


def _picture(matrix: Matrix, most: int) -> Iterator[str]:
    wide = _LEFT + _CELL_WIDE * len(matrix.sources)
    # Names of columns lean to the right.
    right = wide + 70
    high = _HEAD + _CELL_HIGH * len(matrix.targets) + 4
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right} {high}" width="{right}"'
        f' height="{high}" role="img" font-size="12" fill="#111">'
    )
    yield "<title>Sources by targets, with the stances counted</title>"
    for column, source in enumerate(matrix.sources):
        x = _LEFT + _CELL_WIDE * column
        place = f"translate({x + 14} {_HEAD - 8}) rotate(-40)"
        yield f'<text transform="{place}">{_name(source, 24)}</text>'
    for row, target in enumerate(matrix.targets):
        y = _HEAD + _CELL_HIGH * row
        yield f'<text x="0" y="{y + 24}">{_name(target or matrix.unsaid, _LONGEST)}</text>'
        for column, source in enumerate(matrix.sources):
            x = _LEFT + _CELL_WIDE * column
            yield (
                f'<rect x="{x}" y="{y}" width="{_CELL_WIDE}" height="{_CELL_HIGH}" fill="none"'
                ' stroke="#bbb"/>'
            )
            if cell := matrix.counts.get((source, target)):
                yield from _cell(cell, matrix.labels, x, y, most)
    yield "</svg>"


def _cell(cell: Counter[str], labels: Mapping[str, Label], x: int, y: int, most: int) -> Iterator[str]:
    """A bar as long as the stances are many, divided among them; below it their counts."""
    at = x + 4.0
    told = []
    # In the scheme's own order; what it does not know comes last.
    for code in (*(code for code in labels if code in cell), *sorted(cell.keys() - labels.keys())):
        label = labels.get(code)
        width = (_CELL_WIDE - 8) * cell[code] / most
        colour = _COLOURS.get(label.colour, _OTHER) if label else _OTHER
        yield (
            f'<rect x="{at:.1f}" y="{y + 5}" width="{width:.1f}" height="10" fill="{colour}" stroke="#fff"/>'
        )
        at += width
        told.append(f"{label.symbol if label else code}{cell[code]}")
    counts = visible_line(" ".join(told))
    fitted = f' textLength="{_CELL_WIDE - 8}" lengthAdjust="spacingAndGlyphs"' if len(counts) > _FITS else ""
    yield f'<text x="{x + 4}" y="{y + 32}"{fitted}>{escape(counts)}</text>'


def _name(text: str, longest: int) -> str:
    whole = visible_line(text)
    short = whole if len(whole) <= longest else whole[: longest - 1] + "…"
    return escape(short) if short == whole else f"<title>{escape(whole)}</title>{escape(short)}"
