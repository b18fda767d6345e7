"""R11: hostile files through every door: refused in one line, or taken, within 5 seconds and 512 MB."""

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bench.faults.report import Outcome
from bench.library import settings_beside
from bench.process import READER, plain_environment
from bench.report import progress

SECONDS, MEGABYTES = 5.0, 512
"""Within which each must be dealt with, the start of the program included. The seconds are those of all
processors together: what waits for nothing takes no more on a machine that does nothing else."""

_GIVEN_UP = 60.0
"""Seconds by the clock after which what waits for something is taken to wait for ever."""

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
"""A billion laughs: each entity is ten of the one before."""
QUADRATIC = '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "' + "A" * 100_000 + '">]>'
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_OPML = "<opml version='2.0'><body><outline text='{0}' xmlUrl='https://x.example/{0}'/></body></opml>"
_DEEP = 100_000
_BIG = 64 << 20


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    said: str
    seconds: float
    """Of processors."""
    waited: bool
    """Whether it was given up."""
    megabytes: float
    """The greatest resident memory of any of its processes."""


class Case(NamedTuple):
    """A command on a hostile file."""

    name: str
    words: tuple[str, ...]
    may_succeed: bool = False
    """Whether what it is given can be taken in: then it must only be quick and small."""
    stdin: str = ""
    """A file that is read from standard input."""


