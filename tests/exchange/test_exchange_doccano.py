import json

from rows import OTHER, TEXT, many, row, written


def test_offsets_are_what_spacy_takes_and_overlaps_stay() -> None:
    content, told = written("doccano", many())
    lines = [json.loads(line) for line in content.decode().splitlines()]
    assert [line["text"] for line in lines] == [TEXT, OTHER]
    # spacy.tokens.Doc.char_span(start, end, label) counts code points of the text, as Python does.
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


def test_the_same_label_twice_is_one() -> None:
    content, told = written("doccano", [row("holds", 1), row("holds", 2, target="x")])
    assert json.loads(content)["label"] == [[10, 15, "support"]]
    assert told.amount == 1


def test_a_line_is_one_line_for_whoever_splits_lines() -> None:
    text = "One\u2028two\u2029three\x85four\x0bfive."
    content, _ = written("doccano", [row("two", text=text)])
    assert len(content.decode().splitlines()) == 1
    assert json.loads(content)["text"] == text
