import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.importers import find_files, is_url, load, load_stdin, read_stdin
from reader.importers.base import MAX_DOCUMENT
from reader.model import Incoming, Problem


def one(items: Iterator[Incoming | Problem]) -> Incoming:
    (item,) = items
    assert isinstance(item, Incoming)
    return item


def refusal(items: Iterator[Incoming | Problem] | Iterator[Path | Problem]) -> str:
    (item,) = items
    assert isinstance(item, Problem)
    assert "\n" not in item.message
    return item.message


def write(path: Path, content: str | bytes = "words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("a.txt", "text"),
        ("a.TEXT", "text"),
        ("a.md", "markdown"),
        ("a.markdown", "markdown"),
        ("a.html", "html"),
        ("a.HTM", "html"),
        ("a.xhtml", "html"),
    ],
)
def test_a_document_comes_as_its_bytes_under_its_path(tmp_path: Path, name: str, media: str) -> None:
    raw = b"\xff\xfe any bytes \x00 at all"
    incoming = one(load(write(tmp_path / name, raw)))
    assert (incoming.raw, incoming.media, incoming.origin) == (raw, media, str(tmp_path / name))
    assert incoming.encoding == ""


def test_a_relative_path_gives_an_absolute_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in" / "a.txt")
    monkeypatch.chdir(tmp_path)
    (path,) = find_files(["in/../in/a.txt"])
    assert isinstance(path, Path)
    assert one(load(path)).origin == str(tmp_path / "in" / "a.txt")


def test_a_name_that_is_not_utf_8_still_gives_an_origin_that_can_be_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        write(path)
    except OSError:
        pytest.skip("this file system refuses such names")
    origin = one(load(path)).origin
    assert origin.endswith("/caf\\xe9.txt")
    origin.encode("utf-8")


def test_a_folder_gives_its_files_in_order_and_tells_the_rest_once(tmp_path: Path) -> None:
    wanted = [write(tmp_path / name) for name in ("b.txt", "c.html", "a/z.md", "a/a/x.csv", "d/y.jsonl")]
    for name in (".hidden.txt", ".git/a.txt", "pic.jpg", "a/pic.JPG", "a/paper.pdf", "Makefile"):
        write(tmp_path / name)
    *files, told = find_files([tmp_path])
    assert files == wanted
    assert told == Problem(
        origin=str(tmp_path),
        message="4 files of other kinds passed over (.jpg 2, no suffix 1, .pdf 1)",
        failed=False,
    )


def test_a_clean_folder_tells_nothing_and_an_empty_one_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "full" / "a.txt")
    (tmp_path / "empty").mkdir()
    assert list(find_files([tmp_path / "full"])) == [path]
    assert refusal(find_files([tmp_path / "empty"])).startswith("no file to add in it: known are .csv, .htm,")


def test_links_in_a_folder_lead_nowhere(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt").parent
    inside = write(tmp_path / "inside" / "a.txt")
    (inside.parent / "loop").symlink_to(inside.parent, target_is_directory=True)
    (inside.parent / "out").symlink_to(outside, target_is_directory=True)
    (inside.parent / "b.txt").symlink_to(outside / "secret.txt")
    found, told = find_files([inside.parent])
    assert found == inside
    assert isinstance(told, Problem)
    assert told.message == "3 symbolic links not followed: name what is to be added"


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "real" / "a.txt", "the words")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real", target_is_directory=True)
    (found,) = find_files([link])
    assert found == link / "a.txt"
    assert one(load(link / "a.txt")).raw == b"the words"


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    link = tmp_path / "a.txt"
    link.symlink_to(link)
    assert "cannot be read" in refusal(find_files([link]))


@pytest.fixture
def abyss(tmp_path: Path) -> Iterator[Path]:
    """A folder in a folder in a folder, deeper than a function may call itself, with a file at the bottom."""
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(os.open("a.txt", os.O_WRONLY | os.O_CREAT, dir_fd=here))
    os.close(here)
    yield tmp_path
    # Flattened again, because what removes the temporary folders does call itself.
    top, below_top = tmp_path / "d", tmp_path / "up"
    while (top / "d").exists():
        (top / "d").rename(below_top)
        top.rmdir()
        below_top.rename(top)


