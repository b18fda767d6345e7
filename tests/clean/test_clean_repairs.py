"""Repairs: what is mended in the article's text, and that the map still tells where each of its words was."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.clean import clean
from reader.desk.cleaning import prepare
from reader.model import Draft, Incoming
from reader.text.align import to_page, to_text

STORY = "The council of Lindhaven voted on Tuesday to close the harbour road for the whole of the winter."


def draft(text: str) -> Draft:
    return prepare(Incoming(raw=text.encode(), media="text", origin="-", encoding="utf-8"))


def misread(text: str, encoding: str) -> str:
    """UTF-8 that was taken for another encoding."""
    return text.encode().decode(encoding)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("â€œWe donâ€™t,â€\x9d she said â€“ at the cafÃ©.", "“We don’t,” she said – at the café."),
        (misread("José Peña of Málaga paid 40 € in Köln", "cp1252"), "José Peña of Málaga paid 40 € in Köln"),
        (misread("Привет из Берёзовки", "latin-1"), "Привет из Берёзовки"),
        ("AT&amp;T said it wasn&#8217;t so; 3 &lt; 4 &mdash; no", "AT&T said it wasn’t so; 3 < 4 — no"),
        ("&amp;amp;quot;so&amp;quot; &#x2019;", '"so" ’'),
        ("the co\u00adop\u00aderation&shy;s of\u2060 all", "the cooperations of all"),
    ],
)
def test_what_was_damaged_is_mended(written: str, meant: str) -> None:
    assert meant in draft(f"{STORY}\n\n{STORY[:-1]}, and {written}\n").canonical.text


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” and ‘single’ quotes stay, and so do \"straight\" ones and 'these'.",
        "R&D; AT&T and &c. are no entities, nor is &nothing; or &;",
        "Ångström, Çelik, naïve café, Đặng, ÄÖÜ and ĂÂÎȘȚ are words of their own.",
        "В Берёзовке отстояли липу, « сказала » она — 5 № 7.",
        "１２３ ＡＢＣ ﬁne",
        "Â is a letter, and so is Ã.",
    ],
)
def test_what_was_not_damaged_stays(text: str) -> None:
    result = clean(Incoming(raw=f"{STORY}\n\n{text}\n".encode(), media="text", origin="-"))
    assert result.repairs == ()


def test_a_repair_is_an_overlay() -> None:
    name = misread("José Peña", "cp1252")
    text = f"{STORY}\n\nShe wasn&#8217;t there, said {name}, who was in the harbour too that night.\n"
    made = draft(text)
    assert made.cleaned.page_text == text
    assert [text[repair.start : repair.end] for repair in made.cleaned.repairs] == ["&#8217;", "Ã©", "Ã±"]
    for word, was in (("wasn’t", "wasn&#8217;t"), ("Peña", "PeÃ±a")):
        start = made.canonical.text.index(word)
        first, last = to_page(made.links, start), to_page(made.links, start + len(word) - 1)
        assert first is not None
        assert last is not None
        assert text[first : last + 1] == was


def test_a_wholly_misread_word_is_mapped_from_its_first_to_its_last() -> None:
    wrong = misread("Привет", "latin-1")
    text = (
        f"{STORY}\n\nSomebody had written {wrong} on the wall of the harbour master’s house in the night.\n"
    )
    made = draft(text)
    start = made.canonical.text.index("Привет")
    first, last = to_page(made.links, start), to_page(made.links, start + 5)
    assert (first, last) == (text.index(wrong), text.index(wrong) + len(wrong) - 1)


def test_a_doubted_run_is_mended_too_and_a_dropped_one_is_not() -> None:
    label = "READ MORE: The caf&eacute; in five charts"
    text = f"{STORY}\n\n{label}\n\nSubscribe\n\n{STORY[:-1]} &amp; the spring.\n"
    made = draft(text)
    assert [text[repair.start : repair.end] for repair in made.cleaned.repairs] == ["&amp;"]
    assert {segment.verdict for segment in made.cleaned.segments} == {"keep", "doubt", "drop"}


def test_a_compound_broken_at_its_hyphen_stays_one_word() -> None:
    lines = [
        "The council of Lindhaven voted on Tuesday to close the well-",
        "known harbour road for the whole of the coming winter, though",
        "nobody had asked for it and the shopkeepers had said so more",
        "than once in the spring, when the first plans were made known.",
    ]
    assert "close the well-known harbour road" in draft("\n".join(lines)).canonical.text


WORDS = st.sampled_from(
    [
        "café",
        "José",
        "Köln",
        "don’t",
        "“so”",
        "40 €",
        "1990–2020",
        "smörgåsbord",
        "Škoda",
        "Привет",
        "мир",
        "茶馆",
        "plain",
    ]
)
DAMAGED = st.lists(
    st.one_of(
        WORDS,
        WORDS.map(lambda word: misread(word, "latin-1")),
        st.sampled_from(
            ["&amp;", "&#233;", "&amp;lt;", "&nbsp;", "a\u00adb", "&", "R&D", "donâ€™t", "\u00ad&shy;"]
        ),
    ),
    max_size=8,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(DAMAGED, min_size=1, max_size=4))
@example(["Ã\xa0 la carte"])
@example(["&amp;#38;amp;"])
@example(["\u00ad&shy;"])
def test_the_map_holds_whatever_is_mended_and_mending_again_changes_nothing(pieces: list[str]) -> None:
    text = "\n\n".join(f"{STORY} {piece} {index} {STORY}" for index, piece in enumerate(pieces))
    made = draft(text)
    page = made.cleaned.page_text
    segments = made.cleaned.segments
    at = 0
    for segment in segments:
        assert segment.start == at < segment.end
        at = segment.end
    assert at == len(page)
    assert all(one.end <= other.start for one, other in pairwise(made.cleaned.repairs))
    assert all(
        any(segment.start <= repair.start < repair.end <= segment.end for segment in segments)
        for repair in made.cleaned.repairs
    )
    for one, other in pairwise(made.links):
        assert one.text_start + one.length <= other.text_start
        assert one.page_start + one.length <= other.page_start
    mended = {at for repair in made.cleaned.repairs for at in range(repair.start, repair.end)}
    for text_start, page_start, length in made.links:
        for index in range(length):
            assert to_page(made.links, text_start + index) == page_start + index
            assert to_text(made.links, page_start + index) == text_start + index
            same = made.canonical.text[text_start + index] == page[page_start + index]
            assert same or page_start + index in mended
    assert draft(made.canonical.text).canonical.text == made.canonical.text


def test_ftfy_is_loaded_only_where_there_are_signs_of_mojibake() -> None:
    program = (
        "import sys; from reader.clean import clean; from reader.model import Incoming\n"
        "def run(text):\n"
        "    clean(Incoming(raw=text.encode(), media='text', origin='-'))\n"
        "    return 'ftfy' in sys.modules\n"
        "print(run('The café “was” closed – Ångström said. Берёзовка &amp; 茶馆'), run('The cafÃ© donâ€™t'))"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["False", "True"]
