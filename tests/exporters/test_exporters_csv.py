import csv
import io
import re
import time
from collections.abc import Sequence
from dataclasses import replace

import pandas  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import InputError
from reader.exporters import COLUMNS, read_csv, write_csv
from reader.model import Anchor, Annotation, Annotator, ExportRow, Metadata, Span, Stance

ROW = ExportRow(
    annotation=Annotation(
        id="a1",
        article_id="r1",
        annotator=Annotator(id="", name="Ada"),
        anchor=Anchor(revision_id="", span=Span(3, 9), exact="a “b”", prefix="c ", suffix=", d"),
        stances=(Stance(target="", scheme="stance", code="support"),),
        note="first\nsecond",
        tags=("one", "two"),
        holder="the mayor",
        voice="quoted",
        confidence=2,
        created_at="2026-03-02T09:14:05.123Z",
        updated_at="2026-03-02T09:14:06.000Z",
    ),
    article_id="r1",
    metadata=Metadata(
        title='The "old" bridge',
        url="https://example.org/a",
        source="Gazette",
        author="B. C.",
        published="2023-03",
    ),
    text="",
    text_sha256="00ff",
)


def written(rows: Sequence[ExportRow], *, raw: bool = False) -> str:
    stream = io.StringIO(newline="")
    write_csv(rows, stream, raw=raw)
    return stream.getvalue()


def with_annotation(**changes: object) -> ExportRow:
    return ROW._replace(annotation=replace(ROW.annotation, **changes))  # type: ignore[arg-type]


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_bytes_are_those_of_the_design() -> None:
    assert written([ROW]) == (
        "annotation_id,article_id,article_url,article_title,source,article_author,published_at,text_sha256,"
        "start,end,quote,prefix,suffix,target,scheme,stance,holder,voice,confidence,note,tags,annotator,"
        "anchor_status,created_at,updated_at\r\n"
        'a1,r1,https://example.org/a,"The ""old"" bridge",Gazette,B. C.,2023-03,00ff,'
        '3,9,a “b”,c ,", d",,stance,support,the mayor,quoted,2,"first\nsecond",one|two,Ada,'
        "ok,2026-03-02T09:14:05.123Z,2026-03-02T09:14:06.000Z\r\n"
    )


def test_an_empty_export_has_its_header() -> None:
    assert written([]) == ",".join(COLUMNS) + "\r\n"


def test_each_target_is_a_row_and_a_mark_without_a_stance_is_one_too() -> None:
    both = with_annotation(
        stances=(
            Stance(target="the bridge", scheme="stance", code="oppose"),
            Stance(target="the toll", scheme="stance", code="support"),
        )
    )
    bare = with_annotation(id="a2", stances=(), confidence=None)
    stream = io.StringIO(newline="")
    assert write_csv([both, bare], stream) == 3
    rows = records(stream.getvalue())
    assert [(row["annotation_id"], row["target"], row["scheme"], row["stance"]) for row in rows] == [
        ("a1", "the bridge", "stance", "oppose"),
        ("a1", "the toll", "stance", "support"),
        ("a2", "", "", ""),
    ]
    assert rows[2]["confidence"] == ""


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("+4 degrees", "'+4 degrees"),
        ("-no", "'-no"),
        ("@home", "'@home"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("'=1", "''=1"),
        ("''@x", "'''@x"),
        ("'tis", "'tis"),
        ("− minus", "− minus"),
        ("a=b", "a=b"),
        ("'", "'"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_could_take_for_a_formula_is_guarded(text: str, guarded: str) -> None:
    row = with_annotation(note=text)
    assert records(written([row]))[0]["note"] == guarded
    assert records(written([row], raw=True))[0]["note"] == text


def test_every_text_column_is_guarded() -> None:
    evil = "=cmd|' /C calc'!A0"
    annotation = replace(
        ROW.annotation,
        annotator=Annotator(id="", name=evil),
        anchor=ROW.annotation.anchor._replace(exact=evil, prefix=evil, suffix=evil),
        stances=(Stance(target=evil, scheme="stance", code="support"),),
        note=evil,
        tags=(evil,),
        holder=evil,
    )
    metadata = Metadata(title=evil, url=evil, source=evil, author=evil, published=evil)
    text = written([ROW._replace(annotation=annotation, metadata=metadata)])
    (row,) = records(text)
    assert sum("calc" in field for field in row.values()) == 13
    assert not [field for field in row.values() if re.match(r"[=+\-@\t\r\n]", field)]


def test_tags_are_told_apart_whatever_they_hold() -> None:
    row = with_annotation(tags=("a|b", "c\\", "\\|", "d"))
    assert records(written([row]))[0]["tags"] == "a\\|b|c\\\\|\\\\\\||d"
    (back,) = read_csv(io.StringIO(written([row]), newline=""))
    assert back.annotation.tags == row.annotation.tags


TEXT = st.text(st.one_of(st.sampled_from("'=+-@\t\r\n,\";|\\ "), st.characters(exclude_categories=["Cs"])))
TAGS = st.lists(TEXT.filter(bool), max_size=3).map(tuple)
STANCES = st.lists(
    st.builds(
        Stance, target=TEXT, scheme=st.just("stance"), code=st.sampled_from(["support", "oppose", "unclear"])
    ),
    max_size=3,
    unique_by=lambda stance: stance.target,
).map(tuple)
SPANS = st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)).map(lambda pair: Span(*pair))
ANNOTATIONS = st.builds(
    Annotation,
    id=st.just(""),
    article_id=st.just("r1"),
    annotator=st.builds(Annotator, id=st.just(""), name=TEXT),
    anchor=st.builds(
        Anchor,
        revision_id=st.just(""),
        span=SPANS,
        exact=TEXT,
        prefix=TEXT,
        suffix=TEXT,
        status=st.sampled_from(["ok", "review", "orphan"]),
    ),
    stances=STANCES,
    note=TEXT,
    tags=TAGS,
    holder=TEXT,
    voice=st.sampled_from(["", "article", "quoted", "reported"]),
    confidence=st.sampled_from([None, 1, 2, 3]),
)
METADATA = st.builds(Metadata, title=TEXT, url=TEXT, source=TEXT, author=TEXT, published=TEXT)
ROWS = st.lists(
    st.builds(
        ExportRow,
        annotation=ANNOTATIONS,
        article_id=st.just("r1"),
        metadata=METADATA,
        text=st.just(""),
        text_sha256=TEXT,
    ),
    max_size=4,
).map(
    lambda rows: [
        row._replace(annotation=replace(row.annotation, id=f"a{number}")) for number, row in enumerate(rows)
    ]
)


