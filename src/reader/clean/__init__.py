"""Incoming bytes to an article's own words: page text, a verdict on every part of it, and Markdown.

Cleaning never edits. It divides the page text into segments that cover it exactly, each to be kept,
doubted or dropped, with a reason and the rule that said so; the Markdown is made of what is not dropped.
"""

from reader.clean.decode import decode
from reader.clean.metadata import from_fields, from_lines, header_lines, normalised, preferred
from reader.clean.plain import CLEANER, Mark, cover, judge
from reader.clean.writing import kept_lines, plain_markdown
from reader.model import Cleaned, Incoming

__all__ = ["clean"]


def clean(incoming: Incoming) -> Cleaned:
    """Decode, divide, judge and write down one piece of news.

    Args:
        incoming: the bytes and what the container says of them.

    Raises:
        InputError: when there is no text in it: binary, empty, or beyond the limits.
    """
    text, encoding = decode(incoming.raw, incoming.encoding)
    if incoming.media == "html":
        from reader.clean.html import clean_html

        return clean_html(text, encoding, incoming.metadata)
    if incoming.media == "markdown":
        from reader.clean.markdown import clean_markdown

        return clean_markdown(text, encoding, incoming.metadata)
    return _clean_plain(text, encoding, incoming)


def _clean_plain(text: str, encoding: str, incoming: Incoming) -> Cleaned:
    headers = header_lines(text)
    body = headers[-1].end if headers else 0
    if not text[body:].strip():
        headers, body = [], 0
    marks = [
        Mark(header.start, header.end, "drop", f"read as the {header.field}", "header.line")
        for header in headers
    ]
    marks += [
        Mark(segment.start + body, segment.end + body, segment.verdict, segment.reason, segment.rule)
        for segment in judge(text[body:])
        if segment.verdict != "keep"
    ]
    segments = cover(text, marks)
    lines = kept_lines(text, segments)
    said = from_lines(lines)
    metadata = preferred(
        normalised(incoming.metadata), from_fields({header.field: header.value for header in headers}), said
    )
    return Cleaned(
        page_text=text,
        segments=segments,
        markdown=plain_markdown(lines, said.title),
        metadata=metadata,
        cleaner=CLEANER,
        encoding=encoding,
    )
