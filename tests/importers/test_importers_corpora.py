import csv
import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers import load
from reader.importers import records as records_module
from reader.importers.csv import IMPORTER as CSV
from reader.importers.jsonl import IMPORTER as JSONL
from reader.model import Incoming, Metadata, Problem

ROW = {
    "Text": "The bridge is shut.",
    "TITLE": "Bridge shut",
    " url ": "https://example.org/bridge",
    "Source": "The Gazette",
    "author": "A. Reporter",
    "Date": "2 March 2023",
    "id": "17",
}
KNOWN = Metadata(
    title="Bridge shut",
    url="https://example.org/bridge",
    source="The Gazette",
    author="A. Reporter",
    published="2023-03-02",
)


def table(*rows: list[str], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def from_csv(content: str | bytes) -> list[Incoming | Problem]:
    raw = content.encode() if isinstance(content, str) else content
    return list(CSV.load(io.BytesIO(raw), "c.csv"))


def from_jsonl(content: str | bytes) -> list[Incoming | Problem]:
    raw = content.encode() if isinstance(content, str) else content
    return list(JSONL.load(io.BytesIO(raw), "c.jsonl"))


def texts(items: list[Incoming | Problem]) -> list[str]:
    return [item.raw.decode() for item in items if isinstance(item, Incoming)]


def problems(items: list[Incoming | Problem]) -> list[tuple[str, str]]:
    return [(item.origin, item.message) for item in items if isinstance(item, Problem)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_whatever_wrote_it(delimiter: str, encoding: str) -> None:
    text = "The bridge; is, “shut”\tat the café."
    content = table(list(ROW), [text, *list(ROW.values())[1:]], delimiter=delimiter)
    assert from_csv(content.encode(encoding)) == [
        Incoming(raw=text.encode(), media="text", origin="c.csv#1", encoding="utf-8", metadata=KNOWN)
    ]


def test_a_field_may_hold_delimiters_quotes_and_lines() -> None:
    text = 'He said "no", twice;\r\nthen\tleft.\n\nTo the editor'
    assert texts(from_csv(table(["title", "text"], ["a", text], ["b", "Next."]))) == [text, "Next."]


def test_a_table_of_lone_returns_and_one_without_a_last_line_end_are_read() -> None:
    assert texts(from_csv('title,text\ra,One.\rb,"Two\rlines."\rc,Three.')) == [
        "One.",
        "Two\rlines.",
        "Three.",
    ]


def test_each_line_is_decoded_by_itself() -> None:
    raw = b"text\n" + "“Zürich”".encode() + b"\n" + "“Zürich”".encode("cp1252") + b"\n\x81\x80\n"
    assert texts(from_csv(raw)) == ["“Zürich”", "“Zürich”", "\x81€"]


def test_a_header_with_a_stray_quote_still_names_its_columns() -> None:
    assert texts(from_csv('"ti"tle,text\na,One.\n')) == ["One."]


def test_an_html_column_stands_in_for_an_empty_text_column() -> None:
    first, second = from_csv(table(["html", "text"], ["<p>Page", " "], ["<p>Page", "Text"]))
    assert isinstance(first, Incoming)
    assert isinstance(second, Incoming)
    assert (first.media, first.raw) == ("html", b"<p>Page")
    assert (second.media, second.raw) == ("text", b"Text")


@pytest.mark.parametrize(
    ("date", "published", "known"),
    [
        ("2023-03-02", "", "2023-03-02"),
        ("", "2023-03-02T09:14:05Z", "2023-03-02T09:14:05Z"),
        ("last week", "2023", "2023"),
        ("03/04/2023", "", "2023"),
        ("last week", "", ""),
    ],
)
def test_a_date_is_what_its_columns_say_beyond_doubt(date: str, published: str, known: str) -> None:
    (incoming,) = from_csv(table(["text", "date", "published"], ["Words.", date, published]))
    assert isinstance(incoming, Incoming)
    assert incoming.metadata.published == known


def test_titles_come_as_one_line() -> None:
    (incoming,) = from_csv(table(["text", "title"], ["Words.", "  Bridge\n  shut "]))
    assert isinstance(incoming, Incoming)
    assert incoming.metadata.title == "Bridge shut"


def test_bad_rows_are_told_by_line_and_the_rest_goes_on() -> None:
    content = (
        "title,text\r\n"
        'a,"Two\r\nlines."\r\n'
        "b,\r\n"
        "\r\n"
        "c,one,two\r\n"
        "d\r\n"
        'e,"a "stray" quote"\r\n'
        ",,,\r\n"
        "f,Last.,,\r\n"
    )
    items = from_csv(content)
    assert texts(items) == ["Two\r\nlines.", "Last."]
    assert [item.origin for item in items if isinstance(item, Incoming)] == ["c.csv#1", "c.csv#6"]
    quotes = "put quotes around a field that holds the delimiter"
    double = "double each quote inside a quoted field"
    assert problems(items) == [
        ("c.csv#2", "line 4: neither text nor html is filled in: fill one in or take the record out"),
        ("c.csv#3", f"line 6: fields and columns do not match (3 and 2): {quotes}"),
        ("c.csv#4", f"line 7: fields and columns do not match (1 and 2): {quotes}"),
        ("c.csv#5", f"line 8: the quotes do not match (',' expected after '\"'): {double}"),
    ]


def test_a_quote_that_is_never_closed_is_told_where_it_opens() -> None:
    items = from_csv('title,text\na,One.\nb,"Two.\nc,Three.\n')
    assert texts(items) == ["One."]
    ((origin, message),) = problems(items)
    assert (origin, message.split(":")[0]) == ("c.csv#2", "line 3")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "empty: a header line with a column named text or html was expected"),
        ("title;body\na;b\n", "no column is named text or html (the columns are title, body)"),
        ('"ti"tle,body', "no column is named text or html (the columns are title, body)"),
        ("\x00\x01\x02", "no column is named text or html"),
    ],
)
def test_a_table_without_articles_is_told_once(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "c.csv"
    path.write_text(content, encoding="utf-8")
    ((origin, message),) = problems(list(load(path)))
    assert origin == str(path)
    assert message.startswith(told)


@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip),
            st.text(st.characters(exclude_categories=["Cs"])),
        )
    ),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_gives_its_texts_back(rows: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["text", "title"])
    writer.writerows(rows)
    items = from_csv(written.getvalue().encode(encoding))
    assert texts(items) == [text for text, _ in rows]
    assert problems(items) == []


