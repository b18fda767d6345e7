"""Text inside a block of a page: its styles, and white space as a browser collapses it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

WHITE = " \t\n\r\f"
"""White space as HTML knows it; a no-break space is none."""

SPACE = re.compile(f"[{WHITE}]+")

BREAK = "\n"
"""A line break element; text nodes have none outside preformatted text once they are collapsed."""

CELL = "\t"
"""What parts the cells of a table's row."""


class Inline(NamedTuple):
    """A stretch of text set in one way."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    strike: bool = False
    href: str = ""
    image: str = ""
    """The address of an image; `text` is then its description, which is not part of the page text."""


def parted(pieces: list[Inline]) -> Iterator[list[Inline]]:
    """The pieces of each paragraph, where two line breaks in a row part them."""
    part: list[Inline] = []
    breaks = 0
    for piece in pieces:
        if piece.text == BREAK:
            breaks += 1
            if breaks == 2:
                yield part
                part = []
            elif breaks == 1:
                part.append(piece)
            continue
        if piece.text.strip() or piece.image:
            breaks = 0
        part.append(piece)
    yield part


def collapsed(pieces: list[Inline]) -> list[Inline]:
    """The pieces without white space at the block's edges, around breaks, or twice over their borders."""
    out: list[Inline] = []
    last = " "
    for piece in pieces:
        text = piece.text
        if text in (BREAK, CELL):
            while out and out[-1].text[-1:] == " ":
                trimmed = out[-1].text.rstrip(" ")
                out[-1:] = [out[-1]._replace(text=trimmed)] if trimmed else []
        elif last in " \n\t" and text[:1] == " ":
            text = text[1:]
        if text and not (text == "\n" and not out):
            out.append(piece if text is piece.text else piece._replace(text=text))
            last = text[-1]
    while out and out[-1].text[-1:] in (" ", "\n"):
        trimmed = out[-1].text.rstrip(" \n")
        out[-1:] = [out[-1]._replace(text=trimmed)] if trimmed else []
        if trimmed:
            break
    return out


def verbatim_text(pieces: list[Inline]) -> list[Inline]:
    """Preformatted text as one piece without style, less the empty lines around it."""
    text = "".join(piece.text for piece in pieces if not piece.image).replace("\r", "")
    return [Inline(text.strip("\n").rstrip())] if text.strip() else []
