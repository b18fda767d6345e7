"""From what came in to the article's own text: pure work, done in worker processes too."""

from collections.abc import Sequence
from dataclasses import replace

from reader.clean import clean
from reader.model import Canonical, Cleaned, Draft, Incoming, Recurring, Run, Segment, Span
from reader.text.align import align, doubt_runs
from reader.text.canonical import CANON_VERSION, canonicalise, text_sha256
from reader.text.similar import sketch
from reader.text.spans import stack


def read_clean(
    incoming: Incoming, recurring: Recurring | None = None, overrides: Sequence[Segment] = ()
) -> tuple[Cleaned, Canonical]:
    """Clean a piece of news and set the text that is left.

    Args:
        incoming: what came in.
        recurring: the lines that recur across its source.
        overrides: what a person decided; see `reader.clean.clean`.

    Raises:
        InputError: it holds no text.
    """
    cleaned = clean(incoming, recurring=recurring, overrides=overrides)
    return cleaned, canonicalise(cleaned.markdown)


def prepare(
    incoming: Incoming, recurring: Recurring | None = None, overrides: Sequence[Segment] = ()
) -> Draft:
    """Make everything of a piece of news that is stored with it; the arguments are those of `read_clean`.

    Raises:
        InputError: it holds no text.
    """
    cleaned, canonical = read_clean(incoming, recurring, overrides)
    links = align(canonical.text, cleaned.page_text, cleaned.segments, cleaned.repairs)
    doubtful = doubt_runs(links, cleaned.segments)
    if doubtful:
        canonical = canonical._replace(runs=_united((*canonical.runs, *doubtful)))
    maker = f"{cleaned.cleaner}+canon/{CANON_VERSION}"
    return Draft(
        incoming=incoming,
        cleaned=replace(cleaned, cleaner=maker),
        canonical=canonical,
        links=links,
        sha256=text_sha256(canonical.text),
        sketch=sketch(canonical.text),
    )


def _united(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Overlapping runs as runs that do not overlap, each with every style that covers it."""
    united = []
    for start, end, covering in stack([Span(run.start, run.end) for run in runs]):
        style = 0
        for index in covering:
            style |= runs[index].style
        united.append(Run(start, end, style))
    return tuple(united)