def test_json_lines_are_read() -> None:
    line = json.dumps(ROW, ensure_ascii=False)
    (incoming,) = from_jsonl(f"\ufeff{line}\r\n\n")
    assert incoming == Incoming(
        raw=b"The bridge is shut.", media="text", origin="c.jsonl#1", encoding="utf-8", metadata=KNOWN
    )


def test_json_values_of_other_types_say_what_they_can() -> None:
    record = {
        "text": "Words.",
        "author": ["A. One", None, "B. Two"],
        "date": 2023,
        "source": {"id": 1},
        "title": True,
    }
    (incoming,) = from_jsonl(json.dumps(record))
    assert isinstance(incoming, Incoming)
    assert incoming.metadata == Metadata(author="A. One, B. Two", published="2023")


def test_bad_json_lines_are_told_by_line_and_the_rest_goes_on() -> None:
    lines = [
        '{"text": "One."}',
        "",
        '{"text": "Two."',
        "17",
        '{"title": "no words"}',
        '{"text": ' + "[" * 100_000,
        '{"text": "half a \\ud83d pair", "n": ' + "9" * 5000 + "}",
        '{"text": "half a \\ud83d pair"}',
    ]
    items = from_jsonl("\n".join(lines))
    assert texts(items) == ["One.", "half a \ufffd pair"]
    assert problems(items) == [
        ("c.jsonl#2", "line 3: not JSON (Expecting ',' delimiter, column 16): mend or remove the line"),
        ("c.jsonl#3", 'line 4: not a JSON object: write the article as {"text": …}'),
        ("c.jsonl#4", "line 5: neither text nor html is filled in: fill one in or take the record out"),
        ("c.jsonl#5", "line 6: not JSON that can be followed: mend or remove the line"),
        ("c.jsonl#6", "line 7: not JSON that can be followed: mend or remove the line"),
    ]


def test_a_json_array_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('[\n{"text": "One."},\n{"text": "Two."}\n]\n', encoding="utf-8")
    ((origin, message),) = problems(list(load(path)))
    assert (origin, message.split(":")[0]) == (str(path), "one JSON array")


def test_a_line_over_the_limit_is_told_and_the_next_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records_module, "MAX_DOCUMENT", 100)
    lines = [json.dumps({"text": "x" * size}) for size in (20, 85, 500, 30)]
    items = from_jsonl("\n".join(lines))
    assert [len(text) for text in texts(items)] == [20, 85, 30]
    assert problems(items) == [("c.jsonl#3", "line 3: longer than 64 MB: split it into its articles")]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip)), st.booleans())
def test_any_json_lines_give_their_texts_back(written: list[str], escaped: bool) -> None:
    items = from_jsonl("".join(json.dumps({"text": text}, ensure_ascii=escaped) + "\n" for text in written))
    assert texts(items) == written
    assert problems(items) == []


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_a_corpus_is_never_held_as_a_whole(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"c{suffix}"
    text = "word " * 2000
    line = f"{text}\n" if suffix == ".csv" else json.dumps({"text": text}) + "\n"
    with path.open("w", encoding="utf-8") as file:
        file.write("text\n" if suffix == ".csv" else "")
        file.writelines(line for _ in range(2000))
    tracemalloc.start()
    try:
        assert sum(1 for item in load(path) if isinstance(item, Incoming)) == 2000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 19_000_000
    assert peak < 2_000_000
