"""Where an article was found, and who else tells of the same event."""

from reader.desk import Desk
from reader.model import Article, Related, Source


def sources(desk: Desk, article: Article) -> tuple[Source, ...]:
    """The places at which an article was found, the first one first."""
    return desk.store.sources.of(article.id)


def related(desk: Desk, article: Article) -> tuple[Related, ...]:
    """Other accounts of the event that an article tells of, the nearest first.

    It takes some hundredths of a second, so it is asked for off the thread that deals with keys.
    """
    return desk.store.sources.related(article.id)
