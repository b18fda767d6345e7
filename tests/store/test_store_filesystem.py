"""Which file system a library lies on."""

from pathlib import Path

import pytest
from libraries import add, library

from reader.store import connection
from reader.store.filesystem import file_system, network_file_system

MOUNTS = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home rw shared:2 - nfs4 server:/home rw,vers=4.2
31 30 0:41 / /home/ann/fast rw - xfs /dev/sdb1 rw
32 22 0:42 / /mnt/my\040share rw - cifs //server/share rw
33 22 0:43 / /mnt/keys rw - fuse.sshfs ann@host:/ rw
34 22 0:44 / /homework rw - btrfs /dev/sdc1 rw
a line that is no mount
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/l.db", ""),
        ("/home/ann/l.db", "nfs4"),
        ("/home/ann/fast/l.db", ""),
        ("/mnt/my share/l.db", "cifs"),
        ("/mnt/keys/l.db", "fuse.sshfs"),
        ("/homework/l.db", ""),
        ("/home", "nfs4"),
    ],
)
def test_the_nearest_mount_decides(tmp_path: Path, path: str, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert network_file_system(Path(path), mounts) == kind


def test_where_nothing_tells_it_is_taken_for_local(tmp_path: Path) -> None:
    assert file_system(tmp_path, tmp_path / "no such table") == ""


def test_no_write_ahead_log_over_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "l.db"
    monkeypatch.setattr(connection, "network_file_system", lambda path: "nfs4")
    with library(path) as store:
        assert (store.network, store.journal_mode) == ("nfs4", "delete")
        add(store)
        assert not path.with_name("l.db-wal").exists()
    monkeypatch.undo()
    with library(path) as store:
        assert store.network == ""
        assert store.check() == []
