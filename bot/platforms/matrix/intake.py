# SPDX-License-Identifier: MIT
"""Sorts one answer to a sync: what rooms are like, who invites us, and what people said, gaps filled."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from bot.core.alarm import sleep_until
from bot.core.clock import WakingClock
from bot.core.tasks import Tasks
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.encryption import Encryption
from bot.platforms.matrix.errors import MatrixError
from bot.platforms.matrix.lanes import Job, Lane, Lanes
from bot.platforms.matrix.listener import Listener
from bot.platforms.matrix.lodging import Lodging
from bot.platforms.matrix.rooms import Room, Rooms
from bot.platforms.matrix.shapes import Event, events, mapping, text

log = logging.getLogger(__name__)

PAGES = 10
"""How many pages of a hundred events are fetched to fill a gap; what is older than fresh is never fetched."""

KEY_COMES_WITHIN = timedelta(seconds=20)
"""How long the key of a message may take before its sender is told that it cannot be read."""

_HEARD = {"m.room.message", "m.reaction", "m.room.redaction"}


class Intake:
    """Takes answers, one at a time."""

    def __init__(
        self,
        api: Api,
        rooms: Rooms,
        lodging: Lodging,
        listener: Listener,
        lanes: Lanes,
        clock: WakingClock,
        tasks: Tasks,
        encryption: Encryption | None = None,
    ) -> None:
        self.since = ""
        self.restarted = True
        self._api = api
        self._rooms = rooms
        self._lodging = lodging
        self._listener = listener
        self._lanes = lanes
        self._clock = clock
        self._tasks = tasks
        self._encryption = encryption

    async def take(self, answer: dict[str, Any], first: bool) -> None:
        """Sort an answer; on the `first` one ever, what was said before is not listened to."""
        jobs: list[tuple[Lane, Job]] = []
        late = await self._encryption.take(answer) if self._encryption is not None else []
        for event in events(answer, "account_data", "events"):
            if event["type"] == "m.direct":
                self._rooms.learn_direct(mapping(event, "content"))
        for room_id, invitation in _objects(answer, "rooms", "invite"):
            self._lodging.invited(room_id, list(events(invitation, "invite_state", "events")))
        for room_id, _ in _objects(answer, "rooms", "leave"):
            await self._lodging.gone(room_id)
        for room_id, news in _objects(answer, "rooms", "join"):
            try:
                jobs += await self._take_room(room_id, news, first)
            except Exception:
                log.exception("What happened in %s could not be read entirely.", room_id)
        for room_id, event in late:
            room = self._rooms.get(room_id)
            jobs += self._jobs(room, [event]) if room is not None else []
        self.since, self.restarted = text(answer, "next_batch"), False
        await self._lanes.add(self.since, jobs)

    async def _take_room(self, room_id: str, news: dict[str, Any], first: bool) -> list[tuple[Lane, Job]]:
        known = room_id in self._rooms
        room = self._rooms.enter(room_id)
        room.count(mapping(news, "summary"))
        title, missed = room.name, mapping(news, "timeline").get("limited") is True
        if known and missed:
            self._miss(room)
        timeline = self._learn_from(room, news)
        came_in = max((n for n, event in enumerate(timeline) if self._is_our_coming(event)), default=None)
        if not known or came_in is not None or room.name != title:
            await self._lodging.entered(room)
        if room.successor:
            await self._lodging.upgraded(room, _sender_of(timeline, "m.room.tombstone"))
        if any(event["type"] == "m.room.member" for event in timeline):
            await self._lodging.leave_if_alone(room)
        if first:
            return []
        if came_in is not None:
            timeline = timeline[came_in:]
        elif (known or self.restarted) and missed and self.since:
            timeline = await self._missed(room, text(news, "timeline", "prev_batch")) + timeline
        return self._jobs(room, timeline)

    def _miss(self, room: Room) -> None:
        """Take nobody for being in a room whom we may have missed leaving it: the homeserver leaves members out."""
        room.doubt()
        if self._encryption is not None and room.encrypted:
            self._encryption.renew(room.id)

    def _learn_from(self, room: Room, news: dict[str, Any]) -> list[Event]:
        """Learn what a room is like, and return what happened there."""
        for event in events(news, "state", "events"):
            self._learn(room, event)
        timeline = list(events(news, "timeline", "events"))
        for event in timeline:
            if "state_key" in event:
                self._learn(room, event)
        return timeline

    def _learn(self, room: Room, event: Event) -> None:
        was_encrypted = room.encrypted
        moved = room.take(event)
        if moved and self._encryption is not None and room.encrypted and was_encrypted:
            self._encryption.renew(room.id)

    def _jobs(self, room: Room, heard: list[Event]) -> list[tuple[Lane, Job]]:
        jobs: list[tuple[Lane, Job]] = []
        for event in heard:
            sender = text(event, "sender")
            if not sender or sender == self._api.user_id or not text(event, "event_id"):
                continue
            opened = self._opened(room, event)
            if opened is not None and opened["type"] in _HEARD:
                jobs.append(((room.id, sender), partial(self._hear, room, opened)))
        return jobs

    def _opened(self, room: Room, event: Event) -> Event | None:
        if event["type"] != "m.room.encrypted" or self._encryption is None:
            return event
        opened = self._encryption.read(room.id, event)
        if opened is None and self._listener.is_fresh(event):
            self._tasks.spawn("matrix.unread", self._explain_later(room, event))
        return opened

    async def _hear(self, room: Room, event: Event) -> str | None:
        return text(event, "event_id") if await self._listener.take(room, event) else None

    async def _explain_later(self, room: Room, event: Event) -> None:
        """Tell the sender, in a conversation of two, when the key of their message does not come."""
        await sleep_until(self._clock, self._clock.now() + KEY_COMES_WITHIN)
        if self._encryption is not None and self._encryption.is_unread(text(event, "event_id")):
            await self._listener.explain_unread(room, event)

    async def _missed(self, room: Room, start: str) -> list[Event]:
        """Return what was said in the gap before a timeline, the oldest first, as far as it is fresh."""
        found: list[Event] = []
        try:
            for _ in range(PAGES):
                page, start = await self._api.messages(room.id, start, self.since)
                fresh = [event for event in page if self._listener.is_fresh(event)]
                found += fresh
                if not start or len(fresh) < len(page) or not page:
                    break
        except MatrixError as error:
            log.warning("%s: what was said while I was away cannot be read: %s", room.id, error)
        return [event for event in reversed(found) if "state_key" not in event]

    def _is_our_coming(self, event: Event) -> bool:
        """Tell whether an event is our invitation into a room or our joining it."""
        if event["type"] != "m.room.member" or event.get("state_key") != self._api.user_id:
            return False
        before = text(event, "unsigned", "prev_content", "membership")
        return text(event, "content", "membership") == "invite" or (
            text(event, "content", "membership") == "join" and before not in {"join", "invite"}
        )


def _objects(answer: dict[str, Any], *path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for room_id, found in mapping(answer, *path).items():
        if isinstance(found, dict):
            yield room_id, found


def _sender_of(timeline: list[Event], kind: str) -> str:
    return next((text(event, "sender") for event in timeline if event["type"] == kind), "")
