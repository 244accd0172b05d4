# SPDX-License-Identifier: MIT
"""What moderators are told is what they did: where it holds, in words, and nothing where it was so already."""

import pytest

from bot.core.textline import complete
from bot.kit import Level

pytestmark = pytest.mark.cogs("settings", "help", "status", "requests", "privacy")


@pytest.fixture
async def mia(world):
    await world.member("Ana").says("status")
    return world.member("Mia", Level.MODERATOR)


@pytest.mark.parametrize(
    ("line", "again"),
    [
        ("settings set community.zone Europe/Madrid", "community.zone is Europe/Madrid already."),
        ("settings set requests.threads yes", "requests.threads is yes already."),
        ("settings switch status off", "status is off."),
        ("settings channel log", "Moderators' log: from now on in main."),
        ("settings level Ana librarian", "Ana now has the level: librarian."),
        ("settings role hosts organiser", "Whoever has the role hosts now has the level: organiser."),
    ],
)
async def test_what_is_so_already_is_no_second_change_to_be_taken_back(mia, line, again):
    await mia.says(line)
    logged = (await mia.says("settings log")).items
    assert (await mia.says(line)).text == again
    assert (await mia.says("settings log")).items == logged
    await mia.says("settings undo")
    assert "There is nothing to take back" in (await mia.says("settings undo")).text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("settings reset community.zone", "community.zone has its default already: UTC."),
        ("settings reset requests.threads", "requests.threads has its default already: no."),
        ("settings switch status on", "status is on."),
        ("settings level Ana none", "Ana had no level by name."),
        ("settings role hosts none", "The role hosts gives no level any more."),
        ("settings bridge main", "main is bridged with nothing now."),
        ("settings channel log remove=yes", "Moderators' log: was not posted in main anyway."),
    ],
)
async def test_what_changes_nothing_is_not_logged(mia, line, words):
    assert (await mia.says(line)).text == words
    assert (await mia.says("settings log")).text == "Nothing was changed yet."


@pytest.mark.parametrize(
    ("language", "typed", "words"),
    [
        ("en", "request open off", "request open is off."),
        ("en", "Request Open OFF", "request open is off."),
        ("en", '"request open" off', "request open is off."),
        ("en", "request open enabled=no", "request open is off."),
        ("es", "request open desactivado", "request open"),
        ("de", "request open aus", "request open"),
        ("en", "requests off", "requests is off."),
    ],
)
async def test_a_command_is_switched_without_quotes_round_its_name(mia, language, typed, words):
    await mia.says(f"account language {language}")
    assert words in (await mia.says(f"settings switch {typed}")).plain
    await mia.says("account language en")
    name = "requests" if words.startswith("requests") else "request open"
    assert f"switched something on or off: {name} (on → off)" in (await mia.says("settings log")).plain


async def test_a_command_is_switched_in_one_place_without_quotes(world, mia):
    await mia.at(world.place("desk")).says("status")
    assert (await mia.says("settings switch request open off #desk")).text == "In desk, request open is off."


async def test_what_is_left_out_behind_a_commands_name_is_asked_for(mia):
    assert (await mia.says("settings switch request open")).asked.names[0] == "enabled"


@pytest.mark.parametrize(
    ("typed", "param"),
    [("request", "name"), ("request ", "enabled"), ("request open ", "enabled"), ("request open off ", "place")],
)
async def test_what_comes_behind_a_commands_name_is_completed(world, typed, param):
    line = f"settings switch {typed}"
    assert complete(line, len(line), world.app.registry.commands).wanted.param.name == param


async def test_a_setting_of_one_place_is_told_with_the_place(world, mia):
    world.place("desk")
    await mia.at(world.place("desk")).says("status")
    said = [
        (await mia.says(f"settings {line} place=#desk")).plain.splitlines()[0]
        for line in ("set requests.threads yes", "show requests.threads", "reset requests.threads", "switch status off")
    ]
    assert said == [
        "In desk, requests.threads is now yes.",
        "Settings of Library in desk",
        "In desk, requests.threads is what it is everywhere: no.",
        "In desk, status is off.",
    ]
    assert "requests.threads = no" in (await mia.says("settings show requests.threads")).plain


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("settings set requests 3", "There is no setting requests. Did you mean requests."),
        ("settings reset xyzzy", "There is no setting xyzzy."),
        ("settings switch settings off", "There is no feature or command settings that can be switched."),
        ("settings set community.language Klingon", "I speak català (ca), Deutsch (de), English (en)"),
        ("settings bridge main #nowhere", "I know no such channel or room here."),
    ],
)
async def test_a_name_that_is_none_is_named_as_what_it_should_be(mia, line, words):
    assert words in (await mia.says(line)).asked.error


async def test_no_setting_begins_so(mia):
    assert (await mia.says("settings show xyz")).text == "There is no setting whose name begins with “xyz”."


@pytest.mark.parametrize("typed", ["de", "Deutsch", "german", "ALEMÁN", "alemany", "allemand"])
async def test_a_language_is_known_by_its_names(mia, typed):
    changed = await mia.says(f"settings set community.language {typed}")
    assert "English (en)" in changed.text
    assert "Deutsch (de)" in changed.text
    await mia.says(f"account language {typed}")
    assert "Ich spreche Deutsch mit dir" in (await mia.says("account show")).text


async def test_who_chooses_for_oneself_is_told_what_holds_now(mia):
    assert "chat or community" in (await mia.says("account language")).text
    assert "9:00" in (await mia.says("account timezone Asia/Tokyo")).text
    assert "CET" not in (await mia.says("account timezone")).text


async def test_the_only_account_cannot_be_made_somebody_else_s(mia):
    assert (await mia.says("account unlink memory")).text == "Mia is your only account; nothing is linked to it."


@pytest.mark.parametrize("typed", ["mirror", "#mirror", '"memory: #mirror (Library)"'])
async def test_a_bridge_s_other_end_is_named_as_any_other_place(world, mia, typed):
    await mia.at(world.place("mirror")).says("status")
    assert "get each post once" in (await mia.says(f"settings bridge main {typed}")).text


async def test_two_places_of_one_name_are_offered_by_their_homes(world, mia):
    other = world.home("Library of Babel")
    lea = world.member("Lea", Level.MODERATOR, home=other)
    await lea.says("status")
    code = (await mia.says("settings link")).plain.split("settings link ")[1].split()[0]
    for moderator in (lea, mia):
        await moderator.says(f"settings link {code}")
        await moderator.confirms(True)
    asked = (await mia.says("settings bridge main main")).asked
    assert asked.error == "Several are called so; choose one."
    assert {"memory: #main (Library)", "memory: #main (Library of Babel)"} <= set(asked.choices.values())


async def test_what_joined_nothing_leaves_nothing_without_being_asked(mia):
    seen = await mia.says("settings unlink")
    assert (seen.asked, seen.text) == (
        None,
        "Library has not joined another community, so there is nothing to leave.",
    )


async def test_a_paused_bot_says_so_in_its_status_to_everybody(world, mia):
    ana = world.member("Ana")
    await mia.says("settings pause bot")
    for person in (ana, mia):
        seen = await person.says("status")
        assert "I rest: a moderator paused me, and I answer moderators only." in seen.plain
        assert seen.text == "I am well, but not everything is as it should be here."
    await mia.says("settings resume bot")
    await mia.says("settings pause posts")
    assert "My posts wait" in (await ana.says("status")).plain
    await mia.says("settings resume posts")
    assert (await ana.says("status")).text == "I am well: everything works."
