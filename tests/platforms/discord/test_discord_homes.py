# SPDX-License-Identifier: MIT
"""Servers, channels, roles and permissions as they come, change and go."""

import asyncio
from datetime import timedelta
from typing import Any

import discord
import pytest
from contractcog import Sample
from discord_loopback import Loopback
from discord_payloads import GUILD_ID, slash
from discordplay import discord_server, shown
from loopbackplay import connected
from simcord.backend.models.channel import Overwrite, OverwriteType

from bot.core.courier import Parcel, Refused
from bot.kit import Reply, t
from bot.storage import homes, levels, places, slots


@pytest.fixture
async def settled(tmp_path):
    async with discord_server(tmp_path, Sample, "settings") as server:
        yield server


async def serve(server, channel, *names: str) -> Any:
    """Let a channel serve for something, and return its place."""

    def assign(tx):
        home = homes.find(tx, "discord", str(server.guild.id))
        place = places.ensure(tx, "discord", str(channel.id), name=channel.name, home_id=home.id)
        for name in names:
            slots.assign(tx, home.community_id, name, place.id)
        return place

    place = await server.app.db.write(assign)
    server.app.refresh()
    return place


def said_in(server, channel) -> str:
    return "\n".join(shown(m.components) for m in server.env.backend.messages.get(channel.id, {}).values())


async def test_leaving_a_server_keeps_its_data_for_thirty_days(settled):
    db = settled.app.db
    await settled.platform.client.get_guild(settled.guild.id).leave()
    await settled.settle()
    home = await db.read(homes.find, "discord", str(settled.guild.id))
    assert home is not None
    assert await db.read(homes.present, "discord") == ()
    assert await db.read(homes.due_for_purge) == ()
    settled.clock.move(timedelta(days=31))
    assert [due.id for due in await db.read(homes.due_for_purge)] == [home.id]


async def test_a_deleted_channel_is_reported_once_where_moderators_read(settled):
    log, news = settled.guild.create_text_channel("log"), settled.guild.create_text_channel("news")
    await serve(settled, log, "log")
    await serve(settled, news, "announcements")
    await settled.platform.client.get_channel(news.id).delete()
    await settled.settle()
    await settled.restart()
    assert said_in(settled, log).count("The channel #news was deleted. It served for: announcements.") == 1
    assert await settled.app.db.read(slots.everything) != ()


async def test_a_renamed_channel_keeps_what_it_serves_for(settled):
    news = settled.guild.create_text_channel("news")
    place = await serve(settled, news, "announcements")
    log, idle = settled.guild.create_text_channel("log"), settled.guild.create_text_channel("idle")
    await serve(settled, log, "log")
    await serve(settled, idle)
    for channel, name in ((news, "tidings"), (idle, "busy")):
        await settled.platform.client.get_channel(channel.id).edit(name=name)
    await settled.settle()
    await settled.restart()
    assert (await settled.app.db.read(places.get, place.id)).name == "tidings"
    told = said_in(settled, log)
    assert told.count("The channel #news is now called #tidings. It still serves for: announcements.") == 1
    assert "busy" not in told


async def test_what_got_another_name_or_was_deleted_while_the_bot_was_away_is_reported_once(settled):
    log, news = settled.guild.create_text_channel("log"), settled.guild.create_text_channel("news")
    lost = settled.guild.create_text_channel("lost")
    await serve(settled, log, "log")
    await serve(settled, news, "announcements")
    await serve(settled, lost, "announcements")
    client = settled.platform.client
    await settled.app.close()
    await client.get_channel(news.id).edit(name="tidings")
    await client.get_channel(lost.id).delete()
    await client.get_guild(settled.guild.id).get_role(settled.librarians.id).edit(name="Keepers")
    for _ in range(2):
        await settled.restart()
        await pass_on(settled)
    told = said_in(settled, log)
    assert told.count("#news is now called #tidings") == 1
    assert told.count("The channel #lost was deleted") == 1
    assert told.count("The role Librarians is now called Keepers. It still gives the level: librarian.") == 1


