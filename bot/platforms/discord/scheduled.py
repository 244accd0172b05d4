# SPDX-License-Identifier: MIT
"""A server's own events (Discord: "Events"): made, changed, cancelled, found again, and who is interested.

Source: Discord's API reference, Guild Scheduled Event, and its OpenAPI document.
"""

import asyncio
import base64
from collections.abc import Awaitable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import aiohttp
import discord
from discord.http import Route

from bot.core.courier import CourierError, Gone, Refused, Retry, Unclear
from bot.kit.database import Database
from bot.kit.entry import CalendarEntry
from bot.kit.people import Identity, Place
from bot.kit.reply import Attachment
from bot.platforms.discord.faults import judge
from bot.platforms.discord.limits import NAME
from bot.platforms.discord.permissions import CREATE_EVENTS, lacking_for_events
from bot.storage import homes

T = TypeVar("T")

TITLE_MAX = 100
LOCATION_MAX = 100
DESCRIPTION_MAX = 1_000
_GUILD_ONLY = 2
_EXTERNAL = 3
_COMPLETED = 3
_CANCELED = 4
_A_PAGE = 100
_PAGES = 20

_GONE = {10070: "The event was deleted there.", 180000: "The event is over there."}
_REFUSED = {
    30038: "The server has a hundred events to come, and takes no more.",
    50013: f"I lack the permission {CREATE_EVENTS.message}.",
    50001: f"I lack the permission {CREATE_EVENTS.message}.",
}


class _TriedAgain(Exception):
    """discord.py would send a request a second time."""


class _Once:
    """Rides with a request as a file would: discord.py rewinds files before each attempt, and the second one ends here.

    A server's event has no nonce, so a request that may have arrived must not be repeated unseen.
    """

    def reset(self, *, seek: int | bool = True) -> None:
        """Let the first attempt pass."""
        if seek:
            raise _TriedAgain


class ScheduledEvents:
    """Discord's part of `bot.core.courier.Calendar`."""

    def __init__(self, client: discord.Client, db: Database) -> None:
        self._client = client
        self._db = db

    async def enter(self, place: Place, entry: CalendarEntry) -> str:
        """Make an event of the server and return its id."""
        guild_id = await self._allowed(place)
        route = Route("POST", "/guilds/{guild_id}/scheduled-events", guild_id=guild_id)
        once: Any = (_Once(),)
        made: Mapping[str, Any] = await _told(self._client.http.request(route, json=payload(entry), files=once))
        return str(made["id"])

    async def amend(self, place: Place, entry_id: str, entry: CalendarEntry) -> None:
        """Change an event, or cancel it; one that has begun is ended, since Discord cancels only what is to come."""
        guild_id = await self._allowed(place)
        if not entry.cancelled:
            await _told(self._change(guild_id, entry_id, payload(entry)))
            return
        try:
            await _told(self._change(guild_id, entry_id, {"status": _CANCELED}))
        except Gone:
            raise
        except Refused:
            await _told(self._change(guild_id, entry_id, {"status": _COMPLETED}))

    async def illustrate(self, place: Place, entry_id: str, picture: Attachment | None) -> None:
        """Let an event show a cover, or none."""
        guild_id = await self._allowed(place)
        cover = None if picture is None else await asyncio.to_thread(_data_uri, picture)
        await _told(self._change(guild_id, entry_id, {"image": cover}))

    async def look_up(self, place: Place, entry: CalendarEntry) -> str | None:
        """Look for an event of the bot's own with the same words and the same start."""
        guild_id = await self._guild(place)
        found: Sequence[Mapping[str, Any]] = await _told(
            self._client.http.get_scheduled_events(guild_id, with_user_count=False)
        )
        wanted = payload(entry)
        return next((str(each["id"]) for each in found if self._is_own(each) and _says(each, wanted)), None)

    async def interested(self, place: Place, entry_id: str) -> Sequence[Identity]:
        """Return who is interested, bots left out."""
        guild_id = await self._guild(place)
        found: list[Identity] = []
        after: int | None = None
        for _ in range(_PAGES):
            page: Sequence[Mapping[str, Any]] = await _told(
                self._client.http.get_scheduled_event_users(guild_id, int(entry_id), _A_PAGE, False, after=after)
            )
            found += [_account(each["user"]) for each in page if not each["user"].get("bot")]
            if len(page) < _A_PAGE:
                break
            after = int(page[-1]["user"]["id"])
        return found

    def _is_own(self, event: Mapping[str, Any]) -> bool:
        return self._client.user is not None and str(event.get("creator_id")) == str(self._client.user.id)

    def _change(self, guild_id: int, entry_id: str, changed: Mapping[str, Any]) -> Awaitable[Any]:
        return self._client.http.edit_scheduled_event(guild_id, int(entry_id), **changed)

    async def _allowed(self, place: Place) -> int:
        guild_id = await self._guild(place)
        if lacking_for_events(self._client, guild_id):
            raise Refused(_REFUSED[50013])
        return guild_id

    async def _guild(self, place: Place) -> int:
        home = await self._db.read(homes.get, place.home_id or 0)
        if home is None:
            raise Gone("The server is not known any more.")
        if not self._client.is_ready():
            raise Retry("Discord is not connected.")
        return int(home.external_id)


def payload(entry: CalendarEntry) -> dict[str, Any]:
    """Return an entry in Discord's words and within its limits; nothing in it is markup."""
    return {
        "name": _cut(entry.title, TITLE_MAX),
        "entity_type": _EXTERNAL,
        "privacy_level": _GUILD_ONLY,
        "scheduled_start_time": _moment(entry.start_at),
        "scheduled_end_time": _moment(entry.end_at),
        "entity_metadata": {"location": _cut(entry.location, LOCATION_MAX)},
        "description": _cut(discord.utils.escape_markdown(entry.description), DESCRIPTION_MAX),
    }


def _data_uri(picture: Attachment) -> str:
    """Write a picture as Discord takes it (API reference, Image Data)."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode('ascii')}"


async def _told(work: Awaitable[T]) -> T:
    """Do something, and say in the outbox's words what went wrong."""
    try:
        return await work
    except _TriedAgain:
        raise Unclear("Discord has trouble, and may have made the event.") from None
    except discord.HTTPException as error:
        raise _judge(error) from error
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise judge(error) from error


def _judge(error: discord.HTTPException) -> CourierError:
    if error.code in _GONE:
        return Gone(_GONE[error.code])
    if error.code in _REFUSED:
        return Refused(_REFUSED[error.code])
    return judge(error)


def _says(event: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    start = datetime.fromisoformat(str(event["scheduled_start_time"]))
    return bool(
        event["name"] == wanted["name"]
        and (event.get("description") or "") == wanted["description"]
        and _moment(start) == wanted["scheduled_start_time"]
    )


def _account(user: Mapping[str, Any]) -> Identity:
    return Identity(NAME, str(user["id"]), str(user.get("global_name") or user.get("username") or user["id"]))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def _cut(text: str, limit: int) -> str:
    """Return a text as Discord keeps it: without spaces around it, and no longer than it may be."""
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
