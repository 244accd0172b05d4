# SPDX-License-Identifier: MIT
"""A reminder's buttons answer for its own time of a series: by a button on Discord, by a reaction on Matrix."""

from datetime import UTC, datetime, timedelta

import simcord
from discordplay import buttons_of
from everywhere import everywhere

from bot.kit import Level
from cogs.events import store_dates, store_people
from cogs.events.model import Actor, Coming, Content, Frequency, Repeat, Timing
from cogs.events.settings import EventSettings
from cogs.events.when import LocalTime

WEEKLY = Timing(
    LocalTime(datetime(2027, 3, 12, 18), "Europe/Madrid"),  # noqa: DTZ001
    repeat=Repeat(Frequency.WEEKLY, times=4),
)
SECOND = "2027-03-19T18:00"


async def click(world, ana, message, label):
    """Press a button of a message on Discord."""
    pressed = next(each for each in buttons_of(message.components) if each.get("label") == label)
    handle = world.env.backend.get_message(message.channel_id, message.id)
    await ana.click(simcord.results.ResponseMessage(world.env, handle), custom_id=pressed["custom_id"])
    await world.settle()


async def react(world, sender, event, sign):
    """React to a message on Matrix; return the reaction's id."""
    reaction = await world.server.react(world.room, world.server.user(sender), event["event_id"], sign)
    await world.settle()
    return reaction


def posts_of(world):
    """Return what the bot posted last on Discord and on Matrix."""
    on_discord = [each for each in world.env.backend.messages[world.channel.id].values() if buttons_of(each.components)]
    on_matrix = [
        event
        for event in world.server.from_(world.room, world.bot.user_id)
        if "m.new_content" not in event["content"] and "filename" not in event["content"]
    ]
    return max(on_discord, key=lambda each: each.id), on_matrix[-1]


async def names(world, event_id, original=SECOND):
    found = await world.app.db.read(store_dates.who_comes, event_id, original)
    return [(each.person.name, each.answer) for each in found]


async def test_a_reminder_s_buttons_are_those_of_its_time_on_discord_and_on_matrix(tmp_path):
    async with everywhere(tmp_path) as world:
        service = world.app.registry.cogs["events"].service
        actor = Actor(world.community_id, world.home_id, world.person_id, Level.OWNER)
        event = await world.app.db.write(service.create, actor, Content("Weekly"), WEEKLY, "e@refdesk")
        await world.app.db.write(service.publish, actor, event.id, EventSettings())
        await world.until(world.clock.now() + timedelta(seconds=1))
        ana = world.guild.add_member(world.env.create_user("ana", global_name="Ana"))
        card, _ = posts_of(world)
        await click(world, ana, card, "I come")
        await world.until(datetime(2027, 3, 18, 17, tzinfo=UTC))
        on_discord, on_matrix = posts_of(world)
        assert on_discord.id != card.id
        await click(world, ana, on_discord, "I do not come")
        assert await names(world, event.id) == []
        assert await names(world, event.id, "2027-03-26T18:00") == [("Ana", Coming.YES)]
        reaction = await react(world, "Zoe", on_matrix, "✅")
        assert await names(world, event.id) == [("Zoe", Coming.YES)]
        usual = await world.app.db.read(store_people.rsvps, event.id)
        assert [each.person.name for each in usual] == ["Ana"]
        await world.server.redact(world.room, world.server.user("Zoe"), reaction)
        await world.settle()
        assert await names(world, event.id) == []
