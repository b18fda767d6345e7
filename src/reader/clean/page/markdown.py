"""Markdown of a page's blocks, written from the page's own elements.

Extractors' own writers lose block quotes and much emphasis. Where Markdown cannot express a style (in the
middle of a word, beside another), the style is left out: the text comes first.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import urljoin

from reader.clean.escape import HARD_BREAK, escape_inline, guard_start
from reader.clean.page.blocks import Block, Container
from reader.clean.page.inline import BREAK, CELL, Inline

_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\\()\"'`\[\]*_|~&]|[^\x21-\x7e]")
_LONGEST_ADDRESS = 2000


def page_markdown(blocks: Sequence[Block], base: str) -> str:
    """The blocks as Markdown.

    Args:
        blocks: those to be written, in document order.
        base: the page's address, by which relative links are completed; they are plain text without it.
    """
    writer = _Writer(base)
    for table, rows in groupby(blocks, key=lambda block: block.table):
        if table:
            writer.table(list(rows))
        else:
            for block in rows:
                writer.block(block)
    return "\n".join(writer.lines) + "\n" if writer.lines else ""


class _Writer:
    """Keeps which lists and quotes are open while blocks are written one after another."""

    def __init__(self, base: str) -> None:
        self.lines: list[str] = []
        self._base = base
        self._open: tuple[Container, ...] = ()
        self._widths: dict[int, int] = {}
        self._lists: dict[int, tuple[int, bool]] = {}

    def block(self, block: Block) -> None:
        """Write one block that is no table row."""
        if block.is_image:
            image = block.pieces[0]
            address = self._address(image.image)
            if address:
                self._write([f"![{_escaped(image.text, in_link=True)}]({address})"], block.containers)
        elif block.verbatim:
            text = block.pieces[0].text
            fence = "`" * max(3, 1 + _longest_ticks(text))
            self._write([fence, *text.split("\n"), fence], block.containers)
        elif block.level:
            pieces = [piece._replace(text=" ") if piece.text == BREAK else piece for piece in block.pieces]
            title = self._inline(pieces)
            closing = len(title) - len(title.rstrip("#"))
            title = f"{title[:-closing]}\\{title[-closing:]}" if closing else title
            self._write([f"{'#' * block.level} {title}"], block.containers)
        else:
            lines = self._inline(block.pieces).split(HARD_BREAK)
            self._write(HARD_BREAK.join(map(guard_start, lines)).split("\n"), block.containers)

    def table(self, rows: Sequence[Block]) -> None:
        """Write the rows of one table; the first is its head, because Markdown has no table without one."""
        cells = [[self._inline(cell).replace("|", "\\|") for cell in _cells(row.pieces)] for row in rows]
        width = max(map(len, cells))
        written = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in cells]
        self._write([written[0], "|" + " --- |" * width, *written[1:]], rows[0].containers)

    def _write(self, lines: Sequence[str], containers: tuple[Container, ...]) -> None:
        """Write lines inside their quotes and items, after an empty line inside those that stay open."""
        shared = 0
        while (
            shared < min(len(containers), len(self._open)) and containers[shared].id == self._open[shared].id
        ):
            shared += 1
        opening = "".join(map(self._indent, containers[:shared]))
        if self.lines:
            self.lines.append(opening.rstrip())
        for depth in range(shared, len(containers)):
            opening += self._marker(containers[depth], depth)
        following = "".join(map(self._indent, containers))
        self.lines += [(following if at else opening) + line for at, line in enumerate(lines)]
        self._open = containers

    def _indent(self, container: Container) -> str:
        return " " * self._widths[container.id] if container.list_id else "> "

    def _marker(self, container: Container, depth: int) -> str:
        """What opens a container. Two lists in a row take different marks, or they would be one list."""
        if not container.list_id:
            return "> "
        last, flipped = self._lists.get(depth, (0, True))
        if last != container.list_id:
            flipped = not flipped
        self._lists[depth] = container.list_id, flipped
        if container.number:
            marker = f"{container.number}{')' if flipped else '.'} "
        else:
            marker = "* " if flipped else "- "
        self._widths[container.id] = len(marker)
        return marker

    def _inline(self, pieces: Iterable[Inline]) -> str:
        out = ""
        for href, linked in groupby(_merged(pieces), key=lambda piece: piece.href):
            parts = list(linked)
            address = self._address(href) if href else ""
            if (
                address
                and any(part.text.strip() for part in parts)
                and BREAK not in [part.text for part in parts]
            ):
                lead, parts, trail = _trimmed(parts)
                out += f"{lead}[{_styled(parts, '', in_link=True)}]({address}){trail}"
            else:
                out = _styled(parts, out)
        return out

    def _address(self, href: str) -> str:
        """A web address that Markdown can hold, or empty: no script, no file, nothing relative to nowhere."""
        try:
            address = urljoin(self._base, href.strip()) if self._base else href.strip()
        except ValueError:
            return ""
        if not address.lower().startswith(("http://", "https://")) or len(address) > _LONGEST_ADDRESS:
            return ""
        return _UNSAFE_IN_ADDRESS.sub(_safe, address)


def _safe(match: re.Match[str]) -> str:
    if match[0] == "&":
        return "&amp;"
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _cells(pieces: Sequence[Inline]) -> list[list[Inline]]:
    cells: list[list[Inline]] = [[]]
    for piece in pieces:
        if piece.text == CELL:
            cells.append([])
        else:
            cells[-1].append(piece)
    return [_trimmed(cell)[1] for cell in cells]


def _merged(pieces: Iterable[Inline]) -> list[Inline]:
    """The pieces with neighbours of one style joined."""
    out: list[Inline] = []
    for piece in pieces:
        if out and out[-1][1:] == piece[1:] and BREAK not in (piece.text, out[-1].text):
            out[-1] = out[-1]._replace(text=out[-1].text + piece.text)
        else:
            out.append(piece)
    return out


def _trimmed(pieces: list[Inline]) -> tuple[str, list[Inline], str]:
    """The space before, the pieces without the space at both edges, and the space after."""
    lead = trail = ""
    while pieces and not pieces[0].text.strip(" "):
        lead, pieces = " ", pieces[1:]
    while pieces and not pieces[-1].text.strip(" "):
        trail, pieces = " ", pieces[:-1]
    if pieces and pieces[0].text[0] == " ":
        lead, pieces = " ", [pieces[0]._replace(text=pieces[0].text.lstrip(" ")), *pieces[1:]]
    if pieces and pieces[-1].text[-1] == " ":
        trail, pieces = " ", [*pieces[:-1], pieces[-1]._replace(text=pieces[-1].text.rstrip(" "))]
    return lead, pieces, trail


def _styled(pieces: Sequence[Inline], out: str, *, in_link: bool = False) -> str:
    """`out` with the pieces after it, each in its style where Markdown can say so there."""
    for index, piece in enumerate(pieces):
        if piece.text == BREAK:
            out = out.rstrip(" ") + HARD_BREAK
            continue
        text = piece.text.strip(" ")
        lead = piece.text[: len(piece.text) - len(piece.text.lstrip(" "))]
        trail = piece.text[len(piece.text.rstrip(" ")) :] if text else ""
        after = trail[:1] or (pieces[index + 1].text[:1] if index + 1 < len(pieces) else "")
        out += lead
        mark = (
            ("**" if piece.strong else "") + ("*" if piece.emphasis else "") + ("~~" if piece.strike else "")
        )
        if text and piece.code and not out.endswith(("`", "\\")):
            out += _code(text)
        elif text and mark and _can_open(out[-1:], text[0]) and _can_close(text[-1], after):
            out += f"{mark}{_escaped(text, in_link=in_link)}{mark[::-1]}"
        else:
            out += _escaped(text, in_link=in_link)
        out += trail
    return out


def _escaped(text: str, *, in_link: bool) -> str:
    escaped = escape_inline(text)
    return escaped.replace("]", "\\]") if in_link else escaped


def _code(text: str) -> str:
    ticks = "`" * (1 + _longest_ticks(text))
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _longest_ticks(text: str) -> int:
    return max(map(len, re.findall(r"`+", text)), default=0)


def _can_open(before: str, first: str) -> bool:
    """Whether a delimiter opens here (CommonMark 6.2): not by another, nor between a letter and a stop."""
    if before in ("*", "~", "_", "\\", "`"):
        return False
    return not _is_punctuation(first) or not before or before.isspace() or _is_punctuation(before)


def _can_close(last: str, after: str) -> bool:
    if after in ("*", "~", "_") or last == "\\":
        return False
    return not _is_punctuation(last) or not after or after.isspace() or _is_punctuation(after)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
