# SPDX-License-Identifier: MIT
"""Delivers posts of the outbox to channels and people, each once, and finds them again.

A post's nonce makes Discord recognise a second try for some minutes. Past that it is found by two numbers that its
frame carries, which are made of the marker; nothing of it is visible.
"""

import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

import aiohttp
import discord

from bot.core.courier import Parcel, Refused, Unclear, Where
from bot.core.i18n.style import Style
from bot.core.i18n.voice import Voice
from bot.kit.database import Database
from bot.kit.people import Identity, Place
from bot.kit.reply import Reply, Visible
from bot.platforms.discord import components as parts
from bot.platforms.discord.calling import Called, Calling
from bot.platforms.discord.components import Component
from bot.platforms.discord.faults import judge
from bot.platforms.discord.limits import CALLED_MAX, NONCE_REMEMBERED, POSTS_A_SECOND, POSTS_A_SECOND_IN_A_PLACE
from bot.platforms.discord.origins import ALONE
from bot.platforms.discord.paging import Ready, prepare
from bot.platforms.discord.permissions import as_sentence, lacking
from bot.platforms.discord.render import Sheet, render
from bot.platforms.discord.scheduled import ScheduledEvents
from bot.platforms.discord.speaking import Speaker
from bot.platforms.discord.threads import ARCHIVED, Threads
from bot.platforms.once import Once

log = logging.getLogger(__name__)

T = TypeVar("T")

_LOOKED_THROUGH = 1_000
_A_PAGE = 100
_ID_BITS = 0x7FFFFFFF
_IN = "/"


