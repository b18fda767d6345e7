from dataclasses import replace

import pytest

from reader.errors import ExportError
from reader.exporters import proved
from reader.model import Anchor, Annotation, Annotator, ExportRow, Metadata, Span

TEXTS = {"v1": "The bridge is shut.", "v2": "Das Brückentor 🌉 ist zu."}


def row(revision_id: str, start: int, end: int, exact: str) -> ExportRow:
    anchor = Anchor(revision_id=revision_id, span=Span(start, end), exact=exact, prefix="", suffix="")
    annotation = Annotation(id="a1", article_id="r1", annotator=Annotator(id="", name=""), anchor=anchor)
    return ExportRow(annotation=annotation, article_id="r1", metadata=Metadata(), text_sha256="")


def test_rows_that_sit_where_they_say_pass_and_each_text_is_asked_for_once() -> None:
    rows = [
        row("v1", 4, 10, "bridge"),
        row("v1", 14, 18, "shut"),
        row("v2", 15, 16, "🌉"),
        row("v2", 24, 24, ""),
    ]
    asked: list[str] = []

    def text_of(revision_id: str) -> str:
        asked.append(revision_id)
        return TEXTS[revision_id]

    assert list(proved(rows, text_of)) == rows
    assert asked == ["v1", "v2"]


@pytest.mark.parametrize(
    ("start", "end", "exact"), [(5, 11, "bridge"), (4, 10, "Bridge"), (40, 46, "bridge"), (-5, -1, "shut")]
)
def test_a_row_that_does_not_is_told_and_ends_the_export(start: int, end: int, exact: str) -> None:
    good = row("v1", 4, 10, "bridge")
    rows = proved([good, row("v1", start, end, exact), good], TEXTS.__getitem__)
    assert next(rows) == good
    with pytest.raises(ExportError, match="annotation a1: its quote is not what its article says"):
        next(rows)
    assert list(rows) == []


def test_the_same_offsets_in_another_revision_are_not_trusted() -> None:
    first = row("v1", 4, 10, "bridge")
    moved = replace(first.annotation.anchor, revision_id="v2")
    second = replace(first, annotation=replace(first.annotation, anchor=moved))
    with pytest.raises(ExportError):
        list(proved([first, second], TEXTS.__getitem__))
