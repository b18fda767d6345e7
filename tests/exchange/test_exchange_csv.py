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
from reader.exchange.csv import COLUMNS, write_csv
from reader.exchange.csv_reading import read
from reader.exchange.items import Mark
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


def read_back(text: str, *, raw: bool = False) -> list[Mark]:
    """The marks in a table; what cannot be read fails."""
    marks = []
    for where, what in read(io.BytesIO(text.encode()), raw=raw):
        assert isinstance(what, Mark), (where, what)
        marks.append(what)
    return marks


def as_read(row: ExportRow) -> tuple[Annotation, tuple[str, ...]]:
    """What of a row a table holds."""
    return replace(row.annotation, article_id=""), (
        row.article_id,
        row.text_sha256,
        row.metadata.url,
        row.metadata.title,
    )


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
    (back,) = read_back(written([row]))
    assert back.annotation.tags == row.annotation.tags


TEXT = st.text(st.one_of(st.sampled_from("'=+-@\t\r\n,\";|\\ "), st.characters(exclude_categories=["Cs"])))
TAGS = st.lists(TEXT.filter(bool), max_size=3).map(tuple)
STANCES = st.lists(
    st.builds(
        Stance, target=TEXT, scheme=st.just("stance"), code=st.sampled_from(["support", "oppose", "unclear"])
    ),
    max_size=3,
    unique_by=lambda stance: stance.target,
).map(lambda stances: tuple(sorted(stances)))
SPANS = st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)).map(lambda pair: Span(*sorted(pair)))
ANNOTATIONS = st.builds(
    Annotation,
    id=st.just(""),
    article_id=st.just("r1"),
    annotator=st.builds(Annotator, id=st.just(""), name=TEXT),
    anchor=st.builds(
        Anchor,
        revision_id=st.just(""),
        span=SPANS,
        exact=TEXT.filter(bool),
        prefix=TEXT,
        suffix=TEXT,
        status=st.sampled_from(["ok", "review", "orphan"]),
        score=st.just(1.0),
        changed=st.just(False),
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
    for content in (text, "\ufeff" + text):
        marks = read_back(content, raw=raw)
        assert [(mark.annotation, mark.article[:4]) for mark in marks] == [as_read(row) for row in rows]


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
    ("change", "where", "told"),
    [
        ((",3,9,", ",three,9,"), "line 2", "start must be a whole number from 0, not 'three'"),
        ((",3,9,", ",9,3,"), "line 2", "it ends at 3, before it starts at 9"),
        ((",quoted,", ",sung,"), "line 2", "the voice must be one of article, quoted, reported, not 'sung'"),
        ((",ok,", ",fine,"), "line 2", "the anchor_status must be one of ok, review, orphan, not 'fine'"),
        (("one|two,", ""), "line 2", "it has 24 fields and not 25"),
        ((",support,", ",none at all,"), "line 2", "the stance 'none at all' must be small letters, digits"),
        ((",,stance,support", ",,,support"), "line 2", "the stance support has no scheme"),
        ((",2,", ",4,"), "line 2", "the confidence is 1, 2, 3 or empty, not 4"),
        ((",a “b”,", ",,"), "line 2", "the quote is empty"),
        (("2026-03-02T09:14:05.123Z", "yesterday"), "line 2", "created_at must be a time in UTC like"),
        (("a1,r1", "a 1,r1"), "line 2", "annotation_id must be an id in letters, digits"),
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_line_and_the_next_is_read(
    change: tuple[str, str], where: str, told: str
) -> None:
    text = written([ROW])
    assert change[0] in text
    text = text.replace(*change) + written([with_annotation(id="a2")]).partition("\r\n")[2]
    bad, good = read(io.BytesIO(text.encode()))
    assert bad.where == where
    assert isinstance(bad.what, str)
    assert bad.what.startswith(told)
    assert isinstance(good.what, Mark)
    # The row before has a line end in its note.
    assert good.where == "line 4"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1: the columns are not those of an export"),
        (b"a,b\r\n1,2\r\n", "line 1: the columns are not those of an export"),
        ((",".join(COLUMNS) + '\r\n"broken').encode(), "line 2: not a row of CSV (unexpected end of data)"),
        ((",".join(COLUMNS) + "\r\n").encode() + b"\xff\xfe", "not UTF-8 (invalid start byte)"),
    ],
)
def test_a_table_that_is_not_an_export_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(InputError, match="^" + re.escape(told)):
        list(read(io.BytesIO(content)))


def test_the_rows_of_one_mark_agree_and_stand_together() -> None:
    both = with_annotation(
        stances=(Stance("bridge", "stance", "oppose"), Stance("toll", "stance", "support")), note=""
    )
    header, one, other, _ = written([both]).split("\r\n")
    third = written([with_annotation(id="a2", note="")]).split("\r\n")[1]
    (mark,) = read_back("\r\n".join((header, other, one, "")))
    assert mark.annotation.stances == both.annotation.stances
    for rows, told in (
        (
            (one, other.replace("the mayor", "the queen")),
            "it says other things of the mark of the line before",
        ),
        ((one, one), "two stances toward 'bridge'"),
        ((one, third, other), "the rows of one mark stand apart: sort the table by annotation_id"),
    ):
        items = list(read(io.BytesIO("\r\n".join((header, *rows, "")).encode())))
        assert any(isinstance(item.what, str) and item.what.startswith(told) for item in items), told


def test_a_hundred_thousand_rows_take_a_second_at_most() -> None:
    begun = time.process_time()
    assert write_csv((ROW for _ in range(100_000)), io.StringIO(newline="")) == 100_000
    assert time.process_time() - begun < 3  # measured below 1 s; the rest is for a busy machine
