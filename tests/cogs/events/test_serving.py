# SPDX-License-Identifier: MIT
"""The calendar that programs subscribe to: opened, told, renewed and closed by moderators, with what was announced."""

import icalendar
import pytest
from eventplay import announce, furnish

from bot.kit import Level, Workspace
from cogs.events import Events
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)

BASE = "https://bot.example.org"


@pytest.fixture
def served(world):
    world.cog(Events).workspace = Workspace(calendars=BASE)


def secret_in(link):
    assert link.url.startswith(f"{BASE}/calendar/")
    return link.url.removeprefix(f"{BASE}/calendar/").removesuffix(".ics")


def link_of(seen):
    return seen.message.reply.link


async def test_moderators_open_an_address_that_members_are_told(world, served):
    mod, ana = await furnish(world), world.member("Ana")
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    assert link_of(await ana.says("event calendar")) is None
    opened = await mod.says("event address open")
    secret = secret_in(link_of(opened))
    assert len(secret) >= 32
    assert secret_in(link_of(await mod.says("event address open"))) == secret
    assert secret_in(link_of(await ana.says("event calendar"))) == secret
    body = await world.cog(Events).calendar(secret)
    assert [str(each["summary"]) for each in icalendar.Calendar.from_ical(body).walk("VEVENT")] == ["Wiki"]


async def test_a_renewed_address_shuts_the_one_of_before_and_a_closed_one_all(world, served):
    mod, cog = await furnish(world), world.cog(Events)
    first = secret_in(link_of(await mod.says("event address open")))
    second = secret_in(link_of(await mod.says("event address renew")))
    assert second != first
    assert await cog.calendar(first) is None
    assert await cog.calendar(second) is not None
    assert "closed" in (await mod.says("event address close")).text
    assert await cog.calendar(second) is None
    assert "no open calendar" in (await mod.says("event address close")).text


async def test_members_cannot_open_it_and_nobody_where_it_is_not_served(world):
    mod, ana = await furnish(world), world.member("Ana", Level.LIBRARIAN)
    assert "moderator" in (await ana.says("event address open")).text
    assert "REFDESK_CALENDAR_PORT" in (await mod.says("event address open")).text
    assert link_of(await ana.says("event calendar")) is None


async def test_drafts_are_not_in_it_and_what_was_cancelled_says_so(world, served):
    mod, cog = await furnish(world), world.cog(Events)
    secret = secret_in(link_of(await mod.says("event address open")))
    await mod.says('event create "Secret plan" "2027-01-15 18:00"')
    await announce(mod, 'event create "Wiki" "2027-01-16 18:00"')
    await mod.says('event cancel E-2 "Closed"')
    await mod.confirms()
    found = icalendar.Calendar.from_ical(await cog.calendar(secret)).walk("VEVENT")
    assert [(str(each["summary"]), str(each["status"])) for each in found] == [("Wiki", "CANCELLED")]


async def test_what_did_not_change_is_written_alike(world, served):
    mod, cog = await furnish(world), world.cog(Events)
    await announce(mod, 'event create "Wiki" "2027-01-16 18:00"')
    secret = secret_in(link_of(await mod.says("event address open")))
    before = await cog.calendar(secret)
    await world.passes(hours=30)
    assert await cog.calendar(secret) == before


@pytest.mark.parametrize("secret", ["", "x", "é" * 40, "' OR 1=1 --"])
async def test_a_wrong_secret_opens_nothing(world, served, secret):
    mod = await furnish(world)
    await mod.says("event address open")
    assert await world.cog(Events).calendar(secret) is None
