"""R10: hostile content on every screen and from every command, byte for byte in a pseudo-terminal."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.faults.hostile import make_hostile, marker
from bench.faults.report import Outcome
from bench.faults.stream import strange_in_lines, strange_on_screen
from bench.library import OPENED, settings_beside
from bench.process import READER
from bench.report import progress
from bench.terminal import Terminal

_ESC = b"\x1b"
_LEAVE = b"\x03"  # Ctrl-c: Textual waits after an Esc for what may follow it
_DOWN = b"\x1b[B"
_WALK: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    (" articles", (b"j", b"k", b"G", b"g", b"j", b"m", b"m", b"*", b"*", b"n")),
    (" articles", (b"?", b" ", b" ", b"q")),
    (" articles", (b":", b"[/", b"\x7f\x7f", b"query", _ESC)),
    (" articles", (b"\x14", _ESC)),
    (" articles", (b"E", b"\t", b"\t", b"\t", b"\t", _LEAVE)),
    (" articles", (b"#", _DOWN, _LEAVE)),
    (" articles", (b"a", _LEAVE)),
    (" articles", (b"I", _LEAVE)),
    (" articles", (b"x", b"n")),
    (" articles", (b"e", b"\t\t", b"\r", _DOWN, _ESC, _LEAVE)),
    (" articles", (b"f",)),
    ("Saved queries", (b"j", b"r")),
    ("Rename the query", (_LEAVE,)),
    ("Saved queries", (_LEAVE,)),
    (" articles", (b"M",)),
    ("r rename", (b"j", b"r")),
    ("Rename the target", (_LEAVE,)),
    ("r rename", (b"m",)),
    ("which other target", (_LEAVE,)),
    ("r rename", (b"t",)),
    ("What is", (_LEAVE,)),
    ("r rename", (_LEAVE,)),
    (" articles", (b"S", _DOWN, _DOWN, _LEAVE)),
    (" articles", (b"/", b"mayor", b"\r", _LEAVE)),
    (" articles", (b"/", b"source:", b"\x7f" * 7, b'"[/', b"\r", _LEAVE)),
    (" articles", (b"F",)),
    (" Feeds ", (b"j", b"j", b"j", b"\r")),
    # The first may take back a search.
    (" 0 articles", (b"j", _LEAVE, _LEAVE)),
    ("30 articles", (b"F",)),
    (" Feeds ", (b"G", b"E", b"\t", _LEAVE)),
    (" Feeds ", (b"a", _LEAVE)),
    (" Feeds ", (b"e", _LEAVE)),
    (" Feeds ", (b"q",)),
    ("30 articles", (b"g", b"G")),
    ("30/30", (b"\r",)),
    (OPENED, (b"]", b"]", b"j", b"$", b"V", b"V", b"v", b"w", _LEAVE)),
    (OPENED, (b"]", b"\r", b"\t" * 5, b"\t" * 5, b"\t" * 4, _LEAVE)),
    (OPENED, (b"c", _LEAVE)),
    (OPENED, (b"t", _DOWN, _DOWN, b"\r")),
    ("Stances are now toward", (b"T", _DOWN, _LEAVE)),
    (OPENED, (b"#", _LEAVE)),
    (OPENED, (b"E", b"\t", b"\t", b"\t", b"\t", _LEAVE)),
    (OPENED, (b"g", b"]", b"f")),
    ("Follow which link", (_DOWN, b"\r")),
    ("contradicts ↔", (b"\x7f", b"g", b"]", b"L")),
    ("Link from", (b"]", b"L", _DOWN)),
    ("Esc leaves", (_LEAVE,)),
    (OPENED, (b"C", b"j", b"j")),
    ("1 takes left", (_LEAVE,)),
    (OPENED, (b"1", b"u", b"\x12", b"u", b"r")),
    ("Original", (b" ", b"G", b"r")),
    (OPENED, (b"g", b" ", b" ", b" ", b" ", b" ")),
    (OPENED, (b"/", b"mayor", b"\r", b"n", b"N", _LEAVE)),
    (OPENED, (b"|", _DOWN, b"\r")),
    ("other side", (b"\t", b"]", b"]", b"q")),
    (OPENED, (b"J", b"K", b"B")),
    (" Board ", (b"j", b"O", b"j", b"l", b"j", b"O", b"j", b"O", b"j", b"O", b"m", b"l", b"j", b"m")),
    (" Board ", (b"/", b"holder:", b"\r", b"g", b"j", b"l", b"j", b"\r")),
)
"""Keys that lead through all screens, dialogs and lists, each row with what must be seen before it.

