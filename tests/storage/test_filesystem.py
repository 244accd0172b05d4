# SPDX-License-Identifier: MIT
"""A network file system is recognised, on which a database may be damaged."""

from pathlib import Path

import pytest

from bot.storage.filesystem import network_file_system

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//box/share /mnt/my\\040share cifs rw 0 0
me@box:/ /mnt/far fuse.sshfs rw 0 0
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/refdesk.db", None),
        ("/home/ana/refdesk.db", "nfs4"),
        ("/home/local/refdesk.db", None),
        ("/mnt/my share/x.db", "cifs"),
        ("/mnt/far/x.db", "fuse.sshfs"),
        ("/homework/x.db", None),
    ],
)
def test_the_nearest_mount_decides(tmp_path, path, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert network_file_system(Path(path), mounts) == kind


def test_where_nothing_is_known_nothing_is_said(tmp_path):
    assert network_file_system(tmp_path / "x.db", tmp_path / "absent") is None
