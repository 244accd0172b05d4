# SPDX-License-Identifier: MIT
"""What `refdesk check` finds on Discord: the token, and each place that serves for something."""

import asyncio
import dataclasses

import pytest
from contractcog import Sample
from discord_loopback import Loopback
from discord_payloads import CHANNEL_ID, GUILD_ID, TOKEN
from loopbackplay import connected

from bot.checks.discord import check_discord
from bot.checks.finding import Mark
from bot.config import Config
from bot.storage import homes, slots

VIEW, SEND, ATTACH, HISTORY = 1 << 10, 1 << 11, 1 << 15, 1 << 16


async def found(bot, token: str = TOKEN) -> list[tuple[Mark, str, str]]:
    """Check as the command line does: in a process without a running event loop, hence in a thread."""
    config = Config(
        database=bot.folder / "refdesk.db",
        models=False,
        discord_token=token,
        discord_api_url=bot.server.api_url,
        discord_gateway_url=bot.server.gateway_url,
        _env_file=None,
    )
    return [dataclasses.astuple(each) for each in await asyncio.to_thread(lambda: list(check_discord(config)))]


@pytest.fixture
async def bot(tmp_path, monkeypatch):
    async with connected(tmp_path, monkeypatch, Loopback(guilds=2), Sample, "settings") as opened:
        yield opened


async def serve(bot):
    place = await bot.place()

    def assign(tx):
        slots.assign(tx, homes.find(tx, "discord", GUILD_ID).community_id, "requests", place.id)

    await bot.app.db.write(assign)


def overwrite(bot, denied: int) -> None:
    [everybody] = bot.server.gateway.guilds[0]["roles"]
    everybody["permissions"] = str(VIEW | SEND | ATTACH | HISTORY)
    channel = bot.server.gateway.guilds[0]["channels"][0]
    channel["permission_overwrites"] = [{"id": GUILD_ID, "type": 0, "allow": "0", "deny": str(denied)}]


async def test_a_token_that_works_and_a_place_that_takes_posts_are_well(bot):
    await serve(bot)
    assert await found(bot) == [
        (Mark.GOOD, "Discord knows the bot as refdesk.", ""),
        (Mark.GOOD, "The bot may post in #main.", ""),
    ]


async def test_without_any_place_it_is_said_how_to_choose_one(bot):
    marks = await found(bot)
    assert [mark for mark, *_ in marks] == [Mark.GOOD, Mark.DOUBTFUL]
    assert "/settings channel" in marks[1][2]


async def test_a_lacking_permission_is_named_with_its_channel(bot):
    await serve(bot)
    overwrite(bot, SEND)
    assert (await found(bot))[1] == (
        Mark.BAD,
        "In #main the bot lacks: Send Messages.",
        "Grant it in the channel's settings.",
    )


async def test_a_channel_that_is_gone_and_a_server_that_cannot_be_seen_are_named(bot):
    await serve(bot)
    channels = bot.server.gateway.guilds[0]["channels"]
    channels[0] = {**channels[0], "id": str(int(CHANNEL_ID) + 5)}
    assert "#main: the channel does not exist any more, or cannot be seen." in (await found(bot))[1]
    bot.server.gateway.guilds.pop(0)
    [_, (mark, what, advice)] = await found(bot)
    assert mark is Mark.BAD
    assert what.startswith("#main: the server cannot be seen")
    assert "/settings channel" in advice


async def test_a_token_that_discord_does_not_know_and_a_discord_that_is_away_are_told(bot):
    assert await found(bot, "wrong") == [
        (Mark.BAD, "Discord does not accept the token.", "See DISCORD_TOKEN in .env.example.")
    ]
    bot.server.fail("GET /users/@me", status=503, times=9)
    [(mark, what, _)] = await found(bot)
    assert mark is Mark.BAD
    assert what.startswith("Discord cannot be reached")


def test_without_a_token_nothing_is_asked(tmp_path):
    assert list(check_discord(Config(database=tmp_path / "x.db", _env_file=None))) == []
