"""From a row of the layout to the strip that is drawn: margin signs, text, notes beside it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.model import Canonical, Run, Span
from reader.text.layout import Layout
from reader.text.navigator import Navigator
from reader.text.visible import visible
from reader.tui.fit import fit
from reader.tui.marks import Marks
from reader.tui.palette import Look, Palette

MARGIN = 5
"""Cells left of the text: four columns of signs and a blank."""
NOTES = 30
"""Cells wanted right of the text for the notes beside the marks."""
_JOINER = "\u200d"
LEAST_NOTES = 16
"""Fewer cells than this are no room for a note."""


class Sheet:
    """A text that is shown, with what the page asks of it; built once when an article is opened."""

    def __init__(self, canonical: Canonical) -> None:
        """Take an article's canonical text, or the view of its original."""
        self.canonical = canonical
        self.shown = visible(canonical.text)
        """What is drawn: code point for code point the text, with nothing in it that a terminal obeys."""
        self.navigator = Navigator(canonical)
        self._run_starts = [run.start for run in canonical.runs]

    def layout(self, width: int) -> Layout:
        """The text wrapped to so many cells."""
        return Layout(self.shown, self.canonical.blocks, width, cell_len)

    def runs(self, start: int, end: int) -> list[Run]:
        """The styled runs that share text with ``[start, end)``."""
        found = []
        runs = self.canonical.runs
        for position in range(max(0, bisect_right(self._run_starts, start) - 1), len(runs)):
            run = runs[position]
            if run.start >= end:
                break
            if run.end > start:
                found.append(run)
        return found


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where the text and the notes stand, in cells from the page's left edge."""

    width: int
    """Of a row, without the scroll bar."""
    text_left: int
    text_width: int
    notes_left: int
    notes_width: int

    @classmethod
    def of(cls, width: int, measure: int) -> "Geometry":
        """The text at its measure, centred, moved left as far as the notes beside it need."""
        text_width = max(4, min(measure, width - MARGIN - 1))
        centred = (width - text_width) // 2
        left = max(MARGIN, min(centred, width - text_width - 3 - NOTES))
        notes_left = left + text_width + 3
        room = width - notes_left - 1
        return cls(width, left, text_width, notes_left, min(room, 48) if room >= LEAST_NOTES else 0)


class Found:
    """The places that a search found in the text, sorted and apart."""

    def __init__(self, spans: Sequence[Span] = ()) -> None:
        """Take the places."""
        self._spans = spans
        self._starts = [span.start for span in spans]

    def within(self, start: int, end: int) -> list[Span]:
        """Those that share text with ``[start, end)``."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end)
        return [span for span in self._spans[first:last] if span.end > start]


NOWHERE = Found()


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over the text at this moment and moves with the caret."""

    caret: Span | None = None
    selection: Span | None = None
    sentence: Span | None = None
    found: Found = NOWHERE
    picked: int | None = None

    def touches(self, start: int, end: int) -> bool:
        """Whether any of it lies over ``[start, end)``; a picked mark is asked for by its span elsewhere."""
        spans = [span for span in (self.caret, self.selection, self.sentence) if span is not None]
        return any(span.start < end and span.end > start for span in spans) or bool(
            self.found.within(start, end)
        )


NOTHING = Overlay()


