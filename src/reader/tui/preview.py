"""The beginning of the article under the cursor, beside the list."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as Paint
from textual.strip import Strip

from reader.model import ArticleRow, Block
from reader.tui.fit import fit
from reader.tui.painted import Painted
from reader.tui.palette import Palette

LENGTH = 1800
"""Code points of an article's beginning that are read for the preview."""
_EDGE = 3


class Preview(Painted):
    """Title, source and date, then the beginning of the text, wrapped and cut to the room there is."""

    ALLOW_SELECT = False

    def __init__(self, palette: Palette, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._row: ArticleRow | None = None
        self._lead = ""
        self._strips: list[Strip] = []
        self._made_for = (-1, -1)

    def set_palette(self, palette: Palette) -> None:
        """Take another theme's colours."""
        self._palette = palette
        self._made_for = (-1, -1)
        self.refresh()

    def show(self, row: ArticleRow | None, lead: str) -> None:
        """Show an article's beginning, or nothing."""
        before, self._row = self._row, row
        if lead != self._lead or _shown(row) != _shown(before):
            self._lead = lead
            self._made_for = (-1, -1)
            self.refresh()

    def _make(self) -> None:
        from reader.text.layout import Layout
        from reader.text.visible import visible, visible_line

        palette = self._palette
        width, height = max(4, self.size.width - 2 * _EDGE), self.size.height
        lines: list[tuple[str, Paint]] = [("", palette.text)]

        def wrap(text: str, paint: Paint) -> None:
            blocks, at = [], 0
            for part in text.split("\n\n"):
                blocks.append(Block(at, at + len(part), "paragraph"))
                at += len(part) + 2
            layout = Layout(text, blocks, width, cell_len)
            rows = min(len(layout), height)
            lines.extend((text[layout.starts[row] : layout.ends[row]], paint) for row in range(rows))

        if self._row is not None:
            wrap(visible_line(self._row.title) or "(no title)", palette.strong)
            tags = " ".join(f"#{tag}" for tag in self._row.tags)
            facts = (self._row.source, self._row.published[:10], tags)
            lines.append((fit(" · ".join(fact for fact in facts if fact), width), palette.dim))
            lines.append(("", palette.text))
            # Most texts begin with their own title, which stands here already.
            lead = self._lead.removeprefix(self._row.title).lstrip("\n")
            wrap(visible(lead), palette.text)
        lines += [("", palette.text)] * (height - len(lines))
        self._strips = [self._strip(text, paint) for text, paint in lines[:height]]
        self._made_for = (self.size.width, self.size.height)

    def _strip(self, text: str, paint: Paint) -> Strip:
        # Few segments: every change of style is some forty bytes for the terminal to read.
        width, used = self.size.width, _EDGE + cell_len(text)
        shown = " " * (_EDGE - 1) + text + " " * max(0, width - used)
        strip = Strip([Segment("│", self._palette.faint), Segment(shown, paint)], max(width, used))
        return strip if used <= width else strip.crop(0, width)

    def render_line(self, y: int) -> Strip:
        """The strip of one row."""
        if self._made_for != (self.size.width, self.size.height):
            self._make()
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self._palette.text)


def _shown(row: ArticleRow | None) -> tuple[str, ...]:
    return (row.title, row.source, row.published, *row.tags) if row else ()
