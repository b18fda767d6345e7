"""Incoming bytes to an article's own words: page text, a verdict on every part of it, and Markdown.

Cleaning never edits. It divides the page text into segments that cover it exactly, each to be kept,
doubted or dropped, with a reason and the rule that said so; the Markdown is made of what is not dropped.
"""

from collections.abc import Sequence

from reader.clean.decode import decode
from reader.clean.language import with_language
from reader.clean.metadata import combined, from_fields, from_lines, read_headers
from reader.clean.overrides import overruled
from reader.clean.plain.cleaner import CLEANER, HEADER_RULE, judge
from reader.clean.plain.writing import kept_lines, plain_markdown, unwrapped
from reader.clean.recurring import page_lines, recurring_marks
from reader.clean.repairs import repairs_of
from reader.errors import InputError
from reader.model import Cleaned, Incoming, PageLines, Recurring, Segment

__all__ = ["clean", "read_lines"]

_LONGEST = 4_000_000
"""No plain or Markdown text that is longer, in code points, is taken for an article; no novel is."""


def clean(
    incoming: Incoming, *, recurring: Recurring | None = None, overrides: Sequence[Segment] = ()
) -> Cleaned:
    """Decode, divide, judge and write down one piece of news.

    Args:
        incoming: the bytes and what the container says of them.
        recurring: the lines that recur across its source, where they are known.
        overrides: verdicts that stand whatever the rules say, sorted and apart: what a person decided. In a
            page or a Markdown file they are of whole lines of the page text.

    Raises:
        InputError: when there is no text in it: binary, empty, or beyond the limits.
    """
    text, encoding = decode(incoming.raw, incoming.encoding)
    if incoming.media != "html" and len(text) > _LONGEST:
        raise InputError(
            f"it holds {len(text) / 1e6:.0f} million characters, which is no article: "
            f"split it into pieces of at most {_LONGEST // 1_000_000} million"
        )
    if incoming.media == "html" and incoming.fragment:
        from reader.clean.page.fragment import clean_fragment

        return clean_fragment(text, encoding, incoming.metadata, recurring, overrides)
    if incoming.media == "html":
        from reader.clean.page.cleaner import clean_html

        return clean_html(text, encoding, incoming.metadata, recurring, overrides)
    if incoming.media == "markdown":
        from reader.clean.markdown import clean_markdown

        return clean_markdown(text, encoding, incoming.metadata, recurring, overrides)
    return _clean_plain(text, encoding, incoming, recurring, overrides)


def _clean_plain(
    text: str, encoding: str, incoming: Incoming, recurring: Recurring | None, overrides: Sequence[Segment]
) -> Cleaned:
    segments = overruled(judge(text, recurring_marks(text, recurring)), overrides)
    headers = [text[segment.start : segment.end] for segment in segments if segment.rule == HEADER_RULE]
    repairs = repairs_of(text, segments)
    lines = unwrapped(kept_lines(text, segments, repairs))
    said = from_lines(lines)
    metadata, sources = combined(
        ("given", incoming.metadata), ("header line", from_fields(read_headers(headers))), ("text", said)
    )
    metadata, sources = with_language(metadata, sources, "\n".join(lines))
    return Cleaned(
        page_text=text,
        segments=segments,
        markdown=plain_markdown(lines, said.title),
        metadata=metadata,
        repairs=repairs,
        cleaner=CLEANER,
        encoding=encoding,
        sources=sources,
    )


def read_lines(incoming: Incoming) -> PageLines:
    """What is counted of a piece of news to tell what recurs across its source; nothing is judged.

    Raises:
        InputError: when there is no text in it.
    """
    text, _ = decode(incoming.raw, incoming.encoding)
    if incoming.media == "html":
        from reader.clean.page.blocks import read_page
        from reader.clean.page.tree import parse

        page = read_page(parse(text))
        text = page.text if page else ""
    return page_lines(text)
