# SPDX-License-Identifier: MIT
"""The demonstration: people, rooms, something for every command to show, and time that is moved past nothing."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.cli.stage import AppStage
from bot.config import Config
from bot.core.clock import MovableClock
from bot.core.finding import Source
from bot.demo import AGE, SETUP, fill
from bot.kit import Clock, Cog, Community, Level, Manifest, Scene, Transaction, daily
from bot.storage import communities, levels, people, settings


class Diary(Cog):
    """Writes down when its job ran, and what it was shown."""

    name = "diary"
    manifest = Manifest(summary="A diary.", keeps="Nothing.", groups={})

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.days: list[datetime] = []
        self.scene: Scene | None = None
        self.filled_at: datetime | None = None

    @daily("09:00")
    async def write_down(self, community: Community) -> None:
        """Note the moment."""
        self.days.append(self.clock.now())

    def demo(self, tx: Transaction, scene: Scene) -> dict[str, Any]:
        """Note the scene."""
        self.scene, self.filled_at = scene, tx.now
        return {"colour": "green"}


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def app(tmp_path: Path, clock: MovableClock) -> AsyncIterator[App]:
    """A bot with a diary, and the FAQ beside it, filled."""
    given = Source("diary", __name__, bundled=True, given=Diary)
    config = Config(database=tmp_path / "demo.db", models=False, _env_file=None)
    opened = await App.open(config, clock=clock, sources=lambda: {"diary": given, "faq": Source("faq", "cogs.faq")})
    async with opened:
        await fill(opened, clock)
        yield opened


async def test_the_scene_names_everybody_whom_the_terminal_knows(app):
    scene = app.registry.cogs["diary"].scene
    assert set(scene.people) == {"you", "mira", "ana", "ben", "zoe"}
    assert set(scene.places) == {"main", "announcements", "requests"}
    for seat in (SETUP.seat, *SETUP.seats):
        person = await app.db.read(people.find, "console", seat.identity.external_id)
        assert person == scene.people[seat.identity.external_id]
    granted = {each.person_id: each.level for each in await app.db.read(levels.person_levels)}
    assert granted == {scene.people["mira"].id: Level.MODERATOR, scene.people["ana"].id: Level.LIBRARIAN}


async def test_it_was_filled_some_time_ago_and_the_clock_goes_on_from_now(app, clock):
    now = datetime.now(UTC)
    assert abs(clock.now() - now) < timedelta(minutes=1)
    assert abs(app.registry.cogs["diary"].filled_at - (now - AGE)) < timedelta(minutes=1)


async def test_settings_that_a_cog_chooses_are_the_communitys(app):
    (community,) = await app.db.read(communities.present)
    assert await app.db.read(settings.values_of, community.id, "diary") == {"colour": "green"}
    assert await app.db.read(settings.values_of, community.id, "faq") == {"remember_questions": True}


async def test_moving_time_by_days_leaves_no_day_out(app, clock):
    stage = AppStage(app, clock)
    await stage.settle()
    diary, start = app.registry.cogs["diary"], stage.now()
    diary.days.clear()
    stage.set(start + timedelta(days=3))
    await stage.settle()
    assert len(diary.days) == 3
    assert {day.hour for day in diary.days} == {9}
    assert stage.now() - start >= timedelta(days=3)
