# SPDX-License-Identifier: MIT
"""Connecting to Discord, staying connected and leaving, with discord.py's real gateway."""

import asyncio
from datetime import timedelta

import pytest
from contractcog import Sample
from discord_loopback import Loopback
from discord_payloads import slash
from loopbackplay import connected
from test_discord_answers_under_faults import Slow, begun, cog

from bot.config import ConfigError
from bot.core.i18n.catalogs import Catalogs
from bot.kit.health import State
from bot.platforms.discord import platform as platform_module
from bot.platforms.discord.sessions import Sessions


def state_of(bot) -> State:
    return next(part.state for part in bot.app.health.snapshot().components if part.name == "discord")


async def answers(bot) -> bool:
    sent = await bot.server.interact(2, slash("sample quiet"))
    return "Between us." in str(await sent.answer())


def callbacks(bot, sent) -> int:
    return sum(sent.id in path and path.endswith("callback") for _, path, _ in bot.server.requests)


async def test_the_bot_asks_for_nothing_that_discord_must_grant(bot):
    assert bot.server.gateway.identify["intents"] == 1 << 0 | 1 << 9 | 1 << 12
    assert bot.server.gateway.identify.get("presence") is None


async def test_a_dropped_connection_is_resumed_and_what_was_missed_is_answered_once(bot):
    await bot.server.gateway.drop()
    sent = await bot.server.interact(2, slash("sample quiet"))
    await bot.server.gateway.until(lambda: bot.server.gateway.resumed)
    assert "Between us." in str(await sent.answer())
    assert callbacks(bot, sent) == 1
    assert bot.server.gateway.identified == 1
    await bot.until(lambda: state_of(bot) is State.OK)


@pytest.mark.parametrize("how", ["cut", "ask_to_reconnect"])
async def test_a_connection_that_ends_otherwise_is_taken_up_again(bot, how):
    await getattr(bot.server.gateway, how)()
    await bot.server.gateway.until(lambda: bot.server.gateway.resumed)
    assert await answers(bot)


async def test_a_void_session_is_begun_anew(bot):
    await bot.server.gateway.invalidate()
    await bot.server.gateway.until(lambda: bot.server.gateway.identified == 2)
    assert await answers(bot)


async def test_a_silent_connection_is_noticed_and_replaced(tmp_path, monkeypatch):
    server = Loopback()
    server.gateway.heartbeat_interval = 40
    async with connected(tmp_path, monkeypatch, server, Sample, opened=False) as bot:
        bot.tuning = {"heartbeat_timeout": 0.2, "guild_ready_timeout": 0.02}
        await bot.open()
        server.gateway.silent = True
        await bot.until(lambda: server.gateway.resumed or server.gateway.identified > 1)
        server.gateway.silent = False
        await bot.until(lambda: any(connection.session for connection in server.gateway._sockets))
        assert await answers(bot)
        await bot.close()


async def test_an_interaction_that_is_delivered_twice_is_acted_on_once(bot):
    sent = await bot.server.interact(2, slash("sample open", title="Zagreb fair, 1921"))
    await sent.answer()
    await bot.server.gateway.dispatch("INTERACTION_CREATE", sent.payload)
    assert await answers(bot)
    assert callbacks(bot, sent) == 1


async def test_a_token_that_discord_does_not_know_is_told_in_one_line(tmp_path, monkeypatch):
    async with connected(tmp_path, monkeypatch, Loopback(), Sample, opened=False) as bot:
        bot.token = "wrong"
        with pytest.raises(ConfigError, match="DISCORD_TOKEN"):
            await bot.open()


async def test_an_intent_that_was_not_granted_is_told_in_one_line(tmp_path, monkeypatch):
    server = Loopback()
    server.gateway.refuse = 4014
    async with connected(tmp_path, monkeypatch, server, Sample, opened=False) as bot:
        with pytest.raises(ConfigError, match="intent"):
            await bot.open()


@pytest.mark.parametrize(
    ("code", "words"), [(4004, "DISCORD_TOKEN"), (4011, "DISCORD_SHARDED=yes"), (4012, "update"), (4013, "update")]
)
async def test_what_only_the_operator_can_mend_is_told_in_one_line(tmp_path, monkeypatch, code, words):
    server = Loopback()
    server.gateway.refuse = code
    async with connected(tmp_path, monkeypatch, server, Sample, opened=False) as bot:
        with pytest.raises(ConfigError, match=words):
            await bot.open()


