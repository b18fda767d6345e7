import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import ExportError
from reader.exchange.atomic import atomic_text


def write(path: Path, content: str) -> None:
    with atomic_text(path) as stream:
        stream.write(content)


def test_the_file_is_what_was_written_byte_for_byte(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "é\r\nb\n")
    assert (tmp_path / "a.csv").read_bytes() == "é\r\nb\n".encode()
    assert os.listdir(tmp_path) == ["a.csv"]  # noqa: PTH208 - hidden ones too


def test_nothing_is_there_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    with atomic_text(path) as stream:
        stream.write("new" * 100_000)
        assert path.read_text(encoding="utf-8") == "old"
    assert path.stat().st_size == 300_000


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")

    def half() -> Iterator[str]:
        yield "new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), atomic_text(path) as stream:
        stream.writelines(half())
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text(encoding="utf-8") == "old"


def test_a_new_file_has_what_the_umask_leaves_and_an_old_one_its_own(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tmp_path / "new.csv", "x")
        (tmp_path / "old.csv").touch(0o600)
        write(tmp_path / "old.csv", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "old.csv").stat().st_mode) == 0o600


def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    write(tmp_path / "link.csv", "new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8") == "new"


def test_a_folder_a_device_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/null"), tmp_path / "no" / "a.csv"):
        with pytest.raises(ExportError, match="cannot be written") as refused:
            write(path, "x")
        assert str(refused.value).startswith(f"{path}: ")
        assert "\n" not in str(refused.value)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    real_open = Path.open

    def open_full(self: Path, mode: str = "r", **options: str) -> object:
        real_open(self, mode, **options).close()  # type: ignore[call-overload]
        return real_open(Path("/dev/full"), "wb", **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", open_full)
    with pytest.raises(ExportError, match="No space left on device"):
        write(path, "new")
    monkeypatch.undo()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text(encoding="utf-8") == "old"