async def pass_on(server) -> None:
    """Let the outbox's waits between posts in one channel pass."""
    for _ in range(3):
        await server.settle()
        server.clock.move(timedelta(seconds=2))
    await server.settle()


async def test_with_a_channel_its_threads_are_lost_and_without_a_log_librarians_hear_of_it(settled):
    desk, news = settled.guild.create_text_channel("desk"), settled.guild.create_text_channel("news")
    log = settled.guild.create_text_channel("log")
    await serve(settled, desk, "requests")
    await serve(settled, log, "log")

    def assign(tx):
        home = homes.find(tx, "discord", str(settled.guild.id))
        place = places.ensure(tx, "discord", str(news.id), "777", name="weekly", home_id=home.id)
        slots.assign(tx, home.community_id, "announcements", place.id)

    await settled.app.db.write(assign)
    settled.app.refresh()
    for channel in (log, news):
        await settled.platform.client.get_channel(channel.id).delete()
        await pass_on(settled)
    told = said_in(settled, desk)
    assert "The channel #log was deleted. It served for: log." in told
    assert "The channel #weekly was deleted. It served for: announcements." in told


async def test_an_outage_of_a_server_is_no_leaving_and_a_return_in_time_keeps_everything(tmp_path, monkeypatch):
    server = Loopback()
    async with connected(tmp_path, monkeypatch, server, Sample) as bot:
        place, client, about = await bot.place(), bot.platform.client, server.gateway.guilds[0]
        read = bot.app.db.read
        await server.gateway.dispatch("GUILD_DELETE", {"id": GUILD_ID, "unavailable": True})
        await bot.until(lambda: client.get_guild(int(GUILD_ID)).unavailable)
        await bot.app.settled()
        assert len(await read(homes.present, "discord")) == 1
        assert "Between us." in str(await (await server.interact(2, slash("sample quiet"))).answer())
        await server.gateway.dispatch("GUILD_CREATE", {**about, "name": "Library Nought"})
        await until_known(bot, lambda known: known[0].name == "Library Nought")
        await server.gateway.dispatch("GUILD_DELETE", {"id": GUILD_ID})
        await until_known(bot, lambda known: not known)
        bot.clock.move(timedelta(days=29))
        assert await read(homes.due_for_purge) == ()
        await server.gateway.dispatch(
            "GUILD_CREATE", {key: value for key, value in about.items() if key != "unavailable"}
        )
        await until_known(bot, bool)
        bot.clock.move(timedelta(days=2))
        assert await read(homes.due_for_purge) == ()
        assert (await read(homes.present, "discord"))[0].id == place.home_id


async def until_known(bot, met) -> None:
    async with asyncio.timeout(60):
        while not met(await bot.app.db.read(homes.present, "discord")):  # noqa: ASYNC110 (rows do not ring)
            await asyncio.sleep(0)


async def test_a_deleted_role_is_reported_and_worth_nothing(settled):
    log = settled.guild.create_text_channel("log")
    await serve(settled, log, "log")
    await settled.platform.client.get_guild(settled.guild.id).get_role(settled.librarians.id).delete()
    await settled.settle()
    assert "The role Librarians was deleted" in said_in(settled, log)
    assert await settled.app.db.read(levels.role_levels) == ()


async def test_a_missing_permission_is_named_before_anything_is_posted(settled):
    news = settled.guild.create_text_channel("news")
    place = await serve(settled, news, "announcements")
    forbid(settled, news)
    voice = settled.app.catalogs.voice("en", "UTC", settled.clock.now())
    before = len(settled.env.http_requests)
    with pytest.raises(Refused, match="In #news I lack the permission Send Messages"):
        await settled.platform.courier.post(place, Parcel("m", Reply(t("News")), voice))
    assert len(settled.env.http_requests) == before


async def test_what_is_lacking_is_told_for_each_place_and_where_discord_hides_commands(settled):
    news = settled.guild.create_text_channel("news")
    place = await serve(settled, news, "announcements")
    assert settled.platform.lacking(place) == ()
    forbid(settled, news)
    assert [words.message for words in settled.platform.lacking(place)] == ["Send Messages"]
    assert "Integrations" in settled.platform.advice[0].message


