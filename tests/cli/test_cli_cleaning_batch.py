"""A batch in which several records are of one site: they teach each other what recurs across it."""

import json
import os
import threading
from pathlib import Path

import pytest
from command_line import CommandLine, Result

HEAD = "Marl Courier\nPolitics\n\n"
TAIL = "\nThe desk by the water\nMarl Courier, since 1880\n"
BODIES = [
    f"{place} has voted to move the landing to the other bank of the river before the summer.\n\n"
    f"Nobody in {place} was against it but the harbour master, who had asked for a bridge instead.\n"
    for place in ("Vell", "Orne", "Tarn", "Ashe", "Holm", "Brack")
]


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def records(url: str, bodies: list[str] = BODIES) -> list[dict[str, str]]:
    return [
        {"id": str(n), "text": HEAD + body + TAIL, **({"url": f"{url}/{n}"} if url else {})}
        for n, body in enumerate(bodies)
    ]


def lines(*found: object) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in found).encode()


def kept(result: Result) -> list[str]:
    return [
        "".join(s["text"] for s in found["segments"] if s["verdict"] == "keep") for found in result.objects
    ]


def test_records_of_one_site_teach_each_other(reader: CommandLine) -> None:
    result = reader("clean", "--from-jsonl", "-", "--json", stdin=lines(*records("https://marl.example")))
    assert (result.status, result.err) == (0, "")
    assert [found["id"] for found in result.objects] == [str(n) for n in range(len(BODIES))]
    for found, body, text in zip(result.objects, BODIES, kept(result), strict=True):
        assert "".join(s["text"] for s in found["segments"]) == HEAD + body + TAIL
        assert text.strip() == body.strip()
        rules = {s["rule"] for s in found["segments"] if s["verdict"] == "drop"}
        assert {"recurring.head", "recurring.tail"} <= rules


def test_without_an_address_or_alone_on_its_site_a_record_is_cleaned_alone(reader: CommandLine) -> None:
    alone = [{**record, "url": f"https://{n}.example"} for n, record in enumerate(records(""))]
    for batch in (records(""), alone):
        result = reader("clean", "--from-jsonl", "-", "--json", stdin=lines(*batch))
        assert all("Marl Courier" in text for text in kept(result))


def test_the_same_article_several_times_teaches_nothing(reader: CommandLine) -> None:
    batch = records("https://marl.example", [BODIES[0] + f"\nPrinted {n} times" for n in range(6)])
    result = reader("clean", "--from-jsonl", "-", "--json", stdin=lines(*batch))
    assert all("Marl Courier" in text for text in kept(result))


def test_a_file_gives_what_standard_input_gives_and_so_does_a_pipe(reader: CommandLine) -> None:
    content = lines(*records("https://marl.example"))
    expected = reader("clean", "--from-jsonl", "-", "--json", stdin=content).raw
    assert reader("clean", "--from-jsonl", reader.write("b.jsonl", content), "--json").raw == expected
    pipe = reader.folder / "pipe"
    os.mkfifo(pipe)
    writing = threading.Thread(target=pipe.write_bytes, args=(content,))
    writing.start()
    assert reader("clean", "--from-jsonl", pipe, "--json").raw == expected
    writing.join()


def test_a_malformed_line_does_not_stop_the_others_of_its_site(reader: CommandLine) -> None:
    good = records("https://marl.example")
    content = lines(*good[:3]) + b'{"id": 7, "text": \n\xff\n[]\n' + lines({"id": 8}, *good[3:])
    result = reader("clean", "--from-jsonl", "-", "--json", stdin=content)
    assert result.status == 1
    assert ["error" in found for found in result.objects] == [False] * 3 + [True] * 4 + [False] * 3
    assert all(
        "since 1880" not in text
        for text in kept(Result(0, lines(*(o for o in result.objects if "text" in o)), ""))
    )


def test_pages_of_one_site_teach_each_other(reader: CommandLine) -> None:
    def html(body: str) -> str:
        paragraphs = "".join(f"<p>{line}</p>" for line in body.strip().split("\n\n"))
        return f"<html><body><article>{paragraphs}<p>Our readers pay less.</p></article></body></html>"

    batch = [
        {"id": n, "html": html(body), "url": f"https://marl.example/{n}"} for n, body in enumerate(BODIES)
    ]
    alone = reader("clean", "--from-jsonl", "-", "--json", stdin=lines(batch[0]))
    assert "pay less" in kept(alone)[0]
    together = reader("clean", "--from-jsonl", "-", "--json", stdin=lines(*batch))
    assert all("pay less" not in text for text in kept(together))
