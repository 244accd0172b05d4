# SPDX-License-Identifier: MIT
"""People who took the bot with them, where it is no member: answers for their own eyes, of no community's making.

And what is offered while somebody types, within Discord's limits.
"""

from typing import Annotated

import pytest
from discord_loopback import Loopback
from discord_payloads import GUILD_ID, USER_ID, slash
from loopbackplay import connected

from bot.kit import Arg, Choice, Cog, Context, Manifest, Reply, command, t
from bot.storage import homes

STRANGER = {"id": "4700000000000000001", "username": "zoe", "discriminator": "0", "avatar": None, "global_name": "Zoe"}
GROUP = {
    "guild_id": None,
    "guild": None,
    "member": None,
    "user": STRANGER,
    "channel_id": "4800000000000000001",
    "channel": {"id": "4800000000000000001", "type": 3, "name": None},
    "context": 2,
    "authorizing_integration_owners": {"1": STRANGER["id"]},
}
FOREIGN = {
    "guild_id": "888",
    "guild": {"id": "888", "locale": "en-US", "features": []},
    "context": 0,
    "authorizing_integration_owners": {"1": USER_ID},
}


async def values(_cog: object, _ctx: Context, _typed: str) -> list[Choice]:
    odd = [Choice("", "nothing"), Choice("v" * 101, "too long"), Choice("a", "n" * 300), Choice("b", "")]
    return odd + [Choice(f"v{number}", f"Value {number}") for number in range(60)]


class Alone(Cog):
    """Says where it is, also to people who are alone with it."""

    name = "alone"
    manifest = Manifest("Says where it is.", "Nothing.", {})

    @command("whereami", "Say where this is", alone=True)
    async def here(self, ctx: Context, value: Annotated[str, Arg("Any", complete=values)] = "") -> Reply:
        return Reply(t("This is {name}.", name=ctx.community.name))


@pytest.fixture
async def bot(tmp_path, monkeypatch):
    async with connected(tmp_path, monkeypatch, Loopback(), Alone) as opened:
        await opened.place()
        yield opened


async def asked(bot, **about) -> dict:
    return await (await bot.server.interact(2, slash("whereami"), **about)).answer()


@pytest.mark.parametrize("where", [GROUP, FOREIGN], ids=["a group's conversation", "a foreign server"])
async def test_where_the_bot_is_no_member_only_the_asker_sees_it_and_no_server_appears(bot, where):
    assert "This is Library 0" in str(await asked(bot))
    answer = await asked(bot, **{**where, "user": STRANGER} if "user" in where else where)
    assert answer["data"]["flags"] & 64
    assert await bot.app.db.read(homes.find, "discord", "888") is None
    assert [home.external_id for home in await bot.app.db.read(homes.present, "discord")] == [GUILD_ID]
    if where is GROUP:
        assert "Library" not in str(answer), "a stranger learns of no community"


async def test_what_is_offered_while_somebody_types_is_what_discord_takes(bot):
    typing = slash("whereami", value="v")
    typing["options"][0]["focused"] = True
    offered = (await (await bot.server.interact(4, typing)).answer())["data"]["choices"]
    assert len(offered) <= 25
    assert all(1 <= len(each["name"]) <= 100 and 1 <= len(each["value"]) <= 100 for each in offered)
    assert [each["value"] for each in offered[:3]] == ["a", "b", "v0"]
    assert offered[1]["name"] == "b"
