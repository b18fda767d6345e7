"""Which file system a path lies on, as far as the operating system says."""

import os
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone",
    "fuse.s3fs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs",
    "smb3", "smbfs", "virtiofs", "vboxsf",
})  # fmt: skip
"""Types, as Linux names them, whose files other machines can change; SQLite's locks and its write-ahead
log are not to be relied on there (https://sqlite.org/wal.html, https://sqlite.org/howtocorrupt.html)."""


def file_system(path: Path, mounts: Path = _MOUNTS) -> str:
    """The type of the file system that holds a path: ``ext4``, ``nfs4``; empty where nothing tells.

    Args:
        path: it need not exist; then the nearest folder above it counts.
        mounts: the table of mounts as Linux writes it
            (https://www.kernel.org/doc/html/latest/filesystems/proc.html, section 3.5).
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    real = os.path.realpath(path)
    best, kind = "", ""
    for line in lines:
        fields, _, rest = line.partition(" - ")
        parts, types = fields.split(), rest.split()
        if len(parts) < 5 or not types:
            continue
        point = _unescaped(parts[4])
        # A later mount hides an earlier one on the same folder.
        if len(point) >= len(best) and (real == point or real.startswith(point.rstrip("/") + "/")):
            best, kind = point, types[0]
    return kind


def network_file_system(path: Path, mounts: Path = _MOUNTS) -> str:
    """The type of the network file system that holds a path; empty where it is a local one or unknown."""
    kind = file_system(path, mounts)
    return kind if kind in _NETWORK else ""


def _unescaped(point: str) -> str:
    """A mount point with its blanks, which the table writes as octal escapes."""
    for escape, character in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        point = point.replace(escape, character)
    return point
