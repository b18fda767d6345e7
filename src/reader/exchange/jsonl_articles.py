"""Whole articles in our own JSON Lines, seen to hold together."""

import base64
import binascii
import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar, get_args

from reader.errors import InputError
from reader.exchange.items import identity, list_of, object_of, one_of, text_of, time_of
from reader.model import (
    Block,
    BlockKind,
    Canonical,
    Cleaned,
    Draft,
    Incoming,
    Link,
    Media,
    Metadata,
    Run,
    Segment,
    Verdict,
    Whole,
)
from reader.text.similar import sketch

_Tuple = TypeVar("_Tuple", bound=NamedTuple)

_MEDIA: tuple[Media, ...] = get_args(Media)
_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


def whole(record: dict[str, Any]) -> Whole:
    """An article with its original, from a record.

    It is seen to hold together, since its offsets are drawn by later without being looked at.

    Raises:
        InputError: something in it cannot be.
    """
    revision = object_of(record.get("revision"), "revision")
    original = object_of(record.get("original"), "original")
    text = text_of(record.get("text"), "text")
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if sha256 != record.get("text_sha256"):
        raise InputError("the article's text is not the one its text_sha256 is of")
    raw, page_text = _content(original)
    canonical = Canonical(
        text=text,
        blocks=_tuples(Block, revision.get("blocks"), len(text), "blocks"),
        runs=_tuples(Run, revision.get("runs"), len(text), "runs"),
    )
    segments = _tuples(Segment, revision.get("segments"), len(page_text), "segments")
    links = _tuples(Link, revision.get("links"), None, "links")
    _check_text(canonical)
    _check_page(segments, links, text, page_text)
    markdown = revision.get("markdown")
    given = _metadata(object_of(original.get("metadata"), "the original's metadata"))
    encoding = text_of(original.get("encoding"), "encoding")
    names = {field.name for field in fields(Metadata)}
    edited = [text_of(name, "edited") for name in list_of(record.get("edited"), "edited")]
    if not names.issuperset(edited):
        raise InputError(f"edited must be names of {', '.join(sorted(names))}")
    return Whole(
        id=identity(record.get("id"), "the article's id"),
        metadata=_metadata(record),
        edited=tuple(edited),
        added_at=_time(record, "added_at"),
        updated_at=_time(record, "updated_at"),
        original_id=identity(original.get("id"), "the original's id"),
        original_at=_time(original, "added_at"),
        revision_id=identity(revision.get("id"), "the revision's id"),
        revision_at=_time(revision, "created_at"),
        draft=Draft(
            incoming=Incoming(
                raw=raw,
                media=one_of(original.get("media"), _MEDIA, "media"),
                origin=text_of(original.get("origin"), "origin"),
                metadata=given,
                encoding=encoding,
            ),
            cleaned=Cleaned(
                page_text=page_text,
                segments=segments,
                markdown=text if markdown is None else text_of(markdown, "markdown"),
                metadata=given,
                cleaner=text_of(revision.get("cleaner"), "cleaner"),
                encoding=encoding,
                sources=_sources(original.get("sources")),
            ),
            canonical=canonical,
            links=links,
            sha256=sha256,
            sketch=sketch(text),
        ),
    )


def _metadata(record: dict[str, Any]) -> Metadata:
    return Metadata(**{field.name: text_of(record.get(field.name), field.name) for field in fields(Metadata)})


def _sources(said: object) -> tuple[tuple[str, str], ...]:
    """What said each field; older files do not tell."""
    if said is None:
        return ()
    given = object_of(said, "the original's sources")
    names = [field.name for field in fields(Metadata) if field.name in given]
    return tuple((name, text_of(given[name], "the original's sources")) for name in names)


def _time(record: dict[str, Any], name: str) -> str:
    found = time_of(text_of(record.get(name), name), name)
    if not found:
        raise InputError(f"{name} is missing")
    return found


def _content(original: dict[str, Any]) -> tuple[bytes, str]:
    """What came in, and its page text."""
    coded = original.get("base64")
    if coded is None:
        content = text_of(original.get("raw"), "raw")
        raw = content.encode("utf-8", "surrogatepass")
    else:
        content = ""
        try:
            raw = base64.b64decode(text_of(coded, "base64"), validate=True)
        except (binascii.Error, ValueError) as error:
            raise InputError(f"base64 is damaged ({error})") from error
    page_text = original.get("page_text")
    return raw, content if page_text is None else text_of(page_text, "page_text")


def _tuples(make: type[_Tuple], value: object, length: int | None, name: str) -> tuple[_Tuple, ...]:
    """The records of a list of lists, each with the types that its fields have, within a text."""
    types = make.__annotations__
    made = []
    for entry in list_of(value, name):
        if not isinstance(entry, list) or len(entry) != len(types):
            raise InputError(f"{name} must be lists of {len(types)}, not {entry!r:.80}")
        for field, kind in zip(entry, types.values(), strict=True):
            wanted = int if kind is int else str
            if not isinstance(field, wanted) or isinstance(field, bool):
                raise InputError(f"{name} hold {field!r:.80} where {wanted.__name__} belongs")
        if length is not None and not 0 <= entry[0] <= entry[1] <= length:
            raise InputError(f"{name} hold {entry[0]} to {entry[1]}, which is no range of the text")
        made.append(make(*entry))
    return tuple(made)


def _check_text(canonical: Canonical) -> None:
    text, blocks, runs = canonical
    if not unicodedata.is_normalized("NFC", text):
        raise InputError("the article's text is not in normal form C")
    if not all(block.kind in _KINDS for block in blocks):
        raise InputError("blocks hold a kind that is unknown")
    if "\n\n".join(text[block.start : block.end] for block in blocks) != text or _disordered(blocks):
        raise InputError("the article's text is not that of its blocks")
    if _disordered(runs):
        raise InputError("runs overlap or are out of order")


def _check_page(segments: tuple[Segment, ...], links: tuple[Link, ...], text: str, page_text: str) -> None:
    if not all(segment.verdict in _VERDICTS for segment in segments):
        raise InputError("segments hold a verdict that is unknown")
    edges = [0, *(segment.end for segment in segments)]
    if [segment.start for segment in segments] != edges[:-1] or edges[-1] != len(page_text):
        raise InputError("segments do not cover the page text in order")
    for text_start, page_start, length in links:
        same = text[text_start : text_start + length], page_text[page_start : page_start + length]
        if min(text_start, page_start, length) < 0 or len(same[0]) != length or len(same[1]) != length:
            raise InputError("links lead outside the text")


def _disordered(ranges: Sequence[Block | Run]) -> bool:
    return any(one.end > other.start for one, other in pairwise(ranges))
