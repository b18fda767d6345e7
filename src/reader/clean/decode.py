"""Bytes to text: the encoding is found, never guessed silently wrong where a file says what it is.

The order is the one of the HTML standard's encoding sniffing (byte order mark, then what the
container says, then what the document says), with strict UTF-8 before any statistics: bytes that
are valid UTF-8 and not ASCII are hardly ever anything else.
"""

import codecs
import re
from collections.abc import Iterator

from reader.errors import InputError

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "save its text as .txt and add that"),
    (
        b"PK\x03\x04",
        "a ZIP archive or an office document (DOCX, ODT, EPUB)",
        "save its text as .txt and add that",
    ),
    (b"\xd0\xcf\x11\xe0", "an old office document (DOC, XLS)", "save its text as .txt and add that"),
    (b"{\\rtf", "an RTF document", "save its text as .txt and add that"),
    (b"\x89PNG", "a PNG image", "add its text instead"),
    (b"\xff\xd8\xff", "a JPEG image", "add its text instead"),
    (b"GIF8", "a GIF image", "add its text instead"),
    (b"\x1f\x8b", "gzip data", "unpack it and add what is inside"),
    (b"SQLite format 3\x00", "an SQLite database", "export its text and add that"),
    (b"\x7fELF", "a program", "add a text file"),
)

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
"""How far a declaration is looked for, in bytes; the HTML standard says 1024, real pages say later."""

_AS_THE_WEB_MEANS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What browsers use where a page names the left side (WHATWG Encoding Standard, 4.2)."""

_NUL_SHARE = 0.01
"""More NULs than this share of the bytes is binary, once UTF-16 is ruled out."""

_NOT_WESTERN = re.compile(r"[^\W\d_][¹³¿¯£¥¼¾][^\W\d_]")
"""What Central European letters become in windows-1252: signs that stand in no word."""
_ASCII_SHARE = 0.7
"""Text of which more than this share is ASCII is in Latin letters, whatever its other bytes could mean."""

_SAMPLE = 64 * 1024
"""How many bytes are looked at where statistics decide."""

_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(raw: bytes, declared: str = "") -> tuple[str, str]:
    r"""The text of `raw`, and the name of the encoding it was read in.

    Args:
        raw: the bytes as they came in.
        declared: the encoding that the container fixed, or empty to look for one.

    Returns:
        The text without a byte order mark, with ``\n`` as its only line end and U+FFFD for NULs and
        lone surrogates, which no database column and no terminal can hold.

    Raises:
        InputError: when the bytes are empty, only white space, or no text at all.
    """
    if not raw.strip():
        raise InputError("there is no text in it: it is empty")
    _refuse_binary(raw)
    text, encoding = _decoded(raw, declared)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\ufffd", text)
    if not text.strip():
        raise InputError("there is no text in it: it holds only white space")
    return text, encoding


def _refuse_binary(raw: bytes) -> None:
    for signature, name, advice in _SIGNATURES:
        if raw.startswith(signature):
            raise InputError(f"it is {name}, not text: {advice}")


def _decoded(raw: bytes, declared: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace"), encoding
    for known in filter(None, map(_known, _declarations(raw, declared))):
        if (text := _strictly(raw, known)) is not None:
            return text, known
    wide = _wide(raw)
    if wide:
        return raw.decode(wide, errors="replace"), wide
    if raw.count(0) > len(raw) * _NUL_SHARE:
        raise InputError("it is binary data, not text: add a text, Markdown or HTML file")
    text = _strictly(raw, "utf-8")
    if text is not None:
        return text, "utf-8"
    return _by_statistics(raw)


def _declarations(raw: bytes, declared: str) -> Iterator[str]:
    yield declared
    yield _declared_inside(raw)


def _declared_inside(raw: bytes) -> str:
    found = _DECLARED.search(raw[:_DECLARED_WITHIN])
    return (found[1] or found[2]).decode("ascii", errors="replace") if found else ""


def _known(name: str) -> str:
    """The codec's own name for a declared encoding, as the web means it; empty for none or an unknown one."""
    try:
        codec = codecs.lookup(name.strip()).name if name.strip() else ""
    except (LookupError, ValueError):
        return ""
    known = _AS_THE_WEB_MEANS.get(codec, codec)
    if known.startswith(("utf-16", "utf-32")):
        # A declaration that could be read as ASCII is not in a wide encoding, whatever it says.
        return ""
    return known


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError, TypeError, AssertionError):
        # Codecs of the standard library that are not text encodings raise the last three.
        return None


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: in Latin text half of each pair of bytes is NUL."""
    sample = raw[:_SAMPLE]
    pairs = len(sample) // 2
    if pairs < 2 or len(raw) % 2:
        return ""
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high > pairs * 0.3 and low < pairs * 0.02:
        return "utf-16-le"
    if low > pairs * 0.3 and high < pairs * 0.02:
        return "utf-16-be"
    return ""


def _by_statistics(raw: bytes) -> tuple[str, str]:
    """What charset-normalizer finds likely; windows-1252 where it finds nothing or a rare Latin code page.

    News that is not UTF-8 and not declared is windows-1252 far more often than any of the DOS and Mac
    code pages that fit the same few accented bytes equally well; unless it would put a sign into a word.
    """
    import charset_normalizer

    western = raw.decode("cp1252", errors="replace")
    best = charset_normalizer.from_bytes(raw[:_SAMPLE]).best()
    if best is None:
        if _looks_binary(raw):
            raise InputError("it is binary data, not text: add a text, Markdown or HTML file")
        return western, "cp1252"
    encoding = _AS_THE_WEB_MEANS.get(best.encoding, best.encoding)
    mostly_ascii = sum(byte < 0x80 for byte in raw[:_SAMPLE]) > _ASCII_SHARE * len(raw[:_SAMPLE])
    if mostly_ascii and "\ufffd" not in western:
        if _NOT_WESTERN.search(western) and (central := _strictly(raw, "cp1250")) is not None:
            return central, "cp1250"
        return western, "cp1252"
    return raw.decode(encoding, errors="replace"), encoding


def _looks_binary(raw: bytes) -> bool:
    """Whether control characters stand where text has none."""
    sample = raw[:_SAMPLE]
    controls = sum(byte < 0x20 and byte not in b"\t\n\r\f\x1b" for byte in sample)
    return controls > len(sample) * 0.05
