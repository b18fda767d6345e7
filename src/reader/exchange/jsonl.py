"""JSON Lines with all there is: what is written here can be read into an empty library and is the same.

Each line is an object with a ``record``: ``library`` (the first line), ``article`` and ``target`` (before
the annotations that are of them), ``annotation``, then ``scheme`` and ``relation``. What came in is a text
where it is UTF-8, and base64 where it is not.
"""

import base64
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from reader.exchange.atomic import text_on
from reader.exchange.base import Export, Written, json_line
from reader.model import Annotation, ExportRow, Relation, Scheme, Target, Whole

FORMAT = "stance-reader"
VERSION = 1
"""Raised when a program that knows only the older form could misread the file."""


def write(export: Export, stream: BinaryIO) -> Written:
    """Write everything."""
    count = 0
    with text_on(stream) as text:
        for record in _records(export):
            count += record["record"] == "annotation"
            text.write(json_line(record) + "\n")
    return Written(count, "mark")


def _records(export: Export) -> Iterator[dict[str, Any]]:
    yield {"record": "library", "format": FORMAT, "version": VERSION}
    current = shown = ""
    targets = {target.text: target for target in export.targets}
    for row in export.rows:
        if row.article_id != current:
            current = row.article_id
            article = _article(row, export.whole(current) if export.whole else None)
            shown = article["text_sha256"]
            yield article
        for stance in row.annotation.stances:
            # Before the annotation, which would else make a target of another id where it is read.
            if target := targets.pop(stance.target, None):
                yield _target(target)
        # Where its place is not sure, it may be in an older text than the article shows.
        older = {} if row.text_sha256 == shown else {"text_sha256": row.text_sha256}
        yield _annotation(row.annotation) | older
    yield from map(_scheme, export.schemes)
    yield from map(_relation, export.relations)


def _article(row: ExportRow, whole: Whole | None) -> dict[str, Any]:
    known = {
        "record": "article",
        "id": row.article_id,
        **asdict(row.metadata),
        "text_sha256": whole.draft.sha256 if whole else row.text_sha256,
        "text": whole.draft.canonical.text if whole else row.text,
    }
    if whole is None:
        return known
    cleaned, canonical, incoming = whole.draft.cleaned, whole.draft.canonical, whole.draft.incoming
    return known | {
        "edited": whole.edited,
        "added_at": whole.added_at,
        "updated_at": whole.updated_at,
        "revision": {
            "id": whole.revision_id,
            "created_at": whole.revision_at,
            "cleaner": cleaned.cleaner,
            "blocks": canonical.blocks,
            "runs": canonical.runs,
            "links": whole.draft.links,
            "segments": cleaned.segments,
            "markdown": None if cleaned.markdown == canonical.text else cleaned.markdown,
        },
        "original": {
            "id": whole.original_id,
            "added_at": whole.original_at,
            "media": incoming.media,
            "encoding": incoming.encoding,
            "origin": incoming.origin,
            "metadata": asdict(incoming.metadata),
            "sources": dict(sorted(cleaned.sources)),
            **_content(incoming.raw, cleaned.page_text),
        },
    }


def _content(raw: bytes, page_text: str) -> dict[str, str | None]:
    """What came in, and the page text where that is another."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(raw).decode(), "page_text": page_text}
    return {"raw": text, "page_text": None if page_text == text else page_text}


def _annotation(annotation: Annotation) -> dict[str, Any]:
    anchor = annotation.anchor
    return {
        "record": "annotation",
        "id": annotation.id,
        "article_id": annotation.article_id,
        "start": anchor.span.start,
        "end": anchor.span.end,
        "quote": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "anchor_status": anchor.status,
        "anchor_score": anchor.score,
        "anchor_changed": anchor.changed,
        "stances": [stance._asdict() for stance in annotation.stances],
        "holder": annotation.holder,
        "voice": annotation.voice,
        "confidence": annotation.confidence,
        "note": annotation.note,
        "tags": annotation.tags,
        "annotator": annotation.annotator._asdict(),
        "created_at": annotation.created_at,
        "updated_at": annotation.updated_at,
    }


def _target(target: Target) -> dict[str, Any]:
    return {"record": "target"} | target._asdict()


def _scheme(scheme: Scheme) -> dict[str, Any]:
    return {"record": "scheme"} | scheme._asdict() | {"labels": [label._asdict() for label in scheme.labels]}


def _relation(relation: Relation) -> dict[str, Any]:
    return {"record": "relation"} | relation._asdict() | {"annotator": relation.annotator._asdict()}