What `y` copies is meant for the clipboard, and is no part of it."""

SEEN: tuple[str, ...] = tuple(
    marker(table, column)
    for table, column in (
        ("article", "title"),
        ("article", "source"),
        ("article", "author"),
        ("article", "url"),
        ("article", "published"),
        ("annotator", "name"),
        ("annotation", "note"),
        ("annotation", "holder"),
        ("target", "text"),
        ("tag", "tag"),
        ("article_tag", "tag"),
        ("feed", "name"),
        ("feed", "folder"),
        ("feed", "error"),
        ("saved_query", "name"),
        ("saved_query", "query"),
    )
)
"""What the walk must have brought onto the screen, or it has proved nothing."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    *(("list",), ("list", "mayor"), ("list", "--json"), ("annotations",), ("annotations", "--json")),
    *(("show", "1"), ("show", "2", "--as", "text"), ("show", "3", "--as", "markdown")),
    *(("show", "4", "--as", "original"), ("show", "5", "--as", "segments")),
    *(("export",), ("export", "--raw"), ("export", "--format", "jsonl"), ("export", "--format", "w3c")),
    *(("export", "--format", "doccano"), ("export", "--format", "markdown"), ("export", "--format", "html")),
    *(("export", "--format", "claimreview"), ("schemes",), ("targets",), ("feeds", "list"), ("queries",)),
    *(("feeds", "export"), ("agreement",), ("agreement", "--json"), ("check",), ("doctor",), ("where",)),
    *(("restore",), ("list", "[/red]\x1b]52;c;c3RvbGVu\x07"), ("show", "\x1b[31m\u202e"), ("\x1b[2J\x9b",)),
    *(("add", "\x1b]0;stolen\x07.txt"), ("export", "--format", "\x1b[6n"), ("list", "source:\x9b31m AND (")),
    *(("annotate", "1", "--quote", "\x1b[31m", "--stance", "\x1b[31m"), ("add", "http://\x1b[31m.example/")),
    *(("merge", "\x1b[31m.db"), ("import", "\x1b[31m.csv"), ("feeds", "add", "http://\x1b]2;x\x07/")),
    *(("targets", "rename", "\x1b[31m", "\x9b31m"), ("edit", "1", "--date", "\x1b[31m")),
    *(
        ("remove", "\x1b[31m"),
        ("queries", "remove", "\x1b[31m"),
        ("backup", "/\x1b[31m/x"),
        ("list", "\udc9b"),
    ),
)
"""Everything that prints what is stored, and errors that repeat what was asked for."""


def screens(rounds: int = 3) -> Outcome:
    """Walk through all screens of a hostile library at several sizes, with and without colour."""
    broken: list[str] = []
    sent = 0
    kinds: tuple[tuple[int, int, dict[str, str]], ...] = (
        (120, 40, {}),
        (80, 24, {}),
        (200, 60, {"NO_COLOR": "1"}),
    )
    with tempfile.TemporaryDirectory() as name:
        for number, (columns, rows, more) in enumerate(kinds[:rounds]):
            path = make_hostile(Path(name) / f"round-{number}" / "library.db")
            progress(f"R10 hostile screens, {columns} × {rows}")
            output, missing = walked(path, columns=columns, rows=rows, more=more)
            sent += len(output)
            where = f"{columns} × {rows}"
            broken += [f"{where}: {one}" for one in strange_on_screen(output, columns=columns, rows=rows)]
            broken += [f"{where}: not seen: {one}" for one in missing]
            log = Path(settings_beside(path)["READER_CONFIG_DIR"]) / "reader.log"
            if log.exists():
                broken.append(f"{where}: {log.read_text(encoding='utf-8')[-600:]}")
    figure = f"{len(broken)} strange, of {sent:,} bytes sent"
    keys = sum(len(row) for _, row in _WALK) * rounds
    return Outcome("R10 hostile screens", f"{keys:,} keys", figure, broken)


def walked(path: Path, *, columns: int, rows: int, more: dict[str, str]) -> tuple[bytes, list[str]]:
    """What the program sends while all its screens are walked through, and what was never seen of `SEEN`."""
    environment = settings_beside(path) | {"READER_LIBRARY": str(path), "PATH": "/nowhere"} | more
    seen: list[str] = []
    with Terminal([READER], environment=environment, columns=columns, rows=rows) as terminal:
        terminal.output = bytearray()
        for wanted, keys in _WALK:
            terminal.wait_text(wanted)
            for key in keys:
                terminal.send(key)
                terminal.settle(0.4 if key == _ESC else 0.12, 10)
                seen.append(terminal.screen())
        while " articles" not in terminal.screen():
            terminal.send(b"q")
            terminal.settle(0.3, 10)
        terminal.send(b"q")
        if terminal.wait_end(20):
            raise RuntimeError(f"the program has failed:\n{terminal.screen()}")
        output = bytes(terminal.output)
    whole = "\n".join(seen)
    # A line may be wrapped or cut within a word.
    return output, [word for word in SEEN if word not in whole]


def commands(rounds: int = 1) -> Outcome:
    """Run every command that prints at a terminal."""
    broken: list[str] = []
    sent = 0
    with tempfile.TemporaryDirectory() as name:
        path = make_hostile(Path(name) / "library.db")
        for number in range(rounds):
            for command in COMMANDS:
                progress(f"R10 hostile commands, {number}: {command!a}")
                output = printed(path, command)
                sent += len(output)
                broken += [f"{command!a}: {one}" for one in strange_in_lines(output)]
                if b"Traceback" in output or b"unforeseen" in output:
                    broken.append(f"{command!a}: {output[-400:]!r}")
    figure = f"{len(broken)} strange, of {sent:,} bytes sent"
    return Outcome("R10 hostile output", f"{len(COMMANDS) * rounds:,} commands", figure, broken)


def printed(path: Path, command: Sequence[str]) -> bytes:
    """What a command sends to a terminal."""
    environment = settings_beside(path) | {"READER_LIBRARY": str(path)}
    with Terminal([READER, *command], environment=environment) as terminal:
        terminal.output = bytearray()
        terminal.wait_end(60)
        terminal.settle(0.05)
        return bytes(terminal.output)
