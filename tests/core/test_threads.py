# SPDX-License-Identifier: MIT
"""What a moderator says of a channel holds in its threads, unless something else was said of a thread."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from bot.kit import Arg, Cog, Context, Level, Manifest, Place, Reply, command
from bot.storage import settings, switches


@dataclass(frozen=True, slots=True)
class SampleSettings:
    """Settings of the sample."""

    words: Annotated[str, Arg("What is said")] = "hello"


class Sample(Cog):
    """Says what its settings say."""

    name = "sample"
    manifest = Manifest("Sample.", "Nothing.", {})
    settings = SampleSettings

    @command("speak", "Say something")
    async def speak(self, ctx: Context) -> Reply:
        return Reply(ctx.settings.words)

    @command("point", "Point to a place")
    async def point(self, ctx: Context, place: Annotated[Place, Arg("Which", ask=True)]) -> Reply:
        return Reply(place.thread_id or place.channel_id)


pytestmark = pytest.mark.cogs.with_args(Sample)


@pytest.fixture
async def mira(world):
    return world.member("Mira", Level.MODERATOR)


@pytest.fixture
async def thread(world, mira):
    """Return Mira in a thread of the room "main", where she has spoken before anything was said of the room."""
    there = mira.at(world.place("main", thread="one"))
    await there.says("speak")
    return there


async def say(world, member, store, *what) -> None:
    """Have a moderator's choice written down for the place where they are."""
    here = await world.app.situations.of(member.origin)
    await world.app.db.write(store, here.community.id, *what, here.person.id, place_id=here.place.id)
    world.app.refresh()


async def test_a_channels_settings_hold_in_its_threads_only(world, mira, thread):
    await say(world, mira, settings.change, "sample", "words", "moin")
    assert (await thread.says("speak")).text == "moin"
    assert (await mira.at(world.place("other", thread="one")).says("speak")).text == "hello"
    await say(world, thread, settings.change, "sample", "words", "salut")
    assert (await thread.says("speak")).text == "salut"
    assert (await mira.says("speak")).text == "moin"


async def test_a_channels_switches_hold_in_its_threads_unless_they_have_their_own(world, mira, thread):
    await say(world, mira, switches.change, "sample", False)
    assert "sample is switched off in this place" in (await thread.says("speak")).text
    await say(world, thread, switches.change, "sample", True)
    assert (await thread.says("speak")).text == "hello"
    assert "sample is switched off in this place" in (await mira.says("speak")).text


async def test_a_channels_name_means_the_channel_and_none_of_its_threads(mira, thread):
    await mira.says("speak")
    assert (await thread.says("point #main")).text == "library/main"
