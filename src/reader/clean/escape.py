"""Plain text as Markdown that means exactly that text."""

import re

_SPECIAL = re.compile(
    r"""
    [\\`*\[]                                   # escapes, code, emphasis, links and references
    | (?<![A-Za-z0-9])_ | _(?![A-Za-z0-9])       # emphasis; never inside a word
    | <(?=[A-Za-z/!?]|$)                         # HTML and autolinks
    | &(?=\#?\w*(?:;|$))                        # entities
    | ~(?=~|$) | (?<=~)~ | ^~                    # strikethrough and fences
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(
    r"""
    (?P<mark> \#{1,6}(?=\s|$) | > | [-+](?=\s|$) | =+(?=\s*$) | -{2,}(?=\s*$) | [-:|][-:|\s]*(?=$) )
    | (?P<number> \d{1,9} )(?P<dot> [.)])(?=\s|$)
    """,
    re.VERBOSE,
)


_CANDIDATE = re.compile(r"[\\`*\[_<&~]")
"""What every match of `_SPECIAL` begins with; a search for it alone is ten times as fast."""


def escape_inline(text: str) -> str:
    """The text with a backslash before each character that is markup inside a paragraph."""
    return _SPECIAL.sub(r"\\\g<0>", text) if _CANDIDATE.search(text) else text


def escape_line(line: str) -> str:
    """One line of a paragraph, also safe where Markdown looks at how a line begins."""
    return guard_start(escape_inline(line.strip()))


def guard_start(line: str) -> str:
    """A line whose inline markup is settled, safe where Markdown looks at how a line begins."""
    match = _LINE_START.match(line)
    if not match:
        return line
    at = match.start("dot") if match["dot"] else 0
    return f"{line[:at]}\\{line[at:]}"


def heading(text: str, level: int = 1) -> str:
    """The text as a heading of that level, 1 to 6."""
    escaped = escape_inline(" ".join(text.split()))
    closing = len(escaped) - len(escaped.rstrip("#"))
    if closing:
        # A heading's closing hashes are markup.
        escaped = f"{escaped[:-closing]}\\{escaped[-closing:]}"
    return f"{'#' * level} {escaped}"


HARD_BREAK = "\\\n"
"""A line break that stays one."""
