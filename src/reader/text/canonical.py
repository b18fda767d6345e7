"""An article's canonical text: what its Markdown says, as plain text in NFC, with what is needed to draw it.

Offsets are assigned here and never change, so all that could move them later is settled first: line
breaks, tabs, runs of blanks, Unicode normalisation, lone surrogates.
"""

import hashlib
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from reader.model import Block, BlockKind, Canonical, Run, Style

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

CANON_VERSION = 1
"""Raised when the same Markdown would give another text: stored texts say which version made them."""

GAP = "\n\n"
"""What stands between two blocks."""
RULE = "───"
"""The text of a thematic break."""

_BLANKS = re.compile(r"[ \t\n\r]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_DEEPEST = 40
_DEEP_QUOTE = re.compile(rf"^((?: {{0,3}}>){{{_DEEPEST}}})(?=[ >]*>)", re.MULTILINE)
"""Block quotes nested deeper than the parser goes: what is quoted there would be lost."""
_STYLES = {
    "strong_open": Style.STRONG,
    "em_open": Style.EMPHASIS,
    "s_open": Style.STRIKE,
    "link_open": Style.LINK,
}


@cache
def _parser() -> "MarkdownIt":
    # Costs tens of milliseconds: only what adds articles pays for it.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 3 * _DEEPEST}).enable(["strikethrough", "table"])


def canonicalise(markdown: str) -> Canonical:
    """Set Markdown (CommonMark with strikethrough and tables) as plain text with blocks and runs.

    No character of the text is lost but markup: HTML stands as it is written, an image as ``[its text]``.
    Blanks collapse to one, a soft break is a blank, a hard break a newline inside its block; a table has a
    block for each row, its cells parted by `` | ``. Lone surrogates become U+FFFD.
    """
    source = _SURROGATES.sub("\ufffd", markdown)
    source = _DEEP_QUOTE.sub(r"\1\\", source)
    setter = _Setter()
    for token in _parser().parse(source):
        setter.take(token)
    return setter.result()


def text_sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class _Setter:
    """Collects blocks from the parser's tokens."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._quotes = 0
        self._lists: list[int | None] = []
        """Of each list the block stands in: the next item's number, None where items are not numbered."""
        self._marker = ""
        self._heading = 0
        self._cells: list[list[tuple[str, int]]] | None = None
        """The cells of the table row at hand."""
        self._header = False

    def take(self, token: "Token") -> None:
        """Take one block token."""
        kind = token.type
        if kind == "inline":
            self._inline(token)
        elif kind == "heading_open":
            self._heading = int(token.tag[1])
        elif kind == "heading_close":
            self._heading = 0
        elif kind in ("fence", "code_block"):
            self._block([(token.content.replace("\t", "    ").rstrip("\n"), Style.CODE)], "code")
        elif kind == "html_block":
            lines = [line.strip() for line in token.content.split("\n")]
            self._block([("\n".join(line for line in lines if line), 0)], "paragraph")
        elif kind == "hr":
            self._block([(RULE, 0)], "rule")
        elif kind == "blockquote_open":
            self._quotes += 1
        elif kind == "blockquote_close":
            self._quotes -= 1
        else:
            self._list_or_table(token)

    def _list_or_table(self, token: "Token") -> None:
        kind = token.type
        if kind == "bullet_list_open":
            self._lists.append(None)
        elif kind == "ordered_list_open":
            self._lists.append(int(token.attrs.get("start", 1)))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif kind == "list_item_open":
            number = self._lists[-1]
            self._marker = "• " if number is None else f"{number}. "
            if number is not None:
                self._lists[-1] = number + 1
        elif kind == "list_item_close":
            self._marker = ""
        elif kind in ("thead_open", "thead_close"):
            self._header = kind == "thead_open"
        elif kind == "tr_open":
            self._cells = []
        elif kind == "tr_close":
            cells, self._cells = self._cells or [], None
            row: list[tuple[str, int]] = []
            for cell in cells:
                row += [(" | ", 0), *cell] if row else cell
            self._block(row, "table")

    def _inline(self, token: "Token") -> None:
        pieces = _pieces(token)
        if self._cells is not None:
            bold = Style.STRONG if self._header else 0
            self._cells.append([(text.replace("\n", " "), style | bold) for text, style in pieces])
        elif self._heading:
            self._block(pieces, "heading")
        else:
            self._block(pieces, "item" if self._lists else "paragraph")

    def _block(self, pieces: list[tuple[str, int]], kind: BlockKind) -> None:
        pieces = _normalised(_trimmed(pieces) if kind != "code" else pieces)
        text = "".join(piece for piece, _ in pieces)
        if not text:
            return
        if self._parts:
            self._parts.append(GAP)
            self._length += len(GAP)
        start = self._length
        self._blocks.append(
            Block(
                start,
                start + len(text),
                kind,
                self._heading,
                self._quotes,
                len(self._lists),
                self._marker,
            )
        )
        self._marker = ""
        at = start
        for piece, style in pieces:
            if style and piece:
                last = self._runs[-1] if self._runs else None
                if last is not None and last.end == at and last.style == style:
                    self._runs[-1] = Run(last.start, at + len(piece), style)
                else:
                    self._runs.append(Run(at, at + len(piece), int(style)))
            at += len(piece)
        self._parts.append(text)
        self._length = at

    def result(self) -> Canonical:
        """All that was collected."""
        return Canonical("".join(self._parts), tuple(self._blocks), tuple(self._runs))


def _pieces(token: "Token") -> list[tuple[str, int]]:
    """The text of an inline token, piece by piece with the styles over each."""
    pieces: list[tuple[str, int]] = []
    open_styles: list[int] = []
    style = 0
    for child in token.children or ():
        kind = child.type
        if kind == "text":
            pieces.append((child.content, style))
        elif kind == "softbreak":
            pieces.append((" ", style))
        elif kind == "hardbreak":
            pieces.append(("\n", style))
        elif kind in _STYLES:
            open_styles.append(style)
            style |= _STYLES[kind]
        elif kind.endswith("_close"):
            style = open_styles.pop() if open_styles else 0
        elif kind == "code_inline":
            pieces.append((child.content, style | Style.CODE))
        elif kind == "image":
            alt = "".join(text for text, _ in _pieces(child))
            pieces.append((f"[{alt}]" if alt.strip() else "", style))
        elif child.content:
            pieces.append((child.content, style))
    return pieces


def _trimmed(pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The pieces with runs of blanks collapsed, across pieces too, and none at the edges of a line."""
    text = "".join(piece for piece, _ in pieces)
    if "  " not in text and "\t" not in text and "\n" not in text and text == text.strip(" "):
        return pieces
    trimmed: list[tuple[str, int]] = []
    last = "\n"
    for piece, style in pieces:
        kept = _BLANKS.sub(lambda match: "\n" if "\n" in match[0] else " ", piece)
        if last in " \n":
            kept = kept.lstrip(" ") if last == "\n" or not kept.startswith("\n") else kept
        if kept:
            if kept[0] == "\n" and last == " ":
                _drop_last_blank(trimmed)
            trimmed.append((kept, style))
            last = kept[-1]
    while trimmed and not trimmed[-1][0].rstrip(" \n"):
        trimmed.pop()
    if trimmed:
        piece, style = trimmed[-1]
        trimmed[-1] = (piece.rstrip(" \n"), style)
        piece, style = trimmed[0]
        trimmed[0] = (piece.lstrip(" \n"), style)
    return trimmed


def _drop_last_blank(pieces: list[tuple[str, int]]) -> None:
    if pieces:
        piece, style = pieces[-1]
        pieces[-1] = (piece.removesuffix(" "), style)


def _normalised(pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The pieces in NFC as one text: a mark at a piece's start composes with the letter before it."""
    text = "".join(piece for piece, _ in pieces)
    if unicodedata.is_normalized("NFC", text):
        return pieces
    whole = unicodedata.normalize("NFC", text)
    cuts, at = [0], 0
    for piece, _ in pieces:
        at += len(piece)
        cuts.append(min(len(whole), len(unicodedata.normalize("NFC", text[:at]))))
    cuts[-1] = len(whole)
    return [
        (whole[cuts[index] : max(cuts[index], cuts[index + 1])], style)
        for index, (_, style) in enumerate(pieces)
    ]