class DiscordCourier:
    """The outbox's way to Discord."""

    pace = POSTS_A_SECOND
    place_pace = POSTS_A_SECOND_IN_A_PLACE
    memory = NONCE_REMEMBERED

    def __init__(self, client: discord.Client, speaker: Speaker, db: Database, style: Callable[[str], Style]) -> None:
        self._client = client
        self._speaker = speaker
        self._db = db
        self._style = style
        self.threads = Threads(client)
        self.calling = Calling(client)
        self._render = Once(_render)
        self.calendar = ScheduledEvents(client, db)

    async def post(self, place: Place, parcel: Parcel) -> str:
        """Deliver a post to a channel and return its message id."""
        return await self._told(self._post(place, parcel))

    async def edit(self, where: Where, message_id: str, parcel: Parcel) -> None:
        """Replace a message."""
        await self._told(self._edit(where, message_id, parcel))

    async def tell(self, identity: Identity, parcel: Parcel) -> str:
        """Deliver a post to one person in private and return its message id."""
        return await self._told(self._tell(identity, parcel))

    async def find(self, where: Where, marker: str, below: str | None = None) -> str | None:
        """Look for a post by its marker among the latest messages there, and in the thread on the one it is below."""
        if below is not None and (found := await self._told(self._find_below(thread_of(below), marks(marker)))):
            return found
        return await self._told(self._find(await self._told(self._channel(where)), marks(marker)))

    async def _post(self, place: Place, parcel: Parcel) -> str:
        if parcel.below is not None and (found := await self._post_below(place, parcel)):
            return found
        channel_id = await self._channel(place)
        called = self.calling.of(place, parcel)
        ready = await self._ready(parcel, called.words)
        if missing := lacking(self._client, place, files=bool(ready.files)):
            raise Refused(as_sentence(self._client, place, missing))
        return await self._send(channel_id, parcel, ready, called)

    async def _tell(self, identity: Identity, parcel: Parcel) -> str:
        channel_id = await self._speaker.direct(int(identity.external_id))
        called = Called((), parcel.mentions[:CALLED_MAX])
        return await self._send(channel_id, parcel, await self._ready(parcel, called.words), called)

    async def _post_below(self, place: Place, parcel: Parcel) -> str | None:
        """Post to the thread on a message, whose id is the message's; None where there can be none."""
        thread_id = thread_of(parcel.below or "")
        try:
            await self.threads.open(int(place.channel_id), thread_id, parcel)
            called = self.calling.of(place, parcel)
            ready = await self._ready(parcel, called.words)
            return in_thread(thread_id, int(await self._send(thread_id, parcel, ready, called)))
        except discord.HTTPException as error:
            if not isinstance(error, discord.NotFound | discord.Forbidden) and error.code != ARCHIVED:
                raise
            log.debug("%s: no thread there, so the post goes to the channel: %s", place.channel_id, error)
            return None

    async def _edit(self, where: Where, message_id: str, parcel: Parcel) -> None:
        ready = await self._ready(parcel, "")
        thread, _, number = message_id.rpartition(_IN)
        channel_id = int(thread) if thread else await self._channel(where)
        try:
            await self._speaker.edit(channel_id, int(number), ready.components, ready.files)
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
            await self.threads.unfold(channel_id)
            await self._speaker.edit(channel_id, int(number), ready.components, ready.files)

    async def _send(self, channel_id: int, parcel: Parcel, ready: Ready, called: Called) -> str:
        message_id = await self._speaker.post(
            channel_id, ready.components, ready.files or (), nonce=parcel.marker, mentions=called.allowed
        )
        return str(message_id)

    async def _ready(self, parcel: Parcel, called: str) -> Ready:
        style = self._style(parcel.voice.language)
        sheet = self._render(parcel.reply, parcel.voice, style, called)
        ready = await prepare(self._db, sheet, parcel.voice, Visible.PUBLIC, "")
        above = (parts.text(called),) if called else ()
        return Ready((*above, *marked(ready.components, parcel.marker)), ready.files)

    async def _find_below(self, thread_id: int, wanted: tuple[int, int]) -> str | None:
        try:
            found = await self._find(thread_id, wanted)
        except discord.NotFound:
            return None
        return in_thread(thread_id, int(found)) if found else None

    async def _find(self, channel_id: int, wanted: tuple[int, int]) -> str | None:
        before: int | None = None
        for _ in range(_LOOKED_THROUGH // _A_PAGE):
            page: Sequence[Mapping[str, Any]] = await self._client.http.logs_from(channel_id, _A_PAGE, before=before)
            for raw in page:
                if carries(raw.get("components", ()), wanted):
                    return str(raw["id"])
            if len(page) < _A_PAGE:
                return None
            before = int(page[-1]["id"])
        raise Unclear(f"It is not among the latest {_LOOKED_THROUGH} messages there.")

    async def _channel(self, where: Where) -> int:
        if isinstance(where, Identity):
            return await self._speaker.direct(int(where.external_id))
        if where.channel_id.startswith(ALONE):
            return await self._speaker.direct(int(where.channel_id.removeprefix(ALONE)))
        return int(where.thread_id or where.channel_id)

    async def _told(self, work: Awaitable[T]) -> T:
        """Do something, and say in the outbox's words what went wrong."""
        try:
            return await work
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise judge(error) from error


def _render(reply: Reply, voice: Voice, style: Style, called: str) -> Sheet:
    return render(reply, voice, framed=True, style=style, above=len(called))


def thread_of(below: str) -> int:
    """Return the id of the thread on a message, or of the one that the message stands in."""
    return int(below.partition(_IN)[0])


def in_thread(thread_id: int, message_id: int) -> str:
    """Return how the outbox remembers a message in a thread, so that it can be edited there."""
    return f"{thread_id}{_IN}{message_id}"


def marks(marker: str) -> tuple[int, int]:
    """Return the two numbers that stand for a marker in a message."""
    digest = hashlib.sha256(marker.encode()).digest()
    one, other = (int.from_bytes(digest[at : at + 4], "big") & _ID_BITS for at in (0, 4))
    return max(one, 100), max(other if other != one else other ^ 1, 100)


def marked(components: Sequence[Component], marker: str) -> tuple[Component, ...]:
    """Put a marker's numbers into the frame of a message and the first thing in it."""
    one, other = marks(marker)
    frame, *rest = components
    first, *inside = frame["components"]
    return ({**frame, "id": one, "components": [{**first, "id": other}, *inside]}, *rest)


def carries(components: Sequence[Mapping[str, Any]], wanted: tuple[int, int]) -> bool:
    """Tell whether a message has a marker's numbers."""
    for component in components:
        inside = component.get("components") or ()
        if inside and (component.get("id"), inside[0].get("id")) == wanted:
            return True
    return False
