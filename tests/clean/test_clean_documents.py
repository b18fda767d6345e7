"""The labelled documents in ``documents/``: floors that only rise, and traps that lose nothing."""

from collections import defaultdict

import pytest

from bench.labelled import OWN, Document, Score, added, read_labelled, scored
from reader.clean.plain.cleaner import judge

DOCUMENTS = read_labelled(OWN)
TRAPS = [document for document in DOCUMENTS if document.kind == "trap"]
DAMAGED = [document for document in DOCUMENTS if document.kind != "trap"]

KINDS = {
    *(
        "comment form",
        "comment thread",
        "footer",
        "form and spam",
        "glued spam",
        "head",
        "labels",
        "one line",
    ),
    *("repeated", "shortcodes", "spam in a paragraph", "spam line", "tail", "trap"),
}

F1 = 0.9999
JUNK_KEPT = 0.0005
"""Over all damaged documents, and for each kind of damage: raise the one and lower the other, never back."""


def named(document: Document) -> str:
    return document.id


def score_of(document: Document) -> Score:
    said = {"keep": "", "doubt": "", "drop": ""}
    for segment in judge(document.content):
        said[segment.verdict] += document.content[segment.start : segment.end] + "\n"
    return scored(document, said["keep"], said["doubt"], said["keep"] + said["doubt"])


def test_there_are_documents_of_every_kind() -> None:
    assert len(DOCUMENTS) >= 60
    assert {document.kind for document in DOCUMENTS} >= KINDS
    assert all(bool(document.junk) == (document.kind != "trap") for document in DOCUMENTS)


@pytest.mark.parametrize("document", TRAPS, ids=named)
def test_nothing_is_taken_from_a_trap(document: Document) -> None:
    assert [(segment.start, segment.end, segment.verdict) for segment in judge(document.content)] == [
        (0, len(document.content), "keep")
    ]


@pytest.mark.parametrize("document", DAMAGED, ids=named)
def test_no_sentence_of_an_article_is_lost_or_doubted(document: Document) -> None:
    score = score_of(document)
    assert (score.lost, score.doubted) == (0, 0)


def test_the_floors_hold_for_all_and_for_each_kind() -> None:
    found: dict[str, list[Score]] = defaultdict(list)
    for document in DAMAGED:
        score = score_of(document)
        for kind in (document.kind, "all"):
            found[kind].append(score)
    kinds = {kind: added(scores) for kind, scores in found.items()}
    assert {kind: score.f1 for kind, score in kinds.items() if score.f1 < F1} == {}
    assert {kind: score.junk_kept for kind, score in kinds.items() if score.junk_kept > JUNK_KEPT} == {}
