# SPDX-License-Identifier: MIT
"""Commands, options, buttons and pages in a simulated Discord, as members use them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import simcord
from contractcog import ITEMS, Sample
from discordplay import buttons_of, discord_server, shown
from discordspec import check_payload, present

from bot.core.finding import find_sources, import_cog
from bot.core.i18n.catalogs import Catalogs
from bot.kit import Attachment, Button, Cog, Command, Context, Manifest, Reply, Shortcut, action, command, t
from bot.platforms.discord.commands import payload
from bot.platforms.discord.naming import Tongue


async def test_a_command_answers_with_a_card(server):
    ana = server.member("Ana")
    result = await ana.slash(server.channel, "sample open", title="Zagreb fair, 1921", kind="newspaper")
    assert "R-1 · Zagreb fair, 1921" in shown(result.response.components)
    assert [button["label"] for button in buttons_of(result.response.components)] == ["Claim", "Copy"]


async def test_a_role_that_moderators_chose_makes_a_librarian(server):
    ana, lib = server.member("Ana"), server.member("Lib", librarian=True)
    card = (await ana.slash(server.channel, "sample open", title="Zagreb fair, 1921")).response
    refused = await ana.click(card, label="Claim")
    assert refused.ephemeral
    assert "Only a librarian" in shown(refused.response.components)
    assert "Lib is looking for R-1." in shown((await lib.click(card, label="Claim")).response.components)


async def test_who_manages_the_server_is_a_moderator(server):
    import discord

    managers = server.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    lib = server.member("Lib", roles=(managers,))
    card = (await lib.slash(server.channel, "sample open", title="Zagreb fair, 1921")).response
    assert "Lib is looking for R-1." in shown((await lib.click(card, label="Claim")).response.components)


async def test_a_form_is_the_first_response_and_keeps_what_was_typed(server):
    ana = server.member("Ana")
    asked = await ana.slash(server.channel, "sample two")
    assert asked.modal is not None
    told = await ana.submit_modal(asked, {"place": "The reading room", "seats": "many"})
    assert told.ephemeral
    again = await ana.click(told.response, label="Correct it")
    [field] = [each["component"] for each in again.modal["components"] if "component" in each]
    assert (field["custom_id"], field["value"]) == ("seats", "many")
    await ana.submit_modal(again, {"seats": "12"})
    assert "The reading room has 12 seats." in shown(server_last(server))


def server_last(server):
    messages = server.env.backend.messages[server.channel.id].values()
    return max((m for m in messages if not m.is_ephemeral), key=lambda m: m.id).components


async def test_a_button_of_a_form_that_was_answered_is_gone(server):
    ana = server.member("Ana")
    asked = await ana.slash(server.channel, "sample two")
    told = await ana.submit_modal(asked, {"place": "Here", "seats": "many"})
    again = await ana.click(told.response, label="Correct it")
    await ana.submit_modal(again, {"seats": "12"})
    with pytest.raises(simcord.SetupError):
        await ana.click(told.response, label="Correct it")


async def test_buttons_from_long_ago_answer_kindly(server):
    ana = server.member("Ana")
    card = (await ana.slash(server.channel, "sample open", title="Zagreb fair, 1921")).response
    message = server.env.backend.get_message(card.channel_id, card.id)
    row = message.components[0]["components"][-1]["components"]
    for custom_id in ("a:gone.thing?x=1", "b:0123", "c:999", "p:nothing:1:f", "zzz", "y:999"):
        row[0]["custom_id"] = custom_id
        result = await ana.click(card, custom_id=custom_id)
        assert result.ephemeral
        assert "went wrong" not in shown(result.response.components)


async def test_a_button_with_long_arguments_works_after_a_restart(server):
    ana = server.member("Ana")
    title = "The " + "very " * 30 + "long history of the Zagreb fair"
    card = (await ana.slash(server.channel, "sample open", title=title)).response
    [copy] = [each for each in buttons_of(card.components) if each["label"] == "Copy"]
    assert copy["custom_id"].startswith("b:")
    await server.restart()
    again = await ana.click(card, custom_id=copy["custom_id"])
    assert title in shown(again.response.components)


async def test_buttons_forms_and_pages_work_after_a_week_and_a_restart(server):
    ana, lib = server.member("Ana"), server.member("Lib", librarian=True)
    card = (await ana.slash(server.channel, "sample open", title="Zagreb fair, 1921")).response
    asking = (await ana.slash(server.channel, "sample card")).response
    listed = (await ana.slash(server.channel, "sample list")).response
    server.clock.move(timedelta(days=7))
    await server.restart()
    assert "Lib is looking for R-1." in shown((await lib.click(card, label="Claim")).response.components)
    form = await ana.click(asking, label="Decline")
    answered = await ana.submit_modal(form, {"reason": "It is not there"})
    assert "R-7 is declined: It is not there" in shown(answered.response.components)
    [_, _, on] = buttons_of(listed.components)
    await ana.click(listed, custom_id=on["custom_id"])
    assert "Item 21" in shown(server.env.backend.get_message(listed.channel_id, listed.id).components)


async def test_a_form_that_was_open_while_the_bot_restarted_is_taken(server):
    ana = server.member("Ana")
    asked = await ana.slash(server.channel, "sample two")
    await server.restart()
    await ana.submit_modal(asked, {"place": "The reading room", "seats": "12"})
    assert "The reading room has 12 seats." in shown(server_last(server))


async def test_pages_turn_for_the_asker_and_are_shown_apart_to_others(server):
    ana, ben = server.member("Ana"), server.member("Ben")
    listed = (await ana.slash(server.channel, "sample list")).response
    [_, _, on] = buttons_of(listed.components)
    apart = await ben.click(listed, custom_id=on["custom_id"])
    assert apart.ephemeral
    assert "Item 40" in shown(apart.response.components)
    assert "Item 1\n" in shown(server_last(server))
    await ana.click(listed, custom_id=on["custom_id"])
    text = shown(server_last(server))
    assert "Item 21" in text
    assert f"Item {ITEMS}" not in text


class Crowded(Cog):
    """Show more than one message takes."""

    name = "crowded"
    manifest = Manifest("Shows too much.", "Nothing.", {})

    @command("crowd", "Show thirty buttons, twelve files and several pages")
    async def crowd(self, ctx: Context) -> Reply:
        """Show too much."""
        return Reply(
            items=tuple(f"Item {number}" for number in range(60)),
            buttons=tuple(Button(f"Take {number}", self.take, number) for number in range(30)),
            files=tuple(Attachment(f"{number}.txt", b"x", "text/plain", "A file") for number in range(12)),
        )

    @action
    async def take(self, ctx: Context, number: int) -> Reply:
        """Say what was taken."""
        return Reply(t("You took {number}.", number=number))


async def test_what_has_no_button_is_chosen_from_a_menu(tmp_path):
    async with discord_server(tmp_path, Crowded) as server:
        ana = server.member("Ana")
        shown_first = (await ana.slash(server.channel, "crowd")).response
        [menu] = [each for each in menus_of(shown_first.components) if each["options"][-1]["label"] == "Take 29"]
        chosen = await ana.select(shown_first, [menu["options"][-1]["value"]], custom_id=menu["custom_id"])
        assert "You took 29." in shown(chosen.response.components)
        assert len(shown_first.attachments) == 9


def menus_of(components) -> list[dict]:
    found = [each for each in components if each.get("type") == 3]
    return found + [menu for each in components for menu in menus_of(each.get("components") or [])]


async def test_a_mention_is_answered_as_a_reply_and_bots_are_not(server):
    ana, robot = server.member("Ana"), server.guild.add_member(server.env.create_user("robot", bot=True))
    me = f"<@{server.env.backend.bot_user.id}>"
    asked = await ana.send(server.channel, f"{me} Where can I read this?")
    answer = server.env.backend.messages[server.channel.id]
    last = max(answer.values(), key=lambda m: m.id)
    assert last.reference["message_id"] == str(asked.id)
    assert "You said: Where can I read this?" in shown(last.components)
    before = len(answer)
    await robot.send(server.channel, f"{me} and you?")
    await ana.send(server.channel, "nothing to the bot")
    assert len(answer) == before + 2


async def test_the_bots_name_alone_is_answered_with_what_it_is_for(server):
    ana = server.member("Ana")
    await ana.send(server.channel, f"<@{server.env.backend.bot_user.id}>")
    assert "Hello, I am Refdesk" in shown(server_last(server))


async def test_commands_are_named_as_the_readers_client_shows_them(tmp_path):
    (tmp_path / "es.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgctxt "command name"\nmsgid "sample"\nmsgstr "muestra"\n\n'
        'msgctxt "command name"\nmsgid "open"\nmsgstr "abrir"\n',
        "utf-8",
    )
    (tmp_path / "ca.po").write_text((tmp_path / "es.po").read_text("utf-8"), "utf-8")

    class Commands:
        commands = tuple(each for each in Sample.operations if isinstance(each, Command))

    tongue = Tongue(Commands(), Catalogs.load(tmp_path, bundled=False))
    for locale in ("es", "es-ES", "es-419"):
        assert tongue.style(locale).code("sample open") == "`/muestra abrir`"
    for locale in ("en-GB", "en", "ca", "eo", ""):
        assert tongue.style(locale).code("sample open") == "`/sample open`"


async def test_words_in_a_private_conversation_need_no_mention(server):
    ana = server.member("Ana")
    await ana.slash(server.channel, "sample quiet")
    await ana.send_dm("Where can I read this?")
    said = max(server.env.backend.messages[ana.user.dm_channel.id].values(), key=lambda m: m.id)
    assert "You said: Where can I read this?" in shown(said.components)


async def test_a_message_menu_hands_the_message_over(server):
    ana = server.member("Ana")
    said = await ana.send(server.channel, "It is in the *stacks*.")
    result = await ana.context_menu(server.channel, "Save this", said)
    assert result.ephemeral
    assert "Saved: It is in the *stacks*." in shown(result.response.components)


@pytest.mark.skipif(not present(), reason="Discord's OpenAPI document is not at hand")
def test_every_command_of_every_cog_is_valid():
    cogs = [cog for cog, _ in _importable()]
    groups = {noun: words for cog in cogs for noun, words in cog.manifest.groups.items()}
    commands = [each for cog in cogs for each in cog.operations if isinstance(each, Command)]
    shortcuts = [each for cog in cogs for each in cog.operations if isinstance(each, Shortcut)]
    listed = payload(commands, shortcuts, groups, Catalogs.load())
    assert check_payload("PUT", "/applications/1/commands", listed)
    assert {each["name"] for each in listed} >= {"ask", "faq", "settings"}
    assert [each["name"] for each in listed if each.get("default_member_permissions")] == []


@pytest.mark.skipif(not present(), reason="Discord's OpenAPI document is not at hand")
def test_the_list_of_all_commands_in_the_documents_is_valid():
    listed = json.loads((Path(__file__).parents[3] / "docs" / "discord-commands.json").read_text("utf-8"))
    assert check_payload("PUT", "/applications/1/commands", listed)
    assert len({(each["type"], each["name"]) for each in listed}) == len(listed) <= 100 + 5


def test_in_no_language_is_a_command_longer_than_discord_takes():
    cogs = [cog for cog, _ in _importable()]
    groups = {noun: words for cog in cogs for noun, words in cog.manifest.groups.items()}
    commands = [each for cog in cogs for each in cog.operations if isinstance(each, Command)]
    for made in payload(commands, (), groups, Catalogs.load()):
        assert characters(made) <= 8_000, made["name"]
        assert made["name"] == made["name"].lower()


def characters(made) -> int:
    """Return what Discord counts of a command: names, descriptions and values, of translations the longest of each."""
    own = sum(
        max(len(each) for each in (made[key], *made.get(f"{key}_localizations", {}).values()))
        for key in ("name", "description")
        if key in made
    )
    inner = (*made.get("options", ()), *made.get("choices", ()))
    return own + len(str(made.get("value", ""))) + sum(map(characters, inner))


def _importable():
    for source in find_sources().values():
        try:
            yield import_cog(source), source
        except Exception:  # noqa: BLE001, S112 (a cog that cannot be imported fails its own tests)
            continue


def test_what_works_alone_can_be_installed_by_a_person():
    cogs = {cog.name: cog for cog, _ in _importable()}
    commands = [each for each in cogs["faq"].operations if isinstance(each, Command)]
    published = {each["name"]: each for each in payload(commands, (), cogs["faq"].manifest.groups, Catalogs.load())}
    assert published["ask"]["integration_types"] == [0, 1]
    assert published["ask"]["contexts"] == [0, 1, 2]
    assert published["faq"]["integration_types"] == [0] or any(c.alone for c in commands if c.group == "faq")


def test_names_and_descriptions_are_localised_from_the_catalogs(tmp_path):
    (tmp_path / "es.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Open a request"\nmsgstr "Abrir una solicitud"\n\n'
        'msgid "Title"\nmsgstr "Título"\n\n'
        'msgid "open"\nmsgstr "abierto"\n\n'
        'msgctxt "command name"\nmsgid "sample"\nmsgstr "muestra"\n\n'
        'msgctxt "command name"\nmsgid "open"\nmsgstr "Abrir"\n\n'
        'msgctxt "command name"\nmsgid "two"\nmsgstr "dos cosas"\n\n'
        'msgctxt "command name"\nmsgid "list"\nmsgstr "mirar"\n\n'
        'msgctxt "command name"\nmsgid "quiet"\nmsgstr "mirar"\n\n'
        'msgctxt "option name"\nmsgid "title"\nmsgstr "título"\n\n'
        'msgctxt "option name"\nmsgid "kind"\nmsgstr "título"\n\n'
        'msgid "Newspaper"\nmsgstr "Periódico"\n\n'
        'msgid "Save this"\nmsgstr "Guardar esto, que es muy importante"\n',
        "utf-8",
    )
    commands = [each for each in Sample.operations if isinstance(each, Command)]
    shortcuts = [each for each in Sample.operations if isinstance(each, Shortcut)]
    group, save = payload(commands, shortcuts, Sample.manifest.groups, Catalogs.load(tmp_path, bundled=False))
    assert group["name_localizations"] == {"es-ES": "muestra", "es-419": "muestra"}
    named = {each["name"]: each.get("name_localizations", {}).get("es-ES") for each in group["options"]}
    assert named["open"] == "abrir"
    assert (named["two"], named["list"], named["quiet"]) == (None, None, None), "English stays where a name may not be"
    opened = next(each for each in group["options"] if each["name"] == "open")
    assert opened["description_localizations"] == {"es-ES": "Abrir una solicitud", "es-419": "Abrir una solicitud"}
    options = {each["name"]: each for each in opened["options"]}
    assert "name_localizations" not in options["title"]
    assert "name_localizations" not in options["kind"]
    [paper] = [each for each in options["kind"]["choices"] if each["value"] == "newspaper"]
    assert paper["name_localizations"]["es-ES"] == "Periódico"
    assert "name_localizations" not in save
