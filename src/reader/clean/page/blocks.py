"""An HTML page as a sequence of blocks of text, each with the elements it stands in.

The page text is all text nodes in document order, white space collapsed as a browser does, one line a
block (a line break element and preformatted text keep theirs). Scripts, styles and templates are no text.
"""

from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from reader.clean.page.inline import BREAK, CELL, SPACE, WHITE, Inline, collapsed, parted, verbatim_text
from reader.clean.page.tree import DEEPEST

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "canvas", "audio",
    "video", "math", "textarea", "datalist", "map",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_STYLES = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "cite": "emphasis",
    "dfn": "emphasis",
    "var": "emphasis",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "s": "strike",
    "del": "strike",
    "strike": "strike",
}  # fmt: skip
_PLAIN = (False, False, False, False, "")
"""The fields of `Inline` after its text, where it is set in no style."""

_DEEPEST_CONTAINER = 8
"""Quotes and lists within each other beyond this many are drawn as if they were not there."""


class Container(NamedTuple):
    """A block quote or a list item that a block stands in."""

    id: int
    list_id: int
    """Of the list, for an item; 0 for a block quote."""
    number: int
    """The item's number in an ordered list, else 0."""


class Block(NamedTuple):
    """A paragraph-like piece of the page, or a row of a table of data."""

    start: int
    end: int
    element: HtmlElement
    """The nearest block element it stands in."""
    pieces: tuple[Inline, ...]
    containers: tuple[Container, ...]
    level: int
    """1 to 6 for a heading, else 0."""
    verbatim: bool
    """Preformatted: line breaks and spaces mean something."""
    table: int
    """The table that the block is a row of, or 0; its cells are parted by ``\\t`` in the page text."""

    @property
    def is_image(self) -> bool:
        """Whether the block is an image and no text."""
        return self.start == self.end


class Page(NamedTuple):
    """A parsed page."""

    tree: HtmlElement
    text: str
    blocks: tuple[Block, ...]


def read_page(tree: HtmlElement) -> Page | None:
    """The page's text and blocks; None where elements nest so deeply that the tree is not the whole page."""
    reader = _Reader(tree)
    if not reader.walk():
        return None
    return Page(tree, "".join(reader.text), tuple(reader.blocks))


