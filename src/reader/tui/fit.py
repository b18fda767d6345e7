"""Text of unknown origin cut to cells: everything that a bar or a row shows passes through here."""

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style as Paint
from textual.strip import Strip

from reader.text.visible import visible_line


def fit(text: str, cells: int) -> str:
    """The text made visible and cut to at most so many cells, with an ellipsis where it was cut."""
    # A cell holds at least a part of a cluster; far longer text is cut before it is measured.
    shown = visible_line(text[: cells * 8 + 8])
    if cell_len(shown) <= cells and len(text) <= cells * 8 + 8:
        return shown
    return set_cell_size(shown, cells - 1).rstrip() + "…" if cells > 0 else ""


def pad(text: str, cells: int) -> str:
    """The text made visible, cut or filled with blanks to exactly so many cells."""
    return set_cell_size(fit(text, cells), max(0, cells))


def line(left: list[tuple[str, Paint]], right: list[tuple[str, Paint]], width: int, fill: Paint) -> Strip:
    """One line with something at each end; the left side gives way first."""
    end = _segments(right, width)
    end_cells = sum(cell_len(segment.text) for segment in end)
    room = width - end_cells - (1 if end else 0)
    start = _segments(left, room)
    gap = width - end_cells - sum(cell_len(segment.text) for segment in start)
    return Strip([*start, Segment(" " * gap, fill), *end], width)


def _segments(pieces: list[tuple[str, Paint]], room: int) -> list[Segment]:
    segments = []
    for text, paint in pieces:
        if room <= 0:
            break
        shown = fit(text, room)
        segments.append(Segment(shown, paint))
        if shown.endswith("…") and not text.endswith("…"):
            break
        room -= cell_len(shown)
    return segments
