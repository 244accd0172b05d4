# SPDX-License-Identifier: MIT
"""Takes every interaction to the inbox: commands, shortcuts, options being typed, buttons, menus and forms.

Nothing is looked up in memory that a restart would lose: all that is needed stands in the id of what was pressed.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import discord

from bot.core.exchange import Call
from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.voice import Voice
from bot.core.inbox import Inbox
from bot.core.registry import Registry
from bot.core.triage import reply_to
from bot.kit.reply import Reply, Tone, Visible
from bot.kit.text import t
from bot.platforms.discord import store
from bot.platforms.discord.arguments import param_name, read_command, read_form, read_options
from bot.platforms.discord.exchange import Desk, InteractionExchange
from bot.platforms.discord.limits import CHOICE_MAX, OPTIONS_MAX
from bot.platforms.discord.origins import of_interaction, resolved_message
from bot.platforms.discord.paging import turned
from bot.platforms.discord.silence import Silence
from bot.platforms.discord.targets import (
    CONTINUE,
    FORM,
    KEPT,
    MORE,
    NO,
    PAGE,
    RUN,
    YES,
    Press,
    as_arguments,
    read_numbers,
    read_press,
)
from bot.platforms.discord.wire import Wire

_MESSAGE_COMMAND = 3
_REMEMBERED = 2_000

OLD = t("This button is from an earlier version of me and does nothing any more. Please use the command instead.")
TOO_OLD = t("This is too old: I have forgotten what it was about. Please use the command again.")


class Seen:
    """Remembers the latest events, so that one that is delivered twice is acted on once."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()

    def again(self, event_id: int) -> bool:
        """Tell whether an event was seen before."""
        if event_id in self._ids:
            return True
        self._ids[event_id] = None
        while len(self._ids) > _REMEMBERED:
            self._ids.popitem(last=False)
        return False


def _is_menu(custom_id: str) -> bool:
    """Tell whether it is a menu of buttons; the first versions of the bot had one in a message, without a number."""
    return custom_id.partition(":")[0] == MORE


