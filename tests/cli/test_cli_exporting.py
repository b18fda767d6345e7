import csv
import io
from pathlib import Path

import pytest
from command_line import CommandLine

HEADER = (
    "annotation_id,article_id,article_url,article_title,source,article_author,published_at,text_sha256,"
    "start,end,quote,prefix,suffix,target,scheme,stance,holder,voice,confidence,note,tags,annotator,"
    "anchor_status,created_at,updated_at"
)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def marked(reader: CommandLine) -> None:
    number = reader.added("Gates fail, “sometimes”, said Ada.\n\n=cmd() is no formula 堤防.\n")
    for quote, stance in [("“sometimes”", "discuss"), ("=cmd() is", "oppose")]:
        assert (
            reader("annotate", number, "--quote", quote, "--stance", stance, "--note", 'a\nb, "c"').status
            == 0
        )


def test_an_empty_library_is_a_header(reader: CommandLine) -> None:
    reader("add", "-", stdin=b"A story of some length.\n")
    reader("remove", "1")
    assert reader("export").raw == f"{HEADER}\r\n".encode()


def test_pandas_reads_it_without_a_setting(reader: CommandLine) -> None:
    marked(reader)
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(io.BytesIO(reader("export", "--raw").raw))
    text = reader("show", "1").out
    assert [text[row.start : row.end] for row in frame.itertuples()] == list(frame["quote"])
    assert list(frame["stance"]) == ["discuss", "oppose"]
    assert set(frame["note"]) == {'a\nb, "c"'}


def test_the_same_library_gives_the_same_bytes_to_a_pipe_and_a_file(reader: CommandLine) -> None:
    marked(reader)
    piped = reader("export").raw
    result = reader("export", "-o", "out.csv")
    assert (result.status, result.out) == (0, "")
    assert "2 rows written to out.csv" in result.err
    assert (reader.folder / "out.csv").read_bytes() == piped == reader("export").raw
    assert reader("export", "--excel").raw == b"\xef\xbb\xbf" + piped


def test_the_guard_and_raw(reader: CommandLine) -> None:
    marked(reader)

    def quotes(*options: str) -> list[str]:
        return [
            row["quote"] for row in csv.DictReader(io.StringIO(reader("export", *options).out, newline=""))
        ]

    assert quotes() == ["“sometimes”", "'=cmd() is"]
    assert quotes("--raw") == ["“sometimes”", "=cmd() is"]


def test_a_query_chooses_articles(reader: CommandLine) -> None:
    marked(reader)
    assert reader("export", "formula").out.count("\r\n") == 3
    assert reader("export", "nowhere").out == f"{HEADER}\r\n"


def test_on_a_terminal_it_is_harmless(reader: CommandLine) -> None:
    reader.added("Gate \x1b]0;owned\x07 fails, said Ada.\n")
    reader("annotate", "1", "--quote", "fails", "--stance", "support", "--note", "\x1b[2J")
    shown = reader("export", terminal=True)
    assert shown.status == 0
    assert not {"\x1b", "\x07", "\r"} & set(shown.out)


def test_a_file_that_cannot_be_written_is_one_line(reader: CommandLine) -> None:
    marked(reader)
    result = reader("export", "-o", Path("no", "such", "out.csv"))
    assert (result.status, result.out, result.err.count("\n")) == (1, "", 1)
    assert "cannot be written" in result.err
    assert reader("export", "--format", "yaml").status == 2


def test_a_library_that_is_not_there_is_told_and_not_made(reader: CommandLine) -> None:
    result = reader("export")
    assert result.status == 1
    assert "there is no library" in result.err
    assert not reader.library.exists()


def test_every_format_is_written_and_tells_what_it_cannot_hold(reader: CommandLine) -> None:
    marked(reader)
    for form in ("jsonl", "w3c", "doccano", "markdown", "xlsx", "html", "claimreview"):
        result = reader("export", "--format", form, "-o", f"out.{form}")
        assert (result.status, result.out) == (0, "")
        assert (reader.folder / f"out.{form}").read_bytes() == reader("export", "--format", form).raw
    told = reader("export", "--format", "doccano", "-o", "out").err.splitlines()
    assert told == [
        "reader: 2 labels written to out",
        "reader: doccano has no place for 2 notes; ids, who marked and when",
    ]


def test_a_folder_takes_the_tables_and_brat_makes_one(reader: CommandLine) -> None:
    marked(reader)
    (reader.folder / "tables").mkdir()
    for _ in range(2):
        assert reader("export", "-o", "tables").status == 0
    names = sorted(path.name for path in (reader.folder / "tables").iterdir())
    assert names == ["annotations.csv", "codebook.csv", "relations.csv"]
    assert (reader.folder / "tables" / "annotations.csv").read_bytes() == reader("export").raw
    assert reader("export", "--format", "brat", "-o", "brat").status == 0
    assert len(list((reader.folder / "brat").iterdir())) == 3
    again = reader("export", "--format", "brat", "-o", "brat")
    assert (again.status, again.err.count("\n")) == (1, 1)
    assert "not an empty folder: name a new one" in again.err
    into = reader("export", "--format", "jsonl", "-o", "tables")
    assert (into.status, into.err.count("\n")) == (1, 1)
    assert "jsonl is one file: name a file in it" in into.err


@pytest.mark.parametrize(
    "arguments",
    [("--format", "brat"), ("--format", "jsonl", "--excel"), ("--format", "html", "--raw")],
)
def test_options_that_mean_nothing_together_are_wrong_usage(
    reader: CommandLine, arguments: tuple[str, ...]
) -> None:
    marked(reader)
    assert reader("export", *arguments).status == 2


def test_a_workbook_is_not_for_a_terminal(reader: CommandLine) -> None:
    marked(reader)
    assert reader("export", "--format", "xlsx", terminal=True).status == 2
    shown = reader("export", "--format", "markdown", terminal=True)
    assert shown.status == 0
    assert "# " in shown.out