async def test_a_token_that_is_reset_while_the_bot_runs_is_told_and_not_tried_for_ever(bot, caplog):
    bot.server.gateway.refuse = 4004
    await bot.server.gateway.invalidate()
    await bot.until(lambda: state_of(bot) is State.DOWN)
    assert "Copy the token anew" in caplog.text
    tried = len(bot.server.requests)
    bot.clock.move(timedelta(hours=1))
    await bot.app.settled()
    assert len(bot.server.requests) == tried


async def test_sessions_that_break_again_and_again_do_not_use_up_a_day_s(bot):
    for number in range(2, 12):
        await bot.server.gateway.invalidate()
        await bot.server.gateway.until(lambda number=number: bot.server.gateway.identified == number)
    waited = [seconds for seconds in bot.waits if seconds >= 5]
    assert waited[:3] == [5, 5, 5]
    assert waited[-1] == 150
    assert await answers(bot)


def test_no_day_has_more_sessions_than_discord_takes():
    for shards in (1, 4):
        sessions, begun = Sessions(), 0
        for shard in range(shards):
            now = 0.0
            while now < 86_400:
                now += sessions.pause(shard, now, initial=not shard and not now, shards=shards)
                begun += 1
        assert begun < 1_000
    assert Sessions().pause(0, 0.0, initial=True) == 0
    calm = Sessions()
    assert {calm.pause(0, number * 3_600.0) for number in range(50)} == {5}


async def test_while_discord_cannot_be_reached_the_bot_starts_and_goes_on_trying(tmp_path, monkeypatch):
    monkeypatch.setattr(platform_module, "PATIENCE", 0.05)
    server = Loopback()
    async with connected(tmp_path, monkeypatch, server, Sample, opened=False) as bot:
        trouble = server.fail("GET /users/@me", status=503, times=1)
        await bot.open()
        await asyncio.wait_for(trouble.met.wait(), 60)
        await bot.until(lambda: state_of(bot) is State.DOWN)
        bot.clock.move(timedelta(seconds=2))
        await bot.until(lambda: state_of(bot) is State.OK)
        assert await answers(bot)
        await bot.close()


def spoken(catalogs) -> set[str]:
    return set(catalogs._spoken)


async def test_other_translations_are_published_too(tmp_path, monkeypatch):
    server = Loopback()
    async with connected(tmp_path, monkeypatch, server, Sample) as bot:
        await bot.until(lambda: bool(server.commands))
        server.commands = []
        (tmp_path / "es.po").write_text(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
            'msgctxt "command name"\nmsgid "sample"\nmsgstr "muestra"\n',
            "utf-8",
        )
        publisher = bot.platform.publisher
        publisher._catalogs = Catalogs.load(tmp_path, bundled=False)
        assert await publisher.publish(bot.platform.client)
        assert server.commands[0]["name_localizations"]["es-ES"] == "muestra"
        assert not await publisher.publish(bot.platform.client)


async def test_commands_are_published_only_when_they_have_changed(tmp_path, monkeypatch):
    server = Loopback()
    async with connected(tmp_path, monkeypatch, server, Sample, opened=False) as bot:
        await bot.open()
        await bot.until(lambda: bool(server.commands))
        await bot.app.close()
        server.commands = []
        await bot.open()
        assert await answers(bot)
        await bot.app.close()
        assert server.commands == []
        assert not spoken(bot.app.catalogs), "to know that, no catalog was read"
        bot.cogs = (Sample, Slow)
        await bot.open()
        await bot.until(lambda: {each["name"] for each in server.commands} >= {"sample", "slow"})
        await bot.close()


async def test_stopping_lets_a_command_end_and_takes_no_more(tmp_path, monkeypatch):
    async with connected(tmp_path, monkeypatch, Loopback(), Slow, opened=False) as bot:
        await bot.open()
        sent = await begun(bot, "slow public")
        stopping = asyncio.ensure_future(bot.platform.stop())
        await asyncio.sleep(0)
        late = await bot.server.interact(2, slash("slow public"))
        cog(bot).go.set()
        assert "At last." in str(await sent.answer())
        await asyncio.wait_for(stopping, 60)
        assert callbacks(bot, late) == 0
        await bot.close()
