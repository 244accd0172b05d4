# SPDX-License-Identifier: MIT
"""An old copy of a device's keys is noticed; the keys that were used last are not taken for one."""

import shutil

import pytest

from bot.platforms.matrix.epoch import Epoch
from bot.platforms.matrix.errors import Refusal, Unreachable
from bot.platforms.matrix.keystore import Folder, Login

LOGIN = Login("https://hs.example", "@refdesk:hs.example", "DEVICE", "token", 0)
OTHER = Login("https://hs.example", "@refdesk:hs.example", "OTHER", "token", 0)


class Server:
    """Keeps account data, or refuses to."""

    def __init__(self):
        self.kept, self.error = {}, None

    async def account_data(self, kind):
        return self.kept.get(kind, {})

    async def set_account_data(self, kind, content):
        if self.error:
            raise self.error
        self.kept[kind] = content


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path / "matrix")
    made.prepare()
    return made


async def test_the_keys_that_were_used_last_are_current(server, folder):
    epoch = Epoch(server, folder)
    assert await epoch.is_current(LOGIN)
    for _ in range(3):
        await epoch.turn(LOGIN)
        assert await Epoch(server, folder).is_current(LOGIN)


async def test_an_old_copy_is_not_current(server, folder, tmp_path):
    epoch = Epoch(server, folder)
    await epoch.turn(LOGIN)
    shutil.copytree(folder.path, tmp_path / "copy")
    assert await Epoch(server, Folder(tmp_path / "copy")).is_current(LOGIN)
    await epoch.turn(LOGIN)
    assert not await Epoch(server, Folder(tmp_path / "copy")).is_current(LOGIN)


@pytest.mark.parametrize("spoilt", [None, "", "[]", '{"device_id": 7}'])
async def test_keys_without_their_word_are_an_old_copy(server, folder, spoilt):
    epoch = Epoch(server, folder)
    await epoch.turn(LOGIN)
    file = folder.path / "epoch.json"
    file.unlink() if spoilt is None else file.write_text(spoilt)
    assert not await epoch.is_current(LOGIN)


async def test_another_device_is_not_judged(server, folder):
    epoch = Epoch(server, folder)
    await epoch.turn(LOGIN)
    assert await epoch.is_current(OTHER)
    await epoch.turn(OTHER)
    assert await epoch.is_current(OTHER)


async def test_an_interruption_between_the_two_places_costs_no_device(server, folder):
    epoch = Epoch(server, folder)
    await epoch.turn(LOGIN)
    server.error = Unreachable("It was switched off.", sent=False)
    with pytest.raises(Unreachable):
        await epoch.turn(LOGIN)
    assert await Epoch(server, folder).is_current(LOGIN)


async def test_a_homeserver_without_account_data_is_lived_with(server, folder):
    server.error = Refusal(404, "M_UNRECOGNIZED", "no such thing")
    epoch = Epoch(server, folder)
    await epoch.turn(LOGIN)
    assert await epoch.is_current(LOGIN)