def test_a_folder_deeper_than_the_stack_is_walked(abyss: Path) -> None:
    assert [item.name for item in find_files([abyss]) if isinstance(item, Path)] == ["a.txt"]


@pytest.mark.parametrize("name", ["pipe.txt", "pipe.jsonl", "pipe.csv"])
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert refusal(load(tmp_path / name)).startswith("not a regular file")
    assert refusal(find_files([tmp_path])) == f"1 file of other kinds passed over (.{name[5:]} 1)"


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path may be 100 bytes long
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.txt")
        assert "cannot be read" in refusal(load(Path("s.txt")))


def test_a_device_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "zero.txt"
    link.symlink_to("/dev/zero")
    assert refusal(load(link)).startswith("not a regular file")


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_DOCUMENT)
    assert len(one(load(path)).raw) == MAX_DOCUMENT
    with path.open("ab") as file:
        file.write(b"x")
    assert refusal(load(path)) == "larger than 64 MB: split it into its articles and add those"


def test_what_is_missing_or_forbidden_is_told(tmp_path: Path) -> None:
    assert refusal(find_files([tmp_path / "no.txt"])) == "no such file or folder: check the path"
    assert refusal(load(tmp_path / "no.txt")) == "no such file or folder: check the path"
    secret = write(tmp_path / "secret.txt")
    secret.chmod(0)
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    assert refusal(load(secret)) == "permission denied: give yourself the right to read it"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.pdf", "PDF cannot be read: save it as text or HTML, then add that"),
        ("a.DOCX", "Word documents cannot be read: save it as text or HTML, then add that"),
        ("a.zip", "a packed file: unpack it, then add what was in it"),
        ("a.jpeg", "an image has no text to mark"),
        ("a.json", "JSON is read one object a line"),
        ("a.xyz", "not a kind of file that is read: known are .csv, .htm, .html, .jsonl, .markdown, .md,"),
        ("a", "not a kind of file that is read"),
    ],
)
def test_a_file_of_another_kind_that_is_named_is_told_with_what_to_do(
    tmp_path: Path, name: str, told: str
) -> None:
    path = write(tmp_path / name)
    assert refusal(find_files([path])).startswith(told)
    assert refusal(load(path)).startswith(told)


def test_an_address_is_told_from_a_path() -> None:
    assert [is_url(name) for name in ("https://example.org/a.txt", "ftp://x", "a/b.txt", "C:\\a.txt")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("raw", "media"),
    [
        (b"<!DOCTYPE html><p>Hello", "html"),
        (b"\xef\xbb\xbf\n<!-- saved page --><!-- x -->\n<html lang=en>", "html"),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "html"),
        ("\ufeff<HTML><body>".encode("utf-16-le"), "html"),
        (b"<p>Hello</p>", "html"),
        (b"<b>old</b> is what the sign said", "text"),
        (b"<person> said", "text"),
        (b"Mayor says no\n\nThe mayor said no.", "text"),
        (b'{"headline": "no article in it"}', "text"),
        (b'{"text": a template}', "text"),
        (b"<!-- -->" * 500 + b"x", "text"),
    ],
)
def test_standard_input_is_told_by_how_it_begins(raw: bytes, media: str) -> None:
    incoming = one(load_stdin(raw))
    assert (incoming.raw, incoming.media, incoming.origin) == (raw, media, "-")


def test_json_lines_on_standard_input_are_records() -> None:
    first, second, third = load_stdin(b'\n{"text": "One."}\nbroken\n{"HTML": "<p>Two."}\n')
    assert isinstance(first, Incoming)
    assert (first.raw, first.media, first.origin) == (b"One.", "text", "-#1")
    assert second == Problem(
        origin="-#2", message="line 3: not JSON (Expecting value, column 1): mend or remove the line"
    )
    assert isinstance(third, Incoming)
    assert (third.raw, third.media, third.origin) == (b"<p>Two.", "html", "-#3")


def test_empty_standard_input_is_told() -> None:
    assert refusal(load_stdin(b" \n")) == "nothing came on standard input"


def test_standard_input_that_does_not_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.importers.MAX_DOCUMENT", 1 << 20)
    with Path("/dev/zero").open("rb") as stream:
        (problem,) = load_stdin(read_stdin(stream))
    assert isinstance(problem, Problem)
    assert "more than 1 MB came on standard input" in problem.message
