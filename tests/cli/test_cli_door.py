import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from command_line import CommandLine

from reader.__main__ import guarded
from reader.cli import group

HEAVY = {"textual", "rich", "trafilatura", "lxml", "markdown_it", "sqlite_utils", "charset_normalizer"}
"""What no short command may load."""


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch)


def test_every_command_explains_itself(reader: CommandLine) -> None:
    overview = reader("--help")
    assert (overview.status, overview.err) == (0, "")
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert f"  {name:11}  {command.get_short_help_str(200)}\n" in overview.out
        explained = reader(name, "--help")
        assert explained.status == 0
        assert explained.out.startswith(f"Usage: reader {name}")
    assert "--version" in overview.out
    assert reader("--version").out.startswith("reader ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("lst",),
        ("./gone.txt",),
        ("list", "--nonsense"),
        ("show",),
        ("show", "1", "2"),
        ("--nonsense",),
        ("add",),
        ("remove",),
    ],
)
def test_wrong_usage_is_told_with_status_2(reader: CommandLine, arguments: tuple[str, ...]) -> None:
    result = reader(*arguments)
    assert (result.status, result.out) == (2, "")
    assert "Traceback" not in result.err
    assert not reader.library.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--no\u202ense",),
        ("list", "--no\x1b[31mnse\x07"),
        ("gone\x1b]0;title\x07.txt",),
        ("add", "gone\x1b[2J\u202e.txt"),
        ("clean", "gone\x1b[2J\u202e.txt"),
        ("backup", "no\x1b[2J/such\u202e/folder"),
        ("--library", "no\x1b[2J\u202e.db", "check"),
    ],
)
def test_what_is_wrong_is_told_without_the_controls_in_it(
    reader: CommandLine, arguments: tuple[str, ...]
) -> None:
    reader.added()
    result = reader(*arguments)
    assert result.status != 0
    assert re.search("[gn]o", result.err)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", result.err)


def test_a_word_that_is_neither_command_nor_file_says_so(reader: CommandLine) -> None:
    assert "'lst' is neither a command nor a file" in reader("lst").err


def test_settings_that_cannot_be_followed_are_one_line(reader: CommandLine) -> None:
    (reader.folder / "config").mkdir()
    (reader.folder / "config" / "settings.toml").write_text("[annotator]\nnaem = 'Ada'\n")
    result = reader("list")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "annotator.naem" in result.err


@pytest.mark.parametrize(
    "arguments", [["--help"], ["export"], ["list"], ["schemes"], ["where"], ["annotations"]]
)
def test_short_commands_load_nothing_heavy(reader: CommandLine, arguments: list[str]) -> None:
    reader.added()
    program = (
        "import sys\n"
        "from reader.__main__ import main\n"
        f"status = main({arguments!r})\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


@pytest.mark.parametrize("arguments", [("show", "1"), ("list",), ("export",), ("--help",), ("where",)])
def test_a_reader_that_goes_away_ends_the_command_quietly(
    reader: CommandLine, arguments: tuple[str, ...]
) -> None:
    reader.added()
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "reader", *arguments]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


def test_what_was_not_foreseen_is_one_line_and_a_log_without_article_text(
    reader: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "word" * 3

    def fail() -> int:
        raise ValueError(f"in the article: {secret}")

    assert guarded(fail) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "ValueError" in said
    log = (reader.folder / "config" / "reader.log").read_text()
    assert str(reader.folder / "config" / "reader.log") in said
    assert "in fail" in log
    assert secret not in said + log


def test_ctrl_c_is_one_line_and_status_130(reader: CommandLine) -> None:
    command = [sys.executable, "-m", "reader", "add", "-"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A suite that runs in the background ignores the signal, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - there are no threads
    ) as process:
        assert process.stderr is not None
        assert "made" in process.stderr.readline(), "it has begun and waits for its input"
        os.kill(process.pid, signal.SIGINT)
        assert process.stderr.read() == "reader: interrupted: what was done before is kept\n"
        assert process.wait() == 130


def test_output_to_a_pipe_is_utf_8_whatever_the_locale(reader: CommandLine) -> None:
    reader.added("水門 opens, said Ada Quill.\n")
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "reader", "list"]
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert "水門" in done.stdout.decode()