class _Reader:
    """One walk over a tree, in document order and without recursion."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self.text: list[str] = []
        self.blocks: list[Block] = []
        self._length = 0
        self._pieces: list[Inline] = []
        self._look: tuple[bool, bool, bool, bool, str] = _PLAIN
        self._containers: list[Container] = []
        self._lists: list[list[int]] = []
        self._hrefs: list[str] = []
        self._counts = {"strong": 0, "emphasis": 0, "code": 0, "strike": 0, "pre": 0}
        self._level = 0
        self._table = 0
        self._in_row = False
        self._after_cell = False
        self._next = 1
        self._block: list[HtmlElement] = [tree]

    def walk(self) -> bool:
        """Read the whole tree; False where it nests too deeply."""
        depth = 0
        walker = etree.iterwalk(self.tree, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                depth += 1
                if depth > DEEPEST:
                    return False
                if tag in _SKIPPED:
                    walker.skip_subtree()
                else:
                    self._open(element, tag)
                    self._add(element.text)
            else:
                depth -= 1
                if tag not in _SKIPPED:
                    self._close(element, tag)
                if depth:
                    self._add(element.tail)
        self._flush()
        return True

    def _open(self, element: HtmlElement, tag: str) -> None:
        if tag in _BLOCKS:
            if self._in_row and tag in ("td", "th"):
                if self._after_cell:
                    self._pieces.append(Inline(CELL))
                self._after_cell = True
                self._block.append(element)
                return
            if not self._in_row:
                self._flush()
            self._block.append(element)
            self._enter(element, tag)
        elif tag == "br":
            self._pieces.append(Inline(BREAK if not self._in_row else " ", *self._look))
        elif tag == "img":
            self._image(element)
        elif tag == "a":
            self._hrefs.append((element.get("href") or "").strip())
            self._look = self._styles()
        elif tag in _STYLES:
            self._style(tag, 1)

    def _close(self, element: HtmlElement, tag: str) -> None:
        if tag in _BLOCKS:
            if self._in_row and tag != "tr":
                self._pieces.append(Inline(" "))
            else:
                self._flush()
            self._leave(tag)
            self._block.pop()
        elif tag == "a":
            self._hrefs.pop()
            self._look = self._styles()
        elif tag in _STYLES:
            self._style(tag, -1)

    def _enter(self, element: HtmlElement, tag: str) -> None:
        if tag == "blockquote":
            self._containers.append(Container(self._new_id(), 0, 0))
        elif tag in ("ul", "ol", "menu", "dir"):
            start = element.get("start", "1")
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
            self._lists.append([self._new_id(), first if tag == "ol" else 0])
        elif tag == "li":
            current = self._lists[-1] if self._lists else [self._new_id(), 0]
            self._containers.append(Container(self._new_id(), current[0], current[1]))
            if current[1]:
                current[1] += 1
        elif tag == "pre":
            self._counts["pre"] += 1
        elif tag[0] == "h" and tag[1:].isdigit():
            self._level = int(tag[1:])
        elif tag == "table":
            self._table = self._new_id() if not self._table and _is_data(element) else self._table
        elif tag == "tr" and self._table:
            self._in_row, self._after_cell = True, False

    def _leave(self, tag: str) -> None:
        if tag in ("blockquote", "li"):
            self._containers.pop()
        elif tag in ("ul", "ol", "menu", "dir"):
            self._lists.pop()
        elif tag == "pre":
            self._counts["pre"] -= 1
        elif tag[0] == "h" and tag[1:].isdigit():
            self._level = 0
        elif tag == "table":
            self._table = 0
        elif tag == "tr":
            self._in_row = False

    def _style(self, tag: str, change: int) -> None:
        self._counts[_STYLES[tag]] += change
        self._look = self._styles()

    def _styles(self) -> tuple[bool, bool, bool, bool, str]:
        """What text is set in here: the fields of `Inline` after its text."""
        counts = self._counts
        return (
            counts["strong"] > 0,
            counts["emphasis"] > 0,
            counts["code"] > 0,
            counts["strike"] > 0,
            self._hrefs[-1] if self._hrefs else "",
        )

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if not self._counts["pre"]:
            if not text.strip(WHITE):
                # Most text nodes are the line breaks between elements.
                if not self._pieces:
                    return
                text = " "
            else:
                text = SPACE.sub(" ", text)
        self._pieces.append(Inline(text, *self._look))

    def _image(self, element: HtmlElement) -> None:
        described = SPACE.sub(" ", element.get("alt") or "").strip()
        address = element.get("src") or element.get("data-src") or ""
        if described and address and not self._in_row:
            self._pieces.append(Inline(described, image=address))

    def _flush(self) -> None:
        """Make a block of what was gathered; a run of empty lines inside it parts two blocks."""
        if not self._pieces:
            return
        pieces, self._pieces = self._pieces, []
        verbatim = self._counts["pre"] > 0
        for part in [pieces] if verbatim else parted(pieces):
            self._block_of(part, verbatim=verbatim)

    def _block_of(self, pieces: list[Inline], *, verbatim: bool) -> None:
        images = [piece for piece in pieces if piece.image]
        if images:
            pieces = [piece for piece in pieces if not piece.image]
        words = verbatim_text(pieces) if verbatim else collapsed(pieces)
        shown = "".join(piece.text for piece in words)
        for image in images:
            self._append("", (image,), verbatim=False)
        if shown.strip():
            self._append(shown, tuple(words), verbatim=verbatim)

    def _append(self, shown: str, pieces: tuple[Inline, ...], *, verbatim: bool) -> None:
        if shown and self._length:
            self.text.append("\n")
            self._length += 1
        start = self._length
        self.text.append(shown)
        self._length += len(shown)
        self.blocks.append(
            Block(
                start,
                self._length,
                self._block[-1],
                pieces,
                tuple(self._containers[:_DEEPEST_CONTAINER]),
                self._level,
                verbatim,
                self._table if self._in_row else 0,
            )
        )

    def _new_id(self) -> int:
        self._next += 1
        return self._next


def _is_data(table: HtmlElement) -> bool:
    """Whether a table holds data rather than the layout of a page."""
    if (
        table.find(".//table") is not None
        or table.find(".//li") is not None
        or table.find(".//blockquote") is not None
    ):
        return False
    rows = table.findall(".//tr")
    cells = [len(row.findall("td")) + len(row.findall("th")) for row in rows[:50]]
    return len(rows) >= 2 and max(cells, default=0) >= 2 and len(table.findall(".//p")) <= sum(cells)
