"""An article's canonical text: what its Markdown says, in plain code points that spans are counted in.

Blocks are joined by two newlines. Within a block a run of white space is one space, as Markdown shows it; a
hard line break, and each line of a code block, is a newline. Only markup is left out: HTML is shown as it
stands, a row of a table is a block, a picture is its description in brackets. All of it is in normal form C.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

from reader.model import Block, BlockKind, Canonical, Run, Style

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

CANON_VERSION = 1
"""Raised when the same Markdown would give another text: offsets into the old one then no longer hold."""

_GAP = "\n\n"
_RULE = "───"
_BULLET = "• "
_BORDER = " | "
_TAB = 4

_DEEPEST = 17
"""How deep blocks may nest. The parser drops the text of what is 20 deep, and a list takes two of them."""

_STYLES = {
    "strong_open": Style.STRONG.value,
    "em_open": Style.EMPHASIS.value,
    "s_open": Style.STRIKE.value,
    "link_open": Style.LINK.value,
}

_Piece: TypeAlias = tuple[str, int]
"""Text with the union of the styles over it."""

_surrogates = re.compile("[\ud800-\udfff]").sub
_white_space = re.compile("[ \t\n\r]+").sub
_UNEVEN = ("  ", "\n", "\t", "\r")

_WHOLE = ("\r", "\x00", "```", "~~~", "]:")
"""Where one of these is, blocks are not told apart by empty lines alone: a fence may be open across them, and
what is in brackets may be defined anywhere."""
_between_blocks = re.compile("\n\n+").finditer
_structure = re.compile(r"(?:[ \t#>|:=+~`-]|\*(?:[ \t*]*$|[ \t])|_[ \t_]*$|[0-9]{1,9}[.)](?:[ \t]|$))").match
"""A line that begins as something else than a paragraph does."""
_heading = re.compile(r"(\#{1,6})[ ]([^\s#](?:[^\n]*[^\s#])?)", re.VERBOSE).fullmatch
_inline_markup = re.compile(r"[\\`*_\[<&~]").search


class _Token(Protocol):
    """What is read of one of the parser's tokens."""

    type: str
    tag: str
    content: str
    attrs: dict[str, str | int | float]

    @property
    def nesting(self) -> int:
        """1 where something begins, -1 where it ends, else 0."""

    @property
    def children(self) -> "Sequence[_Token] | None":
        """Of running text, its parts."""


def canonicalise(markdown: str) -> Canonical:
    """Sets Markdown (CommonMark with strikethrough and tables) as plain text with blocks and runs.

    Args:
        markdown: Any text; lone surrogates become U+FFFD.

    Returns:
        The text in NFC, its blocks, none of them empty, and the runs in which it is not plain.
    """
    setter = _Setter()
    try:
        markdown.encode()
    except UnicodeEncodeError:
        markdown = _surrogates("\ufffd", markdown)
    for part, running in _parts(markdown):
        if running:
            _set_running(setter, part)
        else:
            for token in _parser().parse(part):
                setter.take(token)
    return Canonical("".join(setter.parts), tuple(setter.blocks), tuple(setter.runs))


def _parts(markdown: str) -> Iterator[tuple[str, bool]]:
    """Stretches of Markdown that mean the same each alone, and whether one is a mere paragraph or heading.

    Most of the news is paragraphs, and the parser tries ten rules on each. What begins at the margin after an
    empty line stands in no list or quote that came before.
    """
    if any(mark in markdown for mark in _WHOLE):
        yield markdown, False
        return
    start = at = 0
    ends = [(match.start(), match.end()) for match in _between_blocks(markdown)]
    for end, following in [*ends, (len(markdown), len(markdown))]:
        part = markdown[at:end].strip("\n")
        if _is_running(part):
            if start < at:
                yield markdown[start:at], False
            yield part, True
            start = following
        at = following
    if start < at:
        yield markdown[start:], False


def _is_running(part: str) -> bool:
    """Whether it is nothing but a paragraph or a heading, without odd white space at its edges.

    Which of that is trimmed differs between versions of the parser.
    """
    edges = part[:1] + part[-1:]
    if not edges.isprintable() or " " in edges:
        return False
    return not any(map(_structure, part.split("\n"))) or bool(_heading(part))


def _set_running(setter: "_Setter", part: str) -> None:
    """Set a paragraph or a heading at the margin."""
    level = 0
    if heading := _heading(part):
        level, part = len(heading[1]), heading[2]
    if _inline_markup(part) or "  \n" in part:
        (token,) = _parser().parseInline(part)
        pieces = _pieces(token.children or ())
    else:
        pieces = [(part.replace("\n", " "), 0)]
    setter.running(pieces, level)


