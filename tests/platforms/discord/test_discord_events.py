# SPDX-License-Identifier: MIT
"""Events of a server: made, changed, cancelled and found again, valid to Discord's own description."""

from datetime import UTC, datetime, timedelta

import discord
import pytest
from contractcog import Sample
from discordplay import discord_server
from discordspec import check_payload, present
from hypothesis import given
from hypothesis import strategies as st

from bot.core.courier import Gone, Refused, Retry, Unclear
from bot.kit import Attachment, CalendarEntry
from bot.platforms.discord.scheduled import payload
from bot.storage import homes, outbox, places, slots

START = datetime(2027, 1, 15, 17, 0, tzinfo=UTC)
ENTRY = CalendarEntry("Wiki", START, START + timedelta(hours=2), "Reading room", "Bring *ideas*.\n\nE-1")


@pytest.fixture
async def settled(tmp_path):
    async with discord_server(tmp_path, Sample, "events", "settings") as server:
        await server.settle()
        yield server


async def serve(server, *names):
    def assign(tx):
        home = homes.find(tx, "discord", str(server.guild.id))
        place = places.ensure(tx, "discord", str(server.channel.id), name="main", home_id=home.id)
        for name in names:
            slots.assign(tx, home.community_id, name, place.id)
        return place

    return await server.app.db.write(assign)


def events_of(server):
    return list(server.env.backend.get_guild(server.guild.id).scheduled_events.values())


def may_not(server):
    """Take the permission away, as a moderator does on the page of the bot's role."""
    me = server.platform.client.get_guild(server.guild.id).me
    for role in me.roles:
        role._permissions &= ~(discord.Permissions(create_events=True, administrator=True).value)


async def passes(server, **span):
    await server.settle()
    for step in (timedelta(**span), timedelta(seconds=3), timedelta(seconds=3)):
        server.clock.set(server.clock.now() + step)
        await server.settle()


async def test_an_event_of_the_server_is_made_changed_found_and_cancelled(settled):
    place, calendar = await serve(settled), settled.platform.courier.calendar
    made = await calendar.enter(place, ENTRY)
    event = events_of(settled)[0]
    assert (str(event.id), event.name, event.entity_type) == (made, "Wiki", 3)
    assert event.description == "Bring \\*ideas\\*.\n\nE-1"
    assert await calendar.look_up(place, ENTRY) == made
    later = CalendarEntry("Wiki", START + timedelta(days=1), START + timedelta(days=1, hours=1), "Room 2", "E-1")
    await calendar.amend(place, made, later)
    await calendar.amend(place, made, later)
    assert event.entity_metadata == {"location": "Room 2"}
    assert await calendar.look_up(place, ENTRY) is None
    await calendar.amend(place, made, CalendarEntry("Wiki", START, START, "–", cancelled=True))
    assert event.status == 4
    settled.check()


async def test_an_event_that_somebody_else_made_is_not_taken_for_ours(settled):
    place, calendar = await serve(settled), settled.platform.courier.calendar
    await calendar.enter(place, ENTRY)
    events_of(settled)[0].creator_id = settled.member("Ana").id
    assert await calendar.look_up(place, ENTRY) is None


async def test_what_begun_is_ended_since_it_cannot_be_cancelled(settled):
    place, calendar = await serve(settled), settled.platform.courier.calendar
    made = await calendar.enter(place, ENTRY)
    settled.env.inject_error("PATCH", "/guilds/*/scheduled-events/*", status=400)
    await calendar.amend(place, made, CalendarEntry("Wiki", START, START, "–", cancelled=True))
    assert events_of(settled)[0].status == 3


async def test_a_deleted_event_is_gone(settled):
    place, calendar = await serve(settled), settled.platform.courier.calendar
    with pytest.raises(Gone):
        await calendar.amend(place, "123", ENTRY)


async def test_the_interested_are_named_without_bots(settled):
    place, calendar = await serve(settled), settled.platform.courier.calendar
    made = await calendar.enter(place, ENTRY)
    ana = settled.member("Ana")
    await ana.subscribe_event(int(made))
    found = await calendar.interested(place, made)
    assert [(each.external_id, each.name) for each in found] == [(str(ana.id), "Ana")]
    await ana.unsubscribe_event(int(made))
    assert await calendar.interested(place, made) == []


async def test_a_missing_permission_is_refused_before_asking_and_named_in_checks(settled):
    place = await serve(settled, "announcements")
    assert settled.platform.lacking(place, calendar=True) == ()
    may_not(settled)
    before = len(settled.env.http_requests)
    with pytest.raises(Refused, match="Create Events"):
        await settled.platform.courier.calendar.enter(place, ENTRY)
    assert len(settled.env.http_requests) == before
    assert [words.message for words in settled.platform.lacking(place, calendar=True)] == ["Create Events"]
    assert settled.platform.lacking(place) == ()


