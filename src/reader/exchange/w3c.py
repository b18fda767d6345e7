"""W3C Web Annotations as JSON-LD: one collection with one page of annotations.

https://www.w3.org/TR/annotation-model/ and its vocabulary alone. What that has no word for is said in
schema.org's, whose prefix its context defines: a stance's scheme and target, holder, voice, confidence, and
which text the offsets are of.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote, unquote
from uuid import UUID, uuid5

from reader.exchange.atomic import text_on
from reader.exchange.base import Export, Written, json_line
from reader.model import Annotator, ExportRow, Relation, Stance

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SCHEME = "schema:inDefinedTermSet"
TARGET = "schema:about"
PROPERTIES = "schema:additionalProperty"

_OWN = UUID("0c7ad1f6-5f0e-4d0a-9a57-2b1c8e64f1d3")
"""The namespace of the ids that collections get from their content."""
_URN = "urn:uuid:"
_OTHER_URN = "urn:x-reader:"


def write(export: Export, stream: BinaryIO) -> Written:
    """Write the annotations, and links between claims as annotations that link them."""
    digest = hashlib.sha256()
    marks = total = 0
    with text_on(stream) as text:
        text.write(f'{{"@context":{json_line(CONTEXT)},"type":"AnnotationCollection",')
        for record in _records(export):
            line = json_line(record)
            digest.update(line.encode())
            marks += record["motivation"] != "linking"
            text.write(",\n" if total else '"first":{"type":"AnnotationPage","startIndex":0,"items":[\n')
            text.write(line)
            total += 1
        collection, page = (
            _URN + str(uuid5(_OWN, f"{part} {digest.hexdigest()}")) for part in ("all", "page")
        )
        if total:
            text.write(f'\n],"id":{json_line(page)},"partOf":{json_line(collection)}}},')
        text.write(f'"total":{total},"id":{json_line(collection)}}}\n')
    return Written(marks, "mark")


def iri(ours: str) -> str:
    """An id of ours as an IRI."""
    try:
        if str(UUID(ours)) == ours:
            return _URN + ours
    except ValueError:
        pass
    return _OTHER_URN + quote(ours, safe="")


def from_iri(given: str) -> str:
    """The id that `iri` was given, or empty where it is not one of ours."""
    if given.startswith(_URN):
        return given.removeprefix(_URN)
    return unquote(given.removeprefix(_OTHER_URN)) if given.startswith(_OTHER_URN) else ""


def _records(export: Export) -> Iterator[dict[str, Any]]:
    for row in export.rows:
        yield _annotation(row)
    yield from map(_link, export.relations)


def _annotation(row: ExportRow) -> dict[str, Any]:
    annotation = row.annotation
    bodies = [*map(_stance, annotation.stances)]
    if annotation.note:
        bodies.append(_body("commenting", annotation.note))
    bodies += [_body("tagging", tag) for tag in annotation.tags]
    record: dict[str, Any] = {
        "id": iri(annotation.id),
        "type": "Annotation",
        "motivation": bodies[0]["purpose"] if bodies else "highlighting",
        "creator": _person(annotation.annotator),
        "created": annotation.created_at,
        "modified": annotation.updated_at,
    }
    if bodies:
        record["body"] = bodies
    record["target"] = _target(row)
    details = {
        "holder": annotation.holder,
        "voice": annotation.voice,
        "confidence": annotation.confidence,
        "anchor_status": "" if annotation.anchor.status == "ok" else annotation.anchor.status,
    }
    if named := _properties(details):
        record[PROPERTIES] = named
    return record


def _stance(stance: Stance) -> dict[str, Any]:
    body = _body("classifying", stance.code) | {SCHEME: stance.scheme}
    return body | {TARGET: stance.target} if stance.target else body


def _body(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _person(annotator: Annotator) -> dict[str, str]:
    return {"id": iri(annotator.id), "type": "Person", "name": annotator.name}


def _target(row: ExportRow) -> dict[str, Any]:
    anchor = row.annotation.anchor
    selectors: list[dict[str, Any]] = [
        {
            "type": "TextQuoteSelector",
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
        }
    ]
    if anchor.status != "orphan":
        start, end = anchor.span
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    target: dict[str, Any] = {"source": row.metadata.url or iri(row.article_id), "selector": selectors}
    if row.metadata.title:
        target["schema:name"] = row.metadata.title
    return target | {
        PROPERTIES: _properties({"article_id": row.article_id, "text_sha256": row.text_sha256}),
    }


def _properties(named: "dict[str, str | int | None]") -> list[dict[str, Any]]:
    return [
        {"type": "schema:PropertyValue", "schema:name": name, "schema:value": value}
        for name, value in named.items()
        if value not in ("", None)
    ]


def _link(relation: Relation) -> dict[str, Any]:
    bodies: list[str | dict[str, Any]] = [iri(relation.to_id), _body("classifying", relation.type)]
    if relation.note:
        bodies.append(_body("commenting", relation.note))
    return {
        "id": iri(relation.id),
        "type": "Annotation",
        "motivation": "linking",
        "creator": _person(relation.annotator),
        "created": relation.created_at,
        "body": bodies,
        "target": iri(relation.from_id),
    }
