# SPDX-License-Identifier: MIT
"""Encryption against Element's own cryptography, with its strictest setting: no device that is not signed."""

import asyncio
import logging

from nio.crypto.attachments import decrypt_attachment, encrypt_attachment

from tests.e2e.botplay import running
from tests.e2e.peerplay import is_trusted, peer, room_with


async def test_encrypted_rooms_work_in_both_directions_without_a_warning(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot), peer(ana) as theirs:
        room = await room_with(theirs, bot)
        await theirs.does("say", room=room, content={"body": "!echo hello"})
        answer = await theirs.hears(room, "said: hello")
        assert is_trusted(answer)
        assert answer["content"]["msgtype"] == "m.notice"
        await theirs.does("say", room=room, content={"body": "!minutes"})
        await theirs.hears(room, "The file")
        await theirs.does("say", room=room, content=await _file(ana, b"Who came: Ana."))
        assert is_trusted(await theirs.hears(room, "minutes.txt has 14 bytes."))
        copy = await theirs.hears(room, "A copy")
        assert await _opened(ana, copy["content"]["file"]) == b"Who came: Ana."


async def test_a_secret_comes_encrypted_in_a_room_for_two_that_is_found_again(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with peer(ana) as theirs:
        async with running(tmp_path, bot):
            room = await room_with(theirs, bot)
            await theirs.does("say", room=room, content={"body": "!whisper"})
            direct = (await theirs.does("invitation", sender=bot.user_id))["room"]
            await theirs.does("join", room=direct)
            assert is_trusted(await theirs.hears(direct, "swordfish"))
            assert "in private" in (await theirs.hears(room, "I answered you"))["content"]["body"]
        async with running(tmp_path, bot):
            await theirs.does("say", room=direct, content={"body": "whisper"})
            await theirs.does("say", room=direct, content={"body": "echo again"})
            assert is_trusted(await theirs.hears(direct, "said: again"))
        direct_rooms = await bot.ask("GET", f"/user/{bot.user_id}/account_data/m.direct")
        assert direct_rooms == {ana.user_id: [direct]}


async def test_what_was_said_while_the_bot_was_down_is_read_and_answered(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with peer(ana) as theirs:
        async with running(tmp_path, bot):
            room = await room_with(theirs, bot)
            await theirs.does("say", room=room, content={"body": "!echo before"})
            await theirs.hears(room, "said: before")
        await theirs.does("say", room=room, content={"body": "!echo meanwhile"})
        async with running(tmp_path, bot):
            assert is_trusted(await theirs.hears(room, "said: meanwhile"))


async def test_a_lost_key_store_leads_to_a_new_device_and_not_to_a_deaf_bot(people, tmp_path, caplog):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with peer(ana) as theirs:
        async with running(tmp_path, bot):
            room = await room_with(theirs, bot)
            await theirs.does("say", room=room, content={"body": "!echo before"})
            await theirs.hears(room, "said: before")
        for file in (tmp_path / "matrix").glob("keys*"):
            file.unlink()
        with caplog.at_level(logging.WARNING):
            async with running(tmp_path, bot) as (_, platform):
                await theirs.does("device", user=bot.user_id, device=platform.courier.login.device_id)
                await theirs.does("say", room=room, content={"body": "!echo after"})
                assert is_trusted(await theirs.hears(room, "said: after"))
        assert "I log in as a new device" in caplog.text


async def test_a_device_that_was_removed_is_replaced_while_the_bot_runs(people, tmp_path, caplog):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot) as (_, platform), peer(ana) as theirs:
        room = await room_with(theirs, bot)
        former = platform.courier.login
        with caplog.at_level(logging.WARNING):
            await _log_out(bot, former.token)
            async with asyncio.timeout(60):
                while platform.courier.desk is None or platform.courier.login is former:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            await theirs.does("device", user=bot.user_id, device=platform.courier.login.device_id)
            await theirs.does("say", room=room, content={"body": "!echo after"})
            assert is_trusted(await theirs.hears(room, "said: after"))
        assert platform.courier.login.device_id != former.device_id
        assert "was removed or its token revoked" in caplog.text


async def _file(human, content):
    sealed, keys = encrypt_attachment(content)
    headers = {"Authorization": f"Bearer {human.token}", "Content-Type": "application/octet-stream"}
    async with human.session.post(f"{human.url}/_matrix/media/v3/upload", data=sealed, headers=headers) as answer:
        address = (await answer.json())["content_uri"]
    return {"msgtype": "m.file", "body": "minutes.txt", "filename": "minutes.txt", "file": {**keys, "url": address}}


async def _opened(human, file):
    address = file["url"].removeprefix("mxc://")
    headers = {"Authorization": f"Bearer {human.token}"}
    url = f"{human.url}/_matrix/client/v1/media/download/{address}"
    async with human.session.get(url, headers=headers) as answer:
        sealed = await answer.read()
    return decrypt_attachment(sealed, file["key"]["k"], file["hashes"]["sha256"], file["iv"])


async def _log_out(human, token):
    headers = {"Authorization": f"Bearer {token}"}
    async with human.session.post(f"{human.url}/_matrix/client/v3/logout", json={}, headers=headers) as answer:
        assert answer.status == 200