class Painter:
    """Paints the rows of one layout."""

    def __init__(self, sheet: Sheet, layout: Layout, geometry: Geometry, palette: Palette) -> None:
        """Take what the rows are made of."""
        self._sheet = sheet
        self._layout = layout
        self._geometry = geometry
        self._palette = palette

    def paint(self, row: int, marks: Marks, overlay: Overlay, note: tuple[str, int] | None) -> Strip:
        """The strip of one row, exactly as wide as the page. `note` is the note beside it and its label."""
        layout, geometry, palette = self._layout, self._geometry, self._palette
        start, end = layout.starts[row], layout.ends[row]
        segments = self._signs(row, marks, overlay)
        prefix = layout.prefix(row)
        used = 0
        if prefix:
            segments.append(Segment(prefix, palette.dim))
            used += cell_len(prefix)
        if not layout.is_blank(row):
            last = None
            for text, cells, look in self._text(row, start, end, marks, overlay):
                paint = palette.look(look)
                # Rich lets a joiner swallow what follows it in the same piece.
                if last is paint and not segments[-1].text.endswith(_JOINER):
                    segments[-1] = Segment(segments[-1].text + text, paint)
                else:
                    segments.append(Segment(text, paint))
                last = paint
                used += cells
        if overlay.caret is not None and self._past_text(row, end, overlay.caret):
            column = max(used, min(layout.column_of(row, overlay.caret.start), geometry.text_width))
            segments.append(Segment(" " * (column - used), palette.text))
            segments.append(Segment(" ", palette.look(Look(caret=True))))
            used = column + 1
        at = geometry.text_left + used
        if note is not None and geometry.notes_width:
            text = fit(note[0], geometry.notes_width)
            gap = max(0, geometry.notes_left - at)
            segments.append(Segment(" " * gap, palette.text))
            segments.append(Segment(text, palette.label(note[1])))
            at += gap + cell_len(text)
        if at < geometry.width:
            segments.append(Segment(" " * (geometry.width - at), palette.text))
        strip = Strip(segments, max(at, geometry.width))
        return strip if at <= geometry.width else strip.crop(0, geometry.width)

    def _past_text(self, row: int, end: int, caret: Span) -> bool:
        """Whether the caret is past the row's text: on the blank it was wrapped at, or on no text at all."""
        return caret.start >= end and self._layout.row_of(caret.start) == row

    def _signs(self, row: int, marks: Marks, overlay: Overlay) -> list[Segment]:
        palette, left = self._palette, self._geometry.text_left
        start, end = self._layout.starts[row], self._layout.ends[row]
        tabs = marks.tabs(start, end) if end > start else []
        if not tabs:
            return [Segment(" " * left, palette.text)]
        columns: dict[int, Segment] = {}
        last = MARGIN - 2
        for tab in tabs:
            # Marks that follow one another in a row have the same level: the later one moves on.
            column = next((free for free in range(tab.level, last + 1) if free not in columns), None)
            if column is None:
                columns[last] = Segment("…", palette.dim)
            else:
                begins = marks.spans[tab.index].start >= start
                paint = palette.label(tab.label, bold=begins or tab.index == overlay.picked)
                columns[column] = Segment(tab.symbol, paint)
        segments = []
        blanks = left - MARGIN
        # The first column stands next to the text.
        for level in range(MARGIN - 2, -1, -1):
            if (sign := columns.get(level)) is None:
                blanks += 1
                continue
            segments += [Segment(" " * blanks, palette.text), sign] if blanks else [sign]
            blanks = 0
        segments.append(Segment(" " * (blanks + 1), palette.text))
        return segments

    def _text(
        self, row: int, start: int, end: int, marks: Marks, overlay: Overlay
    ) -> list[tuple[str, int, Look]]:
        sheet, layout = self._sheet, self._layout
        clusters = layout.clusters(row)
        runs = sheet.runs(start, end)
        pieces = marks.pieces(start, end)
        block_index = layout.block_of(row)
        block = sheet.canonical.blocks[block_index] if block_index is not None else None
        heading = block is not None and block.kind == "heading"
        label = block is not None and block.kind == "label"
        over = [span for span in (overlay.caret, overlay.selection, overlay.sentence) if span is not None]
        found = overlay.found.within(start, end)
        over += found
        cuts = {start, end}
        for span_start, span_end in (
            *((run.start, run.end) for run in runs),
            *((piece[0], piece[1]) for piece in pieces),
            *over,
        ):
            if start < span_start < end:
                cuts.add(span_start)
            if start < span_end < end:
                cuts.add(span_end)
        if clusters is not None:
            cuts.update(stop for _, stop, _ in clusters if stop < end and sheet.shown[stop - 1] == _JOINER)
        points = sorted(cuts if clusters is None else {_snap(clusters, cut, end) for cut in cuts})
        out: list[tuple[str, int, Look]] = []
        for a, b in pairwise(points):
            text = sheet.shown[a:b]
            cells = b - a if clusters is None else sum(c for s, _, c in clusters if a <= s < b)
            covering = next((piece[2] for piece in pieces if piece[0] <= a < piece[1]), ())
            picked = overlay.picked is not None and overlay.picked in covering
            look = Look(
                style=next((run.style for run in runs if run.start <= a < run.end), 0),
                heading=heading,
                label=label,
                marks=_labels(covering, marks, overlay.picked if picked else None),
                picked=picked,
                sentence=_holds(overlay.sentence, a),
                selected=_holds(overlay.selection, a),
                found=any(_holds(span, a) for span in found),
                caret=_holds(overlay.caret, a),
            )
            out.append((text, cells, look))
        return out


def _labels(covering: Sequence[int], marks: Marks, picked: int | None) -> tuple[int, ...]:
    """The labels over a piece, the colour's last: the picked mark's, else the innermost's."""
    ordered = [index for index in covering if index != picked]
    if picked is not None:
        ordered.append(picked)
    return tuple(marks.labels[index] for index in ordered)


def _holds(span: Span | None, offset: int) -> bool:
    return span is not None and span.start <= offset < span.end


def _snap(clusters: Sequence[tuple[int, int, int]], offset: int, end: int) -> int:
    """The start of the cluster that holds an offset, so that a segment never begins inside one."""
    if offset >= end:
        return end
    index = bisect_right(clusters, offset, key=lambda cluster: cluster[0]) - 1
    return clusters[max(0, index)][0]
