"""Our own JSON Lines read back, one line at a time; nothing in it is trusted."""

from collections.abc import Callable
from typing import Any, BinaryIO

from reader.errors import InputError, SchemeError
from reader.exchange.items import (
    Item,
    Items,
    Mark,
    Reference,
    anchor_of,
    confidence_of,
    identity,
    json_of,
    lines_of,
    list_of,
    number_of,
    object_of,
    one_of,
    stance_of,
    stances_of,
    text_of,
    time_of,
)
from reader.exchange.jsonl import FORMAT, VERSION
from reader.exchange.jsonl_articles import whole
from reader.model import (
    RELATION_TYPES,
    TARGET_KINDS,
    VOICES,
    Annotation,
    Annotator,
    Relation,
    Scheme,
    Target,
)
from reader.schemes.reading import checked_label


def read(stream: BinaryIO) -> Items:
    """Read what `jsonl.write` wrote.

    Raises:
        InputError: the first line does not say that it is this format, or a line cannot be read at all.
    """
    article = Reference()
    for number, line in lines_of(stream):
        where = f"line {number}"
        try:
            record = object_of(json_of(line), "the line")
            kind = text_of(record.get("record"), "record")
            if kind == "library":
                _check_version(record)
                continue
            if kind == "article":
                article = _reference(record)
                if "original" in record:
                    yield Item(where, whole(record))
                continue
            if kind not in _READERS:
                raise InputError(f"the record {kind!r:.80} is unknown: it is article, {', '.join(_READERS)}")
            what = _READERS[kind](record)
            if isinstance(what, Mark) and what.article.id == article.id:
                older = what.article.sha256
                what = what._replace(article=article._replace(sha256=older) if older else article)
            yield Item(where, what)
        except InputError as error:
            yield Item(where, str(error))


def _check_version(record: dict[str, Any]) -> None:
    if record.get("format") != FORMAT:
        raise InputError(f"the format {record.get('format')!r:.80} is not {FORMAT}")
    version = number_of(record.get("version"), "version")
    if version > VERSION:
        raise InputError(f"written by a newer version ({version}) than this program reads ({VERSION})")


def _reference(record: dict[str, Any]) -> Reference:
    return Reference(
        id=identity(record.get("id"), "the article's id"),
        sha256=text_of(record.get("text_sha256"), "text_sha256"),
        url=text_of(record.get("url"), "url"),
        title=text_of(record.get("title"), "title"),
    )


def _mark(record: dict[str, Any]) -> Mark:
    anchor = anchor_of(
        record.get("start"),
        record.get("end"),
        text_of(record.get("quote"), "quote"),
        text_of(record.get("prefix"), "prefix"),
        text_of(record.get("suffix"), "suffix"),
        text_of(record.get("anchor_status"), "anchor_status") or "ok",
    )._replace(score=_score(record.get("anchor_score")), changed=record.get("anchor_changed") is True)
    stances = [
        stance_of(*(text_of(entry.get(name), name) for name in ("target", "scheme", "code")))
        for entry in (object_of(entry, "a stance") for entry in list_of(record.get("stances"), "stances"))
    ]
    annotation = Annotation(
        id=identity(record.get("id"), "the annotation's id"),
        article_id="",
        annotator=_annotator(record.get("annotator")),
        anchor=anchor,
        stances=stances_of(stances),
        note=text_of(record.get("note"), "note"),
        tags=tuple(text_of(tag, "a tag") for tag in list_of(record.get("tags"), "tags")),
        holder=text_of(record.get("holder"), "holder"),
        voice=one_of(text_of(record.get("voice"), "voice"), VOICES, "the voice"),
        confidence=confidence_of(record.get("confidence")),
        created_at=time_of(text_of(record.get("created_at"), "created_at"), "created_at"),
        updated_at=time_of(text_of(record.get("updated_at"), "updated_at"), "updated_at"),
    )
    older = text_of(record.get("text_sha256"), "text_sha256")
    return Mark(Reference(id=identity(record.get("article_id"), "article_id"), sha256=older), annotation)


def _score(value: object) -> float:
    if value is None:
        return 1.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise InputError(f"the anchor_score must be a number from 0 to 1, not {value!r:.80}")
    return float(value)


def _annotator(value: object) -> Annotator:
    known = object_of(value, "the annotator")
    name = text_of(known.get("name"), "the annotator's name")
    return Annotator(id=identity(known.get("id"), "the annotator's id"), name=name)


def _target(record: dict[str, Any]) -> Target:
    return Target(
        id=identity(record.get("id"), "the target's id"),
        text=text_of(record.get("text"), "text"),
        kind=one_of(record.get("kind", ""), TARGET_KINDS, "kind"),
    )


def _scheme(record: dict[str, Any]) -> Scheme:
    try:
        labels = tuple(
            checked_label(object_of(label, "a label")) for label in list_of(record.get("labels"), "labels")
        )
    except SchemeError as error:
        raise InputError(f"a label cannot be: {error}") from error
    return Scheme(
        name=identity(record.get("name"), "the scheme's name"),
        version=number_of(record.get("version"), "version"),
        labels=labels,
        description=text_of(record.get("description"), "description"),
    )


def _relation(record: dict[str, Any]) -> Relation:
    return Relation(
        id=identity(record.get("id"), "the link's id"),
        type=one_of(record.get("type"), RELATION_TYPES, "type"),
        from_id=identity(record.get("from_id"), "from_id"),
        to_id=identity(record.get("to_id"), "to_id"),
        annotator=_annotator(record.get("annotator")),
        note=text_of(record.get("note"), "note"),
        created_at=time_of(text_of(record.get("created_at"), "created_at"), "created_at"),
    )


_READERS: dict[str, Callable[[dict[str, Any]], Mark | Target | Scheme | Relation]] = {
    "annotation": _mark,
    "target": _target,
    "scheme": _scheme,
    "relation": _relation,
}
