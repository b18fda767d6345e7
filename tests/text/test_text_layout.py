import time

import pytest
import regex
from alphabets import lines, paragraphs
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import Block
from reader.text.layout import Layout
from reader.text.runs import NARROW, WIDE
from reader.text.visible import visible

CLUSTERS = regex.compile(r"\X")


def laid_out(*texts: str, width: int = 20) -> Layout:
    """Paragraphs laid out."""
    blocks: list[Block] = []
    start = 0
    for text in texts:
        blocks.append(Block(start, start + len(text), "paragraph"))
        start += len(text) + 2
    return Layout(visible("\n\n".join(texts)), blocks, width, cell_len)


def drawn(layout: Layout, text: str) -> list[str]:
    """The rows as they are drawn."""
    return [layout.prefix(row) + text[slice(*layout.row_span(row))] for row in range(len(layout))]


def rows_of(*texts: str, width: int = 20) -> list[str]:
    return drawn(laid_out(*texts, width=width), "\n\n".join(texts))


shapes = st.builds(
    lambda quotes, indent, marker: (quotes, max(indent, 1) if marker else indent, marker),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from(["", "• ", "10. "]),
)
articles = st.lists(st.tuples(paragraphs, shapes), min_size=1, max_size=4)
widths = st.integers(1, 30)


def article(parts: list[tuple[str, tuple[int, int, str]]], width: int) -> tuple[str, list[Block], Layout]:
    text = visible("\n\n".join(paragraph for paragraph, _ in parts))
    blocks: list[Block] = []
    start = 0
    for paragraph, (quotes, indent, marker) in parts:
        kind = "item" if marker else "paragraph"
        blocks.append(Block(start, start + len(paragraph), kind, 0, quotes, indent, marker))  # type: ignore[arg-type]
        start += len(paragraph) + 2
    return text, blocks, Layout(text, blocks, width, cell_len)


@given(articles, widths)
def test_rows_rejoin_to_the_text(parts: list[tuple[str, tuple[int, int, str]]], width: int) -> None:
    text, blocks, layout = article(parts, width)
    edges = {match.start() for match in CLUSTERS.finditer(text)} | {len(text)}
    end = 0
    assert len(layout) == len(layout.starts) == len(layout.ends)
    for row in range(len(layout)):
        start, stop = layout.row_span(row)
        assert {start, stop} <= edges
        assert not text[end:start].strip(" \n")
        assert not row or start > layout.starts[row - 1]
        assert "\n" not in text[start:stop]
        index = layout.block_of(row)
        assert (index is None) == layout.is_blank(row)
        if index is None:
            assert start == stop
        else:
            assert blocks[index].start <= start <= stop <= blocks[index].end
        end = stop
    assert not text[end:].strip(" \n")


@given(articles, widths)
def test_no_row_is_wider_than_the_width(parts: list[tuple[str, tuple[int, int, str]]], width: int) -> None:
    text, _, layout = article(parts, width)
    for row in range(len(layout)):
        start, stop = layout.row_span(row)
        clusters = CLUSTERS.findall(text[start:stop])
        cells = [cell_len(cluster) for cluster in clusters]
        assert len(layout.prefix(row)) + sum(cells) <= max(4, width) or len(cells) == 1
        found = layout.clusters(row)
        if found is None:
            assert cells == [1] * (stop - start)
        else:
            assert sum(width for _, _, width in found) == sum(cells)
            assert [start for start, _, _ in found[1:]] == [end for _, end, _ in found[:-1]]
            assert (found[0][0], found[-1][1]) == (start, stop)


@given(articles, widths)
@example([("aa  \u102ca", (0, 0, ""))], 1)  # a row that begins with a mark of no cell
def test_an_offset_has_a_cell_and_the_cell_that_offset(
    parts: list[tuple[str, tuple[int, int, str]]], width: int
) -> None:
    _, _, layout = article(parts, width)
    for row in range(len(layout)):
        start, stop = layout.row_span(row)
        column = len(layout.prefix(row))
        clusters = layout.clusters(row) or [(offset, offset + 1, 1) for offset in range(start, stop)]
        for begin, end, cells in clusters:
            for offset in range(begin, end):
                assert layout.row_of(offset) == row
                assert layout.column_of(row, offset) == column
            for cell in range(column, column + cells):
                assert layout.offset_at(row, cell) == begin
            column += cells
        assert layout.column_of(row, stop) == column
        last = clusters[-1][0] if stop > start else start
        first = next((begin for begin, _, cells in clusters if cells), last) if stop > start else start
        assert layout.offset_at(row, -3) == layout.offset_at(row, 0) == first
        assert layout.offset_at(row, column) == layout.offset_at(row, column + 50) == last


