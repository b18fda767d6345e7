import json
from pathlib import Path

import pytest
from command_line import PROSE, CommandLine

FORM = PROSE + "\nLeave a Reply Cancel reply\n\nYour email address will not be published.\n"


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def batch(*records: object) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def test_a_file_and_standard_input_come_out_as_markdown_and_nothing_is_stored(reader: CommandLine) -> None:
    result = reader("clean", reader.write("a.txt", FORM))
    assert result.status == 0
    assert "harbour dry" in result.out
    assert "Leave a Reply" not in result.out
    assert result.out.endswith("\n")
    assert reader("clean", "-", stdin=FORM.encode()).out == result.out
    assert not reader.library.exists()


def test_a_file_as_json_has_its_segments(reader: CommandLine) -> None:
    (found,) = reader("clean", reader.write("a.txt", FORM), "--json").objects
    assert found["id"].endswith("a.txt")
    assert {"title", "author", "published", "language", "markdown"} <= set(found)
    assert "".join(segment["text"] for segment in found["segments"]) == FORM
    assert {segment["verdict"] for segment in found["segments"]} >= {"keep", "drop"}


def test_a_batch_gives_an_object_for_each_line_in_order(reader: CommandLine) -> None:
    texts = [f"Gate {n}.\n\n{FORM}" for n in range(60)]
    lines = batch(*({"id": n, "text": text} for n, text in enumerate(texts)))
    result = reader("clean", "--from-jsonl", "-", "--json", stdin=lines)
    assert (result.status, result.err) == (0, "")
    assert [found["id"] for found in result.objects] == list(range(60))
    for found, text in zip(result.objects, texts, strict=True):
        assert "".join(segment["text"] for segment in found["segments"]) == text
        assert [text[s["start"] : s["end"]] for s in found["segments"]] == [
            s["text"] for s in found["segments"]
        ]


def test_a_batch_of_pages_from_a_file(reader: CommandLine) -> None:
    page = f"<html><head><title>Gate</title></head><body><article><p>{PROSE}</p></article></body></html>"
    path = reader.write("pages.jsonl", batch({"id": "a", "html": page, "url": "https://news.example/a"}))
    (found,) = reader("clean", "--from-jsonl", path, "--json").objects
    assert found["id"] == "a"
    assert "harbour dry" in found["text"]


def test_what_fails_in_a_batch_is_an_object_with_the_reason(reader: CommandLine) -> None:
    lines = (
        batch({"id": 1, "text": PROSE}, {"id": 2}, [3])
        + b"nonsense\n\xff\xfe\n\n"
        + batch({"id": 4, "text": PROSE})
    )
    result = reader("clean", "--from-jsonl", "-", "--json", stdin=lines)
    assert result.status == 1
    assert [found["id"] for found in result.objects] == [1, 2, None, None, None, 4]
    assert ["error" in found for found in result.objects] == [False, True, True, True, True, False]
    assert "neither" in result.objects[1]["error"]


def test_characters_that_end_lines_elsewhere_stay_within_their_line(reader: CommandLine) -> None:
    text = "Gate\u2028opens\x85now \x0c and \ud800 then, said Ada Quill on Monday.\n"
    result = reader("clean", "--from-jsonl", "-", "--json", stdin=batch({"id": "\x1e", "text": text}))
    (found,) = result.objects
    assert "".join(segment["text"] for segment in found["segments"]) == text.replace("\ud800", "?")


def test_input_that_cannot_be_cleaned_is_one_line(reader: CommandLine) -> None:
    for arguments in [("https://news.example/a",), ("gone.txt",), ("--from-jsonl", "gone.jsonl", "--json")]:
        result = reader("clean", *arguments)
        assert (result.status, result.out, result.err.count("\n")) == (1, "", 1), arguments
    assert reader("clean", "-", stdin=b"").status == 1


def test_wrong_usage(reader: CommandLine) -> None:
    for arguments in [(), ("a.txt", "--from-jsonl", "-", "--json"), ("--from-jsonl", "-")]:
        assert reader("clean", *arguments).status == 2, arguments


def test_a_batch_whose_line_does_not_end_is_refused(
    reader: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.desk.batch.MAX_DOCUMENT", 1 << 20)
    refused = reader("clean", "--json", "--from-jsonl", "/dev/zero")
    assert refused.status == 1
    assert refused.err == "reader: line 1: longer than 1 MB\n"
