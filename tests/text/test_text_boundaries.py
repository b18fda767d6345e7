import time
from itertools import pairwise

import pytest
import regex
from alphabets import lines
from hypothesis import given

from reader.text.boundaries import clusters, grapheme_at, next_grapheme, previous_grapheme, words

CLUSTERS = regex.compile(r"\X")


def spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in CLUSTERS.finditer(text)]


@given(lines)
def test_a_cluster_is_found_from_any_of_its_code_points(text: str) -> None:
    for start, end in spans(text):
        for offset in range(start, end):
            assert grapheme_at(text, offset) == (start, end)
        assert next_grapheme(text, start) == end
        assert previous_grapheme(text, end) == start
    assert previous_grapheme(text, 0) == 0
    assert grapheme_at(text, len(text)) == (len(text), len(text))
    assert "".join(clusters(text)) == text
    assert [len(cluster) for cluster in clusters(text)] == [end - start for start, end in spans(text)]


@pytest.mark.parametrize(
    "cluster",
    [
        "e\u0301",
        "\r\n",
        "👨‍👩‍👧‍👦",
        "👍🏽",
        "🇫🇷",
        "क्षि",
        "\u1100\u1161\u11a8",
        "각",
        "กำ",
        "か\u3099",
        "1️⃣",
        "❤️‍🔥",
    ],
)
def test_what_a_reader_takes_for_one_character_is_one(cluster: str) -> None:
    text = f"a{cluster}漢{cluster}"
    assert next_grapheme(text, 1) == 1 + len(cluster)
    assert previous_grapheme(text, len(text)) == len(text) - len(cluster)
    assert clusters(text) == ["a", cluster, "漢", cluster]


@pytest.mark.parametrize("unit", ["ab ", "漢字", "❤️", "e\u0323\u0301", "क्षि", "👍🏽", "한국", "🇫🇷", "กำ"])
def test_a_step_in_a_long_text_looks_at_its_surroundings_only(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    grapheme_at(text, 0)
    fastest = 1.0
    for offset in range(len(text) // 2, len(text) // 2 + 5):
        began = time.process_time()
        grapheme_at(text, offset)
        fastest = min(fastest, time.process_time() - began)
    # Flags can only be told from each other by counting from their first; even that is no matter of seconds.
    assert fastest < (0.5 if unit == "🇫🇷" else 0.002)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He can't, and won’t.", ["He", "can't", "and", "won’t"]),
        ("$1.5 billion, 3,000 of 24/7", ["1.5", "billion", "3,000", "of", "24", "7"]),
        ("a so-called U.S. plan — no…", ["a", "so", "called", "U.S", "plan", "no"]),
        ("東京へ2人", ["東", "京", "へ", "2", "人"]),
        ("カタカナ 한국어", ["カタカナ", "한국어"]),
        ("Cafe\u0301 Été", ["Cafe\u0301", "Été"]),
        ("योजना की", ["योजना", "की"]),
        ("foo_bar 👍 !!", ["foo_bar"]),
        ("", []),
    ],
)
def test_words_hold_a_letter_or_a_digit(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in words(text, 0, len(text))] == expected


@given(lines)
def test_words_stand_in_order_and_leave_no_letter_out(text: str) -> None:
    found = words(text, 0, len(text))
    assert all(one.end <= other.start for one, other in pairwise(found))
    left = text
    for start, end in reversed(found):
        assert start < end
        left = left[:start] + " " + left[end:]
    assert not regex.search(r"[\p{L}\p{N}]", left)


def test_words_of_a_range_stay_in_it() -> None:
    text = "one two three"
    assert words(text, 4, 7) == [(4, 7)]
