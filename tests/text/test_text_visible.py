import unicodedata

import pytest
import regex
from alphabets import lines
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.text.glyphs import PICTOGRAPHS
from reader.text.visible import visible, visible_line

ANY = st.text(st.characters(exclude_categories=[])) | lines
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = regex.compile(r"\p{Default_Ignorable_Code_Point}")
KEPT = regex.compile(r"[\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
CLUSTERS = regex.compile(r"\X")


@given(ANY)
def test_a_code_point_is_drawn_for_each_and_none_of_them_acts(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert len(shown.encode()) >= len(text)
    for before, after in zip(text, shown, strict=True):
        assert (before == "\n") == (after == "\n")
        assert after == "\n" or unicodedata.category(after) not in ("Cc", "Cs", "Zl", "Zp")
        assert after not in BIDI
        assert not UNSEEN.match(after) or KEPT.match(after)


@given(ANY)
def test_what_is_drawn_is_drawn_the_same_again(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(ANY)
def test_a_line_stays_one_line(text: str) -> None:
    assert "\n" not in visible_line(text)
    assert visible_line(text).replace("␊", "\n") == visible(text.replace("␊", "\n"))


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x9b2J", "␦2J"),
        ("a\tb\r\n", "a␉b␍\n"),
        ("\x00\x7f", "␀␡"),
        ("a\u202eb\u2066c\u200fd", "a⇄b⇄c⇄d"),
        ("Bundes\u00adkanzler", "Bundes‧kanzler"),
        ("a\u200bb\ufeffc\u2060d", "a¦b¦c¦d"),
        ("a\u2028b\u2029c", "a␤b␤c"),
        ("\U000e0041\U000e0042", "¦¦"),
        ("a\ud800b", "a\ufffdb"),
        ("a\ufdd0b\uffffc", "a\ufffdb\ufffdc"),
        ("a\U0001fffeb\U000affffc", "a\ufffdb\ufffdc"),
        ("a\u200db", "a¦b"),
        ("a\u200cb", "a¦b"),
        ("\ufe0fa", "¦a"),
        ("a\ufe01\ufe02", "a\ufe01¦"),
        ("\u0301a\n\u0301", "◌a\n◌"),
        ("\u200b\u0301", "¦◌"),
        ("a\u1161", "a◌"),
        ("\u3164", "¦"),
    ],
)
def test_what_acts_or_hides_is_shown(hostile: str, shown: str) -> None:
    assert visible(hostile) == shown


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧‍👦 and 👩🏽‍🚒, ❤️‍🔥, 🏳️‍🌈",
        "1️⃣ ❤️ ☎︎",
        "می‌خواهم برنامه‌های",
        "क्‍ष क्‌ष ශ්‍රී",
        "e\u0301 か\u3099 각 \u1100\u1161\u11a8",
        "日本語。한국어! ไทยที่นี่ 𠮷野家",
        "“No” — it’s €5…\n\n«Oui»",
        "葛\U000e0100",
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(text: str) -> None:
    assert visible(text) is text


def test_every_cluster_takes_a_cell_but_for_a_few_vowels() -> None:
    """Those of Burmese and Tai are clusters by UAX #29 that terminals draw onto the one before."""
    vowels = set()
    for code in range(0x110000):
        if cell_len(chr(code)):
            continue
        for before in ("", "a", "\n", "\u00ad"):
            for cluster in CLUSTERS.findall(visible(before + chr(code))):
                if cluster != "\n" and not cell_len(cluster):
                    vowels.add(unicodedata.category(cluster[0]))
    assert vowels <= {"Mc", "Mn"}


def test_the_pictographs_are_unicodes() -> None:
    mine = regex.compile(f"[{PICTOGRAPHS}]")
    unicodes = regex.compile(r"\p{Extended_Pictographic}")
    assert not [
        code for code in range(0x110000) if bool(mine.match(chr(code))) != bool(unicodes.match(chr(code)))
    ]
