# SPDX-License-Identifier: MIT
"""Answers one interaction: a command, a button, a form or a shortcut, within Discord's three seconds and beyond."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import discord

from bot.core.clock import WakingClock
from bot.core.exchange import Origin, Question
from bot.core.i18n.catalogs import SOURCE
from bot.core.i18n.style import Style
from bot.core.i18n.voice import Voice
from bot.core.markup import cut
from bot.core.run import tighter
from bot.core.tasks import Tasks
from bot.kit.database import Database
from bot.kit.reply import Reply, Visible, Words
from bot.platforms.discord import components as parts
from bot.platforms.discord.components import Component
from bot.platforms.discord.forms import render_confirm, render_continue, render_form
from bot.platforms.discord.limits import DEFER_AFTER, TEXT_MAX
from bot.platforms.discord.markdown import escape, to_discord
from bot.platforms.discord.origins import ALONE
from bot.platforms.discord.paging import Ready, prepare
from bot.platforms.discord.render import render
from bot.platforms.discord.speaking import Speaker
from bot.platforms.discord.wire import BROKEN, Lost, Wire

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every exchange works with. `names` are those of servers, by id; `style` is for readers of a locale."""

    db: Database
    clock: WakingClock
    tasks: Tasks
    speaker: Speaker
    names: Mapping[str, str]
    style: Callable[[str], Style]


