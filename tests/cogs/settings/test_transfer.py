# SPDX-License-Identifier: MIT
"""Settings go out as a file and in again: as a whole, with what cannot be taken over named."""

import json

import pytest

from bot.kit import Level, Upload

pytestmark = pytest.mark.cogs("settings", "help", "status", "privacy")


@pytest.fixture
async def mia(world):
    member = world.member("Mia", Level.MODERATOR)
    await member.at(world.place("news")).says("settings channel announcements")
    return member


async def shown(mia, name: str) -> str:
    return (await mia.says(f"settings show {name}")).plain


async def exported(mia) -> dict:
    return json.loads((await mia.says("settings export")).files["refdesk-settings.json"].content)


def upload(content: object) -> Upload:
    text = content if isinstance(content, str) else json.dumps(content)
    return Upload("refdesk-settings.json", text.encode())


async def test_settings_go_out_and_in_again(world, mia):
    await mia.says("settings set community.zone Europe/Madrid")
    await mia.says("settings quiet since=22:00 until=07:00")
    await mia.says("settings switch status off")
    file = await exported(mia)
    for name in ("zone", "quiet_from", "quiet_until"):
        await mia.says(f"settings reset community.{name}")
    await mia.says("settings switch status on")
    await mia.at(world.place("news")).says("settings channel announcements remove=yes")
    dry = await mia.uses("settings import", file=upload(file))
    assert dry.text == "4 changes would be made."
    assert "quiet hours: – → 22:00–07:00" in dry.items
    assert "UTC" in await shown(mia, "community.zone")
    done = await mia.uses("settings import", file=upload(file), apply=True)
    assert done.text == "4 changes made."
    again = await exported(mia)
    assert again | {"exported_at": ""} == file | {"exported_at": ""}
    assert (await mia.uses("settings import", file=upload(file))).text == "Everything is so already."


async def previewed(mia):
    """Let a file be looked through that sets the time zone and the quiet hours."""
    await mia.says("settings set community.zone Europe/Madrid")
    await mia.says("settings quiet 22:00 07:00")
    file = await exported(mia)
    await mia.says("settings reset community.zone")
    await mia.says("settings quiet")
    return await mia.uses("settings import", file=upload(file))


async def test_what_was_shown_is_taken_over_by_a_button_once(mia):
    dry = await previewed(mia)
    assert dry.text == "2 changes would be made."
    done = await mia.presses("Import it", on=dry)
    assert (done.text, done.items) == ("2 changes made.", dry.items)
    assert "Madrid" in await shown(mia, "community.zone")
    again = await mia.presses("Import it", on=dry)
    assert "That file is no longer kept" in again.text


async def test_a_file_is_not_taken_over_that_would_change_something_else_than_was_shown(mia):
    dry = await previewed(mia)
    await mia.says("settings set community.zone Europe/Paris")
    refused = await mia.presses("Import it", on=dry)
    assert "Settings were changed since this was shown" in refused.text
    assert "Paris" in await shown(mia, "community.zone")
    assert "quiet_from = –" in await shown(mia, "community.quiet_from")


async def test_what_has_nothing_to_do_with_a_file_may_change_meanwhile(mia):
    dry = await previewed(mia)
    await mia.says("settings switch status off")
    assert (await mia.presses("Import it", on=dry)).text == "2 changes made."


async def test_a_file_is_not_taken_over_that_was_dropped_or_followed_by_another(mia):
    first = await previewed(mia)
    second = await previewed(mia)
    assert "no longer kept" in (await mia.presses("Import it", on=first)).text
    assert (await mia.presses("Do not import it", on=second)).text == "Nothing was imported."
    assert "no longer kept" in (await mia.presses("Import it", on=second)).text
    assert "UTC" in await shown(mia, "community.zone")


async def test_a_file_waits_for_a_day(world, mia):
    dry = await previewed(mia)
    await world.passes(hours=25)
    assert "no longer kept" in (await mia.presses("Import it", on=dry)).text
    assert "UTC" in await shown(mia, "community.zone")


async def test_quiet_hours_that_were_imported_are_taken_back_as_one(mia):
    await mia.says("settings quiet 22:00 07:00")
    file = await exported(mia)
    await mia.says("settings quiet 21:00 06:00")
    await mia.uses("settings import", file=upload(file), apply=True)
    assert "22:00–07:00 and are again 21:00–06:00" in (await mia.says("settings undo")).text
    assert await exported(mia) != file
    for name, hour in (("from", "21:00"), ("until", "06:00")):
        assert hour in await shown(mia, f"community.quiet_{name}")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("not json", "no JSON"),
        ({"hello": 1}, "no export of settings"),
        ({"format": "refdesk-settings", "version": 99}, "has the form 99"),
        ({"format": "refdesk-settings", "version": 1, "settings": 7}, "cannot be read"),
        ("[" * 100_000, "no JSON"),
    ],
)
async def test_a_file_that_is_no_export_of_this_version_changes_nothing(mia, content, words):
    before = await exported(mia)
    seen = await mia.uses("settings import", file=upload(content), apply=True)
    assert words in (seen.asked.error if seen.asked else seen.text)
    assert await exported(mia) | {"exported_at": ""} == before | {"exported_at": ""}


async def test_what_cannot_be_taken_over_is_named_and_the_rest_is(mia):
    file = {
        "format": "refdesk-settings",
        "version": 1,
        "settings": [
            {"name": "community.zone", "value": "Europe/Paris"},
            {"name": "community.zone", "value": "Middle/Earth"},
            {"name": "gone.days", "value": "3"},
            {"name": "community.language"},
            "nonsense",
        ],
        "switches": [
            {"name": "settings", "enabled": False},
            {"name": "settings switch", "enabled": False},
            {"name": "privacy", "enabled": False},
        ],
        "channels": [{"slot": "log", "place": {"platform": "memory", "channel": "elsewhere"}}],
    }
    seen = await mia.uses("settings import", file=upload(file), apply=True)
    assert seen.text == "1 change made."
    assert len(seen.items) == 9
    assert "Paris" in await shown(mia, "community.zone")


def with_role(file, **changes):
    """Return an export with its only role written otherwise."""
    [role] = file["roles"]
    return file | {"roles": [role | changes]}


async def test_what_roles_are_worth_is_exported_and_taken_over(world):
    mia = world.member("Mia", Level.MODERATOR)
    await mia.says("settings role hosts organiser")
    file = await exported(mia)
    await mia.says("settings role hosts none")
    dry = await mia.uses("settings import", file=upload(file))
    assert dry.items == ("hosts: – → organiser",)
    await mia.uses("settings import", file=upload(file), apply=True)
    assert (await mia.says("settings levels")).items == ("the role hosts: organiser",)
    assert (await mia.uses("settings import", file=upload(file))).text == "Everything is so already."


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"level": "owner"}, "a level that you do not have"),
        ({"level": "member"}, "a level that you do not have"),
        ({"level": "king"}, "not as I write them"),
        ({"home": {"platform": "memory", "id": "library-of-babel"}}, "not known here"),
        ({"home": {}}, "not as I write them"),
    ],
)
async def test_a_role_that_cannot_be_is_left_out_with_the_reason(world, changes, reason):
    mia, lea = world.member("Mia", Level.MODERATOR), world.member("Lea", Level.MODERATOR, home="Library of Babel")
    await lea.says("help")
    await mia.says("settings role hosts organiser")
    file = await exported(mia)
    seen = await mia.uses("settings import", file=upload(with_role(file, **changes)), apply=True)
    assert reason in seen.plain
    assert (await lea.says("settings levels")).items == ()
