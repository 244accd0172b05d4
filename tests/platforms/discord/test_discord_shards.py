# SPDX-License-Identifier: MIT
"""Several connections at once, as from some two thousand servers on: each has servers of its own."""

import pytest
from contractcog import Sample
from discord_loopback import Loopback
from discord_payloads import GUILD_ID, slash
from loopbackplay import connected

from bot.kit.health import State
from bot.platforms.discord.client import ShardedLink
from bot.storage import homes

OTHER = str(int(GUILD_ID) + (1 << 22))
BY_SHARD = {(int(each) >> 22) % 2: each for each in (GUILD_ID, OTHER)}


@pytest.fixture
async def bot(tmp_path, monkeypatch):
    async with connected(tmp_path, monkeypatch, Loopback(guilds=2, shards=2), Sample, opened=False) as bot:
        bot.sharded = True
        await bot.open()
        await bot.server.gateway.until(lambda: bot.server.gateway.identified == 2)
        yield bot
        await bot.close()


async def ask(bot, guild_id):
    about = {"guild_id": guild_id, "guild": {"id": guild_id, "locale": "en-US", "features": []}}
    return await bot.server.interact(2, slash("sample open", title="Zagreb fair, 1921"), **about)


async def answers(bot, guild_id) -> bool:
    return "Zagreb fair, 1921" in str(await (await ask(bot, guild_id)).answer())


async def test_each_shard_identifies_once_and_has_its_own_servers(bot):
    assert isinstance(bot.platform.client, ShardedLink)
    assert sorted(each.shard for each in bot.server.gateway.sessions.values()) == [0, 1]
    assert bot.server.gateway.identify["shard"][1] == 2
    for session in bot.server.gateway.sessions.values():
        told = [data["id"] for kind, data in session.log if kind == "GUILD_CREATE"]
        assert told == [BY_SHARD[session.shard]]


async def test_commands_are_answered_on_every_shard_and_published_once(bot):
    assert await answers(bot, GUILD_ID)
    assert await answers(bot, OTHER)
    for guild_id in (GUILD_ID, OTHER):
        assert await bot.app.db.read(homes.find, "discord", guild_id) is not None
    assert sum(path.endswith("/commands") for method, path, _ in bot.server.requests if method == "PUT") == 1


@pytest.mark.parametrize("shard", [0, 1])
async def test_one_shard_is_resumed_with_what_it_missed_and_the_other_goes_on(bot, shard):
    await bot.server.gateway.drop(shard=shard)
    missed = await ask(bot, BY_SHARD[shard])
    assert await answers(bot, BY_SHARD[1 - shard])
    await bot.server.gateway.until(lambda: bot.server.gateway.resumed == 1)
    assert "Zagreb fair, 1921" in str(await missed.answer())
    assert bot.server.gateway.identified == 2
    await bot.until(lambda: bot.app.health.snapshot().state is State.OK)
