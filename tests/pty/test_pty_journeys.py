"""Two journeys of the installed program in a real pseudo-terminal, from the keyboard to the CSV."""

import csv
import io
import re
import subprocess
from functools import partial
from pathlib import Path

import pytest

from bench.process import READER, plain_environment
from bench.terminal import Terminal

OPENED = "1+ support"
"""What the stance bar begins with: an article is open."""

TITLE = "The old bridge is open again"
SENTENCES = (
    "The old bridge carries trams again.",
    "Mayor Quill calls it “the safest in the country”.",
    "Nobody asked the divers, says Ana Roe, who saw the piers.",
    "The first tram left at 5.40 a.m. without a passenger.",
    "The council has not published the report.",
    "It will be read in May.",
    "The harbour office has no copy.",
    "Two engineers asked for one.",
)
BRIDGE = f"{TITLE}\n\n{' '.join(SENTENCES[:4])}\n\n{' '.join(SENTENCES[4:])}\n"
FERRY = """\
The ferry stops in spring

The ferry makes its last crossing in March. The operator blames the bridge. A petition has 2,300 names.
"""


def environment(folder: Path) -> dict[str, str]:
    """Keeps the library and the settings of whoever runs the tests out of them."""
    return {"READER_CONFIG_DIR": str(folder / "settings"), "READER_LIBRARY": str(folder / "library.db")}


def reader_in_terminal(folder: Path, *arguments: str) -> Terminal:
    return Terminal([READER, *arguments], environment=environment(folder))


def output_of(folder: Path, *arguments: str) -> str:
    ended = subprocess.run(
        [READER, *arguments], env=plain_environment(environment(folder)), capture_output=True, check=True
    )
    return ended.stdout.decode()


def exported(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output_of(folder, "export"), newline="")))


def marks_told(screen: str) -> int:
    """How many marks the status line says the article bears."""
    told = re.search(r" (\d+) marks?  ", screen)
    return int(told[1]) if told else 0


def tells_marks(count: int, screen: str) -> bool:
    return marks_told(screen) == count


def test_two_files_are_opened_marked_and_exported(tmp_path: Path) -> None:
    files = [tmp_path / "bridge.txt", tmp_path / "ferry.txt"]
    files[0].write_text(BRIDGE, encoding="utf-8")
    files[1].write_text(FERRY, encoding="utf-8")

    with reader_in_terminal(tmp_path, *map(str, files)) as terminal:
        terminal.wait_text(OPENED)
        terminal.wait_text("2 added")
        assert SENTENCES[4] in terminal.screen()
        terminal.send(b"}")  # from the title to the text
        terminal.key_shows(b"1", "1 mark ")
        terminal.send(b"))")
        terminal.key_shows(b"2", "2 marks ")
        terminal.key_shows(b"q", "2 articles")
        terminal.key_shows(b"k", "last crossing")  # the preview of the ferry's article, added last
        terminal.key_shows(b"\r", OPENED)
        terminal.send(b"}www" + b"vww")
        terminal.key_shows(b"3", "1 mark ")
        terminal.key_shows(b"q", "2 articles")
        terminal.send(b"q")
        assert terminal.wait_end() == 0

    rows = {row["quote"]: row for row in exported(tmp_path)}
    assert {quote: row["stance"] for quote, row in rows.items()} == {
        SENTENCES[0]: "support",
        SENTENCES[2]: "oppose",
        "its last": "question",
    }
    for row in rows.values():
        number = {TITLE: "1", "The ferry stops in spring": "2"}[row["article_title"]]
        text = output_of(tmp_path, "show", number, "--as", "text")
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
        assert row["anchor_status"] == "ok"
        assert row["created_at"].endswith("Z")


@pytest.mark.parametrize("seen", [1, 3, 6])
def test_a_kill_loses_no_mark_that_was_seen(tmp_path: Path, seen: int) -> None:
    file = tmp_path / "bridge.txt"
    file.write_text(BRIDGE, encoding="utf-8")

    with reader_in_terminal(tmp_path, str(file)) as terminal:
        terminal.wait_text(OPENED)
        terminal.wait_text("1 added")
        terminal.send(b"}")  # from the title to the text
        for mark in range(1, seen + 1):
            terminal.send(b"%d)" % (1 + mark % 6))
            terminal.wait(partial(tells_marks, mark), f"{mark} marks")
        terminal.send(b"1)2)3)4)")  # so that the kill comes amid other marks
        terminal.kill()
        told = marks_told(terminal.screen())
    assert told >= seen

    stored = [row["quote"] for row in exported(tmp_path)]
    assert len(stored) >= told
    assert stored == list(SENTENCES[: len(stored)])

    with reader_in_terminal(tmp_path) as terminal:
        terminal.wait_text("1 article ")
        terminal.key_shows(b"\r", f" {len(stored)} mark")
