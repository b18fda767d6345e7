import pytest

from reader.errors import ExportError
from reader.exchange import proved
from reader.model import Anchor, Annotation, Annotator, ExportRow, Metadata, Span

BRIDGE = "The bridge is shut."
GATE = "Das Brückentor 🌉 ist zu."


def row(text: str, start: int, end: int, exact: str) -> ExportRow:
    anchor = Anchor(revision_id="v1", span=Span(start, end), exact=exact, prefix="", suffix="")
    annotation = Annotation(id="a1", article_id="r1", annotator=Annotator(id="", name=""), anchor=anchor)
    return ExportRow(annotation=annotation, article_id="r1", metadata=Metadata(), text=text, text_sha256="")


def test_rows_that_sit_where_they_say_pass() -> None:
    rows = [
        row(BRIDGE, 4, 10, "bridge"),
        row(BRIDGE, 14, 18, "shut"),
        row(GATE, 15, 16, "🌉"),
        row(GATE, 24, 24, ""),
    ]
    assert list(proved(rows)) == rows


@pytest.mark.parametrize(
    ("start", "end", "exact"), [(5, 11, "bridge"), (4, 10, "Bridge"), (40, 46, "bridge"), (-5, -1, "shut")]
)
def test_a_row_that_does_not_is_told_and_ends_the_export(start: int, end: int, exact: str) -> None:
    good = row(BRIDGE, 4, 10, "bridge")
    rows = proved([good, row(BRIDGE, start, end, exact), good])
    assert next(rows) == good
    with pytest.raises(ExportError, match="annotation a1: its quote is not what its article says"):
        next(rows)
    assert list(rows) == []
