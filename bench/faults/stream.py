"""What a program sent to a terminal, read strictly: everything that the program does not send itself is told.

A terminal is forgiving, and so is `pyte`; here each byte must be a character that may be drawn, an end of a
line, or a whole sequence of the few that Textual sends.
"""

import re
import unicodedata
from collections.abc import Iterator

_PARAMETERS = rb"(?:\d{1,3}(?:;\d{1,3})*)?"
_TEXTUAL = re.compile(
    rb"\x1b\[(?:"
    rb"(?P<style>" + _PARAMETERS + rb")m|"
    rb"(?P<row>\d{1,3});(?P<column>\d{1,3})H|"
    rb"\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]|"
    rb"\?(?:2026|2048)\$p|"
    rb">\d{1,2}u|<u"
    rb")|\x1b\]22;[a-z-]+\x07"
)
"""What Textual's driver and its painting send, and nothing else."""
_PALETTE = re.compile(rb"(?:^|;)[34]8;5;")
_BLINK = re.compile(rb"^[56]$")
_TEXT = re.compile(rb"[^\x00-\x1f\x7f]+")


def strange_on_screen(output: bytes, *, columns: int, rows: int) -> Iterator[str]:
    """What a full-screen program sent that Textual does not, each with what stands before it."""
    at = 0
    while at < len(output):
        if text := _TEXT.match(output, at):
            yield from _undrawable(text[0])
            at = text.end()
        elif output[at] in b"\r\n":
            at += 1
        elif sequence := _TEXTUAL.match(output, at):
            style, row, column = sequence["style"], sequence["row"], sequence["column"]
            if style and (_PALETTE.search(style) or any(map(_BLINK.match, style.split(b";")[:1]))):
                yield f"a style that is not the program's: {sequence[0]!r}"
            if row and (int(row) > rows or int(column) > columns):
                yield f"a place outside the screen: {sequence[0]!r}"
            at = sequence.end()
        else:
            yield f"{output[at : at + 24]!r} after {output[max(0, at - 40) : at]!r}"
            at += 1


def strange_in_lines(output: bytes) -> Iterator[str]:
    """What a command sent to a terminal beside characters, tabs and ends of lines."""
    for piece in re.split(rb"\r?\n|\t", output):
        yield from _undrawable(piece)


def _undrawable(piece: bytes) -> Iterator[str]:
    try:
        text = piece.decode()
    except UnicodeDecodeError as error:
        yield f"no UTF-8: {piece[error.start : error.start + 8]!r}"
        return
    for character in set(text):
        if _acts_or_hides(character):
            yield f"U+{ord(character):04X} in {text[:60]!a}"


def _acts_or_hides(character: str) -> bool:
    # By Unicode's own properties, not by the program's sets, which are what is looked into.
    category = unicodedata.category(character)
    if category == "Cf":
        return not _SEEN_FORMATS.match(character)
    noncharacter = category == "Cn" and (
        ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    )
    return noncharacter or category in ("Cc", "Cs", "Zl", "Zp")


_SEEN_FORMATS = re.compile("[\u200c\u200d\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Joiners, without which Persian, Hindi and emoji cannot be written, and signs that stand around numbers."""
