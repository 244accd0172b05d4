# SPDX-License-Identifier: MIT
"""Events in the chat: entered, announced, answered, changed, cancelled."""

import pytest

from bot.kit import Level
from cogs.events import Events
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)

FRIDAY = "2027-01-15 18:00"


@pytest.fixture
async def library(world):
    """A library in Madrid with a channel for announcements, one for moderators, and its librarian."""
    mod = world.member("Mod", Level.OWNER, zone="Europe/Madrid")
    await mod.says("settings channel announcements")
    await mod.at(world.place("log")).says("settings channel log")
    return world


@pytest.fixture
def lib(library):
    return library.member("Lib", Level.LIBRARIAN, zone="Europe/Madrid")


async def entered(lib, line='event create "Wiki at the library" "2027-01-15 18:00"', label="Announce it"):
    draft = await lib.says(line)
    assert draft.title.startswith("E-"), draft.plain
    done = await lib.presses(label, on=draft)
    await lib.world.settle()
    return done


async def test_an_event_is_shown_before_anybody_hears_of_it(library, lib):
    draft = await lib.says(
        f'event create "Wiki at the library" "{FRIDAY}" where="Reading room" link=https://example.org/e'
    )
    assert draft.title == "E-1 · Wiki at the library"
    assert draft.fields["There"] == "Friday, January 15, 2027, 18:00 Europe/Madrid (UTC+01:00)"
    assert draft.visible.value == "quiet"
    assert not library.place("main").posts
    assert "in 1 place" in (await lib.presses("Announce it", on=draft)).text
    await library.settle()
    card = library.place("main").posts[0]
    assert card.title == "E-1 · Wiki at the library"
    assert card.fields["Where"] == "Reading room"
    assert list(card.files) == ["E-1.ics"]
    assert list(card.buttons) == ["I come", "Maybe", "I do not come"]
