# SPDX-License-Identifier: MIT
"""The model's table is unpacked whole or not at all, and a full disk is an error instead of the end of the bot."""

import errno

import numpy as np
import pytest

from cogs.faq.search import multilingual

SIZE = 3 * 4 * 8


@pytest.fixture
def weights(tmp_path, monkeypatch):
    for name, value in (("_CHUNKS", 3), ("_CHUNK_ROWS", 4), ("_WIDTH", 8)):
        monkeypatch.setattr(multilingual, name, value)
    path = tmp_path / "weights.npz"
    chunks = {f"q{number + 1}": np.full((4, 8), number, dtype=np.uint8) for number in range(3)}
    np.savez(path, **chunks)
    return path


def without(*_):
    """Stand in for a file system that reserves nothing."""
    raise OSError(errno.EOPNOTSUPP, "Operation not supported")


@pytest.mark.parametrize("reserving", [True, False])
def test_it_is_unpacked_once(weights, tmp_path, monkeypatch, reserving):
    if not reserving:
        monkeypatch.setattr(multilingual.os, "posix_fallocate", without, raising=False)
    table = tmp_path / "cache" / "model-table"
    for _ in range(2):
        multilingual.unpack(weights, table)
        assert np.frombuffer(table.read_bytes(), np.uint8).reshape(12, 8)[:, 0].tolist() == [0, 1, 2] * 4
        assert list(table.parent.iterdir()) == [table]


def test_a_full_disk_is_an_error_that_leaves_nothing(weights, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(multilingual.os, "posix_fallocate", full, raising=False)
    table = tmp_path / "cache" / "model-table"
    with pytest.raises(OSError, match="No space left"):
        multilingual.unpack(weights, table)
    assert list(table.parent.iterdir()) == []


def test_what_cannot_be_reserved_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(multilingual, "_BLOCK", 7)
    monkeypatch.setattr(multilingual.os, "posix_fallocate", without, raising=False)
    multilingual.reserve(tmp_path / "file", SIZE)
    assert (tmp_path / "file").read_bytes() == bytes(SIZE)
