"""Web Annotations: the rules of https://www.w3.org/TR/annotation-model/ that bear on what is written."""

import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Namespace, URIRef
from rows import ADA, ONE, RELATIONS, many, mark_id, row, written

from reader.exchange.items import Mark
from reader.exchange.w3c import from_iri, iri
from reader.exchange.w3c_reading import read
from reader.model import Metadata, Relation, Span

MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
    "identifying", "linking", "moderating", "questioning", "replying", "reviewing", "tagging",
}  # fmt: skip
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")

CONTEXT = {
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "as": "http://www.w3.org/ns/activitystreams#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "http://schema.org/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "id": "@id",
    "type": "@type",
    **{
        name: f"oa:{name}"
        for name in ("Annotation", "TextualBody", "TextQuoteSelector", "TextPositionSelector", *MOTIVATIONS)
    },
    **{name: f"oa:{name}" for name in ("start", "end", "exact", "prefix", "suffix")},
    "Person": "foaf:Person",
    "name": "foaf:name",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "first": {"@id": "as:first", "@type": "@id"},
    "partOf": {"@id": "as:partOf", "@type": "@id"},
    "total": "as:totalItems",
    "startIndex": "as:startIndex",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "creator": {"@id": "dcterms:creator", "@type": "@id"},
    "created": "dcterms:created",
    "modified": "dcterms:modified",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "value": "rdf:value",
    "format": "dc:format",
}
"""Of the terms that are written, what the recommendation's own context says of them; it is not fetched."""


def valid(value: dict[str, Any]) -> None:
    """The rules of the model for a collection, whatever is in it."""
    contexts = value["@context"] if isinstance(value["@context"], list) else [value["@context"]]
    assert "http://www.w3.org/ns/anno.jsonld" in contexts  # 3.1: MUST have it
    assert value["type"] == "AnnotationCollection"
    assert IRI.fullmatch(value["id"])
    if value["total"]:
        page = value["first"]
        assert page["type"] == "AnnotationPage"
        assert page["partOf"] == value["id"]
        assert len(page["items"]) == value["total"]
        ids = [annotation["id"] for annotation in page["items"]]
        assert len(set(ids)) == len(ids)
        for annotation in page["items"]:
            valid_annotation(annotation)
    else:
        assert "first" not in value


def valid_annotation(value: dict[str, Any]) -> None:
    assert IRI.fullmatch(value["id"])  # exactly one IRI
    assert value["type"] == "Annotation"
    assert value["motivation"] in MOTIVATIONS
    assert value["creator"]["type"] in {"Person", "Organization", "Software"}
    assert TIME.fullmatch(value["created"])  # xsd:dateTime with the UTC timezone expressed as Z
    assert TIME.fullmatch(value.get("modified", value["created"]))
    bodies = value.get("body", [])
    assert bodies or "body" not in value
    for body in bodies:
        if isinstance(body, str):
            assert IRI.fullmatch(body)
        else:
            assert body["type"] == "TextualBody"
            assert isinstance(body["value"], str)  # exactly 1 value
            assert body["purpose"] in MOTIVATIONS
    target = value["target"]  # 1 or more
    if isinstance(target, str):
        assert IRI.fullmatch(target)
        return
    assert IRI.fullmatch(target["source"])  # exactly 1 source
    for selector in target["selector"]:
        if selector["type"] == "TextQuoteSelector":
            assert isinstance(selector["exact"], str)  # exactly 1
        else:
            assert selector["type"] == "TextPositionSelector"
            assert 0 <= selector["start"] < selector["end"]  # non-negative integers
    for name in [*value, *target]:
        assert name in CONTEXT or name.partition(":")[0] == "schema", f"{name} is no word of the vocabulary"


def collection(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content)
    return found


def test_what_is_written_follows_the_recommendation() -> None:
    content, told = written("w3c", many(), RELATIONS)
    found = collection(content)
    valid(found)
    valid(collection(written("w3c", [])[0]))
    assert (told.amount, found["total"]) == (6, 8)
    first = found["first"]["items"][0]
    assert [body["purpose"] for body in first["body"]] == ["classifying", "commenting", "tagging", "tagging"]
    quote, position = first["target"]["selector"]
    assert quote["exact"] == "=The gate holds"
    assert (position["start"], position["end"]) == (0, 15)
    # An orphan has no place, so only its words are said; a mark of nothing more is a highlight.
    assert [len(item["target"]["selector"]) for item in found["first"]["items"][:6]] == [2, 2, 2, 2, 1, 2]
    assert found["first"]["items"][3]["motivation"] == "highlighting"


def test_it_is_rdf_of_the_web_annotation_vocabulary() -> None:
    found = collection(written("w3c", many(), RELATIONS)[0])
    graph = Graph().parse(data=json.dumps(found | {"@context": CONTEXT}), format="json-ld")
    oa = Namespace("http://www.w3.org/ns/oa#")
    annotation = URIRef(iri(mark_id(1)))
    assert len(set(graph.subjects(RDF.type, oa["Annotation"]))) == 8
    (target,) = graph.objects(annotation, oa["hasTarget"])
    exacts = [graph.value(selector, oa["exact"]) for selector in graph.objects(target, oa["hasSelector"])]
    assert [str(exact) for exact in exacts if exact] == ["=The gate holds"]
    assert set(graph.objects(annotation, oa["motivatedBy"])) == {oa["classifying"]}
    bodies = graph.objects(annotation, oa["hasBody"])
    assert {str(graph.value(body, RDF.value)) for body in bodies} == {
        "support",
        "a\nb, “c” <i>",
        "sea",
        "x y",
    }
    # Nothing was said in a word that the context does not know: JSON-LD would have let it fall.
    namespaces = tuple(name for name in CONTEXT.values() if isinstance(name, str) and "://" in name)
    assert all(str(predicate).startswith(namespaces) for predicate in graph.predicates())


