# SPDX-License-Identifier: MIT
"""Discord in the contract suite: Ana and Lib use the bot in a simulated server, as their clients let them."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import simcord
from contractcog import Sample
from contractplay import PEOPLE, Harness, Sight
from discordplay import Server, buttons_of, shown

from bot.core.textline import Parsed, parse
from bot.kit import Identity, Level, Place
from bot.platforms.discord.limits import NAME
from bot.platforms.discord.targets import CONTINUE, NO, PAGE, YES

_LONGEST_MESSAGE = 2_000
_NO_MARK = 100


class DiscordHarness(Harness):
    """A server with one channel; a form is opened as soon as its button is there."""

    forms = True

    def __init__(self, server: Server) -> None:
        self.server = server
        self.people = {name: server.member(name, librarian=level is Level.LIBRARIAN) for name, level in PEOPLE.items()}
        self.modals: dict[str, simcord.InteractionResult] = {}
        self.sent = 0

    @property
    def app(self) -> Any:
        return self.server.app

    @property
    def platform(self) -> Any:
        return self.server.platform

    async def types(self, who: str, line: str) -> list[Sight]:
        parsed = parse(line, self.app.registry.commands)
        before = self.snapshot(who)
        if not isinstance(parsed, Parsed):
            await self.people[who].send_dm(f"/{line}")
            return await self.sights(who, before)
        options = {name.replace("_", "-"): value for name, value in parsed.arguments.items()}
        try:
            result = await self.people[who].slash(
                self.server.channel, parsed.command.name, **self._typed(parsed, options)
            )
        except simcord.SetupError:
            return await self.says(who, line)
        return await self.sights(who, before, result)

    async def says(self, who: str, words: str) -> list[Sight]:
        before = self.snapshot(who)
        said = f"{self._mention} {words}"
        if len(said) <= _LONGEST_MESSAGE:
            await self.people[who].send(self.server.channel, said)
            return await self.sights(who, before)
        # A client takes no longer message; the option of the command takes more, and no more than its limit.
        limit = self._option("sample echo", "words")["max_length"]
        result = await self.people[who].slash(self.server.channel, "sample echo", words=words[:limit])
        return await self.sights(who, before, result)

    async def presses(self, who: str, label: str) -> list[Sight]:
        labels = [(m, button) for m in self.visible(who) for button in buttons_of(m.components)]
        message, pressed = next(pair for pair in reversed(labels) if pair[1].get("label") == label)
        return await self._clicks(who, message, pressed["custom_id"])

    async def answers(self, who: str, values: Mapping[str, str]) -> list[Sight]:
        before = self.snapshot(who)
        form = self.modals.pop(who)
        menus = {each["component"]["custom_id"] for each in form.modal["components"] if _is_menu(each)}
        entered = {name: [value] if name in menus else value for name, value in values.items()}
        result = await self.people[who].submit_modal(form, entered)
        return await self.sights(who, before, result)

    async def confirms(self, who: str, *, yes: bool) -> list[Sight]:
        wanted = f"{YES if yes else NO}:"
        ids = [(m, button["custom_id"]) for m in self.visible(who) for button in buttons_of(m.components)]
        message, custom_id = next(pair for pair in reversed(ids) if pair[1].startswith(wanted))
        return await self._clicks(who, message, custom_id)

    async def completes(self, who: str, command: str, param: str, typed: str) -> list[str]:
        option = self._option(command, param)
        if "choices" in option:
            said = typed.casefold()
            return [choice["value"] for choice in option["choices"] if choice["name"].casefold().startswith(said)]
        found = await self.people[who].autocomplete(self.server.channel, command, option["name"], typed)
        return [choice["value"] for choice in found]

    async def hands_over(self, who: str, command: str, param: str, name: str, content: bytes) -> list[Sight]:
        before = self.snapshot(who)
        result = await self.people[who].slash(self.server.channel, command, **{param: (name, content)})
        return await self.sights(who, before, result)

    async def reacts_to(self, who: str, word: str) -> list[Sight]:
        label = next(each.label for each in self.app.registry.shortcuts if each.word == word)
        public = [m for m in self.visible(who) if not m.is_ephemeral and m.channel_id == self.server.channel.id]
        before = self.snapshot(who)
        target = next(m for m in self.server.channel.history() if m.id == public[-1].id)
        result = await self.people[who].context_menu(self.server.channel, label, target)
        return await self.sights(who, before, result)

    def posted(self, where: Place | Identity) -> list[Sight]:
        backend = self.server.env.backend
        channel_id = (
            backend.get_dm_channel(int(where.external_id)).id if isinstance(where, Identity) else int(where.channel_id)
        )
        found = backend.messages.get(channel_id, {}).values()
        return [self.sight(m, frozenset()) for m in found if m.components and m.components[0]["id"] >= _NO_MARK]

    def posted_below(self, where: Place, root: str) -> list[Sight]:
        found = self.server.env.backend.messages.get(int(root), {}).values()
        return [self.sight(m, frozenset()) for m in found if m.components and m.components[0]["id"] >= _NO_MARK]

    def wire(self) -> str:
        return json.dumps([each.json for each in self.server.env.http_requests], ensure_ascii=False, default=str)

    async def restart(self) -> None:
        await self.server.restart()

    @property
    def channel_id(self) -> str:
        return str(self.server.channel.id)

    def account(self, who: str) -> Identity:
        return Identity(NAME, str(self.people[who].id), who)

    @property
    def _mention(self) -> str:
        return f"<@{self.server.env.backend.bot_user.id}>"

    def _option(self, command: str, param: str) -> Mapping[str, Any]:
        group, _, verb = command.partition(" ")
        published = {each["name"]: each for each in self.server.platform.publisher.commands()}
        found = published[group]
        if verb:
            found = next(each for each in found["options"] if each["name"] == verb)
        return next(each for each in found["options"] if each["name"] == param)

    def _typed(self, parsed: Parsed, options: Mapping[str, str]) -> dict[str, Any]:
        """Return options as a client sends them, each as its type."""
        reading = {4: int, 10: float, 5: lambda said: said == "yes"}
        typed = {}
        for name, value in options.items():
            kind = self._option(parsed.command.name, name)["type"]
            try:
                typed[name] = reading.get(kind, str)(value)
            except ValueError:
                typed[name] = value
        return typed

    async def _clicks(self, who: str, message: Any, custom_id: str) -> list[Sight]:
        before = self.snapshot(who)
        handle = self.server.env.backend.get_message(message.channel_id, message.id)
        result = await self.people[who].click(
            simcord.results.ResponseMessage(self.server.env, handle), custom_id=custom_id
        )
        return await self.sights(who, before, result)

    def visible(self, who: str) -> list[Any]:
        own = self.server.env.backend.bot_user.id
        messages = [m for listed in self.server.env.backend.messages.values() for m in listed.values()]
        mine = (m for m in messages if m.author_id == own and m.visible_to(self.people[who].id))
        return sorted(mine, key=lambda m: m.id)

    def snapshot(self, who: str) -> dict[int, str]:
        return {m.id: json.dumps(m.components) for m in self.visible(who)}

    async def sights(
        self, who: str, before: Mapping[int, str], result: simcord.InteractionResult | None = None
    ) -> list[Sight]:
        """Return what is new or changed, with a form that was opened, and every page of what has several."""
        await self.server.settle()
        changed = [m for m in self.visible(who) if before.get(m.id) != json.dumps(m.components)]
        sights = []
        for message in changed:
            sights += await self._with_form(who, message) or await self._pages(who, message)
        if result is not None and result.modal is not None:
            self.modals[who] = result
            sights.append(form_sight(result.modal, who))
        return sights

    async def _with_form(self, who: str, message: Any) -> list[Sight]:
        going_on = [b for b in buttons_of(message.components) if b["custom_id"].startswith(f"{CONTINUE}:")]
        if not going_on:
            return []
        opened = await self.people[who].click(
            simcord.results.ResponseMessage(self.server.env, message), custom_id=going_on[0]["custom_id"]
        )
        self.modals[who] = opened
        seen, form = self.sight(message, self._readers(who, message)), form_sight(opened.modal, who)
        return [Sight(f"{seen.text}\n{form.text}", (), form.fields, form.choices, (), seen.seen_by)]

    async def _pages(self, who: str, message: Any) -> list[Sight]:
        sights = [self.sight(message, self._readers(who, message))]
        while on := [b for b in buttons_of(message.components) if _turns_on(b)]:
            handle = simcord.results.ResponseMessage(self.server.env, message)
            await self.people[who].click(handle, custom_id=on[0]["custom_id"])
            message = self.server.env.backend.get_message(message.channel_id, message.id)
            sights.append(self.sight(message, self._readers(who, message)))
        return sights

    def _readers(self, who: str, message: Any) -> frozenset[str]:
        alone = message.is_ephemeral or message.channel_id != self.server.channel.id
        return frozenset({who}) if alone else frozenset(PEOPLE)

    @staticmethod
    def sight(message: Any, seen_by: frozenset[str]) -> Sight:
        pressed = [b for b in buttons_of(message.components) if not b["custom_id"].startswith(f"{PAGE}:")]
        labels = tuple(str(button.get("label", "")) for button in pressed)
        files = tuple(str(each["filename"]) for each in message.attachments)
        return Sight(shown(message.components), labels, (), (), files, seen_by)


def _turns_on(button: Mapping[str, Any]) -> bool:
    return (
        button["custom_id"].startswith(f"{PAGE}:") and button["custom_id"].endswith(":f") and not button.get("disabled")
    )


def _is_menu(labelled: Mapping[str, Any]) -> bool:
    return labelled.get("component", {}).get("type") == 3


def form_sight(modal: Mapping[str, Any], who: str) -> Sight:
    """Return a form as the person sees it who filled nothing in yet."""
    labels = [each for each in modal["components"] if "component" in each]
    told = [str(each["content"]) for each in modal["components"] if "content" in each]
    words = [f"{each['label']}\n{each.get('description', '')}" for each in labels]
    fields = tuple(each["component"]["custom_id"] for each in labels)
    choices = tuple(option["label"] for each in labels for option in each["component"].get("options") or ())
    return Sight("\n".join([modal["title"], *told, *words]), (), fields, choices, (), frozenset({who}))


@asynccontextmanager
async def discord(folder: Path) -> AsyncIterator[Harness]:
    """Open a simulated Discord."""
    server = Server(folder, (Sample,))
    await server.open()
    try:
        yield DiscordHarness(server)
    finally:
        await server.close()
