# SPDX-License-Identifier: MIT
"""Organisers: what a role or a name gives them, and what it does not."""

import json

import pytest

from bot.kit import Level

pytestmark = pytest.mark.cogs("settings", "events", "requests")

EVENT = 'event create Wikithon "2027-01-15 18:00"'


async def drafted(who):
    """Enter an event; return what its maker sees before anybody else does."""
    return " ".join((await who.says(EVENT)).buttons)


async def test_an_organiser_by_name_announces_without_a_moderator_and_claims_nothing(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    await ana.says("help")
    assert "Propose it to the moderators" in await drafted(ana)
    assert (await mia.says("settings level Ana organiser")).text == "Ana now has the level: organiser."
    assert "Announce it" in await drafted(ana)
    assert "Only a librarian" in (await ana.says("request claim 1")).text
    assert (await mia.says("settings levels")).items == ("Ana: organiser",)


async def test_an_organiser_by_role_is_one_in_private_too(world):
    ana, mia = world.member("Ana", roles=frozenset({"hosts"})), world.member("Mia", Level.MODERATOR)
    assert "organiser" in (await mia.says("settings role hosts organiser")).text
    assert "organiser" in (await ana.says("settings levels")).text
    assert "organiser" in (await ana.privately.says("settings levels")).text


async def test_what_makes_organisers_is_taken_back(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    await ana.says("help")
    await mia.says("settings level Ana organiser")
    await mia.says("settings level Ana librarian")
    await mia.says("settings undo")
    assert "organiser" in (await ana.says("settings levels")).text
    await mia.says("settings undo")
    assert "member" in (await ana.says("settings levels")).text


async def test_a_log_of_before_there_were_organisers_is_read_as_it_was_meant(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    await ana.says("help")
    await mia.says("settings level Ana librarian")

    def as_it_was(tx):
        row = tx.one("SELECT id, detail FROM audit ORDER BY id DESC")
        old = json.loads(row["detail"]) | {"before": 0, "after": 1}
        tx.run("UPDATE audit SET detail = ? WHERE id = ?", json.dumps(old), row["id"])

    await world.app.db.write(as_it_was)
    await mia.says("settings undo")
    assert "member" in (await ana.says("settings levels")).text
