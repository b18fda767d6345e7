"""What the screens say of feeds, in one line."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.sources import Feed


def trouble_of(feed: "Feed") -> str:
    """What is wrong with a feed, in one line that begins with its name; empty where nothing is."""
    if feed.error:
        again = f" · asked again from {local(feed.next_at)}" if feed.next_at and not feed.retired else ""
        return f"{feed.title}: {feed.error}{again}"
    return f"{feed.title}: {'; '.join(feed.notes)}" if feed.notes else ""


def local(moment: str) -> str:
    """A time in UTC as a person's clock shows it, to the minute; ``–`` for none."""
    if not moment:
        return "–"
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