@given(articles, widths, st.integers(-5, 5), st.none() | st.integers(0, 30))
def test_a_caret_goes_by_rows_and_rests_on_none_that_is_blank(
    parts: list[tuple[str, tuple[int, int, str]]], width: int, rows: int, goal: int | None
) -> None:
    text, _, layout = article(parts, width)
    for offset in range(len(text)):
        here = layout.row_of(offset)
        if layout.is_blank(here):
            continue
        there, kept = layout.line(offset, rows, goal)
        target = layout.row_of(there)
        assert not layout.is_blank(target)
        assert kept == (layout.column_of(here, offset) if goal is None else goal)
        assert (target - here) * rows >= 0
        if target == here:
            assert there == offset
        else:
            assert there == layout.offset_at(target, kept)


def test_words_are_wrapped_whole_and_spaces_hang() -> None:
    assert rows_of("one two three four", width=8) == ["one two", "three", "four"]
    assert rows_of("one two     three", width=8) == ["one two", "three"]
    assert rows_of("onetwothreefour five", width=8) == ["onetwoth", "reefour", "five"]
    assert rows_of("eightful one", width=8) == ["eightful", "one"]
    assert rows_of("ends in spaces   ", width=8) == ["ends in", "spaces"]
    assert rows_of("two\n\nlines", width=8) == ["two", "", "lines"]
    assert rows_of("“naïve” café — “oui”", width=8) == ["“naïve”", "café —", "“oui”"]


def test_ideographs_are_wrapped_between_but_not_before_a_closing_mark() -> None:
    assert rows_of("政府は発表した。次へ", width=10) == ["政府は発表", "した。次へ"]
    assert rows_of("政府は発表。次", width=10) == ["政府は発", "表。次"]
    assert rows_of("政府は「発表", width=8) == ["政府は", "「発表"]
    assert rows_of("政府 plan発表", width=8) == ["政府", "plan発表"]
    assert rows_of("정부는 새로운 대책을", width=14) == ["정부는 새로운", "대책을"]


def test_clusters_are_never_cut() -> None:
    family, flag = "👨‍👩‍👧‍👦", "🇫🇷"
    assert rows_of(family * 3, width=4) == [family * 2, family]
    assert rows_of(flag * 5, width=5) == [flag * 2, flag * 2, flag]
    assert rows_of("e\u0301" * 7, width=4) == ["e\u0301" * 4, "e\u0301" * 3]
    assert rows_of("क्षि " * 4, width=8)[0].startswith("क्षि")


def test_a_cluster_wider_than_the_row_has_one_to_itself() -> None:
    layout = Layout("👍🏽👍🏽", [Block(0, 4, "paragraph")], 4, lambda cluster: 9)
    assert [layout.row_span(row) for row in range(len(layout))] == [(0, 2), (2, 4)]


def test_a_blank_row_parts_blocks_but_not_items_nor_rows_of_a_table() -> None:
    text = "Say:\n\none two three four\n\nten\n\nx | y\n\n1 | 2\n\nsaid\n\nso"
    kinds = [
        ("paragraph", 0, 0, ""),
        ("item", 0, 1, "• "),
        ("item", 0, 2, "10. "),
        ("table", 0, 0, ""),
        ("table", 0, 0, ""),
        ("paragraph", 1, 0, ""),
        ("paragraph", 2, 0, ""),
    ]
    blocks: list[Block] = []
    start = 0
    for part, (kind, quotes, indent, marker) in zip(text.split("\n\n"), kinds, strict=True):
        blocks.append(Block(start, start + len(part), kind, 0, quotes, indent, marker))  # type: ignore[arg-type]
        start += len(part) + 2
    layout = Layout(text, blocks, 15, cell_len)
    assert drawn(layout, text) == [
        "Say:", "", "• one two three", "  four", "  10. ten", "",
        "x | y", "1 | 2", "", "│ said", "│ ", "│ │ so",
    ]  # fmt: skip
    owners = [layout.block_of(row) for row in range(len(layout))]
    assert owners == [0, None, 1, 1, 2, None, 3, 4, None, 5, None, 6]


