"""Carrying marks from one text to another."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reader.model import Span
from reader.text.reanchor import Placed, Reanchor

OLD = (
    "Mayor Ada Quill opened the new tide gate on Monday.\n\n"
    "She said the gate would keep the harbour dry for a century. "
    "Engineers were less sure, and the gate failed its first test.\n\n"
    "The gate cost nine million crowns, the council said."
)
CLAIM = "the gate would keep the harbour dry for a century"


def carried(old: str, new: str, quote: str) -> Placed:
    start = old.index(quote)
    return Reanchor(old, new).place(Span(start, start + len(quote)))


def text_of(new: str, placed: Placed) -> str:
    return new[placed.span.start : placed.span.end]


def test_the_same_text_keeps_offsets() -> None:
    assert carried(OLD, OLD, CLAIM) == Placed(Span(62, 111), "ok", 1.0, False)


@pytest.mark.parametrize(
    ("before", "after", "stands", "changed"),
    [
        ("Mayor Ada Quill opened", "On a wet day Mayor Ada Quill opened", CLAIM, False),
        ("a century", "a hundred years", "the gate would keep the harbour dry for a hundred years", True),
        ("She said the gate would", "She thought the barrier would", None, True),
        ("the gate would keep", "the gate would, she hoped, keep", None, True),
    ],
)
def test_what_the_difference_carries(before: str, after: str, stands: str | None, changed: bool) -> None:
    new = OLD.replace(before, after)
    placed = carried(OLD, new, CLAIM)
    assert (placed.status, placed.changed) == ("ok", changed)
    assert text_of(new, placed) == stands or stands is None
    assert text_of(new, placed).endswith(("for a century", "hundred years"))
    assert text_of(new, placed).startswith("the ")


def test_a_sentence_that_was_taken_out_leaves_an_orphan() -> None:
    new = OLD.replace("She said the gate would keep the harbour dry for a century. ", "")
    assert carried(OLD, new, CLAIM).status == "orphan"


def test_a_sentence_that_looks_alike_elsewhere_is_only_proposed() -> None:
    new = OLD.replace("She said the gate would keep the harbour dry for a century. ", "")
    new += "\n\nA brochure says the gate would keep the old harbour dry for a decade at least."
    placed = carried(OLD, new, CLAIM)
    assert placed.status == "review"
    assert text_of(new, placed) == "the gate would keep the old harbour dry for a decade"
    assert 0.6 <= placed.score < 1


def test_a_paragraph_that_was_moved_keeps_its_marks() -> None:
    first, second, third = OLD.split("\n\n")
    new = "\n\n".join([third, "Nobody had expected it so soon.", first, second])
    for quote in (CLAIM, "the gate failed its first test", "the council said", "Engineers were less sure"):
        placed = carried(OLD, new, quote)
        assert (placed.status, text_of(new, placed)) == ("ok", quote)


def test_a_few_common_words_are_not_found_in_what_took_their_place() -> None:
    new = OLD.replace(
        "Engineers were less sure, and the gate failed its first test.", "Farmers like the gate."
    )
    assert carried(OLD, new, "the gate failed").status != "ok"


@pytest.mark.parametrize("quote", ["—", "!?", " "])
def test_a_mark_without_a_word_is_never_moved_by_chance(quote: str) -> None:
    old = f"One two three four five six{quote} seven eight nine ten eleven twelve thirteen fourteen."
    assert carried(old, old.replace("One", "First one"), quote).status in ("ok", "orphan")
    assert carried(old, "Something else altogether! — ?", quote).status == "orphan"


def test_chinese_is_compared_sign_by_sign() -> None:
    old = "市长说新的水闸会让港口保持干燥。工程师不太确定。议会说水闸花费九百万。"
    new = "周一，市长说新的水闸将让港口保持干燥。工程师不太确定。议会说水闸花费九百万。"
    placed = carried(old, new, "新的水闸会让港口保持干燥")
    assert (placed.status, text_of(new, placed)) == ("ok", "新的水闸将让港口保持干燥")


# Words that stand once, so that there is one right answer to where each of them went.
UNIQUE = st.integers(8, 60).flatmap(lambda count: st.permutations([f"word{n}x" for n in range(count)]))
NEW_WORDS = st.lists(st.integers(0, 999).map(lambda n: f"new{n}y"), max_size=12)


def prose(words: list[str], chosen: set[int]) -> str:
    """Words as sentences and paragraphs: a sentence ends at each chosen place, a paragraph at every third."""
    text = ""
    for index, word in enumerate(words):
        text += word + (". " if index in chosen else " ")
        if index in chosen and index % 3 == 0:
            text = text.rstrip() + "\n\n"
    return text.strip()


@given(UNIQUE, st.data())
def test_any_edit_outside_the_span_keeps_the_span(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(2, len(words) - 5), "first word")
    last = data.draw(st.integers(first + 1, len(words) - 3), "last word")
    old = " ".join(words)
    start = old.index(words[first] + " ")
    span = Span(start, old.index(words[last] + " ") + len(words[last]))
    cut = data.draw(st.integers(0, first - 2), "cut from the front")
    put = data.draw(NEW_WORDS, "put in front")
    tail = data.draw(NEW_WORDS, "put behind")
    # Two neighbours on each side stay: without any, a few words have no place that could be told.
    near = range(max(0, first - 8), first)
    assume(len(near) - max(0, cut - near.start) >= 0.75 * len(near) or last - first >= 8)
    new = " ".join([*put, *words[cut:], *tail])
    placed = Reanchor(old, new).place(span)
    assert placed.status == "ok"
    assert text_of(new, placed) == old[span.start : span.end]
    assert not placed.changed


@given(UNIQUE, st.sets(st.integers(0, 60)), st.data())
def test_a_change_of_typography_keeps_the_span(words: list[str], ends: set[int], data: st.DataObject) -> None:
    old = prose([f"“{word}”" if word.endswith("3x") else word for word in words], ends)
    new = old.translate({ord("“"): '"', ord("”"): '"'}).replace(". ", ".\n\n").replace(" ", "\u00a0")
    first = data.draw(st.integers(0, len(words) - 2), "first word")
    last = data.draw(st.integers(first, len(words) - 1), "last word")
    span = Span(old.index(words[first]), old.index(words[last]) + len(words[last]))
    placed = Reanchor(old, new).place(span)
    assert placed.status == "ok"
    assert not placed.changed
    assert (
        text_of(new, placed).split()
        == old[span.start : span.end].translate({ord("“"): '"', ord("”"): '"'}).split()
    )


@given(UNIQUE, NEW_WORDS, NEW_WORDS, st.data())
def test_there_and_back_is_where_it_was(
    words: list[str], before: list[str], behind: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 2), "first word")
    last = data.draw(st.integers(first, len(words) - 1), "last word")
    old = " ".join(words)
    new = " ".join([*before, *words, *behind])
    span = Span(old.index(words[first]), old.index(words[last]) + len(words[last]))
    there = Reanchor(old, new).place(span)
    assert there.status == "ok"
    assert Reanchor(new, old).place(there.span).span == span


@given(st.text(max_size=80), st.text(max_size=80), st.data())
def test_every_place_is_a_range_of_the_new_text(old: str, new: str, data: st.DataObject) -> None:
    assume(old)
    start = data.draw(st.integers(0, len(old) - 1), "start")
    end = data.draw(st.integers(start + 1, len(old)), "end")
    placed = Reanchor(old, new).place(Span(start, end))
    assert 0 <= placed.span.start <= placed.span.end <= len(new)
    assert (placed.status == "orphan") == (placed.span.start == placed.span.end)
    assert 0 <= placed.score <= 1
