"""Which characters of a text must not be drawn as they are, and the glyphs that stand for them.

Loaded when a text holds anything that is not everyday prose. The sets follow Unicode's General_Category
(Cc, Cf), Default_Ignorable_Code_Point and Bidi_Control properties; what is let through is what UAX #29 and
RFC 5892 (appendix A.1 and A.2) name as the joiners' proper places.
"""

import re
import unicodedata

_CONTROL = "\x00-\x09\x0b-\x1f\x7f-\x9f"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SEPARATOR = "\u2028\u2029"
_SOFT_HYPHEN = "\u00ad"
_BROKEN = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_ASTRAL_BROKEN = "".join(chr((plane << 16) + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
"""The last two code points of each plane are noncharacters."""
_UNSEEN = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
)
_ASTRAL_UNSEEN = "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
_ASTRAL_UNSEEN += "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
_ALWAYS = _CONTROL + _BIDI + _SEPARATOR + _SOFT_HYPHEN + _BROKEN + _UNSEEN

# These are replaced only where they have nothing to act on.
_SELECTOR = "\u180b-\u180d\u180f\ufe00-\ufe0f"
_ASTRAL_SELECTOR = "\U000e0100-\U000e01ef"
_JOINER, _NON_JOINER = "\u200d", "\u200c"
_JAMO_TAIL = "\u1161-\u11ff\ud7b0-\ud7ff"

# Extended_Pictographic (UAX #51); the property is closed, code points for later emoji are in it already.
PICTOGRAPHS = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23f3"
    "\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618"
    "\u261d\u2620\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660"
    "\u2663\u2665\u2666\u2668\u267b\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa"
    "\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5"
    "\u26f7-\u26fa\u26fd\u2702\u2705\u2708-\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744"
    "\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07"
    "\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299\U0001f004\U0001f02c-\U0001f02f\U0001f094-\U0001f09f"
    "\U0001f0af\U0001f0b0\U0001f0c0\U0001f0cf\U0001f0d0\U0001f0f6-\U0001f0ff\U0001f170\U0001f171\U0001f17e"
    "\U0001f17f\U0001f18e\U0001f191-\U0001f19a\U0001f1af-\U0001f1e5\U0001f201-\U0001f20f\U0001f21a\U0001f22f"
    "\U0001f232-\U0001f23a\U0001f23c-\U0001f23f\U0001f249-\U0001f25f\U0001f266-\U0001f321\U0001f324-\U0001f393"
    "\U0001f396\U0001f397\U0001f399-\U0001f39b\U0001f39e-\U0001f3f0\U0001f3f3-\U0001f3f5\U0001f3f7-\U0001f3fa"
    "\U0001f400-\U0001f4fd\U0001f4ff-\U0001f53d\U0001f549-\U0001f54e\U0001f550-\U0001f567\U0001f56f\U0001f570"
    "\U0001f573-\U0001f57a\U0001f587\U0001f58a-\U0001f58d\U0001f590\U0001f595\U0001f596\U0001f5a4\U0001f5a5"
    "\U0001f5a8\U0001f5b1\U0001f5b2\U0001f5bc\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3\U0001f5dc-\U0001f5de"
    "\U0001f5e1\U0001f5e3\U0001f5e8\U0001f5ef\U0001f5f3\U0001f5fa-\U0001f64f\U0001f680-\U0001f6c5"
    "\U0001f6cb-\U0001f6d2\U0001f6d5-\U0001f6e5\U0001f6e9\U0001f6eb-\U0001f6f0\U0001f6f3-\U0001f6ff"
    "\U0001f7dc-\U0001f7f0\U0001f80c-\U0001f80f\U0001f848-\U0001f84f\U0001f85a-\U0001f85f\U0001f888-\U0001f88f"
    "\U0001f8ae\U0001f8af\U0001f8bc-\U0001f8bf\U0001f8c2-\U0001f8cf\U0001f8d9-\U0001f8ff\U0001f90c-\U0001f93a"
    "\U0001f93c-\U0001f945\U0001f947-\U0001f9ff\U0001fa58-\U0001fa5f\U0001fa6e-\U0001faff\U0001fc00-\U0001fffd"
)
# Letters and marks of the scripts whose shapes change at a joiner: Arabic to Mandaic, Indic to Myanmar,
# Khmer, Mongolian, insular South-East Asia's, Arabic's presentation forms, and those beyond the BMP.
_SHAPED = (
    "\u0620-\u065f\u066e-\u06d3\u06d5\u06ee-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17b3\u17b6-\u17ff"
    "\u1820-\u18af\u1a00-\u1aaf\u1b00-\u1c4f\ua840-\ua87f\ua8e0-\ua9df\uabc0-\uabff\ufb50-\ufdcf\ufe70-\ufefc"
    "\U00010a00-\U00010eff\U00011000-\U000114ff"
)
_CURSIVE = "\u0620-\u065f\u066e-\u06d3\u06d5\u06ee-\u08ff\u1820-\u18af\ufb50-\ufdcf\ufe70-\ufefc"
_VIRAMA = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d3b\u0d3c\u0d4d\u0dca\u0f84\u1039\u103a\u17d2"

