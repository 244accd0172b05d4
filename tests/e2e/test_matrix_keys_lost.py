# SPDX-License-Identifier: MIT
"""What a backup brings back, and what an old copy of a device's keys does, against Element's own cryptography."""

import logging
import shutil

from bot.cli.identity import beside, copy_identity, restore_identity
from tests.e2e.botplay import running
from tests.e2e.peerplay import is_trusted, peer, room_with


async def test_a_restored_backup_is_a_new_device_of_the_same_identity(people, tmp_path, caplog):
    ana, bot = await people("Ana"), await people("Refdesk")
    store, backup = tmp_path / "matrix", tmp_path / "copy.db"
    async with peer(ana) as theirs:
        async with running(tmp_path, bot) as (_, platform):
            room = await room_with(theirs, bot)
            await theirs.does("say", room=room, content={"body": "!echo before"})
            await theirs.hears(room, "said: before")
            former = platform.courier.login.device_id
        assert copy_identity(store, backup) == beside(backup)
        shutil.rmtree(store)
        assert restore_identity(backup, store)
        with caplog.at_level(logging.WARNING):
            async with running(tmp_path, bot) as (_, platform):
                assert platform.courier.login.device_id != former
                await theirs.does("device", user=bot.user_id, device=platform.courier.login.device_id)
                await theirs.does("say", room=room, content={"body": "!echo after"})
                assert is_trusted(await theirs.hears(room, "said: after"))
        assert "identity is lost" not in caplog.text


async def test_an_old_copy_of_the_keys_is_not_used(people, tmp_path, caplog):
    ana, bot = await people("Ana"), await people("Refdesk")
    store, old = tmp_path / "matrix", tmp_path / "old"
    async with peer(ana) as theirs:
        async with running(tmp_path, bot):
            room = await room_with(theirs, bot)
            await theirs.does("say", room=room, content={"body": "!echo before"})
            await theirs.hears(room, "said: before")
        shutil.copytree(store, old)
        for number in range(3):
            async with running(tmp_path, bot):
                await theirs.does("say", room=room, content={"body": f"!echo {number}"})
                await theirs.hears(room, f"said: {number}")
        shutil.rmtree(store)
        old.rename(store)
        with caplog.at_level(logging.WARNING):
            async with running(tmp_path, bot) as (_, platform):
                await theirs.does("device", user=bot.user_id, device=platform.courier.login.device_id)
                await theirs.does("say", room=room, content={"body": "!echo after"})
                assert is_trusted(await theirs.hears(room, "said: after"))
        assert "are an old copy" in caplog.text
