"""Which source a piece of news is of, as far as it can be told before it is cleaned."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from reader.clean.metadata import from_fields, header_lines
from reader.model import Incoming

_LOOKED_AT = 65_536
"""So many bytes from the top of what came in are looked at."""
_TAG = re.compile(r"<(?:link|meta|base)\b[^<>]{1,2000}>", re.IGNORECASE)
_SAYS_ADDRESS = re.compile(r"""\b(?:rel|property|name)\s*=\s*["']?(?:canonical|og:url)\b""", re.IGNORECASE)
_ADDRESS = re.compile(r"""\b(?:href|content)\s*=\s*["']?(https?://[^\s"'<>]+)""", re.IGNORECASE)
_RECORD = re.compile(r"#\d+$")


def source_of(incoming: Incoming, *, place: bool) -> str:
    """A name for the source: its site, else what it is called, else where it lies; empty where none is known.

    Args:
        incoming: what came in.
        place: whether the folder of a file, or the corpus of a record, may stand for its source.
    """
    known = incoming.metadata
    if source := source_at(known.url):
        return source
    if known.source.strip():
        return f"source {' '.join(known.source.casefold().split())}"
    top = incoming.raw[:_LOOKED_AT].decode("utf-8", "replace")
    if incoming.media == "html":
        if source := source_at(_address(top)):
            return source
    else:
        said = from_fields({header.field: header.value for header in header_lines(top)})
        if source := source_at(said.url):
            return source
        if said.source:
            return f"source {said.source.casefold()}"
    return f"place {_place(incoming.origin)}" if place and not incoming.origin.startswith("-") else ""


def source_at(url: str) -> str:
    """The name for the source that an address belongs to; empty where it is none of the web."""
    site = site_of(url)
    return f"site {site}" if site else ""


def site_of(url: str) -> str:
    """The host of a web address, without a ``www.`` before it; empty for anything else."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if url.strip().lower().startswith(("http://", "https://")) else ""


def _address(top: str) -> str:
    """What a page says its own address is."""
    for tag in _TAG.finditer(top):
        if _SAYS_ADDRESS.search(tag.group()) and (found := _ADDRESS.search(tag.group())):
            return found[1]
    return ""


def _place(origin: str) -> str:
    return _RECORD.sub("", origin) if _RECORD.search(origin) else str(Path(origin).parent)
