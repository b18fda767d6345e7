"""What a terminal may be sent: hostile and invisible characters shown as glyphs, one for one.

Every drawn text passes through `visible`. The result has a code point for each code point that came in, so
an offset into a text is an offset into what is drawn of it.
"""

import re

# The everyday characters of Latin, Greek, Cyrillic, Chinese, Japanese and Korean prose, none of which this
# module touches. A text of nothing else is told apart several times faster than it is searched.
_is_plain = re.compile(
    "[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u202f-\u205f"
    "\u20a0-\u20bf\u2100-\u27ff\u3000-\u3029\u3030-\u3096\u309b-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff9d]*"
).fullmatch
_is_plain_ascii = re.compile("[\n\x20-\x7e]*").fullmatch


def visible(text: str) -> str:
    r"""A text as it may be drawn: same length, code point for code point, nothing in it acts or hides.

    Controls become their pictures (``\n`` stays), bidi controls ⇄, a soft hyphen ‧, a line or paragraph
    separator ␤, other invisible characters ¦, a mark without a base ◌, surrogates and noncharacters U+FFFD.
    Joiners and variation selectors stay where a script or an emoji needs them.

    Args:
        text: Any text, lone surrogates included.

    Returns:
        The text with each such code point replaced by one of one cell; the text itself where there is none.
    """
    plain = _is_plain_ascii if text.isascii() else _is_plain
    if plain(text):
        return text
    # Its sets take longer to compile than the first screen takes to paint.
    from reader.text.glyphs import replacements

    pieces: list[str] = []
    drawn = 0
    for offset, glyph in replacements(text):
        pieces += text[drawn:offset], glyph
        drawn = offset + 1
    return "".join([*pieces, text[drawn:]]) if pieces else text


def visible_line(text: str) -> str:
    """The same for a field of one line, a title or a name: a newline is shown as ␊."""
    return visible(text).replace("\n", "\u240a")
