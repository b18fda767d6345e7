"""Web Annotations read: our own, Hypothesis's JSON-LD, and what other tools write by the recommendation.

A file may hold one annotation, a list of them, a collection or a page; or one annotation a line.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from reader.errors import InputError
from reader.exchange.items import (
    Item,
    Items,
    Mark,
    Reference,
    anchor_of,
    confidence_of,
    foreign_id,
    list_of,
    object_of,
    one_of,
    quoted,
    stance_of,
    stances_of,
    text_of,
    time_of,
    whole_json,
)
from reader.exchange.w3c import PROPERTIES, SCHEME, TARGET, from_iri
from reader.model import RELATION_TYPES, VOICES, Anchor, Annotation, Annotator, Relation, RelationType, Stance

_RELATIONS: dict[str, RelationType] = {name: name for name in RELATION_TYPES}


def read(stream: BinaryIO) -> Items:
    """Read every annotation.

    Raises:
        InputError: the file is no JSON.
    """
    for number, record in enumerate(_annotations(whole_json(stream)), 1):
        where = f"annotation {number}"
        try:
            known = object_of(record, "an annotation")
            yield Item(where, _link(known) if known.get("motivation") == "linking" else _mark(known))
        except InputError as error:
            yield Item(where, str(error))


def _annotations(value: object) -> Iterator[object]:
    """The annotations in a list, a collection, a page, or alone."""
    for entry in list_of(value, "the file"):
        if isinstance(entry, dict) and "target" not in entry and "first" in entry:
            yield from _annotations(entry["first"])
        elif isinstance(entry, dict) and "target" not in entry and "items" in entry:
            yield from _annotations(entry["items"])
        else:
            yield entry


def _mark(record: dict[str, Any]) -> Mark:
    targets = [target for target in list_of(record.get("target"), "target") if isinstance(target, dict)]
    if len(targets) != 1:
        raise InputError("it has no target with a selector, or several: a mark is of one place")
    target = targets[0]
    where, details = _properties(target), _properties(record)
    bodies = [_body(body) for body in list_of(record.get("body"), "body")]
    if isinstance(record.get("bodyValue"), str):
        bodies.append({"purpose": "commenting", "value": record["bodyValue"]})
    iri = text_of(record.get("id"), "id")
    created = utc(record.get("created"))
    source = _source(target)
    annotation = Annotation(
        id=from_iri(iri) or foreign_id("w3c", iri or record),
        article_id="",
        annotator=_person(record.get("creator")),
        anchor=_anchor(target, where, text_of(details.get("anchor_status"), "anchor_status")),
        stances=stances_of([_stance(body) for body in bodies if body.get("purpose") == "classifying"]),
        note="\n\n".join(_values(bodies, "commenting", "describing", "replying", "questioning", "reviewing")),
        tags=tuple(_values(bodies, "tagging")),
        holder=text_of(details.get("holder"), "holder"),
        voice=one_of(text_of(details.get("voice"), "voice"), VOICES, "the voice"),
        confidence=confidence_of(details.get("confidence")),
        created_at=created,
        updated_at=utc(record.get("modified")) or created,
    )
    article = Reference(
        id=text_of(where.get("article_id"), "article_id") or from_iri(source),
        sha256=text_of(where.get("text_sha256"), "text_sha256"),
        url=source,
        title=text_of(target.get("schema:name"), "schema:name"),
    )
    return Mark(article, annotation)


def selectors(target: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A target's selectors and what refines them, one by one."""
    waiting = list_of(target.get("selector"), "selector")
    while waiting:
        selector = waiting.pop(0)
        if isinstance(selector, dict):
            yield selector
            if refined := selector.get("refinedBy"):
                waiting.append(refined)
            if selector.get("type") == "Choice":
                waiting += list_of(selector.get("items"), "items")


def _anchor(target: dict[str, Any], where: dict[str, Any], status: str) -> Anchor:
    found = {selector.get("type"): selector for selector in selectors(target)}
    quote = found.get("TextQuoteSelector")
    if quote is None:
        raise InputError("it has no TextQuoteSelector: without the words there is nothing to find it by")
    exact, prefix, suffix = (text_of(quote.get(name), name) for name in ("exact", "prefix", "suffix"))
    position = found.get("TextPositionSelector")
    # Offsets are of use where it is said which text they are of.
    if where.get("text_sha256") and (position or status == "orphan"):
        place = position or {"start": 0, "end": 0}
        return anchor_of(place.get("start"), place.get("end"), exact, prefix, suffix, status or "ok")
    return quoted(exact, prefix, suffix)


def _source(target: dict[str, Any]) -> str:
    source = target.get("source")
    if isinstance(source, dict):
        source = source.get("id")
    return text_of(source, "source")


def _body(value: object) -> dict[str, Any]:
    """A body; one without a purpose comments. What is not text itself is named by its address."""
    if isinstance(value, str):
        return {"purpose": "commenting", "value": value}
    body = object_of(value, "a body")
    said = body.get("value", body.get("source", body.get("id", "")))
    purpose = body.get("purpose") or "commenting"
    if isinstance(purpose, list):
        purpose = purpose[0] if purpose else "commenting"
    return body | {"purpose": purpose, "value": text_of(said, "value")}


def _stance(body: dict[str, Any]) -> Stance:
    scheme = text_of(body.get(SCHEME), SCHEME)
    target = text_of(body.get(TARGET), TARGET)
    # Without a scheme it is a label of another tool's, of which the library decides.
    return stance_of(target, scheme, body["value"]) if scheme else Stance(target, "", body["value"])


def _values(bodies: Iterable[dict[str, Any]], *purposes: str) -> list[str]:
    return [body["value"] for body in bodies if body.get("purpose") in purposes and body["value"].strip()]


def _person(value: object) -> Annotator:
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return Annotator(id="", name="")
    if isinstance(value, str):
        return Annotator(id=from_iri(value) or value, name=value)
    known = object_of(value, "creator")
    iri = text_of(known.get("id"), "the creator's id")
    name = text_of(known.get("name"), "the creator's name")
    return Annotator(id=from_iri(iri) or iri, name=name or iri)


def utc(value: object) -> str:
    """A time in UTC, whatever offset it is written with."""
    from reader.dates import iso_date

    written = text_of(value, "a time")
    try:
        return time_of(written, "a time")
    except InputError:
        return time_of(found, "a time") if "T" in (found := iso_date(written)) else ""


def _properties(record: dict[str, Any]) -> dict[str, Any]:
    """What is said in schema.org's words by name and value."""
    named = {}
    for entry in list_of(record.get(PROPERTIES), PROPERTIES):
        known = object_of(entry, PROPERTIES)
        named[text_of(known.get("schema:name"), "schema:name")] = known.get("schema:value")
    return named


def _link(record: dict[str, Any]) -> Relation:
    bodies = list_of(record.get("body"), "body")
    ends = [from_iri(body) for body in bodies if isinstance(body, str)]
    described = [_body(body) for body in bodies if isinstance(body, dict)]
    kinds = [kind for value in _values(described, "classifying") if (kind := _RELATIONS.get(value))]
    start = from_iri(text_of(record.get("target"), "target"))
    if len(ends) != 1 or not ends[0] or not start or len(kinds) != 1:
        raise InputError("it links what is not two marks of a known relation")
    return Relation(
        id=from_iri(text_of(record.get("id"), "id")) or foreign_id("w3c", record),
        type=kinds[0],
        from_id=start,
        to_id=ends[0],
        annotator=_person(record.get("creator")),
        note="\n\n".join(_values(described, "commenting")),
        created_at=utc(record.get("created")),
    )
