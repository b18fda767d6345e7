"""Markdown files: front matter is read, leftovers are dropped, the rest is kept as it is."""

import re
from collections.abc import Sequence

from reader.clean.language import with_language
from reader.clean.markdown_source import TAG_RULE, instead, read_source
from reader.clean.marks import Mark, cover, merged, overlaid
from reader.clean.metadata import combined, from_fields, from_lines
from reader.clean.overrides import overruled
from reader.clean.plain.cleaner import judge
from reader.clean.recurring import recurring_marks
from reader.model import Cleaned, Metadata, Recurring, Segment

CLEANER = "markdown/1"

_FRONT_MATTER = re.compile(
    r"\s*(?:---[ \t]*\n(?P<yaml>.{0,20000}?)\n(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?P<toml>.{0,20000}?)\n\+\+\+)[ \t]*(?:\n|$)",
    re.DOTALL,
)
_FIELD = re.compile(r"""([A-Za-z][\w -]{0,40}?)\s*[:=]\s*(.*)""")
_LIST_ITEM = re.compile(r"\s+-\s+(.+)|-\s+(.+)")
_HEADING = re.compile(r"\s{0,3}#\s+(.+?)\s*#*\s*$", re.MULTILINE)
_MARKUP = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|^\s{0,3}(?:#{1,6}|>)\s+|(?<!\\)[*`]|(?<!\w)_|_(?!\w)|\\(?=[^\w\s])"
)
_LINK_TEXT = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_LONGEST_LINE = 1000
"""How much of a line is read for a title or a byline, in code points."""


def clean_markdown(
    text: str,
    encoding: str,
    given: Metadata,
    recurring: Recurring | None = None,
    overrides: Sequence[Segment] = (),
) -> Cleaned:
    """Divide a Markdown file into segments; its Markdown is the text of what is not dropped.

    Args:
        text: the decoded file.
        encoding: the encoding it was read in.
        given: what the container says of it; it wins over the front matter.
        recurring: the lines that recur across its source, where they are known.
        overrides: verdicts that stand whatever the rules say.
    """
    front = _FRONT_MATTER.match(text)
    fields = read_front_matter(front["yaml"] or front["toml"] or "") if front else {}
    body = front.end() if front and fields else 0
    if not text[body:].strip():
        body = 0
    marks = [Mark(0, body, "drop", "front matter", "header.front-matter")] if body else []
    marks += [
        mark._replace(start=mark.start + body, end=mark.end + body)
        for mark in _judged(text[body:], recurring)
    ]
    segments = overruled(cover(text, marks), overrides)
    markdown = _remaining(text, segments)
    shown = [_bare(line) for line in markdown[: 60 * _LONGEST_LINE].split("\n", 60)[:60]]
    said = from_lines([line for line in shown if line])
    first = _HEADING.search(markdown[:4000])
    metadata, sources = combined(
        ("given", given),
        ("front matter", from_fields(fields)),
        ("heading", Metadata(title=_bare(first[1]) if first else "")),
        ("text", said),
    )
    metadata, sources = with_language(metadata, sources, markdown)
    return Cleaned(
        page_text=text,
        segments=segments,
        markdown=markdown,
        metadata=metadata,
        cleaner=CLEANER,
        encoding=encoding,
        sources=sources,
    )


def read_front_matter(content: str) -> dict[str, str]:
    """The ``key: value`` and ``key = "value"`` lines of a front matter; lists are joined by commas.

    Tolerant and not a YAML reader: what it does not understand it leaves out.
    """
    fields: dict[str, str] = {}
    last = ""
    for line in content.split("\n"):
        if item := _LIST_ITEM.fullmatch(line):
            value = _unquoted(item[1] or item[2])
            if last and value:
                fields[last] = f"{fields[last]}, {value}" if fields.get(last) else value
        elif field := _FIELD.fullmatch(line):
            last, value = field[1].strip(), field[2].strip()
            if value.startswith("[") and value.endswith("]"):
                value = ", ".join(_unquoted(part) for part in value[1:-1].split(",") if part.strip())
            fields[last] = "" if value in ("|", ">", "|-", ">-") else _unquoted(value)
        elif last and line[:1] in (" ", "\t") and line.strip():
            fields[last] = f"{fields[last]} {line.strip()}".strip()
    return fields


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        quote = value[0]
        return (
            value[1:-1]
            .replace(f"\\{quote}", quote)
            .replace("''" if quote == "'" else "\\\\", quote if quote == "'" else "\\")
        )
    return value.split(" #", 1)[0].rstrip()


def _judged(text: str, recurring: Recurring | None) -> list[Mark]:
    """The tags, and what the plain cleaner says of the text that is read: whole links, and no code."""
    source = read_source(text)
    if not source.visible.strip():
        return []
    marks: list[Mark] = []
    for segment in judge(source.visible, recurring_marks(source.visible, recurring)):
        if segment.verdict == "keep":
            continue
        start, end = source.whole(segment.start, segment.end)
        if start < end and not any(left < end and start < right for left, right in source.code):
            marks.append(Mark(start, end, *segment[2:]))
    drops = merged([*source.tags, *(mark for mark in marks if mark.verdict == "drop")])
    return overlaid(drops, merged([mark for mark in marks if mark.verdict == "doubt"]))


def _remaining(text: str, segments: Sequence[Segment]) -> str:
    out = ""
    was_cut = False
    for segment in segments:
        piece = text[segment.start : segment.end]
        if segment.verdict == "drop":
            if segment.rule.startswith(TAG_RULE):
                out += instead(
                    piece, segment.rule, out[-_LONGEST_LINE:], text[segment.end : segment.end + _LONGEST_LINE]
                )
            else:
                was_cut = True
            continue
        if was_cut and out[-1:].strip() and piece[:1].strip():
            out += "\n" if text[segment.start - 1] == "\n" else " "
        was_cut = False
        out += piece
    return out.strip("\n") + "\n" if out.strip() else ""


def _bare(line: str) -> str:
    """A line of Markdown without its markup, near enough for a title."""
    return " ".join(_MARKUP.sub("", _LINK_TEXT.sub(r"\1", line[:_LONGEST_LINE])).split())
