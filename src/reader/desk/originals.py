"""The view of an original: its page text line by line, with each hidden or doubtful run named before it."""

from dataclasses import dataclass
from typing import NamedTuple

from reader.desk import Desk
from reader.model import Article, Block, Canonical, Link, Run, Segment, Span, Style, Verdict
from reader.text.align import to_page, to_text
from reader.text.carrying import page_ranges

_HEADS = {"drop": "hidden", "doubt": "doubtful", "keep": "kept"}
_STYLES = {"drop": Style.DROPPED, "doubt": Style.DOUBT}
_SIGNS = {"drop": "× ", "doubt": "? "}
"""What stands before each line of such a run, for those to whom striking and dimming look the same."""


class OriginalRun(NamedTuple):
    """A run of the original that is not simply kept: what can be decided upon as one."""

    view: Span
    """In the view, from the label that names it to its end."""
    page: Span
    """In the page text."""
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A page text laid out to be read beside the article made of it.

    The view's text is the page text without its blank lines, with a block of kind ``label`` put in
    before each run that was dropped or doubted; so its offsets are not the page text's, nor the article's.
    """

    canonical: Canonical
    """What is drawn: a block for each line of the page text, dropped and doubtful ones with their style."""
    segments: tuple[Segment, ...]
    """The verdicts, in page text offsets."""
    text_links: tuple[Link, ...]
    """Article text to page text."""
    view_links: tuple[Link, ...]
    """View text to page text."""
    runs: tuple[OriginalRun, ...]
    """What was dropped, doubted, or kept by hand; in order."""

    def to_view(self, offset: int) -> int:
        """The view's offset of an offset in the article's text, or the nearest one."""
        page = to_page(self.text_links, offset)
        view = None if page is None else to_text(self.view_links, page)
        return 0 if view is None else view

    def to_text(self, offset: int) -> int:
        """The article text's offset of an offset in the view, or the nearest one."""
        page = to_page(self.view_links, offset)
        text = None if page is None else to_text(self.text_links, page)
        return 0 if text is None else text

    def from_page(self, offset: int) -> int:
        """The view's offset of an offset in the page text, or the nearest one."""
        return to_text(self.view_links, offset) or 0

    def page_span(self, span: Span) -> Span | None:
        """From the first to the last code point of the page text in a span of the view; None if none is."""
        ranges = page_ranges(span, self.view_links)
        return Span(ranges[0].start, ranges[-1].end) if ranges else None

    def run_at(self, offset: int) -> OriginalRun | None:
        """The run that holds an offset of the view, its label included; None in what is simply kept."""
        return next((run for run in self.runs if run.view.start <= offset <= run.view.end), None)


def original(desk: Desk, article: Article) -> Original:
    """The view of an article's original: its page text with what was dropped or doubted, and why."""
    articles = desk.store.articles
    return original_view(
        articles.page_text(article.revision_id),
        articles.segments(article.revision_id),
        articles.links(article.revision_id),
    )


def original_view(page_text: str, segments: tuple[Segment, ...], text_links: tuple[Link, ...]) -> Original:
    """Lay out a page text.

    Args:
        page_text: the decoded original.
        segments: the verdicts that cover it, in order.
        text_links: the map from the article's text to the page text.
    """
    view = _View(page_text)
    last: Segment | None = None
    for segment in segments:
        spans = list(_lines(page_text, segment.start, segment.end))
        if not spans:
            continue
        if segment.rule and last and _same_run(last, segment):
            view.continue_run(segment)
        elif segment.rule:
            view.begin_run(segment)
        for start, end in spans:
            view.line(start, end, segment.verdict)
        if segment.rule:
            view.end_run()
        last = segment
    return Original(
        canonical=view.canonical(),
        segments=segments,
        text_links=text_links,
        view_links=tuple(view.links),
        runs=tuple(view.runs),
    )


def _same_run(one: Segment, other: Segment) -> bool:
    return (one.verdict, one.reason, one.rule) == (other.verdict, other.reason, other.rule)


def _lines(text: str, start: int, end: int) -> "list[tuple[int, int]]":
    """The lines within a range that are not blank, each without the white space at its edges."""
    spans = []
    at = start
    for line in text[start:end].split("\n"):
        bare = line.strip()
        if bare:
            first = at + len(line) - len(line.lstrip())
            spans.append((first, first + len(bare)))
        at += len(line) + 1
    return spans


class _View:
    """Collects the view's text, blocks, runs and links piece by piece."""

    def __init__(self, page_text: str) -> None:
        self.page_text = page_text
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.runs: list[OriginalRun] = []
        self.links: list[Link] = []
        self.styles: list[Run] = []
        self.length = 0

    def begin_run(self, segment: Segment) -> None:
        head = f"{_HEADS[segment.verdict]} · {segment.reason} · rule {segment.rule}"
        start, end = self._append(head)
        self.blocks.append(Block(start, end, "label"))
        page = Span(segment.start, segment.end)
        self.runs.append(OriginalRun(Span(start, end), page, segment.verdict))

    def continue_run(self, segment: Segment) -> None:
        run = self.runs[-1]
        self.runs[-1] = run._replace(page=Span(run.page.start, segment.end))

    def end_run(self) -> None:
        run = self.runs[-1]
        self.runs[-1] = run._replace(view=Span(run.view.start, self.blocks[-1].end))

    def line(self, start: int, end: int, verdict: Verdict) -> None:
        at, until = self._append(self.page_text[start:end])
        if sign := _SIGNS.get(verdict):
            self.blocks.append(Block(at, until, "item", indent=1, marker=sign))
            self.styles.append(Run(at, until, int(_STYLES[verdict])))
        else:
            self.blocks.append(Block(at, until, "paragraph"))
        self.links.append(Link(at, start, end - start))

    def canonical(self) -> Canonical:
        return Canonical("\n\n".join(self.parts), tuple(self.blocks), tuple(self.styles))

    def _append(self, text: str) -> tuple[int, int]:
        start = self.length
        self.parts.append(text)
        self.length = start + len(text) + 2
        return start, start + len(text)
