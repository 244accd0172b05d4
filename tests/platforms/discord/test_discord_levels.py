# SPDX-License-Identifier: MIT
"""Who may do what on Discord: by roles that moderators chose, by managing the server, by owning it."""

import pytest
from discord_loopback import Loopback
from discord_payloads import GUILD_ID, USER_ID, interaction, slash
from loopbackplay import connected

from bot.kit import Cog, Context, Level, Manifest, Reply, command, t
from bot.storage import homes, levels

ROLE = "2500000000000000001"
MANAGE_GUILD, ADMINISTRATOR = 1 << 5, 1 << 3


class Ranks(Cog):
    """Answers by level."""

    name = "ranks"
    manifest = Manifest("Answers by level.", "Nothing.", {"rank": "Levels"})

    @command("rank show", "Tell the asker's level")
    async def show(self, ctx: Context) -> Reply:
        return Reply(t("You are {level}.", level=ctx.level.name))


@pytest.fixture
async def bot(tmp_path, monkeypatch):
    async with connected(tmp_path, monkeypatch, Loopback(), Ranks) as opened:
        await opened.place()
        yield opened


async def value_role(bot, level, role=ROLE):
    def value(tx):
        levels.set_role_level(tx, homes.find(tx, "discord", GUILD_ID).id, role, "Librarians", level, None)

    await bot.app.db.write(value)
    bot.app.refresh()


async def level_of(bot, **member) -> str:
    """Return the level that a member has, with what Discord says of them in their interaction."""
    told = {**interaction("1", "x", 2, {})["member"], **member}
    return str(await (await bot.server.interact(2, slash("rank show"), member=told)).answer())


@pytest.mark.parametrize("level", [Level.LIBRARIAN, Level.MODERATOR])
async def test_a_role_is_worth_what_moderators_chose(bot, level):
    assert "You are MEMBER." in await level_of(bot, roles=[ROLE])
    await value_role(bot, level)
    assert f"You are {level.name}." in await level_of(bot, roles=[ROLE])
    assert "You are MEMBER." in await level_of(bot, roles=["2500000000000000002"])
    await value_role(bot, None)
    assert "You are MEMBER." in await level_of(bot, roles=[ROLE])


async def test_what_everybody_was_made_everybody_is(bot):
    await value_role(bot, Level.LIBRARIAN, GUILD_ID)
    assert "You are LIBRARIAN." in await level_of(bot, roles=[])


@pytest.mark.parametrize("granted", [MANAGE_GUILD, ADMINISTRATOR])
async def test_who_may_manage_the_server_is_a_moderator(bot, granted):
    assert "You are MODERATOR." in await level_of(bot, permissions=str(granted))


async def test_other_permissions_make_nobody_a_moderator(bot):
    everything = (1 << 53) - 1
    assert "You are MEMBER." in await level_of(bot, permissions=str(everything & ~MANAGE_GUILD & ~ADMINISTRATOR))


async def test_who_owns_the_server_is_a_moderator(tmp_path, monkeypatch):
    server = Loopback()
    server.gateway.guilds[0]["owner_id"] = USER_ID
    async with connected(tmp_path, monkeypatch, server, Ranks) as bot:
        await bot.place()
        assert "You are MODERATOR." in await level_of(bot, permissions="0")
