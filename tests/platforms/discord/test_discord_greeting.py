# SPDX-License-Identifier: MIT
"""What a server reads when the bot joins it: once, where the bot may write, and nothing where it may not."""

from datetime import timedelta

import pytest
from contractcog import Sample
from discord_loopback import Loopback
from discord_payloads import GUILD_ID, guild
from loopbackplay import connected

from bot.kit import Cog, Context, Manifest, Reply, command
from bot.storage import homes

NEW = guild(1, 3)
FIRST, SECOND, THIRD = (each["id"] for each in NEW["channels"])
VIEW, SEND, HISTORY = 1 << 10, 1 << 11, 1 << 16


class Setup(Cog):
    """Stands for the features that the greeting speaks of."""

    name = "setup"
    manifest = Manifest("Stands for others.", "Nothing.", {})

    @command("setup", "Set up")
    async def begin(self, ctx: Context) -> Reply:
        """Do nothing."""
        return Reply("ok")


@pytest.fixture
async def bot(tmp_path, monkeypatch):
    async with connected(tmp_path, monkeypatch, Loopback(), Sample, Setup) as opened:
        await opened.place()
        yield opened


def joined(*, system=None, closed=(), **changed):
    """Return a server as Discord describes it when the bot has just joined: without a word on availability."""
    about = {key: value for key, value in NEW.items() if key != "unavailable"}
    everyone = {**NEW["roles"][0], "permissions": str(VIEW | SEND | HISTORY)}
    channels = [
        {**each, "permission_overwrites": [{"id": NEW["id"], "type": 0, "allow": "0", "deny": str(SEND)}]}
        if each["id"] in closed
        else each
        for each in NEW["channels"]
    ]
    return {**about, "roles": [everyone], "channels": channels, "system_channel_id": system, **changed}


async def join(bot, about):
    await bot.server.gateway.dispatch("GUILD_CREATE", about)
    await settled(bot)


async def settled(bot):
    await bot.until(lambda: bot.platform.client.get_guild(int(NEW["id"])) is not None)
    for _ in range(3):
        await bot.until(lambda: not bot.platform._under_way)
        await bot.app.settled()


def greeted(bot) -> list[str]:
    return [channel for channel in (FIRST, SECOND, THIRD) for _ in bot.server.post_log(channel)]


async def test_a_new_server_is_greeted_in_its_own_channel(bot):
    await join(bot, joined(system=SECOND, preferred_locale="en-US"))
    assert greeted(bot) == [SECOND]
    text = str(bot.server.post_log(SECOND))
    assert "Hello, I am Refdesk" in text
    assert "Moderators: `/setup`" in text
    assert "/privacy" not in text, "only what there is is spoken of"


@pytest.mark.parametrize(
    ("system", "closed", "where"),
    [
        (None, (), [FIRST]),
        (None, (FIRST,), [SECOND]),
        (SECOND, (SECOND,), [FIRST]),
        (FIRST, (FIRST, SECOND, THIRD), []),
    ],
)
async def test_it_is_greeted_where_the_bot_may_write_or_not_at_all(bot, system, closed, where):
    await join(bot, joined(system=system, closed=closed))
    assert greeted(bot) == where
    assert await bot.app.db.read(homes.find, "discord", NEW["id"]) is not None


async def test_a_server_that_takes_the_bot_back_is_not_greeted_again(bot):
    await join(bot, joined())
    await bot.server.gateway.dispatch("GUILD_DELETE", {"id": NEW["id"]})
    await bot.until(lambda: bot.platform.client.get_guild(int(NEW["id"])) is None)
    await join(bot, joined(system=SECOND))
    assert greeted(bot) == [FIRST]


async def test_a_greeting_outlives_an_outage(bot):
    for _ in range(9):
        bot.server.fail(f"POST /channels/{FIRST}", status=503)
    await join(bot, joined())
    assert greeted(bot) == []
    bot.server.faults.clear()
    for _ in range(30):
        bot.clock.move(timedelta(seconds=30))
        await bot.app.settled()
    assert greeted(bot) == [FIRST]


@pytest.mark.parametrize(("ago", "where"), [(timedelta(minutes=5), [FIRST]), (timedelta(days=2), [])])
async def test_a_server_joined_while_the_bot_was_away_is_greeted_unless_it_was_long_ago(bot, ago, where):
    await bot.app.close()
    me = {**NEW["members"][0], "joined_at": (bot.clock.now() - ago).isoformat()}
    bot.server.gateway.guilds.append(joined(members=[me]))
    await bot.open()
    await bot.until(bot.platform.client.is_ready)
    await settled(bot)
    assert greeted(bot) == where
    assert bot.server.post_log(str(int(GUILD_ID))) == []
