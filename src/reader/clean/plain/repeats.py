"""What a text says twice: a paragraph copied with the page around it, a teaser that breaks off."""

from collections.abc import Sequence

from reader.clean.marks import Mark
from reader.clean.plain.outside import Line
from reader.clean.shapes import is_item

_LEAST = 80
"""No shorter line, in code points, is dropped for standing there again: a refrain, a short turn."""
_LEAST_UNSPACED = 30
_NEAR = 3
"""So many lines further on it is a copy; an article may say the same of several things far apart."""
_LEAST_TEASER = 40
_ELLIPSES = ("…", "...", "[…]", "[...]")


def repeats_of(lines: Sequence[Line]) -> list[Mark]:
    """The lines that stand in the text before, and the teasers that begin as another line does.

    Args:
        lines: all lines of the text that hold anything.
    """
    seen: dict[str, int] = {}
    again: list[bool] = []
    near: list[bool] = []
    for index, line in enumerate(lines):
        again.append(line.shown in seen)
        near.append(again[-1] and index - seen[line.shown] <= _NEAR)
        seen[line.shown] = index
    copied = _copied_end(lines, again)
    starts = {shown[:_LEAST_TEASER]: shown for shown in seen if len(shown) > _LEAST_TEASER}
    marks: list[Mark] = []
    for index, line in enumerate(lines):
        if line.own or line.settled or line.label or line.shown.startswith(">"):
            continue
        told = (near[index] or index >= copied) and not is_item(line.shown)
        if again[index] and told and (_is_long(line) or _stands_in_copy(lines, again, index)):
            marks.append(Mark(line.start, line.end, "drop", "repeated paragraph", "repeated.paragraph"))
        elif line.shown.endswith(_ELLIPSES) and _is_teaser(line.shown, starts):
            marks.append(
                Mark(line.start, line.end, "drop", "teaser of the article itself", "repeated.teaser")
            )
    return marks


def _copied_end(lines: Sequence[Line], again: Sequence[bool]) -> int:
    """The index from which on nothing is said that was not said before, labels aside."""
    index = len(lines)
    while index and (again[index - 1] or not lines[index - 1].prose):
        index -= 1
    return index


def _is_long(line: Line) -> bool:
    return len(line.shown) >= (_LEAST if " " in line.shown else _LEAST_UNSPACED)


def _stands_in_copy(lines: Sequence[Line], again: Sequence[bool], index: int) -> bool:
    """Whether the lines on both sides of a short one stand there again too, a long one among them."""
    around = [place for place in (index - 1, index + 1) if 0 <= place < len(lines)]
    return all(again[place] for place in around) and any(_is_long(lines[place]) for place in around)


def _is_teaser(shown: str, starts: dict[str, str]) -> bool:
    stem = shown.rstrip(".…[] ")
    whole = starts.get(stem[:_LEAST_TEASER], "") if len(stem) > _LEAST_TEASER else ""
    return whole != shown and len(whole) > len(stem) and whole.startswith(stem)
