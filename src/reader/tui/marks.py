"""What the page knows of an article's marks: pieces to paint, columns in the margin, notes beside them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.model import Annotation, Span
from reader.text.spans import levels, stack
from reader.tui.codebook import Codebook

LINKED = "⇄"
"""The sign of a mark's links, before their number."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A mark's sign in the margin of one row."""

    level: int
    """Its column: marks that overlap stand in different ones."""
    symbol: str
    label: int
    """The number of its label in the codebook, -1 where it bears no stance."""
    index: int
    """The mark's position among the article's."""


class Marks:
    """The marks of one article as the page draws them; made anew when one changes."""

    def __init__(
        self,
        annotations: Sequence[Annotation],
        codebook: Codebook,
        target: str,
        reader: str,
        links: Mapping[str, int] | None = None,
    ) -> None:
        """Take the article's annotations, ordered by start.

        Args:
            annotations: the annotations; those without a place in the text are left out.
            codebook: what their labels mean.
            target: the current target: a mark is drawn with its stance toward that where it has one, else
                with its first.
            reader: the id of the annotator who reads, whose own name goes without saying.
            links: how many links each annotation has, by id; those without any may be left out.
        """
        self.annotations = tuple([mark for mark in annotations if mark.anchor.status != "orphan"])
        self.spans = [annotation.span for annotation in self.annotations]
        self._codebook = codebook
        self._target = target
        self._links = links or {}
        self._reader = reader
        self.labels = [self._label(annotation) for annotation in self.annotations]
        self._levels = levels(self.spans)
        # Innermost last: of the marks over a piece, the shortest decides its colour.
        self._pieces = [
            (
                start,
                end,
                tuple(sorted(over, key=lambda index: self.spans[index].start - self.spans[index].end)),
            )
            for start, end, over in stack(self.spans)
        ]
        self._starts = [piece[0] for piece in self._pieces]

    def _label(self, annotation: Annotation) -> int:
        stance = annotation.stance_toward(self._target) or next(iter(annotation.stances), None)
        return -1 if stance is None else self._codebook.number(stance)

    def symbol(self, index: int) -> str:
        """The sign of a mark: its label's symbol, or a bar where it has no stance."""
        return self._codebook.symbol(self.labels[index])

    def flag(self, index: int) -> str:
        """A sign where a person has to look: ``!`` the place is a proposal, ``≠`` the words have changed."""
        anchor = self.annotations[index].anchor
        return "!" if anchor.status == "review" else "≠" if anchor.changed else ""

    def pieces(self, start: int, end: int) -> list[tuple[int, int, tuple[int, ...]]]:
        """The marked pieces that share text with ``[start, end)`` and the marks over each, innermost last."""
        first = max(0, bisect_right(self._starts, start) - 1)
        found = []
        for position in range(first, len(self._pieces)):
            piece = self._pieces[position]
            if piece[0] >= end:
                break
            if piece[1] > start:
                found.append(piece)
        return found

    def tabs(self, start: int, end: int) -> list[Tab]:
        """The signs in the margin of a row that shows ``[start, end)``, by column."""
        over = sorted({index for _, _, indices in self.pieces(start, end) for index in indices})
        tabs = [Tab(self._levels[index], self.symbol(index), self.labels[index], index) for index in over]
        for index in over:
            if sign := self.flag(index):
                tabs.append(Tab(self._levels[index] + 1, sign, self.labels[index], index))
        return sorted(tabs, key=lambda tab: tab.level)

    def at(self, offset: int) -> list[int]:
        """The marks that hold this code point, innermost last."""
        for start, end, over in self.pieces(offset, offset + 1):
            if start <= offset < end:
                return list(over)
        return []

    def exactly(self, span: Span) -> int | None:
        """The reader's own mark with just this span, or None: another's is only changed when it is picked."""
        for index, annotation in enumerate(self.annotations):
            if annotation.span == span and annotation.annotator.id == self._reader:
                return index
        return None

    def index_of(self, annotation_id: str) -> int | None:
        """The position of a mark by its id, or None."""
        for index, annotation in enumerate(self.annotations):
            if annotation.id == annotation_id:
                return index
        return None

    def beside(self, index: int) -> str:
        """The note beside a mark: stances, holder, comment; the current target goes without saying."""
        return self._told(index, self._target)

    def about(self, index: int) -> str:
        """All that a mark says, in one line."""
        return self._told(index, "")

    def _told(self, index: int, known: str) -> str:
        annotation = self.annotations[index]
        stances = ", ".join(
            self._codebook.label(stance).name
            + (f" → {stance.target}" if stance.target and stance.target != known else "")
            for stance in annotation.stances
        )
        anchor, links = annotation.anchor, self._links.get(annotation.id, 0)
        flag = {"!": f"! is it here? {round(100 * anchor.score)} %", "≠": "≠ its words have changed"}
        # Before what may be long, since the end is cut where there is no room.
        other = annotation.annotator.id != self._reader
        parts = [
            flag.get(self.flag(index), ""),
            f"by {annotation.annotator.name}" if other else "",
            stances,
            annotation.holder,
            annotation.note,
            " ".join(f"#{tag}" for tag in annotation.tags),
            f"{LINKED} {links}" if links else "",
        ]
        return " · ".join(part for part in parts if part)