def ran(library: Path, case: Case) -> Ended:
    """Run the command; what takes longer than anyone waits is killed with all its children."""
    with tempfile.TemporaryFile() as said:
        source = open(case.stdin, "rb") if case.stdin else subprocess.DEVNULL  # noqa: SIM115, PTH123
        process = subprocess.Popen(
            [READER, "--library", str(library), *case.words],
            env=plain_environment(settings_beside(library)),
            stdin=source,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
        timer = threading.Timer(_GIVEN_UP, _kill, [process.pid])
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        waited = not timer.is_alive()
        timer.cancel()
        _kill(process.pid)
        process.returncode = os.waitstatus_to_exitcode(status)
        if case.stdin:
            source.close()  # type: ignore[union-attr]
        said.seek(0)
        seconds = usage.ru_utime + usage.ru_stime
        return Ended(process.returncode, said.read().decode(), seconds, waited, usage.ru_maxrss / 1024)


def _kill(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def wrong_with(case: Case, ended: Ended) -> Iterator[str]:
    """What was not as promised."""
    if ended.waited:
        yield f"was given up after {_GIVEN_UP:.0f} s"
        return
    if ended.seconds > SECONDS:
        yield f"took {ended.seconds:.1f} s"
    if ended.megabytes > MEGABYTES:
        yield f"took {ended.megabytes:,.0f} MB"
    if "Traceback" in ended.said or "unforeseen" in ended.said:
        yield ended.said[-300:]
    # 2: a folder where a file is wanted, which is wrong usage.
    if ended.status not in ((0, 1, 2) if case.may_succeed else (1,)):
        yield f"ended with status {ended.status}: {ended.said[-200:]}"
    # A batch says in its output what became of each line.
    if ended.status == 1 and not ended.said and "--json" not in case.words:
        yield "refused without a word"
    if any(len(line) > 1000 for line in ended.said.splitlines()):
        yield f"a line of {max(map(len, ended.said.splitlines())):,} characters"
    if not case.may_succeed and ended.said.count("\n") > 1:
        yield f"not one line: {ended.said[:300]}"


# The files ------------------------------------------------------------------------------------------


def written(folder: Path) -> dict[str, Path]:
    """The hostile files, by name.

    Another process writes them: what this one ever held would be counted to each that it starts.
    """
    subprocess.run([sys.executable, "-m", "bench.faults.files", str(folder)], check=True)
    return {path.name: path for path in sorted(folder.iterdir())}


def _write(folder: Path) -> None:
    folder.mkdir()
    files: dict[str, str | bytes] = {
        "laughs.html": LAUGHS + "<html><body><p>&a11;</p></body></html>",
        "quadratic.html": QUADRATIC + "<html><body><p>" + "&a;" * 100_000 + "</p></body></html>",
        "xxe.html": XXE + "<html><body><p>Words of an article. &a;</p></body></html>",
        "deep.html": "<div>" * _DEEP + "words" + "</div>" * _DEEP,
        "deep-lists.html": "<ul><li>" * _DEEP + "words",
        "deep-bold.html": "<b><i>" * _DEEP + "words",
        "deep-tables.html": "<table><tr><td>" * 20_000 + "words",
        "attributes.html": "<p " + " ".join(f"a{n}" for n in range(250_000)) + ">words</p>",
        "attribute.html": f'<p title="{"x" * (16 << 20)}">words</p>',
        "entities.html": "<p>" + "&amp;&#27;&#x9b;&nosuch;" * 200_000 + "</p>",
        "many.html": "<html><body>" + "<p>One. Two.</p>" * 100_000 + "</body></html>",
        "comments.html": "<p>words" + "<!-- " * 500_000,
        "unclosed.html": "<" * 2_000_000,
        "script.html": "<script>" + "var a = 1;" * 1_000_000,
        "deep-quote.md": ">" * _DEEP + " words\n",
        "deep-list.md": "\n".join("  " * n + "* words" for n in range(2_000)),
        "brackets.md": "[" * _DEEP + "words" + "](x)" * _DEEP,
        "emphasis.md": "*a_b" * _DEEP,
        "backticks.md": " ".join("`" * n for n in range(1, 1500)),
        "links.md": "[a](<b" * _DEEP,
        "tables.md": "|a" * _DEEP + "\n" + "|-" * _DEEP + "\n" + "|b" * _DEEP,
        "front.md": "---\n" + "a: [" * _DEEP + "\n---\nwords\n",
        "line.txt": "word " * (_BIG // 5),
        "one-word.txt": "w" * (16 << 20),
        "breaks.txt": "\n" * (16 << 20),
        "marks.txt": "a" + "\u0301" * (4 << 20),
        "zeros.txt": bytes(_BIG),
        "noise.txt": os.urandom(8 << 20),
        "utf16.txt": "ab".encode("utf-16-le") * (2 << 20),
        "nested.jsonl": '{"text": ' + "[" * _DEEP + "]" * _DEEP + "}\n",
        "objects.jsonl": '{"text": "a b", "x": ' + '{"a":' * _DEEP + "1" + "}" * _DEEP + "}\n",
        "number.jsonl": '{"text": "a b", "id": ' + "9" * 5_000_000 + "}\n",
        "line.jsonl": '{"text": "' + "word " * (_BIG // 5) + '"}\n',
        "lines.jsonl": "{}\n" * 200_000,
        "unclosed.jsonl": '{"text": "' + "w" * (16 << 20),
        "field.csv": 'title,text\nx,"' + "word " * (_BIG // 5) + '"\n',
        "unclosed.csv": 'title,text\nx,"' + "word\n" * (4 << 20),
        "columns.csv": "text" + ",a" * 500_000 + "\n" + "words" + ",b" * 500_000 + "\n",
        "quotes.csv": "title,text\n" + '"' * (8 << 20) + "\n",
        "rows.csv": "title,text\n" + ",\n" * 300_000,
        "laughs.opml": LAUGHS + _OPML.format("&a11;"),
        "quadratic.opml": QUADRATIC + _OPML.format("&a;" * 100_000),
        "xxe.opml": XXE + _OPML.format("&a;"),
        "deep.opml": "<opml><body>" + "<outline text='a'>" * _DEEP + "</outline>" * _DEEP + "</body></opml>",
        "wide.opml": "<opml><outline " + " ".join(f"a{n}=''" for n in range(300_000)) + "/></opml>",
        "big.opml": "<opml><body><outline text='"
        + "x" * _BIG
        + "' xmlUrl='https://x.example/'/></body></opml>",
        "deep.toml": "a = " + "[" * _DEEP + "]" * _DEEP,
        "tables.toml": "[" + ".".join("a" * 1 for _ in range(_DEEP)) + "]\nb = 1\n",
        "number.toml": "version = " + "9" * 5_000_000,
        "line.toml": 'name = "' + "x" * _BIG + '"',
        "numbers.jsonl": '{"text": "a b", "label": [[1e308, -1e308, "a"], ['
        + "9" * 4000
        + ', 0, "b"], [NaN, Infinity, "c"]]}\n',
        "numbers.json": json.dumps([{"start": 10**400, "end": -(10**400), "confidence": 1e308}] * 3),
        "nested.json": "[" * _DEEP + "]" * _DEEP,
        "objects.json": '{"target":' * _DEEP + "1" + "}" * _DEEP,
        "big.json": '{"rows": [' + '{"a": 1},' * 5_000_000 + '{"a": 1}]}',
        "not.db": "SQLite format 3\x00" + "x" * 5000,
        "text.db": "This is a letter and not a library.\n" * 100,
    }
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        (folder / name).write_bytes(raw)
    (folder / "bomb.gz").write_bytes(gzip.compress(bytes(512 << 20), 9))
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(512 << 20))
        archive.writestr("../../escaped.txt", "out")
    with (folder / "sparse.db").open("wb") as file:
        file.truncate(20 << 30)
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(20 << 30)
    _trapped(folder / "trapped.db")
    for kind in ("txt", "html", "csv", "jsonl", "json", "opml", "toml", "db"):
        (folder / f"endless.{kind}").symlink_to("/dev/zero")
        (folder / f"loop.{kind}").symlink_to(f"loop.{kind}")
        os.mkfifo(folder / f"fifo.{kind}")
        (folder / f"folder.{kind}").mkdir()


def _trapped(path: Path) -> None:
    """A file of SQLite's with triggers and views where a library has tables."""
    connection = sqlite3.connect(path)
    with connection:
        connection.executescript(
            "CREATE TABLE library (id, oldest_reader); INSERT INTO library VALUES (1, 1);"
            "CREATE VIEW article AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
            " SELECT x AS number, x AS id FROM n;"
            "CREATE TRIGGER t INSTEAD OF INSERT ON article BEGIN SELECT load_extension('x'); END;"
        )
    connection.close()


# The doors ------------------------------------------------------------------------------------------

_DOORS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "add": (("add",), ("txt", "html", "md", "csv", "jsonl", "gz", "xlsx", "opml", "json")),
    "clean": (("clean",), ("txt", "html", "md")),
    "clean a batch": (("clean", "--json", "--from-jsonl"), ("jsonl",)),
    "import": (("import",), ("csv", "jsonl", "json", "xlsx", "gz", "txt", "html")),
    "feeds import": (("feeds", "import"), ("opml", "html", "json", "gz")),
    "merge": (("merge",), ("db", "txt", "gz")),
    "restore": (("restore",), ("db", "txt", "gz")),
}
"""By name: a command, and the ends of the files that it is given."""


def cases(files: dict[str, Path]) -> list[Case]:
    """Each hostile file through each door that it may come to."""
    found = []
    for door, (words, kinds) in _DOORS.items():
        for name, path in files.items():
            kind = path.suffix[1:]
            # What comes through a pipe is a batch like any other: it is waited for.
            if kind in kinds and (door, name) != ("clean a batch", "fifo.jsonl"):
                # Many articles of nothing much are still articles.
                found.append(Case(f"{door} {name}", (*words, str(path)), may_succeed=True))
    found += [Case(f"add - < {name}", ("add", "-"), True, str(files[name])) for name in _STDIN]
    return found


_STDIN = ("deep.html", "line.txt", "zeros.txt", "endless.txt")


def hostile(times: int = 1) -> Outcome:
    """Each hostile file through each door that it may come to."""
    broken: list[str] = []
    tried = refused = 0
    slowest = largest = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = written(folder / "files")
        library = folder / "library.db"
        for _ in range(times):
            for case in cases(files):
                tried += 1
                progress(f"R11 hostile files: {case.name}")
                ended = ran(library, case)
                refused += ended.status == 1
                slowest, largest = max(slowest, ended.seconds), max(largest, ended.megabytes)
                broken += [f"{case.name}: {line}" for line in wrong_with(case, ended)]
    figure = f"{len(broken)} broken, {refused:,} refused, at most {slowest:.1f} s and {largest:.0f} MB"
    return Outcome("R11 hostile files", f"{tried:,} commands", figure, broken)


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
