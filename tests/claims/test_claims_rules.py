"""The rules are data, and the data hangs together."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

import reader.claims.rules
from reader.claims.quotations import quotations
from reader.claims.rules import compiled, rules

TABLE = tomllib.loads((Path(reader.claims.rules.__file__).parent / "rules.toml").read_text(encoding="utf-8"))


def test_a_verb_stands_in_one_group() -> None:
    counted = Counter(word for entry in TABLE["verb"] for word in entry["words"])
    assert {word for word, times in counted.items() if times > 1} == set()
    assert all(word == word.lower() for word in counted)


def test_every_key_of_a_verb_is_known() -> None:
    known = {"words", "pattern", "needs", "anyone", "denies", "foresees", "inverts"}
    for entry in [*TABLE["verb"], *TABLE["phrase"]]:
        assert set(entry) <= known
        assert entry.get("needs", "") in {"", "something", "object", "clause", "content", "quote"}


def test_a_rule_that_is_added_counts() -> None:
    table = TABLE | {"verb": [*TABLE["verb"], {"words": ["yodelled"], "needs": ""}]}
    assert "yodelled" not in rules().verbs
    assert "yodelled" in compiled(table).verbs


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “yes” and “no”.", ["yes", "no"]),
        ('He said "yes" and "no".', ["yes", "no"]),
        ("‘We don’t,’ the dogs’ owner said.", ["We don’t,"]),
        ("He said: 'We don't.' And left.", ["We don't."]),
        ("« Oui », dit-il.", [" Oui "]),
        ("„Ja“, sagte er.", ["Ja"]),
        ("“First of several paragraphs.", ["First of several paragraphs."]),
        ("“One. “Two.”", ["One. ", "Two."]),
        ("A board of 5' 4\" is long.", []),
        ('A mark" that damage left.', []),
        ("It’s the ’90s.", []),
        ("「はい。」と言った。", ["はい。"]),
        ("“”", []),
    ],
)
def test_what_stands_in_quotation_marks(text: str, quoted: list[str]) -> None:
    assert [text[span.start : span.end] for span in quotations(text, 0, len(text))] == quoted