# Pictographs that emoji sequences are mostly made of. A joiner between two of them needs no closer look.
_FACES = (
    "\U0001f400-\U0001f4fd\U0001f600-\U0001f64f\U0001f680-\U0001f6c5\U0001f90c-\U0001f93a"
    "\U0001f93c-\U0001f945\U0001f947-\U0001f9ff"
)
# Of what is beyond the BMP, the block of emoji is let through; the rest is looked at one by one, since a set
# that reaches there is searched range by range.
_suspects = re.compile(
    f"[{_ALWAYS}{_SELECTOR}{_NON_JOINER}{_JAMO_TAIL}\U00010000-\U0001efff{_ASTRAL_BROKEN}\U000e0000-\U0010ffff]"
    f"|{_JOINER}(?![{_FACES}])|(?<![{_FACES}]){_JOINER}"
).finditer
_is_harmless_astral = re.compile(f"[^\x00-\uffff{_ASTRAL_UNSEEN}{_ASTRAL_SELECTOR}{_ASTRAL_BROKEN}]").match
_line_starts = re.compile(
    "(?:\\A|\n)[^\x00-\u02ff\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u3400-\u9fff]"
).finditer

_is_selector = re.compile(f"[{_SELECTOR}{_ASTRAL_SELECTOR}]").match
_is_jamo_tail = re.compile(f"[{_JAMO_TAIL}]").match
_is_broken = re.compile(f"[{_BROKEN}{_ASTRAL_BROKEN}]").match
_takes_selector = re.compile(
    rf"[^\s{_ALWAYS}{_ASTRAL_UNSEEN}{_SELECTOR}{_ASTRAL_SELECTOR}{_JOINER}{_NON_JOINER}]"
).match
_takes_non_joiner = re.compile(f"[{_SHAPED}]").match
_takes_jamo_tail = re.compile(f"[\u1100-\u115e\ua960-\ua97c\uac00-\ud7a3{_JAMO_TAIL}]").match
_ends_word_part = re.compile(f"[{_VIRAMA}{_CURSIVE}]").match
_ends_pictograph = re.compile(f"[{PICTOGRAPHS}\ufe0f\U0001f3fb-\U0001f3ff]").match
_is_pictograph = re.compile(f"[{PICTOGRAPHS}]").match

_HIDDEN, _ALONE, _REPLACEMENT, _TURN = "\u00a6", "\u25cc", "\ufffd", "\u21c4"
_GLYPHS = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20) if code != 0x0A},
    "\x7f": "\u2421",
    **dict.fromkeys(map(chr, range(0x80, 0xA0)), "\u2426"),
    **dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", _TURN),
    **dict.fromkeys(_SEPARATOR, "\u2424"),
    _SOFT_HYPHEN: "\u2027",
}


def replacements(text: str) -> list[tuple[int, str]]:
    """The offsets of what must not be drawn as it is, in order, each with the glyph that stands for it."""
    found: dict[int, str] = {}
    for match in _line_starts(text):
        offset = match.end() - 1
        if _is_mark(text[offset]):
            found[offset] = _ALONE
    for match in _suspects(text):
        offset = match.start()
        # What is itself replaced is nothing to act on.
        before = text[offset - 1] if offset and offset - 1 not in found else "\n"
        glyph = _glyph(text, offset, before)
        if glyph:
            found[offset] = glyph
            # A mark after it would be drawn onto the glyph as if it belonged there.
            if offset + 1 < len(text) and _is_mark(text[offset + 1]):
                found[offset + 1] = _ALONE
    return sorted(found.items())


def _glyph(text: str, offset: int, before: str) -> str:
    """What is drawn for a suspect code point; empty where it stands in its proper place and is left alone."""
    character = text[offset]
    if _is_harmless_astral(character):
        return ""
    glyph = _GLYPHS.get(character)
    if glyph is not None:
        return glyph
    if _is_selector(character):
        return "" if _takes_selector(before) else _HIDDEN
    if character == _NON_JOINER:
        return "" if _takes_non_joiner(before) else _HIDDEN
    if character == _JOINER:
        joins = _ends_word_part(before) or (_ends_pictograph(before) and _is_pictograph(text, offset + 1))
        return "" if joins else _HIDDEN
    if _is_jamo_tail(character):
        return "" if _takes_jamo_tail(before) else _ALONE
    return _REPLACEMENT if _is_broken(character) else _HIDDEN


def _is_mark(character: str) -> bool:
    """Whether it combines with what stands before it; what this Python's Unicode data does not know may."""
    if "\U0001f3fb" <= character <= "\U0001f3ff":  # skin tones
        return True
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cn") and not _is_selector(character)
