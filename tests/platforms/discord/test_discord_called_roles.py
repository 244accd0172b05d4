# SPDX-License-Identifier: MIT
"""The role that new events call on Discord: that one, in that one post, and nobody else anywhere."""

from datetime import timedelta

import pytest
from discordplay import discord_server
from test_discord_events import passes, serve

from bot.kit import Level
from bot.storage import homes, levels


@pytest.fixture
async def settled(tmp_path):
    async with discord_server(tmp_path, "events", "settings") as server:
        await server.settle()
        yield server


def calls(server):
    """Return what every message that was sent so far may call."""
    sent = [each.json or {} for each in server.env.http_requests if each.path.endswith("/messages")]
    return [(each.get("allowed_mentions") or {}) for each in sent]


async def moderator(server):
    boss = server.guild.create_role("Bosses")

    def value(tx):
        home = homes.find(tx, "discord", str(server.guild.id))
        levels.set_role_level(tx, home.id, str(boss.id), "Bosses", Level.MODERATOR, None)

    await server.app.db.write(value)
    server.app.refresh()
    return server.member("Mod", roles=(boss,))


async def published(server, who, title):
    await who.slash(server.channel, "event create", title=title, start="2027-01-15 18:00")
    number = await server.app.db.read(lambda tx: tx.value("SELECT max(number) FROM numbers WHERE kind = 'event'"))
    await who.slash(server.channel, "event announce", event=f"E-{number}")
    await passes(server, seconds=5)


async def test_exactly_the_chosen_role_is_called_by_the_first_post_and_by_nothing_else(settled):
    await serve(settled, "announcements", "log")
    mod, fans = await moderator(settled), settled.guild.create_role("Fans")
    await published(settled, mod, "Before")
    assert not any(each.get("roles") or each.get("users") for each in calls(settled))
    await mod.slash(settled.channel, "event role", role=fans)
    await published(settled, mod, "Wiki for @everyone")
    assert [each["roles"] for each in calls(settled) if each.get("roles")] == [[fans.id]]
    assert all("everyone" not in each.get("parse", ()) and not each.get("users") for each in calls(settled))
    await mod.slash(settled.channel, "event edit", event="E-2", where="Room 2")
    await passes(settled, hours=1)
    settled.clock.set(settled.clock.now() + timedelta(days=46))
    for _ in range(4):
        await passes(settled, hours=3)
    assert len([each for each in calls(settled) if each.get("roles")]) == 1
    await mod.slash(settled.channel, "event role")
    await published(settled, mod, "After")
    assert len([each for each in calls(settled) if each.get("roles")]) == 1


async def test_everybody_cannot_be_called_and_members_choose_nothing(settled):
    await serve(settled, "announcements", "log")
    mod, ana = await moderator(settled), settled.member("Ana")
    await ana.slash(settled.channel, "event role", role=settled.librarians)
    await mod.slash(settled.channel, "event role", role=settled.guild.default_role)
    await published(settled, mod, "Wiki")
    assert not any(each.get("roles") for each in calls(settled))
    assert all("everyone" not in each.get("parse", ()) for each in calls(settled))
