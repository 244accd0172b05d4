# SPDX-License-Identifier: MIT
"""One event from its creation to its results on all platforms at once, over both changes of the clocks."""

import re
from datetime import UTC, datetime, timedelta

from everywhere import everywhere

from bot.kit import Level
from cogs.events.model import Actor, Content, Frequency, Repeat, Timing
from cogs.events.settings import EventSettings
from cogs.events.when import LocalTime

COURSE = "https://outreachdashboard.wmflabs.org/courses/Library/Edit-a-thon_(2027)"
MONTHLY = Timing(
    LocalTime(datetime(2027, 3, 26, 18), "Europe/Madrid"),  # noqa: DTZ001
    repeat=Repeat(Frequency.MONTHLY, until="2027-11-26"),
)
WANTED = [
    "2027-03-01 12:00 the card",
    "2027-03-19 17:00 it comes",
    "2027-03-25 17:00 it comes",
    "2027-03-26 16:00 it comes",
    "2027-03-26 17:00 it starts",
    "2027-03-27 19:00 thanks, 9,880 words",
    "2027-04-19 16:00 it comes",
    "2027-04-25 16:00 it comes",
    "2027-04-26 15:00 it comes",
    "2027-04-26 16:00 it starts",
    "2027-04-27 18:00 thanks, 9,880 words",
    "2027-10-19 16:00 it comes",
    "2027-10-25 16:00 it comes",
    "2027-10-26 15:00 it comes",
    "2027-10-26 16:00 it starts",
    "2027-10-27 18:00 thanks, 9,880 words",
    "2027-11-19 17:00 it comes",
    "2027-11-25 17:00 it comes",
    "2027-11-26 16:00 it comes",
    "2027-11-26 17:00 it starts",
    "2027-11-27 19:00 thanks, 9,880 words",
]


def said(post):
    """Return when something was posted, and what it is, whatever its platform calls it."""
    at, words = post
    kind = "the card"
    if "It starts now" in words:
        kind = "it starts"
    elif "It starts" in words:
        kind = "it comes"
    elif "Thank you" in words:
        kind = f"thanks, {found[1]} words" if (found := re.search(r"Words added: ([\d,]+)", words)) else "thanks"
    return f"{at:%Y-%m-%d %H:%M} {kind}"


async def test_one_event_from_creation_to_results_everywhere(tmp_path):
    async with everywhere(tmp_path) as world:
        world.outside.answers = {
            f"{COURSE}/course.json": {
                "course": {
                    "slug": "Library/Edit-a-thon_(2027)",
                    "student_count": 12,
                    "word_count": "9.88K",
                    "updates": {"last_update": {"end_time": "2027-03-27T17:00:00Z"}},
                }
            },
            f"{COURSE}/articles.json": {"course": {"articles": [{"references_count": 5, "new_article": True}]}},
        }
        service = world.app.registry.cogs["events"].service
        actor = Actor(world.community_id, world.home_id, world.person_id, Level.OWNER)
        content = Content("Monthly", "We write together.", "Reading room", dashboard=COURSE)
        event = await world.app.db.write(service.create, actor, content, MONTHLY, "e@refdesk")
        _, reached = await world.app.db.write(service.publish, actor, event.id, EventSettings())
        assert reached == 4
        await world.until(world.clock.now() + timedelta(seconds=1))
        for line in WANTED[1:]:
            moment = datetime.fromisoformat(line[:16]).replace(tzinfo=UTC)
            quiet = moment - timedelta(minutes=30)
            if quiet > world.clock.now():
                await world.until(quiet)
            await world.until(moment)
        for platform, posts in world.heard.items():
            heard = [said(post) for post in posts]
            assert heard == WANTED, platform
        listed = world.env.backend.get_guild(world.guild.id).scheduled_events.values()
        starts = [each.scheduled_start_time[:16] for each in listed]
        assert len(starts) == len(set(starts))
        assert {"2027-03-26T17:00", "2027-04-26T16:00", "2027-10-26T16:00", "2027-11-26T17:00"} <= set(starts)
