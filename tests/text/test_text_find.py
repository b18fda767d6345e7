import unicodedata
from itertools import pairwise

import pytest
import regex
from alphabets import paragraphs
from hypothesis import given
from hypothesis import strategies as st

from reader.text.find import find_all

nfc = paragraphs.map(lambda text: unicodedata.normalize("NFC", text))


def found(text: str, needle: str) -> list[str]:
    return [text[start:end] for start, end in find_all(text, needle)]


@pytest.mark.parametrize(
    ("text", "needle", "expected"),
    [
        ("Élysée, elysee, ÉLYSÉE", "elysee", ["Élysée", "elysee", "ÉLYSÉE"]),
        ("Élysée, Elysée, élysée", "Élysée", ["Élysée"]),
        ("sober Ober", "Ober", ["Ober"]),
        ("Don’t don't DON‘T", "don't", ["Don’t", "don't", "DON‘T"]),
        ('“No” — "no"', '"no"', ["“No”", '"no"']),
        ("3–2 and 3-2", "3-2", ["3–2", "3-2"]),
        ("straße STRASSE", "strasse", ["straße", "STRASSE"]),
        ("ﬁne fine", "fi", ["ﬁ", "fi"]),
        ("İstanbul istanbul", "istanbul", ["İstanbul", "istanbul"]),
        ("climate\n\npolicy climate  policy", "climate policy", ["climate\n\npolicy", "climate  policy"]),
        ("x\u0323\u0301y xy", "x", ["x\u0323\u0301", "x"]),
        ("がか", "か", ["か"]),
        ("각가", "가", ["가"]),
        ("👨‍👩‍👧 👨", "👩", []),
        ("👨 👩", "👩", ["👩"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("Москва москва", "москва", ["Москва", "москва"]),
        ("東京都", "京", ["京"]),
        ("a b", "  b ", ["b"]),
        ("a b", " ", []),
        ("a b", "", []),
        ("a b", "\u0301", []),
        ("", "a", []),
    ],
)
def test_words_are_found_as_a_reader_means_them(text: str, needle: str, expected: list[str]) -> None:
    assert found(text, unicodedata.normalize("NFC", needle)) == expected


@given(nfc, st.data())
def test_what_is_there_is_found_there(text: str, data: st.DataObject) -> None:
    edges = [match.start() for match in regex.finditer(r"\X", text)] + [len(text)]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(edges), st.sampled_from(edges))))
    needle = text[start:end]
    spans = find_all(text, needle)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(set(span) <= set(edges) for span in spans)
    assert all(span.start < span.end for span in spans)
    if any(regex.match(r"[^\W\d_]", character) for character in needle):
        exact = any(character.isupper() for character in needle)
        assert spans or not exact or needle != needle.strip()


@given(nfc, st.text(min_size=1, max_size=3))
def test_any_needle_is_taken_literally(text: str, needle: str) -> None:
    for span in find_all(text, needle):
        assert span.start < span.end <= len(text)