@given(rows=ROWS, raw=st.booleans())
def test_what_is_written_reads_back_the_same(rows: list[ExportRow], raw: bool) -> None:
    text = written(rows, raw=raw)
    assert list(read_csv(io.StringIO(text, newline=""), raw=raw)) == rows
    assert list(read_csv(io.StringIO("\ufeff" + text, newline=""), raw=raw)) == rows


@given(row=ROWS.filter(len).map(lambda rows: rows[0]))
def test_quotes_stand_where_the_standard_library_would_put_them(row: ExportRow) -> None:
    text = written([row], raw=True)
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(csv.reader(io.StringIO(text, newline="")))
    assert text == stream.getvalue()


@given(rows=ROWS)
def test_python_and_pandas_read_the_values_that_were_written(rows: list[ExportRow]) -> None:
    text = written(rows, raw=True)
    expected = [
        [row.annotation.anchor.exact, row.annotation.note, row.metadata.title, target, code]
        for row in rows
        for target, code in [(stance.target, stance.code) for stance in row.annotation.stances] or [("", "")]
    ]
    columns = ["quote", "note", "article_title", "target", "stance"]
    assert [[row[column] for column in columns] for row in records(text)] == expected
    frame = pandas.read_csv(io.BytesIO(text.encode()), dtype=str, keep_default_na=False)
    assert tuple(frame.columns) == COLUMNS
    assert frame[columns].values.tolist() == expected


def test_pandas_without_a_setting_reads_offsets_as_numbers_and_stances_as_words() -> None:
    frame = pandas.read_csv(io.StringIO(written([ROW, with_annotation(id="a2")])))
    assert frame["start"].tolist() == [3, 3]
    assert frame["stance"].tolist() == ["support", "support"]
    assert pandas.to_datetime(frame["created_at"]).dt.tz is not None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("annotation_id", "id"), "line 1: the columns are not those of an export"),
        ((",3,9,", ",three,9,"), "line 3: not a row of an export (invalid literal for int()"),
        ((",quoted,", ",sung,"), "line 3: not a row of an export (the voice 'sung' is unknown)"),
        ((",ok,", ",fine,"), "line 3: not a row of an export (the anchor_status 'fine' is unknown)"),
        (("one|two,", ""), "line 3: not a row of an export (zip() argument 2 is shorter than argument 1)"),
    ],
)
def test_a_table_that_is_not_an_export_is_refused(change: tuple[str, str], told: str) -> None:
    text = written([ROW])
    assert change[0] in text
    with pytest.raises(InputError, match="^" + re.escape(told)):
        list(read_csv(io.StringIO(text.replace(*change), newline="")))


def test_a_hundred_thousand_rows_take_a_second_at_most() -> None:
    begun = time.process_time()
    assert write_csv((ROW for _ in range(100_000)), io.StringIO(newline="")) == 100_000
    assert time.process_time() - begun < 3  # measured below 1 s; the rest is for a busy machine