async def test_a_post_that_needs_a_file_names_the_permission_for_files(settled):
    news = settled.guild.create_text_channel("news")
    place = await serve(settled, news, "announcements")
    forbid(settled, news, "attach_files")
    voice = settled.app.catalogs.voice("en", "UTC", settled.clock.now())
    await settled.platform.courier.post(place, Parcel("short", Reply(t("News")), voice))
    with pytest.raises(Refused, match="In #news I lack the permission Attach Files"):
        await settled.platform.courier.post(place, Parcel("long", Reply(t("{words}", words="word " * 2_000)), voice))


async def test_a_thread_that_may_not_be_opened_is_a_post_and_a_lacking_permission(settled):
    desk = settled.guild.create_text_channel("desk")
    place = await serve(settled, desk, "requests")
    forbid(settled, desk, "create_public_threads")
    voice = settled.app.catalogs.voice("en", "UTC", settled.clock.now())
    root = await settled.platform.courier.post(place, Parcel("root", Reply(t("R-1")), voice))
    assert settled.platform.lacking(place) == ()
    await settled.platform.courier.post(place, Parcel("below", Reply(t("It is claimed.")), voice, below=root))
    assert "It is claimed." in said_in(settled, desk)
    assert [words.message for words in settled.platform.lacking(place)] == ["Create Public Threads"]
    settled.platform.client.get_channel(desk.id)._overwrites.clear()
    assert settled.platform.lacking(place) == ()


def forbid(server, channel, permission="send_messages") -> None:
    """Take a permission away, as a moderator does on the channel's page."""
    everyone = server.guild.default_role
    payload = discord.PermissionOverwrite(**{permission: False})
    cached = server.platform.client.get_channel(channel.id)
    cached._overwrites.append(
        discord.abc._Overwrites({"id": everyone.id, "type": 0, "allow": "0", "deny": str(payload.pair()[1].value)})
    )
    server.env.backend.channels[channel.id].overwrites.append(
        Overwrite(everyone.id, OverwriteType.ROLE, 0, payload.pair()[1].value)
    )


async def test_a_person_who_installed_the_bot_is_answered_alone_where_the_bot_is_not(tmp_path, monkeypatch):
    async with connected(tmp_path, monkeypatch, Loopback(), Sample) as bot:
        foreign = {
            "guild_id": "888",
            "guild": {"id": "888", "locale": "en-US", "features": []},
            "authorizing_integration_owners": {"1": "4000000000000000001"},
            "context": 0,
        }
        sent = await bot.server.interact(2, slash("sample open", title="Zagreb fair, 1921"), **foreign)
        answer = await sent.answer()
        assert answer["data"]["flags"] & 64
        assert "community that I am part of" in str(answer)
        assert await bot.app.db.read(homes.find, "discord", "888") is None


async def test_a_server_that_discord_has_not_told_yet_keeps_its_name(tmp_path, monkeypatch):
    server = Loopback()
    async with connected(tmp_path, monkeypatch, server, Sample) as bot:
        await bot.place()
        await bot.app.close()
        monkeypatch.setattr(server.gateway, "guilds", [])
        await bot.open()
        assert bot.platform._names[GUILD_ID] == "Library 0"


async def test_removed_from_a_server_while_away_is_noticed_at_the_next_start(tmp_path, monkeypatch):
    server = Loopback(guilds=2)
    async with connected(tmp_path, monkeypatch, server, Sample) as bot:
        await bot.until(bot.platform.client.is_ready)
        async with asyncio.timeout(60):
            while len(await bot.app.db.read(homes.present, "discord")) < 2:  # noqa: ASYNC110 (rows do not ring)
                await asyncio.sleep(0)
        await bot.app.close()
        server.gateway.guilds = server.gateway.guilds[:1]
        await bot.open()
        async with asyncio.timeout(60):
            while len(left := await bot.app.db.read(homes.present, "discord")) > 1:  # noqa: ASYNC110 (rows do not ring)
                await asyncio.sleep(0)
        assert [home.external_id for home in left] == [GUILD_ID]
