"""The labelled documents in ``documents/``: floors that only rise, and traps that lose nothing."""

from collections import defaultdict

import pytest
from labelled import Labelled, Score, all_labelled, scored

from reader.clean.plain import judge

DOCUMENTS = all_labelled()
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


def named(document: Labelled) -> str:
    return document.name


def test_there_are_documents_of_every_kind() -> None:
    assert len(DOCUMENTS) >= 60
    assert {document.kind for document in DOCUMENTS} >= KINDS
    assert all(bool(document.junk) == (document.kind != "trap") for document in DOCUMENTS)


@pytest.mark.parametrize("document", TRAPS, ids=named)
def test_nothing_is_taken_from_a_trap(document: Labelled) -> None:
    assert [(segment.start, segment.end, segment.verdict) for segment in judge(document.text)] == [
        (0, len(document.text), "keep")
    ]


@pytest.mark.parametrize("document", DAMAGED, ids=named)
def test_no_sentence_of_an_article_is_lost_or_doubted(document: Labelled) -> None:
    score = scored(document)
    assert (score.lost, score.doubted) == ((), 0)


def test_the_floors_hold_for_all_and_for_each_kind() -> None:
    kinds: dict[str, Score] = defaultdict(Score)
    for document in DAMAGED:
        score = scored(document)
        for kind in (document.kind, "all"):
            kinds[kind] = kinds[kind].plus(score)
    assert {kind: score.f1 for kind, score in kinds.items() if score.f1 < F1} == {}
    assert {kind: score.junk_kept for kind, score in kinds.items() if score.junk_kept > JUNK_KEPT} == {}
