"""From the theme to the styles that lines are painted with.

Colour is never the only carrier. With ``NO_COLOR`` there is none at all: the palette then speaks in
bold, underline, overline, italic and reverse.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rich.style import Style as Paint
from textual.app import App
from textual.color import Color

from reader.model import Style

_PLAIN_MARKS = (
    Paint(underline=True),
    Paint(underline2=True),
    Paint(overline=True),
    Paint(bold=True),
    Paint(italic=True),
    Paint(underline=True, overline=True),
    Paint(underline2=True, overline=True),
    Paint(underline=True, bold=True),
    Paint(underline2=True, italic=True),
)
"""How the nth label's marks are set without colour."""


class Look(NamedTuple):
    """Everything that decides the style of a piece of an article's text."""

    style: int = 0
    """`Style` bits of the run."""
    heading: bool = False
    label: bool = False
    """A line that the view of the original puts in between: not text of the page."""
    marks: tuple[int, ...] = ()
    """The labels (by number in the codebook, -1 for none) of the marks that cover it, innermost last."""
    picked: bool = False
    sentence: bool = False
    selected: bool = False
    found: bool = False
    caret: bool = False


class Palette:
    """The styles of one theme."""

    def __init__(self, app: App[None], roles: Sequence[str]) -> None:
        """Take the theme's colours; `roles` are the codebook's colours, which may come to be more."""
        self.plain = app.no_color
        variables = app.theme_variables
        self._background = _colour(variables.get("background"), "#16181c")
        self._foreground = _colour(variables.get("foreground"), "#d4d0c8")
        self._accent = _colour(variables.get("accent"), "#8ab4c8")
        self._lift = _colour(variables.get("panel"), "#23272e")
        self._roles = roles
        self._stances = {
            name.removeprefix("stance-"): _colour(value, self._accent.hex)
            for name, value in variables.items()
            if name.startswith("stance-")
        }
        self._looks: dict[Look, Paint] = {}
        self._paints: dict[Paint, Paint] = {}
        base, accent = self._background, self._accent
        self.text = self._paint(self._foreground, base)
        self.dim = self._paint(base.blend(self._foreground, 0.58), base, dim=True)
        self.faint = self._paint(base.blend(self._foreground, 0.32), base, dim=True)
        self.strong = self._paint(self._foreground, base, bold=True)
        self.accent = self._paint(accent, base, bold=self.plain)
        self.bar = self._paint(self._foreground, self._lift, reverse=self.plain)
        self.bar_dim = self._paint(self._lift.blend(self._foreground, 0.6), self._lift, reverse=self.plain)
        self.bar_strong = self._paint(self._foreground, self._lift, bold=True, reverse=self.plain)
        self.bar_accent = self._paint(accent, self._lift, bold=True, reverse=self.plain)
        self.warn = self._paint(_colour(variables.get("error"), "#e07a7a"), base, bold=True)
        lit = base.blend(accent, 0.24)
        self.row = self._paint(self._foreground, lit, bold=True, reverse=self.plain)
        self.row_dim = self._paint(lit.blend(self._foreground, 0.7), lit, reverse=self.plain)
        self.row_accent = self._paint(accent, lit, bold=True, reverse=self.plain)

    def _paint(
        self,
        colour: Color,
        background: Color,
        *,
        bold: bool = False,
        dim: bool = False,
        reverse: bool = False,
    ) -> Paint:
        if self.plain:
            return Paint(bold=bold, dim=dim, reverse=reverse)
        return Paint(color=colour.rich_color, bgcolor=background.rich_color, bold=bold)

    def label(self, index: int, *, bold: bool = False, bar: bool = False) -> Paint:
        """The style of a label's symbol and name; -1 stands for a mark without a stance."""
        background = self._lift if bar else self._background
        return self._paint(self._label_colour(index), background, bold=bold, reverse=self.plain and bar)

    def _label_colour(self, index: int) -> Color:
        return self._stances.get(self._roles[index], self._accent) if index >= 0 else self._accent

    def look(self, look: Look) -> Paint:
        """The style of a piece of article text."""
        paint = self._looks.get(look)
        if paint is None:
            paint = self._plain_look(look) if self.plain else self._colour_look(look)
            # Looks that are drawn alike share one object, by which neighbouring pieces are joined.
            paint = self._looks[look] = self._paints.setdefault(paint, paint)
        return paint

    def _colour_look(self, look: Look) -> Paint:
        background, colour = self._background, self._foreground
        if look.sentence:
            background = background.blend(self._foreground, 0.07)
        if look.marks:
            background = background.blend(self._label_colour(look.marks[-1]), 0.62 if look.picked else 0.27)
            if look.picked:
                colour = background.get_contrast_text()
        if look.label:
            colour = self._accent
        elif look.style & (Style.DOUBT | Style.DROPPED | Style.REMOVED):
            colour = background.blend(colour, 0.5)
        elif look.style & (Style.LINK | Style.CODE | Style.ADDED) and not look.picked:
            colour = self._accent
        elif look.heading and not look.picked:
            colour = self._foreground
        if look.found:
            background, colour = background.blend(self._accent, 0.45), self._foreground
        if look.selected:
            background = self._background.blend(self._accent, 0.4)
            colour = self._foreground
        return Paint(
            color=colour.rich_color,
            bgcolor=background.rich_color,
            bold=bool(look.heading or look.style & (Style.STRONG | Style.ADDED) or look.picked),
            italic=bool(look.label or look.style & Style.EMPHASIS),
            strike=bool(look.style & (Style.STRIKE | Style.DROPPED | Style.REMOVED)),
            underline=len(look.marks) == 2 or bool(look.style & (Style.LINK | Style.ADDED)),
            underline2=len(look.marks) > 2,
            reverse=look.caret,
        )

    def _plain_look(self, look: Look) -> Paint:
        paint = Paint(
            bold=bool(look.heading or look.style & (Style.STRONG | Style.ADDED)) or None,
            italic=bool(look.label or look.style & Style.EMPHASIS) or None,
            strike=bool(look.style & (Style.STRIKE | Style.DROPPED | Style.REMOVED)) or None,
            dim=bool(look.style & (Style.DOUBT | Style.DROPPED)) or None,
            underline=bool(look.found or look.style & (Style.LINK | Style.ADDED)) or None,
        )
        for index in look.marks:
            paint += _PLAIN_MARKS[index % len(_PLAIN_MARKS)] if index >= 0 else Paint(underline=True)
        if look.picked or look.found:
            paint += Paint(bold=True)
        # The caret shows inside a selection too: the one cell that is not reversed.
        return paint + Paint(reverse=look.selected != look.caret)


def _colour(value: str | None, fallback: str) -> Color:
    try:
        colour = Color.parse(value or fallback)
    except ValueError:
        colour = Color.parse(fallback)
    return Color.parse(fallback) if colour.ansi is not None else colour
