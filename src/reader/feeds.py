"""When a feed is asked again, and what is made of what it says: decisions only, nothing is done here."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from reader.sources import Feed, FullText, Missed

_FIRST_PAUSE = timedelta(minutes=15)
_LONGEST_PAUSE = timedelta(days=1)
_LONGEST_WAIT = timedelta(days=7)
"""A server may ask for no longer rest than this: beyond it a feed would look dead."""

MAX_PAGES = 50
"""Pages that are fetched for one feed in one refresh; the others come with the next."""

_SHORT = 400
"""Code points of text; news in brief is longer, a teaser shorter."""
_HEAD = 1500
"""Code points of markup in which most entries show that they are not short."""
_TAG = re.compile(r"<[^<>]*>")
_SAID = 80
"""Code points at the end of a text that may say that there is more."""
_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|&hellip;|&#8230;|&#x2026;)\W{0,6}$"
    r"|(?:read|continue)[ \w]{0,12}(?:more|reading|article|story)\W{0,12}$"
    r"|(?:mehr|weiterlesen|lire la suite|leer más|leggi tutto|lees verder|читать далее)\W{0,12}$",
    re.IGNORECASE,
)


def is_due(feed: Feed, now: str, *, named: bool) -> bool:
    """Whether a feed is asked now.

    One that was named is asked although it failed lately or is retired, but not before a server that wanted
    to be left alone says so.
    """
    asked_to_wait = feed.next_at > now
    if named:
        return not (asked_to_wait and feed.failures == 0)
    return not feed.retired and not asked_to_wait


def next_try(missed: Missed, failures: int, now: str) -> tuple[str, int]:
    """When a feed that gave nothing is asked again, and the failures to note.

    A wish of the server's counts as none; else the pause doubles with each failure.

    Args:
        missed: why nothing came.
        failures: how many times in a row nothing has come before.
        now: ISO 8601 in UTC.
    """
    moment = datetime.fromisoformat(now)
    wait = _wish(missed.retry_after, moment)
    if wait is not None and missed.status in (429, 503):
        return _iso(moment + min(wait, _LONGEST_WAIT)), 0
    failures += 1
    return _iso(moment + min(_FIRST_PAUSE * 2 ** min(failures - 1, 10), _LONGEST_PAUSE)), failures


def _wish(retry_after: str, now: datetime) -> timedelta | None:
    """What ``Retry-After`` says, as seconds or as a date (RFC 9110, 10.2.3)."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=int(text[:9]))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(moment - now, timedelta())


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def is_gone(missed: Missed) -> bool:
    """Whether the publisher says that there will never be anything again."""
    return missed.status == 410


def wants_page(full_text: FullText, html: str) -> bool:
    """Whether an entry with this text is to be completed from its page."""
    if full_text != "short":
        return full_text == "always"
    return _is_short(html) or bool(_CUT.search(_end(html)))


def _is_short(html: str) -> bool:
    # Most entries show it within a few lines; what is left of a tag that was cut would count as words.
    head = html[:_HEAD]
    if (tag := head.rfind("<")) > head.rfind(">"):
        head = head[:tag]
    return len(_words(head)) < _SHORT and len(_words(html)) < _SHORT


def _end(html: str) -> str:
    tail = html[-_HEAD // 2 :]
    cut, _, behind = tail.partition(">")
    words = _words(tail if "<" in cut else behind)
    return (words if len(words) > _SAID else _words(html))[-_SAID:]


def _words(html: str) -> str:
    return " ".join(_TAG.sub(" ", html).split())