def test_what_follows_in_an_item_is_aligned_with_its_text() -> None:
    text = "first\n\nmore\n\ninner\n\nnext"
    blocks = [
        Block(0, 5, "item", 0, 0, 1, "100. "),
        Block(7, 11, "paragraph", 0, 0, 1, ""),
        Block(13, 18, "item", 0, 0, 2, "• "),
        Block(20, 24, "item", 0, 0, 1, "101. "),
    ]
    layout = Layout(text, blocks, 30, cell_len)
    assert drawn(layout, text) == ["100. first", "", "     more", "", "     • inner", "101. next"]


def test_a_narrow_window_keeps_room_for_the_text() -> None:
    layout = Layout("漢字 text", [Block(0, 7, "item", 0, 5, 4, "• ")], 1, cell_len)
    assert [len(layout.prefix(row)) for row in range(len(layout))] == [2] * len(layout)
    assert drawn(layout, "漢字 text") == ["• 漢", "  字", "  te", "  xt"]


def test_the_column_striven_for_is_kept_over_shorter_rows() -> None:
    layout = laid_out("a long row here", "no", "漢字漢字漢字漢字漢字", width=20)
    offset, goal = layout.line(13, 1, None)
    assert (offset, goal) == (18, 13)
    offset, goal = layout.line(offset, 1, goal)
    assert (offset, goal) == (21 + 6, 13)
    offset, goal = layout.line(offset, -2, goal)
    assert (offset, goal) == (18, 13)
    assert layout.line(offset, -9, goal) == (13, 13)
    assert layout.line(3, -1, None) == (3, 3)
    assert layout.line(25, 9, None) == (25, 8)


def test_no_text_is_one_blank_row() -> None:
    layout = Layout("", [], 20, cell_len)
    assert len(layout) == 1
    assert layout.is_blank(0)
    assert layout.block_of(0) is None
    assert (layout.prefix(0), layout.clusters(0), layout.row_span(0)) == ("", None, (0, 0))
    assert layout.line(0, 3, None) == (0, 0)
    assert layout.column_of(0, 0) == layout.offset_at(0, 5) == layout.row_of(0) == 0


@pytest.mark.parametrize(("characters", "cells"), [(NARROW, 1), (WIDE, 2)], ids=["narrow", "wide"])
def test_what_is_counted_unmeasured_has_those_cells_and_stands_alone(characters: str, cells: int) -> None:
    of_the_class = regex.compile(f"[{characters}]")
    alone = regex.compile(r"[[\p{GCB=Other}\p{GCB=LV}\p{GCB=LVT}]--[\p{InSC=Consonant}]]", regex.V1)
    pictograph = regex.compile(r"\p{Extended_Pictographic}")
    found = [chr(code) for code in range(0x110000) if of_the_class.match(chr(code))]
    assert len(found) > 500
    for character in found:
        assert cell_len(character) == cells
        assert alone.match(character)
        assert cells == 2 or not pictograph.match(character)


@given(lines)
def test_measuring_the_clusters_of_a_row_measures_the_row(text: str) -> None:
    """Rich swallows what follows a joiner: a row is then to be drawn in segments that end with it."""
    shown = visible(text)
    for part in regex.split(r"(?<=\u200d)(?!\p{Extended_Pictographic})", shown):
        if "\u200d" not in part:
            assert cell_len(part) == sum(map(cell_len, CLUSTERS.findall(part)))


LATIN = "The “government” said on Wednesday that its plan — it’s costly — would be put off. " * 8
JAPANESE = "政府は水曜日に新たな気候対策を発表した。首相は「必要だ」と述べ、来年までに削減する方針。" * 8
MIXED = "政府は👍🏽水曜日に😀対策を❤️発表した。👨‍👩‍👧‍👦首相は「必要だ」と述べ the 🇫🇷 team’s plan. " * 4


@pytest.mark.parametrize(
    ("paragraph", "milliseconds"),
    [(LATIN, 10), (JAPANESE, 12), (MIXED, 85)],
    ids=["latin", "japanese", "mixed"],
)
def test_a_megabyte_is_laid_out_in_no_time(paragraph: str, milliseconds: int) -> None:
    """The bench holds it to these figures; a busy machine may take five times as long."""
    texts = [paragraph.strip()] * (1_000_000 // len(paragraph.encode()))
    laid_out(*texts[:2])
    taken = []
    for _ in range(3):
        began = time.process_time()
        laid_out(*texts, width=72)
        taken.append(time.process_time() - began)
    assert min(taken) * 1000 < 5 * milliseconds
