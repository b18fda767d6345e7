"""Which format a file is in, and the files of other tools."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import RELATIONS, TEXT, many, row, written

from reader.errors import InputError
from reader.exchange.items import Item, Mark
from reader.exchange.readers import BY_NAME, READERS, recognised
from reader.model import Relation, Scheme, Span, Whole


def items(form: str, content: bytes, path: Path = Path("file")) -> list[Item]:
    return list(BY_NAME[form].read(io.BytesIO(content), path))


def marks(found: list[Item]) -> list[Mark]:
    assert all(not isinstance(item.what, str) for item in found), found
    return [item.what for item in found if isinstance(item.what, Mark)]


HYPOTHESIS: dict[str, Any] = {
    "export_date": "2026-03-02T09:14:05.123Z",
    "export_userid": "acct:ada@hypothes.is",
    "client_version": "1.1",
    "annotations": [
        {
            "id": "x7Yq",
            "created": "2026-02-01T10:00:00.123456+00:00",
            "updated": "2026-02-02T10:00:00.000000+00:00",
            "user": "acct:ada@hypothes.is",
            "uri": "https://example.org/a",
            "text": "A *note*",
            "tags": ["sea"],
            "user_info": {"display_name": "Ada Quill"},
            "document": {"title": ["The gate"]},
            "target": [
                {
                    "source": "https://example.org/a",
                    "selector": [
                        {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0},
                        {"type": "TextPositionSelector", "start": 400, "end": 405},
                        {
                            "type": "TextQuoteSelector",
                            "exact": "holds",
                            "prefix": "gate ",
                            "suffix": ", said",
                        },
                    ],
                }
            ],
        },
        {
            "id": "page",
            "uri": "https://example.org/a",
            "user": "acct:b@x",
            "text": "n",
            "target": [{"source": "s"}],
        },
        {"id": "reply", "uri": "https://example.org/a", "references": ["x7Yq"], "text": "yes", "target": []},
    ],
}


def test_hypothesis_is_read_by_its_quotes_and_what_has_none_is_told() -> None:
    first, page, reply = items("hypothesis", json.dumps(HYPOTHESIS).encode())
    assert isinstance(first.what, Mark)
    annotation = first.what.annotation
    assert (annotation.anchor.exact, annotation.anchor.prefix, annotation.anchor.span) == (
        "holds",
        "gate ",
        Span(0, 0),
    )
    assert (annotation.note, annotation.tags) == ("A *note*", ("sea",))
    assert annotation.annotator == ("acct:ada@hypothes.is", "Ada Quill")
    assert (annotation.created_at, annotation.updated_at) == ("2026-02-01T10:00:00Z", "2026-02-02T10:00:00Z")
    assert first.what.article.url == "https://example.org/a"
    assert page == Item("annotation 2", "it is a note on the whole page, which quotes nothing")
    assert reply.what == "it is a reply to another annotation, which has no place of its own"
    rows = {"total": 1, "rows": HYPOTHESIS["annotations"][:1]}
    assert items("hypothesis", json.dumps(rows).encode()) == [first]


TABLES = {
    "now": (
        "Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags\n"
        '2026-02-01 10:00,Ada Quill,3,https://example.org/a,Public,Annotation,"gate ""holds""\n, said",'
        '"A *note*, long","sea,two words"\n'
        "2026-02-01 10:01,Ben,,https://example.org/a,Public,Page note,,n,\n"
        "2026-02-01 10:02,Ben,,https://example.org/a,Public,Reply,gate,yes,\n"
        "2026-02-01 10:03,Ben,,https://example.org/a,Public,Highlight,gate,,\n"
        "too,short\n"
    ),
    "once": (
        "Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page\n"
        '2026-02-01 10:00,https://example.org/a,Public,Annotation,"gate ""holds""\n, said",Ada Quill,'
        '"A *note*, long","sea,two words",3\n'
        "2026-02-01 10:01,https://example.org/a,Public,Annotation,,Ben,n,,\n"
        "2026-02-01 10:02,https://example.org/a,Public,Reply,gate,Ben,yes,,\n"
        "2026-02-01 10:03,https://example.org/a,Public,Annotation,gate,Ben,,,\n"
        "too,short\n"
    ),
}


@pytest.mark.parametrize("columns", list(TABLES))
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_table_of_hypothesis_is_read_whatever_its_columns_are_called(columns: str, delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(
        csv.reader(io.StringIO(TABLES[columns], newline=""))
    )
    content = out.getvalue().encode()
    assert recognised(io.BytesIO(content), Path("x.csv")).name == "hypothesis"
    first, page, reply, highlight, short = items("hypothesis", content)
    assert isinstance(first.what, Mark)
    mark = first.what.annotation
    assert (mark.anchor.exact, mark.note, mark.tags) == (
        'gate "holds"\n, said',
        "A *note*, long",
        ("sea", "two words"),
    )
    assert (mark.annotator.id, mark.annotator.name, mark.created_at) == ("", "Ada Quill", "")
    assert first.what.article.url == "https://example.org/a"
    assert (page.where, page.what) == ("line 4", "it is a note on the whole page, which quotes nothing")
    assert (reply.where, str(reply.what)[:13]) == ("line 5", "it is a reply")
    assert isinstance(highlight.what, Mark)
    assert (short.where, short.what) == ("line 7", "it has 2 fields and not 9")
    assert items("hypothesis", content)[0] == first, "read again it has the same id"


def test_a_table_without_a_column_that_is_needed_is_refused() -> None:
    with pytest.raises(InputError, match="line 1: the columns are not those of a table that Hypothesis"):
        items("hypothesis", b"Created at,Author\n")


def test_doccano_in_all_its_shapes() -> None:
    lines = [
        {"id": 1, "text": TEXT, "label": [[1, 4, "support"], [10, 15, "PER"]], "Comments": []},
        {"text": TEXT, "labels": [[1, 4, "support"]]},
        {
            "text": TEXT,
            "entities": [{"id": 3, "label": "support", "start_offset": 1, "end_offset": 4}],
            "relations": [],
        },
    ]
    found = marks(items("doccano", "\n".join(map(json.dumps, lines)).encode()))
    assert [mark.annotation.anchor.exact for mark in found] == ["The", "holds", "The", "The"]
    assert [mark.annotation.stances[0].code for mark in found] == ["support", "PER", "support", "support"]
    # The same label is the same mark, in whatever shape it came.
    assert len({mark.annotation.id for mark in found}) == 2
    own = marks(items("doccano", written("doccano", many())[0]))
    assert [mark.annotation.anchor.exact for mark in own[:2]] == [
        "=The gate holds",
        "gate holds, said “Ada” 🌊.\n\nNobody <b>believes</b>",
    ]


@pytest.mark.parametrize(
    ("line", "where", "told"),
    [
        ("[1]", "line 1", "the line must be an object, not [1]"),
        ('{"text": ""}', "line 1", "it has no text"),
        (
            '{"text": "abc", "label": [[0, 9, "x"]]}',
            "line 1, label 1",
            "the label 'x' is at 0 to 9",
        ),
        ('{"text": "abc", "label": [[0, 1]]}', "line 1", "label must hold [start, end, name], not [0, 1]"),
        (
            '{"text": "abc", "label": [["0x", 1, "y"]]}',
            "line 1, label 1",
            "start must be a whole number from 0",
        ),
        ('{"text": "abc", "label": "x"', "line 1", "not JSON ("),
    ],
)
def test_a_line_of_doccano_that_cannot_be_is_told(line: str, where: str, told: str) -> None:
    (bad, *_) = items("doccano", line.encode())
    assert bad.where == where
    assert isinstance(bad.what, str)
    assert bad.what.startswith(told)


STORY = "Gates fail,  said Ada.\n\nThe gate held.\r\n  Nobody asked.\n"


@pytest.fixture
def slate(tmp_path: Path) -> Callable[[str], list[Item]]:
    (tmp_path / "story.txt").write_bytes(STORY.encode())
    return lambda lines: items("slate", lines.encode(), tmp_path / "story.txt.annotations")


@pytest.mark.parametrize(
    ("line", "exact", "labels"),
    [
        ("(0, 0) - label:a", "Gates", ["a"]),
        ("((0, 0), (0, 2)) - label:support label:b", "Gates fail,  said", ["support", "b"]),
        ("((0, 3), (2, 1)) - oppose", "Ada.\n\nThe gate", ["oppose"]),
        ("((3, 0, 2), (3, 0, 4)) - a", "bod", ["a"]),
        ("(3, 1, 0) - a", "a", ["a"]),
        ("2 - line", "The gate held.", ["line"]),
        ("(2,) - line", "The gate held.", ["line"]),
        ("((2,), (3,)) - line", "The gate held.\n  Nobody asked.", ["line"]),
        ("[(0, 0)] - a", "Gates", ["a"]),
        ("(0, 0) - ", "Gates", []),
        ("(0, 0) - two-part", "Gates", ["two-part"]),
    ],
)
def test_slates_places_are_those_of_its_text(
    slate: Callable[[str], list[Item]], line: str, exact: str, labels: list[str]
) -> None:
    (mark,) = marks(slate(line + "\n"))
    assert mark.annotation.anchor.exact == exact
    assert [stance.code for stance in mark.annotation.stances] == labels
    assert mark.article.raw == STORY.encode()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("0 1 - antecedent", "it links two places"),
        ("(0, 0) (0, 1) - a", "not an item of slate's"),
        ("9" * 40 + "x - a", "not an item of slate's"),
        ("1" + " " * 900 + "( - a", "it links two places"),
        ("((0, 0), 1) - a", "not an item of slate's"),
        ("(0, 0, 0, 0) - a", "there is no place (0, 0, 0, 0)"),
        ("[(0, 0), (0, 1)] - x", "it links two places"),
        ("(9, 0) - a", "there is no place (9, 0) in the text beside it"),
        ("(0, 0, 7) - a", "there is no place (0, 0, 7)"),
        ("((0, 2), (0, 0)) - a", "it ends before it starts"),
        ("__import__('os').system('touch owned') - a", "not an item of slate's"),
        ("(0, 0)", "not an item of slate's"),
        ("9" * 5000 + " - a", "not an item of slate's"),
        ("(" * 5000 + " - a", "not an item of slate's"),
    ],
)
def test_what_is_no_item_of_slates_is_told_and_never_run(
    slate: Callable[[str], list[Item]], line: str, told: str
) -> None:
    bad, good = slate(f"{line}\n(0, 0) - a\n")
    assert bad.where == "line 1"
    assert isinstance(bad.what, str)
    assert bad.what.startswith(told)
    assert isinstance(good.what, Mark)


def test_slates_file_without_its_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"story\.txt: the text beside it cannot be read"):
        items("slate", b"(0, 0) - a\n", tmp_path / "story.txt.annotations")
    with pytest.raises(InputError, match="named after their text"):
        items("slate", b"(0, 0) - a\n", tmp_path / "story.txt")


CONTENTS = {
    "csv": written("csv", many())[0],
    "jsonl": written("jsonl", many(), RELATIONS)[0],
    "w3c": written("w3c", many(), RELATIONS)[0],
    "doccano": written("doccano", many())[0],
    "hypothesis": json.dumps(HYPOTHESIS, indent=1).encode(),
}


@pytest.mark.parametrize("form", list(CONTENTS))
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_format_is_told_by_the_file(form: str, mark: bytes) -> None:
    stream = io.BytesIO(mark + CONTENTS[form])
    assert recognised(stream, Path("marks.txt")).name == form
    assert stream.tell() == 0
    assert items(form, mark + CONTENTS[form])


def test_slate_is_told_by_the_name_and_what_is_nothing_is_refused() -> None:
    assert recognised(io.BytesIO(b"(0, 0) - a"), Path("story.txt.annotations")).name == "slate"
    for content in (b"", b"Some prose.", b'{"a": 1}', b"\xff\xfe\x00", b"<html>"):
        with pytest.raises(InputError, match="say which with --format"):
            recognised(io.BytesIO(content), Path("x"))


def test_our_json_lines_say_everything() -> None:
    found = items("jsonl", CONTENTS["jsonl"])
    assert [type(item.what) for item in found[-2:]] == [Relation, Relation]
    assert {type(item.what) for item in found} == {Mark, Scheme, Relation}
    for written_row, mark in zip(many(), marks(found), strict=True):
        anchor = written_row.annotation.anchor._replace(revision_id="")
        assert mark.annotation.anchor == anchor
        assert mark.annotation.stances == written_row.annotation.stances
        assert mark.article.sha256 == written_row.text_sha256


@pytest.mark.parametrize("form", [reader.name for reader in READERS if reader.name != "slate"])
@given(content=st.binary(max_size=200))
def test_no_bytes_are_more_than_told(form: str, content: bytes) -> None:
    for whole in (content, CONTENTS[form][:120] + content):
        read_or_told(form, whole)


def read_or_told(form: str, content: bytes) -> None:
    """Everything in a file is read or told in one line; nothing else is raised."""
    told: list[object] = []
    with suppress(InputError):
        told += [item.what for item in BY_NAME[form].read(io.BytesIO(content), Path("x"))]
    assert not any(isinstance(what, str) and "\n" in what for what in told)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2**40) | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("form", ["jsonl", "w3c", "hypothesis", "doccano"])
@given(data=st.data())
def test_no_value_in_the_wrong_place_is_more_than_told(form: str, data: st.DataObject) -> None:
    samples = {
        "w3c": json.loads(CONTENTS["w3c"]),
        "hypothesis": HYPOTHESIS,
    }
    if form in samples:
        lines = [_spoiled(samples[form], data)]
    else:
        lines = [_spoiled(json.loads(line), data) for line in CONTENTS[form].decode().splitlines()]
    read_or_told(form, "\n".join(map(json.dumps, lines)).encode())


def _spoiled(value: Any, data: st.DataObject) -> Any:  # noqa: ANN401 - what JSON holds
    """The same with one value somewhere replaced by another."""
    if not isinstance(value, dict | list) or not value or data.draw(st.integers(0, 5)) == 0:
        return data.draw(JSON)
    if isinstance(value, dict):
        name = data.draw(st.sampled_from(sorted(value)))
        return value | {name: _spoiled(value[name], data)}
    at = data.draw(st.integers(0, len(value) - 1))
    return [*value[:at], _spoiled(value[at], data), *value[at + 1 :]]


def test_a_row_without_what_came_in_is_no_article() -> None:
    (content, _) = written("jsonl", [row("holds")])
    assert not any(isinstance(item.what, Whole) for item in items("jsonl", content))
