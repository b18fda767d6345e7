"""JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable, Mapping
from html import escape
from itertools import islice
from typing import Any

from reader.errors import InputError
from reader.importers.entries import MAX_ENTRIES, Gathering
from reader.sources import Document


def read(body: bytes, base: str, now: str) -> Document:
    """Read a document; see `feed.read_feed`.

    Raises:
        InputError: it is no JSON, or no JSON Feed.
    """
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError(f"it is damaged: it cannot be read as JSON ({error})") from error
    items = content.get("items") if isinstance(content, dict) else None
    version = content.get("version") if isinstance(content, dict) else None
    if not isinstance(version, str) or "jsonfeed.org/version" not in version or not isinstance(items, list):
        raise InputError("it is JSON, but no JSON Feed")
    gathering = Gathering(base, now)
    broken = 0
    for item in islice(items, MAX_ENTRIES):
        if isinstance(item, dict):
            _add(gathering, item, content)
        else:
            broken += 1
    gathering.leave_out(max(0, len(items) - MAX_ENTRIES))
    if broken:
        gathering.notes.append(f"{broken:,} of its items are none: passed over")
    return gathering.document(_text(content, "title"), _text(content, "home_page_url"))


def _add(gathering: Gathering, item: Mapping[str, Any], feed: Mapping[str, Any]) -> None:
    plain = "".join(
        f"<p>{escape(part, quote=False)}</p>" for part in _text(item, "content_text").split("\n\n") if part
    )
    written = _text(item, "date_published") or _text(item, "date_modified")
    tags = item.get("tags")
    gathering.add(
        id_=_text(item, "id"),
        url=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        author=", ".join(_authors(item) or _authors(feed)),
        written=written,
        published="",
        tags=[tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else (),
        texts=[_text(item, "content_html") or plain or escape(_text(item, "summary"), quote=False)],
    )


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)  # ids are numbers in many feeds, though they must not be
    return value if isinstance(value, str) else ""


def _authors(fields: Mapping[str, Any]) -> list[str]:
    authors = fields.get("authors")
    found: Iterable[Any] = authors if isinstance(authors, list) else [fields.get("author")]
    names = (_text(author, "name") for author in found if isinstance(author, dict))
    return [name for name in names if name]
