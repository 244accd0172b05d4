# SPDX-License-Identifier: MIT
"""Recognises network file systems, on which SQLite's write-ahead log and locks cannot be relied on.

Source: https://www.sqlite.org/wal.html ("WAL does not work over a network filesystem").
"""

from pathlib import Path

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "lustre", "fuse.sshfs",
     "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse", "davfs", "fuse.davfs2", "beegfs", "ocfs2", "gfs2"}
)  # fmt: skip

MOUNTS = Path("/proc/self/mounts")


def network_file_system(path: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the kind of network file system that a path is on; None for a local one, or where nothing is known."""
    try:
        listed = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    wanted = path.absolute()
    best: tuple[int, str] = (-1, "")
    for line in listed:
        fields = line.split(" ")
        if len(fields) > 2:
            where = Path(_unescaped(fields[1]))
            if where == wanted or where in wanted.parents:
                best = max(best, (len(where.parts), fields[2]), key=lambda found: found[0])
    return best[1] if best[1] in _NETWORK else None


def _unescaped(mount: str) -> str:
    for written, meant in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        mount = mount.replace(written, meant)
    return mount
