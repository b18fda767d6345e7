"""Carrying marks, and the place last read, from one text of an article to another."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from reader.model import Anchor, Link
from reader.store import anchors
from reader.store.codec import decoding, records
from reader.store.connection import Connection
from reader.text.carrying import carried_offset
from reader.text.carrying import carry as carried_exactly
from reader.text.placing import anchored
from reader.text.reanchor import Reanchor
from reader.text.spans import quote_of


def carry_over(connection: Connection, number: int, keys: Sequence[int], before: int) -> None:
    """Give marks that have none a place in the text that their article shows.

    Each is carried from the text that was shown before if its place was sure there, else from one that is the
    same as the one shown, else from the newest in which it was sure.
    """
    there = _text(connection, connection.value("SELECT shown FROM article WHERE number = ?", [number]))
    origins: dict[int, list[tuple[int, Anchor]]] = {}
    for key in keys:
        found = anchors.origin(connection, key, before=before, sha256=there.sha256)
        if found is not None:
            origins.setdefault(found[0], []).append((key, found[1]))
        elif (given := anchors.newest(connection, key)) is not None:
            # It was imported, and never had a place that is sure: what it quotes is looked for.
            anchors.put(connection, key, there.number, anchored(there.text, there.id, given))
    for revision, marks in origins.items():
        carrier = _Carrier(connection, _text(connection, revision), there)
        for key, anchor in marks:
            anchors.put(connection, key, there.number, carrier.anchor(anchor))


def carried_place(connection: Connection, here: int, there: int, offset: int) -> int:
    """Where a code point of one revision is in another one, or what is near it."""
    return _Carrier(connection, _text(connection, here), _text(connection, there)).offset(offset)


class _Text(NamedTuple):
    """A revision, as far as carrying needs it."""

    number: int
    id: str
    original: int
    sha256: str
    text: str
    links: str


class _Carrier:
    """Carries anchors from one text to another; all that belongs to the pair is done once."""

    def __init__(self, connection: Connection, here: _Text, there: _Text) -> None:
        self._there = there
        self._links: tuple[tuple[Link, ...], tuple[Link, ...]] | None = None
        if here.original == there.original:
            # Both texts were made of the same page: where each character came from is known.
            with decoding(connection.path, "the map of a text"):
                links = records(Link, here.links), records(Link, there.links)
            self._links = links if all(links) else None
        self._reanchor = Reanchor(here.text, there.text)

    def anchor(self, anchor: Anchor) -> Anchor:
        """Where a mark is in the other text."""
        there = self._there
        if self._links is not None:
            before, after = self._links
            found = carried_exactly(anchor, before, there.id, there.text, after)
            return found._replace(score=_score(anchor.exact, found))
        span, status, score, changed = self._reanchor.place(anchor.span)
        if status == "orphan":
            return anchor._replace(revision_id=there.id, span=span, status=status, score=0.0, changed=False)
        exact, prefix, suffix = quote_of(there.text, span)
        return Anchor(
            revision_id=there.id,
            span=span,
            exact=exact,
            prefix=prefix,
            suffix=suffix,
            status=status,
            score=round(score, 3),
            changed=changed or anchor.changed,
        )

    def offset(self, offset: int) -> int:
        """Where a place is in the other text, or what is near it."""
        if self._links is not None:
            return carried_offset(offset, *self._links)
        return self._reanchor.offset(offset)


def _score(exact: str, found: Anchor) -> float:
    """How much of the words of a mark a place has that was found through the page."""
    if found.status != "review":
        return float(found.status == "ok")
    return round(SequenceMatcher(None, exact.split(), found.exact.split(), autojunk=False).ratio(), 3)


def _text(connection: Connection, revision: int) -> _Text:
    (row,) = connection.rows(
        "SELECT number, id, original, sha256, text, links FROM revision WHERE number = ?", [revision]
    )
    return _Text(*row)