class Router:
    """Takes interactions to the inbox."""

    def __init__(self, inbox: Inbox, registry: Registry, catalogs: Catalogs, desk: Desk) -> None:
        self._inbox = inbox
        self._registry = registry
        self._catalogs = catalogs
        self._desk = desk
        self._seen = Seen()

    async def take(self, interaction: discord.Interaction) -> None:
        """Act on an interaction; what goes wrong is told to whoever did it."""
        if self._seen.again(interaction.id):
            return
        wire = Wire(interaction, self._desk.clock)
        data: Mapping[str, Any] = interaction.data or {}
        if interaction.type is discord.InteractionType.autocomplete:
            await self._complete(wire, data)
            return
        exchange = self._exchange(wire, data)
        try:
            await self._run(wire, data, exchange)
        except Exception as error:  # noqa: BLE001 (every error ends in the triage)
            await exchange.show(reply_to(error, "discord"), Visible.QUIET, self._voice(interaction))
        finally:
            await exchange.finish()

    def _exchange(self, wire: Wire, data: Mapping[str, Any]) -> InteractionExchange:
        custom_id = str(data.get("custom_id", ""))
        kind, _, rest = custom_id.partition(":")
        reopened = kind == FORM and rest.endswith(":1")
        source = wire.interaction.message
        own = source is not None and (source.flags.ephemeral or wire.interaction.guild_id is None)
        prompt = own and (kind in (YES, NO) or reopened)
        message = None
        if data.get("type") == _MESSAGE_COMMAND:
            raw = data["resolved"]["messages"][data["target_id"]]
            message = resolved_message(raw, wire.interaction.guild_id)
        return InteractionExchange(
            wire, of_interaction(wire.interaction, self._desk.names, message), self._desk, prompt=prompt
        )

    async def _run(self, wire: Wire, data: Mapping[str, Any], exchange: InteractionExchange) -> None:
        match wire.interaction.type:
            case discord.InteractionType.application_command:
                await self._command(data, exchange)
            case discord.InteractionType.component:
                pressed = data["values"][0] if _is_menu(str(data["custom_id"])) else data["custom_id"]
                await self._press(str(pressed), wire, exchange)
            case discord.InteractionType.modal_submit:
                _, _, rest = str(data["custom_id"]).partition(":")
                values = await read_form(data, data.get("resolved", {}), self._desk.speaker.fetch)
                await self._inbox.answer(exchange, read_numbers(rest)[0], values)

    async def _command(self, data: Mapping[str, Any], exchange: InteractionExchange) -> None:
        if data.get("type") == _MESSAGE_COMMAND:
            found = (each.key for each in self._registry.shortcuts if each.label == data["name"])
            await self._inbox.run(exchange, Call(next(found, str(data["name"]))))
            return
        typed = read_command(data)
        values = await read_options(typed, data.get("resolved", {}), self._desk.speaker.fetch)
        await self._inbox.run(exchange, Call(typed.name, values))

    async def _press(self, custom_id: str, wire: Wire, exchange: InteractionExchange) -> None:
        kind, _, rest = custom_id.partition(":")
        numbers = read_numbers(rest)
        if kind == RUN:
            await self._go(read_press(rest), exchange)
        elif kind == KEPT:
            kept = await self._desk.db.read(store.press, rest)
            await (self._go(kept, exchange) if kept else self._tell(exchange, TOO_OLD))
        elif kind == CONTINUE and numbers:
            await self._reopen(numbers[0], exchange)
        elif kind in (YES, NO) and numbers:
            await self._inbox.confirm(exchange, numbers[0], kind == YES)
        elif kind == PAGE:
            await self._turn(rest, wire, exchange)
        else:
            await self._tell(exchange, OLD)

    async def _go(self, press: Press, exchange: InteractionExchange) -> None:
        await self._inbox.press(exchange, press.target, as_arguments(press))

    async def _reopen(self, draft_id: int, exchange: InteractionExchange) -> None:
        question = await self._inbox.reopen(exchange, draft_id)
        if question is None:
            await self._tell(exchange, t("This question is no longer open. Please start again."))
        else:
            await exchange.reopen(question, await self._inbox.voice_to(exchange))

    async def _turn(self, rest: str, wire: Wire, exchange: InteractionExchange) -> None:
        token, index, *_ = (*rest.split(":"), "0")
        kept = await self._desk.db.read(store.pages, token)
        if kept is None or not index.isdigit() or int(index) >= len(kept[1]):
            await self._tell(exchange, TOO_OLD)
            return
        asker, listed = kept
        message = wire.interaction.message
        here = asker == str(wire.interaction.user.id) or bool(message and message.flags.ephemeral)
        await exchange.turn_page(turned(listed[int(index)], token, int(index), len(listed)), here=here)

    async def _complete(self, wire: Wire, data: Mapping[str, Any]) -> None:
        typed = read_command(data)
        focused = typed.focused
        if focused is None:
            return
        exchange = Silence(of_interaction(wire.interaction, self._desk.names))
        name = param_name(str(focused["name"]))
        found = await self._inbox.complete(exchange, typed.name, name, str(focused.get("value", "")))
        voice = await self._inbox.voice_to(exchange)
        fitting = [choice for choice in found if 0 < len(choice.value) <= CHOICE_MAX][:OPTIONS_MAX]
        await wire.offer(
            [{"name": voice.label(each.label, CHOICE_MAX) or each.value, "value": each.value} for each in fitting]
        )

    async def _tell(self, exchange: InteractionExchange, words: Any) -> None:
        await exchange.show(Reply(words, tone=Tone.WARNING), Visible.QUIET, await self._inbox.voice_to(exchange))

    def _voice(self, interaction: discord.Interaction) -> Voice:
        return self._catalogs.voice(interaction.locale.value, "UTC", self._desk.clock.now())