def text_sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # late: only what adds articles waits for it
    from markdown_it.rules_block import blockquote, list_block

    parser = (
        MarkdownIt("commonmark").enable(["strikethrough", "table"]).disable(["html_block", "html_inline"])
    )
    parser.block.ruler.at(
        "blockquote", _shallow(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.block.ruler.at("list", _shallow(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    return parser


def _shallow(rule: Callable[..., bool]) -> Callable[..., bool]:
    """A block rule that leaves to others, as plain text in the end, what is nested too deep."""
    from markdown_it.rules_block import StateBlock

    def shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < _DEEPEST and rule(state, start, end, silent)

    return shallow


class _Setter:
    """Sets blocks from the parser's tokens, one after the other."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self._length = 0
        self._level = 0
        self._quotes = 0
        self._numbers: list[int] = []
        """For each list the next block stands in, the number of its next item; -1 in one that has bullets."""
        self._marker = ""
        self._cells: list[list[_Piece]] | None = None
        """In a table's row, its cells so far."""
        self._header = 0

    def take(self, token: _Token) -> None:
        """Takes the next token of a block."""
        match token.type:
            case "inline":
                self._text(_pieces(token.children or ()))
            case "heading_open":
                self._level = int(token.tag[1])
            case "heading_close":
                self._level = 0
            case "fence" | "code_block":
                code = token.content.expandtabs(_TAB).strip("\n")
                self._block([(code, Style.CODE.value)] if code.strip(" \n") else [], "code")
            case "hr":
                self._block([(_RULE, 0)], "rule")
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "thead_open":
                self._header = Style.STRONG.value
            case "thead_close":
                self._header = 0
            case "tr_open":
                self._cells = []
            case "tr_close":
                self._row()
            case _:
                self._list(token)

    def running(self, pieces: list[_Piece], level: int) -> None:
        """Sets a paragraph, or a heading of a level, that stands in nothing."""
        self._level = level
        self._text(pieces)
        self._level = 0

    def _list(self, token: _Token) -> None:
        """Takes a token of a list's beginning, item or end."""
        match token.type:
            case "bullet_list_open":
                self._numbers.append(-1)
            case "ordered_list_open":
                self._numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._numbers.pop()
            case "list_item_open":
                number = self._numbers[-1]
                self._marker = _BULLET if number < 0 else f"{number}. "
                if number >= 0:
                    self._numbers[-1] += 1
            case "list_item_close":
                self._marker = ""

    def _text(self, pieces: list[_Piece]) -> None:
        """Sets running text: a cell's, a heading's or a paragraph's."""
        if self._cells is not None:
            self._cells.append([(piece, style | self._header) for piece, style in pieces])
        elif self._level:
            self._block(_collapsed(pieces), "heading")
        else:
            self._block(_collapsed(pieces), "item" if self._marker else "paragraph")

    def _row(self) -> None:
        """Sets a table's row."""
        cells, self._cells = self._cells or [], None
        if not any(piece.strip() for cell in cells for piece, _ in cell):
            return
        row: list[_Piece] = []
        for index, cell in enumerate(cells):
            row += ([(_BORDER, 0)] if index else []) + cell
        self._block(_collapsed(row), "table")

    def _block(self, pieces: list[_Piece], kind: BlockKind) -> None:
        """Adds a block, unless it is empty."""
        pieces = _composed(pieces)
        text = "".join(piece for piece, _ in pieces)
        if not text:
            return
        if self.blocks:
            self.parts.append(_GAP)
            self._length += len(_GAP)
        start = self._length
        self.parts.append(text)
        self._length += len(text)
        indent = len(self._numbers)
        self.blocks.append(Block(start, self._length, kind, self._level, self._quotes, indent, self._marker))
        self._marker = ""
        for piece, style in pieces:
            end = start + len(piece)
            if style and piece:
                last = self.runs[-1] if self.runs else None
                if last and last.end == start and last.style == style:
                    self.runs[-1] = Run(last.start, end, style)
                else:
                    self.runs.append(Run(start, end, style))
            start = end


def _pieces(tokens: Sequence[_Token]) -> list[_Piece]:
    """The pieces of running text."""
    pieces: list[_Piece] = []
    style = 0
    outer: list[int] = []
    for token in tokens:
        kind = token.type
        if kind in _STYLES:
            outer.append(style)
            style |= _STYLES[kind]
        elif token.nesting < 0:
            style = outer.pop()
        elif kind == "softbreak":
            pieces.append((" ", style))
        elif kind == "hardbreak":
            pieces.append(("\n", style))
        elif kind == "code_inline":
            pieces.append((token.content, style | Style.CODE.value))
        elif kind == "image":
            inside = _pieces(token.children or ())
            if any(piece.strip() for piece, _ in inside):
                pieces += [("[", style), *((piece, style) for piece, _ in inside), ("]", style)]
        else:
            pieces.append((token.content, style))
    return pieces


def _one_space(run: re.Match[str]) -> str:
    return "\n" if "\n" in run[0] else " "


def _collapsed(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with each run of white space as one space, or as one newline if it holds a hard break.

    None is left at the edges.
    """
    collapsed: list[_Piece] = []
    last = "\n"
    for raw, style in pieces:
        piece = _white_space(_one_space, raw) if any(space in raw for space in _UNEVEN) else raw
        if last == "\n":
            piece = piece.lstrip(" \n")
        elif last == " " and piece.startswith(" "):
            piece = piece[1:]
        elif last == " " and piece.startswith("\n"):
            before, before_style = collapsed[-1]
            collapsed[-1] = (before[:-1], before_style)
        if piece:
            collapsed.append((piece, style))
            last = piece[-1]
    if collapsed:
        piece, style = collapsed[-1]
        collapsed[-1] = (piece.rstrip(" \n"), style)
    return collapsed


def _composed(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces in NFC, such that their text is too when it is joined.

    What would compose across the edge of two pieces goes to the first of them. Each piece then begins with a
    code point that composes with nothing before it, and may be normalised by itself.
    """
    text = "".join(piece for piece, _ in pieces)
    if unicodedata.is_normalized("NFC", text):
        return pieces
    composed: list[_Piece] = []
    start = end = 0
    for piece, style in pieces:
        end += len(piece)
        stop = max(start, end)
        while stop < len(text) and stop > 0 and _composes(text[stop]):
            stop += 1
        composed.append((unicodedata.normalize("NFC", text[start:stop]), style))
        start = stop
    return composed


def _composes(character: str) -> bool:
    """Whether a character may compose with the one before it: a mark, a jamo, a vowel of Kirat Rai."""
    if character < "\u0300":
        return False
    return (
        unicodedata.category(character)[0] == "M"
        or "\u1160" <= character <= "\u11ff"
        or "\U00016d60" <= character <= "\U00016d6f"
    )