async def test_an_announced_event_stands_in_the_server_s_list_and_its_interested_count(settled):
    place = await serve(settled, "announcements", "log")
    lib = settled.member("Lib", librarian=True)
    await lib.slash(settled.channel, "event create", title="Wiki", start="2027-01-15 18:00", where="Room")
    await settled.settle()
    await lib.slash(settled.channel, "event announce", event="E-1")
    await passes(settled, seconds=5)
    assert [(each.name, each.scheduled_start_time) for each in events_of(settled)] == [
        ("Wiki", "2027-01-15T18:00:00+00:00")
    ]
    ana = settled.member("Ana")
    await ana.subscribe_event(events_of(settled)[0].id)
    await passes(settled, hours=4)
    counted = await settled.app.db.read(lambda tx: tx.value("SELECT count(*) FROM event_interests"))
    assert counted == 1
    await lib.slash(settled.channel, "event edit", event="E-1", title="Wiki at the library")
    await passes(settled, seconds=5)
    assert [each.name for each in events_of(settled)] == ["Wiki at the library"]
    sent = await settled.app.db.read(lambda tx: outbox.homes_of_key(tx, "event:1:entry:once"))
    assert sent == {place.home_id}


@given(
    st.builds(
        CalendarEntry,
        st.text(min_size=1, max_size=300),
        st.just(START),
        st.just(START + timedelta(hours=1)),
        st.text(min_size=1, max_size=300),
        st.text(max_size=3_000),
    )
)
def test_whatever_an_entry_says_discord_takes_it(entry):
    body = payload(entry)
    assert check_payload("POST", "/guilds/1/scheduled-events", body) is present()
    assert len(body["name"]) <= 100
    assert len(body["description"]) <= 1_000
    assert len(body["entity_metadata"]["location"]) <= 100


async def test_a_creation_that_may_have_arrived_is_not_repeated_unseen(bot, monkeypatch):
    monkeypatch.setattr("bot.platforms.discord.scheduled.lacking_for_events", lambda client, guild_id: ())
    fault = bot.server.fail("scheduled-events", status=502, times=9)
    with pytest.raises(Unclear):
        await bot.platform.courier.calendar.enter(await bot.place(), ENTRY)
    assert fault.times == 8


async def test_asked_to_wait_a_creation_is_not_lost(bot, monkeypatch):
    monkeypatch.setattr("bot.platforms.discord.scheduled.lacking_for_events", lambda client, guild_id: ())
    headers = {"Retry-After": "0.5"}
    fault = bot.server.fail(
        "scheduled-events", status=429, times=9, body={"retry_after": 0.5, "global": False}, headers=headers
    )
    with pytest.raises((Unclear, Retry)):
        await bot.platform.courier.calendar.enter(await bot.place(), ENTRY)
    assert fault.times == 8


async def test_a_cover_is_sent_as_discord_takes_it_and_taken_away(bot, monkeypatch):
    monkeypatch.setattr("bot.platforms.discord.scheduled.lacking_for_events", lambda client, guild_id: ())
    calendar, place = bot.platform.courier.calendar, await bot.place()
    bot.server.fail("PATCH /guilds", status=200, body={"id": "2"}, times=2)
    await calendar.illustrate(place, "2", Attachment("cover.png", b"\x89PNG", "image/png", ""))
    await calendar.illustrate(place, "2", None)
    sent = [body for method, path, body in bot.server.requests if method == "PATCH" and path.endswith("events/2")]
    assert sent == [{"image": "data:image/png;base64,iVBORw=="}, {"image": None}]
    for body in sent:
        assert check_payload("PATCH", "/guilds/1/scheduled-events/2", body) is present()


@pytest.mark.parametrize(
    ("status", "code", "error"), [(400, 50035, Refused), (413, 40005, Refused), (404, 10070, Gone)]
)
async def test_a_cover_that_discord_does_not_take_is_refused(bot, monkeypatch, status, code, error):
    monkeypatch.setattr("bot.platforms.discord.scheduled.lacking_for_events", lambda client, guild_id: ())
    bot.server.fail("PATCH /guilds", status=status, body={"code": code, "message": "no"})
    place, picture = await bot.place(), Attachment("cover.png", b"\x89PNG", "image/png", "")
    with pytest.raises(error):
        await bot.platform.courier.calendar.illustrate(place, "2", picture)
