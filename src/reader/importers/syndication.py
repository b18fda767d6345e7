"""RSS 0.9x to 2.0 and Atom as they are found, also broken, through feedparser."""

import calendar
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from reader.errors import InputError
from reader.importers.entries import MAX_ENTRIES, Gathering
from reader.sources import Document, Fetched

_ENTRY = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)(?=[\s>])")
_ENTRY_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>")
_MAILED = re.compile(r"\s*[^\s()<>@]+@[^\s()<>@]+\s*\(([^()]*)\)\s*")
"""How RSS writes its authors: ``ada@tide.example (Ada Quill)``."""


def read(fetched: Fetched, now: str) -> Document | None:
    """Read a document; see `feed.read_feed`. None where it is neither RSS nor Atom.

    Raises:
        InputError: nothing of it can be read.
    """
    import feedparser

    body, left_out = _cut(fetched.body)
    charset = f"; charset={fetched.charset}" if fetched.charset else ""
    # Only ever a stream: text or bytes might be taken for the name of a file, or for an address.
    parsed = feedparser.parse(
        BytesIO(body),
        response_headers={
            # Not the type it came with: feedparser takes ``text/xml`` for ASCII, which RFC 7303 has ended.
            "content-type": f"application/xml{charset}",
            "content-location": fetched.url,
        },
        # The cleaner does both: it never passes on markup, and completes links by the entry's own address.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.version and not parsed.entries:
        return None
    feed: Any = parsed.feed
    if parsed.bozo and not parsed.entries and not feed.get("title"):
        raise InputError("it is damaged: nothing of it can be read as RSS or Atom")
    gathering = Gathering(fetched.url, now)
    everyone = _author(feed) if parsed.version.startswith("atom") else ""
    for entry in parsed.entries:
        _add(gathering, entry, everyone)
    gathering.leave_out(left_out)
    if parsed.bozo:
        gathering.notes.extend(_complaint(parsed.bozo_exception, parsed.encoding))
    return gathering.document(feed.get("title", ""), feed.get("link", ""))


def _cut(body: bytes) -> tuple[bytes, int]:
    """The document without the entries beyond the limit, and how many those are.

    feedparser takes some 5 KB of memory and a tenth of a millisecond for each, so they never reach it.
    """
    starts = [found.start() for found in _ENTRY.finditer(body)]
    if len(starts) <= MAX_ENTRIES:
        return body, 0
    ends = [found.end() for found in _ENTRY_END.finditer(body)]
    tail = body[ends[-1] :] if ends and ends[-1] > starts[-1] else b""
    return body[: starts[MAX_ENTRIES]] + tail, len(starts) - MAX_ENTRIES


def _add(gathering: Gathering, entry: Any, everyone: str) -> None:  # noqa: ANN401 - feedparser has no types
    texts = [str(content.get("value", "")) for content in entry.get("content", ())]
    texts.append(str(entry.get("summary", "")))
    # A plain look-up: feedparser's own answers for one date with the other, and warns of it.
    dates = {name: dict.get(entry, name) for name in ("published", "updated")}
    parsed = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    gathering.add(
        id_=str(entry.get("id", "")),
        url=str(entry.get("feedburner_origlink") or entry.get("link", "")),
        title=str(entry.get("title", "")),
        author=_author(entry) or everyone,
        written=str(dates["published"] or dates["updated"] or ""),
        published=_iso(parsed) if parsed else "",
        tags=[str(tag.get("term") or tag.get("label") or "") for tag in entry.get("tags", ())],
        texts=texts,
    )


def _author(fields: Any) -> str:  # noqa: ANN401 - feedparser has no types
    written = str(fields.get("author", ""))
    if found := _MAILED.fullmatch(written):
        # feedparser cuts such addresses in two where the domain ends in more than four letters.
        return found[1].strip()
    names = [str(author.get("name", "")) for author in fields.get("authors", ())]
    return ", ".join(dict.fromkeys(name for name in names if name)) or written


def _iso(parsed: Any) -> str:  # noqa: ANN401 - a time.struct_time in UTC, or what a hostile date made of it
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1000 else ""


def _complaint(error: object, encoding: str) -> list[str]:
    kind = type(error).__name__
    if kind in ("CharacterEncodingOverride", "CharacterEncodingUnknown"):
        return [f"its encoding is not the one it names: it was read as {encoding or 'well as can be'}"]
    line = getattr(error, "getLineNumber", lambda: None)()
    where = f" (line {line})" if line else ""
    return [f"it is not well-formed{where}: what could be read of it is here"]
