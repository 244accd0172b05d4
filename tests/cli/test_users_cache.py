# SPDX-License-Identifier: MIT
"""Where what can be made again lies when there is no database to lay it beside."""

import pytest

from bot.cli.cache import users_cache

pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="the XDG folders are not those of Windows")


def test_it_is_the_users_own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = users_cache()
    assert folder == tmp_path / "refdesk"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_without_one_it_is_below_the_home(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert users_cache() == tmp_path / ".cache" / "refdesk"


def test_where_none_can_be_made_there_is_none(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert users_cache() is None
