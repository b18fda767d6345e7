import json

import spacy
from rows import OTHER, TEXT, many, row, written
from spacy.tokens import DocBin


def test_offsets_and_overlaps_are_what_is_said() -> None:
    content, told = written("doccano", many())
    lines = [json.loads(line) for line in content.decode().splitlines()]
    assert [line["text"] for line in lines] == [TEXT, OTHER]
    named = [[(line["text"][start:end], code) for start, end, code in line["label"]] for line in lines]
    assert named[0] == [
        ("=The gate holds", "support"),
        ("gate holds, said “Ada” 🌊.\n\nNobody <b>believes</b>", "support"),
        ("holds", "oppose"),
        ("holds", "refuted"),
        ("Nobody", "mark"),
    ]
    assert named[1] == [("never shut", "oppose")]
    assert told.amount == 6
    assert lines[0]["url"] == "https://example.org/a?b=c"


def test_spacy_makes_spans_of_it_that_it_can_store() -> None:
    content, _ = written("doccano", many())
    nlp = spacy.blank("en")
    bin_ = DocBin()
    for line in map(json.loads, content.decode().splitlines()):
        doc = nlp(line["text"])
        spans = [doc.char_span(*label) for label in line["label"]]
        assert None not in spans, "none of them ends within a token"
        doc.spans["claims"] = [span for span in spans if span is not None]
        bin_.add(doc)
    docs = list(DocBin().from_bytes(bin_.to_bytes()).get_docs(nlp.vocab))
    assert [doc.text for doc in docs] == [TEXT, OTHER]
    assert [(span.text, span.label_) for span in docs[0].spans["claims"]] == [
        ("=The gate holds", "support"),
        ("gate holds, said “Ada” 🌊.\n\nNobody <b>believes</b>", "support"),
        ("holds", "oppose"),
        ("holds", "refuted"),
        ("Nobody", "mark"),
    ]


def test_the_same_label_twice_is_one() -> None:
    content, told = written("doccano", [row("holds", 1), row("holds", 2, target="x")])
    assert json.loads(content)["label"] == [[10, 15, "support"]]
    assert told.amount == 1


def test_a_line_is_one_line_for_whoever_splits_lines() -> None:
    text = "One\u2028two\u2029three\x85four\x0bfive."
    content, _ = written("doccano", [row("two", text=text)])
    assert len(content.decode().splitlines()) == 1
    assert json.loads(content)["text"] == text
