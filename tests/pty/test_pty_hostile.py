"""Hostile content reaches no terminal: every byte that is sent is looked at."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.faults.hostile import make_hostile
from bench.faults.nasty import NASTY, SEQUENCES, SURROGATES
from bench.faults.stream import strange_in_lines, strange_on_screen
from bench.faults.surfaces import COMMANDS, printed
from bench.library import OPENED, settings_beside
from bench.process import READER, plain_environment
from bench.terminal import Terminal
from reader.text.visible import visible, visible_line


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_hostile(tmp_path_factory.mktemp("hostile") / "library.db")


@pytest.mark.parametrize("nasty", SEQUENCES)
def test_the_reader_of_bytes_finds_each_sequence(nasty: str) -> None:
    """What cannot fail proves nothing."""
    drawn = b"\x1b[38;2;1;2;3mplain\x1b[0m\x1b[1;1H\r\n"
    assert not list(strange_on_screen(drawn, columns=80, rows=24))
    assert list(strange_on_screen(drawn + nasty.encode() + drawn, columns=80, rows=24))
    assert list(strange_in_lines(b"plain\tline\r\n" + nasty.encode()))


@pytest.mark.parametrize("nasty", [*NASTY, *SURROGATES], ids=ascii)
def test_what_is_made_visible_is_as_long_and_harmless(nasty: str) -> None:
    for shown in (visible(nasty), visible_line(nasty)):
        assert len(shown) == len(nasty)
        assert not list(strange_in_lines(shown.encode()))
        assert not list(strange_on_screen(shown.encode(), columns=80, rows=24))


def test_screens(hostile: Path) -> None:
    """All of them are walked through by ``python -m bench.faults screens``."""
    environment = settings_beside(hostile) | {"READER_LIBRARY": str(hostile)}
    with Terminal([READER], environment=environment) as terminal:
        terminal.output = bytearray()
        for wanted, key in (
            (" articles", b"E"),
            ("Enter stores", b"\x03"),
            (" articles", b"M"),
            ("r rename", b"\x03"),
            (" articles", b"F"),
            (" Feeds ", b"q"),
            (" articles", b"\r"),
            (OPENED, b"r"),
            ("Original", b"r"),
            (OPENED, b"B"),
            (" Board ", b"m"),
        ):
            terminal.wait_text(wanted)
            terminal.send(key)
            terminal.settle(0.3)
        output = bytes(terminal.output)
    assert len(output) > 100_000
    assert not list(strange_on_screen(output, columns=120, rows=40))
    assert not (Path(settings_beside(hostile)["READER_CONFIG_DIR"]) / "reader.log").exists()


@pytest.mark.parametrize("command", COMMANDS, ids=ascii)
def test_every_command(hostile: Path, command: tuple[str, ...]) -> None:
    output = printed(hostile, command)
    assert output or command[0] == "list", "a search may find nothing; everything else prints"
    assert not list(strange_in_lines(output))
    assert b"unforeseen" not in output
    assert b"Traceback" not in output


class Tmux:
    """A tmux of its own, which lets programs write its clipboard and its titles if they can."""

    def __init__(self, socket: Path) -> None:
        self._command = ["tmux", "-S", str(socket), "-f", "/dev/null"]

    def run(self, *arguments: str) -> str:
        done = subprocess.run([*self._command, *arguments], capture_output=True, text=True, check=False)
        return done.stdout

    def state(self) -> tuple[str, str, str]:
        buffers = self.run("list-buffers", "-F", "#{buffer_sample}")
        return buffers, self.run("display-message", "-p", "#{pane_title}"), self.run("show-environment", "-g")

    def wait_for(self, text: str) -> None:
        """Wait until a text is seen; nothing: until the program has ended."""
        deadline = time.monotonic() + 60
        while text not in self.run("capture-pane", "-p") if text else not self._dead():
            assert time.monotonic() < deadline, f"waited in vain for {text!r}"
            time.sleep(0.1)

    def _dead(self) -> bool:
        return self.run("display-message", "-p", "#{pane_dead}").strip() == "1"


@pytest.fixture
def tmux(hostile: Path, tmp_path: Path) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("needs tmux")
    tmux = Tmux(tmp_path / "socket")
    environment = plain_environment(settings_beside(hostile) | {"READER_LIBRARY": str(hostile)})
    subprocess.run(
        [*tmux._command, "new-session", "-d", "-x", "120", "-y", "40", "cat"], env=environment, check=True
    )
    tmux.run("set-option", "-g", "set-clipboard", "on")
    tmux.run("set-option", "-g", "allow-passthrough", "on")
    tmux.run("set-option", "-g", "remain-on-exit", "on")
    yield tmux
    tmux.run("kill-server")


def test_tmux_would_obey(tmux: Tmux) -> None:
    before = tmux.state()
    tmux.run("respawn-pane", "-k", "printf", "".join(SEQUENCES[:6]).replace("%", "%%"))
    deadline = time.monotonic() + 30
    while tmux.state() == before:
        assert time.monotonic() < deadline, "tmux obeys no sequence: this test proves nothing"
        time.sleep(0.1)


def test_tmuxs_clipboard_and_title_stay_as_they_are(tmux: Tmux) -> None:
    before = tmux.state()
    tmux.run("respawn-pane", "-k", READER)
    tmux.wait_for("30 articles")
    for key in ("j", "j", "G", "Enter"):
        tmux.run("send-keys", key)
    tmux.wait_for("+ support")
    for key in ("]", "]", "r"):
        tmux.run("send-keys", key)
    tmux.wait_for("Original")
    for command in (("list",), ("show", "1"), ("export",), ("feeds", "list"), ("show", SEQUENCES[1])):
        tmux.run("respawn-pane", "-k", READER, *command)
        tmux.wait_for("")
    assert tmux.state() == before
