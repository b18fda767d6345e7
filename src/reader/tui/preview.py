"""The beginning of the article under the cursor, beside the list."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.model import ArticleRow, Block
from reader.tui.fit import fit
from reader.tui.palette import Palette

LENGTH = 1800
"""Code points of an article's beginning that are read for the preview."""
_EDGE = 3


class Preview(Widget):
    """Title, source and date, then the beginning of the text, wrapped and cut to the room there is."""

    ALLOW_SELECT = False

    def __init__(self, palette: Palette, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._row: ArticleRow | None = None
        self._lead = ""
        self._lines: list[tuple[str, str]] = []
        self._made_for = (-1, -1)

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        self._palette = palette
        self.refresh()

    def show(self, row: ArticleRow | None, lead: str) -> None:
        """Show an article's beginning, or nothing."""
        if (row, lead) != (self._row, self._lead):
            self._row, self._lead = row, lead
            self._made_for = (-1, -1)
            self.refresh()

    def _make(self) -> None:
        from reader.text.layout import Layout
        from reader.text.visible import visible, visible_line

        width, height = max(4, self.size.width - 2 * _EDGE), self.size.height
        self._lines = [("", "text")]

        def wrap(text: str, kind: str) -> None:
            blocks, at = [], 0
            for part in text.split("\n\n"):
                blocks.append(Block(at, at + len(part), "paragraph"))
                at += len(part) + 2
            layout = Layout(text, blocks, width, cell_len)
            for row in range(len(layout)):
                self._lines.append((text[layout.starts[row] : layout.ends[row]], kind))

        if self._row is not None:
            wrap(visible_line(self._row.title) or "(no title)", "strong")
            facts = (self._row.source, self._row.published[:10])
            self._lines.append((fit(" · ".join(fact for fact in facts if fact), width), "dim"))
            self._lines.append(("", "text"))
            # Most texts begin with their own title, which stands here already.
            lead = self._lead.removeprefix(self._row.title).lstrip("\n")
            wrap(visible(lead), "text")
        self._lines = self._lines[:height]
        self._made_for = (self.size.width, self.size.height)

    def render_line(self, y: int) -> Strip:
        """The strip of one row."""
        if self._made_for != (self.size.width, self.size.height):
            self._make()
        palette, width = self._palette, self.size.width
        text, kind = self._lines[y] if y < len(self._lines) else ("", "text")
        paint = {"strong": palette.strong, "dim": palette.dim, "text": palette.text}[kind]
        gap = " " * (_EDGE - 1)
        filler = " " * max(0, width - _EDGE - cell_len(text))
        return Strip(
            [
                Segment("│", palette.faint),
                Segment(gap, palette.text),
                Segment(text, paint),
                Segment(filler, palette.text),
            ],
            width,
        ).adjust_cell_length(width, palette.text)
