"""A person's own verdicts: a run that cleaning hid is kept, one that it kept is dropped."""

from collections.abc import Sequence

from reader.clean.overrides import REASON, override, overruled
from reader.desk import Desk
from reader.desk.recleaning import fits, prepare_again
from reader.errors import InputError
from reader.model import Annotation, Article, Segment, Span
from reader.text.carrying import page_ranges


def keep(desk: Desk, article: Article, run: Span) -> Article:
    """Keep a stretch of an article's page text, which makes a new revision; undoable.

    Args:
        desk: the desk.
        article: as it is shown.
        run: in code points of the page text. In a page or a Markdown file it is taken as whole lines.

    Raises:
        InputError: there is nothing in it, or the original reads differently by now.
        ConflictError: the article shows another text by now.
    """
    return _decide(desk, article, run, keep=True)


def drop(desk: Desk, article: Article, run: Span) -> Article:
    """Drop a stretch of an article's page text; a mark whose words are all in it becomes an orphan.

    See `keep`, also for what it raises.
    """
    return _decide(desk, article, run, keep=False)


def borne(desk: Desk, article: Article, run: Span) -> tuple[Annotation, ...]:
    """The marks that lose words where a stretch of the page text is dropped."""
    links = desk.store.articles.links(article.revision_id)
    run = _widened(desk, article, run)
    return tuple(
        annotation
        for annotation in desk.store.annotations.of(article.id)
        if annotation.anchor.status != "orphan"
        and any(start < run.end and run.start < end for start, end in page_ranges(annotation.span, links))
    )


def _decide(desk: Desk, article: Article, run: Span, *, keep: bool) -> Article:
    segments = desk.store.articles.segments(article.revision_id)
    run = _widened(desk, article, run)
    if not desk.store.articles.page_text(article.revision_id)[run.start : run.end].strip():
        raise InputError("there is nothing here to keep or to drop")
    settled = overruled(segments, [override(*run, keep=keep)])
    # Every other verdict stands too, whatever the rules say by now: the person changed just this one.
    draft = prepare_again(desk.store.articles.incoming(article.revision_id), None, settled)
    fits(desk, article, draft)
    return desk.store.articles.revise(article, draft, _told(segments, run, keep=keep))


def _widened(desk: Desk, article: Article, run: Span) -> Span:
    """Whole lines where the text is set by blocks, of which none can be shown in part."""
    if desk.store.articles.media(article.revision_id) == "text":
        return run
    page_text = desk.store.articles.page_text(article.revision_id)
    start = page_text.rfind("\n", 0, run.start) + 1
    end = page_text.find("\n", max(start, run.end - 1))
    return Span(start, len(page_text) if end < 0 else end + 1)


def _told(segments: Sequence[Segment], run: Span, *, keep: bool) -> str:
    """The change in words, with the reason that is overruled."""
    reasons = {
        segment.reason
        for segment in segments
        if segment.start < run.end and run.start < segment.end and segment.reason not in ("", REASON)
    }
    why = f": {', '.join(sorted(reasons))}" if reasons and keep else ""
    return f"{'kept' if keep else 'dropped'} a run{why}"
