# SPDX-License-Identifier: MIT
"""Matrix in the contract suite: Ana and Lib in a room with the bot, on a homeserver in this process."""

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from contractcog import Sample
from contractplay import PEOPLE, Harness, Sight

from bot.core.exchange import Origin
from bot.kit import Identity, Level, Place
from bot.platforms.matrix.content import MARKER, Spot
from bot.platforms.matrix.exchange import MatrixExchange
from bot.storage import communities, homes, levels, people
from tests.platforms.matrix.homeserver import Homeserver
from tests.platforms.matrix.matrixplay import Bot

_NUMBERED = re.compile(r"^(\d+)\. (.*)$", re.MULTILINE)
_PROMPT = re.compile(r"^(.*)[?:]$", re.MULTILINE)
"""A Confirm asks with a question mark; a parameter is named with a colon."""
_SIGNED = re.compile(r"(?:^| · )(\S+) ([^·\n]+?)(?= ·|$)")


class MatrixHarness(Harness):
    """A room with a bot that has no power there."""

    forms = False
    no_message = "$gone"

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.server = bot.server
        self.room = ""

    async def open(self) -> None:
        await self.bot.open()
        self.room = await self.bot.enter("Zoe", *PEOPLE)
        for name, level in PEOPLE.items():
            await self.app.db.write(_grant, self.room, self.account(name), level)
        self.app.refresh()

    @property
    def app(self) -> Any:
        return self.bot.app

    @property
    def platform(self) -> Any:
        return self.bot.platform

    async def types(self, who: str, line: str) -> list[Sight]:
        known = self.app.inbox.understands(line) or line.split(" ", maxsplit=1)[0] == "sample"
        return await self.writes(who, f"!{line}" if known else line)

    async def says(self, who: str, words: str) -> list[Sight]:
        return await self.writes(who, f"Refdesk: {words}")

    async def presses(self, who: str, label: str) -> list[Sight]:
        for event in reversed(self.messages(self.room)):
            content = self.present(self.room, event)
            for sign, shown in self._signs(content["body"]):
                if shown == label and not sign.isdigit():
                    return await self.sees(who, self.server.react(self.room, self.user(who), event["event_id"], sign))
                if shown == label:
                    return await self.writes(who, sign)
        raise AssertionError(f"There is no button {label}.")

    async def presses_after_restart(self, who: str, label: str, number: int) -> list[Sight]:
        return await self.presses(who, label)

    async def answers(self, who: str, values: Mapping[str, str]) -> list[Sight]:
        sights: list[Sight] = []
        for value in values.values():
            sights = await self.writes(who, value)
        return sights

    async def confirms(self, who: str, *, yes: bool) -> list[Sight]:
        return await self.writes(who, "yes" if yes else "no")

    async def completes(self, who: str, command: str, param: str, typed: str) -> list[str]:
        session = self.platform.session
        room = self.platform.rooms.get(self.room)
        origin: Origin = await session.intake._listener.origin(room, self.user(who))
        exchange = MatrixExchange(session.desk, origin, Spot(self.room))
        return [choice.value for choice in await self.app.inbox.complete(exchange, command, param, typed)]

    async def hands_over(self, who: str, command: str, param: str, name: str, content: bytes) -> list[Sight]:
        await self.writes(who, f"!{command}")
        self.server.media["theirs"] = content
        extra = {
            "msgtype": "m.file",
            "filename": name,
            "url": "mxc://hs.example/theirs",
            "info": {"size": len(content)},
        }
        return await self.sees(who, self.server.say(self.room, self.user(who), name, **extra))

    async def reacts_to(self, who: str, word: str) -> list[Sight]:
        message_id = self.messages(self.room)[-1]["event_id"]
        relation = {"m.in_reply_to": {"event_id": message_id}}
        extra = {"m.relates_to": relation}
        return await self.sees(who, self.server.say(self.room, self.user(who), f"!{word}", **extra))

    def posted(self, where: Place | Identity) -> list[Sight]:
        if isinstance(where, Place):
            rooms = [where.channel_id]
        else:
            rooms = [room for room, user in self.platform.rooms.direct.items() if user == where.external_id]
        found = [(room, event) for room in rooms for event in self.messages(room) if MARKER in event["content"]]
        return [self.sight(room, event) for room, event in found]

    def posted_below(self, where: Place, root: str) -> list[Sight]:
        found = [event for event in self.messages(where.channel_id) if MARKER in event["content"]]
        relation = {"rel_type": "m.thread", "event_id": root}
        inside = [e for e in found if relation.items() <= e["content"].get("m.relates_to", {}).items()]
        return [self.sight(where.channel_id, event) for event in inside]

    def wire(self) -> str:
        sent = [body for method, path, body in self.server.requests if method == "PUT" and "/send/" in path]
        return "\n".join(_strings(sent))

    async def restart(self) -> None:
        await self.bot.restart()
        await self.bot.settle()

    @property
    def channel_id(self) -> str:
        return self.room

    def account(self, who: str) -> Identity:
        return Identity("matrix", self.user(who), who)

    def user(self, who: str) -> str:
        return self.server.user(who)

    async def writes(self, who: str, words: str) -> list[Sight]:
        """Write just these words into the room; return what is then seen."""
        return await self.sees(who, self.server.say(self.room, self.user(who), words))

    async def sees(self, who: str, doing: Any) -> list[Sight]:
        """Await what somebody does; return all that the bot says to it."""
        await self.bot.settle()
        position = self.server.position
        await doing
        await self.bot.settle()
        sights = []
        for room in self.server.rooms.values():
            for at, event in room.events:
                if at > position and event["sender"] == self.bot.user_id and event["type"] == "m.room.message":
                    sights.append((at, self.sight(room.id, event)))
        found = [sight for _, sight in sorted(sights, key=lambda pair: pair[0])]
        return _with_files(found)

    def messages(self, room_id: str) -> list[dict[str, Any]]:
        found = self.server.from_(room_id, self.bot.user_id)
        return [event for event in found if "m.new_content" not in event["content"]]

    def present(self, room_id: str, event: dict[str, Any]) -> dict[str, Any]:
        """Return what a message says now, after its edits."""
        content = event["content"]
        for later in self.server.from_(room_id, self.bot.user_id):
            if later["content"].get("m.relates_to", {}).get("event_id") == event["event_id"]:
                content = later["content"].get("m.new_content", content)
        return content

    def sight(self, room_id: str, event: dict[str, Any]) -> Sight:
        content = event["content"].get("m.new_content") or self.present(room_id, event)
        body = content["body"]
        room = self.server.rooms[room_id]
        here = [name for name in PEOPLE if room.membership(self.user(name)) in {"join", "invite"}]
        prompt = tuple(_PROMPT.findall(body)) if "cancel" in body else ()
        signs = self._signs(body)
        numbered = tuple(shown for sign, shown in signs)
        files = (content["filename"],) if "filename" in content else ()
        return Sight(body, () if prompt else numbered, prompt, numbered if prompt else (), files, frozenset(here))

    @staticmethod
    def _signs(body: str) -> list[tuple[str, str]]:
        last = body.rsplit("\n\n", maxsplit=1)[-1]
        if " · " in last or re.match(r"^\W+\ufe0f?\u20e3? \w", last) or re.match(r"^\d\ufe0f\u20e3 ", last):
            return _SIGNED.findall(last)
        return _NUMBERED.findall(body)


def _with_files(sights: list[Sight]) -> list[Sight]:
    """A file is an event of its own here, and belongs to the words before it."""
    found: list[Sight] = []
    for sight in sights:
        if sight.files and found:
            before = found[-1]
            found[-1] = Sight(
                before.text, before.buttons, before.fields, before.choices, before.files + sight.files, before.seen_by
            )
        else:
            found.append(sight)
    return found


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for each in value.values() for found in _strings(each)]
    if isinstance(value, list):
        return [found for each in value for found in _strings(each)]
    return [value] if isinstance(value, str) else [json.dumps(value)]


def _grant(tx: Any, room_id: str, account: Identity, level: Level) -> None:
    home = homes.find(tx, "matrix", room_id)
    person = people.recognise(tx, "matrix", account.external_id, account.name)
    levels.set_person_level(tx, communities.existing(tx, home.community_id).id, person.id, level, None)


@asynccontextmanager
async def matrix(folder: Path) -> AsyncIterator[Harness]:
    """Open a room on a homeserver."""
    async with Homeserver() as server:
        harness = MatrixHarness(Bot(folder, server, (Sample,)))
        await harness.open()
        try:
            yield harness
        finally:
            await harness.bot.close()