def marks(content: bytes) -> list[object]:
    return [item.what for item in read(io.BytesIO(content))]


def test_our_own_reads_back_the_same() -> None:
    rows = many()
    back = marks(written("w3c", rows, RELATIONS)[0])
    assert back[6:] == list(RELATIONS)
    assert all(isinstance(link, Relation) for link in back[6:])
    for row_, mark in zip(rows, back, strict=False):
        assert isinstance(mark, Mark)
        annotation, given = mark.annotation, row_.annotation
        assert replace(annotation, article_id=ONE, anchor=given.anchor) == replace(given, article_id=ONE)
        assert annotation.anchor._replace(revision_id="") == given.anchor._replace(revision_id="")
        assert (mark.article.id, mark.article.sha256) == (row_.article_id, row_.text_sha256)


@given(st.text(min_size=1))
def test_any_id_is_an_iri_and_back(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    assert IRI.fullmatch(iri(text))
    assert from_iri(iri(text)) == text


EXAMPLES: list[tuple[dict[str, Any], str, str, tuple[str, ...]]] = [
    (
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "http://example.org/anno1",
            "type": "Annotation",
            "body": {"type": "TextualBody", "value": "Comment", "format": "text/plain"},
            "target": {
                "source": "http://example.org/page1",
                "selector": {"type": "TextQuoteSelector", "exact": "holds", "prefix": "gate ", "suffix": ","},
            },
        },
        "holds",
        "Comment",
        (),
    ),
    (
        {
            "type": "Annotation",
            "id": "http://example.org/anno2",
            "bodyValue": "Plain",
            "created": "2015-10-13T15:00:00+02:00",
            "creator": "http://example.org/user1",
            "target": [
                {
                    "source": {"id": "http://example.org/page1", "type": "Text"},
                    "selector": {
                        "type": "FragmentSelector",
                        "value": "para5",
                        "refinedBy": {"type": "TextQuoteSelector", "exact": "Nobody"},
                    },
                }
            ],
        },
        "Nobody",
        "Plain",
        (),
    ),
    (
        {
            "type": "Annotation",
            "id": "http://example.org/anno3",
            "motivation": "bookmarking",
            "body": [
                {"type": "TextualBody", "value": "readme", "purpose": "tagging"},
                {"type": "TextualBody", "value": "Worth a look", "purpose": "describing"},
                {"type": "SpecificResource", "purpose": "tagging", "source": "http://example.org/city1"},
            ],
            "target": {
                "source": "http://example.org/page1",
                "selector": [
                    {"type": "XPathSelector", "value": "/html/body/p[2]"},
                    {"type": "TextPositionSelector", "start": 3, "end": 9},
                    {"type": "TextQuoteSelector", "exact": "The end"},
                ],
            },
        },
        "The end",
        "Worth a look",
        ("readme", "http://example.org/city1"),
    ),
]


@pytest.mark.parametrize(("value", "exact", "note", "tags"), EXAMPLES)
def test_others_are_read_by_their_quotes(
    value: dict[str, Any], exact: str, note: str, tags: tuple[str, ...]
) -> None:
    (mark,) = marks(json.dumps(value).encode())
    assert isinstance(mark, Mark)
    annotation = mark.annotation
    assert (annotation.anchor.exact, annotation.note, annotation.tags) == (exact, note, tags)
    # Offsets into a text that is not named are of no use.
    assert annotation.anchor.span == Span(0, 0)
    assert mark.article.url == "http://example.org/page1"
    assert marks(json.dumps([value]).encode()) == [mark]
    page = {"type": "AnnotationPage", "items": [value]}
    assert marks(json.dumps({"type": "AnnotationCollection", "first": page}).encode()) == [mark]


def test_a_time_with_an_offset_becomes_utc() -> None:
    (mark,) = marks(json.dumps(EXAMPLES[1][0]).encode())
    assert isinstance(mark, Mark)
    assert mark.annotation.created_at == "2015-10-13T13:00:00Z"
    assert mark.annotation.annotator.name == "http://example.org/user1"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"target": "http://example.org/page1"}, "it has no target with a selector"),
        ({"target": {"source": "x:y", "selector": []}}, "it has no TextQuoteSelector"),
        ({"target": {"source": "x:y", "selector": {"type": "TextQuoteSelector"}}}, "it quotes nothing"),
        ({"body": 7}, "body must be a list, not 7"),
        ({"body": {"value": 7}}, "value must be text, not 7"),
        ({"created": 7}, "a time must be text, not 7"),
    ],
)
def test_what_has_no_place_is_told(change: dict[str, Any], told: str) -> None:
    bad = EXAMPLES[0][0] | change
    first, second = read(io.BytesIO(json.dumps([bad, EXAMPLES[0][0]]).encode()))
    assert first.where == "annotation 1"
    assert isinstance(first.what, str)
    assert first.what.startswith(told)
    assert isinstance(second.what, Mark)


def test_an_article_without_an_address_is_named_by_its_id() -> None:
    found = collection(written("w3c", [row("holds", metadata=Metadata())])[0])
    (item,) = found["first"]["items"]
    assert item["target"]["source"] == f"urn:uuid:{ONE}"
    assert item["creator"] == {"id": f"urn:uuid:{ADA.id}", "type": "Person", "name": "Ada"}