class InteractionExchange:
    """Answers one interaction.

    With `prompt`, the message behind it was a question of ours to this person, and is used up by the answer. `_loading`
    is set while a first response waits to be filled: whether only the asker sees it; it was `_guessed` where the time
    ran out before it was known who may see the answer.
    """

    def __init__(self, wire: Wire, origin: Origin, desk: Desk, *, prompt: bool = False) -> None:
        self._wire = wire
        self._origin = origin
        self._desk = desk
        self._prompt = prompt
        self._source = wire.interaction.message
        self._apart = origin.place.channel_id.startswith(ALONE)
        self._style = desk.style(origin.locale or SOURCE)
        self._begun: Visible | None = None
        self._loading: bool | None = None
        self._guessed = False
        self._owns_source = False
        self._said = 0
        self._turn = asyncio.Lock()
        self._relax = desk.clock.call_at(desk.clock.now() + timedelta(seconds=DEFER_AFTER), self._grow_late)

    @property
    def origin(self) -> Origin:
        """Who did this, and where."""
        return self._origin

    async def begin(self, visible: Visible) -> None:
        """Learn who may see the answer; it is acknowledged when it does not come in time."""
        self._begun = visible

    async def show(self, reply: Reply, visible: Visible, voice: Voice) -> None:
        """Say something to those who may see it."""
        sheet = render(reply, voice, framed=reply.card, style=self._style)
        ready = await prepare(self._desk.db, sheet, voice, visible, self._origin.person.external_id)
        async with self._turn:
            await self._deliver(ready, visible, lambda: voice.plain(reply.text))

    async def ask(self, question: Question, visible: Visible, voice: Voice) -> None:
        """Ask in a form, or behind a button where it is too late for one."""
        async with self._turn:
            form = not (question.confirm or self._wire.responded or self._is_form)
            try:
                if form:
                    await self._wire.ask(render_form(question, voice, self._style))
                    return
            except (Lost, discord.DiscordException, *BROKEN) as error:
                log.info("The form could not be shown (%s); a button offers it.", error)
            shown = (render_confirm if question.confirm else render_continue)(question, voice, self._style)
            await self._deliver(Ready(shown), tighter(Visible.QUIET, visible))

    async def progress(self, words: Words, voice: Voice) -> None:
        """Show that work goes on."""
        async with self._turn:
            await self._quietly(self._acknowledge)
            if self._loading is not None:
                shown = parts.text(cut(f"⏳ {to_discord(voice.markdown(words, self._style))}", TEXT_MAX))
                await self._quietly(lambda: self._wire.edit([shown]))

    async def edit(self, reply: Reply, voice: Voice) -> None:
        """Replace the message whose button was pressed; show the reply where there is none."""
        if self._source is None:
            await self.show(reply, self._begun or Visible.PUBLIC, voice)
            return
        visible = Visible.QUIET if self._source.flags.ephemeral else Visible.PUBLIC
        sheet = render(reply, voice, framed=True, style=self._style)
        ready = await prepare(self._desk.db, sheet, voice, visible, self._origin.person.external_id)
        async with self._turn:
            await self._quietly(lambda: self._edit_source(ready))

    async def finish(self) -> None:
        """Acknowledge what was met with silence, so that nobody reads that the bot did not respond."""
        self._relax()
        async with self._turn:
            if not self._wire.responded:
                await self._quietly(self._nod)
            elif self._loading is not None and not self._said:
                await self._quietly(self._wire.take_back)

    async def reopen(self, question: Question, voice: Voice) -> None:
        """Show the form behind a Continue button, which the answer uses up."""
        async with self._turn:
            try:
                await self._wire.ask(render_form(question, voice, self._style, reopened=True))
            except (Lost, discord.DiscordException, *BROKEN) as error:
                log.info("The form could not be shown (%s); its button stays.", error)

    async def turn_page(self, page: Sequence[Component], *, here: bool) -> None:
        """Show another page: in the same message, or for this reader alone."""
        async with self._turn:
            if here:
                await self._quietly(lambda: self._edit_source(Ready(tuple(page), None)))
            else:
                await self._deliver(Ready(tuple(parts.without_files(page))), Visible.QUIET)

    async def _nod(self) -> None:
        if self._source:
            await self._wire.defer(private=True)
        else:
            await self._wire.respond([parts.text("✅")], (), private=True)

    @property
    def _is_form(self) -> bool:
        return self._wire.interaction.type is discord.InteractionType.modal_submit

    def _grow_late(self) -> None:
        self._desk.tasks.spawn("discord.defer", self._defer())

    async def _defer(self) -> None:
        async with self._turn:
            await self._quietly(self._acknowledge)

    async def _acknowledge(self) -> None:
        if self._wire.responded:
            return
        private = self._apart or self._begun is not Visible.PUBLIC
        self._guessed = self._begun is None and not self._apart
        await self._wire.defer(private=private)
        if self._source is None:
            self._loading = private
        else:
            self._owns_source = True

    async def _deliver(self, ready: Ready, visible: Visible, words: Callable[[], str] = str) -> None:
        """Send by the interaction, or else by another way; what Discord refuses is sent as mere `words`."""
        private = self._apart or visible is not Visible.PUBLIC
        self._said += 1
        try:
            await self._respond(ready, private=private)
        except Lost as error:
            log.info("An answer goes another way: %s.", error)
            await self._quietly(lambda: self._send_otherwise(ready, private=private))
        except discord.HTTPException:
            log.exception("Discord refuses an answer.")
            plain = Ready((parts.text(cut(escape(words()) or "…", TEXT_MAX)),))
            await self._quietly(lambda: self._respond(plain, private=private))
        except BROKEN as error:
            log.warning("An answer could not be sent: %s", error)

    async def _respond(self, ready: Ready, *, private: bool) -> None:
        if self._prompt:
            await self._use_up(ready, private=private)
        elif not self._wire.responded:
            await self._wire.respond(ready.components, ready.files or (), private=private)
        elif self._loading is None:
            await self._wire.follow(ready.components, ready.files or (), private=private)
        elif self._loading is private or not (private or self._guessed):
            self._loading = None
            await self._wire.edit(ready.components, ready.files)
        else:
            self._loading = None
            await self._wire.take_back()
            await self._wire.follow(ready.components, ready.files or (), private=private)

    async def _use_up(self, ready: Ready, *, private: bool) -> None:
        """Put an answer in the place of the question that led to it; where it is public, take the question away."""
        self._prompt = False
        if private:
            await self._edit_source(ready)
            return
        await self._edit_source(Ready((parts.text("✅"),)))
        await self._wire.follow(ready.components, ready.files or (), private=False)
        await self._quietly(self._wire.take_back)

    async def _edit_source(self, ready: Ready) -> None:
        if not self._wire.responded:
            await self._wire.replace(ready.components, ready.files)
            self._owns_source = True
        elif self._owns_source:
            await self._wire.edit(ready.components, ready.files)
        elif self._source is not None:
            channel_id = self._wire.interaction.channel_id or 0
            await self._desk.speaker.edit(channel_id, self._source.id, ready.components, ready.files)

    async def _send_otherwise(self, ready: Ready, *, private: bool) -> None:
        """Post in the channel what everybody may see, write to the asker what only they may."""
        interaction = self._wire.interaction
        channel_id = None if private else interaction.channel_id
        if channel_id is None:
            channel_id = await self._desk.speaker.direct(interaction.user.id)
        nonce = f"i{interaction.id}-{self._said}"
        await self._desk.speaker.post(channel_id, ready.components, ready.files or (), nonce=nonce)

    async def _quietly(self, act: Callable[[], Awaitable[object]]) -> None:
        try:
            await act()
        except (Lost, discord.DiscordException, *BROKEN) as error:
            log.info("Something could not be shown: %s", error)
