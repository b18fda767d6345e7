"""OPML, the lists of feeds that readers exchange (http://opml.org/spec2.opml)."""

from collections.abc import Iterator

from reader.errors import InputError
from reader.importers.entries import one_line
from reader.model import Problem
from reader.sources import Wish

MAX_BYTES = 15 * 1024 * 1024
_DEEPEST = 20
"""Folders within each other."""
_MOST = 20_000


_GIVEN = frozenset({"title", "text", "xmlurl", "type", "url"})
"""The attributes of an outline that mean something here, in small letters."""


def read(raw: bytes, origin: str) -> list[Wish | Problem]:
    """The feeds of a list, and what in it is none that can be asked, each named.

    Folders within each other are one folder, ``News/Europe``.

    Raises:
        InputError: it is no OPML, or beyond the limits.
    """
    from lxml import etree

    if len(raw) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES >> 20} MB: it cannot be a list of feeds")
    # huge_tree stays off, which bounds depth and text; entities and outside files are never followed.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"it cannot be read as OPML ({str(error)[:120]})") from error
    doctype = root.getroottree().docinfo.internalDTD
    if doctype is not None and any(True for _ in doctype.iterentities()):
        raise InputError("it declares entities, which no list of feeds needs: it is not taken in")
    if etree.QName(root).localname.lower() != "opml":
        raise InputError("it is no OPML: the list that another reader exports is what is wanted")
    found = list(_walk(root, origin))
    if len(found) > _MOST:
        raise InputError(f"it names more than {_MOST:,} feeds: make several lists of it")
    return found


def _walk(root: object, origin: str) -> Iterator[Wish | Problem]:
    """The outlines in document order, without recursion."""
    from lxml import etree

    folders: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str) or etree.QName(element).localname.lower() != "outline":
            continue
        if event == "end":
            folders.pop()
            continue
        # Asked for by name: lxml looks each value up among all attributes, of which there may be a million.
        names = {str(name).lower(): name for name in element.keys()}  # noqa: SIM118 - no dictionary
        given = {name: str(element.get(names[name])) for name in _GIVEN & names.keys()}
        title = one_line(given.get("title") or given.get("text") or "")
        url = (given.get("xmlurl") or "").strip()
        if not url and given.get("type", "").lower() in ("rss", "atom"):
            url = given.get("url", "").strip()
        if url:
            yield _wish(url, title, "/".join(folder for folder in folders if folder), origin)
        folders.append("" if url else title.replace("/", "-"))
        if len(folders) > _DEEPEST:
            raise InputError(f"its folders stand more than {_DEEPEST} deep within each other")


def _wish(url: str, title: str, folder: str, origin: str) -> Wish | Problem:
    if not url.lower().startswith(("http://", "https://")):
        named = f"“{title}” " if title else ""
        return Problem(
            origin=origin, message=f"{named}({url[:100]}): only http and https are asked, passed over"
        )
    return Wish(url=url, title="" if title == url else title, folder=folder)
