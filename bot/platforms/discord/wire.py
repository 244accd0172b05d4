# SPDX-License-Identifier: MIT
"""One interaction's way back: the first response, its edits and what follows, through what goes wrong.

Discord waits three seconds for the first response and takes further ones for fifteen minutes. What cannot be sent that
way any more raises `Lost`, so that whoever speaks may find another way.

First responses without files go to discord.py's HTTP as they are: its views, and the message that it makes of Discord's
answer, cost as much again as sending does, and nothing here needs them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import aiohttp
import discord
from discord.http import Route
from discord.webhook.async_ import async_context

from bot.core.clock import WakingClock
from bot.kit.reply import Attachment
from bot.platforms.discord.components import Component
from bot.platforms.discord.forms import FormSheet
from bot.platforms.discord.payload import Shown, as_files

T = TypeVar("T")

_MESSAGE, _THINKING, _SILENCE, _UPDATE, _VALUES, _FORM = 4, 5, 6, 7, 8, 9
"""What a first response may be; see "Interaction Callback Type" in Discord's API reference."""

_EPHEMERAL, _COMPONENTS = 1 << 6, 1 << 15
_NOBODY: Mapping[str, Any] = {"parse": []}

log = logging.getLogger(__name__)

ACKNOWLEDGED = 40060
_DEAD = frozenset({10015, 10062, 50027})
"""Codes that say that an interaction cannot be answered any more: unknown webhook, unknown interaction, bad token."""

BROKEN = (aiohttp.ClientError, OSError, asyncio.TimeoutError)
"""What the connection itself may raise; discord.py passes it on as it is."""

_TRIES = 3

LASTS = timedelta(minutes=15)
"""How long an interaction can be answered."""


class Lost(Exception):
    """The interaction takes no answer any more."""


class Wire:
    """Answers one interaction over HTTP."""

    def __init__(self, interaction: discord.Interaction, clock: WakingClock) -> None:
        self.interaction = interaction
        self._clock = clock
        # Counted from now, not from the interaction's own time: this machine's clock may be wrong.
        self._ends_at = clock.now() + LASTS
        self._responded = False

    @property
    def responded(self) -> bool:
        """Whether the first response was given."""
        return self._responded

    async def respond(self, components: Sequence[Component], files: Sequence[Attachment], *, private: bool) -> None:
        """Give the first response: a message."""
        if files:
            send = self.interaction.response.send_message
            await self._first(lambda: send(view=Shown(components), files=as_files(files), ephemeral=private))
            return
        flags = _COMPONENTS | (_EPHEMERAL if private else 0)
        await self._call_back(_MESSAGE, {"flags": flags, "components": list(components), "allowed_mentions": _NOBODY})

    async def replace(self, components: Sequence[Component], files: Sequence[Attachment] | None = ()) -> None:
        """Give the first response by replacing the message that the component or form belongs to."""
        if files:
            edit = self.interaction.response.edit_message
            await self._first(lambda: edit(view=Shown(components), attachments=_attached(files)))
            return
        data = {"flags": _COMPONENTS, "components": list(components), "allowed_mentions": _NOBODY}
        await self._call_back(_UPDATE, data if files is None else {**data, "attachments": []})

    async def ask(self, form: FormSheet) -> None:
        """Give the first response: a form."""
        data = {"title": form.title, "custom_id": form.custom_id, "components": list(form.components)}
        await self._call_back(_FORM, data)

    async def defer(self, *, private: bool) -> None:
        """Give the first response: that work goes on. Behind a button or a form, nothing is seen of it."""
        if self.interaction.type is discord.InteractionType.application_command:
            await self._call_back(_THINKING, {"flags": _EPHEMERAL if private else 0})
        else:
            await self._call_back(_SILENCE)

    async def offer(self, choices: Sequence[Mapping[str, str]]) -> None:
        """Give the values that fit what is being typed; nobody waits for them a second time."""
        try:
            await self._send(_VALUES, {"choices": list(choices)})
        except (discord.DiscordException, *BROKEN) as error:
            log.debug("Values could not be offered: %s", error)

    async def edit(self, components: Sequence[Component], files: Sequence[Attachment] | None = ()) -> None:
        """Replace the first response, or the message that a deferred component belongs to."""
        edit = self.interaction.edit_original_response
        await self._again(lambda: edit(view=Shown(components), attachments=_attached(files)))

    async def take_back(self) -> None:
        """Delete the first response."""
        try:
            await self._again(self.interaction.delete_original_response)
        except discord.NotFound:
            log.debug("The first response is gone already.")

    async def follow(self, components: Sequence[Component], files: Sequence[Attachment], *, private: bool) -> None:
        """Say something more. Not repeated when the connection breaks: nothing would tell the two apart."""
        followup = self.interaction.followup
        await self._living(
            lambda: followup.send(view=Shown(components), files=as_files(files), ephemeral=private, wait=True)
        )

    async def _call_back(self, kind: int, data: Mapping[str, Any] | None = None) -> None:
        await self._first(lambda: self._send(kind, data))

    async def _send(self, kind: int, data: Mapping[str, Any] | None) -> None:
        interaction = self.interaction
        route = Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction.id,
            webhook_token=interaction.token,
        )
        http = interaction.client.http
        await async_context.get().request(
            route,
            session=interaction._session,  # noqa: SLF001 (the one that discord.py itself answers with)
            proxy=http.proxy,
            proxy_auth=http.proxy_auth,
            payload={"type": kind} if data is None else {"type": kind, "data": data},
        )

    async def _first(self, respond: Callable[[], Awaitable[object]]) -> None:
        try:
            await self._again(respond)
        except discord.HTTPException as error:
            if error.code != ACKNOWLEDGED:
                raise
            log.debug("An earlier try arrived although the connection broke before its answer did.")
        self._responded = True

    async def _again(self, send: Callable[[], Awaitable[T]]) -> T:
        """Try what may be repeated up to three times."""
        for _ in range(_TRIES - 1):
            try:
                return await self._living(send)
            except BROKEN as error:
                log.info("Discord broke the connection (%s); trying again.", error)
        return await self._living(send)

    async def _living(self, send: Callable[[], Awaitable[T]]) -> T:
        if self._clock.now() >= self._ends_at:
            raise Lost("the fifteen minutes are over")
        try:
            return await send()
        except discord.HTTPException as error:
            if error.code in _DEAD:
                raise Lost(str(error)) from error
            raise


def _attached(files: Sequence[Attachment] | None) -> Any:
    """Return files for an edit; None leaves those that are there."""
    return discord.utils.MISSING if files is None else as_files(files)
